//! Verdicts on small calls: what happened, and at which line.

use super::*;
use crate::fact::Heard;
use crate::testing::*;
use proptest::prelude::*;

mod legs;

/// The verdict on somebody's call to us in three words.
fn told(facts: &[CallFact]) -> String {
    let Some(incoming) = judged(facts).incoming else { return "nothing".to_owned() };
    let what = match incoming.outcome {
        Outcome::Missed { .. } => "missed at",
        Outcome::Message { .. } => "message at",
        Outcome::Answered { .. } => "answered at",
    };
    let line = incoming.line.and_then(|id| TOWN.line(id));
    format!("{what} {}", line.map_or("nobody's", |l| l.name.as_str()))
}

/// Somebody who answered there and passed the call on; how long it took is not told.
fn talked(phone: &str, from: i64, to: i64) -> CallFact {
    answered(phone, from, to, 0).of_unknown_length()
}

// R3: a colleague in the ring group, a queue agent, or whoever the line was forwarded to answers for the line.
#[test]
fn whoever_answers_for_the_line_has_answered() {
    let of_group = |f: CallFact| f.dialled("700");
    for (facts, verdict, case) in [
        (vec![answered("412", 0, 60, 50)], "answered at Anna", "herself"),
        (
            vec![of_group(missed("412", 0, 10)), of_group(answered("413", 0, 60, 50))],
            "answered at Group",
            "a colleague in the ring group",
        ),
        (
            vec![of_group(missed("412", 1, 10)), of_group(talked("413", 0, 60))],
            "answered at Group",
            "a colleague, whose phone began to ring a second before the others",
        ),
        (
            vec![of_group(missed("412", 5, 10)), of_group(answered("413", 0, 60, 50))],
            "answered at Group",
            "a colleague, when one more phone had begun to ring",
        ),
        (
            vec![missed("412", 0, 10).dialled("701"), answered("413", 10, 90, 70).dialled("701")],
            "answered at Queue",
            "the second agent of a queue",
        ),
        (
            vec![missed("412", 0, 20), answered("413", 20, 90, 60)],
            "answered at Bo",
            "forwarded when nobody answered",
        ),
        (vec![answered("413", 0, 90, 60).dialled("412")], "answered at Bo", "forwarded at once"),
        (
            vec![missed("412", 0, 20), answered("0", 20, 90, 60)],
            "answered at Switchboard",
            "forwarded to the switchboard, who passed it on to nobody",
        ),
        (
            vec![CallFact { what: What::Talking, ..missed("412", 5, 5) }],
            "answered at Anna",
            "they talk",
        ),
    ] {
        assert_eq!(told(&facts), verdict, "{case}");
        let untimed: Vec<_> = facts.into_iter().map(CallFact::without_begin).collect();
        assert_eq!(told(&untimed), verdict, "{case}, without begins");
    }
}

// R3: the switchboard answering and passing the call on is not yet an answer, and neither is who transfers it.
#[test]
fn a_call_that_was_passed_on_is_missed_where_nobody_answered() {
    for (facts, verdict, case) in [
        (
            vec![answered("0", 0, 60, 50)],
            "answered at Switchboard",
            "the switchboard, and nobody else",
        ),
        (
            vec![answered("0", 0, 30, 25), missed("412", 30, 60)],
            "missed at Anna",
            "the switchboard passed it on",
        ),
        (
            vec![answered("0", 0, 60, 55), missed("412", 30, 60)],
            "missed at Anna",
            "the switchboard stayed on the line",
        ),
        (
            vec![answered("0", 0, 30, 25), missed("412", 30, 60), answered("413", 60, 300, 230)],
            "answered at Bo",
            "the second phone it was passed on to",
        ),
        (
            vec![answered("0", 0, 301, 296), missed("412", 30, 60), answered("413", 60, 300, 230)],
            "answered at Bo",
            "the second phone, and the switchboard's leg lasts as long as the call",
        ),
        (
            vec![answered("412", 0, 30, 25), missed("413", 30, 60)],
            "missed at Bo",
            "a person transferred it",
        ),
        (
            vec![talked("412", 0, 30), missed("413", 30, 60)],
            "missed at Bo",
            "a person transferred it, talk unknown",
        ),
        (
            vec![answered("413", 0, 30, 25).dialled("700"), missed("412", 31, 60).dialled("700")],
            "missed at Group",
            "back to the group",
        ),
        (
            vec![answered("9", 0, 10, 10), missed("412", 10, 40).dialled("9")],
            "missed at Anna",
            "a menu is never an answer",
        ),
        (
            vec![missed("412", 0, 20), answered("0", 20, 50, 30), missed("413", 50, 80)],
            "missed at Bo",
            "forwarded to the switchboard, who passed it on",
        ),
    ] {
        assert_eq!(told(&facts), verdict, "{case}");
        let whole: Vec<_> = facts.iter().cloned().map(CallFact::begun_with_the_call).collect();
        let back = case == "back to the group";
        assert!(back || told(&whole) == verdict, "{case}, each begun with the call");
        let untimed: Vec<_> = facts.into_iter().map(CallFact::without_begin).collect();
        assert!(back || told(&untimed) == verdict, "{case}, without begins");
    }
}

// R1: a message counts whoever answered before it; one shorter than 3 s is a missed call.
#[test]
fn a_message_is_one_from_three_seconds_on() {
    for (facts, verdict) in [
        (vec![voicemail("412", 20, 23)], "message at Anna"),
        (vec![voicemail("412", 20, 22)], "missed at Anna"),
        (vec![voicemail("412", 20, 20).of_unknown_length()], "message at Anna"),
        (vec![missed("412", 0, 20), voicemail("412", 20, 40)], "message at Anna"),
        (vec![answered("413", 0, 20, 15), voicemail("412", 20, 40)], "message at Anna"),
        (vec![answered("413", 0, 20, 15), voicemail("412", 20, 22)], "missed at Anna"),
        (vec![voicemail("413", 20, 40).dialled("700")], "message at Group"),
    ] {
        assert_eq!(told(&facts), verdict, "{facts:?}");
    }
    let what = What::Message {
        message: MessageKind::CallbackRequest,
        length_ms: Some(0),
        recording: None,
    };
    assert_eq!(told(&[CallFact { what, ..missed("412", 0, 0) }]), "message at Anna");
}

// R15: group and queue: the unit's; switchboard: the extension rung there, none or several → its own unit's.
#[test]
fn a_missed_call_is_about_the_phone_that_rang_unless_it_was_the_units() {
    let sw = |f: CallFact| f.dialled("0");
    let summed_up = |to: &str, until| CallFact {
        line: Party::absent(),
        ..missed(to, 0, until).ending(Why::Abandoned, None)
    };
    for (facts, verdict, case) in [
        (vec![missed("412", 0, 20).dialled("700")], "missed at Group", "a group"),
        (vec![missed("412", 0, 20).dialled("701")], "missed at Queue", "a queue"),
        (vec![sw(missed("412", 0, 20))], "missed at Anna", "one phone of a switchboard"),
        (vec![summed_up("0", 20)], "missed at Switchboard", "no phone of a switchboard"),
        (
            vec![sw(missed("412", 0, 20)), sw(missed("413", 0, 20))],
            "missed at Switchboard",
            "several at once",
        ),
        (
            vec![sw(missed("412", 0, 20)), sw(missed("413", 1, 21))],
            "missed at Switchboard",
            "several, told a moment apart",
        ),
        (
            vec![sw(missed("412", 0, 20)), sw(missed("413", 20, 40))],
            "missed at Bo",
            "one after the other",
        ),
        (
            vec![sw(missed("412", 0, 20)), summed_up("0", 20)],
            "missed at Anna",
            "one phone, summed up",
        ),
        (
            vec![sw(missed("412", 0, 20)), missed("0", 0, 20)],
            "missed at Anna",
            "one phone, and the switchboard itself",
        ),
        (
            vec![sw(missed("412", 0, 20)), missed("0", 21, 40)],
            "missed at Switchboard",
            "one phone, and then back",
        ),
        (
            vec![sw(missed("412", 0, 20)), sw(missed("413", 0, 20)), summed_up("0", 21)],
            "missed at Switchboard",
            "several, summed up",
        ),
        (vec![missed("412", 0, 20), missed("413", 20, 40)], "missed at Bo", "forwarded"),
        (vec![missed("412", 0, 20), summed_up("701", 40)], "missed at Queue", "left in a queue"),
        (vec![missed("499", 0, 20)], "missed at nobody's", "a line nobody knows"),
    ] {
        assert_eq!(told(&facts), verdict, "{case}");
    }
}

fn why_and_rang(facts: &[CallFact]) -> (Why, Option<i64>) {
    match judged(facts).incoming.unwrap().outcome {
        Outcome::Missed { why, rang } => (why, rang.map(|r| r.num_seconds())),
        other => panic!("{other:?}"),
    }
}

// R2: ringing is what the caller waited through, on one phone or on several.
#[test]
fn it_rang_from_the_first_ring_to_the_last() {
    let hung_up = |f: CallFact, rang| f.ending(Why::Abandoned, Some(rang));
    for (facts, expected) in [
        (vec![hung_up(missed("412", 0, 3), 3)], (Why::Abandoned, Some(3))),
        (vec![missed("412", 0, 25), hung_up(missed("413", 25, 28), 3)], (Why::Abandoned, Some(28))),
        (
            vec![
                missed("412", 0, 3).dialled("700").ending(Why::Unknown, Some(3)),
                hung_up(missed("413", 0, 3).dialled("700"), 3),
            ],
            (Why::Abandoned, Some(3)),
        ),
        (
            vec![missed("412", 0, 0).ending(Why::Busy, Some(0)), hung_up(missed("413", 0, 3), 3)],
            (Why::Abandoned, None),
        ),
        (vec![missed("412", 0, 3).ending(Why::Unknown, None)], (Why::Unknown, None)),
        (vec![voicemail("412", 20, 22)], (Why::NoAnswer, None)),
    ] {
        assert_eq!(why_and_rang(&facts), expected, "{facts:?}");
    }
}

// R22: who talked counts, not who had the caller on the line before.
#[test]
fn the_switchboards_talk_is_not_counted_as_the_phones() {
    let facts = [answered("0", 0, 60, 55), answered("412", 60, 70, 4)];
    let talk = Some(TimeDelta::seconds(4));
    assert_eq!(judged(&facts).incoming.unwrap().outcome, Outcome::Answered { talk });
}

// R6: a number the caller withheld stays withheld even where another fact leaks it.
#[test]
fn a_caller_who_withheld_the_number_once_stays_nobody() {
    let withheld = CallFact { from: Party::withheld(), ..voicemail("412", 20, 40) };
    let facts = [missed("412", 0, 20), withheld];
    assert_eq!(judged(&facts).incoming.unwrap().caller, Party::withheld());
}

// R7: a call between two of our own is incoming and outgoing, whichever way the PBX tells it.
#[test]
fn an_internal_call_is_both_however_it_is_told() {
    for way in [Direction::Inbound, Direction::Outbound, Direction::Unsaid] {
        let verdict = judged(&[missed("413", 0, 20).called_by("412").way(way)]);
        let (incoming, outgoing) = (verdict.incoming.unwrap(), verdict.outgoing.unwrap());
        assert_eq!(incoming.line, Some(line_id("Bo")), "{way:?}");
        assert_eq!(incoming.caller.number, Some(e164("+46846500412")), "{way:?}");
        assert_eq!(outgoing.line, Some(line_id("Anna")), "{way:?}: she rang, not he");
        assert_eq!(outgoing.to.number, Some(e164("+46846500413")), "{way:?}");
        assert_eq!(outgoing.answer, Answer::No, "{way:?}");
    }
}

// R7: what only joins names to a call does not make it one from outside.
#[test]
fn a_part_that_names_no_caller_makes_nobody_a_stranger() {
    let call = || missed("413", 0, 20).called_by("412").way(Direction::Unsaid);
    let step = |way| CallFact {
        from: Party::absent(),
        to: Party::absent(),
        line: Party::absent(),
        what: What::Step,
        ..call().way(way)
    };
    let alone = judged(&[call()]);
    assert!(alone.outgoing.is_some());
    for way in [Direction::Unsaid, Direction::Onward] {
        assert_eq!(judged(&[call(), step(way)]), alone, "{way:?}");
    }
    let withheld = CallFact { from: Party::withheld(), ..step(Direction::Unsaid) };
    assert_eq!(judged(&[call(), withheld]).outgoing, None, "somebody is there who is not ours");
}

// R21: of a call to outside the phone counts, for the number shown may be the switchboard's.
#[test]
fn an_outgoing_call_is_theirs_who_dialled() {
    for way in [Direction::Outbound, Direction::Unsaid] {
        let fact = CallFact { line: party("412"), ..answered(LISA, 0, 60, 30) };
        let verdict = judged(&[fact.called_by("+46846500400").way(way)]);
        assert_eq!(verdict.incoming, None, "{way:?}");
        let outgoing = verdict.outgoing.unwrap();
        assert_eq!(outgoing.line, Some(line_id("Anna")));
        assert_eq!(outgoing.answer, Answer::Yes { talk_ms: Some(30_000) });
    }
}

// R21: whoever else is rung in the same call did not answer for the caller.
#[test]
fn talk_with_a_colleague_is_not_talk_with_the_caller() {
    let anna = |f: CallFact| CallFact {
        line: party("412"),
        ..f.called_by("412").way(Direction::Outbound)
    };
    let verdict = judged(&[anna(answered("413", 40, 300, 250)), anna(missed(LISA, 0, 30))]);
    let outgoing = verdict.outgoing.unwrap();
    assert_eq!((outgoing.to.number, outgoing.answer), (Some(e164(LISA)), Answer::No));
}

// R3, R21: a phone that the PBX rings for a caller is a part of that call; only our call to outside is one of its own.
#[test]
fn a_leg_that_the_pbx_dialled_counts_only_where_it_goes_from_us_to_outside() {
    let leg = |from: &str, to: &str, f: CallFact| {
        let fact = CallFact { line: Party::absent(), ..f.dialled(to).called_by(from) };
        judged(&[fact.way(Direction::Onward)])
    };
    for fact in [missed("412", 0, 20), answered("412", 0, 90, 60)] {
        for (from, to) in
            [(LISA, "412"), ("412", "413"), ("412", "client:bo"), (LISA, "+46701740606")]
        {
            assert_eq!(leg(from, to, fact.clone()), Verdict::default(), "{from} {to}");
        }
        let out = leg("412", LISA, fact);
        assert_eq!((out.incoming, out.outgoing.unwrap().line), (None, Some(line_id("Anna"))));
    }
}

// R3: what a leg of it tells takes nothing from the call.
#[test]
fn the_phones_that_rang_do_not_change_what_the_call_says_as_a_whole() {
    let phone = |f: CallFact| f.way(Direction::Onward);
    let whole = CallFact { line: Party::absent(), ..answered("0", 0, 60, 50) };
    let facts = [phone(missed("412", 0, 10)), phone(answered("413", 0, 60, 50)), whole];
    assert_eq!(told(&facts), "answered at Switchboard");
    let whole = CallFact { line: Party::absent(), ..missed("412", 0, 20) };
    let step = CallFact { what: What::Step, ..answered("412", 0, 25, 0) };
    assert_eq!(told(&[phone(missed("412", 0, 20)), whole, step]), "missed at Anna");
}

// R3: the leg by which the switchboard passes the call on is part of the caller's call.
#[test]
fn a_leg_between_two_of_us_belongs_to_the_call_from_outside() {
    for way in [Direction::Inbound, Direction::Outbound, Direction::Unsaid] {
        let first = answered("0", 0, 62, 57).way(Direction::Inbound);
        let leg = missed("412", 30, 60).called_by("0").way(way);
        let verdict = judged(&[first, leg]);
        let incoming = verdict.incoming.unwrap();
        assert_eq!(incoming.line, Some(line_id("Anna")), "{way:?}");
        assert_eq!(incoming.caller.number, Some(e164(LISA)), "{way:?}");
        assert_eq!(verdict.outgoing, None, "{way:?}: the switchboard did not ring Anna back");
    }
}

#[test]
fn a_call_that_told_nothing_yet_is_nothing() {
    assert_eq!(judged(&[]), Verdict::default());
    for what in [What::Step, What::Ringing] {
        assert_eq!(judged(&[CallFact { what, ..missed("412", 0, 0) }]), Verdict::default());
    }
}

fn some_fact() -> impl Strategy<Value = CallFact> {
    let phones = prop::sample::select(vec!["412", "413", "0", "700", "499", LISA]);
    let whats = prop::sample::select(vec![
        What::Step,
        What::Ended,
        What::Ringing,
        What::Talking,
        What::answered(None),
        What::answered(Some(TimeDelta::seconds(30))),
        What::not_answered(Why::Abandoned, Some(TimeDelta::seconds(3))),
        What::not_answered(Why::Busy, None),
        What::voicemail(Some(TimeDelta::seconds(2)), None),
        What::voicemail(None, None),
    ]);
    let ways = prop::sample::select(vec![
        Direction::Inbound,
        Direction::Outbound,
        Direction::Unsaid,
        Direction::Onward,
    ]);
    let legs = prop::sample::select(vec![None, Some("a".to_owned()), Some("b".to_owned())]);
    (phones.clone(), phones.clone(), phones, whats, ways, legs, 0..60_i64, 0..60_i64).prop_map(
        |(phone, to, from, what, way, leg, began, lasted)| {
            let fact =
                fact(phone, what, began, began + lasted).dialled(to).called_by(from).way(way);
            CallFact { leg, ..fact }
        },
    )
}

proptest! {
    // R4: facts may come twice, late and in any order.
    #[test]
    fn a_call_does_not_depend_on_the_order_and_number_of_its_posts(
        (facts, posts) in prop::collection::vec(some_fact(), 1..6).prop_flat_map(|facts| {
            let twice = [facts.clone(), facts.clone()].concat();
            (Just(facts), Just(twice).prop_shuffle())
        }),
    ) {
        let once = folded(&facts);
        let again = Call::fold(posts.into_iter().enumerate().map(|(i, fact)| {
            let first = fact.clone().heard().heard_at;
            Heard { fact, heard_at: first + TimeDelta::seconds(i64::try_from(i % 2).unwrap()) }
        }));
        let first: Vec<_> = again.facts.iter().map(|t| &t.fact).collect();
        prop_assert_eq!(first, once.facts.iter().map(|t| &t.fact).collect::<Vec<_>>());
        prop_assert_eq!(again.verdict(&source(), &TOWN, &POLICY), once.verdict(&source(), &TOWN, &POLICY));
    }

    // R4: the same posts in another order are the same call, settled at the same time.
    #[test]
    fn a_call_is_the_same_in_any_order(
        (facts, shuffled) in prop::collection::vec(some_fact(), 1..6)
            .prop_flat_map(|facts| (Just(facts.clone()), Just([facts.clone(), facts].concat()).prop_shuffle())),
    ) {
        let (one, other) = (folded(&facts), folded(&shuffled));
        prop_assert_eq!(&one, &other);
        prop_assert_eq!(one.settle_at(&POLICY), other.settle_at(&POLICY));
    }
}
