//! Hand-overs: who has it, until when, and where it ends when nobody answers (R18).

use super::{entries, opened};
use crate::callback::Callback;
use crate::decision::{Decline, Refusal};
use crate::directory::Owner;
use crate::testing::*;

const SIVS: Owner = Owner::Employee(SIV);

/// Anna's, offered to Siv of another unit on Monday afternoon.
fn offered() -> Callback {
    opened().offer(SIVS, Some(SCHOOL), ANNA, rules(), at("2026-11-09 14:00")).unwrap().callback
}

// R13, R18: the receiver accepts, or declines; until then the sender stays responsible.
#[test]
fn until_it_is_accepted_it_stays_where_it_was() {
    let callback = offered();
    assert_eq!((callback.holder(), callback.unit), (Owner::Employee(ANNA), Some(BUILDING)));
    assert_eq!(callback.wake_at, Some(at("2026-11-11 00:00")));
    let due = callback.due.clone();
    let taken = callback.clone().accept(SIV, rules(), at("2026-11-10 09:00")).unwrap().callback;
    assert_eq!((taken.holder(), taken.unit, taken.hops), (SIVS, Some(SCHOOL), 1));
    assert_eq!((taken.owner, taken.due.clone()), (Owner::Employee(ANNA), due)); // R5, R13
    assert_eq!((taken.wake_at, taken.offered()), (None, None));
    let kept =
        callback.decline(SIV, Decline::NoTime, rules(), at("2026-11-10 09:00")).unwrap().callback;
    assert_eq!((kept.holder(), kept.hops, kept.wake_at), (Owner::Employee(ANNA), 0, None));
}

// R18: not accepted by the end of the next working day, the receiving unit has it.
#[test]
fn an_offer_that_nobody_answers_goes_to_the_receiving_unit() {
    let early = offered().wake(rules(), at("2026-11-10 23:59")).unwrap();
    assert!(early.is_unchanged());
    let left = offered().wake(rules(), at("2026-11-11 00:00")).unwrap();
    assert_eq!(entries(&left), ["hand_over_unanswered"]);
    let left = left.callback;
    assert_eq!((left.holder(), left.unit, left.hops), (Owner::Unit(SCHOOL), Some(SCHOOL), 1));
    assert!(
        left.offered().is_none()
            && left.hand_over.is_some_and(|h| h.unanswered && h.from == Owner::Employee(ANNA))
    );
    let late = left.accept(SIV, rules(), at("2026-11-11 08:00"));
    assert_eq!(late.unwrap_err(), Refusal::NotOffered);
    // Over Christmas the next working day is far.
    let before =
        opened().offer(SIVS, Some(SCHOOL), ANNA, rules(), at("2026-12-23 14:00")).unwrap().callback;
    assert_eq!(before.wake_at, Some(at("2026-12-29 00:00")));
}

#[test]
fn a_new_offer_takes_the_place_of_the_old_one_and_one_to_oneself_is_none() {
    let again = offered()
        .offer(Owner::Employee(BO), Some(BUILDING), ANNA, rules(), at("2026-11-09 15:00"))
        .unwrap();
    assert_eq!(again.callback.offered().map(|h| h.to), Some(Owner::Employee(BO)));
    let same = offered().offer(SIVS, Some(SCHOOL), ANNA, rules(), at("2026-11-10 15:00")).unwrap();
    assert!(same.is_unchanged(), "the first offer's time goes on");
    let back = offered().offer(
        Owner::Employee(ANNA),
        Some(BUILDING),
        ANNA,
        rules(),
        at("2026-11-09 15:00"),
    );
    assert_eq!(back.unwrap_err(), Refusal::AlreadyTheirs);
}

// R18: three hops are the manager's to see.
#[test]
fn hops_are_counted_and_coming_home_is_one() {
    let mut callback = opened();
    for (n, (to, unit)) in
        [(SIVS, SCHOOL), (Owner::Unit(BUILDING), BUILDING), (Owner::Employee(ANNA), BUILDING)]
            .into_iter()
            .enumerate()
    {
        let now = at("2026-11-09 14:00") + chrono::TimeDelta::minutes(n as i64);
        callback = callback.offer(to, Some(unit), CHEF, rules(), now).unwrap().callback;
        callback = callback.accept(SIV, rules(), now).unwrap().callback;
        assert_eq!((callback.holder(), callback.hops as usize), (to, n + 1));
    }
    assert_eq!(callback.handed_to, None, "it is its owner's again");
}
