//! The years from one to another, counted through: every question costs a look at one year, or two.

use chrono::{Datelike, NaiveDate};

use crate::year::Year;

/// The working days of the years from `first` on. Answers `None` where it would have to leave them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    first: i32,
    /// And one more after the last, so that where a year ends is where the next one begins.
    years: Vec<Year>,
}

impl Table {
    /// The years of the range; none, when its end is before its beginning.
    pub(crate) fn new(years: std::ops::RangeInclusive<i32>, make: impl Fn(i32) -> Year) -> Self {
        let first = *years.start();
        Self { first, years: years.map(make).chain([Year::default()]).collect() }.counted()
    }

    /// Makes these days worked or not; days outside the table's years are passed over.
    pub(crate) fn set(&mut self, days: impl Iterator<Item = (NaiveDate, bool)>) {
        for (day, is_worked) in days {
            if let Some(at) = self.position(day.year()) {
                self.years[at] = self.years[at].with([day].into_iter(), is_worked);
            }
        }
        let years = std::mem::take(&mut self.years);
        *self = Self { first: self.first, years }.counted();
    }

    fn counted(mut self) -> Self {
        let mut sum = 0;
        for year in &mut self.years {
            year.since = sum;
            sum += year.count();
        }
        self
    }

    /// The years it holds.
    pub(crate) fn years(&self) -> std::ops::Range<i32> {
        self.first..self.first.saturating_add(self.years.len().saturating_sub(1) as i32)
    }

    pub(crate) fn is_worked(&self, day: NaiveDate) -> Option<bool> {
        Some(self.year(day.year())?.is_worked(day.ordinal0()))
    }

    pub(crate) fn add(&self, day: NaiveDate, n: i32) -> Option<NaiveDate> {
        let year = self.year(day.year())?;
        if let Some(ordinal0) = year.near(day.ordinal0(), n) {
            return day.with_ordinal0(ordinal0);
        }
        self.add_far(year, day, n)
    }

    /// Apart, so that the near answer, which most are, does not pay for this one's variables.
    #[cold]
    fn add_far(&self, year: &Year, day: NaiveDate, n: i32) -> Option<NaiveDate> {
        let counted = i64::from(year.since) + i64::from(year.up_to(day.ordinal0()));
        // Counting back, the day itself, where it is worked, is the one that is not counted.
        let wanted = match n {
            0 => return Some(day),
            1.. => counted + i64::from(n),
            _ => counted + i64::from(n) + i64::from(!year.is_worked(day.ordinal0())),
        };
        self.nth(u32::try_from(wanted).ok()?, day.year())
    }

    pub(crate) fn between(&self, from: NaiveDate, to: NaiveDate) -> Option<i64> {
        let (first, last) = (self.year(from.year())?, self.year(to.year())?);
        let counted = |year: &Year, day: NaiveDate| year.since + year.up_to(day.ordinal0());
        Some(i64::from(counted(last, to)) - i64::from(counted(first, from)))
    }

    /// The `n`-th working day of the table, counted from 1, looked for from a year that is near it.
    fn nth(&self, n: u32, near: i32) -> Option<NaiveDate> {
        let mut at = self.position(near)?;
        while self.years[at].since >= n {
            at = at.checked_sub(1)?;
        }
        while self.years.get(at + 1)?.since < n {
            at += 1;
        }
        let year = &self.years[at];
        NaiveDate::from_yo_opt(self.first + at as i32, year.nth(n - year.since) + 1)
    }

    fn year(&self, year: i32) -> Option<&Year> {
        self.years.get(self.position(year)?)
    }

    fn position(&self, year: i32) -> Option<usize> {
        let at = usize::try_from(year.checked_sub(self.first)?).ok()?;
        (at + 1 < self.years.len()).then_some(at)
    }
}
