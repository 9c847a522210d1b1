//! When a call is settled, and which time counts for a fact.

use super::*;
use crate::fact::Why;
use crate::testing::{POLICY, answered, folded, missed, s, voicemail};
use proptest::prelude::*;

fn on_leg(leg: &str, fact: CallFact) -> CallFact {
    CallFact { leg: Some(leg.to_owned()), ..fact }
}

fn rings(from: i64) -> CallFact {
    CallFact { what: What::Ringing, ..missed("412", from, from) }
}

fn talks(from: i64) -> CallFact {
    CallFact { what: What::Talking, ..missed("412", from, from) }
}

fn complete(fact: CallFact) -> CallFact {
    CallFact { complete: true, ..fact }
}

// R4: settled 60 s after the last fact, at once when it is final, not while a leg rings or talks, after 4 h anyway.
#[test]
fn a_call_is_settled_when_nothing_more_is_to_be_expected() {
    let four_hours = 4 * 3_600;
    let (a, b) = (|f| on_leg("a", f), |f| on_leg("b", f));
    for (facts, settled, case) in [
        (vec![missed("412", 0, 20)], 80, "an end without legs"),
        (vec![complete(missed("412", 0, 20))], 20, "final by itself"),
        (vec![complete(missed("412", 0, 20)), voicemail("412", 20, 40)], 40, "final, and more"),
        (vec![rings(0)], four_hours, "it rings"),
        (vec![talks(5)], four_hours + 5, "they talk"),
        (vec![rings(0), missed("412", 0, 20)], 80, "it rang"),
        (vec![rings(0), talks(5), answered("412", 0, 35, 30)], 95, "they talked"),
        (vec![rings(0), voicemail("412", 0, 20)], four_hours + 20, "a message ends no ringing"),
        (vec![a(rings(0)), b(missed("413", 0, 20))], four_hours + 20, "another leg ended"),
        (vec![a(rings(0)), missed("412", 0, 20)], 80, "the whole call ended"),
        (
            vec![a(rings(0)), a(missed("412", 0, 20)), a(rings(30))],
            four_hours + 30,
            "it rings again",
        ),
        (
            vec![a(rings(0)), a(missed("412", 0, 20)), a(rings(30)), a(missed("412", 30, 50))],
            110,
            "it rang again",
        ),
    ] {
        assert_eq!(folded(&facts).settle_at(&POLICY), Some(s(settled)), "{case}");
    }
    assert_eq!(folded(&[]).settle_at(&POLICY), None);
    assert!(folded(&[]).is_empty());
}

// R9: more than 5 min in the future, or over 7 days back: the time of receipt, marked.
#[test]
fn a_time_that_cannot_be_believed_is_the_time_of_receipt() {
    let (minute, day) = (60, 86_400);
    for (told, marked) in [
        (0, false),
        (5 * minute, false),
        (5 * minute + 1, true),
        (6 * minute, true),
        (-day, false),
        (-7 * day, false),
        (-7 * day - 1, true),
        (-8 * day, true),
    ] {
        let fact = missed("412", told, told);
        let call = Call::fold([Heard { fact, heard_at: s(0) }]);
        let timed = &call.facts[0];
        let counts = if marked { s(0) } else { s(told) };
        assert_eq!((timed.at, timed.at_marked), (counts, marked), "{told} s");
    }
}

// R9: when it was left, else when it ended, else when it began, else when we heard of it.
#[test]
fn the_time_that_counts_is_the_end_else_the_begin_else_the_receipt() {
    let told = missed("412", 10, 20);
    for (began_at, ended_at, counts) in [
        (told.began_at, told.ended_at, 20),
        (told.began_at, None, 10),
        (None, told.ended_at, 20),
        (None, None, 60),
    ] {
        let fact = CallFact { began_at, ended_at, ..told.clone() };
        let call = Call::fold([Heard { fact, heard_at: s(60) }]);
        assert_eq!((call.facts[0].at, call.facts[0].at_marked), (s(counts), false));
    }
}

// R4: facts may come twice; what was said again is no news and puts nothing off.
#[test]
fn of_two_receipts_of_one_fact_the_earlier_counts() {
    let fact = CallFact { ended_at: None, began_at: None, ..missed("412", 0, 0) };
    let heard = |seconds| Heard { fact: fact.clone(), heard_at: s(seconds) };
    for receipts in [[heard(10), heard(3_000)], [heard(3_000), heard(10)]] {
        let call = Call::fold(receipts);
        assert_eq!(call.settle_at(&POLICY), Some(s(70)));
        assert_eq!(call.facts[0].at, s(10));
    }
}

proptest! {
    // R4: nothing a PBX may claim about its clock makes us fall over.
    #[test]
    fn no_time_and_no_length_is_too_strange(began in any::<i32>(), ended in any::<i32>(), rang in any::<i64>()) {
        let what = What::NotAnswered { why: Why::Abandoned, rang_ms: Some(rang) };
        let fact = CallFact { what, ..missed("412", began.into(), ended.into()) };
        let talked = CallFact { what: What::Answered { talk_ms: Some(rang) }, ..fact.clone() };
        let facts = [fact, talked, missed("413", ended.into(), began.into())];
        let call = folded(&facts);
        prop_assert!(call.settle_at(&POLICY).is_some());
        prop_assert!(crate::testing::judged(&facts).incoming.is_some());
    }
}
