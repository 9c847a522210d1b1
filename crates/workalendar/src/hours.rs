//! When an office opens and closes.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use crate::calendar::WorkCalendar;
use crate::out_of_range::OutOfRange;

const OPENING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).expect("08:00 is a time of day");
const CLOSING: NaiveTime = NaiveTime::from_hms_opt(17, 0, 0).expect("17:00 is a time of day");

/// More working days in a row without an hour of opening than this: such an office is never open.
const MOST_DAYS_SHUT: u32 = 400;

/// Wall clock hours of working days.
#[derive(Debug, Clone)]
pub(crate) struct Hours {
    opening: NaiveTime,
    closing: NaiveTime,
    weekdays: [Option<(NaiveTime, NaiveTime)>; 7],
    early: BTreeMap<NaiveDate, NaiveTime>,
    before_holidays: Option<NaiveTime>,
}

impl Default for Hours {
    fn default() -> Self {
        Self {
            opening: OPENING,
            closing: CLOSING,
            weekdays: [None; 7],
            early: BTreeMap::new(),
            before_holidays: None,
        }
    }
}

/// What is left of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// Working days after today up to and including the last day.
    pub working_days: i64,
    /// The time the office is open until then.
    pub open: TimeDelta,
}

impl WorkCalendar {
    /// The hour, on the local wall clock, that begins an ordinary working day.
    pub fn with_opening(mut self, opening: NaiveTime) -> Self {
        self.hours.opening = opening;
        self
    }

    /// The hour, on the local wall clock, that ends an ordinary working day.
    pub fn with_closing(mut self, closing: NaiveTime) -> Self {
        self.hours.closing = closing;
        self
    }

    /// The hours of one weekday where they are not the ordinary ones. Closing at or before opening: not open at all,
    /// though still a working day that promises end on, at `closing`.
    pub fn with_hours_on(
        mut self,
        weekday: Weekday,
        opening: NaiveTime,
        closing: NaiveTime,
    ) -> Self {
        self.hours.weekdays[weekday.num_days_from_monday() as usize] = Some((opening, closing));
        self
    }

    /// A half-day: it closes before the hour it otherwise would. It still counts whole, if it is a working day at all.
    ///
    /// A time later than that hour changes nothing; a day given twice keeps the later call's time.
    pub fn with_early_closing(mut self, day: NaiveDate, closing: NaiveTime) -> Self {
        self.hours.early.insert(day, closing);
        self
    }

    /// Makes every working day before a public holiday a half-day that closes at this hour: in Sweden Maundy Thursday,
    /// 30 April, the day before Ascension Day and others, as many agreements have it.
    pub fn with_early_closing_before_holidays(mut self, closing: NaiveTime) -> Self {
        self.hours.before_holidays = Some(closing);
        self
    }

    /// When the office opens on `day`. Also answers for a day that is no working day, as if it were one.
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::at`].
    pub fn opening_at(&self, day: NaiveDate) -> Result<DateTime<Utc>, OutOfRange> {
        self.at(day, self.hours_on(day).0)
    }

    /// When the office closes on `day`: the closing time of its weekday, or a half-day's where that is earlier.
    ///
    /// Also answers for a day that is no working day, as if it were one.
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::at`].
    pub fn closing_at(&self, day: NaiveDate) -> Result<DateTime<Utc>, OutOfRange> {
        self.at(day, self.hours_on(day).1)
    }

    /// Whether `day` is a working day that closes before the hour of its weekday.
    pub fn is_half_day(&self, day: NaiveDate) -> bool {
        self.is_working_day(day) && self.hours_on(day).1 < self.whole_hours_on(day).1
    }

    /// Whether the office is open at this instant: from the very opening until just before closing.
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::at`].
    pub fn is_open(&self, at: DateTime<Utc>) -> Result<bool, OutOfRange> {
        let day = self.local_date(at);
        let hours = self.opening_at(day)?..self.closing_at(day)?;
        Ok(hours.contains(&at) && self.is_working_day(day))
    }

    /// When the office next opens; the instant itself when it is open then.
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::at`], and when none of the next 400 working days has an open hour.
    pub fn next_opening(&self, at: DateTime<Utc>) -> Result<DateTime<Utc>, OutOfRange> {
        let mut day = self.roll_forward(self.local_date(at))?;
        for _ in 0..MOST_DAYS_SHUT {
            let (opening, closing) = (self.opening_at(day)?, self.closing_at(day)?);
            if opening.max(at) < closing {
                return Ok(opening.max(at));
            }
            day = self.add_working_days(day, 1)?;
        }
        Err(OutOfRange)
    }

    /// What is left at one instant until another: working days, and hours the office is open.
    ///
    /// Both negative, when `until` has passed: the same days and hours, counted back.
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::at`]. The work grows with the days between.
    pub fn remaining(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<Remaining, OutOfRange> {
        if until < from {
            let back = self.remaining(until, from)?;
            return Ok(Remaining { working_days: -back.working_days, open: -back.open });
        }
        let (first, last) = (self.local_date(from), self.local_date(until));
        let mut open = TimeDelta::zero();
        let days = first.iter_days().take_while(|day| *day <= last);
        for day in days.filter(|day| self.is_working_day(*day)) {
            let (opening, closing) = (self.opening_at(day)?, self.closing_at(day)?);
            open += (closing.min(until) - opening.max(from)).max(TimeDelta::zero());
        }
        Ok(Remaining { working_days: self.working_days_between(first, last), open })
    }

    fn hours_on(&self, day: NaiveDate) -> (NaiveTime, NaiveTime) {
        let (opening, closing) = self.whole_hours_on(day);
        let closing = closing.min(self.hours.early.get(&day).copied().unwrap_or(closing));
        let Some(before_holidays) = self.hours.before_holidays else { return (opening, closing) };
        let is_before = day.succ_opt().is_some_and(|next| self.is_public_holiday(next));
        (opening, if is_before { closing.min(before_holidays) } else { closing })
    }

    fn whole_hours_on(&self, day: NaiveDate) -> (NaiveTime, NaiveTime) {
        let of_weekday = self.hours.weekdays[day.weekday().num_days_from_monday() as usize];
        of_weekday.unwrap_or((self.hours.opening, self.hours.closing))
    }
}
