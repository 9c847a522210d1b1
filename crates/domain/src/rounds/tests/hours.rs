//! When one person wants mails.

use super::*;
use crate::directory::Responsible;
use crate::preferences::Preferences;
use chrono::NaiveTime;
use proptest::prelude::*;
use std::collections::HashMap;

fn time(text: &str) -> NaiveTime {
    text.parse().unwrap()
}

fn hours(from: &str, until: &str) -> Preferences {
    Preferences {
        mails_from: Some(time(from)),
        mails_until: Some(time(until)),
        ..Preferences::default()
    }
}

fn annas_own(preferences: Preferences) -> Directory {
    TOWN.clone().choosing(HashMap::from([(ANNA, preferences)]))
}

/// When Anna is told what goes out to everybody at that time, and until when.
fn told(kind: RoundKind, now: &str, preferences: Preferences) -> Option<String> {
    let schedule = Schedule::default();
    let slot = schedule.current(kind, at(now), &CALENDAR).unwrap();
    let anna = Responsible::Employee(ANNA).into();
    let own = schedule.of_recipient(&slot, anna, &annas_own(preferences), &CALENDAR)?;
    let local = |at: DateTime<Utc>| at.with_timezone(&CALENDAR.zone()).format("%H:%M").to_string();
    Some(format!("{} {}", local(own.at), local(own.expires_at)))
}

// R25: the digest at the later of its time and theirs, the nudge in their hours, what is new in them.
#[test]
fn mails_come_in_the_hours_that_somebody_chose() {
    use RoundKind::{Digest, New, Nudge};
    let everybodys = Preferences::default();
    let late = hours("10:00", "15:00");
    let none = Preferences { wants_new: false, ..everybodys };
    for (kind, now, chosen, expected) in [
        (Digest, "2026-11-09 08:15", everybodys, Some("08:15 12:00")),
        (Digest, "2026-11-09 08:15", late, Some("10:00 12:00")),
        (Digest, "2026-11-09 08:15", none, Some("08:15 12:00")),
        (Nudge, "2026-11-09 13:00", everybodys, Some("13:00 16:00")),
        (Nudge, "2026-11-09 13:00", late, Some("13:00 15:00")),
        (New, "2026-11-09 09:30", everybodys, Some("09:30 17:00")),
        (New, "2026-11-09 09:30", late, None),
        (New, "2026-11-09 10:00", late, None), // the digest tells it
        (New, "2026-11-09 10:30", late, Some("10:30 15:00")),
        (New, "2026-11-09 14:30", late, Some("14:30 15:00")),
        (New, "2026-11-09 15:00", late, None),
        (New, "2026-11-09 09:30", none, None),
        // What was written to the database by another hand, or under another configuration.
        (Digest, "2026-11-09 08:15", hours("23:00", "00:00"), Some("11:00 12:00")),
        (Nudge, "2026-11-09 13:00", hours("23:00", "00:00"), Some("13:00 14:00")),
        (New, "2026-11-09 11:30", hours("23:00", "00:00"), Some("11:30 14:00")),
    ] {
        assert_eq!(told(kind, now, chosen).as_deref(), expected, "{kind:?} at {now}");
    }
}

// R26, R37: what others are told as managers, or of an alarm, waits for nobody's hours.
#[test]
fn lists_and_alarms_wait_for_nobodys_hours() {
    let schedule = Schedule::default();
    let directory = annas_own(Preferences { wants_new: false, ..hours("11:00", "14:00") });
    for kind in [RoundKind::ManagerList, RoundKind::Silence] {
        let slot = schedule.current(kind, at("2026-11-09 09:30"), &CALENDAR).unwrap();
        let anna = Responsible::Employee(ANNA).into();
        assert_eq!(schedule.of_recipient(&slot, anna, &directory, &CALENDAR), Some(slot));
    }
    let slot = schedule.current(RoundKind::New, at("2026-11-09 09:30"), &CALENDAR).unwrap();
    for who in
        [Responsible::Employee(BO).into(), Responsible::Organisation.into(), Recipient::Officer]
    {
        assert_eq!(schedule.of_recipient(&slot, who, &directory, &CALENDAR), Some(slot), "{who:?}");
    }
}

#[test]
fn hours_are_offered_in_which_everything_comes_in_time() {
    let schedule = Schedule::default();
    let (froms, untils) = (schedule.mails_from(), schedule.mails_until());
    assert_eq!(
        (froms.first(), froms.last(), froms.len()),
        (Some(&time("08:00")), Some(&time("11:00")), 7)
    );
    assert_eq!(
        (untils.first(), untils.last(), untils.len()),
        (Some(&time("14:00")), Some(&time("17:00")), 7)
    );
    let early = Schedule {
        digest: time("07:30"),
        window_from: time("07:00"),
        digest_until: time("07:45"),
        ..schedule
    };
    assert_eq!(early.mails_from(), [time("07:00"), time("07:30")]);
}

proptest! {
    // R24: whatever is chosen, and whenever rounds are, digest and nudge go out before they expire.
    #[test]
    fn whatever_is_chosen_digest_and_nudge_come_in_time(minutes in prop::array::uniform6(0u32..1440), from in 0u32..1440, until in 0u32..1440) {
        let mut minutes = minutes;
        minutes.sort();
        prop_assume!(minutes.windows(2).all(|w| w[0] < w[1]));
        let of = |minute: u32| NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap();
        let [window_from, digest, digest_until, nudge, nudge_until, window_until] = minutes.map(of);
        let schedule = Schedule { window_from, window_until, digest, digest_until, nudge, nudge_until, ..Schedule::default() };
        let chosen = Preferences { mails_from: Some(of(from)), mails_until: Some(of(until)), ..Preferences::default() };
        let (from, until) = schedule.hours_of(&chosen);
        prop_assert!(from < until && window_from <= from && until <= window_until);
        prop_assert!(digest.max(from) < digest_until.min(until), "digest");
        prop_assert!(nudge.max(from) < nudge_until.min(until), "nudge");
        prop_assert!(schedule.mails_from().contains(&window_from));
        prop_assert!(schedule.mails_until().contains(&window_until));
    }
}
