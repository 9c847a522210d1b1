//! The rules that this adapter has a part in, and bytes that nobody should send.

use super::*;
use crate::adapters::source_for_tests;
use crate::adapters::testing::number;
use serde_json::{Value, json};

const KEY: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const TOKEN: &str = "a-token-for-curl";

fn event(kind: &str, data: Value) -> Value {
    json!({
        "specversion": "1.0", "id": "evt_1", "source": "/pbx/stadshuset", "type": format!("se.aterkom.call.{kind}"),
        "time": "2026-11-09T08:15:30.25Z", "data": data
    })
}

fn read(event: &Value) -> Result<Vec<CallFact>, Unreadable> {
    let request = RawRequest { body: serde_json::to_vec(event).unwrap(), ..RawRequest::default() };
    Native.parse(&request, &source_for_tests("native", &[]))
}

fn only(kind: &str, data: Value) -> CallFact {
    let [fact] = <[CallFact; 1]>::try_from(read(&event(kind, data)).unwrap()).unwrap();
    fact
}

#[test]
fn a_missed_call_is_about_the_extension_and_complete() {
    let data = json!({"call_id": "c-1", "from": "070-174 06 05", "to": "+46846500412", "extension": "412", "new_field": {}});
    let fact = only("missed", data);
    assert_eq!(fact.key, "evt_1");
    assert_eq!(fact.refs, [CallRef::Call("c-1".to_owned())]);
    assert_eq!(fact.direction, Direction::Inbound);
    assert_eq!(number(&fact.from), Some("+46701740605")); // R7
    assert_eq!((number(&fact.to), fact.line.text.as_str()), (Some("+46846500412"), "412"));
    assert_eq!(fact.what, What::not_answered(Why::Unknown, None));
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-09T08:15:30.250+00:00"); // R9
    assert!(fact.complete); // R4
}

// R6
#[test]
fn nobody_to_call_back_is_a_withheld_caller() {
    for from in [json!(null), json!(""), json!("  "), json!("Anonymous")] {
        let fact =
            only("missed", json!({"from": from, "caller_name": "Lisa Ek", "extension": 412}));
        assert_eq!(fact.from, Party::withheld());
        assert_eq!((fact.to.text.as_str(), fact.line.text.as_str()), ("412", "412"));
        assert!(fact.refs.is_empty());
    }
    assert_eq!(only("missed", json!({})).from, Party::withheld());
}

// R1, R34
#[test]
fn a_message_has_its_length_and_a_web_link_and_never_a_transcript() {
    let data = json!({"from": "0701740606", "duration_s": "23", "recording_url": "https://pbx.example.org/vm/4.wav", "transcription": "Ring mig."});
    let fact = only("voicemail", data);
    let link = Url::parse("https://pbx.example.org/vm/4.wav").unwrap();
    assert_eq!(fact.what, What::voicemail(Some(chrono::TimeDelta::seconds(23)), Some(link)));
    assert!(!serde_json::to_string(&fact).unwrap().contains("Ring mig"));
    for link in [
        "file:///var/spool/4.wav",
        "javascript:alert(1)",
        "4.wav",
        &format!("https://x.se/{}", "a".repeat(2000)),
    ] {
        let fact = only("voicemail", json!({"recording_url": link, "duration_s": 3}));
        assert_eq!(fact.what, What::voicemail(Some(chrono::TimeDelta::seconds(3)), None));
    }
    let request = only("callback_request", json!({"from": "0701740606"}));
    assert!(matches!(request.what, What::Message { message: MessageKind::CallbackRequest, .. }));
}

// R21, R22
#[test]
fn answered_calls_have_their_talk_time_and_mad_ones_are_of_unknown_length() {
    for (said, talk_ms) in [
        (json!(95), Some(95_000)),
        (json!("95.5"), Some(95_500)),
        (json!(-1), None),
        (json!("NaN"), None),
        (json!(1e300), None),
        (json!(u64::MAX), None),
        (json!(null), None),
    ] {
        let fact = only("answered_inbound", json!({"from": "031-3900606", "duration_s": said}));
        assert_eq!(fact.what, What::Answered { talk_ms }, "{said}");
    }
    let out = only(
        "answered_outbound",
        json!({"from": null, "to": "0701740607", "extension": "412", "duration_s": 64}),
    );
    assert_eq!((out.direction, number(&out.to)), (Direction::Outbound, Some("+46701740607")));
    assert_eq!((out.from, out.line.text.as_str()), (Party::absent(), "412"));
    let unanswered = only("unanswered_outbound", json!({"to": "0701740607"}));
    assert_eq!(unanswered.what, What::not_answered(Why::Unknown, None));
}

#[test]
fn events_of_others_tell_nothing_and_unknown_ones_of_ours_are_kept() {
    let mut other = event("missed", json!("any text"));
    other["type"] = json!("com.example.disk.full");
    assert_eq!(read(&other), Ok(Vec::new()));
    let reason = read(&event("+46701740605 transferred\n", json!({}))).unwrap_err().to_string();
    assert_eq!(reason, "type \"se.aterkom.call.transferred\" is not one this version reads");
}

#[test]
fn what_cannot_be_read_names_the_field() {
    let with = |field: &str, value: Value| {
        let mut event = event("unanswered_outbound", json!({"to": "0701740607"}));
        event[field] = value;
        read(&event).map(|facts| facts.len()).map_err(|reason| reason.to_string())
    };
    let expected = "the field \"time\" is not a time such as 2026-11-09T08:15:30Z".to_owned();
    for time in ["+60000-01-01T00:00:00Z", "9999-12-31T23:59:59-23:00", "2026-11-09 08:15", "igår"]
    {
        assert_eq!(with("time", json!(time)), Err(expected.clone()), "{time}");
    }
    assert_eq!(with("time", json!(null)), Ok(1));
    assert_eq!(with("id", json!("\u{0}")), Err("the field \"id\" is missing".to_owned()));
    assert_eq!(with("type", json!("")), Err("the field \"type\" is missing".to_owned()));
    assert_eq!(with("data", json!(null)), Err("the field \"data\" is missing".to_owned()));
    assert_eq!(with("data", json!({})), Err("the field \"data.to\" is missing".to_owned()));
    let secret_content = with("data", json!({"to": ["0701740607"]})).unwrap_err();
    assert!(secret_content.starts_with("the JSON is not of the expected form"), "{secret_content}");
}

#[test]
fn a_leap_second_is_a_time_like_any_other() {
    let mut leap = event("missed", json!({}));
    leap["time"] = json!("2026-12-31T23:59:60.5Z");
    assert_eq!(
        read(&leap).unwrap()[0].ended_at.unwrap().to_rfc3339(),
        "2027-01-01T00:00:00.500+00:00"
    );
}

#[test]
fn a_signed_request_needs_the_key_and_an_unsigned_one_the_token() {
    let now = DateTime::from_timestamp(1_794_212_130, 0).unwrap();
    // Computed with Python's hmac over "evt_1.1794212130.{}".
    let signature = "v1,f+/akcqRE1arb46TPV9OniCccBaufbBX/YssRSc6n84=";
    let signed = |signature: &str| RawRequest {
        headers: [
            ("webhook-id", "evt_1"),
            ("webhook-timestamp", "1794212130"),
            ("webhook-signature", signature),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec(),
        rest: TOKEN.to_owned(),
        body: b"{}".to_vec(),
        ..RawRequest::default()
    };
    let plain = RawRequest { rest: TOKEN.to_owned(), ..RawRequest::default() };
    let both = source_for_tests("native", &[KEY, TOKEN]);
    let only_key = source_for_tests("native", &[KEY, "whpk_AAECAwQFBgcICQoLDA0ODw=="]);
    assert_eq!(Native.verify(&signed(signature), &both, now), Ok(()));
    assert_eq!(
        Native.verify(&signed("v1,AAAA"), &both, now),
        Err(Refused::Wrong),
        "no way round by the token"
    );
    assert_eq!(Native.verify(&plain, &both, now), Ok(()));
    assert_eq!(Native.verify(&plain, &only_key, now), Err(Refused::Wrong));
    let public =
        RawRequest { rest: "whpk_AAECAwQFBgcICQoLDA0ODw==".to_owned(), ..RawRequest::default() };
    assert_eq!(
        Native.verify(&public, &only_key, now),
        Err(Refused::Wrong),
        "a public key is no token"
    );
    let late = now + chrono::TimeDelta::minutes(6);
    assert_eq!(Native.verify(&signed(signature), &both, late), Err(Refused::Stale));
}

#[test]
fn a_secret_is_a_signing_secret_or_a_token() {
    assert_eq!(Native.check_secret(KEY), Ok(()));
    assert_eq!(Native.check_secret(TOKEN), Ok(()));
    for secret in ["whsec_short", "whpk_AAECAwQFBgcICQoLDA0ODw==", "user:password", "short"] {
        let error = Native.check_secret(secret).unwrap_err();
        assert!(!error.contains(secret), "{error}");
    }
}

#[test]
fn a_repetition_is_known_by_its_header_or_its_id_or_its_time() {
    let delivery = |body: Value, header: Option<&str>| {
        let headers =
            header.map(|id| ("webhook-id".to_owned(), id.to_owned())).into_iter().collect();
        let body = serde_json::to_vec(&body).unwrap();
        Native.delivery(&RawRequest { body, headers, ..RawRequest::default() })
    };
    assert_eq!(delivery(json!({"id": "a"}), Some("b")).as_deref(), Some("b"));
    assert_eq!(delivery(json!({"id": "a", "time": "t"}), None).as_deref(), Some("a"));
    assert_eq!(delivery(json!({"time": "t"}), None).as_deref(), Some("t"));
    assert_eq!(delivery(json!({"type": "dnd"}), None), None);
}

proptest::proptest! {
    #[test]
    fn any_bytes_and_any_truncation_are_read_without_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        cut in 0_usize..400,
    ) {
        let source = source_for_tests("native", &[KEY, TOKEN]);
        let whole = event("voicemail", json!({"call_id": "å", "from": "0701740605", "duration_s": 23, "extension": 412}));
        let mut body = serde_json::to_vec(&whole).unwrap();
        body.truncate(cut);
        for body in [bytes, body] {
            let request = RawRequest { body, ..RawRequest::default() };
            let _ = (Native.parse(&request, &source), Native.delivery(&request));
        }
    }
}
