//! The last day: whose it is, what moves it, and what does not.

use super::{entries, opened, opened_by};
use crate::calendars::{ClosedDay, ClosedDays};
use crate::callback::{Callback, Disposition, How};
use crate::decision::{Decline, Entry, Refusal};
use crate::directory::Owner;
use crate::testing::*;
use crate::transitions::Opening;
use crate::transitions::Rules;
use proptest::prelude::*;
use workalendar::{Language, WorkCalendar};

fn due_on(callback: &Callback) -> Option<String> {
    callback.due.as_ref().map(|d| d.due_on.to_string())
}

// R11: the day of the contact is not counted; its last day is the 2nd working day after.
#[test]
fn a_callback_opens_with_its_last_day_and_the_reason_for_it() {
    for (left, last) in [
        ("2026-11-09 10:00", "2026-11-11"),
        ("2026-11-09 23:59:59", "2026-11-11"),
        ("2026-11-06 10:00", "2026-11-10"),
        ("2026-11-07 10:00", "2026-11-10"),
        ("2026-12-23 15:05", "2026-12-29"),
        ("2026-10-25 02:30", "2026-10-27"),
    ] {
        assert_eq!(due_on(&opened_by(message(1, left))).as_deref(), Some(last), "{left}");
    }
    // R14: the explanation is kept as it was made.
    let due = opened_by(message(1, "2026-12-23 15:05")).due.unwrap();
    assert!(due.explain(Language::English).contains("Christmas Eve"));
}

// R2: a missed call that is only listed promises nothing; a message that joins it does, from its own day.
#[test]
fn only_a_contact_that_promises_sets_a_last_day() {
    let callback = opened_by(listed(1, "2026-11-09 10:00"));
    assert_eq!(due_on(&callback), None);
    let decision =
        callback.join(message(2, "2026-11-10 10:00"), rules(), at("2026-11-10 10:01")).unwrap();
    assert_eq!(due_on(&decision.callback).as_deref(), Some("2026-11-12"));
    assert_eq!(decision.entries[1], Entry::DueMoved { from: None, to: Some(date("2026-11-12")) });
    assert_eq!(decision.callback.wake_at, None, "it does not lapse any more");
}

// R11: a contact found earlier moves the last day, with an entry; one found later does not.
#[test]
fn an_earlier_contact_moves_the_last_day_and_the_journal_says_so() {
    let now = at("2026-11-10 10:00");
    let later = opened().join(message(2, "2026-11-10 09:00"), rules(), now).unwrap();
    assert_eq!(entries(&later), ["joined"]);
    let earlier = opened().join(message(2, "2026-11-05 09:00"), rules(), now).unwrap();
    let moved = Entry::DueMoved { from: Some(date("2026-11-11")), to: Some(date("2026-11-09")) };
    assert_eq!(earlier.entries[1], moved);
    assert_eq!(
        earlier.callback.contacts[0].call,
        call_id(2),
        "contacts stand in the order of time"
    );
}

// R4, R11: a late fact withdraws a contact, and the last day becomes that of the earliest still standing.
#[test]
fn a_withdrawn_contact_moves_the_last_day_to_that_of_the_next() {
    let now = at("2026-11-10 10:00");
    let both = opened().join(message(2, "2026-11-10 09:00"), rules(), now).unwrap().callback;
    let decision = both.withdraw_contact(call_id(1), rules(), now).unwrap();
    assert_eq!(entries(&decision), ["contact_withdrawn", "due_moved"]);
    assert_eq!(due_on(&decision.callback).as_deref(), Some("2026-11-12"));
}

// R4: with its last contact an untouched callback goes; one that somebody worked on stays, and promises nothing.
#[test]
fn a_callback_that_somebody_worked_on_outlives_its_last_contact_without_a_last_day() {
    let now = at("2026-11-10 10:00");
    let touched = opened().attempt(ANNA, How::Phone, now).unwrap().callback;
    let decision = touched.withdraw_contact(call_id(1), rules(), now).unwrap();
    assert_eq!(entries(&decision), ["contact_withdrawn", "due_moved"]);
    assert!(decision.callback.is_open());
    assert_eq!(decision.callback.due, None);
    // The PBX changes its mind once more: it is a message after all.
    let again = decision.callback.join(message(1, "2026-11-09 10:00"), rules(), now).unwrap();
    assert_eq!(due_on(&again.callback).as_deref(), Some("2026-11-11"));
}

// R14: a closed day recorded later moves no promise already made.
#[test]
fn the_explanation_stays_while_the_day_of_the_earliest_contact_does() {
    let calendar = WorkCalendar::sweden().with_closed(date("2026-11-10"), "flytt");
    let closed = Rules { calendar: &calendar, ..rules() };
    let now = at("2026-11-09 12:00");
    let promised = opened().due;
    let joined = opened().join(message(2, "2026-11-09 11:00"), closed, now).unwrap();
    assert_eq!(joined.callback.due, promised, "another call of the same day");
    let amended = opened().join(miss(1, "2026-11-09 10:02"), closed, now).unwrap();
    assert_eq!(amended.callback.due, promised, "news of the first call");
    let other = joined.callback.withdraw_contact(call_id(1), closed, now).unwrap();
    assert_eq!(other.callback.due, promised, "the first call withdrawn, one of that day stands");
    let opened_now = Callback::open(opening(message(3, "2026-11-09 13:00")), closed, now).unwrap();
    assert_eq!(due_on(&opened_now.callback).as_deref(), Some("2026-11-12"), "a new promise");
}

// R14: an administrator may order that promises follow a closed day; the journal says who did, and the explanation is new.
#[test]
fn a_promise_follows_a_closed_day_only_by_order() {
    let calendar = WorkCalendar::sweden().with_closed(date("2026-11-10"), "flytt");
    let closed = Rules { calendar: &calendar, ..rules() };
    let now = at("2026-11-09 12:00");
    let moved = opened().count_anew(BO, closed, now).unwrap();
    let (from, to) = (Some(date("2026-11-11")), Some(date("2026-11-12")));
    assert_eq!(moved.entries, [Entry::CountedAnew { by: BO.into(), from, to }]);
    assert_eq!(due_on(&moved.callback).as_deref(), Some("2026-11-12"));
    assert!(moved.callback.due.unwrap().explain(Language::Swedish).contains("flytt"));
    let same = opened().count_anew(BO, rules(), now).unwrap();
    assert!(same.is_unchanged() && same.callback == opened(), "nothing is closed");
    let later = WorkCalendar::sweden().with_closed(date("2026-11-12"), "flytt");
    let later = Rules { calendar: &later, ..rules() };
    assert!(
        opened().count_anew(BO, later, now).unwrap().is_unchanged(),
        "closed after its last day"
    );
    let ended = opened().resolve(ANNA, Disposition::Reached, rules(), now).unwrap().callback;
    assert!(matches!(ended.count_anew(BO, closed, now), Err(Refusal::AlreadyResolved { .. })));
}

// R14: an undo brings back the promise as it was made.
#[test]
fn an_undo_keeps_the_explanation_too() {
    let calendar = WorkCalendar::sweden().with_closed(date("2026-11-10"), "flytt");
    let closed = Rules { calendar: &calendar, ..rules() };
    let now = at("2026-11-09 12:00");
    let resolved = opened().resolve(ANNA, Disposition::Reached, rules(), now).unwrap().callback;
    let undone = resolved.undo(None, ANNA, closed, now).unwrap().remove(0);
    assert_eq!(undone.callback.due, opened().due);
    assert_eq!(entries(&undone), ["undone"]);
}

// R11
#[test]
fn the_closed_days_of_the_owner_s_unit_count() {
    let days = Vec::from([ClosedDay {
        unit: "Bygg".to_owned(),
        day: date("2026-11-10"),
        reason: "flytt".to_owned(),
    }]);
    let units = ClosedDays::new(days).of_units(&TOWN, &CALENDAR);
    let rules = Rules { units: &units, ..rules() };
    let now = at("2026-11-09 12:00");
    let of = |unit| Opening { unit, ..opening(message(1, "2026-11-09 10:00")) };
    let due = |unit| due_on(&Callback::open(of(unit), rules, now).unwrap().callback);
    assert_eq!(due(Some(BUILDING)).as_deref(), Some("2026-11-12"));
    assert_eq!(due(Some(SCHOOL)).as_deref(), Some("2026-11-11"));
    assert_eq!(due(None).as_deref(), Some("2026-11-11"));
}

#[test]
fn a_last_day_beyond_the_calendar_is_refused_and_not_guessed() {
    let contact = message(1, "2099-12-31 10:00");
    let beyond =
        crate::callback::Contact { at: contact.at + chrono::TimeDelta::days(90), ..contact };
    let refused = Callback::open(opening(beyond), rules(), at("2026-11-09 10:00"));
    assert_eq!(refused.unwrap_err(), Refusal::OutOfCalendar);
}

proptest! {
    // R11, R13: actions never move the last day, whatever people do and in whatever order.
    #[test]
    fn nothing_that_people_do_moves_the_last_day(acts in prop::collection::vec((0..13_u8, 1..2_000_i64), 1..20)) {
        let mut callback = opened();
        let promised = callback.due.clone();
        let mut now = at("2026-11-09 10:05");
        for (n, (act, minutes)) in acts.into_iter().enumerate() {
            now += chrono::TimeDelta::minutes(minutes);
            let call = 10 + u128::try_from(n).unwrap();
            let local = now.with_timezone(&CALENDAR.zone()).format("%Y-%m-%d %H:%M").to_string();
            let before = callback.clone();
            let decided = match act {
                0 => callback.attempt(ANNA, How::Phone, now),
                1 => callback.resolve(BO, Disposition::Emailed, rules(), now),
                2 => callback.resolve(ANNA, Disposition::NotReachable, rules(), now),
                3 => callback.hear(&we_rang(call, &local, Some(60)), rules(), now),
                4 => callback.hear(&we_rang(call, &local, None), rules(), now),
                5 => callback.hear(&caller_rang(call, &local, 60), rules(), now),
                6 => callback.wake(rules(), now),
                7 => callback.offer(Owner::Employee(BO), Some(BUILDING), ANNA, rules(), now),
                8 => callback.offer(Owner::Unit(SCHOOL), Some(SCHOOL), ANNA, rules(), now),
                9 => callback.accept(SIV, rules(), now),
                10 => callback.decline(SIV, Decline::NotOurs, rules(), now),
                11 => {
                    let day = CALENDAR.add_working_days(CALENDAR.local_date(now), 3).unwrap();
                    callback.agree(day, ANNA, rules(), now)
                }
                _ => callback.undo(None, ANNA, rules(), now).map(|mut d| d.remove(0)),
            };
            callback = decided.map_or(before, |d| d.callback);
            prop_assert_eq!(&callback.due, &promised);
        }
    }
}
