//! The question at subscription, parties that come and go, and voicemails.

use super::*;
use crate::adapters::source_for_tests;
use crate::adapters::testing::json::{number, only, posted, read, with};
use chrono::TimeDelta;
use domain::fact::{CallRef, Why};
use serde_json::json;

fn session(direction: &str, status: &str) -> Value {
    json!({"uuid": "u1", "event": "/restapi/v1.0/account/1/telephony/sessions", "timestamp": "2026-11-16T08:15:25.390Z",
        "body": {"sequence": 4, "telephonySessionId": "s-1", "eventTime": "2026-11-16T08:15:03.340Z", "parties": [{
            "extensionId": "700450", "id": "p-1-2", "direction": direction,
            "to": {"phoneNumber": "+46846500450", "extensionId": "700450"}, "from": {"phoneNumber": "+46701740641"},
            "status": {"code": status}, "missedCall": false
        }], "origin": {"type": "Call"}}})
}

fn party(direction: &str, status: &str, field: &str, value: Value) -> CallFact {
    let pointer = format!("/body/parties/0/{field}");
    only(&RingCentral, &with(&session(direction, status), &[(&pointer, value)]))
}

#[test]
fn the_question_at_subscription_is_answered_in_a_header() {
    let source = source_for_tests("ringcentral", &["a-validation-token"]);
    let ask = |token: &str, body: &[u8]| {
        let headers = Vec::from([(TOKEN.to_owned(), token.to_owned())]);
        let request = RawRequest { headers, body: body.to_vec(), ..RawRequest::default() };
        RingCentral.handshake(&request, &source)
    };
    let reply = ask("5d0d1ad2-whatever", b"").unwrap();
    assert_eq!(reply.headers, [(TOKEN, "5d0d1ad2-whatever".to_owned())]);
    assert_eq!(
        (reply.status, reply.content_type, reply.body.as_str()),
        (200, "application/json", "")
    );
    assert_eq!(ask("a-validation-token", b"{}"), None, "a notification is no question");
    for token in ["", "with space", "å", "line\nfeed", &"x".repeat(401)] {
        assert_eq!(ask(token, b""), None, "{token}");
    }
    assert_eq!(RingCentral.handshake(&RawRequest::default(), &source), None);
}

#[test]
fn every_notification_carries_one_of_two_tokens() {
    let source = source_for_tests("ringcentral", &["an-older-token", "a-validation-token"]);
    let verified = |token: &str| {
        let headers = Vec::from([(TOKEN.to_owned(), token.to_owned())]);
        let request = RawRequest { headers, ..posted(&session("Inbound", "Setup")) };
        RingCentral.verify(&request, &source, DateTime::UNIX_EPOCH)
    };
    assert_eq!((verified("a-validation-token"), verified("an-older-token")), (Ok(()), Ok(())));
    assert_eq!(verified("a-validation-tokem"), Err(Refused::Wrong));
    let none = RingCentral.verify(&posted(&json!({})), &source, DateTime::UNIX_EPOCH);
    assert_eq!(none, Err(Refused::Wrong));
}

// R3
#[test]
fn what_becomes_of_a_party_is_told_by_its_status() {
    for (direction, status, what) in [
        ("Inbound", "Setup", What::Ringing),
        ("Inbound", "Proceeding", What::Ringing),
        ("Inbound", "Answered", What::Talking),
        ("Inbound", "Hold", What::Step),
        ("Inbound", "VoiceMail", What::Step),
        ("Inbound", "Disconnected", What::Ended),
        ("Outbound", "Disconnected", What::not_answered(Why::Unknown, None)),
    ] {
        let fact = only(&RingCentral, &session(direction, status));
        assert_eq!(fact.what, what, "{direction} {status}");
        assert_eq!(fact.leg.as_deref(), Some("p-1-2"));
        assert_eq!(fact.refs, [CallRef::Call("s-1".to_owned())]);
    }
    let missed = party("Inbound", "Disconnected", "missedCall", json!(true));
    assert_eq!(missed.what, What::not_answered(Why::Unknown, None));
    assert_eq!((missed.line.text.as_str(), number(&missed.to)), ("700450", Some("+46846500450")));
    assert_eq!(missed.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:15:25.390+00:00");
}

#[test]
fn a_party_that_was_taken_by_a_colleague_missed_nothing() {
    for (reason, what) in [
        ("Pickup", What::Ended),
        ("AgentAnswered", What::Ended),
        ("NoAnswer", What::not_answered(Why::NoAnswer, None)),
        ("TargetBusy", What::not_answered(Why::Busy, None)),
        ("Rejected", What::not_answered(Why::Refused, None)),
        ("Cancelled", What::not_answered(Why::Abandoned, None)),
    ] {
        let status = ("/body/parties/0/status/reason", json!(reason));
        let missed = ("/body/parties/0/missedCall", json!(true));
        let fact =
            only(&RingCentral, &with(&session("Inbound", "Disconnected"), &[status, missed]));
        assert_eq!(fact.what, what, "{reason}");
    }
}

#[test]
fn a_menu_answers_for_nobody() {
    let bare = [
        ("/body/parties/0/extensionId", Value::Null),
        ("/body/parties/0/to/extensionId", Value::Null),
    ];
    assert_eq!(only(&RingCentral, &with(&session("Inbound", "Answered"), &bare)).what, What::Step);
}

#[test]
fn several_parties_are_several_facts_of_one_call() {
    let mut post = session("Inbound", "Disconnected");
    let first = post["body"]["parties"][0].clone();
    post["body"]["parties"].as_array_mut().unwrap().push(first);
    let facts = read(&RingCentral, &post).unwrap();
    assert_eq!(facts.iter().map(|f| f.key.as_str()).collect::<Vec<_>>(), ["u1", "u1:1"]);
    assert_eq!(facts[0].refs, facts[1].refs);
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld() {
    for from in [json!({}), json!({"phoneNumber": "anonymous"}), Value::Null] {
        assert_eq!(party("Inbound", "Disconnected", "from", from).from, Party::withheld());
    }
    let colleague = party("Inbound", "Disconnected", "from", json!({"extensionNumber": "413"}));
    assert_eq!(colleague.from.text, "413");
}

// R1
#[test]
fn a_voicemail_is_a_call_of_its_own() {
    let post = json!({"uuid": "u2", "event": "/restapi/v1.0/account/~/extension/700450/voicemail",
    "timestamp": "2026-11-16T08:41:30.390Z", "body": {
        "id": "9", "to": [{"phoneNumber": "+46846500450", "extensionNumber": "450"}],
        "from": {"phoneNumber": "+46701740643"}, "type": "VoiceMail", "creationTime": "2026-11-16T08:41:27.000Z",
        "attachments": [{"type": "AudioTranscription"}, {
            "uri": "https://platform.ringcentral.com/content/9", "type": "AudioRecording", "vmDuration": 23
        }], "direction": "Inbound"
    }});
    let fact = only(&RingCentral, &post);
    let link = url::Url::parse("https://platform.ringcentral.com/content/9").ok();
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(23)), link));
    assert_eq!((fact.refs.len(), fact.line.text.as_str(), fact.complete), (0, "450", true));
    let fax = with(&post, &[("/body/type", json!("Fax"))]);
    assert_eq!(read(&RingCentral, &fax), Ok(Vec::new()));
}

#[test]
fn what_is_missing_is_named() {
    for (field, said) in [
        ("/uuid", "uuid"),
        ("/event", "event"),
        ("/body/telephonySessionId", "body.telephonySessionId"),
        ("/body/parties", "body.parties"),
        ("/body/parties/0/status", "body.parties.status.code"),
        ("/body/parties/0/direction", "body.parties.direction"),
    ] {
        let reason =
            read(&RingCentral, &with(&session("Inbound", "Setup"), &[(field, Value::Null)]));
        assert_eq!(reason.unwrap_err(), format!("the field \"{said}\" is missing"));
    }
}
