//! Local days and times as instants.

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::GapInfo;

use crate::calendar::WorkCalendar;
use crate::horizon;
use crate::out_of_range::OutOfRange;

impl WorkCalendar {
    /// The calendar date on the local wall clock at this instant.
    ///
    /// Never fails. Where the zone's offset is not known (see [`WorkCalendar::at`]) the last one in the table is
    /// assumed, in Stockholm winter time, so that the first hour of a summer day has the date of the day before;
    /// [`WorkCalendar::due`] refuses such a receipt. At the very ends of chrono's range the date is the UTC one.
    pub fn local_date(&self, at: DateTime<Utc>) -> NaiveDate {
        let utc = at.naive_utc();
        let offset = self.zone.offset_from_utc_datetime(&utc).fix();
        utc.checked_add_offset(offset).unwrap_or(utc).date()
    }

    /// The instant at which the local wall clock shows `time` on `day`.
    ///
    /// Shown twice (summer time ends): the earlier. Never shown (summer time begins): the first instant after the gap.
    ///
    /// # Errors
    /// [`OutOfRange`] beyond chrono's dates, and where the zone's offset is not known: from the first change of the
    /// clock in 2100 on (in Stockholm 28 March), because the time zone table ends with 2099.
    pub fn at(&self, day: NaiveDate, time: NaiveTime) -> Result<DateTime<Utc>, OutOfRange> {
        let wall = day.and_time(time);
        let local = match self.zone.from_local_datetime(&wall) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(at),
            MappedLocalTime::None => GapInfo::new(&wall, &self.zone).and_then(|gap| gap.end),
        };
        let at = local.ok_or(OutOfRange)?.to_utc();
        if horizon::is_known(self.zone, at) { Ok(at) } else { Err(OutOfRange) }
    }

    /// The first instant that is no longer `day`: local midnight, or the first instant after it where the clock
    /// skips midnight.
    ///
    /// # Errors
    /// [`OutOfRange`] as for [`WorkCalendar::at`], and for chrono's last date.
    pub fn end_of(&self, day: NaiveDate) -> Result<DateTime<Utc>, OutOfRange> {
        self.at(day.succ_opt().ok_or(OutOfRange)?, NaiveTime::MIN)
    }
}
