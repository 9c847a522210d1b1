//! What a holiday is, and a calendar of them.

use std::fmt::Debug;

use chrono::{Datelike, NaiveDate};

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

/// The holidays of a country. Weekends are not its business: Saturday and Sunday are free anyway.
pub trait HolidayCalendar: Debug + Send + Sync {
    /// All holidays of a calendar year, each on a day of that year, in any order.
    ///
    /// Two holidays may share a day. A year chrono cannot hold has none.
    fn holidays_in(&self, year: i32) -> Vec<(NaiveDate, Holiday)>;

    /// The holidays of one day: mostly none, at times two (1 May 2008 was May Day and Ascension Day).
    fn holidays_on(&self, day: NaiveDate) -> Vec<Holiday> {
        let of_the_year = self.holidays_in(day.year()).into_iter();
        of_the_year.filter_map(|(date, holiday)| (date == day).then_some(holiday)).collect()
    }
}
