//! Easter Sunday, on which half of the holidays hang.

use chrono::NaiveDate;

/// Easter Sunday of the Western churches: the Gregorian computus, continued backwards and forwards to any year.
///
/// `None` only for a year chrono cannot hold.
///
/// The law's "söndagen närmast efter den fullmåne som infaller på eller närmast efter den 21 mars" means the
/// ecclesiastical full moon, as in every almanac; the astronomical one would give 24 March for 2019, not 21 April.
///
/// Source: Meeus, *Astronomical Algorithms*, chapter 8 (Butcher's rule of 1876). Its divisions round down here,
/// so that it also holds before the year 0.
pub(super) fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let (century, of_century) = (year.div_euclid(100), year.rem_euclid(100));
    let leap_centuries = century.div_euclid(4);
    let moon_drift = (century - (century + 8).div_euclid(25) + 1).div_euclid(3);
    let epact = (19 * golden + century - leap_centuries - moon_drift + 15).rem_euclid(30);
    let to_sunday =
        (32 + 2 * century.rem_euclid(4) + 2 * (of_century / 4) - epact - of_century % 4)
            .rem_euclid(7);
    let late_moon = (golden + 11 * epact + 22 * to_sunday) / 451;
    let from_march = epact + to_sunday - 7 * late_moon + 114;
    let (month, day0) = (from_march / 31, from_march % 31);
    NaiveDate::from_ymd_opt(year, month.unsigned_abs(), day0.unsigned_abs() + 1)
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Weekday};

    use super::*;

    #[test]
    fn easter_is_the_almanac_s_also_where_the_astronomical_moon_differs() {
        for known in [
            "1818-03-22",
            "1943-04-25",
            "1990-04-15",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2019-04-21",
            "2026-04-05",
            "2038-04-25",
            "2076-04-19",
            "2100-03-28",
            "2285-03-22",
        ] {
            let known: NaiveDate = known.parse().unwrap();
            assert_eq!(easter_sunday(known.year()), Some(known));
        }
    }

    #[test]
    fn easter_is_a_sunday_from_22_march_to_25_april_in_every_year() {
        for year in (-9999..=9999).chain([NaiveDate::MIN.year(), NaiveDate::MAX.year()]) {
            let easter = easter_sunday(year).unwrap();
            assert_eq!(easter.weekday(), Weekday::Sun, "{easter}");
            assert!((322..=425).contains(&(easter.month() * 100 + easter.day())), "{easter}");
        }
    }

    #[test]
    fn a_year_beyond_all_dates_has_no_easter() {
        assert_eq!(easter_sunday(NaiveDate::MAX.year() + 1), None);
    }
}
