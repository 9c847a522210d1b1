//! The rules that this adapter has a part in, tokens that nobody should send, and events that nobody should.

use super::*;
use crate::adapters::jwt::WAYS_OF_SIGNING;
use crate::adapters::source_for_tests;
use crate::adapters::testing::{number, only, read};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::fact::Why;
use serde_json::json;

const SECRET: &str = "vonage-signature-secret-of-today";
const NOW: i64 = 1_794_830_400;

fn posted(body: &Value) -> RawRequest {
    RawRequest { body: body.to_string().into_bytes(), ..RawRequest::default() }
}

fn leg(direction: &str, status: &str) -> Value {
    json!({"from": "46701740641", "to": "46846500450", "uuid": "u1", "conversation_uuid": "CON-1", "status": status,
        "direction": direction, "timestamp": "2026-11-16T11:59:00.000Z"})
}

fn with(mut event: Value, changes: &[(&str, Value)]) -> Value {
    for (field, value) in changes {
        event[field] = value.clone();
    }
    event
}

fn fact(event: &Value) -> CallFact {
    only("vonage", &posted(event))
}

/// A request whose token makes these claims.
fn claiming(body: &str, claims: &Value, secret: &str) -> RawRequest {
    with_header(r#"{"alg": "HS256"}"#, body, claims, secret)
}

fn with_header(header: &str, body: &str, claims: &Value, secret: &str) -> RawRequest {
    let coded = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let signed = format!("{}.{}", coded(header), coded(&claims.to_string()));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(mac::sha256(secret, &[signed.as_bytes()]));
    RawRequest {
        headers: Vec::from([("authorization".to_owned(), format!("Bearer {signed}.{signature}"))]),
        body: body.as_bytes().to_vec(),
        ..RawRequest::default()
    }
}

fn verified(request: &RawRequest) -> Result<(), Refused> {
    let source = source_for_tests("vonage", &["secret-of-yesterday", SECRET]);
    Vonage.verify(request, &source, DateTime::from_timestamp(NOW, 0).unwrap())
}

#[test]
fn the_token_must_be_signed_be_of_this_body_and_be_recent() {
    let hash = mac::hex(&Sha256::digest("{}"));
    let claims = |iat: Value| json!({"iat": iat, "jti": "j1", "payload_hash": hash});
    let sent = |body: &str, claims: &Value, secret: &str| verified(&claiming(body, claims, secret));
    for near in [0, 300, -300] {
        assert_eq!(sent("{}", &claims(json!(NOW + near)), SECRET), Ok(()), "{near}");
    }
    for far in [301, -301, -NOW] {
        assert_eq!(sent("{}", &claims(json!(NOW + far)), SECRET), Err(Refused::Stale), "{far}");
    }
    assert_eq!(sent("{}", &claims(json!(NOW)), "secret-of-yesterday"), Ok(()));
    let wrong = Err(Refused::Wrong);
    assert_eq!(sent("{}", &claims(json!(NOW)), "another-secret"), wrong);
    assert_eq!(sent("{ }", &claims(json!(NOW)), SECRET), wrong, "another body");
    assert_eq!(sent("{}", &claims(json!("now")), SECRET), wrong);
    assert_eq!(sent("{}", &claims(Value::Null), SECRET), wrong);
    assert_eq!(sent("{}", &json!({"iat": NOW}), SECRET), wrong, "nothing says which body");
    assert_eq!(sent("{}", &json!({"iat": NOW, "payload_hash": ""}), SECRET), wrong);
    let of_nothing = json!({"iat": NOW, "payload_hash": mac::hex(&Sha256::digest(""))});
    assert_eq!(sent("", &of_nothing, SECRET), wrong, "what is in the address nobody signs");
    assert_eq!(verified(&RawRequest::default()), wrong);
    let upper = json!({"iat": NOW, "payload_hash": hash.to_uppercase()});
    assert_eq!(sent("{}", &upper, SECRET), Ok(()));
}

#[test]
fn a_token_that_chooses_its_own_way_of_signing_is_refused() {
    let claims = json!({"iat": NOW, "payload_hash": mac::hex(&Sha256::digest("{}"))});
    let sent = |header: &str| verified(&with_header(header, "{}", &claims, SECRET));
    assert_eq!(sent(r#"{"typ": "JWT", "alg": "HS256"}"#), Ok(()));
    for header in WAYS_OF_SIGNING {
        assert_eq!(sent(header), Err(Refused::Wrong), "{header}");
    }
}

#[test]
fn a_delivery_is_named_by_its_token_and_later_by_what_it_says() {
    let event = leg("inbound", "completed").to_string();
    let mut request = claiming(&event, &json!({"jti": "j1"}), SECRET);
    assert_eq!(Vonage.delivery(&request).as_deref(), Some("j1"));
    assert_eq!(only("vonage", &request).key, "j1");
    request.headers.clear();
    assert_eq!(Vonage.delivery(&request).as_deref(), Some("u1"));
    assert_eq!(only("vonage", &request).key, "completed:u1:2026-11-16T11:59:00.000Z");
}

// R2, R3: a program takes a call to us; whether a person did, the other legs tell.
#[test]
fn the_leg_of_whoever_rang_us_says_that_nobody_else_is_known_to_have_answered() {
    for (status, what) in [
        ("started", What::Ringing),
        ("ringing", What::Ringing),
        ("answered", What::Step),
        ("completed", What::not_answered(Why::Unknown, None)),
        ("busy", What::not_answered(Why::Busy, None)),
        ("timeout", What::not_answered(Why::NoAnswer, None)),
        ("unanswered", What::not_answered(Why::NoAnswer, None)),
        ("rejected", What::not_answered(Why::Refused, None)),
        ("cancelled", What::not_answered(Why::Abandoned, None)),
        ("failed", What::not_answered(Why::Offline, None)),
        ("disconnected", What::not_answered(Why::Unknown, None)),
        ("human", What::Step),
        ("something-new", What::Step),
    ] {
        assert_eq!(fact(&leg("inbound", status)).what, what, "{status}");
    }
    let timed = [
        ("start_time", json!("2026-11-16T11:57:00.000Z")),
        ("end_time", json!("2026-11-16T11:58:36.000Z")),
        ("duration", json!("96")),
    ];
    let over = fact(&with(leg("inbound", "completed"), &timed));
    assert_eq!(over.what, What::not_answered(Why::Unknown, None), "its duration is no talk");
    assert_eq!((over.began_at.is_some(), over.ended_at), (true, None));
}

// R3, R21: the directory knows whether it rang one of ours.
#[test]
fn a_leg_that_was_dialled_tells_who_talked_and_never_who_was_missed() {
    let of = |status: &str, duration: Value| {
        fact(&with(leg("outbound", status), &[("duration", duration)]))
    };
    let talked = of("completed", json!("95"));
    assert_eq!(
        (talked.direction, talked.what),
        (Direction::Unsaid, What::answered(Some(TimeDelta::seconds(95))))
    );
    assert_eq!(of("completed", json!(95)).what, What::answered(Some(TimeDelta::seconds(95))));
    let talks = of("answered", Value::Null);
    assert_eq!((talks.direction, talks.what), (Direction::Unsaid, What::Talking));
    for (status, duration) in
        [("completed", json!("0")), ("completed", Value::Null), ("timeout", Value::Null)]
    {
        let fact = of(status, duration);
        assert_eq!(fact.direction, Direction::Onward, "{status}");
        assert!(matches!(fact.what, What::NotAnswered { .. }), "{status}");
    }
}

// R1, R34
#[test]
fn a_recording_names_its_conversation_only() {
    let event = json!({"start_time": "2026-11-16T11:58:00Z", "end_time": "2026-11-16T11:58:23Z", "size": 9,
        "recording_url": "https://api.nexmo.com/v1/files/f1", "recording_uuid": "r1", "conversation_uuid": "CON-1",
        "timestamp": "2026-11-16T11:58:24Z"});
    let fact = fact(&event);
    let link = url::Url::parse("https://api.nexmo.com/v1/files/f1").ok();
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(23)), link));
    assert!(fact.parties().iter().all(|p| **p == Party::absent()));
    assert_eq!((fact.direction, fact.complete), (Direction::Unsaid, true));
    assert_eq!(fact.refs, [CallRef::Call("CON-1".to_owned())]);
    let odd = with(event, &[("recording_url", json!("file:///etc/passwd"))]);
    assert_eq!(
        only("vonage", &posted(&odd)).what,
        What::voicemail(Some(TimeDelta::seconds(23)), None)
    );
}

// R6, R7
#[test]
fn a_caller_is_a_number_a_client_of_ours_or_withheld() {
    assert_eq!(number(&fact(&leg("inbound", "started")).from), Some("+46701740641"));
    for nobody in ["anonymous", "unknown", "", "Restricted", "+"] {
        let event = with(leg("inbound", "started"), &[("from", json!(nobody))]);
        assert_eq!(fact(&event).from, Party::withheld(), "{nobody}");
    }
    let client =
        with(leg("inbound", "started"), &[("from", Value::Null), ("from_user", json!("ulla"))]);
    let client = fact(&client);
    assert_eq!((client.direction, client.from.text.as_str()), (Direction::Outbound, "ulla"));
}

#[test]
fn what_tells_nothing_of_a_call_is_a_step_and_what_cannot_be_read_says_why() {
    for event in [
        json!({"conversation_uuid_from": "CON-1", "conversation_uuid_to": "CON-2", "timestamp": "2026-11-16T11:58:24Z"}),
        json!({"conversation_uuid": "CON-1", "uuid": "u1", "from": "46701740641", "to": "46846500450", "dtmf": {"digits": "1", "timed_out": false}}),
        json!({"conversation_uuid": "CON-1", "reason": "Syntax error in NCCO"}),
        json!({"call_uuid": "u1", "conversation_uuid": "CON-1", "status": "machine"}),
    ] {
        assert_eq!(fact(&event).what, What::Step, "{event}");
    }
    let error = |event: &Value| read("vonage", &posted(event)).unwrap_err();
    assert_eq!(error(&json!({})), "the field \"conversation_uuid\" is missing");
    assert_eq!(error(&with(leg("inbound", ""), &[])), "the field \"status\" is missing");
    assert_eq!(
        error(&leg("sideways", "completed")),
        "the field \"direction\" is not \"inbound\" or \"outbound\""
    );
    let nameless = with(
        leg("inbound", "started"),
        &[("uuid", Value::Null), ("conversation_uuid", Value::Null)],
    );
    assert_eq!(error(&nameless), "the field \"conversation_uuid\" is missing");
}
