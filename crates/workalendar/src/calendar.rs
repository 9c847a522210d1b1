//! The working calendar: holidays, closed days, closing times and a zone, put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::day_off::WhyOff;
use crate::holiday::{Holiday, HolidayCalendar, HolidayKind};
use crate::sweden::Sweden;
use crate::weekdays::is_weekend;

const CLOSING: NaiveTime = NaiveTime::from_hms_opt(17, 0, 0).expect("17:00 is a time of day");

/// The working days of one office: a country's holidays, the office's own closed days, its clock and closing time.
///
/// A value that is built once and then only asked. Cloning shares the holidays.
///
/// ```
/// use workalendar::WorkCalendar;
///
/// let office = WorkCalendar::sweden().with_closed("2026-05-15".parse()?, "klämdag");
/// assert!(!office.is_working_day("2026-05-15".parse()?)); // the Friday after Ascension Day
/// assert_eq!(office.add_working_days("2026-05-13".parse()?, 1)?, "2026-05-18".parse()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    pub(crate) holidays: Arc<dyn HolidayCalendar>,
    pub(crate) zone: Tz,
    pub(crate) closing: NaiveTime,
    pub(crate) eves_open: bool,
    pub(crate) closed: BTreeMap<NaiveDate, String>,
    pub(crate) early: BTreeMap<NaiveDate, NaiveTime>,
}

impl WorkCalendar {
    /// [`Sweden`] in Europe/Stockholm, closing 17:00, the three eves off, no closed days.
    pub fn sweden() -> Self {
        Self::new(Sweden, Tz::Europe__Stockholm)
    }

    /// Any holidays in any zone, otherwise as [`WorkCalendar::sweden`].
    pub fn new(holidays: impl HolidayCalendar + 'static, zone: Tz) -> Self {
        Self {
            holidays: Arc::new(holidays),
            zone,
            closing: CLOSING,
            eves_open: false,
            closed: BTreeMap::new(),
            early: BTreeMap::new(),
        }
    }

    /// The zone whose dates and wall clock count.
    pub fn with_zone(self, zone: Tz) -> Self {
        Self { zone, ..self }
    }

    /// The hour, on the local wall clock, that ends an ordinary working day.
    pub fn with_closing(self, closing: NaiveTime) -> Self {
        Self { closing, ..self }
    }

    /// Makes days that are only an eve ([`HolidayKind::Eve`]) ordinary days.
    pub fn with_eves_open(self) -> Self {
        Self { eves_open: true, ..self }
    }

    /// A day this office is closed. A day given twice keeps the later reason; an empty reason is left out of
    /// explanations.
    pub fn with_closed(mut self, day: NaiveDate, reason: impl Into<String>) -> Self {
        self.closed.insert(day, reason.into());
        self
    }

    /// A day that closes before the ordinary hour. It still counts whole, if it is a working day at all.
    ///
    /// A time later than the ordinary closing changes nothing; a day given twice keeps the later call's time.
    pub fn with_early_closing(mut self, day: NaiveDate, closing: NaiveTime) -> Self {
        self.early.insert(day, closing);
        self
    }

    /// The zone whose dates and wall clock count.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Whether `day` is Monday to Friday, no holiday, and no closed day. Half-days are whole.
    ///
    /// Source: lag (1989:253) om allmänna helgdagar; lag (1930:173) 2 § for the three eves.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        !is_weekend(day) && !self.closed.contains_key(&day) && !self.is_holiday(day)
    }

    /// Why `day` is no working day; `None` when it is one.
    ///
    /// Of several reasons the one that says most: the holiday's name, then the closed day's reason, then the weekend.
    pub fn why_off(&self, day: NaiveDate) -> Option<WhyOff> {
        let mut holidays = self.holidays.holidays_on(day);
        holidays.retain(|holiday| self.is_free(holiday));
        WhyOff::holidays(&holidays)
            .or_else(|| {
                self.closed.get(&day).map(|reason| WhyOff::Closed { reason: reason.clone() })
            })
            .or_else(|| is_weekend(day).then_some(WhyOff::Weekend))
    }

    pub(crate) fn is_holiday(&self, day: NaiveDate) -> bool {
        self.holidays.holidays_on(day).iter().any(|holiday| self.is_free(holiday))
    }

    pub(crate) fn is_free(&self, holiday: &Holiday) -> bool {
        match holiday.kind {
            HolidayKind::PublicHoliday => true,
            HolidayKind::Eve => !self.eves_open,
        }
    }
}
