//! The working days of units that are closed on days of their own (R11).

mod closing;

pub use closing::{ClosingRefusal, Example, LONGEST_REASON};

use crate::directory::{Directory, Unit};
use crate::ids::{ClosedDayId, UnitId};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use workalendar::WorkCalendar;

/// Days on which some units are closed and the organisation is not, as they are recorded: by the unit's name.
///
/// A unit is closed when a unit above it is.
#[derive(Debug, Clone, Default)]
pub struct ClosedDays(Vec<ClosedDay>);

/// One such day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosedDay {
    /// The name of the unit in the directory.
    pub unit: String,
    pub day: NaiveDate,
    pub reason: String,
}

/// A day that an administrator recorded for one unit and those below it; the directory has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedDay {
    pub id: ClosedDayId,
    pub unit: UnitId,
    pub day: NaiveDate,
    pub reason: String,
}

/// The calendars of the units that have closed days of their own; every other unit has the organisation's.
#[derive(Debug, Clone, Default)]
pub struct UnitCalendars(BTreeMap<UnitId, WorkCalendar>);

impl UnitCalendars {
    /// No unit has days of its own.
    pub const NONE: Self = Self(BTreeMap::new());

    /// The calendar of a unit; `None` where it has the organisation's.
    pub fn find(&self, unit: UnitId) -> Option<&WorkCalendar> {
        self.0.get(&unit)
    }
}

impl ClosedDays {
    /// The days as recorded, in any order. Of two for one unit and day the later reason holds.
    pub fn new(days: Vec<ClosedDay>) -> Self {
        Self(days)
    }

    /// The days, as they are recorded.
    pub fn days(&self) -> &[ClosedDay] {
        &self.0
    }

    /// What they, and the days that the directory has recorded, mean for the units there are.
    pub fn of_units(&self, directory: &Directory, organisation: &WorkCalendar) -> UnitCalendars {
        let recorded = directory.closed_days();
        if self.0.is_empty() && recorded.is_empty() {
            return UnitCalendars::NONE;
        }
        let calendars = directory.units().iter().filter_map(|unit| {
            let above: Vec<&Unit> = directory.upwards(unit.id).collect();
            let configured = self.0.iter().filter(|d| above.iter().any(|u| u.name == d.unit));
            let recorded = recorded.iter().filter(|d| above.iter().any(|u| u.id == d.unit));
            let days = configured.map(|d| (d.day, &d.reason));
            let mut days = days.chain(recorded.map(|d| (d.day, &d.reason))).peekable();
            days.peek()?;
            let closed = days.fold(organisation.clone(), |calendar, (day, reason)| {
                calendar.with_closed(day, reason.clone())
            });
            Some((unit.id, closed))
        });
        UnitCalendars(calendars.collect())
    }

    /// The names of units that the directory does not have: a day recorded for them closes nobody.
    pub fn unknown<'a>(&'a self, directory: &Directory) -> impl Iterator<Item = &'a str> {
        let known: Vec<String> = directory.units().iter().map(|u| u.name.clone()).collect();
        self.0.iter().map(|d| &*d.unit).filter(move |name| !known.iter().any(|k| k == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{BUILDING, CALENDAR, SCHOOL, TOP, TOWN, date};

    fn closed(unit: UnitId, day: &str) -> ClosedDay {
        let unit = TOWN.unit(unit).unwrap().name.clone();
        ClosedDay { unit, day: date(day), reason: "planeringsdag".to_owned() }
    }

    // R11
    #[test]
    fn a_closed_day_of_a_unit_is_its_own_and_that_of_the_units_below_it() {
        let days = ClosedDays::new(vec![closed(BUILDING, "2026-11-10"), closed(TOP, "2026-11-12")]);
        let units = days.of_units(&TOWN, &CALENDAR);
        let works = |unit, day| units.find(unit).unwrap_or(&CALENDAR).is_working_day(date(day));
        assert!(!works(BUILDING, "2026-11-10"));
        assert!(works(SCHOOL, "2026-11-10") && works(TOP, "2026-11-10"));
        for unit in [TOP, BUILDING, SCHOOL] {
            assert!(!works(unit, "2026-11-12"));
            assert!(works(unit, "2026-11-11"));
        }
    }

    // R11
    #[test]
    fn a_day_that_was_recorded_counts_beside_those_of_the_configuration() {
        let day = RecordedDay {
            id: ClosedDayId(uuid::Uuid::from_u128(1)),
            unit: BUILDING,
            day: date("2026-11-11"),
            reason: "flytt".to_owned(),
        };
        let town = TOWN.clone().closing(Vec::from([day]));
        for days in [ClosedDays::default(), ClosedDays::new(vec![closed(BUILDING, "2026-11-10")])] {
            let units = days.of_units(&town, &CALENDAR);
            let works = |unit, day| units.find(unit).unwrap_or(&CALENDAR).is_working_day(date(day));
            assert!(!works(BUILDING, "2026-11-11"));
            assert!(works(SCHOOL, "2026-11-11") && works(TOP, "2026-11-11"));
            assert_eq!(works(BUILDING, "2026-11-10"), days.0.is_empty());
        }
    }

    #[test]
    fn a_unit_that_is_not_there_is_named() {
        let nowhere = ClosedDay { unit: "Parken".to_owned(), ..closed(TOP, "2026-11-10") };
        let days = ClosedDays::new(vec![closed(TOP, "2026-11-10"), nowhere]);
        assert_eq!(days.unknown(&TOWN).collect::<Vec<_>>(), ["Parken"]);
        assert!(ClosedDays::default().of_units(&TOWN, &CALENDAR).find(TOP).is_none());
    }
}
