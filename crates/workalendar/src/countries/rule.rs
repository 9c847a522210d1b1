//! Holidays as data: fixed, by Easter, by weekday; with the years they hold.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::easter::easter_sunday;
use crate::holiday::{Holiday, HolidayKind};

/// One row of a country's table: a holiday, when in the year it falls, and in which years it does.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) when: When,
    pub(super) years: Years,
    pub(super) holiday: Holiday,
}

/// Where in a year a holiday falls: at most one day, and a day of that very year.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// Month and day of the month.
    Fixed(u32, u32),
    /// Days after Easter Sunday; negative before it.
    Easter(i64),
    /// The first such weekday on or after month and day.
    OnOrAfter(Weekday, u32, u32),
}

/// The years a row is valid for, both ends included.
#[derive(Debug, Clone, Copy)]
pub(super) enum Years {
    All,
    From(i32),
    UpTo(i32),
}

impl Rule {
    /// A day that this law makes free.
    pub(super) const fn public(
        when: When,
        years: Years,
        law: &'static str,
        name_sv: &'static str,
        name_en: &'static str,
    ) -> Self {
        let kind = HolidayKind::PublicHoliday;
        Self { when, years, holiday: Holiday { name_sv, name_en, kind, law } }
    }

    /// A day that this law treats like a free one.
    pub(super) const fn eve(
        when: When,
        years: Years,
        law: &'static str,
        name_sv: &'static str,
        name_en: &'static str,
    ) -> Self {
        let kind = HolidayKind::Eve;
        Self { when, years, holiday: Holiday { name_sv, name_en, kind, law } }
    }

    /// The day this row gives in `year`, if any.
    pub(super) fn date_in(&self, year: i32) -> Option<NaiveDate> {
        if self.years.contain(year) { self.when.date_in(year) } else { None }
    }
}

impl When {
    fn date_in(self, year: i32) -> Option<NaiveDate> {
        match self {
            Self::Fixed(month, day) => NaiveDate::from_ymd_opt(year, month, day),
            Self::Easter(days) => {
                easter_sunday(year)?.checked_add_signed(TimeDelta::try_days(days)?)
            }
            Self::OnOrAfter(weekday, month, day) => {
                let first = NaiveDate::from_ymd_opt(year, month, day)?;
                let wait = weekday.days_since(first.weekday());
                first.checked_add_signed(TimeDelta::try_days(wait.into())?)
            }
        }
    }
}

impl Years {
    fn contain(self, year: i32) -> bool {
        match self {
            Self::All => true,
            Self::From(first) => first <= year,
            Self::UpTo(last) => year <= last,
        }
    }
}
