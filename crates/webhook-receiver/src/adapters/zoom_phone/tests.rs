//! The signature, the question that Zoom asks, and who missed what.

use super::*;
use crate::adapters::source_for_tests;
use crate::adapters::testing::json::{number, only, posted, read, with};
use chrono::TimeDelta;
use domain::fact::Why;
use serde_json::json;

const SECRET: &str = "a-secret-token-of-zoom";
const SENT_AT: i64 = 1_794_800_000;

fn signed(body: &Value, secret: &str) -> RawRequest {
    let mut request = posted(body);
    let time = SENT_AT.to_string();
    let mac = mac::sha256(secret, &[b"v0:", time.as_bytes(), b":", &request.body]);
    request.headers = Vec::from([
        ("x-zm-request-timestamp".to_owned(), time),
        ("x-zm-signature".to_owned(), format!("v0={}", mac::hex(&mac))),
    ]);
    request
}

fn verified(request: &RawRequest, off: i64) -> Result<(), Refused> {
    let source = source_for_tests("zoom-phone", &["an-older-secret-token", SECRET]);
    ZoomPhone.verify(request, &source, DateTime::from_timestamp(SENT_AT + off, 0).unwrap())
}

fn ended(event: &str) -> Value {
    json!({"event": event, "event_ts": 1_794_819_325_259_u64, "payload": {"account_id": "a", "object": {
        "call_id": "1000000000000000001",
        "caller": {"phone_number": "+46701740641", "connection_type": "pstn_off_net"},
        "callee": {
            "extension_id": "ext-a", "extension_type": "user", "extension_number": 450, "phone_number": "+46846500450"
        },
        "ringing_start_time": "2026-11-16T08:15:03Z", "call_end_time": "2026-11-16T08:15:25Z",
        "handup_result": "No Answer"
    }}})
}

fn element(changes: &[(&str, Value)]) -> CallFact {
    let whole = json!({"event": "phone.callee_call_element_completed", "event_ts": 1, "payload": {"object": {
        "call_elements": [{
            "call_element_id": "20261116-a", "call_history_uuid": "20261116-b", "call_id": "1000000000000000002",
            "direction": "inbound", "caller_did_number": "+46701740642", "caller_number_type": "external_pstn",
            "callee_did_number": "+46846500400", "callee_ext_number": "400", "callee_ext_type": "call_queue",
            "start_time": "2026-11-16T08:51:00Z", "end_time": "2026-11-16T08:52:05Z", "event": "incoming",
            "result": "abandoned"
        }]
    }}});
    let changes: Vec<(String, Value)> = changes
        .iter()
        .map(|(field, value)| (format!("/payload/object/call_elements/0/{field}"), value.clone()))
        .collect();
    let changes: Vec<(&str, Value)> =
        changes.iter().map(|(pointer, value)| (pointer.as_str(), value.clone())).collect();
    only(&ZoomPhone, &with(&whole, &changes))
}

#[test]
fn time_and_body_are_signed_with_one_of_two_secrets_and_lately() {
    let body = ended("phone.callee_missed");
    let good = signed(&body, SECRET);
    assert_eq!(verified(&good, 300), Ok(()));
    assert_eq!(verified(&signed(&body, "an-older-secret-token"), -300), Ok(()));
    assert_eq!(verified(&good, 301), Err(Refused::Stale));
    assert_eq!(verified(&signed(&body, "another-secret-token"), 301), Err(Refused::Wrong));
    let mut other_body = good.clone();
    other_body.body.push(b' ');
    let mut other_time = good.clone();
    other_time.headers[0].1 = (SENT_AT + 1).to_string();
    let mut bare = good.clone();
    bare.headers[1].1 = good.headers[1].1.replace("v0=", "");
    for changed in [other_body, other_time, bare, posted(&body)] {
        assert_eq!(verified(&changed, 0), Err(Refused::Wrong));
    }
}

/// Whoever could have any text signed by asking for it could sign posts of their own.
#[test]
fn only_zooms_own_question_is_answered_and_never_with_a_signature() {
    let source = source_for_tests("zoom-phone", &["an-older-secret-token", SECRET]);
    let ask = |token: &str| json!({"event": VALIDATION, "payload": {"plainToken": token}});
    let answer = |request: &RawRequest| ZoomPhone.handshake(request, &source);
    let reply = answer(&signed(&ask("qgg8vlvZRS6UYooatFL8Aw"), SECRET)).unwrap();
    let body: Value = serde_json::from_str(&reply.body).unwrap();
    let encrypted = mac::hex(&mac::sha256(SECRET, &[b"qgg8vlvZRS6UYooatFL8Aw"]));
    assert_eq!(body, json!({"plainToken": "qgg8vlvZRS6UYooatFL8Aw", "encryptedToken": encrypted}));
    assert_eq!((reply.status, reply.content_type), (200, "application/json"));
    assert_eq!(answer(&posted(&ask("qgg8vlvZRS6UYooatFL8Aw"))), None);
    assert_eq!(answer(&signed(&ask("qgg8vlvZRS6UYooatFL8Aw"), "another-secret")), None);
    for token in ["", "v0:1794800000:{}", &"x".repeat(201)] {
        assert_eq!(answer(&signed(&ask(token), SECRET)), None, "{token}");
    }
    assert_eq!(answer(&signed(&ended("phone.callee_missed"), SECRET)), None);
}

// R2, R3
#[test]
fn who_is_rung_by_a_queue_misses_nothing() {
    let fact = only(&ZoomPhone, &ended("phone.callee_missed"));
    assert_eq!(fact.what, What::not_answered(Why::NoAnswer, Some(TimeDelta::seconds(22))));
    assert_eq!((number(&fact.to), fact.line.text.as_str()), (Some("+46846500450"), "450"));
    assert_eq!(fact.direction, Direction::Inbound);
    for by in ["callQueue", "call_queue", "sharedLineGroup", "sharedLines", "autoReceptionist"] {
        for event in ["phone.callee_missed", "phone.callee_rejected", "phone.callee_ended"] {
            let change = [("/payload/object/forwarded_by", json!({"extension_type": by}))];
            let fact = only(&ZoomPhone, &with(&ended(event), &change));
            assert_eq!(fact.what, What::Step, "{by} {event}");
        }
    }
    let by_a_person = [("/payload/object/forwarded_by", json!({"extension_type": "user"}))];
    let fact = only(&ZoomPhone, &with(&ended("phone.callee_missed"), &by_a_person));
    assert!(matches!(fact.what, What::NotAnswered { .. }));
}

#[test]
fn what_was_answered_lasted_from_the_answer_on() {
    let answered = [("/payload/object/answer_start_time", json!("2026-11-16T08:15:13Z"))];
    for (event, way) in
        [("phone.callee_ended", Direction::Inbound), ("phone.caller_ended", Direction::Outbound)]
    {
        let fact = only(&ZoomPhone, &with(&ended(event), &answered));
        assert_eq!(fact.what, What::answered(Some(TimeDelta::seconds(12))), "{event}");
        assert_eq!(fact.direction, way);
    }
    for event in ["phone.callee_answered", "phone.caller_connected"] {
        assert_eq!(only(&ZoomPhone, &with(&ended(event), &answered)).what, What::Talking);
    }
    let fact = only(&ZoomPhone, &ended("phone.caller_ended"));
    assert!(matches!(fact.what, What::NotAnswered { .. }));
    assert_eq!(only(&ZoomPhone, &ended("phone.callee_answered")).leg.as_deref(), Some("ext-a"));
}

#[test]
fn why_it_was_not_answered_is_read_from_words() {
    for (word, why) in [
        ("Call Cancel", Why::Abandoned),
        ("Busy", Why::Busy),
        ("Call Rejected", Why::Refused),
        ("Declined", Why::Refused),
        ("No Answer", Why::NoAnswer),
        ("Something new", Why::Unknown),
        ("", Why::Unknown),
    ] {
        let change = [("/payload/object/handup_result", json!(word))];
        let fact = only(&ZoomPhone, &with(&ended("phone.callee_missed"), &change));
        assert!(matches!(fact.what, What::NotAnswered { why: w, .. } if w == why), "{word}");
    }
}

// R3, R15
#[test]
fn an_element_tells_what_the_queue_made_of_it() {
    let waited = Some(TimeDelta::seconds(65));
    assert_eq!(element(&[]).what, What::not_answered(Why::Abandoned, waited));
    assert_eq!(element(&[]).line.text, "400");
    for (result, why) in
        [("no_answer", Why::NoAnswer), ("overflowed", Why::NoAnswer), ("busy", Why::Busy)]
    {
        let fact = element(&[("result", json!(result))]);
        assert_eq!(fact.what, What::not_answered(why, waited), "{result}");
    }
    let person = ("callee_ext_type", json!("user"));
    let talked = [("result", json!("answered")), ("talk_time", json!(40)), person.clone()];
    assert_eq!(element(&talked).what, What::answered(Some(TimeDelta::seconds(40))));
    assert_eq!(element(&talked[..1]).what, What::Step, "a queue that answers plays music");
    for reason in ["answered_by_other", "pickup_by_other", "call_out_by_other"] {
        let elsewhere = [("result", json!("unconnected")), ("result_reason", json!(reason))];
        assert_eq!(element(&elsewhere).what, What::Step, "{reason}");
    }
    let member = [("event", json!("ring_to_member")), ("result", json!("no_answer")), person];
    assert_eq!(element(&member).what, What::Step);
    assert_eq!(element(&[("result", json!("something_new"))]).what, What::Step);
}

// R6
#[test]
fn a_caller_who_is_hidden_is_withheld_though_the_number_is_there() {
    for change in [
        ("hide_caller_id", json!(true)),
        ("caller_number_type", json!("anonymous_number")),
        ("caller_did_number", json!("")),
        ("caller_did_number", json!("anonymous")),
    ] {
        assert_eq!(element(&[change]).from, Party::withheld());
    }
}

// R1
#[test]
fn a_voicemail_and_its_transcript_are_one_message() {
    let post = json!({"event": "phone.voicemail_received", "event_ts": 1, "payload": {"object": {
        "id": "vm1", "call_id": "1000000000000000003", "caller_number": "46701740643", "caller_number_type": 2,
        "callee_number": "450", "callee_did_number": "+46846500450", "date_time": "2026-11-16T08:41:04Z",
        "download_url": "https://zoom.us/v2/phone/voice_mails/download/x", "duration": 23
    }}});
    let fact = only(&ZoomPhone, &post);
    let link = url::Url::parse("https://zoom.us/v2/phone/voice_mails/download/x").ok();
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(23)), link));
    assert_eq!((number(&fact.from), fact.key.as_str()), (Some("+46701740643"), "vm1"));
    let text = [
        ("/event", json!("phone.voicemail_transcript_completed")),
        ("/payload/object/duration", Value::Null),
        ("/payload/object/download_url", Value::Null),
        ("/payload/object/transcription", json!({"content": "Hej"})),
    ];
    let again = only(&ZoomPhone, &with(&post, &text));
    assert_eq!(
        (again.what, again.key, again.refs),
        (What::voicemail(None, None), fact.key, fact.refs)
    );
}

#[test]
fn other_events_tell_nothing_and_broken_ones_say_why() {
    for event in ["phone.callee_ringing", "phone.caller_ringing", "phone.callee_hold"] {
        assert_eq!(only(&ZoomPhone, &ended(event)).what, What::Step, "{event}");
    }
    for event in ["phone.callee_call_log_completed", "phone.recording_completed", "meeting.started"]
    {
        assert_eq!(read(&ZoomPhone, &ended(event)), Ok(Vec::new()), "{event}");
    }
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    assert_eq!(read(&ZoomPhone, &json!({})), missing("event"));
    let bare = json!({"event": "phone.callee_missed", "payload": []});
    assert_eq!(read(&ZoomPhone, &bare), missing("payload.object.call_id"));
    let bare = json!({"event": "phone.callee_call_element_completed"});
    assert_eq!(read(&ZoomPhone, &bare), missing("payload.object.call_elements"));
}
