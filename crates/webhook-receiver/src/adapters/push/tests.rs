//! The rules that these events have a part in, for both who send them.

use crate::adapters::testing::{form, number, only, read};
use crate::request::RawRequest;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::Party;

const RINGS: &str = "event=newCall&direction=in&from=46701740641&to=46846500451&callId=c1&origCallId=c1\
    &user[]=Ulla+Strand&userId[]=w7";
const BOTH: [&str; 2] = ["sipgate", "zammad-cti"];

fn fact(adapter: &str, changes: &[(&str, &str)]) -> CallFact {
    only(adapter, &form(RINGS, changes))
}

fn ends(adapter: &str, changes: &[(&str, &str)]) -> CallFact {
    let end = [("event", "hangup"), ("user[]", ""), ("userId[]", "")];
    fact(adapter, &[&end[..], changes].concat())
}

// R15: several who ring are a group.
#[test]
fn a_new_call_tells_whose_phone_rings() {
    for (adapter, phone) in [("sipgate", "w7"), ("zammad-cti", "Ulla Strand")] {
        let rings = fact(adapter, &[]);
        assert_eq!((&rings.what, rings.line), (&What::Ringing, Party::alias(phone)));
        assert_eq!(
            (number(&rings.from), number(&rings.to)),
            (Some("+46701740641"), Some("+46846500451"))
        );
        let group = format!("{RINGS}&user[]=Per+Holm&userId[]=w8");
        assert_eq!(only(adapter, &form(&group, &[])).line, Party::absent());
    }
    // Of a call of ours a name says less than the number.
    let ours = [("direction", "out"), ("from", "46846500451"), ("to", "46701740641")];
    assert_eq!(fact("sipgate", &ours).line, Party::alias("w7"));
    let named = fact("zammad-cti", &ours);
    assert_eq!((named.line, named.direction), (Party::absent(), Direction::Outbound));
}

// R1, R3
#[test]
fn an_answer_is_a_persons_or_the_mailboxs() {
    for adapter in BOTH {
        for (changes, what, phone) in [
            (
                &[("userId[]", ""), ("user[]", ""), ("user", "voicemail")][..],
                What::voicemail(None, None),
                "",
            ),
            (
                &[("userId[]", "voicemail"), ("user[]", "Voicemail")],
                What::voicemail(None, None),
                "",
            ),
            (
                &[("userId[]", ""), ("user[]", ""), ("answeringNumber", "1052")],
                What::Talking,
                "1052",
            ),
            (&[("userId[]", ""), ("user[]", "")], What::Talking, ""),
        ] {
            let answer = fact(adapter, &[&[("event", "answer")], changes].concat());
            assert_eq!(
                (answer.what, answer.line),
                (what, Party::alias(phone)),
                "{adapter} {changes:?}"
            );
        }
    }
    let who = [
        ("event", "answer"),
        ("userId[]", ""),
        ("user[]", ""),
        ("user", "Per Holm"),
        ("userId", "w8"),
    ];
    assert_eq!(fact("sipgate", &who).line, Party::alias("w8"));
    assert_eq!(fact("zammad-cti", &who).line, Party::alias("Per Holm"));
}

// R2, R3: the cause says why; whether somebody had answered, another post.
#[test]
fn the_end_of_a_call_tells_why() {
    for adapter in BOTH {
        for (cause, what) in [
            ("busy", What::not_answered(Why::Busy, None)),
            ("cancel", What::not_answered(Why::Abandoned, None)),
            ("noAnswer", What::not_answered(Why::NoAnswer, None)),
            ("congestion", What::not_answered(Why::Offline, None)),
            ("notFound", What::not_answered(Why::Offline, None)),
            ("normalClearing", What::not_answered(Why::Unknown, None)),
            ("something-new", What::not_answered(Why::Unknown, None)),
            ("", What::not_answered(Why::Unknown, None)),
            ("forwarded", What::Ended),
        ] {
            let end = ends(adapter, &[("cause", cause)]);
            assert_eq!((end.what, end.leg.as_deref()), (what, Some("c1")), "{adapter} {cause}");
        }
    }
    let answered = [("cause", "normalClearing"), ("answeringNumber", "46846500452")];
    assert_eq!(ends("sipgate", &answered).what, What::answered(None));
    assert_eq!(number(&ends("sipgate", &answered).line), Some("+46846500452"));
    // For Zammad only an answer is one.
    assert_eq!(ends("zammad-cti", &answered).what, What::not_answered(Why::Unknown, None));
}

#[test]
fn a_call_that_was_moved_has_the_name_that_it_began_with_too() {
    let names = ["c1", "c2"].map(|id| CallRef::Call(id.to_owned()));
    let moved = fact("sipgate", &[("callId", "c2")]);
    assert_eq!((moved.refs, moved.leg.as_deref()), (names.to_vec(), Some("c2")));
    assert_eq!(fact("sipgate", &[]).refs, names[..1]);
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld_and_one_of_ours_is_not() {
    for adapter in BOTH {
        for nobody in ["anonymous", "", "unknown"] {
            assert_eq!(fact(adapter, &[("from", nobody)]).from, Party::withheld(), "{nobody}");
            let ours = fact(adapter, &[("from", nobody), ("direction", "out")]);
            assert_eq!(ours.from, Party::absent(), "{nobody}");
        }
    }
    assert_eq!(fact("sipgate", &[("direction", "")]).direction, Direction::Unsaid);
}

#[test]
fn json_is_read_as_the_form_is() {
    let json = r#"{"event": "newCall", "direction": "in", "from": 46701740641, "to": "46846500451", "callId": "c1",
        "origCallId": "c1", "user": ["Ulla Strand"], "userId": "w7"}"#;
    for adapter in BOTH {
        let request = RawRequest { body: json.as_bytes().to_vec(), ..RawRequest::default() };
        assert_eq!(only(adapter, &request), fact(adapter, &[]));
    }
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_no_number() {
    for adapter in BOTH {
        let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
        assert_eq!(read(adapter, &RawRequest::default()), missing("event"));
        assert_eq!(read(adapter, &form(RINGS, &[("callId", "")])), missing("callId"));
        let odd = read(adapter, &form(RINGS, &[("event", "ring 0701740641")]));
        assert_eq!(odd, Err("event \"ring\" is not one this version reads".to_owned()));
        assert_eq!(read(adapter, &form(RINGS, &[("event", "dtmf")])), Ok(Vec::new()));
    }
}
