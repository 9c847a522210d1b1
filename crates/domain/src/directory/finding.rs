//! Whom a text may mean, as somebody at a desk types it with a telephone in the other hand: a name, part of one, a number, an
//! extension, a unit.

use super::{Directory, Line, LineKind, Owner};
use crate::ids::EmployeeId;
use crate::number::{E164, NumberPlan};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Fewer digits are too little to look for a number by.
const FEWEST_DIGITS: usize = 2;

/// Somebody, or a unit, as a text may name them.
struct Known<'a> {
    owner: Owner,
    /// Each of these means them and nobody else, if it is written whole; in lower case.
    names: Vec<String>,
    lines: &'a [&'a Line],
}

impl Directory {
    /// Everybody who works here and every unit, each under a name that no other has: people by name, then units.
    pub fn named(&self) -> Vec<(Owner, String)> {
        let mut seen: HashMap<String, usize> = HashMap::new();
        let here = || self.employees.iter().filter(|e| e.active);
        let named = |id: EmployeeId| {
            let employee = self.employee(id)?;
            let unit = self.unit(employee.unit).map_or("", |unit| &unit.name);
            Some(format!("{}, {unit}", employee.name))
        };
        for name in here().filter_map(|e| named(e.id)) {
            *seen.entry(name.to_lowercase()).or_default() += 1;
        }
        let people = here().filter_map(|e| {
            let name = named(e.id)?;
            let is_shared = seen.get(&name.to_lowercase()).is_some_and(|n| *n > 1);
            let name = if is_shared { format!("{name}, {}", e.email) } else { name };
            Some((Owner::Employee(e.id), name))
        });
        let units = self.units.iter().filter(|u| u.active);
        let units = units.map(|u| (Owner::Unit(u.id), u.name.clone()));
        let (mut people, mut units): (Vec<_>, Vec<_>) = (people.collect(), units.collect());
        for part in [&mut people, &mut units] {
            part.sort_by_cached_key(|(owner, name)| (collated(name), *owner));
        }
        [people, units].concat()
    }

    /// Those whom this text names whole, in the order of [`Self::named`]; where there are none, those of whose names it has the
    /// beginnings, with å, ä and ö or without. Of a number the beginning or the end is enough.
    pub fn meant(&self, text: &str, plan: &NumberPlan, on: NaiveDate) -> Vec<Owner> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if text.is_empty() {
            return Vec::new();
        }
        let lines = self.lines_by_owner(on);
        let known = self.named().into_iter().map(|(owner, name)| {
            let lines = lines.get(&owner).map_or(&[][..], Vec::as_slice);
            Known { owner, names: self.names(owner, name), lines }
        });
        let known: Vec<Known<'_>> = known.collect();
        let number = plan.read(&text);
        let looks: [&dyn Fn(&Known<'_>) -> bool; 3] = [
            &|one| one.is_called(&text, number.as_ref()),
            &|one| one.begins(&text, str::to_owned),
            &|one| one.begins(&text, plain),
        ];
        let found = looks.into_iter().map(|looks| {
            known.iter().filter(|one| looks(one)).map(|one| one.owner).collect::<Vec<_>>()
        });
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }

    /// The lines that are this employee's, or this unit's, on that local day.
    pub fn lines_of(&self, owner: Owner, on: NaiveDate) -> Vec<&Line> {
        self.lines_by_owner(on).remove(&owner).unwrap_or_default()
    }

    /// The lines of everybody and of every unit on that local day.
    pub fn lines_by_owner(&self, on: NaiveDate) -> HashMap<Owner, Vec<&Line>> {
        let mut by_owner: HashMap<Owner, Vec<&Line>> = HashMap::new();
        for line in self.lines.iter().filter(|line| line.active) {
            by_owner.entry(self.owner(Some(line), on)).or_default().push(line);
        }
        by_owner
    }

    fn names(&self, owner: Owner, name: String) -> Vec<String> {
        let more = match owner {
            Owner::Employee(id) => {
                self.employee(id).map(|e| [e.name.clone(), e.email.clone()].to_vec())
            }
            Owner::Unit(id) => self.unit(id).and_then(|u| Some(Vec::from([u.mailbox.clone()?]))),
            Owner::Organisation => None,
        };
        let names = std::iter::once(name).chain(more.unwrap_or_default());
        names.map(|name| name.to_lowercase()).collect()
    }
}

impl Line {
    /// The numbers that people dial to reach it: those of the public network as they are written, then extensions.
    pub fn numbers(&self) -> Vec<String> {
        let public = self.aliases.iter().filter_map(|a| E164::from_canonical(&a.text));
        let mut numbers: Vec<String> = public.map(|number| number.written()).collect();
        let is_extension = |text: &&str| text.bytes().all(|b| b.is_ascii_digit());
        numbers
            .extend(self.aliases.iter().map(|a| &*a.text).filter(is_extension).map(str::to_owned));
        let mut seen = Vec::new();
        numbers.retain(|number| {
            let is_new = !seen.contains(number);
            seen.push(number.clone());
            is_new
        });
        numbers
    }

    /// Whether it is written for a person, whoever's it is now.
    pub fn is_persons(&self) -> bool {
        self.kind == LineKind::Person
    }

    fn has_number_like(&self, digits: &str) -> bool {
        self.aliases.iter().any(|alias| match E164::from_canonical(&alias.text) {
            Some(number) => {
                let (number, digits) = (number.significant(), digits.trim_start_matches('0'));
                digits.len() >= FEWEST_DIGITS
                    && (number.starts_with(digits) || number.ends_with(digits))
            }
            None => alias.text.starts_with(digits),
        })
    }
}

impl Known<'_> {
    fn is_called(&self, text: &str, number: Option<&E164>) -> bool {
        let is_alias = |alias: &str| alias == text || number.is_some_and(|n| n.as_str() == alias);
        self.names.iter().any(|name| name == text)
            || self.lines.iter().any(|line| line.name.to_lowercase() == text)
            || self.lines.iter().flat_map(|line| &line.aliases).any(|a| is_alias(&a.text))
    }

    /// Each word of the text begins a word of theirs.
    fn begins(&self, text: &str, spelled: fn(&str) -> String) -> bool {
        if !text.chars().any(char::is_alphabetic) {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            return digits.len() >= FEWEST_DIGITS
                && self.lines.iter().any(|line| line.has_number_like(&digits));
        }
        let lines = self.lines.iter().map(|line| line.name.to_lowercase());
        let all = self.names.iter().cloned().chain(lines).map(|name| spelled(&name));
        let all: Vec<String> = all.flat_map(|name| words(&name)).collect();
        words(&spelled(text)).iter().all(|word| all.iter().any(|one| one.starts_with(&**word)))
    }
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Without the marks that a foreign keyboard, or somebody in a hurry, leaves out.
fn plain(text: &str) -> String {
    let plain = |c| match c {
        'å' | 'ä' | 'á' | 'à' => 'a',
        'ö' | 'ø' | 'ó' => 'o',
        'é' | 'è' | 'ë' => 'e',
        'ü' => 'u',
        c => c,
    };
    text.chars().map(plain).collect()
}

/// By this names are in the order of the Swedish alphabet, which ends with å, ä, ö.
pub fn collated(name: &str) -> String {
    let place = |c| match c {
        'å' => '{',
        'ä' => '|',
        'ö' => '}',
        'é' | 'è' => 'e',
        c => c,
    };
    name.to_lowercase().chars().map(place).collect()
}
