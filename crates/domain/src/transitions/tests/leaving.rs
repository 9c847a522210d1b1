//! Somebody leaves: where their callbacks are from then on.

use super::{entries, opened};
use crate::callback::Callback;
use crate::decision::Refusal;
use crate::directory::Owner;
use crate::ids::EmployeeId;
use crate::testing::*;

const SIVS: Owner = Owner::Employee(SIV);
const OF_BUILDING: Owner = Owner::Unit(BUILDING);

fn offered_to_siv() -> Callback {
    opened().offer(SIVS, Some(SCHOOL), ANNA, rules(), at("2026-11-09 14:00")).unwrap().callback
}

/// On Tuesday morning she has left.
fn left(callback: Callback, who: EmployeeId) -> Callback {
    let unit = TOWN.employee(who).map(|e| e.unit);
    callback.owner_left(who, unit, rules(), at("2026-11-10 00:05")).unwrap().callback
}

// R5, R13, R16
#[test]
fn what_somebody_had_is_their_units_and_nothing_else_of_it_moves() {
    let before = opened();
    let decision =
        before.clone().owner_left(ANNA, Some(BUILDING), rules(), at("2026-11-10 00:05")).unwrap();
    assert_eq!((entries(&decision), decision.notices.len()), (Vec::from(["left"]), 0));
    let after = decision.callback;
    assert_eq!((after.holder(), after.unit, after.hops), (OF_BUILDING, Some(BUILDING), 0));
    assert_eq!((after.owner, &after.due), (Owner::Employee(ANNA), &before.due));
    assert_eq!(left(after.clone(), ANNA), after, "the second time nothing changes");
    assert_eq!(left(before.clone(), BO), before, "it is not Bo's");
    let nowhere = before.owner_left(ANNA, None, rules(), at("2026-11-10 00:05")).unwrap();
    assert_eq!(nowhere.callback.holder(), Owner::Organisation);
}

// R18: the receiver may still take it; whoever declines gives it back to the unit.
#[test]
fn what_somebody_offered_before_they_left_stays_offered() {
    let after = left(offered_to_siv(), ANNA);
    assert_eq!(after.holder(), OF_BUILDING);
    assert_eq!(after.offered().map(|h| (h.to, h.from)), Some((SIVS, Owner::Employee(ANNA))));
    assert_eq!(after.wake_at, Some(at("2026-11-11 00:00")));
    let taken = after.accept(SIV, rules(), at("2026-11-10 09:00")).unwrap().callback;
    assert_eq!((taken.holder(), taken.unit), (SIVS, Some(SCHOOL)));
}

// R18: as if nobody had answered; the sender is told in the next morning's digest.
#[test]
fn what_was_offered_to_somebody_who_left_is_the_receiving_units() {
    let after = left(offered_to_siv(), SIV);
    assert_eq!((after.holder(), after.unit), (Owner::Unit(SCHOOL), Some(SCHOOL)));
    let hand_over = after.hand_over.unwrap();
    assert!(hand_over.unanswered && after.offered().is_none());
    assert_eq!((hand_over.from, hand_over.until), (Owner::Employee(ANNA), at("2026-11-10 00:05")));
    assert_eq!((after.hops, after.wake_at), (1, None));
    assert_eq!(left(after.clone(), SIV), after);
}

#[test]
fn what_has_ended_stays_as_it_ended() {
    use crate::callback::Disposition::Reached;
    let now = at("2026-11-09 14:00");
    let resolved = opened().resolve(ANNA, Reached, rules(), now).unwrap().callback;
    let refused = resolved.owner_left(ANNA, Some(BUILDING), rules(), at("2026-11-10 00:05"));
    assert_eq!(refused.unwrap_err(), Refusal::AlreadyResolved { at: now });
}
