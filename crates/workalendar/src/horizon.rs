//! How far the time zone table can be believed.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// chrono-tz writes out each change of the clock up to the end of this year and then keeps winter time for ever.
const TABLE_ENDS: i32 = 2099;

/// Has the calendar of 2100, day for day (neither is a leap year, both begin on a Friday), and lies in the table.
const TWIN_OF_2100: i32 = 2094;

/// Whether the zone's offset at this instant is known.
///
/// After the table's end it is until the clock would first change again, by the rule of the last years in it: in
/// Stockholm until 01:00 UTC on 28 March 2100. A zone that keeps no summer time is known for ever.
pub(crate) fn is_known(zone: Tz, at: DateTime<Utc>) -> bool {
    if at.naive_utc().year() <= TABLE_ENDS {
        return true;
    }
    let since_new_year_2100 = at - new_year(TABLE_ENDS + 1);
    let begin = new_year(TWIN_OF_2100);
    let end = begin + since_new_year_2100.min(TimeDelta::days(365));
    let mut days = std::iter::successors(Some(begin), |day| Some(*day + TimeDelta::days(1)))
        .take_while(|day| *day < end)
        .chain([end]);
    days.all(|day| offset(zone, day) == offset(zone, begin))
}

fn offset(zone: Tz, at: DateTime<Utc>) -> i32 {
    zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
}

fn new_year(year: i32) -> DateTime<Utc> {
    NaiveDate::from_yo_opt(year, 1)
        .expect("a year near 2100 has a first day")
        .and_time(NaiveTime::MIN)
        .and_utc()
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn the_table_has_summer_time_in_2099_and_forgets_it_in_2100() {
        let stockholm = Tz::Europe__Stockholm;
        assert_eq!(offset(stockholm, instant("2099-07-01T12:00:00Z")), 2 * 3600);
        assert_eq!(offset(stockholm, instant("2100-07-01T12:00:00Z")), 3600);
    }

    #[test]
    fn the_twin_year_has_the_calendar_of_2100() {
        for year in [TWIN_OF_2100, TABLE_ENDS + 1] {
            let first = NaiveDate::from_yo_opt(year, 1).unwrap();
            assert_eq!((first.weekday(), first.leap_year()), (Weekday::Fri, false));
        }
    }

    #[test]
    fn stockholm_is_known_until_the_last_sunday_of_march_2100() {
        let stockholm = Tz::Europe__Stockholm;
        assert!(is_known(stockholm, instant("2099-07-01T12:00:00Z")));
        assert!(is_known(stockholm, instant("2100-03-28T00:59:59Z")));
        assert!(!is_known(stockholm, instant("2100-03-28T01:00:00Z")));
        assert!(!is_known(stockholm, instant("2100-12-01T12:00:00Z")));
        assert!(!is_known(stockholm, DateTime::<Utc>::MAX_UTC));
        assert!(is_known(stockholm, DateTime::<Utc>::MIN_UTC));
    }

    #[test]
    fn a_zone_that_changes_earlier_is_known_for_less_long_and_one_without_change_for_ever() {
        let march = instant("2100-03-20T12:00:00Z");
        assert!(!is_known(Tz::America__New_York, march));
        assert!(is_known(Tz::Europe__London, march));
        assert!(is_known(Tz::Asia__Kolkata, DateTime::<Utc>::MAX_UTC));
        assert!(is_known(Tz::UTC, DateTime::<Utc>::MAX_UTC));
    }
}
