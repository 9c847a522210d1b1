use chrono::NaiveDate;
use workalendar::OutOfRange;

use crate::{date, sweden};

// R11
#[test]
fn the_day_itself_is_never_counted() {
    for (from, n, expected) in [
        ("2026-11-20", 2, "2026-11-24"), // Friday
        ("2026-11-21", 2, "2026-11-24"), // Saturday, the same
        ("2026-11-22", 2, "2026-11-24"), // Sunday, the same
        ("2026-11-23", 2, "2026-11-25"), // Monday
        ("2026-11-21", 0, "2026-11-21"), // nothing to count: the day itself, working or not
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-06-17", 2, "2026-06-22"), // Thursday, then over midsummer
        ("2026-12-23", 2, "2026-12-29"), // over Christmas
        ("2026-12-30", 1, "2027-01-04"), // over New Year
        ("2027-01-04", 2, "2027-01-07"), // over Epiphany
        ("2026-04-01", 2, "2026-04-07"), // over Easter
        ("2028-02-28", 1, "2028-02-29"), // leap day
        ("2026-11-24", -2, "2026-11-20"),
        ("2026-11-22", -1, "2026-11-20"), // Sunday back
        ("2026-11-21", -1, "2026-11-20"), // Saturday back
        ("2026-12-28", -1, "2026-12-23"),
        ("2026-04-07", -2, "2026-04-01"),
    ] {
        assert_eq!(sweden().add_working_days(date(from), n), Ok(date(expected)), "{from} {n:+}");
    }
}

// R11
#[test]
fn days_between_are_those_after_the_first_up_to_the_last() {
    for (from, to, expected) in [
        ("2026-11-20", "2026-11-24", 2),
        ("2026-11-21", "2026-11-22", 0),
        ("2026-11-24", "2026-11-24", 0),
        ("2026-11-24", "2026-11-20", -2),
        ("2025-12-31", "2026-12-31", 251),
        ("2026-12-23", "2026-12-28", 1),
    ] {
        assert_eq!(sweden().working_days_between(date(from), date(to)), expected, "{from} to {to}");
    }
}

#[test]
fn counting_by_jumps_agrees_with_counting_day_by_day() {
    let sweden = sweden()
        .with_closed(date("2008-05-02"), "klämdag")
        .with_closed(date("2008-05-03"), "lördag");
    let start = date("2003-12-20");
    let mut walked = 0;
    for day in start.iter_days().skip(1).take(3000) {
        walked += i64::from(sweden.is_working_day(day));
        assert_eq!(sweden.working_days_between(start, day), walked, "{day}");
        if sweden.is_working_day(day) {
            let n = i32::try_from(walked).unwrap();
            assert_eq!(sweden.add_working_days(start, n), Ok(day));
        }
    }
}

#[test]
fn beyond_all_dates_is_refused_at_once() {
    for (from, n) in [
        (NaiveDate::MAX, 1),
        (NaiveDate::MIN, -1),
        (date("2026-11-24"), i32::MAX),
        (date("2026-11-24"), i32::MIN),
        (NaiveDate::MIN, i32::MAX),
        (NaiveDate::MAX, i32::MIN),
    ] {
        assert_eq!(sweden().add_working_days(from, n), Err(OutOfRange), "{from} {n:+}");
    }
    assert_eq!(sweden().add_working_days(NaiveDate::MAX, 0), Ok(NaiveDate::MAX));
    assert_eq!(sweden().add_working_days(NaiveDate::MIN, 0), Ok(NaiveDate::MIN));
}

#[test]
fn the_first_and_last_dates_can_be_counted_from() {
    let (first, last) = (NaiveDate::MIN, NaiveDate::MAX);
    let sweden = sweden();
    assert_eq!(sweden.working_days_between(first, first), 0);
    assert_eq!(sweden.working_days_between(last, last), 0);
    for n in [1, 10, 300] {
        let on = sweden.add_working_days(first, n).unwrap();
        assert_eq!(sweden.working_days_between(first, on), i64::from(n));
        let back = sweden.add_working_days(last, -n).unwrap();
        assert!(sweden.is_working_day(back));
    }
    assert!(sweden.why_off(last).is_some()); // New Year's Eve
    assert!(sweden.why_off(first).is_some()); // New Year's Day
}

#[test]
fn four_thousand_years_are_counted_without_walking_them() {
    let far = sweden().add_working_days(date("2026-11-24"), 1_000_000).unwrap();
    assert_eq!(sweden().working_days_between(date("2026-11-24"), far), 1_000_000);
    assert_eq!(sweden().working_days_between(far, date("2026-11-24")), -1_000_000);
    let near = sweden().add_working_days(far, -1_000_000).unwrap();
    assert_eq!(near, date("2026-11-24"));
}
