//! Who is not at work on a day, until when, and who answers meanwhile: what a desk tells whoever rings (R16, R17).

use super::{Directory, FARTHEST_ABSENCE, Responsible, collated};
use crate::calendars::UnitCalendars;
use crate::ids::EmployeeId;
use chrono::NaiveDate;
use workalendar::WorkCalendar;

/// Somebody is not at work on a local day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotThere {
    pub employee: EmployeeId,
    /// The last working day of those in a row on which they are not.
    pub until: NaiveDate,
    /// The first working day back; none where that lies beyond what is known.
    pub back_on: Option<NaiveDate>,
    /// Who answers that day for what cannot wait.
    pub covered_by: Responsible,
}

impl Directory {
    /// How this employee is not at work on that local day: away, or on a weekday off. None when they are there, and for who
    /// has left.
    pub fn not_there(
        &self,
        employee: EmployeeId,
        day: NaiveDate,
        (organisation, units): (&WorkCalendar, &UnitCalendars),
    ) -> Option<NotThere> {
        let one = self.employee(employee).filter(|e| e.active)?;
        if self.is_at_work(employee, day) {
            return None;
        }
        let calendar = units.find(one.unit).unwrap_or(organisation);
        let (mut until, mut back_on) = (day, None);
        for later in day.iter_days().take(usize::from(FARTHEST_ABSENCE)).skip(1) {
            match (calendar.is_working_day(later), self.is_at_work(employee, later)) {
                (false, _) => {}
                (true, false) => until = later,
                (true, true) => {
                    back_on = Some(later);
                    break;
                }
            }
        }
        let [_, covered_by] = self.answering(super::Owner::Employee(employee), day);
        Some(NotThere { employee, until, back_on, covered_by })
    }

    /// Everybody who is not at work on that local day, by name.
    pub fn all_not_there(
        &self,
        day: NaiveDate,
        calendars: (&WorkCalendar, &UnitCalendars),
    ) -> Vec<NotThere> {
        let all = self.employees.iter().filter_map(|e| self.not_there(e.id, day, calendars));
        let mut all: Vec<NotThere> = all.collect();
        all.sort_by_cached_key(|one| {
            let name = self.employee(one.employee).map(|e| collated(&e.name));
            (name, one.employee)
        });
        all
    }
}
