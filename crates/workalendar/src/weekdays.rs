//! Monday to Friday counted through, so that weeks are jumped and not walked.

use chrono::{Datelike, NaiveDate, Weekday};

pub(crate) fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// How many weekdays there are from Monday 1 January of the year 1 to the end of `day`; negative before.
///
/// On a weekday that is its own number; a weekend has the number of the Friday before.
pub(crate) fn number(day: NaiveDate) -> i64 {
    let days = i64::from(day.num_days_from_ce()) - 1;
    days.div_euclid(7) * 5 + (days.rem_euclid(7) + 1).min(5)
}

/// The weekday with this number: the inverse of [`number`]. `None` beyond chrono's dates.
pub(crate) fn numbered(number: i64) -> Option<NaiveDate> {
    let (weeks, weekday) = ((number - 1).div_euclid(5), (number - 1).rem_euclid(5));
    let days = weeks * 7 + weekday + 1;
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(days).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_are_numbered_without_a_gap_and_weekends_like_their_friday() {
        let days = NaiveDate::from_ymd_opt(-1, 12, 1).unwrap().iter_days().take(1500);
        let mut before = None;
        for day in days {
            let step = number(day) - before.unwrap_or(number(day) - 1);
            if before.is_some() {
                assert_eq!(step, i64::from(!is_weekend(day)), "{day}");
            }
            if !is_weekend(day) {
                assert_eq!(numbered(number(day)), Some(day));
            }
            before = Some(number(day));
        }
    }

    #[test]
    fn a_number_beyond_all_dates_has_no_day() {
        assert_eq!(numbered(number(NaiveDate::MAX) + 5), None);
        assert_eq!(numbered(number(NaiveDate::MIN) - 5), None);
        assert_eq!(numbered(i64::from(i32::MAX) * 2), None);
    }
}
