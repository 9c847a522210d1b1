//! Where a promise could end with nobody (R16): what an administrator has to put right.

use crate::directory::{Directory, LineKind};
use chrono::NaiveDate;

/// One thing to put right. Its text is for the command line; pages word it in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Ill {
    #[error(
        "organisation.reception is empty: nobody is told of calls to lines that are not in the people file"
    )]
    NoReception,
    #[error("there are no units: import a people file")]
    NoUnits,
    #[error("unit {unit}: neither it nor one above has a manager")]
    NoManager { unit: String },
    #[error("line {line}: nobody's; its calls go to the unit's reception")]
    NoOwner { line: String },
}

/// Everything in the directory that is to be put right. `reception`: the organisation's.
pub fn ills(directory: &Directory, reception: Option<&str>, today: NaiveDate) -> Vec<Ill> {
    let mut ills = Vec::new();
    if reception.is_none_or(str::is_empty) {
        ills.push(Ill::NoReception);
    }
    if directory.units().iter().all(|u| !u.active) {
        ills.push(Ill::NoUnits);
    }
    for unit in directory.units().iter().filter(|u| u.active) {
        if directory.manager_of(unit.id, today).is_none() {
            ills.push(Ill::NoManager { unit: unit.name.clone() });
        }
    }
    for line in directory.lines().iter().filter(|l| l.active && l.kind == LineKind::Person) {
        let owner = line.assignments.iter().max_by_key(|a| a.from).and_then(|a| a.employee);
        if owner.and_then(|id| directory.employee(id)).is_none_or(|e| !e.active) {
            ills.push(Ill::NoOwner { line: line.name.clone() });
        }
    }
    ills
}
