//! What the PBX saw of our coming back.

use super::{entries, opened, opened_by, state};
use crate::callback::{Callback, Disposition, Effort, EffortKind, How, State};
use crate::decision::{Decision, Entry};
use crate::testing::*;
use crate::verdict::Answer;

const LATER: &str = "2026-11-09 12:00";

fn heard(callback: Callback, effort: &Effort) -> Decision {
    callback.hear(effort, rules(), at(LATER)).unwrap()
}

fn provisional() -> Callback {
    heard(opened(), &we_rang(7, "2026-11-09 11:00", Some(60))).callback
}

// R21, R22: 20 s of talk after the contact resolve provisionally; shorter, unanswered or unknown is an attempt.
#[test]
fn only_a_talk_of_twenty_seconds_resolves() {
    let unknown = Answer::Yes { talk_ms: None };
    let of = |kind| Effort { kind, ..we_rang(7, "2026-11-09 11:00", None) };
    for (effort, expected) in [
        (of(EffortKind::WeRang(Answer::Yes { talk_ms: Some(20_000) })), "provisional"),
        (of(EffortKind::WeRang(Answer::Yes { talk_ms: Some(19_999) })), "attempted"),
        (of(EffortKind::WeRang(unknown)), "attempted"),
        (of(EffortKind::WeRang(Answer::No)), "attempted"),
        (of(EffortKind::CallerRang { talk_ms: Some(20_000) }), "provisional"),
        (of(EffortKind::CallerRang { talk_ms: Some(19_999) }), "nothing"),
        (of(EffortKind::CallerRang { talk_ms: None }), "nothing"),
        (we_rang(7, "2026-11-09 10:00", Some(60)), "nothing"),
        (we_rang(7, "2026-11-09 09:00", Some(60)), "nothing"),
    ] {
        let decision = heard(opened(), &effort);
        let told = match (state(&decision.callback), decision.callback.attempts.len()) {
            ("open", 0) => "nothing",
            ("open", _) => "attempted",
            (other, _) => other,
        };
        assert_eq!(told, expected, "{effort:?}");
    }
}

// R21, R22: who rang says how it ended; final at the end of the next working day.
#[test]
fn a_provisional_end_says_how_and_until_when() {
    for (effort, expected) in [
        (we_rang(7, "2026-11-09 11:00", Some(60)), Disposition::ReachedByPbx),
        (caller_rang(7, "2026-11-09 11:00", 60), Disposition::CallerReachedUs),
    ] {
        let decision = heard(opened(), &effort);
        let State::Provisional { call, disposition, final_at, .. } = decision.callback.state else {
            panic!("{:?}", decision.callback.state)
        };
        assert_eq!((call, disposition), (call_id(7), expected));
        assert_eq!(final_at, at("2026-11-11 00:00"));
        assert_eq!(decision.callback.wake_at, Some(final_at));
        assert_eq!(decision.callback.reached_at(), Some(effort.at));
    }
    let before_christmas = opened_by(message(1, "2026-12-23 10:00"));
    let christmas = before_christmas.hear(
        &we_rang(7, "2026-12-23 11:00", Some(60)),
        rules(),
        at("2026-12-23 11:05"),
    );
    assert_eq!(christmas.unwrap().callback.wake_at, Some(at("2026-12-29 00:00")));
}

// R21: later facts of the same call say how long they talked after all.
#[test]
fn news_of_a_call_replaces_what_it_meant() {
    let tried = heard(opened(), &we_rang(7, "2026-11-09 11:00", None)).callback;
    let talked = heard(tried, &we_rang(7, "2026-11-09 11:00", Some(60)));
    assert_eq!(entries(&talked), ["attempted", "resolved_by_pbx"]);
    assert_eq!(talked.callback.attempts.len(), 1, "one call is one attempt");

    let shorter = heard(talked.callback, &we_rang(7, "2026-11-09 11:00", Some(5)));
    assert_eq!(entries(&shorter), ["reopened_by_pbx", "attempted"]);
    assert_eq!((state(&shorter.callback), shorter.callback.wake_at), ("open", None));
    assert_eq!(shorter.callback.reached_at(), None);

    let rang = heard(opened(), &caller_rang(7, "2026-11-09 11:00", 60)).callback;
    let hung_up = heard(rang, &caller_rang(7, "2026-11-09 11:00", 5));
    assert_eq!(hung_up.callback.attempts, [], "a caller who hung up is no attempt of ours");

    let other_time = heard(provisional(), &we_rang(7, "2026-11-09 11:02", Some(60))).callback;
    let undone = other_time.undo(None, ANNA, rules(), at(LATER)).unwrap().remove(0);
    assert!(undone.callback.attempts[0].undone, "the end moved along with its attempt");
}

// R20: one click takes back what the PBX thought; of the calls, exactly the one that had resolved it.
#[test]
fn an_undone_call_does_not_resolve_again() {
    let two = heard(provisional(), &we_rang(8, "2026-11-09 11:00", Some(90))).callback;
    let undone_one = |c: &Callback| {
        let undone: Vec<_> = c.attempts.iter().filter(|a| a.undone).map(|a| a.how).collect();
        assert_eq!(undone, [How::Seen { call: call_id(7) }]);
    };
    for ended in [two.clone(), two.make_final(at(LATER)).callback] {
        let open = ended.undo(None, ANNA, rules(), at(LATER)).unwrap().remove(0).callback;
        undone_one(&open);
        for again in [Some(60), Some(600), None] {
            let decision = heard(open.clone(), &we_rang(7, "2026-11-09 11:00", again));
            assert!(decision.is_unchanged(), "{again:?}");
        }
        let another = heard(open, &we_rang(9, "2026-11-09 11:30", Some(60)));
        assert_eq!(state(&another.callback), "provisional", "another talk counts");
    }
}

// R20: nor does the call resolve again when it was the end entered after it that was undone.
#[test]
fn the_same_news_does_not_resolve_what_somebody_reopened() {
    let by_hand = provisional().resolve(ANNA, Disposition::Reached, rules(), at(LATER)).unwrap();
    let open = by_hand.callback.undo(None, ANNA, rules(), at(LATER)).unwrap().remove(0).callback;
    let again = heard(open, &we_rang(7, "2026-11-09 11:00", Some(60)));
    assert!(again.is_unchanged());
    assert_eq!(state(&again.callback), "open");
}

// R5, R21: a talk before another promise is an attempt that reached the caller, and resolves nothing.
#[test]
fn a_talk_between_two_promises_leaves_the_later_one_open() {
    for later in [message(2, "2026-11-09 11:30"), miss(2, "2026-11-09 11:30")] {
        let both = opened().join(later, rules(), at(LATER)).unwrap().callback;
        let decision = heard(both, &we_rang(7, "2026-11-09 11:00", Some(60)));
        assert_eq!(state(&decision.callback), "open");
        assert_eq!(decision.callback.reached_at(), Some(at("2026-11-09 11:00")));
        let after = heard(decision.callback, &we_rang(8, "2026-11-09 11:45", Some(60)));
        assert_eq!(state(&after.callback), "provisional");
    }
    // R2: what promises nothing holds nothing up.
    let both = opened().join(listed(2, "2026-11-09 11:30"), rules(), at(LATER)).unwrap().callback;
    assert_eq!(
        state(&heard(both, &we_rang(7, "2026-11-09 11:00", Some(60))).callback),
        "provisional"
    );
}

// R5: nobody knows which of a hospital's callers a call to the hospital was for.
#[test]
fn a_call_to_a_shared_number_is_an_attempt_and_resolves_nothing() {
    let shared = Callback { may_be_joined: false, ..opened() };
    let decision = heard(shared.clone(), &we_rang(7, "2026-11-09 11:00", Some(600)));
    assert_eq!(entries(&decision), ["attempted"]);
    assert_eq!(decision.callback.reached_at(), None);
    assert!(heard(shared, &caller_rang(7, "2026-11-09 11:00", 600)).is_unchanged());
}

// R12, R19: an attempt before the earliest contact still standing did not come back on it.
#[test]
fn an_attempt_at_a_withdrawn_contact_does_not_count_for_the_next() {
    let tried = heard(opened(), &we_rang(7, "2026-11-09 11:00", None)).callback;
    let now = at("2026-11-10 12:00");
    let both = tried.join(message(2, "2026-11-10 09:00"), rules(), now).unwrap().callback;
    assert_eq!(both.first_attempt_at(), Some(at("2026-11-09 11:00")));
    let second = both.withdraw_contact(call_id(1), rules(), now).unwrap().callback;
    assert_eq!(second.first_attempt_at(), None);
    let tried = second.attempt(ANNA, How::Phone, now).unwrap().callback;
    assert_eq!(tried.first_attempt_at(), Some(now));
}

// R9: the PBX's clock may be 5 min ahead, so that an attempt entered at once seems to come before its contact.
#[test]
fn an_attempt_entered_at_once_counts_though_the_clocks_differ() {
    let entered = opened().attempt(ANNA, How::Phone, at("2026-11-09 09:56")).unwrap().callback;
    assert_eq!(entered.first_attempt_at(), Some(at("2026-11-09 09:56")));
}

#[test]
fn the_journal_names_the_call_and_the_line_and_nobodys_number() {
    let decision = heard(opened(), &we_rang(7, "2026-11-09 11:00", Some(60)));
    let (by, call, disposition) = (line_id("Anna"), call_id(7), Disposition::ReachedByPbx);
    assert_eq!(decision.entries[1], Entry::ResolvedByPbx { by, call, disposition });
}
