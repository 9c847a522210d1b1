//! The rule as cases, tables and laws. The crate stands alone: every case is written here or in `tests/tables`.

#[cfg(feature = "bdays")]
mod as_bdays;
mod counting;
mod due_dates;
mod explanation;
mod holidays;
mod hours;
mod laws;
mod office;
#[cfg(feature = "serde")]
mod stored;
mod tables;
mod wall_clock;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use workalendar::WorkCalendar;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date in the test")
}

fn time(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").expect("a time in the test")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an RFC 3339 instant in the test")
}

fn sweden() -> WorkCalendar {
    WorkCalendar::sweden()
}
