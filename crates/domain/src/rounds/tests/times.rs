//! When rounds go out.

use super::*;

fn slot(kind: RoundKind, now: &str) -> Option<String> {
    let slot = Schedule::default().current(kind, at(now), &CALENDAR)?;
    Some(slot.at.with_timezone(&CALENDAR.zone()).format("%m-%d %H:%M").to_string())
}

// R24: on working days, inside their window; after downtime only the newest, until it expires.
#[test]
fn a_round_is_current_from_its_time_until_it_expires() {
    for (now, digest, list) in [
        ("2026-11-09 08:14:59", None, None),
        ("2026-11-09 08:15:00", Some("11-09 08:15"), None),
        ("2026-11-09 08:30:00", Some("11-09 08:15"), Some("11-09 08:30")),
        ("2026-11-09 11:59:59", Some("11-09 08:15"), Some("11-09 08:30")),
        ("2026-11-09 12:00:00", None, Some("11-09 08:30")),
        ("2026-11-09 17:00:00", None, None),
        ("2026-11-07 09:00:00", None, None), // Saturday
        ("2026-12-24 09:00:00", None, None), // Christmas Eve
        ("2027-03-29 09:00:00", None, None), // Easter Monday
        ("2027-03-30 09:00:00", Some("03-30 08:15"), Some("03-30 08:30")),
        ("2026-10-26 09:00:00", Some("10-26 08:15"), Some("10-26 08:30")),
    ] {
        assert_eq!(slot(RoundKind::Digest, now).as_deref(), digest, "digest, {now}");
        assert_eq!(slot(RoundKind::ManagerList, now).as_deref(), list, "list, {now}");
    }
}

// R24: 08:15 is 08:15 by the wall, summer and winter.
#[test]
fn the_send_window_follows_the_wall_clock_over_the_change_of_the_hour() {
    for (day, utc) in [
        ("2026-10-23", "2026-10-23T06:15:00Z"), // Friday, summer time
        ("2026-10-26", "2026-10-26T07:15:00Z"), // Monday, winter time
        ("2026-03-27", "2026-03-27T07:15:00Z"),
        ("2026-03-30", "2026-03-30T06:15:00Z"),
    ] {
        let now = at(&format!("{day} 09:00"));
        let slot = Schedule::default().current(RoundKind::Digest, now, &CALENDAR).unwrap();
        assert_eq!(slot.at, utc.parse::<DateTime<Utc>>().unwrap());
        assert_eq!(slot.day, date(day));
    }
    let sunday = at("2026-10-25 09:00");
    assert_eq!(Schedule::default().current(RoundKind::Digest, sunday, &CALENDAR), None);
}

// R24: over weekends and holidays nothing goes out.
#[test]
fn the_next_round_is_on_the_next_working_day() {
    for (now, has_news, next) in [
        ("2026-11-09 07:00", false, "2026-11-09 08:15"),
        ("2026-11-09 08:15", false, "2026-11-09 08:30"),
        ("2026-11-09 08:30", false, "2026-11-09 09:00"), // whether a PBX is silent (R37)
        ("2026-11-09 09:00", true, "2026-11-09 09:30"),
        ("2026-11-09 12:30", false, "2026-11-09 13:00"),
        ("2026-11-09 17:00", false, "2026-11-10 08:15"),
        ("2026-11-06 17:00", true, "2026-11-09 08:15"),
        ("2026-12-23 17:00", false, "2026-12-28 08:15"),
        ("2026-12-30 17:00", false, "2027-01-04 08:15"),
        ("2026-10-23 17:00", false, "2026-10-26 08:15"),
    ] {
        let schedule = Schedule::default();
        assert_eq!(schedule.next_at(at(now), has_news, &CALENDAR), Some(at(next)), "{now}");
    }
}

// R25: every half hour inside the window, and not in the half hour before the digest.
#[test]
fn what_is_new_is_told_every_half_hour_but_not_just_before_the_digest() {
    for (now, slot_at) in [
        ("2026-11-09 07:59:59", None),
        ("2026-11-09 08:00:00", None),
        ("2026-11-09 08:15:00", None),
        ("2026-11-09 08:29:59", None),
        ("2026-11-09 08:30:00", Some("11-09 08:30")),
        ("2026-11-09 08:59:59", Some("11-09 08:30")),
        ("2026-11-09 09:00:00", Some("11-09 09:00")),
        ("2026-11-09 16:59:59", Some("11-09 16:30")),
        ("2026-11-09 17:00:00", None),
        ("2026-11-07 10:00:00", None), // Saturday
    ] {
        assert_eq!(slot(RoundKind::New, now).as_deref(), slot_at, "{now}");
    }
    let never = Schedule { new_every: None, ..Schedule::default() };
    assert_eq!(never.current(RoundKind::New, at("2026-11-09 10:00"), &CALENDAR), None);
    let later = Schedule { digest: chrono::NaiveTime::MIN, ..Schedule::default() };
    assert!(later.current(RoundKind::New, at("2026-11-09 08:00"), &CALENDAR).is_some());
}

// R25
#[test]
fn a_nudge_is_for_the_early_afternoon() {
    for (now, expected) in [
        ("2026-11-09 12:59:59", None),
        ("2026-11-09 13:00:00", Some("11-09 13:00")),
        ("2026-11-09 15:59:59", Some("11-09 13:00")),
        ("2026-11-09 16:00:00", None),
    ] {
        assert_eq!(slot(RoundKind::Nudge, now).as_deref(), expected, "{now}");
    }
}

proptest::proptest! {
    // R24: every round has its time on a working day, and what is current was the next before.
    #[test]
    fn no_round_has_its_time_on_a_day_off(minutes in 0..3_000_000_i64, has_news: bool) {
        let now = at("2026-01-01 00:00") + chrono::TimeDelta::minutes(minutes);
        let schedule = Schedule::default();
        let next = schedule.next_at(now, has_news, &CALENDAR).unwrap();
        proptest::prop_assert!(next > now);
        proptest::prop_assert!(CALENDAR.is_working_day(CALENDAR.local_date(next)));
        let begins = RoundKind::ALL.into_iter().filter_map(|kind| schedule.current(kind, next, &CALENDAR));
        proptest::prop_assert!(begins.into_iter().any(|slot| slot.at == next));
    }
}
