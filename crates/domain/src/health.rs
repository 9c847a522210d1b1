//! Where a promise could end with nobody (R16): what an administrator has to put right.

mod lines;
mod substitutes;
#[cfg(test)]
mod tests;

use crate::directory::{Directory, Owner};
use crate::rounds::Unreachable;
use chrono::NaiveDate;

/// One thing to put right: what, where, and what to do. Its text is for the command line; pages word it in the reader's
/// language.
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
    #[error("unit {unit}: neither it nor one above has a reception; write one in the people file")]
    NoDesk { unit: String },
    #[error("unit {unit}: its manager {manager} has left; write the new one in the people file")]
    ManagerLeft { unit: String, manager: String },
    #[error(
        "unit {unit}: its manager {manager} is away and nobody of the unit stands in; write a deputy in the people file"
    )]
    ManagerAway { unit: String, manager: String },
    #[error("line {line}: nobody's; its calls go to the unit's reception")]
    NoOwner { line: String },
    #[error(
        "line {line}: {pbx} knows {other} by the same alias {alias}, which goes before; write it for one of them only"
    )]
    AliasTwice { line: String, other: String, alias: String, pbx: String },
    #[error(
        "{who}: mail to {address} does not arrive; correct the address in the people file, or see to the mailbox"
    )]
    NoMail { who: String, address: String },
    #[error(
        "{}: on {day} they stand in for each other in a circle, or more than three deep, and a reception answers; enter somebody else",
        .who.join(" → ")
    )]
    SubstituteLoop { who: Vec<String>, day: NaiveDate },
    /// How often is nobody's business: there are no numbers of people (R32).
    #[error("{who}: missed calls for 90 days and never a message; is the mailbox on?")]
    NoVoicemail { who: String },
    #[error("no PBX told of any message in 90 days; see in docs/pbx how yours tells of voicemail")]
    NoVoicemailAnywhere,
    #[error(
        "{pbx}: {calls} open calls came to {alias}, which is nobody's; write a line with this alias in the people file"
    )]
    UnknownAlias { pbx: String, alias: String, calls: usize },
}

/// What was seen of how the directory does in practice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    /// Whose mail died last (R28).
    pub unreachable: Vec<Unreachable>,
    /// Callbacks of each owner since [`WATCHED_DAYS`] ago.
    pub received: Vec<Received>,
    /// Aliases that open callbacks of the organisation came to, and that are nobody's: masked where they are numbers (R36).
    pub unknown: Vec<Unknown>,
}

/// So many days are looked back on for messages.
pub const WATCHED_DAYS: u64 = 90;

/// How many callbacks of one owner there were, with a message and without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    pub owner: Owner,
    pub with_message: i64,
    pub without: i64,
}

/// An alias that nobody has, of the source that named it, and how many calls came to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub source: String,
    pub alias: String,
    pub calls: usize,
}

/// Everything in the directory that is to be put right today. `reception`: the organisation's.
pub fn ills(
    directory: &Directory,
    reception: Option<&str>,
    seen: &Seen,
    today: NaiveDate,
) -> Vec<Ill> {
    let mut ills = Vec::new();
    let reception = reception.filter(|address| !address.is_empty());
    if reception.is_none() {
        ills.push(Ill::NoReception);
    }
    if directory.units().iter().all(|u| !u.active) {
        ills.push(Ill::NoUnits);
    }
    ills.extend(units(directory, reception.is_some(), today));
    ills.extend(lines::nobodys(directory, today));
    ills.extend(lines::with_one_alias(directory));
    ills.extend(unreachable(directory, seen));
    ills.extend(substitutes::going_round(directory, today));
    ills.extend(lines::without_messages(directory, seen));
    let unknown = seen.unknown.iter().cloned();
    ills.extend(unknown.map(|Unknown { source, alias, calls }| Ill::UnknownAlias {
        pbx: source,
        alias,
        calls,
    }));
    ills
}

fn units(directory: &Directory, has_reception: bool, today: NaiveDate) -> Vec<Ill> {
    let mut ills = Vec::new();
    for unit in directory.units().iter().filter(|u| u.active) {
        let name = || unit.name.clone();
        if directory.manager_of(unit.id, today).is_none() {
            ills.push(Ill::NoManager { unit: name() });
        }
        let has_desk = |u: &crate::directory::Unit| u.active && u.reception.is_some();
        if !has_reception && !directory.upwards(unit.id).any(has_desk) {
            ills.push(Ill::NoDesk { unit: name() });
        }
        let Some(own) = unit.manager.and_then(|id| directory.employee(id)) else { continue };
        let manager = own.name.clone();
        if !own.active {
            ills.push(Ill::ManagerLeft { unit: name(), manager });
        } else if directory.is_away(own.id, today) && directory.stands_in(unit, today).is_none() {
            ills.push(Ill::ManagerAway { unit: name(), manager });
        }
    }
    ills
}

fn unreachable(directory: &Directory, seen: &Seen) -> Vec<Ill> {
    let dead = |address: &str| {
        let is = |u: &&Unreachable| u.address.trim().eq_ignore_ascii_case(address.trim());
        seen.unreachable.iter().any(|u| is(&u))
    };
    let employees = directory.employees().iter().filter(|e| e.active);
    let employees = employees.map(|e| (e.name.as_str(), e.email.as_str()));
    let units = directory.units().iter().filter(|u| u.active);
    let mailboxes = units.flat_map(|u| {
        let both = [u.mailbox.as_deref(), u.reception.as_deref()];
        both.into_iter().flatten().map(|address| (u.name.as_str(), address))
    });
    let wrong = employees.chain(mailboxes).filter(|(_, a)| !a.contains('@') || dead(a));
    wrong
        .map(|(who, address)| Ill::NoMail { who: who.to_owned(), address: address.to_owned() })
        .collect()
}
