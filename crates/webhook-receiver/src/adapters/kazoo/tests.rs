//! The rules that this adapter has a part in, and forms that nobody should send.

use super::*;
use crate::adapters::testing::{form, number, only, read};
use chrono::TimeDelta;
use domain::fact::{Direction, What};

const CHANNEL: &str = "hook_event=channel_destroy&call_id=a1&other_leg_call_id=b1&call_direction=inbound\
    &authorizing_type=resource&caller_id_number=%2B46701740641&callee_id_number=1051&request=%2B46846500451@pbx.example\
    &to=%2B46846500451@pbx.example&timestamp=63962035332&duration_seconds=132&billing_seconds=120";
const MISSED: &str = "event_category=notification&event_name=missed_call&call_id=a1&call_bridged=false&message_left=false\
    &caller_id_number=%2B46701740641&to_user=0846500451&timestamp=63962035300&notify[hangup_cause]=ORIGINATOR_CANCEL\
    &notify[duration_seconds]=17&notify[billing_seconds]=0&notify[ringing_seconds]=0";
const MESSAGE: &str = "event_name=voicemail_new&call_id=a1&caller_id_number=%2B46701740641&to_user=%2B46846500451\
    &voicemail_box=b0b0&voicemail_id=202611-a1&voicemail_length=27400&voicemail_timestamp=63962035290";
const DEVICE: [(&str, &str); 4] = [
    ("authorizing_type", "device"),
    ("caller_id_number", "1051"),
    ("callee_id_number", "0701740641"),
    ("request", "0701740641@pbx.example"),
];

fn channel(changes: &[(&str, &str)]) -> CallFact {
    only("kazoo", &form(CHANNEL, changes))
}

fn missed(changes: &[(&str, &str)]) -> CallFact {
    only("kazoo", &form(MISSED, changes))
}

// R3: a mailbox and a menu have no other leg.
#[test]
fn a_call_from_outside_was_answered_where_it_was_put_through_and_billed() {
    let talked = What::answered(Some(TimeDelta::seconds(120)));
    for (changes, what) in [
        (&[][..], talked.clone()),
        (&[("authorizing_type", "")], talked),
        (&[("other_leg_call_id", "")], What::Step),
        (&[("billing_seconds", "0")], What::Step),
        (&[("billing_seconds", "soon")], What::Step),
        (&[("hook_event", "channel_create")], What::Step),
        (&[("hook_event", "channel_answer")], What::Step),
        (&[("hook_event", "channel_bridge")], What::Step),
    ] {
        let fact = channel(changes);
        assert_eq!((fact.what, fact.direction), (what, Direction::Inbound), "{changes:?}");
        assert_eq!(number(&fact.to), Some("+46846500451"));
    }
    let fact = channel(&[]);
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-16T08:00:00+00:00");
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:02:12+00:00");
}

// R21, R7
#[test]
fn what_a_device_dials_is_ours() {
    for (changes, direction, what) in [
        (&[][..], Direction::Outbound, What::answered(Some(TimeDelta::seconds(120)))),
        (
            &[("billing_seconds", "0"), ("hangup_cause", "USER_BUSY")],
            Direction::Outbound,
            What::not_answered(Why::Busy, None),
        ),
        (
            &[("callee_id_number", "1052"), ("request", "1052@x"), ("to", "1052@x")],
            Direction::Unsaid,
            What::answered(Some(TimeDelta::seconds(120))),
        ),
        (
            &[
                ("callee_id_number", "*97"),
                ("request", "*97@x"),
                ("to", "*97@x"),
                ("other_leg_call_id", ""),
            ],
            Direction::Unsaid,
            What::Step,
        ),
    ] {
        let fact = channel(&[&DEVICE[..], changes].concat());
        assert_eq!((fact.direction, fact.what), (direction, what), "{changes:?}");
        assert_eq!((fact.from.text.as_str(), fact.line.text.as_str()), ("1051", "1051"));
    }
    let public = [("caller_id_number", "+46846500451"), ("owner_id", "eeff")];
    let fact = channel(&[&DEVICE[..], &public].concat());
    assert_eq!((number(&fact.from), fact.line.text.as_str()), (Some("+46846500451"), "eeff"));
    assert_eq!(number(&fact.to), Some("+46701740641"));
}

// R3: who lost the race to a colleague missed nothing.
#[test]
fn a_leg_that_the_switch_dialled_is_part_of_another_call() {
    for cause in ["LOSE_RACE", "NO_ANSWER", "USER_BUSY", "NORMAL_CLEARING"] {
        let fact = channel(&[("call_direction", "outbound"), ("hangup_cause", cause)]);
        assert_eq!((fact.direction, fact.what), (Direction::Onward, What::Step), "{cause}");
        let names = ["a1", "b1"].map(|id| domain::fact::CallRef::Call(id.to_owned()));
        assert_eq!(fact.refs, names);
    }
}

// R2: rung in all, unless a menu was billed; only who gave up while it rang may have rung too shortly.
#[test]
fn a_missed_call_tells_why_and_how_long_it_rang() {
    let rang = |s| Some(TimeDelta::seconds(s));
    for (changes, why, rang) in [
        (&[][..], Why::Abandoned, rang(17)),
        (
            &[("notify[duration_seconds]", ""), ("notify[ringing_seconds]", "3")],
            Why::Abandoned,
            rang(3),
        ),
        (&[("notify[duration_seconds]", "0")], Why::Abandoned, None),
        (&[("notify[billing_seconds]", "9")], Why::Abandoned, None),
        (&[("notify[hangup_cause]", "NO_ANSWER")], Why::NoAnswer, None),
        (&[("notify[hangup_cause]", "CALL_REJECTED")], Why::Refused, None),
        (&[("notify[hangup_cause]", "USER_NOT_REGISTERED")], Why::Offline, None),
        (&[("notify[hangup_cause]", "")], Why::Unknown, None),
    ] {
        assert_eq!(missed(changes).what, What::not_answered(why, rang), "{changes:?}");
    }
    let fact = missed(&[]);
    assert_eq!(
        (fact.key.as_str(), fact.complete, fact.line.is_nobody()),
        ("missed_call:a1", true, true)
    );
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:01:40+00:00");
    assert_eq!(missed(&[("message_left", "true")]).what, What::Step);
    assert_eq!(missed(&[("call_bridged", "true")]).what, What::Step);
}

// R1: lengths of messages are milliseconds; "saved" repeats "new".
#[test]
fn a_message_is_told_twice_and_is_one() {
    let fact = only("kazoo", &form(MESSAGE, &[]));
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::milliseconds(27_400)), None));
    assert_eq!((fact.key.as_str(), fact.line.text.as_str()), ("voicemail:202611-a1", "b0b0"));
    assert_eq!(only("kazoo", &form(MESSAGE, &[("event_name", "voicemail_saved")])), fact);
    let json = r#"{"event_name": "voicemail_new", "call_id": "a1", "caller_id_number": "+46701740641", "to_user": "+46846500451",
        "voicemail_box": "b0b0", "voicemail_id": "202611-a1", "voicemail_length": 27400, "voicemail_timestamp": 63962035290,
        "voicemail_transcription": {"result": "success", "text": "Hej"}}"#;
    let request = RawRequest { body: json.as_bytes().to_vec(), ..RawRequest::default() };
    assert_eq!(only("kazoo", &request), fact);
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld() {
    for nobody in ["anonymous", "Restricted", "0000000000", "unknown", ""] {
        let fact = missed(&[("caller_id_number", nobody), ("caller_id_name", "Siv Berg")]);
        assert_eq!(fact.from, Party::withheld(), "{nobody}");
    }
}

#[test]
fn what_tells_nothing_of_a_call_is_nothing_and_what_cannot_be_read_says_why() {
    for nothing in [
        "action=doc_edited&type=device&id=1",
        "event_name=voicemail_full",
        "event_name=fax&call_id=a1",
    ] {
        assert_eq!(read("kazoo", &form(nothing, &[])), Ok(Vec::new()), "{nothing}");
    }
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    assert_eq!(read("kazoo", &RawRequest::default()), missing("hook_event"));
    assert_eq!(read("kazoo", &form(CHANNEL, &[("call_id", "")])), missing("call_id"));
    assert_eq!(read("kazoo", &form("event_name=voicemail_new", &[])), missing("voicemail_id"));
}

// R9
#[test]
fn seconds_since_the_year_0_are_read_and_mad_ones_are_none() {
    for mad in ["", "-1", "0", "1794816132", "62167219200", "99999999999999999999", "soon", "NaN"] {
        let fact = channel(&[("timestamp", mad)]);
        assert_eq!((fact.began_at, fact.ended_at), (None, None), "{mad}");
    }
    assert_eq!(instant("63962035332"), instant("63962035332.0"));
}
