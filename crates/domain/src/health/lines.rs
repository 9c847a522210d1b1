//! Lines whose calls reach somebody else than it seems, or whose mailbox is perhaps not on.

use super::{Ill, Seen};
use crate::directory::{Directory, Line, LineKind, Owner};
use crate::ids::EmployeeId;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// From so many callbacks on, it is odd that nobody left a message.
const ODD: i64 = 5;

fn active(directory: &Directory) -> impl Iterator<Item = &Line> {
    directory.lines().iter().filter(|line| line.active)
}

/// Person lines that are nobody's today, or somebody's who has left.
pub(super) fn nobodys(directory: &Directory, today: NaiveDate) -> Vec<Ill> {
    let works_here = |id: EmployeeId| directory.employee(id).is_some_and(|e| e.active);
    let persons = active(directory).filter(|line| line.kind == LineKind::Person);
    let nobodys = persons.filter(|line| !line.employee_on(today).is_some_and(works_here));
    nobodys.map(|line| Ill::NoOwner { line: line.name.clone() }).collect()
}

/// An alias of one source goes before the same one of all sources: the other line never hears of calls there.
pub(super) fn with_one_alias(directory: &Directory) -> Vec<Ill> {
    let mut of_all: BTreeMap<&str, &Line> = BTreeMap::new();
    for line in active(directory) {
        let for_all = line.aliases.iter().filter(|alias| alias.source.is_none());
        of_all.extend(for_all.map(|alias| (alias.text.as_str(), line)));
    }
    let mut ills = Vec::new();
    for other in active(directory) {
        for alias in &other.aliases {
            let (Some(source), Some(line)) = (&alias.source, of_all.get(alias.text.as_str()))
            else {
                continue;
            };
            if line.id != other.id {
                ills.push(Ill::AliasTwice {
                    line: line.name.clone(),
                    other: other.name.clone(),
                    alias: alias.text.clone(),
                    pbx: source.to_string(),
                });
            }
        }
    }
    ills
}

/// Who has a line, was often missed, and never left a message. Where nobody ever was, the PBX does not tell.
pub(super) fn without_messages(directory: &Directory, seen: &Seen) -> Vec<Ill> {
    let missed: i64 = seen.received.iter().map(|r| r.without).sum();
    if missed >= ODD && seen.received.iter().all(|r| r.with_message == 0) {
        return Vec::from([Ill::NoVoicemailAnywhere]);
    }
    let persons = active(directory).filter(|line| line.kind == LineKind::Person);
    let have_one: BTreeSet<EmployeeId> = persons
        .filter_map(|line| line.assignments.iter().max_by_key(|a| a.from)?.employee)
        .collect();
    let odd = seen.received.iter().filter(|r| r.with_message == 0 && r.without >= ODD);
    let mut names: Vec<String> = odd
        .filter_map(|received| match received.owner {
            Owner::Employee(id) if have_one.contains(&id) => {
                let employee = directory.employee(id).filter(|e| e.active)?;
                Some(employee.name.clone())
            }
            Owner::Employee(_) | Owner::Unit(_) | Owner::Organisation => None,
        })
        .collect();
    names.sort();
    names.into_iter().map(|who| Ill::NoVoicemail { who }).collect()
}
