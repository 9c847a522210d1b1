//! What a holiday is, and a calendar of them.

use std::fmt::Debug;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::out_of_range::OutOfRange;
use crate::walk;
use crate::year::Year;

/// By what right a day is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HolidayKind {
    /// Named as a public holiday by law.
    PublicHoliday,
    /// No public holiday, but treated like one; an office may keep open ([`WorkCalendar::with_eves_open`]).
    ///
    /// [`WorkCalendar::with_eves_open`]: crate::WorkCalendar::with_eves_open
    Eve,
}

/// A named day that is not worked, whatever weekday it falls on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Holiday {
    /// As a Swedish sentence writes it, without capital where Swedish has none: "annandag jul".
    pub name_sv: &'static str,
    /// In English: "Second Day of Christmas".
    pub name_en: &'static str,
    /// Public holiday or eve.
    pub kind: HolidayKind,
    /// The law that makes the day free, such as "SFS 1989:253".
    pub law: &'static str,
}

/// The holidays of a country, and the working days that follow from them.
///
/// Only [`holidays_in`](Self::holidays_in) must be written. What else a calendar answers follows from it and from
/// [`is_weekend`](Self::is_weekend); override the rest only to be faster ([`CachedCalendar`](crate::CachedCalendar)
/// does). The trait is object-safe: a `Box<dyn HolidayCalendar>` answers the same.
///
/// ```
/// use workalendar::{HolidayCalendar, Sweden};
///
/// let saturday = "2026-11-21".parse()?;
/// assert_eq!(Sweden.add_working_days(saturday, 2)?, "2026-11-24".parse()?); // Tuesday: Saturday is not rolled
/// assert_eq!(Sweden.add_working_days(saturday, -1)?, "2026-11-20".parse()?);
/// assert_eq!(Sweden.roll_forward(saturday)?, "2026-11-23".parse()?);
/// assert_eq!(Sweden.working_days_between(saturday, "2026-11-24".parse()?), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait HolidayCalendar: Debug + Send + Sync {
    /// All holidays of a calendar year, each on a day of that year, in any order.
    ///
    /// Two holidays may share a day. A year chrono cannot hold has none.
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)>;

    /// Whether this weekday is free all year: Saturday and Sunday, unless the country has it otherwise.
    fn is_weekend(&self, weekday: Weekday) -> bool {
        matches!(weekday, Weekday::Sat | Weekday::Sun)
    }

    /// The holidays of one day: mostly none, at times two (1 May 2008 was May Day and Ascension Day).
    fn holidays_on(&self, day: NaiveDate) -> Vec<Holiday> {
        let of_the_year = self.holidays_in(day.year()).into_iter();
        of_the_year.filter_map(|(date, holiday)| (date == day).then_some(holiday)).collect()
    }

    /// Whether `day` is neither a weekend nor a holiday of either kind.
    fn is_working_day(&self, day: NaiveDate) -> bool {
        !self.is_weekend(day.weekday()) && self.holidays_on(day).is_empty()
    }

    /// The first working day on or after `day`: `day` itself, if it is one.
    ///
    /// # Errors
    /// [`OutOfRange`] when there is none up to the end of chrono's dates.
    fn roll_forward(&self, day: NaiveDate) -> Result<NaiveDate, OutOfRange> {
        if self.is_working_day(day) { Ok(day) } else { self.add_working_days(day, 1) }
    }

    /// The last working day on or before `day`: `day` itself, if it is one.
    ///
    /// # Errors
    /// [`OutOfRange`] when there is none back to the beginning of chrono's dates.
    fn roll_backward(&self, day: NaiveDate) -> Result<NaiveDate, OutOfRange> {
        if self.is_working_day(day) { Ok(day) } else { self.add_working_days(day, -1) }
    }

    /// The `n`-th working day after `day`; `day` itself is never counted.
    ///
    /// `n = 0` is `day`, working or not; a negative `n` counts back. Saturday + 2 is Tuesday, as Friday + 2 is.
    ///
    /// # Errors
    /// [`OutOfRange`] when the answer lies beyond chrono's dates.
    fn add_working_days(&self, day: NaiveDate, n: i32) -> Result<NaiveDate, OutOfRange> {
        walk::add(|year| year_of(self, year), day, n)
    }

    /// How many working days there are after `from` up to and including `to`.
    ///
    /// Zero from a day to itself; negative when `to` is before `from` (the same days, counted back). Never fails:
    /// the work grows with the years between, about a second for all the 524 000 years chrono holds.
    fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        walk::between(|year| year_of(self, year), from, to)
    }
}

/// The working days of a year as a calendar's holidays and weekend have them.
pub(crate) fn year_of(calendar: &(impl HolidayCalendar + ?Sized), year: i32) -> Year {
    let holidays = calendar.holidays_in(year).into_iter().map(|(day, _)| day);
    Year::of_weekdays(year, |weekday| !calendar.is_weekend(weekday))
        .with(holidays.filter(|day| day.year() == year), false)
}
