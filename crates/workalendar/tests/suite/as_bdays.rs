use bdays::HolidayCalendar as _;
use chrono::NaiveDate;
use workalendar::{CachedCalendar, HolidayCalendar, Sweden, WorkCalendar};

use crate::date;

#[test]
fn a_day_is_what_it_is_here() {
    let office = WorkCalendar::sweden()
        .with_closed(date("2026-05-15"), "klämdag")
        .with_open(date("2026-05-16"));
    let cached = CachedCalendar::new(Sweden, 2026..=2026);
    for day in date("2025-12-01").iter_days().take(600) {
        assert_eq!(Sweden.is_bday(day), Sweden.is_working_day(day), "{day}");
        assert_eq!(cached.is_bday(day), Sweden.is_working_day(day), "{day}");
        assert_eq!(office.is_bday(day), office.is_working_day(day), "{day}");
        assert_eq!(cached.is_holiday(day), Sweden.is_holiday(day), "{day}");
    }
    assert!(office.is_holiday(date("2026-05-15")) && !office.is_holiday(date("2026-05-16")));
    assert!(Sweden.is_holiday(date("2026-12-26")) && !Sweden.is_holiday(date("2026-12-27")));
}

#[test]
fn counting_is_bdays_own_and_moves_a_weekend_forward_first() {
    let [friday, saturday, monday]: [NaiveDate; 3] =
        ["2026-11-20", "2026-11-21", "2026-11-23"].map(date);
    for (n, theirs, ours) in [
        (2, "2026-11-25", "2026-11-24"),
        (1, "2026-11-24", "2026-11-23"),
        (0, "2026-11-23", "2026-11-21"),
        (-1, "2026-11-20", "2026-11-20"),
    ] {
        assert_eq!(Sweden.advance_bdays(saturday, n), date(theirs), "{n:+}");
        assert_eq!(Sweden.add_working_days(saturday, n), Ok(date(ours)), "{n:+}");
    }
    assert_eq!(Sweden.bdays(saturday, monday), 0);
    assert_eq!(Sweden.working_days_between(saturday, monday), 1);
    assert_eq!(Sweden.advance_bdays(friday, 2), date("2026-11-24")); // from a working day alike
}
