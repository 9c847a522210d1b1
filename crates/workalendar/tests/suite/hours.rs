use chrono::{TimeDelta, Weekday};
use workalendar::{OutOfRange, WorkCalendar};

use crate::{date, instant, sweden, time};

fn left(office: &WorkCalendar, from: &str, until: &str) -> (i64, TimeDelta) {
    let left =
        office.remaining(instant(from), instant(until)).expect("instants the zone is known for");
    (left.working_days, left.open)
}

#[test]
fn an_office_is_open_from_its_opening_until_just_before_its_closing() {
    for (at, is_open) in [
        ("2026-11-24T07:59:59.999+01:00", false),
        ("2026-11-24T08:00:00+01:00", true),
        ("2026-11-24T16:59:59.999+01:00", true),
        ("2026-11-24T17:00:00+01:00", false),
        ("2026-11-24T07:00:00Z", true),
        ("2026-11-21T12:00:00+01:00", false), // Saturday
        ("2026-12-24T12:00:00+01:00", false), // Christmas Eve
    ] {
        assert_eq!(sweden().is_open(instant(at)), Ok(is_open), "{at}");
    }
}

#[test]
fn the_next_opening_is_now_today_or_on_the_next_working_day() {
    for (at, opening) in [
        ("2026-11-24T12:34:56+01:00", "2026-11-24T12:34:56+01:00"),
        ("2026-11-24T03:00:00+01:00", "2026-11-24T08:00:00+01:00"),
        ("2026-11-24T17:00:00+01:00", "2026-11-25T08:00:00+01:00"),
        ("2026-12-23T18:00:00+01:00", "2026-12-28T08:00:00+01:00"),
        ("2026-03-27T17:00:00+01:00", "2026-03-30T08:00:00+02:00"), // over the change to summer time
    ] {
        assert_eq!(sweden().next_opening(instant(at)), Ok(instant(opening)), "{at}");
    }
}

#[test]
fn an_office_without_an_hour_of_opening_never_opens() {
    let never = sweden().with_opening(time("18:00"));
    assert_eq!(never.next_opening(instant("2026-11-24T12:00:00Z")), Err(OutOfRange));
    assert_eq!(never.is_open(instant("2026-11-24T17:30:00+01:00")), Ok(false));
    assert_eq!(
        left(&never, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z"),
        (5, TimeDelta::zero())
    );
}

#[test]
fn what_remains_is_days_and_open_hours() {
    let hours = TimeDelta::hours;
    for (from, until, expected) in [
        ("2026-11-24T09:00:00+01:00", "2026-11-26T17:00:00+01:00", (2, hours(26))),
        ("2026-11-24T06:00:00+01:00", "2026-11-24T17:00:00+01:00", (0, hours(9))),
        ("2026-11-20T16:00:00+01:00", "2026-11-24T17:00:00+01:00", (2, hours(19))), // over a weekend
        ("2026-12-23T16:00:00+01:00", "2026-12-29T17:00:00+01:00", (2, hours(19))), // over Christmas
        ("2026-11-24T20:00:00+01:00", "2026-11-25T08:00:00+01:00", (1, hours(0))),
        ("2026-11-26T17:00:00+01:00", "2026-11-24T09:00:00+01:00", (-2, -hours(26))), // late
        ("2026-11-24T09:00:00+01:00", "2026-11-24T09:00:00+01:00", (0, hours(0))),
    ] {
        assert_eq!(left(&sweden(), from, until), expected, "{from} to {until}");
    }
}

#[test]
fn a_weekday_may_have_its_own_hours() {
    let office = sweden().with_opening(time("09:00")).with_hours_on(
        Weekday::Thu,
        time("10:00"),
        time("18:30"),
    );
    assert_eq!(office.opening_at(date("2026-11-25")), Ok(instant("2026-11-25T09:00:00+01:00")));
    assert_eq!(office.opening_at(date("2026-11-26")), Ok(instant("2026-11-26T10:00:00+01:00")));
    assert_eq!(office.closing_at(date("2026-11-26")), Ok(instant("2026-11-26T18:30:00+01:00")));
    assert!(!office.is_half_day(date("2026-11-26")));
    // R12
    let due = office.due_at(instant("2026-11-24T12:00:00Z"), 2);
    assert_eq!(due, Ok(instant("2026-11-26T18:30:00+01:00")));
}

// R11, R12
#[test]
fn a_half_day_is_a_whole_working_day_with_its_own_closing() {
    let office = sweden().with_early_closing_before_holidays(time("13:00"));
    for (day, closing) in [
        ("2026-01-05", "13:00"), // before Epiphany
        ("2026-04-02", "13:00"), // Maundy Thursday
        ("2026-04-30", "13:00"), // before May Day
        ("2026-05-13", "13:00"), // before Ascension Day
        ("2026-06-05", "13:00"), // before the National Day, a Saturday
        ("2026-10-30", "13:00"), // before All Saints' Day
        ("2026-06-18", "17:00"), // before an eve, which is no public holiday
        ("2026-12-23", "17:00"),
        ("2026-11-24", "17:00"),
    ] {
        let at = office.at(date(day), time(closing));
        assert_eq!(office.closing_at(date(day)), at, "{day}");
        assert_eq!(office.is_half_day(date(day)), closing == "13:00", "{day}");
        assert!(office.is_working_day(date(day)));
        assert!(!sweden().is_half_day(date(day)));
    }
    assert_eq!(office.working_days_between(date("2026-04-01"), date("2026-04-07")), 2);
    // On Christmas Day the office is shut, whatever comes after it.
    assert!(!office.is_half_day(date("2026-12-25")));
    // Of two half-days the shorter holds; none is longer than its weekday.
    let shorter = office.clone().with_early_closing(date("2026-04-02"), time("12:00"));
    assert_eq!(shorter.closing_at(date("2026-04-02")), Ok(instant("2026-04-02T12:00:00+02:00")));
    let longer = office.with_early_closing(date("2026-04-02"), time("15:00"));
    assert_eq!(longer.closing_at(date("2026-04-02")), Ok(instant("2026-04-02T13:00:00+02:00")));
    let open_on_the_eve = longer.with_eves_open();
    assert!(open_on_the_eve.is_half_day(date("2026-12-24")));
}

#[test]
fn beyond_the_time_zone_s_table_nothing_is_guessed() {
    let summer_2100 = instant("2100-07-01T12:00:00Z");
    assert_eq!(sweden().is_open(summer_2100), Err(OutOfRange));
    assert_eq!(sweden().next_opening(summer_2100), Err(OutOfRange));
    assert_eq!(sweden().due_on(summer_2100, 2), Err(OutOfRange));
    let spring = instant("2100-03-20T12:00:00Z");
    assert_eq!(sweden().remaining(spring, summer_2100), Err(OutOfRange));
}
