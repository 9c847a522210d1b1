//! From calls to callbacks, on a desk that does with them what the scheduler does.

mod desk;
mod orders;

use self::desk::Desk;
use super::wanted;
use crate::callback::State;
use crate::directory::{Directory, Owner};
use crate::fact::{CallFact, Why};
use crate::ids::EmployeeId;
use crate::party::Party;
use crate::policy::{MissedCalls, Policy};
use crate::testing::*;
use chrono::TimeDelta;

const MINUTE: i64 = 60;

fn anna_rings(from: i64, talk: Option<i64>) -> CallFact {
    let fact = match talk {
        Some(talk) => answered(LISA, from, from + talk + 10, talk),
        None => missed(LISA, from, from + 20),
    };
    let way = crate::fact::Direction::Outbound;
    CallFact { line: party("412"), ..fact.called_by("412").way(way) }
}

fn withheld(fact: CallFact) -> CallFact {
    CallFact { from: Party::withheld(), ..fact }
}

// R1, R2: what opens a callback, and with which promise.
#[test]
fn a_message_promises_and_a_missed_call_as_the_policy_says() {
    let hung_up = |rang| missed("412", 0, 20).ending(Why::Abandoned, rang);
    let (promises, lists, nothing) = (Some(true), Some(false), None);
    for (fact, expected) in [
        (voicemail("412", 20, 40), [promises, promises, promises]),
        (voicemail("412", 20, 40).of_unknown_length(), [promises, promises, promises]),
        (voicemail("412", 20, 22), [promises, lists, nothing]),
        (missed("412", 0, 20), [promises, lists, nothing]),
        (hung_up(Some(5)), [promises, lists, nothing]),
        (hung_up(None), [promises, lists, nothing]),
        (hung_up(Some(4)), [nothing; 3]),
        (missed("412", 0, 1).ending(Why::Busy, Some(0)), [promises, lists, nothing]),
        (missed("412", 0, 1).ending(Why::Refused, Some(1)), [promises, lists, nothing]),
        (missed("412", 0, 1).ending(Why::Offline, Some(0)), [promises, lists, nothing]),
        (missed("412", 0, 1).ending(Why::DoNotDisturb, Some(0)), [promises, lists, nothing]),
        (answered("412", 0, 60, 50), [nothing; 3]),
        (withheld(voicemail("412", 20, 40)), [promises, promises, promises]),
        (withheld(missed("412", 0, 20)), [nothing; 3]),
    ] {
        let policies = [MissedCalls::Deadline, MissedCalls::List, MissedCalls::Ignore];
        for (missed_calls, expected) in policies.into_iter().zip(expected) {
            let policy = Policy { missed_calls, ..Policy::default() };
            let wanted = wanted(
                call_id(1),
                &judged(std::slice::from_ref(&fact)),
                &TOWN,
                &policy,
                CALENDAR.zone(),
            );
            let promised = wanted.contact.map(|w| w.contact.promised);
            assert_eq!(promised, expected, "{missed_calls:?}: {:?}", fact.what);
        }
    }
}

// R5: another call of the same caller joins; another caller's, or another owner's, opens.
#[test]
fn one_callback_is_open_per_caller_and_owner() {
    let mut desk = Desk::default();
    assert_eq!(desk.settle(1, missed("412", 0, 20)), ["opened"]);
    assert_eq!(desk.settle(2, voicemail("412", 60, 80)), ["joined"]);
    assert_eq!(desk.settle(3, missed("412", 120, 140).called_by(OMAR)), ["opened"]);
    assert_eq!(desk.settle(4, missed("413", 180, 200)), ["opened"]);
    assert_eq!(desk.settle(5, missed("412", 240, 260).dialled("700")), ["opened"]);
}

// R5: after it is resolved a new one opens, linked to the old.
#[test]
fn after_a_resolved_one_a_new_one_opens_and_is_linked_to_it() {
    let mut desk = Desk::default();
    desk.settle(1, missed("412", 0, 20));
    desk.resolve(0, ANNA, s(5 * MINUTE));
    assert_eq!(desk.settle(2, missed("412", 600, 620)), ["opened"]);
    assert_eq!(desk.callbacks[1].previous, Some(desk.callbacks[0].id));
}

// R5: a new message makes a provisional one final first. So does a missed call that promises a last day (R2).
#[test]
fn who_rings_again_after_the_talk_is_promised_anew() {
    for (again, expected) in [
        (voicemail("412", 600, 620), vec!["made_final", "opened"]),
        (missed("412", 600, 620), vec!["made_final", "opened"]),
        (voicemail("412", 30, 50), vec!["joined"]),
        (missed("412", 30, 50), vec!["joined"]),
    ] {
        let mut desk = Desk::default();
        desk.settle(1, missed("412", 0, 20));
        assert_eq!(desk.settle(2, anna_rings(120, Some(60))), ["attempted", "resolved_by_pbx"]);
        assert_eq!(desk.settle(3, again), expected);
        let linked = expected.len() == 2;
        assert_eq!(desk.callbacks.len() == 2 && desk.callbacks[1].previous.is_some(), linked);
    }
    let mut desk = Desk::with(Policy { missed_calls: MissedCalls::List, ..Policy::default() });
    desk.settle(1, voicemail("412", 0, 20));
    desk.settle(2, anna_rings(120, Some(60)));
    assert_eq!(desk.settle(3, missed("412", 600, 620)), ["joined"], "it promises nothing");
}

// R5: a shared number is never merged, linked, or resolved by a call that may have been for another.
#[test]
fn callers_behind_a_shared_number_stay_apart() {
    let mut desk = Desk::with(Policy { shared: Vec::from([e164(LISA)]), ..Policy::default() });
    assert_eq!(desk.settle(1, voicemail("412", 0, 20)), ["opened"]);
    assert_eq!(desk.settle(2, voicemail("412", 60, 80)), ["opened"]);
    assert_eq!(desk.settle(3, anna_rings(120, Some(600))), ["attempted", "attempted"]);
    desk.resolve(0, ANNA, s(1_000));
    assert_eq!(desk.settle(4, voicemail("412", 2_000, 2_020)), ["opened"]);
    assert_eq!(desk.callbacks[2].previous, None);
}

// R6: withheld numbers are never merged with another call; the miss and the message of one call are one.
#[test]
fn a_withheld_number_is_merged_with_its_own_call_only() {
    let mut desk = Desk::default();
    let (miss, message) = (withheld(missed("412", 0, 20)), withheld(voicemail("412", 20, 40)));
    assert_eq!(desk.settle(1, miss.clone()), [""; 0]);
    assert_eq!(desk.settle_all(1, &[miss.clone(), message.clone()]), ["opened"]);
    assert_eq!(desk.settle_all(1, &[miss, message.of_unknown_length()]), ["amended"]);
    assert_eq!(desk.settle(2, withheld(voicemail("412", 100, 120))), ["opened"]);
    assert_eq!(desk.callbacks[0].caller, None);
    assert!(!desk.callbacks[0].may_be_joined);
}

// R1, R6: the message of a call whose miss opened a callback makes it one with a message.
#[test]
fn a_message_that_is_told_after_its_miss_is_the_same_contact() {
    let mut desk = Desk::default();
    let (miss, message) = (missed("412", 0, 20), voicemail("412", 20, 40));
    desk.settle(1, miss.clone());
    assert!(!desk.callbacks[0].has_message());
    assert_eq!(desk.settle_all(1, &[miss, message]), ["amended"]);
    assert!(desk.callbacks[0].has_message());
    assert_eq!(desk.callbacks[0].contacts.len(), 1);
}

// R1, R5: a message is not lost because its call was known when the matter ended.
#[test]
fn a_message_left_after_the_end_opens_though_its_call_is_known() {
    let (miss, message) = (missed("412", 0, 20), voicemail("412", 20, 400));
    let mut desk = Desk::default();
    desk.settle(1, miss.clone());
    desk.resolve(0, ANNA, s(120));
    assert_eq!(desk.settle_all(1, &[miss.clone(), message.clone()]), ["opened"]);
    assert_eq!(desk.callbacks[1].previous, Some(desk.callbacks[0].id));
    assert_eq!(desk.settle_all(1, &[miss.clone(), message.clone()]), [""; 0]);
    // Left before the end, it only corrects what is known.
    let mut desk = Desk::default();
    desk.settle(1, miss.clone());
    desk.resolve(0, ANNA, s(600));
    assert_eq!(desk.settle_all(1, &[miss.clone(), message.clone()]), ["amended"]);
    // R2: nor because nothing was promised, and it had left the list.
    let mut desk = Desk::with(Policy { missed_calls: MissedCalls::List, ..Policy::default() });
    desk.settle(1, miss.clone());
    desk.wake(at("2026-11-20 10:00"));
    assert_eq!(desk.settle_all(1, &[miss, message]), ["opened"]);
    assert!(desk.callbacks[1].due.is_some());
}

// R8: blocked numbers make no callback.
#[test]
fn a_blocked_number_opens_nothing() {
    let mut desk = Desk::with(Policy { blocked: Vec::from([e164(LISA)]), ..Policy::default() });
    assert_eq!(desk.settle(1, voicemail("412", 0, 20)), [""; 0]);
    assert_eq!(desk.settle(2, voicemail("412", 0, 20).called_by(OMAR)), ["opened"]);
}

// R10: call-backs that were heard before the contact are folded in; those before it in time are not.
#[test]
fn opening_looks_back_on_what_was_done_since() {
    let mut desk = Desk::default();
    desk.settle(2, anna_rings(120, Some(60)));
    desk.settle(3, anna_rings(-600, Some(60)));
    assert_eq!(desk.settle(1, missed("412", 0, 20)), ["opened", "attempted", "resolved_by_pbx"]);
    let mut desk = Desk::default();
    desk.settle(2, anna_rings(120, None));
    assert_eq!(desk.settle(1, missed("412", 0, 20)), ["opened", "attempted"]);
}

// R21, R22: a colleague of the same unit answers for it; another unit, or the switchboard, does not.
#[test]
fn only_those_who_answer_for_it_resolve_it() {
    for (phone, expected) in
        [("412", true), ("413", true), ("700", true), ("414", false), ("0", false)]
    {
        let mut desk = Desk::default();
        desk.settle(1, missed("412", 0, 20));
        let told = desk.settle(2, answered(phone, 600, 700, 60));
        assert_eq!(!told.is_empty(), expected, "{phone}");
    }
}

// R4: a late fact that contradicts withdraws the contact, and with its last contact an untouched callback.
#[test]
fn a_call_that_was_answered_after_all_is_withdrawn() {
    let (miss, answer) = (missed("412", 0, 20), answered("413", 20, 60, 35));
    let mut desk = Desk::default();
    desk.settle(1, miss.clone());
    assert_eq!(
        desk.settle_all(1, &[miss.clone(), answer.clone()]),
        ["contact_withdrawn", "withdrawn"]
    );
    assert_eq!(desk.settle_all(1, &[miss.clone(), answer.clone()]), [""; 0]);
    // And the PBX changes its mind again.
    assert_eq!(desk.settle(1, miss), ["opened"]);
}

// R4: what turns out to be somebody else's is withdrawn here and opened there.
#[test]
fn a_contact_moves_to_the_owner_it_belongs_to() {
    let mut desk = Desk::default();
    let (first, last) = (missed("412", 0, 20), missed("414", 20, 40));
    desk.settle(1, first.clone());
    let told = desk.settle_all(1, &[first, last]);
    assert_eq!(told, ["contact_withdrawn", "withdrawn", "opened"]);
    assert_eq!(desk.callbacks[1].owner, Owner::Employee(SIV));
}

// R1: a message counts whoever answered in the same call, also when the answer was told first.
#[test]
fn a_message_of_the_call_that_resolved_it_opens_it_again() {
    let (answer, message) = (answered("412", 600, 700, 60), voicemail("412", 640, 660));
    let mut desk = Desk::default();
    desk.settle(1, missed("412", 0, 20));
    assert_eq!(desk.settle(2, answer.clone()), ["attempted", "resolved_by_pbx"]);
    let told = desk.settle_all(2, &[answer.clone(), message.clone()]);
    assert_eq!(told, ["joined", "reopened_by_pbx"]);
    assert_eq!(desk.callbacks[0].wake_at, None);
    assert_eq!(desk.settle_all(2, &[answer, message]), [""; 0]);
}

// R20: what an undo joined to another callback is amended and withdrawn there.
#[test]
fn news_of_a_joined_callback_reach_the_one_it_was_joined_to() {
    let mut desk = Desk::default();
    desk.settle(1, missed("412", 0, 20));
    desk.resolve(0, ANNA, s(120));
    let (miss, message) = (missed("412", 600, 620), voicemail("412", 620, 640));
    desk.settle(2, miss.clone());
    desk.undo(0, Some(1), s(900));
    assert_eq!(desk.callbacks[1].joined_to(), Some(desk.callbacks[0].id));
    assert_eq!(desk.settle_all(2, &[miss, message]), ["amended"]);
    assert!(desk.callbacks[0].has_message());
    assert_eq!(desk.callbacks.len(), 2);
}

// R15: a line that changes hands moves no old callback; the day of the contact says whose it is.
#[test]
fn the_local_day_of_the_contact_says_whose_line_it_was() {
    let before_midnight = at("2026-11-09 23:59:30");
    let line = line(20, "New", crate::directory::LineKind::Person, BUILDING, "480");
    let line = line.assigned("2026-01-01", ANNA).assigned("2026-11-10", BO);
    let units = TOWN.units().to_vec();
    let town = Directory::new(units, TOWN.employees().to_vec(), Vec::from([line]), Vec::new());
    for (seconds, owner) in [(0, ANNA), (60, BO)] {
        let ended_at = Some(before_midnight + TimeDelta::seconds(seconds));
        let fact = CallFact { began_at: None, ended_at, ..voicemail("480", 0, 20) };
        let verdict = folded(&[fact]).verdict(&source(), &town, &POLICY);
        let wanted = wanted(call_id(1), &verdict, &town, &POLICY, CALENDAR.zone());
        let owner: EmployeeId = owner;
        assert_eq!(wanted.contact.unwrap().owner, Owner::Employee(owner));
    }
}

// R7: an internal caller waits for a call back as anybody does, and gets it from the phone that was rung.
#[test]
fn a_colleague_who_was_not_answered_is_called_back() {
    let mut desk = Desk::default();
    assert_eq!(desk.settle(1, missed("414", 0, 20).called_by("412")), ["opened"]);
    assert_eq!(desk.callbacks[0].owner, Owner::Employee(SIV));
    let back = answered("412", 600, 700, 60).called_by("414");
    assert_eq!(desk.settle(2, back), ["attempted", "resolved_by_pbx"]);
    assert!(matches!(desk.callbacks[0].state, State::Provisional { .. }));
}
