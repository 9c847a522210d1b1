//! From a callback to its line.

use crate::callback::{Callback, Disposition, How};
use crate::decision::Decision;
use crate::follow_up::{Excluded, Followed};
use crate::testing::{
    ANNA, BUILDING, at, call_id, callback_id, caller_rang, date, listed, message, miss, opening,
    rules, we_rang,
};
use crate::transitions::Opening;

fn opened(contact: crate::callback::Contact) -> Callback {
    Callback::open(opening(contact), rules(), at("2026-11-09 10:01")).unwrap().callback
}

/// Left on a Monday, promised for the Wednesday.
fn waiting() -> Callback {
    opened(message(1, "2026-11-09 10:00"))
}

fn resolved(callback: Callback, disposition: Disposition) -> Callback {
    callback.resolve(ANNA, disposition, rules(), at("2026-11-10 09:00")).unwrap().callback
}

// R12, R19: attempted, reached and resolved are three facts, with a time each.
#[test]
fn attempted_reached_and_resolved_are_told_apart() {
    let open = Followed::of(&waiting());
    assert_eq!((open.unit, open.has_message), (Some(BUILDING), true));
    assert_eq!((open.received_at, open.due_on), (at("2026-11-09 10:00"), Some(date("2026-11-11"))));
    assert_eq!((open.attempted_at, open.reached_at, open.resolved_at), (None, None, None));
    let tried = waiting().attempt(ANNA, How::Phone, at("2026-11-09 15:00")).unwrap().callback;
    let line = Followed::of(&tried);
    assert_eq!((line.attempted_at, line.reached_at), (Some(at("2026-11-09 15:00")), None));
    let line = Followed::of(&resolved(tried, Disposition::Reached));
    let next = Some(at("2026-11-10 09:00"));
    assert_eq!(line.attempted_at, Some(at("2026-11-09 15:00")), "the first one counts");
    assert_eq!((line.reached_at, line.resolved_at), (next, next));
    assert!(!line.reached_by_pbx);
}

// R21, R22
#[test]
fn what_rests_on_the_pbx_is_marked_from_the_start_and_until_it_is_undone() {
    let now = at("2026-11-09 11:05");
    let spoke = waiting().hear(&we_rang(7, "2026-11-09 11:00", Some(60)), rules(), now);
    let spoke = spoke.unwrap().callback;
    for callback in [spoke.clone(), spoke.clone().make_final(now).callback] {
        let line = Followed::of(&callback);
        assert!(line.reached_by_pbx);
        assert_eq!(line.resolved_at, Some(at("2026-11-09 11:00")));
    }
    let undone = spoke.undo(None, ANNA, rules(), now).unwrap().remove(0).callback;
    let line = Followed::of(&undone);
    assert!(!line.reached_by_pbx);
    let call = Some(at("2026-11-09 11:00"));
    assert_eq!((line.attempted_at, line.reached_at, line.resolved_at), (call, None, None));
    let rang = waiting().hear(&caller_rang(7, "2026-11-09 11:00", 60), rules(), now);
    let line = Followed::of(&rang.unwrap().callback);
    assert!(!line.reached_by_pbx && line.reached_at.is_some(), "it was the caller who came back");
}

// R2: a message that comes after the miss makes it one of the policy's; its day stays that of the miss (R11).
#[test]
fn whether_there_is_a_message_follows_what_stands() {
    let missed = opened(miss(1, "2026-11-09 10:00"));
    assert!(!Followed::of(&missed).has_message);
    let now = at("2026-11-10 10:01");
    let joined = missed.join(message(2, "2026-11-10 10:00"), rules(), now).unwrap().callback;
    let line = Followed::of(&joined);
    assert_eq!((line.has_message, line.received_at), (true, at("2026-11-09 10:00")));
    let gone = joined.withdraw_contact(call_id(1), rules(), now).unwrap().callback;
    let line = Followed::of(&gone);
    assert_eq!((line.received_at, line.due_on), (at("2026-11-10 10:00"), Some(date("2026-11-12"))));
}

fn excluded(callback: &Callback) -> Option<Excluded> {
    Followed::of(callback).excluded
}

// R4, R20
#[test]
fn what_was_no_promise_is_excluded_and_says_why() {
    use Disposition as D;
    let now = at("2026-11-10 09:00");
    let withheld = Opening { caller: None, ..opening(message(1, "2026-11-09 10:00")) };
    let withheld = Callback::open(withheld, rules(), now).unwrap().callback;
    let withdraw = |c: Callback| c.withdraw_contact(call_id(1), rules(), now).unwrap().callback;
    let ends = |disposition| excluded(&resolved(waiting(), disposition));
    assert_eq!(
        excluded(&resolved(withheld, D::NoContactDetails)),
        Some(Excluded::NoContactDetails)
    );
    assert_eq!(ends(D::NotARequest), Some(Excluded::NotARequest));
    assert_eq!(excluded(&withdraw(waiting())), Some(Excluded::Contradicted));
    assert_eq!(
        excluded(&withdraw(resolved(waiting(), D::Reached))),
        Some(Excluded::Contradicted),
        "nobody waited, whatever was done about it"
    );
    for counts in [D::Reached, D::Emailed, D::CallerReachedUs, D::HandledByColleague] {
        assert_eq!(ends(counts), None, "{counts:?}");
    }
    assert_eq!(excluded(&waiting()), None);
}

// R20: the two that an undo joined are one, and count once.
#[test]
fn what_goes_on_in_another_is_counted_there() {
    let old = resolved(waiting(), Disposition::Reached);
    let newer = Opening { id: callback_id(2), ..opening(message(2, "2026-11-10 11:00")) };
    let now = at("2026-11-10 12:00");
    let newer = Callback::open(newer, rules(), now).unwrap().callback;
    let decisions: Vec<Decision> = old.undo(Some(newer), ANNA, rules(), now).unwrap();
    let told: Vec<_> = decisions.iter().map(|d| excluded(&d.callback)).collect();
    assert_eq!(told, [Some(Excluded::Joined), None]);
}

// R2: of those that promise nothing only the ones somebody worked on would be left to count.
#[test]
fn what_only_stood_on_the_list_is_excluded_whether_it_lapsed_or_not() {
    let on_list = opened(listed(1, "2026-11-09 10:00"));
    let lapsed = on_list.clone().wake(rules(), at("2026-11-17 00:00")).unwrap().callback;
    let reached = resolved(on_list.clone(), Disposition::Reached);
    for callback in [on_list, lapsed, reached] {
        let line = Followed::of(&callback);
        assert_eq!(line.excluded, Some(Excluded::NothingPromised));
        assert_eq!(line.received_at, at("2026-11-09 10:00"), "it has its month all the same");
    }
}
