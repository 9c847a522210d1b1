//! The working calendar: holidays, an office's own days and hours, and a zone, put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::countries::Sweden;
use crate::day_off::WhyOff;
use crate::holiday::{Holiday, HolidayCalendar, HolidayKind};
use crate::hours::Hours;
use crate::out_of_range::OutOfRange;
use crate::table::Table;
use crate::walk;
use crate::year::Year;

/// Counted when a calendar is made; a date in any other year is right too, and takes microseconds.
const COUNTED_YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

/// The working days of one office: a country's holidays, the office's own days, its clock and its hours.
///
/// A value that is built once and then only asked. Cloning shares the holidays. A day the office has dates for
/// ([`with_closed`](Self::with_closed), [`with_open`](Self::with_open)) goes before all else, then the days closed
/// every year, then holidays and weekends.
///
/// ```
/// use workalendar::WorkCalendar;
///
/// let office = WorkCalendar::sweden()
///     .with_closed("2026-05-15".parse()?, "klämdag")
///     .with_open("2026-05-16".parse()?);
/// assert!(!office.is_working_day("2026-05-15".parse()?)); // the Friday after Ascension Day
/// assert_eq!(office.add_working_days("2026-05-13".parse()?, 1)?, "2026-05-16".parse()?); // the Saturday
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    holidays: Arc<dyn HolidayCalendar>,
    eves_open: bool,
    dated: BTreeMap<NaiveDate, Dated>,
    each_year: BTreeMap<(u32, u32), String>,
    /// What follows from all the above for some years; kept true by whatever changes one of them.
    table: Arc<Table>,
    pub(crate) zone: Tz,
    pub(crate) hours: Hours,
}

/// What an office says of one date.
#[derive(Debug, Clone)]
enum Dated {
    Closed(String),
    Open,
}

impl WorkCalendar {
    /// [`Sweden`] in Europe/Stockholm, open 08:00–17:00, the three eves off, no days of its own.
    pub fn sweden() -> Self {
        Self::new(Sweden, Tz::Europe__Stockholm)
    }

    /// Any holidays in any zone, otherwise as [`WorkCalendar::sweden`].
    pub fn new(holidays: impl HolidayCalendar + 'static, zone: Tz) -> Self {
        let calendar = Self {
            holidays: Arc::new(holidays),
            eves_open: false,
            dated: BTreeMap::new(),
            each_year: BTreeMap::new(),
            table: Arc::default(),
            zone,
            hours: Hours::default(),
        };
        calendar.counted()
    }

    /// The zone whose dates and wall clock count.
    pub fn with_zone(self, zone: Tz) -> Self {
        Self { zone, ..self }
    }

    /// Makes days that are only an eve ([`HolidayKind::Eve`]) ordinary days.
    pub fn with_eves_open(self) -> Self {
        Self { eves_open: true, ..self }.counted()
    }

    /// A day this office is closed. Of two calls for one day the later holds; an empty reason is left out of
    /// explanations.
    pub fn with_closed(self, day: NaiveDate, reason: impl Into<String>) -> Self {
        self.with_dated(day, Dated::Closed(reason.into()))
    }

    /// A day this office is at work although it otherwise would not be: a Saturday that is worked in.
    ///
    /// Of two calls for one day the later holds. The hours are those of its weekday.
    pub fn with_open(self, day: NaiveDate) -> Self {
        self.with_dated(day, Dated::Open)
    }

    /// A day of the month this office is closed every year. Of two calls for one day the later reason holds.
    ///
    /// 29 February closes leap years only; a day no year has, such as 31 April, closes none.
    pub fn with_closed_every_year(
        mut self,
        month: u32,
        day: u32,
        reason: impl Into<String>,
    ) -> Self {
        self.each_year.insert((month, day), reason.into());
        let years = self.table.years();
        self.recounted(years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)))
    }

    fn with_dated(mut self, day: NaiveDate, dated: Dated) -> Self {
        self.dated.insert(day, dated);
        self.recounted([day].into_iter())
    }

    /// The zone whose dates and wall clock count.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    /// Whether the office is at work on `day`. Half-days are whole.
    ///
    /// Source: lag (1989:253) om allmänna helgdagar; lag (1930:173) 2 § for the three eves.
    pub fn is_working_day(&self, day: NaiveDate) -> bool {
        self.table.is_worked(day).unwrap_or_else(|| self.why_off(day).is_none())
    }

    /// Why `day` is no working day; `None` when it is one.
    ///
    /// Of several reasons the one that says most: the holiday's name, then the closed day's reason, then the weekend.
    pub fn why_off(&self, day: NaiveDate) -> Option<WhyOff> {
        let dated = self.dated.get(&day);
        if matches!(dated, Some(Dated::Open)) {
            return None;
        }
        let closed = match dated {
            Some(Dated::Closed(reason)) => Some(reason),
            _ => self.each_year.get(&(day.month(), day.day())),
        };
        WhyOff::holidays(&self.holidays_on(day))
            .or_else(|| closed.map(|reason| WhyOff::Closed { reason: reason.clone() }))
            .or_else(|| self.holidays.is_weekend(day.weekday()).then_some(WhyOff::Weekend))
    }

    /// The holidays of a day that this office keeps, with their laws: mostly none, at times two.
    pub fn holidays_on(&self, day: NaiveDate) -> Vec<Holiday> {
        let mut holidays = self.holidays.holidays_on(day);
        holidays.retain(|holiday| self.is_free(holiday));
        holidays
    }

    /// Whether the country's law names `day` a public holiday, whatever the office does on it.
    pub fn is_public_holiday(&self, day: NaiveDate) -> bool {
        let holidays = self.holidays.holidays_on(day);
        holidays.iter().any(|holiday| holiday.kind == HolidayKind::PublicHoliday)
    }

    /// The first working day on or after `day`: `day` itself, if it is one.
    ///
    /// # Errors
    /// [`OutOfRange`] when there is none up to the end of chrono's dates.
    pub fn roll_forward(&self, day: NaiveDate) -> Result<NaiveDate, OutOfRange> {
        if self.is_working_day(day) { Ok(day) } else { self.add_working_days(day, 1) }
    }

    /// The last working day on or before `day`: `day` itself, if it is one.
    ///
    /// # Errors
    /// [`OutOfRange`] when there is none back to the beginning of chrono's dates.
    pub fn roll_backward(&self, day: NaiveDate) -> Result<NaiveDate, OutOfRange> {
        if self.is_working_day(day) { Ok(day) } else { self.add_working_days(day, -1) }
    }

    /// The `n`-th working day after `day`; `day` itself is never counted.
    ///
    /// `n = 0` is `day`, working or not; a negative `n` counts back. Saturday + 2 is Tuesday, as Friday + 2 is.
    /// Unit: whole working days.
    ///
    /// # Errors
    /// [`OutOfRange`] when the answer lies beyond chrono's dates.
    ///
    /// Source: lag (1989:253) om allmänna helgdagar; lag (1930:173) 2 § for the three eves.
    pub fn add_working_days(&self, day: NaiveDate, n: i32) -> Result<NaiveDate, OutOfRange> {
        let counted = self.table.add(day, n);
        counted.map_or_else(|| walk::add(|year| self.year(year), day, n), Ok)
    }

    /// How many working days there are after `from` up to and including `to`.
    ///
    /// Zero from a day to itself; negative when `to` is before `from` (the same days, counted back). Never fails:
    /// far from this century the work grows with the years between, about a second for all 524 000 of them.
    pub fn working_days_between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let counted = self.table.between(from, to);
        counted.unwrap_or_else(|| walk::between(|year| self.year(year), from, to))
    }

    fn is_free(&self, holiday: &Holiday) -> bool {
        match holiday.kind {
            HolidayKind::PublicHoliday => true,
            HolidayKind::Eve => !self.eves_open,
        }
    }

    /// The working days of a year, from what they follow from.
    fn year(&self, year: i32) -> Year {
        let holidays = self.holidays.holidays_in(year).into_iter();
        let holidays = holidays.filter(|(_, holiday)| self.is_free(holiday)).map(|(day, _)| day);
        let each_year = self.each_year.keys();
        let each_year =
            each_year.filter_map(|&(month, day)| NaiveDate::from_ymd_opt(year, month, day));
        let dated = |is_open: bool| {
            let first = NaiveDate::from_yo_opt(year, 1).unwrap_or(NaiveDate::MAX);
            let dated = self.dated.range(first..).take_while(move |(day, _)| day.year() == year);
            dated
                .filter(move |(_, dated)| matches!(dated, Dated::Open) == is_open)
                .map(|(day, _)| *day)
        };
        Year::of_weekdays(year, |weekday| !self.holidays.is_weekend(weekday))
            .with(holidays.filter(|day| day.year() == year), false)
            .with(each_year.chain(dated(false)), false)
            .with(dated(true), true)
    }

    fn counted(self) -> Self {
        let table = Arc::new(Table::new(COUNTED_YEARS, |year| self.year(year)));
        Self { table, ..self }
    }

    /// After something that only these days depend on.
    fn recounted(mut self, days: impl Iterator<Item = NaiveDate>) -> Self {
        let days: Vec<_> = days.map(|day| (day, self.why_off(day).is_none())).collect();
        Arc::make_mut(&mut self.table).set(days.into_iter());
        self
    }
}
