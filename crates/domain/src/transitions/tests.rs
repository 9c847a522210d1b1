//! Every transition in every state, and what the second time says.

mod dates;
mod efforts;
mod endings;

use crate::callback::{Callback, Contact, Disposition, How, State};
use crate::decision::{Decision, Refusal};
use crate::testing::*;

/// Anna's, for a message left on Monday 9 November 2026 at 10:00: the last day is Wednesday.
pub(super) fn opened() -> Callback {
    opened_by(message(1, "2026-11-09 10:00"))
}

pub(super) fn opened_by(contact: Contact) -> Callback {
    let now = contact.at;
    Callback::open(opening(contact), rules(), now).unwrap().callback
}

/// The names of a decision's entries.
pub(super) fn entries(decision: &Decision) -> Vec<&'static str> {
    decision.entries.iter().map(|e| e.name()).collect()
}

pub(super) fn state(callback: &Callback) -> &'static str {
    match callback.state {
        State::Open => "open",
        State::Provisional { .. } => "provisional",
        State::Resolved { .. } => "resolved",
        State::Withdrawn { .. } => "withdrawn",
    }
}

/// The state it came to and what the journal says, or why it was refused.
fn told(result: &Result<Decision, Refusal>) -> String {
    match result {
        Ok(d) => [&[state(&d.callback)], entries(d).as_slice()].concat().join(" "),
        Err(Refusal::AlreadyResolved { .. }) => "is resolved".to_owned(),
        Err(Refusal::Withdrawn { .. }) => "is withdrawn".to_owned(),
        Err(Refusal::NotResolved) => "is not resolved".to_owned(),
        Err(other) => other.to_string(),
    }
}

type Transition = Box<dyn Fn(Callback) -> Result<Decision, Refusal>>;

fn transition(of: impl Fn(Callback) -> Result<Decision, Refusal> + 'static) -> Transition {
    Box::new(of)
}

fn resolve(as_: Disposition) -> Transition {
    transition(move |c| c.resolve(ANNA, as_, rules(), at("2026-11-10 10:00")))
}

fn join(contact: Contact) -> Transition {
    transition(move |c| c.join(contact.clone(), rules(), at("2026-11-10 10:00")))
}

fn hear(call: u128, talk: Option<i64>) -> Transition {
    transition(move |c| {
        c.hear(&we_rang(call, "2026-11-10 09:00", talk), rules(), at("2026-11-10 10:00"))
    })
}

/// Name, transition, and what it says to an open, a provisional, a resolved and a withdrawn callback.
fn table() -> Vec<(&'static str, Transition, [&'static str; 4])> {
    use Disposition as D;
    const DONE: [&str; 2] = ["is resolved", "is withdrawn"];
    let now = || at("2026-11-10 10:00");
    let by_hand = ["resolved resolved", "resolved resolved", "is resolved", "is withdrawn"];
    let few = "not reachable takes 3 attempts on 2 working days; there were 0 on 0";
    let one = "not reachable takes 3 attempts on 2 working days; there were 1 on 1";
    let only_pbx = "only the PBX resolves as ReachedByPbx";
    let has_number = "no contact details is for callers who withheld their number";
    Vec::from([
        (
            "join another call",
            join(listed(2, "2026-11-09 09:00")),
            ["open joined", "provisional joined", DONE[0], DONE[1]],
        ),
        (
            "join an earlier promise",
            join(message(2, "2026-11-06 09:00")),
            ["open joined due_moved", "provisional joined due_moved", DONE[0], DONE[1]],
        ),
        (
            "join what it holds",
            join(message(1, "2026-11-09 10:00")),
            ["open", "provisional", DONE[0], DONE[1]],
        ),
        (
            "join news of what it holds",
            join(miss(1, "2026-11-09 10:01")),
            ["open amended", "provisional amended", DONE[0], DONE[1]],
        ),
        (
            "amend what has ended",
            transition(move |c| Ok(c.amend_ended(miss(1, "2026-11-09 10:01"), now()))),
            ["open amended", "provisional amended", "resolved amended", "withdrawn amended"],
        ),
        (
            "withdraw its only contact",
            transition(move |c| c.withdraw_contact(call_id(1), rules(), now())),
            [
                "withdrawn contact_withdrawn withdrawn",
                "withdrawn contact_withdrawn withdrawn",
                "resolved contact_withdrawn",
                "withdrawn",
            ],
        ),
        (
            "withdraw what it never held",
            transition(move |c| c.withdraw_contact(call_id(9), rules(), now())),
            ["open", "provisional", "resolved", "withdrawn"],
        ),
        (
            "hear a talk",
            hear(8, Some(20)),
            [
                "provisional attempted resolved_by_pbx",
                "provisional attempted",
                "resolved",
                "withdrawn",
            ],
        ),
        (
            "hear a try",
            hear(8, None),
            ["open attempted", "provisional attempted", "resolved", "withdrawn"],
        ),
        (
            "hear that the talk was none",
            hear(7, Some(19)),
            ["open attempted", "open reopened_by_pbx attempted", "resolved", "withdrawn"],
        ),
        (
            "attempt",
            transition(move |c| c.attempt(ANNA, How::Phone, now())),
            ["open attempted", "provisional attempted", DONE[0], DONE[1]],
        ),
        (
            "resolve as reached",
            resolve(D::Reached),
            ["resolved resolved", "resolved resolved", "resolved", DONE[1]],
        ),
        ("resolve as e-mailed", resolve(D::Emailed), by_hand),
        ("resolve as caller reached us", resolve(D::CallerReachedUs), by_hand),
        ("resolve as handled by a colleague", resolve(D::HandledByColleague), by_hand),
        ("resolve as no request", resolve(D::NotARequest), by_hand),
        ("resolve as by PBX", resolve(D::ReachedByPbx), [only_pbx, only_pbx, DONE[0], DONE[1]]),
        (
            "resolve as no details",
            resolve(D::NoContactDetails),
            [has_number, has_number, DONE[0], DONE[1]],
        ),
        ("resolve as not reachable", resolve(D::NotReachable), [few, one, DONE[0], DONE[1]]),
        (
            "make final",
            transition(move |c| Ok(c.make_final(now()))),
            ["open", "resolved made_final", "resolved", "withdrawn"],
        ),
        (
            "wake too early",
            transition(|c| Ok(c.wake(at("2026-11-10 23:59:59")))),
            ["open", "provisional", "resolved", "withdrawn"],
        ),
        (
            "wake",
            transition(|c| Ok(c.wake(at("2026-11-11 00:00")))),
            ["open", "resolved made_final", "resolved", "withdrawn"],
        ),
        (
            "undo",
            transition(move |c| c.undo(None, ANNA, rules(), now()).map(|mut d| d.remove(0))),
            ["is not resolved", "open undone", "open undone", DONE[1]],
        ),
    ])
}

fn in_every_state() -> [Callback; 4] {
    let provisional = opened()
        .hear(&we_rang(7, "2026-11-09 11:00", Some(60)), rules(), at("2026-11-09 11:05"))
        .unwrap();
    let resolved =
        opened().resolve(ANNA, Disposition::Reached, rules(), at("2026-11-09 12:00")).unwrap();
    let withdrawn = opened().withdraw_contact(call_id(1), rules(), at("2026-11-09 12:00")).unwrap();
    [opened(), provisional.callback, resolved.callback, withdrawn.callback]
}

// R4, R5, R19, R20, R21: what may happen in which state, and what the journal says of it.
#[test]
fn every_transition_says_the_same_in_every_state() {
    for (name, transition, expected) in table() {
        for (callback, expected) in in_every_state().into_iter().zip(expected) {
            let before = state(&callback);
            assert_eq!(told(&transition(callback)), expected, "{name}, {before}");
        }
    }
}

// R4: posts come twice, buttons are pressed twice: the second time changes nothing.
#[test]
fn every_transition_said_twice_says_nothing_the_second_time() {
    for (name, transition, _) in table() {
        for callback in in_every_state() {
            let Ok(first) = transition(callback) else { continue };
            match transition(first.callback.clone()) {
                Ok(second) => {
                    assert!(second.is_unchanged(), "{name}: {:?}", second.entries);
                    assert_eq!(second.callback, first.callback, "{name}");
                }
                Err(refusal) => {
                    let told = told(&Err(refusal));
                    assert!(
                        ["is resolved", "is withdrawn", "is not resolved"].contains(&&*told),
                        "{name}"
                    );
                }
            }
        }
    }
}
