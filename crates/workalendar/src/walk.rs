//! Counting working days year by year, from whatever says what a year is like. Right everywhere; a table is faster.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::out_of_range::OutOfRange;
use crate::year::Year;

/// The `n`-th working day after `day`; before it for a negative `n`; `day` itself for 0.
pub(crate) fn add(
    make: impl Fn(i32) -> Year,
    day: NaiveDate,
    n: i32,
) -> Result<NaiveDate, OutOfRange> {
    // Working days are days: what even those do not reach need not be looked for.
    day.checked_add_signed(TimeDelta::days(n.into())).ok_or(OutOfRange)?;
    let mut year = day.year();
    let mut days = make(year);
    let counted = days.up_to(day.ordinal0());
    let mut left = n.unsigned_abs();
    let nth = match n {
        0 => return Ok(day),
        1.. => {
            left += counted;
            while days.count() < left {
                left -= days.count();
                year =
                    if year < NaiveDate::MAX.year() { year + 1 } else { return Err(OutOfRange) };
                days = make(year);
            }
            left
        }
        _ => {
            let mut there = counted - u32::from(days.is_worked(day.ordinal0()));
            while there < left {
                left -= there;
                year =
                    if year > NaiveDate::MIN.year() { year - 1 } else { return Err(OutOfRange) };
                days = make(year);
                there = days.count();
            }
            there - left + 1
        }
    };
    NaiveDate::from_yo_opt(year, days.nth(nth) + 1).ok_or(OutOfRange)
}

/// How many working days there are after `from` up to and including `to`; negative when `to` is before `from`.
pub(crate) fn between(make: impl Fn(i32) -> Year, from: NaiveDate, to: NaiveDate) -> i64 {
    if to < from {
        return -between(make, to, from);
    }
    let years: i64 = (from.year()..to.year()).map(|year| i64::from(make(year).count())).sum();
    let [first, last] = [from, to].map(|day| i64::from(make(day.year()).up_to(day.ordinal0())));
    years + last - first
}
