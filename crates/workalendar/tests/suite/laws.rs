//! What holds for every date and every number of days.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use workalendar::{CachedCalendar, HolidayCalendar, Sweden, WorkCalendar};

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

static EVES: LazyLock<[WorkCalendar; 2]> = LazyLock::new(|| [sweden(), sweden().with_eves_open()]);

/// An office with some days of its own near each other, so that they matter, and eves open or not.
fn office() -> impl Strategy<Value = WorkCalendar> {
    let every_year = vec((1..13_u32, 1..32_u32), 0..10);
    (any::<bool>(), vec(day(), 0..200), vec(day(), 0..200), every_year).prop_map(
        |(eves_open, closed, open, every_year)| {
            let mut office = EVES[usize::from(eves_open)].clone();
            for (month, day) in every_year {
                office = office.with_closed_every_year(month, day, "varje år");
            }
            for day in closed {
                office = office.with_closed(day, "stängt");
            }
            open.into_iter().fold(office, WorkCalendar::with_open)
        },
    )
}

proptest! {
    // R11
    #[test]
    fn adding_nothing_is_the_day_itself(office in office(), day in any_day()) {
        prop_assert_eq!(office.add_working_days(day, 0), Ok(day));
    }

    // R11
    #[test]
    fn adding_is_monotone_and_strictly_so_in_n(office in office(), day in day(), wait in 0..30_i64, n in -60..60) {
        let add = |day, n| office.add_working_days(day, n).unwrap();
        prop_assert!(add(day, n) <= add(day + TimeDelta::days(wait), n));
        prop_assert!(add(day, n) < add(day, n + 1));
    }

    // R11
    #[test]
    fn adding_is_additive_for_the_same_sign(office in office(), day in day(), a in 0..300, b in 0..300, back in any::<bool>()) {
        let sign = if back { -1 } else { 1 };
        let add = |day, n: i32| office.add_working_days(day, sign * n).unwrap();
        prop_assert_eq!(add(add(day, a), b), add(day, a + b));
    }

    // R11
    #[test]
    fn adding_and_taking_away_again_rolls_backward(office in office(), day in day(), n in 1..3000) {
        let there = office.add_working_days(day, n).unwrap();
        prop_assert_eq!(office.add_working_days(there, -n), office.roll_backward(day));
        let before = office.add_working_days(day, -n).unwrap();
        prop_assert_eq!(office.add_working_days(before, n), office.roll_forward(day));
    }

    // R11
    #[test]
    fn between_a_day_and_what_is_added_lies_what_was_added(office in office(), day in day(), n in -3000..3000) {
        let there = office.add_working_days(day, n).unwrap();
        prop_assert!(n == 0 || office.is_working_day(there));
        // Counted back from a day off, the working day arrived at is not after itself.
        let expected = if n < 0 && !office.is_working_day(day) { n + 1 } else { n };
        prop_assert_eq!(office.working_days_between(day, there), i64::from(expected));
    }

    // R11
    #[test]
    fn between_is_antisymmetric_and_additive(office in office(), a in day(), b in day(), c in day()) {
        let between = |from, to| office.working_days_between(from, to);
        prop_assert_eq!(between(a, b), -between(b, a));
        prop_assert_eq!(between(a, b) + between(b, c), between(a, c));
    }

    // R11
    #[test]
    fn rolling_is_idempotent_and_keeps_exactly_the_working_days(office in office(), day in any_day()) {
        for rolled in [office.roll_forward(day), office.roll_backward(day)].into_iter().flatten() {
            prop_assert!(office.is_working_day(rolled));
            prop_assert_eq!(office.roll_forward(rolled), Ok(rolled));
            prop_assert_eq!(office.roll_backward(rolled), Ok(rolled));
            prop_assert_eq!(rolled == day, office.is_working_day(day));
        }
    }

    // R11
    #[test]
    fn a_working_day_is_one_without_a_reason_to_be_off(office in office(), day in any_day(), near in day()) {
        prop_assert_eq!(office.is_working_day(day), office.why_off(day).is_none());
        prop_assert_eq!(office.is_working_day(near), office.why_off(near).is_none());
    }

    // R11
    #[test]
    fn more_closed_days_are_never_due_earlier_and_outside_the_promise_change_nothing(
        office in office(), day in day(), ahead in -30..60_i64, n in 1..20,
    ) {
        let closed = day + TimeDelta::days(ahead);
        let stricter = office.clone().with_closed(closed, "stängt");
        let [plain, strict] = [&office, &stricter].map(|office| office.add_working_days(day, n).unwrap());
        prop_assert!(plain <= strict);
        if closed <= day || closed > plain {
            prop_assert_eq!(plain, strict);
        }
    }

    // R11
    #[test]
    fn counting_agrees_with_looking_at_each_day(office in office(), day in day(), n in 1..900) {
        let later = office.add_working_days(day, n).unwrap();
        let walked = day.iter_days().skip(1).filter(|day| office.why_off(*day).is_none());
        prop_assert_eq!(walked.take(n as usize).last(), Some(later));
    }

    // R11
    #[test]
    fn due_at_depends_only_on_the_local_date_of_receipt(day in day(), a in 0..86_400_i64, b in 0..86_400_i64, n in 1..10_u32) {
        let sweden = &EVES[0];
        let midnight = sweden.at(day, chrono::NaiveTime::MIN).unwrap();
        let length = sweden.end_of(day).unwrap() - midnight;
        let within = |seconds| midnight + TimeDelta::seconds(seconds).min(length - TimeDelta::nanoseconds(1));
        prop_assert_eq!(sweden.local_date(within(a)), day);
        prop_assert_eq!(sweden.due_at(within(a), n), sweden.due_at(within(b), n));
        prop_assert_eq!(sweden.due(within(a), n), sweden.due(within(b), n));
    }

    // R11, R12
    #[test]
    fn a_due_date_is_what_the_parts_say(office in office(), day in day(), n in 0..20_u32) {
        let received_at = office.at(day, chrono::NaiveTime::MIN).unwrap();
        let due = office.due(received_at, n).unwrap();
        prop_assert_eq!(due.received_on, day);
        prop_assert_eq!(office.add_working_days(day, n as i32), Ok(due.due_on));
        prop_assert_eq!(office.closing_at(due.due_on), Ok(due.due_at));
        prop_assert_eq!(office.due_at(received_at, n), Ok(due.due_at));
        prop_assert_eq!(office.local_date(due.due_at), due.due_on);
        let days = (due.due_on - day).num_days();
        prop_assert_eq!(due.not_counted.len() as i64 + i64::from(n), if n == 0 { 0 } else { days });
    }

    #[test]
    fn what_remains_adds_up(office in office(), day in day(), minutes in vec(0..60_000_i64, 2)) {
        let start = office.at(day, chrono::NaiveTime::MIN).unwrap();
        let [first, second] = [minutes[0], minutes[1]].map(|minutes| start + TimeDelta::minutes(minutes));
        let left = |from, until| office.remaining(from, until).unwrap();
        let (whole, back) = (left(start, second), left(second, start));
        prop_assert_eq!((whole.working_days, whole.open), (-back.working_days, -back.open));
        let parts = [left(start, first), left(first, second)];
        prop_assert_eq!(parts[0].open + parts[1].open, whole.open);
        prop_assert_eq!(parts[0].working_days + parts[1].working_days, whole.working_days);
    }

    #[test]
    fn the_office_is_open_when_it_next_opens_and_not_a_minute_before(office in office(), day in day(), minute in 0..1_440_i64) {
        let at = office.at(day, chrono::NaiveTime::MIN).unwrap() + TimeDelta::minutes(minute);
        let opening = office.next_opening(at).unwrap();
        prop_assert!(office.is_open(opening).unwrap());
        prop_assert_eq!(opening == at, office.is_open(at).unwrap());
        prop_assert_eq!(office.remaining(at, opening).unwrap().open, TimeDelta::zero());
    }

    #[test]
    fn no_date_or_instant_panics(day in any_day(), at in any_instant(), n in any::<i32>(), time in 0..86_400_u32) {
        let sweden = &EVES[0];
        let time = chrono::NaiveTime::from_num_seconds_from_midnight_opt(time, 0).unwrap();
        let _ = (sweden.why_off(day), sweden.local_date(at), sweden.due(at, n.unsigned_abs()));
        let _ = (sweden.at(day, time), sweden.closing_at(day), sweden.end_of(day));
        let _ = (sweden.is_open(at), sweden.next_opening(at), sweden.is_bridge_day(day));
        let _ = sweden.add_working_days(day, n >> 12);
        prop_assert!(sweden.due(at, 10_001).is_err());
    }
}

// R11
#[test]
fn cached_is_uncached_for_every_day_from_1990_to_2100_and_six_hundred_days_either_way() {
    let cached = CachedCalendar::new(Sweden, 1990..=2100);
    let days: Vec<_> =
        date("1980-01-01").iter_days().take_while(|day| *day < date("2111-01-01")).collect();
    let is_worked: Vec<bool> = days.iter().map(|day| Sweden.is_working_day(*day)).collect();
    let worked: Vec<_> =
        days.iter().zip(&is_worked).filter(|(_, worked)| **worked).map(|(day, _)| *day).collect();
    let mut passed = 0; // working days up to and including `day`
    for (at, (day, is_worked)) in days.iter().zip(is_worked).enumerate() {
        passed += usize::from(is_worked);
        if !(date("1990-01-01")..=date("2100-12-31")).contains(day) {
            continue;
        }
        assert_eq!(cached.is_working_day(*day), is_worked, "{day}");
        let before = passed - usize::from(is_worked);
        for n in 1..=600 {
            let (later, earlier) = (worked[passed + n - 1], worked[before - n]);
            let signed = n as i32;
            assert_eq!(cached.add_working_days(*day, signed), Ok(later), "{day} +{n}");
            assert_eq!(cached.add_working_days(*day, -signed), Ok(earlier), "{day} -{n}");
            // The calendar it remembers counts year by year, each made anew: every number of days meets every weekday,
            // month and year, though not every one of them together.
            if (at + n) % 97 == 0 {
                assert_eq!(Sweden.add_working_days(*day, signed), Ok(later), "{day} +{n}");
                assert_eq!(Sweden.add_working_days(*day, -signed), Ok(earlier), "{day} -{n}");
                assert_eq!(Sweden.working_days_between(*day, later), n as i64);
                assert_eq!(cached.working_days_between(*day, later), n as i64);
            }
        }
    }
}

#[test]
fn cached_is_uncached_outside_its_years_and_across_their_ends() {
    for years in [
        2020..=2030,
        2030..=2030,
        std::ops::RangeInclusive::new(2031, 2030),
        NaiveDate::MAX.year() - 1..=i32::MAX,
        i32::MIN..=NaiveDate::MIN.year(),
    ] {
        let cached = CachedCalendar::new(Sweden, years.clone());
        for day in
            ["2019-12-30", "2020-01-01", "2026-11-24", "2030-12-31", "2031-01-01", "1066-10-14"]
        {
            for n in [-9000, -3000, -251, -2, -1, 0, 1, 2, 251, 3000, 9000] {
                let there = Sweden.add_working_days(date(day), n);
                assert_eq!(cached.add_working_days(date(day), n), there, "{years:?}: {day} {n:+}");
                let there = there.unwrap();
                assert_eq!(
                    cached.working_days_between(date(day), there),
                    Sweden.working_days_between(date(day), there)
                );
                assert_eq!(cached.is_working_day(there), Sweden.is_working_day(there));
                assert_eq!(cached.roll_forward(there), Sweden.roll_forward(there));
            }
        }
        for day in [NaiveDate::MIN, NaiveDate::MAX] {
            for n in [i32::MIN, -1, 0, 1, i32::MAX] {
                assert_eq!(
                    cached.add_working_days(day, n),
                    Sweden.add_working_days(day, n),
                    "{day} {n:+}"
                );
            }
        }
    }
}

// R11
#[test]
fn a_year_has_249_to_254_working_days() {
    for year in 2005..=2100 {
        let before = NaiveDate::from_ymd_opt(year - 1, 12, 31).unwrap();
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
        let days = sweden().working_days_between(before, last);
        assert!((249..=254).contains(&days), "{year}: {days}");
    }
}
