//! A month or a year, in local days.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use workalendar::{OutOfRange, WorkCalendar};

/// The years that the calendars are known for.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2099;

/// A month of a year. A callback belongs to the month in which its first promised contact came, by the local clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: NaiveDate,
}

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    Month(Month),
    /// From 1990 to 2099.
    Year(i32),
}

/// This is neither a month nor a year.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no month; write for example 2026-11")]
pub struct NoPeriod(String);

impl Month {
    /// The month of this day.
    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    /// The month before.
    pub fn before(self) -> Self {
        Self { first: self.first.checked_sub_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// The month after.
    pub fn after(self) -> Self {
        Self { first: self.first.checked_add_months(Months::new(1)).unwrap_or(self.first) }
    }

    /// Whether all its days are over: only then can it be signed (R33).
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.last() < today
    }

    pub fn first(self) -> NaiveDate {
        self.first
    }

    pub fn last(self) -> NaiveDate {
        self.after().first.pred_opt().unwrap_or(self.first)
    }
}

impl FromStr for Month {
    type Err = NoPeriod;

    fn from_str(text: &str) -> Result<Self, NoPeriod> {
        let first = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d");
        match first {
            // Only as it is written back: chrono also reads 2026-1.
            Ok(first) if YEARS.contains(&first.year()) && Self { first }.to_string() == text => {
                Ok(Self { first })
            }
            Ok(_) | Err(_) => Err(NoPeriod(text.to_owned())),
        }
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

impl Period {
    /// A whole year, if its calendar is known.
    pub fn year(year: i32) -> Option<Self> {
        YEARS.contains(&year).then_some(Self::Year(year))
    }

    pub fn first(self) -> NaiveDate {
        match self {
            Self::Month(month) => month.first(),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default(),
        }
    }

    pub fn last(self) -> NaiveDate {
        match self {
            Self::Month(month) => month.last(),
            Self::Year(year) => NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default(),
        }
    }

    /// From its first instant until the first one after it, by the local clock.
    ///
    /// # Errors
    /// [`OutOfRange`] where the local time of then is not known.
    pub fn instants(self, calendar: &WorkCalendar) -> Result<Range<DateTime<Utc>>, OutOfRange> {
        Ok(calendar.end_of(self.eve())?..calendar.end_of(self.last())?)
    }

    /// The day before its first: it begins when that one ends.
    pub fn eve(self) -> NaiveDate {
        self.first().checked_sub_days(Days::new(1)).unwrap_or(self.first())
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Month(month) => month.fmt(f),
            Self::Year(year) => year.fmt(f),
        }
    }
}
