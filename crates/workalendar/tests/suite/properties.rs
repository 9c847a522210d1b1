use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use workalendar::WorkCalendar;

use crate::{date, sweden};

/// Days of the years the holidays are checked for and the zone is known in.
fn day() -> impl Strategy<Value = NaiveDate> {
    let first = date("1990-01-01");
    (0..40_000_i64).prop_map(move |days| first + TimeDelta::days(days)) // to July 2099
}

fn any_day() -> impl Strategy<Value = NaiveDate> {
    let days = i64::from(i32::MAX);
    (-days..days).prop_map(|days| {
        let near = date("1990-01-01").checked_add_signed(TimeDelta::days(days));
        near.unwrap_or(if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX })
    })
}

fn any_instant() -> impl Strategy<Value = DateTime<Utc>> {
    any::<i64>().prop_map(|seconds| {
        let bound = if seconds < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        DateTime::from_timestamp(seconds >> 20, 0).unwrap_or(bound)
    })
}

/// An office with some closed days near each other, so that they matter, and eves open or not.
fn office() -> impl Strategy<Value = WorkCalendar> {
    (any::<bool>(), vec(day(), 0..200)).prop_map(|(eves_open, closed)| {
        let office = if eves_open { sweden().with_eves_open() } else { sweden() };
        closed.into_iter().fold(office, |office, day| office.with_closed(day, "stängt"))
    })
}

proptest! {
    // R11
    #[test]
    fn adding_nothing_is_the_day_itself(office in office(), day in any_day()) {
        prop_assert_eq!(office.add_working_days(day, 0), Ok(day));
    }

    // R11
    #[test]
    fn the_answer_is_a_working_day_and_as_far_away_as_asked(office in office(), day in day(), n in 1..3000_i32) {
        let later = office.add_working_days(day, n).unwrap();
        prop_assert!(later > day);
        prop_assert!(office.is_working_day(later));
        prop_assert_eq!(office.working_days_between(day, later), i64::from(n));
    }

    // R11
    #[test]
    fn counting_back_is_counting_on_turned_around(office in office(), day in day(), n in 1..3000_i32) {
        let earlier = office.add_working_days(day, -n).unwrap();
        prop_assert!(earlier < day);
        prop_assert!(office.is_working_day(earlier));
        if office.is_working_day(day) {
            prop_assert_eq!(office.add_working_days(earlier, n), Ok(day));
        }
    }

    // R11
    #[test]
    fn a_later_day_or_more_days_is_never_due_earlier(office in office(), day in day(), wait in 0..30_i64, n in 0..60) {
        let due = office.add_working_days(day, n).unwrap();
        prop_assert!(due <= office.add_working_days(day + TimeDelta::days(wait), n).unwrap());
        prop_assert!(due <= office.add_working_days(day, n + 1).unwrap());
    }

    // R11
    #[test]
    fn days_between_add_up_and_turn_sign(office in office(), a in day(), b in day(), c in day()) {
        let between = |from, to| office.working_days_between(from, to);
        prop_assert_eq!(between(a, b), -between(b, a));
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
    }

    // R11
    #[test]
    fn a_working_day_is_one_without_a_reason_to_be_off(office in office(), day in any_day()) {
        prop_assert_eq!(office.is_working_day(day), office.why_off(day).is_none());
    }

    // R11
    #[test]
    fn another_closed_day_is_never_due_earlier(office in office(), day in day(), ahead in 0..30_i64, n in 1..20) {
        let stricter = office.clone().with_closed(day + TimeDelta::days(ahead), "stängt");
        let [plain, strict] = [&office, &stricter].map(|office| office.add_working_days(day, n).unwrap());
        prop_assert!(plain <= strict);
    }

    // R11
    #[test]
    fn only_the_local_date_of_receipt_matters(day in day(), a in 0..86_400_i64, b in 0..86_400_i64, n in 1..10_u32) {
        let sweden = sweden();
        let midnight = sweden.at(day, chrono::NaiveTime::MIN).unwrap();
        let length = sweden.end_of(day).unwrap() - midnight;
        let within = |seconds| midnight + TimeDelta::seconds(seconds).min(length - TimeDelta::nanoseconds(1));
        prop_assert_eq!(sweden.local_date(within(a)), day);
        prop_assert_eq!(sweden.due(within(a), n), sweden.due(within(b), n));
    }

    // R11, R12
    #[test]
    fn a_due_date_is_what_the_parts_say(office in office(), day in day(), n in 0..20_u32) {
        let due = office.due(office.at(day, chrono::NaiveTime::MIN).unwrap(), n).unwrap();
        prop_assert_eq!(due.received_on, day);
        prop_assert_eq!(office.add_working_days(day, n as i32), Ok(due.due_on));
        prop_assert_eq!(office.closing_at(due.due_on), Ok(due.due_at));
        prop_assert_eq!(office.local_date(due.due_at), due.due_on);
        let days = (due.due_on - day).num_days();
        prop_assert_eq!(due.not_counted.len() as i64 + i64::from(n), if n == 0 { 0 } else { days });
    }

    #[test]
    fn no_date_or_instant_panics(day in any_day(), at in any_instant(), n in any::<i32>(), time in 0..86_400_u32) {
        let sweden = sweden();
        let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(time, 0).unwrap();
        let _ = (sweden.why_off(day), sweden.local_date(at), sweden.due(at, n.unsigned_abs()));
        let _ = (sweden.at(day, time), sweden.closing_at(day), sweden.end_of(day));
        let _ = sweden.add_working_days(day, n >> 12);
        prop_assert!(sweden.due(at, 10_001).is_err());
    }
}
