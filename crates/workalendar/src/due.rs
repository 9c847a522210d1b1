//! The last day of a promise, and what is not counted on the way to it.

use chrono::{DateTime, NaiveDate, Utc};

use crate::calendar::WorkCalendar;
use crate::day_off::DayOff;
use crate::horizon;
use crate::out_of_range::OutOfRange;

/// Forty years of working days: more than any promise, and a bound on what `not_counted` can hold.
const MOST_WORKING_DAYS: u32 = 10_000;

/// What was promised, by when, and which days did not count: the last day of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Due {
    /// The local date of receipt; never counted.
    pub received_on: NaiveDate,
    /// The last day.
    pub due_on: NaiveDate,
    /// Closing time on the last day.
    pub due_at: DateTime<Utc>,
    /// The days after `received_on` up to `due_on` that are no working days, in order.
    pub not_counted: Vec<DayOff>,
}

impl WorkCalendar {
    /// The last day alone, without its hour and its reasons; see [`WorkCalendar::due`].
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::due`].
    pub fn due_on(
        &self,
        received_at: DateTime<Utc>,
        working_days: u32,
    ) -> Result<NaiveDate, OutOfRange> {
        if working_days > MOST_WORKING_DAYS || !horizon::is_known(self.zone, received_at) {
            return Err(OutOfRange);
        }
        let n = i32::try_from(working_days).map_err(|_| OutOfRange)?;
        self.add_working_days(self.local_date(received_at), n)
    }

    /// Closing time on the last day alone; see [`WorkCalendar::due`].
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::due`].
    pub fn due_at(
        &self,
        received_at: DateTime<Utc>,
        working_days: u32,
    ) -> Result<DateTime<Utc>, OutOfRange> {
        self.closing_at(self.due_on(received_at, working_days)?)
    }

    /// The last day for something received at this instant that is promised within so many working days.
    ///
    /// Only the local date of receipt matters, not the hour, and it is not counted, whether a working day or not.
    /// Due at closing time on the last day. Unit: whole working days; 0 is the day of receipt itself.
    ///
    /// # Errors
    /// [`OutOfRange`] above 10 000 working days (some forty years), and where the zone's offset is not known at the
    /// receipt or the closing ([`WorkCalendar::at`]).
    pub fn due(&self, received_at: DateTime<Utc>, working_days: u32) -> Result<Due, OutOfRange> {
        let due_on = self.due_on(received_at, working_days)?;
        let due_at = self.closing_at(due_on)?;
        let received_on = self.local_date(received_at);
        let not_counted = self.days_off(received_on, due_on).filter(|off| off.day > received_on);
        Ok(Due { received_on, due_on, due_at, not_counted: not_counted.collect() })
    }

    /// The days from `first` to `last`, both included, that are no working days, in order.
    pub fn days_off(&self, first: NaiveDate, last: NaiveDate) -> impl Iterator<Item = DayOff> {
        let days = first.iter_days().take_while(move |day| *day <= last);
        days.filter_map(|day| Some(DayOff { day, why: self.why_off(day)? }))
    }

    /// Whether `day` is a working day with a day off on either side, in Swedish *klämdag*: the Friday after Ascension
    /// Day. It counts like any other, unless the office closes ([`WorkCalendar::with_closed`]).
    pub fn is_bridge_day(&self, day: NaiveDate) -> bool {
        let is_off = |day: Option<NaiveDate>| day.is_some_and(|day| !self.is_working_day(day));
        self.is_working_day(day) && is_off(day.pred_opt()) && is_off(day.succ_opt())
    }
}
