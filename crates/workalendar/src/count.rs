//! Counting working days, forward and back.

use chrono::{Datelike, NaiveDate};

use crate::calendar::WorkCalendar;
use crate::out_of_range::OutOfRange;
use crate::weekdays::{self, is_weekend};

impl WorkCalendar {
    /// The `n`-th working day after `day`; `day` itself is never counted.
    ///
    /// `n = 0` is `day`, working or not; a negative `n` counts back. Saturday + 2 is Tuesday, as Friday + 2 is.
    /// Unit: whole working days. Weeks are jumped and only the holidays of the years between are looked at, so
    /// a promise of days costs microseconds and one of a century well under a millisecond.
    ///
    /// # Errors
    /// [`OutOfRange`] when the answer lies beyond chrono's dates.
    ///
    /// Source: lag (1989:253) om allmänna helgdagar; lag (1930:173) 2 § for the three eves.
    pub fn add_working_days(&self, day: NaiveDate, n: i32) -> Result<NaiveDate, OutOfRange> {
        let mut day = day;
        let mut left = i64::from(n);
        // Jump as if every weekday were worked; what was not worked on the way is what is left to go.
        while left > 0 {
            let first = day.succ_opt().ok_or(OutOfRange)?;
            day = weekdays::numbered(weekdays::number(day) + left).ok_or(OutOfRange)?;
            left = self.weekdays_off(first, day);
        }
        while left < 0 {
            let last = day.pred_opt().ok_or(OutOfRange)?;
            day = weekdays::numbered(weekdays::number(last) + left + 1).ok_or(OutOfRange)?;
            left = -self.weekdays_off(day, last);
        }
        Ok(day)
    }

    /// How many working days there are after `from` up to and including `to`.
    ///
    /// Zero from a day to itself; negative when `to` is before `from` (the same days, counted back). Never fails:
    /// the work grows with the years between, about a second for all the 524 000 years chrono holds.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let off = from.succ_opt().map_or(0, |first| self.weekdays_off(first, to));
        weekdays::number(to) - weekdays::number(from) - off
    }

    /// How many days from `first` to `last`, both included, are Monday to Friday and yet no working day.
    fn weekdays_off(&self, first: NaiveDate, last: NaiveDate) -> i64 {
        if last < first {
            return 0;
        }
        let holidays: usize =
            (first.year()..=last.year()).map(|year| self.weekday_holidays(year, first, last)).sum();
        let closed = self.closed.range(first..=last).map(|(day, _)| *day);
        let closed = closed.filter(|day| !is_weekend(*day) && !self.is_holiday(*day)).count();
        i64::try_from(holidays + closed).expect("there are fewer days than an i64 counts")
    }

    fn weekday_holidays(&self, year: i32, first: NaiveDate, last: NaiveDate) -> usize {
        let mut days: Vec<NaiveDate> = self
            .holidays
            .holidays_in(year)
            .into_iter()
            .filter(|(day, holiday)| {
                (first..=last).contains(day) && !is_weekend(*day) && self.is_free(holiday)
            })
            .map(|(day, _)| day)
            .collect();
        // Two holidays on one day are one day off.
        days.sort_unstable();
        days.dedup();
        days.len()
    }
}
