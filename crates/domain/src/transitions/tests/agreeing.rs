//! Agreed days: a second promise, kept or broken (R23).

use super::{entries, opened};
use crate::callback::{Disposition, State};
use crate::decision::Refusal;
use crate::testing::*;

// R23: only after the caller was reached; a promise of its own.
#[test]
fn to_agree_on_a_day_is_to_have_reached_the_caller() {
    let now = at("2026-11-10 10:00");
    let agreed = opened().agree(date("2026-11-16"), ANNA, rules(), now).unwrap();
    assert_eq!(entries(&agreed), ["attempted", "agreed"]);
    let callback = agreed.callback;
    assert_eq!((callback.reached_at(), callback.state), (Some(now), State::Open));
    assert_eq!(callback.due, opened().due, "the first promise stays what it was (R11)");
    assert_eq!(callback.wake_at, Some(at("2026-11-17 00:00")));
    let kept = callback
        .clone()
        .resolve(ANNA, Disposition::Reached, rules(), at("2026-11-16 16:00"))
        .unwrap();
    assert!(kept.callback.agreed.is_some_and(|a| !a.broken));
    let moved = callback
        .clone()
        .agree(date("2026-11-20"), ANNA, rules(), at("2026-11-16 16:00"))
        .unwrap()
        .callback;
    assert!(moved.agreed.is_some_and(|a| a.on == date("2026-11-20") && !a.broken));
    let broken = callback.wake(rules(), at("2026-11-17 00:00")).unwrap();
    assert_eq!(entries(&broken), ["agreed_day_broken"]);
    assert!(broken.callback.agreed.is_some_and(|a| a.broken) && broken.callback.wake_at.is_none());
}

// R21, R23: the PBX took the talk for the end; they say that it was not.
#[test]
fn a_day_agreed_in_a_talk_that_the_pbx_saw_is_no_second_attempt() {
    let talk = we_rang(7, "2026-11-09 11:00", Some(60));
    let seen = opened().hear(&talk, rules(), at("2026-11-09 11:05")).unwrap().callback;
    let agreed = seen.agree(date("2026-11-12"), ANNA, rules(), at("2026-11-09 11:10")).unwrap();
    assert_eq!(entries(&agreed), ["agreed"]);
    let callback = agreed.callback;
    assert_eq!((callback.state, callback.counted_attempts().count()), (State::Open, 1));
    assert_eq!(callback.wake_at, Some(at("2026-11-13 00:00")));
}

// R23: at most 20 working days ahead, and a day on which somebody can keep it.
#[test]
fn a_day_that_nobody_can_keep_is_refused() {
    let now = at("2026-12-01 10:00");
    let until = date("2027-01-04");
    for day in ["2026-12-01", "2026-11-30", "2026-12-05", "2026-12-25", "2027-01-05", "2027-06-01"]
    {
        let refused = opened().agree(date(day), ANNA, rules(), now).unwrap_err();
        assert_eq!(refused, Refusal::NoDayToAgreeOn { until }, "{day}");
    }
    assert!(opened().agree(until, ANNA, rules(), now).is_ok());
    assert!(opened().agree(date("2026-12-02"), ANNA, rules(), now).is_ok());
}
