//! The figures of one person's own callbacks: for that person alone (R32).

use super::figures::Figures;
use super::followed::Followed;
use super::measured::Measured;
use super::report::{ByMessage, Group};
use crate::calendars::UnitCalendars;
use chrono::NaiveDate;
use workalendar::WorkCalendar;

/// The figures of these callbacks, counted as those of a unit are (R31). Nobody else is told them, so no group is too small.
pub fn own(
    lines: &[Followed],
    (organisation, units): (&WorkCalendar, &UnitCalendars),
    today: NaiveDate,
) -> ByMessage {
    let measured: Vec<Measured> = lines
        .iter()
        .map(|line| {
            let calendar = line.unit.and_then(|unit| units.find(unit)).unwrap_or(organisation);
            Measured::of(line, calendar, today)
        })
        .collect();
    let group = |has_message| {
        let cases: Vec<&Measured> =
            measured.iter().filter(|case| case.has_message == has_message).collect();
        if cases.is_empty() { Group::Nothing } else { Group::Shown(Box::new(Figures::of(&cases))) }
    };
    ByMessage { with: group(true), without: group(false) }
}
