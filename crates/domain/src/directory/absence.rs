//! Who is away, and who answers meanwhile (R16, R17).

use super::{Directory, Employee, Owner, Responsible};
use crate::ids::EmployeeId;
use chrono::{Days, NaiveDate};

/// So many substitutes may stand in for each other; whoever comes after them is not asked (R17).
const LONGEST_CHAIN: usize = 3;
/// An absence is no longer than this, in days.
pub const LONGEST_ABSENCE: u16 = 400;
/// An absence may be entered so many days before it begins.
pub const FARTHEST_ABSENCE: u16 = 400;

/// Somebody is away ("frånvaro"), on whole local days. Why, is nobody's business and stored nowhere (R17).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    pub employee: EmployeeId,
    /// The first day away.
    pub from: NaiveDate,
    /// The last day away.
    pub to: NaiveDate,
    /// Who answers meanwhile; without one the unit's reception does.
    pub substitute: Option<EmployeeId>,
}

/// Why an absence was refused. The code reaches the screen, worded there in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AbsenceRefusal {
    #[error("the last day is before the first")]
    EndsBeforeItBegins,
    #[error("this absence ended on {to}")]
    IsOver { to: NaiveDate },
    #[error("an absence is at most {LONGEST_ABSENCE} days; this one is {days}")]
    TooLong { days: i64 },
    #[error("an absence is entered at most {FARTHEST_ABSENCE} days ahead")]
    TooFarAhead,
    #[error("nobody who works here is away")]
    NobodyOfUs,
    #[error("nobody stands in for themselves")]
    OwnSubstitute,
    #[error("the substitute does not work here")]
    SubstituteIsGone,
    #[error("there is another absence from {from} to {to}")]
    Overlaps { from: NaiveDate, to: NaiveDate },
}

impl Absence {
    /// Whether that day belongs to it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// What stays of it when it is taken back that local day: the days that are over were as they were.
    pub fn until_yesterday(&self, today: NaiveDate) -> Option<Self> {
        let to = today.pred_opt()?.min(self.to);
        (self.from <= to).then(|| Self { to, ..self.clone() })
    }

    /// Whether it may be entered on that local day, beside those that were entered `by_hand` before.
    ///
    /// It may lie over what a file or a calendar says, for who stands in is known to people only.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn check(
        &self,
        directory: &Directory,
        today: NaiveDate,
        by_hand: &[Self],
    ) -> Result<(), AbsenceRefusal> {
        let works_here = |id| directory.employee(id).is_some_and(|e| e.active);
        let days = (self.to - self.from).num_days() + 1;
        let farthest = today.checked_add_days(Days::new(u64::from(FARTHEST_ABSENCE)));
        let overlaps = |other: &&Self| {
            other.employee == self.employee && other.from <= self.to && self.from <= other.to
        };
        if self.to < self.from {
            return Err(AbsenceRefusal::EndsBeforeItBegins);
        }
        if self.to < today {
            return Err(AbsenceRefusal::IsOver { to: self.to });
        }
        if days > i64::from(LONGEST_ABSENCE) {
            return Err(AbsenceRefusal::TooLong { days });
        }
        if farthest.is_none_or(|farthest| self.from > farthest) {
            return Err(AbsenceRefusal::TooFarAhead);
        }
        if !works_here(self.employee) {
            return Err(AbsenceRefusal::NobodyOfUs);
        }
        if self.substitute == Some(self.employee) {
            return Err(AbsenceRefusal::OwnSubstitute);
        }
        if self.substitute.is_some_and(|id| !works_here(id)) {
            return Err(AbsenceRefusal::SubstituteIsGone);
        }
        match by_hand.iter().find(overlaps) {
            Some(other) => Err(AbsenceRefusal::Overlaps { from: other.from, to: other.to }),
            None => Ok(()),
        }
    }
}

impl Directory {
    /// Absences that end not long ago, run, or come.
    pub fn absences(&self) -> &[Absence] {
        &self.absences
    }

    /// The absence of this employee on that local day. Of several one with a substitute counts, for a file or a calendar knows
    /// of none; then the one that began last.
    pub fn absence(&self, employee: EmployeeId, day: NaiveDate) -> Option<&Absence> {
        let of_day = self.absences.iter().filter(|a| a.employee == employee && a.holds(day));
        of_day.max_by_key(|a| (a.substitute.is_some(), a.from))
    }

    /// Whether this employee is away on that local day.
    pub fn is_away(&self, employee: EmployeeId, day: NaiveDate) -> bool {
        self.absence(employee, day).is_some()
    }

    /// Whose callbacks this employee answers for on that local day: the own, and those of everybody they stand in for.
    ///
    /// Their own also while they are away: they may still see and close them (R17). For whoever has left, none.
    pub fn covers(&self, employee: EmployeeId, day: NaiveDate) -> Vec<Owner> {
        let Some(own) = self.employee(employee).filter(|e| e.active) else { return Vec::new() };
        let others = self.away(day).filter(|other| other.id != own.id).map(|e| e.id);
        let covered = others
            .map(Owner::Employee)
            .filter(|owner| self.responsible(*owner, day) == Responsible::Employee(own.id));
        std::iter::once(Owner::Employee(own.id)).chain(covered).collect()
    }

    /// Who is away that local day and has nobody who stands in: no substitute, or none who is there (R26).
    pub fn away_without_cover(&self, day: NaiveDate) -> impl Iterator<Item = &Employee> {
        self.away(day).filter(move |e| self.there(e.id, day, false).is_none())
    }

    /// Everybody who is away that day and has not left.
    fn away(&self, day: NaiveDate) -> impl Iterator<Item = &Employee> {
        self.employees.iter().filter(move |e| e.active && self.is_away(e.id, day))
    }

    /// The employee, else the first in the chain of substitutes who is there: for what `presses`, who has no weekday off
    /// either. None where the chain ends, comes to somebody who has left, goes round, or is longer than three (R17).
    pub(super) fn there(
        &self,
        employee: EmployeeId,
        day: NaiveDate,
        presses: bool,
    ) -> Option<EmployeeId> {
        // One that goes round is too long by itself.
        let next = |id: &EmployeeId| self.substitute_of(*id, day);
        let chain = std::iter::successors(Some(employee), next).take(1 + LONGEST_CHAIN);
        chain
            .take_while(|id| self.employee(*id).is_some_and(|e| e.active))
            .find(|id| !(self.is_away(*id, day) || presses && self.is_off(*id, day)))
    }

    /// The chain of those who stand in for this employee and for each other on that local day and are not at work, where it
    /// goes round or is too long: then a reception answers, which nobody meant.
    pub(crate) fn chain_that_fails(
        &self,
        employee: EmployeeId,
        day: NaiveDate,
    ) -> Option<Vec<EmployeeId>> {
        let mut chain = Vec::from([employee]);
        let mut last = employee;
        while chain.len() <= 1 + LONGEST_CHAIN {
            if self.is_at_work(last, day) || !self.employee(last)?.active {
                return None;
            }
            last = self.substitute_of(last, day)?;
            let before = chain.iter().position(|id| *id == last);
            chain.push(last);
            if let Some(begin) = before {
                return Some(chain.split_off(begin));
            }
        }
        Some(chain)
    }

    /// Who stands in: of an absence the one entered with it, else the one of the people file, for weekdays off.
    fn substitute_of(&self, employee: EmployeeId, day: NaiveDate) -> Option<EmployeeId> {
        match self.absence(employee, day) {
            Some(absence) => absence.substitute,
            None => self.employee(employee)?.substitute,
        }
    }
}
