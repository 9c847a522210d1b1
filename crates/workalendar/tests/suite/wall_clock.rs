use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use workalendar::{OutOfRange, WorkCalendar};

use crate::{date, instant, sweden, time};

// R12
#[test]
fn a_wall_clock_time_is_an_instant_by_the_offset_then_in_force() {
    for (day, clock, expected) in [
        ("2026-01-15", "17:00", "2026-01-15T16:00:00Z"),
        ("2026-07-15", "17:00", "2026-07-15T15:00:00Z"),
        ("2026-03-29", "01:59", "2026-03-29T00:59:00Z"),
        ("2026-03-29", "02:00", "2026-03-29T01:00:00Z"), // never shown: the first instant after the gap
        ("2026-03-29", "02:30", "2026-03-29T01:00:00Z"),
        ("2026-03-29", "03:00", "2026-03-29T01:00:00Z"),
        ("2026-10-25", "02:00", "2026-10-25T00:00:00Z"), // shown twice: the earlier
        ("2026-10-25", "02:59", "2026-10-25T00:59:00Z"),
        ("2026-10-25", "03:00", "2026-10-25T02:00:00Z"),
        ("1995-09-24", "12:00", "1995-09-24T11:00:00Z"), // winter from the last Sunday of September
        ("1996-09-29", "12:00", "1996-09-29T10:00:00Z"), // summer to the last Sunday of October
    ] {
        assert_eq!(sweden().at(date(day), time(clock)), Ok(instant(expected)), "{day} {clock}");
    }
}

#[test]
fn a_day_ends_with_the_first_instant_of_the_next() {
    assert_eq!(sweden().end_of(date("2026-03-29")), Ok(instant("2026-03-29T22:00:00Z"))); // 23 hours
    assert_eq!(sweden().end_of(date("2026-10-25")), Ok(instant("2026-10-25T23:00:00Z"))); // 25 hours
    let cairo = sweden().with_zone(Tz::Africa__Cairo); // skips midnight when summer time begins
    assert_eq!(cairo.end_of(date("2026-04-23")), Ok(instant("2026-04-24T01:00:00+03:00")));
    let apia = sweden().with_zone(Tz::Pacific__Apia); // skipped the whole of 30 December 2011
    assert_eq!(apia.end_of(date("2011-12-29")), Ok(instant("2011-12-31T00:00:00+14:00")));
    assert_eq!(
        apia.at(date("2011-12-30"), time("12:00")),
        Ok(instant("2011-12-31T00:00:00+14:00"))
    );
}

// R11
#[test]
fn the_local_date_changes_at_local_midnight() {
    for (at, expected) in [
        ("2026-11-22T22:59:59.999Z", "2026-11-22"),
        ("2026-11-22T23:00:00Z", "2026-11-23"),
        ("2026-07-05T21:59:59Z", "2026-07-05"),
        ("2026-07-06T00:00:00+02:00", "2026-07-06"),
        ("2026-12-31T23:00:00Z", "2027-01-01"),
    ] {
        assert_eq!(sweden().local_date(instant(at)), date(expected), "{at}");
    }
}

// R12
#[test]
fn closing_time_is_local() {
    assert_eq!(sweden().closing_at(date("2026-07-15")), Ok(instant("2026-07-15T17:00:00+02:00")));
    let helsinki = sweden().with_zone(Tz::Europe__Helsinki).with_closing(time("16:15"));
    assert_eq!(helsinki.zone(), Tz::Europe__Helsinki);
    assert_eq!(helsinki.closing_at(date("2026-07-15")), Ok(instant("2026-07-15T16:15:00+03:00")));
}

#[test]
fn instants_are_refused_from_the_first_unknown_change_of_the_clock() {
    let sweden = sweden();
    assert_eq!(sweden.closing_at(date("2099-07-15")), Ok(instant("2099-07-15T17:00:00+02:00")));
    assert_eq!(sweden.closing_at(date("2100-03-26")), Ok(instant("2100-03-26T17:00:00+01:00")));
    assert_eq!(sweden.end_of(date("2100-03-27")), Ok(instant("2100-03-28T00:00:00+01:00")));
    for day in ["2100-03-28", "2100-07-15", "2100-12-15", "2101-01-15", "9999-01-01"] {
        assert_eq!(sweden.closing_at(date(day)), Err(OutOfRange), "{day}");
        assert_eq!(sweden.end_of(date(day)), Err(OutOfRange), "{day}");
        assert_eq!(
            sweden.due(date(day).and_time(time("12:00")).and_utc(), 0),
            Err(OutOfRange),
            "{day}"
        );
    }
    assert_eq!(sweden.due(instant("2100-03-24T12:00:00Z"), 3), Err(OutOfRange)); // Tuesday after Easter
}

#[test]
fn dates_need_no_clock_and_work_on() {
    assert!(!sweden().is_working_day(date("2100-06-25"))); // midsummer's eve
    assert_eq!(sweden().add_working_days(date("2100-06-24"), 1), Ok(date("2100-06-28")));
    assert_eq!(sweden().local_date(instant("2100-07-15T12:00:00Z")), date("2100-07-15"));
}

#[test]
fn the_ends_of_all_dates_and_instants_never_panic() {
    let zones = [Tz::Europe__Stockholm, Tz::UTC, Tz::Pacific__Apia, Tz::America__New_York];
    for calendar in zones.map(|zone| WorkCalendar::sweden().with_zone(zone)) {
        for at in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            let day = calendar.local_date(at);
            assert!((NaiveDate::MIN..=NaiveDate::MAX).contains(&day));
            let _ = calendar.due(at, 2);
            let _ = calendar.due(at, 10_000);
        }
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            let _ =
                (calendar.at(day, NaiveTime::MIN), calendar.closing_at(day), calendar.end_of(day));
        }
        assert_eq!(calendar.end_of(NaiveDate::MAX), Err(OutOfRange));
    }
}
