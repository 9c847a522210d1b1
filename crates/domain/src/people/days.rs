//! Days as they stand in a cell.

use super::cells::quoted;
use crate::directory::{NotWorkdays, Workdays};
use chrono::{Datelike, NaiveDate};

/// A year outside these is a slip of the finger.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// `2026-12-01`, and nothing else: `1/12` is two days, depending on who reads it.
pub(super) fn date(text: &str) -> Result<NaiveDate, String> {
    let shape =
        |(i, c): (usize, char)| if i == 4 || i == 7 { c == '-' } else { c.is_ascii_digit() };
    let has_shape = text.chars().count() == 10 && text.chars().enumerate().all(shape);
    let read = if has_shape { text.parse::<NaiveDate>().ok() } else { None };
    match read {
        Some(day) if YEARS.contains(&day.year()) => Ok(day),
        Some(day) => {
            Err(format!("the year {} is not meant; write one from 2000 to 2099", day.year()))
        }
        None if has_shape => {
            Err(format!("there is no day {text} in the calendar; write one such as 2026-12-01"))
        }
        None => Err(format!("{} is no date; write one such as 2026-12-01", quoted(text))),
    }
}

pub(super) fn workdays(text: &str) -> Result<Workdays, String> {
    text.parse().map_err(|wrong: NotWorkdays| wrong.to_string())
}
