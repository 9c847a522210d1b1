//! Whom an event of a shared calendar is about, and what absences come of all of them.

use super::About;
use super::events::{Away, Who};
use chrono::NaiveDate;
use domain::absences::LONGEST_KEPT;
use domain::directory::{Absence, Directory, Employee};
use domain::ids::EmployeeId;
use std::collections::BTreeMap;

/// The absences, one for days that follow upon each other.
pub(super) fn absences(away: &[Away], about: &About, directory: &Directory) -> Vec<Absence> {
    let mut days: BTreeMap<EmployeeId, Vec<(NaiveDate, NaiveDate)>> = BTreeMap::new();
    for away in away {
        for employee in employees(&away.who, about, directory) {
            days.entry(employee).or_default().push((away.from, away.to));
        }
    }
    let one = |employee, (from, to)| Absence { employee, from, to, substitute: None };
    days.into_iter()
        .flat_map(|(employee, days)| joined(days).into_iter().map(move |d| one(employee, d)))
        .collect()
}

fn joined(mut days: Vec<(NaiveDate, NaiveDate)>) -> Vec<(NaiveDate, NaiveDate)> {
    days.sort();
    let mut joined: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for (from, to) in days {
        match joined.last_mut() {
            Some((first, last))
                if last.succ_opt().is_some_and(|next| from <= next)
                    && (to - *first).num_days() < LONGEST_KEPT =>
            {
                *last = to.max(*last);
            }
            Some(_) | None => joined.push((from, to)),
        }
    }
    joined
}

/// Who was invited; else who is named at the beginning; else who wrote it, for that may be somebody who writes for others.
fn employees(who: &Who, about: &About, directory: &Directory) -> Vec<EmployeeId> {
    let at = |address: &String| directory.employee_at(address).map(|e| e.id);
    match about {
        About::Employee(address) => at(address).into_iter().collect(),
        About::Team => {
            let invited: Vec<EmployeeId> = who.attendees.iter().filter_map(at).collect();
            if !invited.is_empty() {
                return invited;
            }
            let named = named(&who.summary, directory);
            named.or_else(|| who.organizer.as_ref().and_then(at)).into_iter().collect()
        }
    }
}

/// The one employee whose full name a text begins with: the longest, and nobody where two have it.
fn named(text: &str, directory: &Directory) -> Option<EmployeeId> {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let text = plain(text);
    let begins = |employee: &&Employee| {
        let name = plain(&employee.name);
        let rest = text.strip_prefix(&name).filter(|_| !name.is_empty());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    let mut found: Vec<&Employee> =
        directory.employees().iter().filter(|e| e.active).filter(begins).collect();
    found.sort_by_key(|e| std::cmp::Reverse(plain(&e.name).len()));
    match &found[..] {
        [one] => Some(one.id),
        [first, second, ..] if plain(&first.name) != plain(&second.name) => Some(first.id),
        _ => None,
    }
}
