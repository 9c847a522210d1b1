//! How a callback ends by hand and by time, and comes back.

use super::{entries, opened, opened_by, state};
use crate::callback::{Actor, Callback, Disposition, How, State, Withdrawal};
use crate::decision::{Entry, Refusal};
use crate::testing::*;

fn resolved(disposition: Disposition) -> Callback {
    let now = at("2026-11-10 10:00");
    opened().resolve(ANNA, disposition, rules(), now).unwrap().callback
}

// R19: some dispositions are an attempt that reached the caller; the others say nothing of one.
#[test]
fn what_was_reached_is_an_attempt_too() {
    let now = at("2026-11-10 10:00");
    for (disposition, reached) in [
        (Disposition::Reached, Some(now)),
        (Disposition::Emailed, Some(now)),
        (Disposition::CallerReachedUs, Some(now)),
        (Disposition::HandledByColleague, None),
        (Disposition::NotARequest, None),
    ] {
        let callback = resolved(disposition);
        assert_eq!(callback.reached_at(), reached, "{disposition:?}");
        assert_eq!(callback.first_attempt_at(), reached, "{disposition:?}");
    }
}

// R20: not reachable takes at least 3 attempts on 2 different working days.
#[test]
fn nobody_is_unreachable_after_one_afternoon_or_a_weekend() {
    for (attempts, expected) in [
        (vec!["2026-11-09 11:00", "2026-11-10 11:00"], Err((2, 2))),
        (vec!["2026-11-09 11:00", "2026-11-09 13:00", "2026-11-09 15:00"], Err((3, 1))),
        (vec!["2026-11-13 11:00", "2026-11-14 11:00", "2026-11-15 11:00"], Err((3, 1))),
        (vec!["2026-11-09 11:00", "2026-11-09 13:00", "2026-11-10 11:00"], Ok(())),
    ] {
        let tried = attempts.iter().fold(opened(), |callback, time| {
            callback.attempt(ANNA, How::Phone, at(time)).unwrap().callback
        });
        let now = at("2026-11-16 10:00");
        let decided = tried.resolve(ANNA, Disposition::NotReachable, rules(), now);
        let refused = |(attempts, days)| Refusal::TooFewAttempts { attempts, days };
        assert_eq!(decided.map(|_| ()), expected.map_err(refused), "{attempts:?}");
    }
}

// R6, R20: a withheld number with a message may end as no contact details.
#[test]
fn no_contact_details_is_for_who_withheld_the_number() {
    let withheld = Callback { caller: None, ..opened() };
    let now = at("2026-11-10 10:00");
    let decision = withheld.resolve(ANNA, Disposition::NoContactDetails, rules(), now).unwrap();
    assert_eq!(state(&decision.callback), "resolved");
}

// R2: a missed call that promised nothing is shown for 5 working days.
#[test]
fn what_promised_nothing_lapses_after_five_working_days() {
    let callback = opened_by(listed(1, "2026-11-09 10:00"));
    assert_eq!(callback.wake_at, Some(at("2026-11-17 00:00")));
    assert!(callback.clone().wake(rules(), at("2026-11-16 23:59:59")).unwrap().is_unchanged());
    let lapsed = callback.wake(rules(), at("2026-11-17 00:00")).unwrap();
    assert_eq!(entries(&lapsed), ["withdrawn"]);
    let why = Withdrawal::Lapsed;
    assert_eq!(lapsed.callback.state, State::Withdrawn { why, at: at("2026-11-17 00:00") });
    // Another one that promises nothing keeps it on the list for its own days.
    let again = opened_by(listed(1, "2026-11-09 10:00"));
    let again = again.join(listed(2, "2026-11-11 10:00"), rules(), at("2026-11-11 10:01")).unwrap();
    assert_eq!(again.callback.wake_at, Some(at("2026-11-19 00:00")));
}

// R20: undo for 5 working days after the end.
#[test]
fn a_disposition_can_be_undone_for_five_working_days() {
    let undo = |time| resolved(Disposition::Reached).undo(None, BO, rules(), at(time));
    let undone = undo("2026-11-17 23:59").unwrap().remove(0);
    assert_eq!(undone.entries, [Entry::Undone { by: Actor::Employee(BO) }]);
    assert_eq!(state(&undone.callback), "open");
    let until = date("2026-11-17");
    assert_eq!(undo("2026-11-18 00:00").unwrap_err(), Refusal::TooLateToUndo { until });
}

// R12, R20: what was entered by mistake keeps no promise; what was tried before it still does.
#[test]
fn an_undone_entry_is_no_attempt_any_more() {
    let undone = |callback: Callback| {
        callback.undo(None, ANNA, rules(), at("2026-11-10 10:01")).unwrap().remove(0).callback
    };
    let callback = undone(resolved(Disposition::Reached));
    assert_eq!((callback.first_attempt_at(), callback.reached_at()), (None, None));

    let earlier = at("2026-11-09 15:00");
    let tried = opened().attempt(ANNA, How::Phone, earlier).unwrap().callback;
    let now = at("2026-11-10 10:00");
    let both = tried.resolve(ANNA, Disposition::Reached, rules(), now).unwrap().callback;
    assert_eq!(undone(both).first_attempt_at(), Some(earlier));

    // A colleague's attempt of the same moment is the colleague's.
    let tried = opened().attempt(BO, How::Phone, now).unwrap().callback;
    let both = tried.resolve(ANNA, Disposition::Reached, rules(), now).unwrap().callback;
    let callback = undone(both);
    assert_eq!((callback.first_attempt_at(), callback.reached_at()), (Some(now), None));

    // A call that the PBX saw was made, whatever came of it.
    let rang_at = at("2026-11-09 11:00");
    let rang = opened().hear(&we_rang(7, "2026-11-09 11:00", Some(60)), rules(), rang_at);
    let callback = undone(rang.unwrap().callback);
    assert_eq!((callback.first_attempt_at(), callback.reached_at()), (Some(rang_at), None));
}

// R20: undo while a newer one is open joins the two.
#[test]
fn an_undone_callback_takes_over_what_a_newer_one_holds() {
    let old = resolved(Disposition::Reached);
    let newer = Callback { id: callback_id(2), ..opened_by(message(2, "2026-11-11 09:00")) };
    let newer = newer.attempt(ANNA, How::Email, at("2026-11-11 11:00")).unwrap().callback;
    let now = at("2026-11-11 12:00");
    let decisions = old.undo(Some(newer.clone()), ANNA, rules(), now).unwrap();
    let [gone, joined] = decisions.as_slice() else { panic!("{decisions:?}") };
    let why = Withdrawal::JoinedTo(callback_id(1));
    assert_eq!(gone.callback.state, State::Withdrawn { why, at: now });
    assert_eq!(
        (gone.callback.id, gone.callback.joined_to()),
        (callback_id(2), Some(callback_id(1)))
    );
    assert_eq!(entries(joined), ["undone", "joined_from"]);
    let calls: Vec<_> = joined.callback.contacts.iter().map(|c| c.call).collect();
    assert_eq!(calls, [call_id(1), call_id(2)]);
    assert_eq!(joined.callback.attempts.len(), 2);
    assert_eq!(joined.callback.due, opened().due, "the earliest promise of both");

    let ended = newer.resolve(ANNA, Disposition::Emailed, rules(), now).unwrap().callback;
    let alone = resolved(Disposition::Reached).undo(Some(ended), ANNA, rules(), now).unwrap();
    assert_eq!(alone.len(), 1, "one that has ended stays by itself");
}

// R11, R20: what a newer one promises earlier is promised by both, and the journal says so.
#[test]
fn a_join_by_undo_that_moves_the_last_day_is_in_the_journal() {
    let listed_one = opened_by(listed(1, "2026-11-09 10:00"));
    let now = at("2026-11-10 10:00");
    let old = listed_one.resolve(ANNA, Disposition::Reached, rules(), now).unwrap().callback;
    let newer = Callback { id: callback_id(2), ..opened_by(message(2, "2026-11-11 09:00")) };
    let decisions = old.undo(Some(newer), ANNA, rules(), at("2026-11-11 12:00")).unwrap();
    let moved = Entry::DueMoved { from: None, to: Some(date("2026-11-13")) };
    assert_eq!(decisions[1].entries[2], moved);
}

// R20: what both hold is held once, as it was heard last.
#[test]
fn two_callbacks_that_become_one_hold_each_call_once() {
    let effort = we_rang(7, "2026-11-11 10:00", None);
    let heard = |c: Callback| c.hear(&effort, rules(), at("2026-11-11 10:05")).unwrap().callback;
    let now = at("2026-11-11 11:00");
    let old = heard(opened_by(miss(1, "2026-11-09 10:00")));
    let old = old.resolve(ANNA, Disposition::HandledByColleague, rules(), now).unwrap().callback;
    let newer = heard(opened_by(message(1, "2026-11-09 10:02")));
    let newer = Callback { id: callback_id(2), ..newer };
    let joined = old.undo(Some(newer), ANNA, rules(), now).unwrap().remove(1).callback;
    assert_eq!(joined.contacts, [message(1, "2026-11-09 10:02")]);
    assert_eq!(joined.attempts.len(), 1);
}
