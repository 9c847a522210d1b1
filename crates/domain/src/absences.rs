//! Absences that somebody else keeps: a file of the staff system, a shared calendar. What they say today replaces what they
//! said before, and touches nothing that was entered by hand (R17).
//!
//! The format of a file is told to people in `docs/absence.md`.

mod read;

#[cfg(test)]
mod tests;

pub use read::{File, read};

use crate::directory::Absence;
use crate::ids::AbsenceId;
use chrono::NaiveDate;

/// What is longer is a slip of the hand: nobody is on leave for four years.
pub const LONGEST_KEPT: i64 = 1_100;

/// Where an absence comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// Somebody entered it here.
    Hand,
    /// Files imported under this name.
    File(String),
    /// The calendar of this name.
    Calendar(String),
}

impl Origin {
    /// As it is stored; none for what was entered by hand.
    pub fn written(&self) -> Option<String> {
        match self {
            Self::Hand => None,
            Self::File(name) => Some(format!("file:{name}")),
            Self::Calendar(name) => Some(format!("calendar:{name}")),
        }
    }

    /// Reads [`Origin::written`]; what this program did not write is some file's.
    pub fn read(text: Option<&str>) -> Self {
        match text.map(|text| text.split_once(':').unwrap_or(("file", text))) {
            None => Self::Hand,
            Some(("calendar", name)) => Self::Calendar(name.to_owned()),
            Some((_, name)) => Self::File(name.to_owned()),
        }
    }
}

/// One of that origin that is not over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub id: AbsenceId,
    pub absence: Absence,
    /// Somebody here took it back; what it comes from does not know that.
    pub taken_back: bool,
}

/// What is to be done so that the absences of one origin are those that it states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    Enter(Absence),
    /// `rest`: the days that are over, where no other absence of the origin has them.
    TakeBack {
        id: AbsenceId,
        absence: Absence,
        rest: Option<Absence>,
    },
}

/// Compares what is stated with what is known of the same origin on this local day. What ended stays, whoever states it.
///
/// Said twice it says nothing the second time. What somebody here took back is not entered again.
pub fn reconcile(stated: &[Absence], known: &[Known], today: NaiveDate) -> Vec<Change> {
    let mut stated: Vec<&Absence> = stated.iter().filter(|a| a.to >= today).collect();
    stated.sort_by_key(|a| (a.employee, a.from, a.to, a.substitute));
    stated.dedup();
    let is_known = |absence: &&Absence| known.iter().any(|k| k.absence == **absence);
    let is_stated = |absence: &Absence| stated.contains(&absence);
    let gone = known.iter().filter(|k| !k.taken_back && !is_stated(&k.absence)).map(|k| {
        let rest = k.absence.until_yesterday(today).filter(|rest| {
            let has = |a: &&&Absence| {
                a.employee == rest.employee && a.from <= rest.from && rest.to <= a.to
            };
            stated.iter().find(has).is_none()
        });
        Change::TakeBack { id: k.id, absence: k.absence.clone(), rest }
    });
    let new = stated.iter().filter(|a| !is_known(a)).map(|a| Change::Enter((*a).clone()));
    gone.chain(new).collect()
}
