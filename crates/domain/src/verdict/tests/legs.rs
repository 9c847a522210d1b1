//! Calls of which one post tells that they began, another that somebody picked up, a third that they ended.

use super::*;

fn on(leg: &str, what: What, second: i64) -> CallFact {
    let leg = Some(leg.to_owned());
    CallFact { leg, began_at: None, ..fact("412", what, second, second) }
}

fn end(leg: &str, second: i64) -> CallFact {
    on(leg, What::not_answered(Why::Unknown, None), second)
}

fn outcome(facts: &[CallFact]) -> Option<Outcome> {
    judged(facts).incoming.map(|incoming| incoming.outcome)
}

fn talk(seconds: i64) -> Option<Outcome> {
    Some(Outcome::Answered { talk: Some(TimeDelta::seconds(seconds)) })
}

// R3, R22: how long they talked counts.
#[test]
fn a_leg_on_which_somebody_talked_was_answered_until_it_ended() {
    let rings = on("a", What::Ringing, 0);
    let talks = on("a", What::Talking, 13);
    assert_eq!(outcome(&[rings.clone(), talks.clone(), end("a", 108)]), talk(95));
    assert_eq!(outcome(&[talks.clone(), on("a", What::Ended, 108)]), talk(95));
    let again = on("a", What::Talking, 60);
    assert_eq!(outcome(&[talks.clone(), again, end("a", 108)]), talk(95), "taken off hold");
    let missed = Some(Outcome::Missed { why: Why::Unknown, rang: None });
    assert_eq!(outcome(&[rings.clone(), end("a", 22)]), missed);
    assert_eq!(outcome(&[rings, on("a", What::Ended, 22)]), None, "others tell how it went");
    let other = on("b", What::Ended, 108);
    assert_eq!(outcome(&[talks, other]), Some(Outcome::Answered { talk: None }));
}

// R21
#[test]
fn a_call_of_ours_was_answered_from_when_they_picked_up() {
    let out = |f: CallFact| f.called_by("412").dialled(LISA).way(Direction::Unsaid);
    let dials = out(on("a", What::Ringing, 0)).way(Direction::Onward);
    let talks = out(on("a", What::Talking, 10)).way(Direction::Onward);
    let answer = |facts: &[CallFact]| judged(facts).outgoing.unwrap().answer;
    let yes = Answer::Yes { talk_ms: Some(64_000) };
    assert_eq!(answer(&[dials.clone(), talks, out(end("a", 74))]), yes);
    assert_eq!(answer(&[dials, out(end("a", 28))]), Answer::No);
}

// R1: a message is a message, whoever answered before it; a recorded talk is none.
#[test]
fn what_was_recorded_while_they_talked_is_no_message() {
    let recorded = |from, to| CallFact { leg: Some("a".to_owned()), ..voicemail("412", from, to) };
    let facts = [on("a", What::Talking, 13), on("a", What::Ended, 60)];
    let with = |recording: CallFact| [&facts[..], &[recording]].concat();
    assert_eq!(outcome(&with(recorded(14, 60))), talk(47));
    assert!(matches!(outcome(&with(recorded(61, 80))), Some(Outcome::Message { .. })));
    let call = recorded(0, 80);
    let of_call = CallFact { what: recorded(61, 80).what, ..call };
    assert!(matches!(outcome(&with(of_call)), Some(Outcome::Message { .. })), "the call's times");
    assert!(matches!(outcome(&with(recorded(2, 12))), Some(Outcome::Message { .. })));
}

#[test]
fn a_recording_that_names_nobody_belongs_to_the_line_and_the_caller_of_its_call() {
    let silent = CallFact {
        from: Party::absent(),
        to: Party::absent(),
        line: Party::absent(),
        ..voicemail("412", 30, 50).way(Direction::Unsaid)
    };
    let incoming = judged(&[on("a", What::Ringing, 0), silent.clone()]).incoming.unwrap();
    assert_eq!((incoming.line, incoming.at), (Some(line_id("Anna")), s(50)));
    assert_eq!(incoming.caller.number, Some(e164(LISA)));
    let ours = on("a", What::Talking, 5).called_by("412").dialled(LISA).way(Direction::Outbound);
    assert_eq!(judged(&[ours, silent.clone()]).incoming, None, "we rang them, and recorded it");
    assert_eq!(judged(&[silent]).incoming.unwrap().line, None);
}

// R7: the telephone that dials a colleague is not the one that rang.
#[test]
fn a_call_to_a_colleague_is_missed_where_it_rang_not_where_it_was_dialled() {
    let dials =
        on("a", What::not_answered(Why::NoAnswer, None), 20).called_by("412").dialled("413");
    for way in [Direction::Outbound, Direction::Unsaid] {
        let verdict = judged(&[dials.clone().way(way)]);
        assert_eq!(verdict.incoming.unwrap().line, Some(line_id("Bo")), "{way:?}");
        assert_eq!(verdict.outgoing.unwrap().answer, Answer::No, "{way:?}");
    }
}

// R2
#[test]
fn why_nobody_answered_is_what_was_told_last_of_a_phone() {
    let why = |facts: &[CallFact]| match judged(facts).incoming.unwrap().outcome {
        Outcome::Missed { why, .. } => why,
        other => panic!("{other:?}"),
    };
    let rings = |why, from| missed("412", from, from + 5).ending(why, None);
    let mailbox = missed("412", 20, 40).ending(Why::Unknown, None);
    assert_eq!(why(&[rings(Why::Busy, 0), mailbox.clone()]), Why::Busy);
    assert_eq!(
        why(&[rings(Why::Busy, 0), rings(Why::NoAnswer, 10), mailbox.clone()]),
        Why::NoAnswer
    );
    assert_eq!(why(&[mailbox]), Why::Unknown);
}
