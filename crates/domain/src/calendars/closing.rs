//! Closing a unit for a day: what is refused, and what it would come to.

use super::{ClosedDays, RecordedDay, UnitCalendars};
use crate::directory::Directory;
use crate::ids::UnitId;
use chrono::{Days, NaiveDate};
use workalendar::{OutOfRange, WorkCalendar};

/// So many days ahead a day may be recorded: two years, and the rest of the one that goes on.
const FARTHEST: Days = Days::new(3 * 366);
/// The reason is read in mails and lists, on one line.
pub const LONGEST_REASON: usize = 80;

/// Why a day was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClosingRefusal {
    #[error("there is no such unit")]
    NoUnit,
    #[error("that day is over: what was promised by it stays as it was")]
    Past,
    #[error("a day may be recorded until {until}")]
    TooFar { until: NaiveDate },
    #[error("the unit does not work on that day anyway")]
    OffAnyway,
    #[error("a reason has from 1 to {LONGEST_REASON} letters, on one line")]
    Reason,
}

/// What a day would change for whoever gets in touch the working day before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    pub received_on: NaiveDate,
    /// The last day as things are.
    pub before: NaiveDate,
    /// The last day once the unit is closed.
    pub after: NaiveDate,
}

impl RecordedDay {
    /// Whether it can be recorded.
    ///
    /// # Errors
    /// [`ClosingRefusal`].
    pub fn check(
        &self,
        directory: &Directory,
        (organisation, units): (&WorkCalendar, &UnitCalendars),
        today: NaiveDate,
    ) -> Result<(), ClosingRefusal> {
        directory.unit(self.unit).filter(|unit| unit.active).ok_or(ClosingRefusal::NoUnit)?;
        let until = today.checked_add_days(FARTHEST).unwrap_or(NaiveDate::MAX);
        if self.day < today {
            return Err(ClosingRefusal::Past);
        }
        if self.day > until {
            return Err(ClosingRefusal::TooFar { until });
        }
        let letters = self.reason.chars().count();
        let is_line = !self.reason.chars().any(char::is_control) && !self.reason.trim().is_empty();
        if !is_line || letters > LONGEST_REASON {
            return Err(ClosingRefusal::Reason);
        }
        if !units.find(self.unit).unwrap_or(organisation).is_working_day(self.day) {
            return Err(ClosingRefusal::OffAnyway);
        }
        Ok(())
    }

    /// Whether it can still be taken back: what is over has been counted by, and reported.
    pub fn may_be_removed(&self, today: NaiveDate) -> bool {
        self.day >= today
    }

    /// The units' calendars once it is recorded.
    pub fn with(
        &self,
        directory: &Directory,
        configured: &ClosedDays,
        organisation: &WorkCalendar,
    ) -> UnitCalendars {
        let all = directory.closed_days().iter().cloned().chain([self.clone()]).collect();
        configured.of_units(&directory.clone().closing(all), organisation)
    }

    /// The unit and those below it: all that it closes.
    pub fn closes(&self, directory: &Directory) -> Vec<UnitId> {
        let is_below = |unit: &UnitId| directory.upwards(*unit).any(|above| above.id == self.unit);
        directory.units().iter().map(|unit| unit.id).filter(is_below).collect()
    }

    /// What it changes, by the calendars of its unit before and after.
    ///
    /// # Errors
    /// [`OutOfRange`] at the end of the calendar.
    pub fn example(
        &self,
        before: &WorkCalendar,
        after: &WorkCalendar,
        working_days: u32,
    ) -> Result<Example, OutOfRange> {
        let received_on = before.add_working_days(self.day, -1)?;
        let days = i32::try_from(working_days).map_err(|_| OutOfRange)?;
        Ok(Example {
            received_on,
            before: before.add_working_days(received_on, days)?,
            after: after.add_working_days(received_on, days)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ClosedDayId;
    use crate::testing::{BUILDING, CALENDAR, SCHOOL, TOP, TOWN, date};

    fn day(unit: UnitId, day: &str) -> RecordedDay {
        let id = ClosedDayId(uuid::Uuid::from_u128(1));
        RecordedDay { id, unit, day: date(day), reason: "flytt".to_owned() }
    }

    fn checked(day: &RecordedDay) -> Result<(), ClosingRefusal> {
        day.check(&TOWN, (&CALENDAR, &UnitCalendars::NONE), date("2026-11-09"))
    }

    // R11
    #[test]
    fn a_day_is_recorded_ahead_for_a_unit_that_is_there_and_would_work() {
        for well in ["2026-11-09", "2026-11-10", "2029-11-09"] {
            assert_eq!(checked(&day(BUILDING, well)), Ok(()), "{well}");
        }
        let until = date("2029-11-11");
        for (wrong, why) in [
            (day(BUILDING, "2026-11-08"), ClosingRefusal::Past),
            (day(BUILDING, "2029-11-12"), ClosingRefusal::TooFar { until }),
            (day(BUILDING, "2026-12-24"), ClosingRefusal::OffAnyway),
            (day(BUILDING, "2026-11-14"), ClosingRefusal::OffAnyway),
            (day(UnitId(uuid::Uuid::nil()), "2026-11-10"), ClosingRefusal::NoUnit),
        ] {
            assert_eq!(checked(&wrong), Err(why), "{wrong:?}");
        }
        for reason in ["", "  ", "a\nb", &"x".repeat(LONGEST_REASON + 1)] {
            let wrong = RecordedDay { reason: reason.to_owned(), ..day(BUILDING, "2026-11-10") };
            assert_eq!(checked(&wrong), Err(ClosingRefusal::Reason), "{reason:?}");
        }
        let town = TOWN.clone().closing(Vec::from([day(TOP, "2026-11-10")]));
        let units = ClosedDays::default().of_units(&town, &CALENDAR);
        let twice = day(BUILDING, "2026-11-10");
        let refused = twice.check(&town, (&CALENDAR, &units), date("2026-11-09"));
        assert_eq!(refused, Err(ClosingRefusal::OffAnyway), "the unit above is closed already");
    }

    // R31: months are counted by the days that were closed then.
    #[test]
    fn a_day_that_is_over_is_not_taken_back() {
        let day = day(BUILDING, "2026-11-10");
        for (today, may) in [("2026-11-09", true), ("2026-11-10", true), ("2026-11-11", false)] {
            assert_eq!(day.may_be_removed(date(today)), may, "{today}");
        }
    }

    // R11, R14
    #[test]
    fn what_it_would_change_is_said_before() {
        let day = day(TOP, "2026-11-10");
        assert_eq!(day.closes(&TOWN).len(), TOWN.units().len());
        let units = day.with(&TOWN, &ClosedDays::default(), &CALENDAR);
        let after = units.find(SCHOOL).unwrap();
        let example = day.example(&CALENDAR, after, 2).unwrap();
        let [received_on, before, after] = ["2026-11-09", "2026-11-11", "2026-11-12"].map(date);
        assert_eq!(example, Example { received_on, before, after });
    }
}
