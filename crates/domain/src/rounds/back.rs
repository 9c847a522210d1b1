//! The first working morning back: what came in while somebody was away, who answered, how it went (R17).

use super::Digest;
use crate::directory::{Directory, Owner, Responsible};
use crate::ids::EmployeeId;
use chrono::NaiveDate;
use std::collections::BTreeSet;
use workalendar::WorkCalendar;

/// The days that somebody was away, the last of them just before the first working day back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysAway {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

/// What a digest says of these days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhileAway {
    pub days: DaysAway,
    /// The names of those who stood in, in the order in which they did.
    pub covered_by: Vec<String>,
    /// A reception answered, on some of the days or all.
    pub reception: bool,
    /// What came in meanwhile.
    pub came_in: CameIn,
}

/// So many callbacks were opened, and so many calls rang.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CameIn {
    /// Still open.
    pub open: usize,
    /// Resolved, also provisionally.
    pub done: usize,
    /// So often the telephone rang, for it was not referred.
    pub rang: usize,
}

/// The days this employee was away, where `today` is the first working day back. Absences with no working day between
/// them are one; a weekday off is none (R17).
pub fn days_away(
    employee: EmployeeId,
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> Option<DaysAway> {
    if !calendar.is_working_day(today) || !directory.is_at_work(employee, today) {
        return None;
    }
    let works = |day: NaiveDate| calendar.is_working_day(day) && !directory.is_off(employee, day);
    // The latest absence that has ended before that day, where no working day lies between.
    let before = |day: NaiveDate| {
        let own = directory.absences().iter().filter(|a| a.employee == employee && a.to < day);
        let last = own.max_by_key(|a| a.to)?;
        let off = last.to.iter_days().skip(1).take_while(|d| *d < day);
        off.into_iter().all(|d| !works(d)).then_some(last)
    };
    let last = before(today)?;
    let first = std::iter::successors(Some(last), |later| before(later.from)).last()?;
    Some(DaysAway { from: first.from, to: last.to })
}

/// Everybody whose first working day back `today` is.
pub fn back_on(
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> BTreeSet<EmployeeId> {
    let away: BTreeSet<EmployeeId> = directory.absences().iter().map(|a| a.employee).collect();
    away.into_iter().filter(|id| days_away(*id, today, calendar, directory).is_some()).collect()
}

/// What the digest says of them; `None` when nothing came in.
pub fn while_away(
    employee: EmployeeId,
    days: DaysAway,
    came_in: CameIn,
    directory: &Directory,
) -> Option<WhileAway> {
    if came_in == CameIn::default() {
        return None;
    }
    let (mut covered_by, mut reception) = (Vec::new(), false);
    for day in days.from.iter_days().take_while(|day| *day <= days.to) {
        match directory.responsible(Owner::Employee(employee), day) {
            Responsible::Employee(id) if id == employee => {}
            Responsible::Employee(id) => {
                let name = directory.employee(id).map(|e| e.name.clone());
                covered_by.extend(name.filter(|name| !covered_by.contains(name)));
            }
            Responsible::UnitMailbox(_) | Responsible::Reception(_) | Responsible::Organisation => {
                reception = true;
            }
        }
    }
    Some(WhileAway { days, covered_by, reception, came_in })
}

impl Digest {
    /// The digest with that in it; one that says nothing else where there is no other.
    pub fn with_while_away(
        digest: Option<Self>,
        away: Option<WhileAway>,
        today: NaiveDate,
    ) -> Option<Self> {
        match (digest, away) {
            (digest, None) => digest,
            (Some(digest), away) => Some(Self { away, ..digest }),
            (None, away) => Some(Self { away, ..Self::empty(today) }),
        }
    }
}
