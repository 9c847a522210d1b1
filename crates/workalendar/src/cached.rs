//! A calendar that remembers the years one asks about.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::holiday::{Holiday, HolidayCalendar, year_of};
use crate::out_of_range::OutOfRange;
use crate::table::Table;

/// Any calendar, with the working days of some years counted once and for all.
///
/// Answers exactly as the calendar it is made of, in every year: outside its years it asks that one. A year takes
/// 64 bytes and some hundred nanoseconds to make.
///
/// ```
/// use workalendar::{CachedCalendar, HolidayCalendar, Sweden};
///
/// let sweden = CachedCalendar::new(Sweden, 1990..=2100);
/// assert_eq!(sweden.add_working_days("2026-12-23".parse()?, 250)?, "2027-12-21".parse()?);
/// assert_eq!(sweden.add_working_days("2100-12-30".parse()?, 1)?, "2101-01-03".parse()?); // not cached, and right
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CachedCalendar<C> {
    calendar: C,
    table: Table,
}

impl<C: HolidayCalendar> CachedCalendar<C> {
    /// Remembers these of the years chrono can hold; none, when the range is empty.
    pub fn new(calendar: C, years: RangeInclusive<i32>) -> Self {
        let first = NaiveDate::MIN.year().max(*years.start());
        let years = first..=NaiveDate::MAX.year().min(*years.end());
        let table = Table::new(years, |year| year_of(&calendar, year));
        Self { calendar, table }
    }
}

impl<C: HolidayCalendar> HolidayCalendar for CachedCalendar<C> {
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)> {
        self.calendar.holidays_in(year)
    }

    fn is_weekend(&self, weekday: Weekday) -> bool {
        self.calendar.is_weekend(weekday)
    }

    fn holidays_on(&self, day: NaiveDate) -> Vec<Holiday> {
        self.calendar.holidays_on(day)
    }

    fn is_working_day(&self, day: NaiveDate) -> bool {
        self.table.is_worked(day).unwrap_or_else(|| self.calendar.is_working_day(day))
    }

    fn add_working_days(&self, day: NaiveDate, n: i32) -> Result<NaiveDate, OutOfRange> {
        self.table.add(day, n).map_or_else(|| self.calendar.add_working_days(day, n), Ok)
    }

    fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let counted = self.table.between(from, to);
        counted.unwrap_or_else(|| self.calendar.working_days_between(from, to))
    }
}
