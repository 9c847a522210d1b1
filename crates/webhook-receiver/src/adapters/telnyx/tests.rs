//! What each post of a session tells, alone; `domain` has the tests of what they tell together.

use super::*;
use crate::adapters::testing::json::{number, only, read, with};
use chrono::TimeDelta;
use serde_json::json;

fn post(event: &str) -> Value {
    json!({"data": {
        "event_type": event, "id": "e1", "occurred_at": "2026-11-16T08:15:25.500000Z", "record_type": "event",
        "payload": {
            "call_control_id": "v3:x", "call_leg_id": "l1", "call_session_id": "s1", "from": "+46701740641",
            "to": "+46846500450", "start_time": "2026-11-16T08:15:00.000000Z"
        }
    }, "meta": {"attempt": 1}})
}

fn hung_up(cause: &str, source: &str) -> CallFact {
    let changes = [
        ("/data/payload/hangup_cause", json!(cause)),
        ("/data/payload/hangup_source", json!(source)),
    ];
    only(&Telnyx, &with(&post("call.hangup"), &changes))
}

#[test]
fn only_the_begin_of_a_leg_says_which_way_it_goes() {
    let way = |direction: &str| {
        let change = [("/data/payload/direction", json!(direction))];
        let fact = only(&Telnyx, &with(&post("call.initiated"), &change));
        assert_eq!((fact.what, fact.leg.as_deref()), (What::Ringing, Some("l1")));
        assert_eq!(fact.refs, [CallRef::Call("s1".to_owned())]);
        assert_eq!(number(&fact.to), Some("+46846500450"));
        fact.direction
    };
    assert_eq!((way("incoming"), way("outgoing")), (Direction::Inbound, Direction::Onward));
    let answered = only(&Telnyx, &post("call.answered"));
    assert_eq!((answered.what, answered.direction), (What::Talking, Direction::Onward));
    let bridged = only(&Telnyx, &post("call.bridged"));
    assert_eq!((bridged.what, bridged.direction), (What::Talking, Direction::Unsaid));
}

// R2: why nobody answered, and how long it rang where that is sure.
#[test]
fn a_leg_that_ends_says_why() {
    for (cause, source, why) in [
        ("originator_cancel", "caller", Why::Abandoned),
        ("ORIGINATOR_CANCEL", "caller", Why::Abandoned),
        ("user_busy", "callee", Why::Busy),
        ("call_rejected", "callee", Why::Refused),
        ("timeout", "unknown", Why::NoAnswer),
        ("not_found", "unknown", Why::Offline),
        ("normal_clearing", "caller", Why::Abandoned),
        ("normal_clearing", "callee", Why::Unknown),
        ("", "", Why::Unknown),
    ] {
        let fact = hung_up(cause, source);
        let rang = (cause.to_lowercase() == "originator_cancel")
            .then_some(TimeDelta::milliseconds(25_500));
        assert_eq!(fact.what, What::not_answered(why, rang), "{cause}");
        assert_eq!(fact.direction, Direction::Unsaid);
    }
}

// R1, R9
#[test]
fn a_recording_has_its_length_and_link_and_names_nobody() {
    let post = json!({"data": {
        "event_type": "call.recording.saved", "id": "e9", "occurred_at": "2026-11-16T08:16:28.000000Z",
        "payload": {
            "call_leg_id": "l1", "call_session_id": "s1", "channels": "single",
            "recording_started_at": "2026-11-16T08:16:04.000000Z", "recording_ended_at": "2026-11-16T08:16:27.000000Z",
            "recording_urls": {"wav": "https://s3.example/r.wav"}
        }
    }});
    let fact = only(&Telnyx, &post);
    let link = url::Url::parse("https://s3.example/r.wav").ok();
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(23)), link));
    assert_eq!((fact.from, fact.to), (Party::absent(), Party::absent()));
    let without = [("/data/payload/recording_started_at", Value::Null)];
    assert_eq!(
        only(
            &Telnyx,
            &with(&post, &[without[0].clone(), ("/data/payload/recording_urls", Value::Null)])
        )
        .what,
        What::voicemail(None, None)
    );
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld() {
    for from in ["anonymous", "Restricted", "", "+266696687", "sip:anonymous@anonymous.invalid"] {
        let change =
            [("/data/payload/from", json!(from)), ("/data/payload/direction", json!("incoming"))];
        assert_eq!(only(&Telnyx, &with(&post("call.initiated"), &change)).from, Party::withheld());
        assert_eq!(only(&Telnyx, &with(&post("call.hangup"), &change)).from, Party::withheld());
    }
}

#[test]
fn the_same_event_has_the_same_name_however_often_it_is_sent() {
    let again = with(&post("call.hangup"), &[("/meta/attempt", json!(3))]);
    assert_eq!(only(&Telnyx, &again), only(&Telnyx, &post("call.hangup")));
    let request = crate::adapters::testing::json::posted(&again);
    assert_eq!(Telnyx.delivery(&request).as_deref(), Some("e1"));
}

#[test]
fn what_tells_nothing_or_misses_what_it_needs_says_so() {
    for event in ["call.playback.ended", "call.dtmf.received", "call.machine.detection.ended", "x"]
    {
        assert_eq!(only(&Telnyx, &post(event)).what, What::Step, "{event}");
        let of_no_call = with(&post(event), &[("/data/payload/call_session_id", Value::Null)]);
        assert_eq!(read(&Telnyx, &of_no_call), Ok(Vec::new()), "{event}");
    }
    for field in ["event_type", "id"] {
        let without = with(&post("call.hangup"), &[(&format!("/data/{field}"), Value::Null)]);
        assert_eq!(read(&Telnyx, &without), Err(format!("the field \"data.{field}\" is missing")));
    }
    let without = with(&post("call.hangup"), &[("/data/payload/call_session_id", Value::Null)]);
    assert!(read(&Telnyx, &without).unwrap_err().contains("call_session_id"));
    assert_eq!(
        read(&Telnyx, &json!({"data": 1})).unwrap_err(),
        "the field \"data.event_type\" is missing"
    );
}
