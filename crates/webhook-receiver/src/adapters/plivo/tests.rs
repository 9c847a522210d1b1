//! The published signatures, and the rules that this adapter has a part in.

use super::*;
use crate::adapters::source_for_tests;
use crate::adapters::testing::{form, number, only, read};
use chrono::TimeDelta;
use domain::fact::{What, Why};

const HANGUP: &str = "CallUUID=a1&Direction=inbound&From=46701740641&To=46846500450&CallStatus=no-answer&Event=Hangup\
    &Duration=0&HangupCause=NO_ANSWER";
const DIAL: &str = "CallUUID=a1&Direction=inbound&From=46701740641&To=46846500450&CallStatus=in-progress\
    &DialStatus=no-answer&DialALegUUID=a1&DialHangupCause=NO_ANSWER";
const RECORD: &str = "CallUUID=a1&Direction=inbound&From=46701740641&To=46846500450&CallStatus=in-progress&RecordingID=r1\
    &RecordUrl=https://media.plivo.com/r1.mp3&RecordingDuration=19&RecordingStartMs=1794816060000&RecordingEndMs=1794816079340";

/// Of plivo-go, utils_test.go: the token, the nonce, the fields, and what each way of sending them is signed with.
const TOKEN: &str = "Y2Q2ZDgxZmY5YWRiOTI5YmQ1Njg0MTAxZWIyOTc4";
const NONCE: &str = "31627761595286130198";
const URL: &str = "https://plivobin.non-prod.plivops.com/api/v1/validate_signature03.xml";
const FIELDS: [(&str, &str); 13] = [
    ("Direction", "outbound"),
    ("From", "19792014278"),
    ("ALegUUID", "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"),
    ("CallStatus", "in-progress"),
    ("BillRate", "0.002"),
    ("ParentAuthID", "MANWVLYTK4ZWU1YTY4QA"),
    ("To", "sip:PlivoSignature382029104058171078704104@phone-qa.voice.plivodev.com"),
    ("ALegRequestUUID", "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"),
    ("CallUUID", "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"),
    ("RequestUUID", "3e82ae9d-2c78-4d85-b1a4-6eae7dbafb36"),
    ("SIP-H-To", "<sip:PlivoSignature382029104058171078704104@52.9.11.55;transport=udp>;tag=1"),
    ("SessionStart", "2020-04-08 11:34:33.238707"),
    ("Event", "StartApp"),
];

fn sent(method: &str, query: &str, signature: &str) -> RawRequest {
    let fields = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(FIELDS).finish();
    let (url, body) = match (method, query) {
        ("GET", "") => (format!("{URL}?{fields}"), String::new()),
        ("GET", _) => (format!("{URL}/?{query}&{fields}"), String::new()),
        (_, "") => (URL.to_owned(), fields),
        _ => (format!("{URL}/?{query}"), fields),
    };
    let headers = [("x-plivo-signature-v3", signature), ("x-plivo-signature-v3-nonce", NONCE)];
    RawRequest {
        method: method.to_owned(),
        url,
        rest: String::new(),
        headers: headers.map(|(n, v)| (n.to_owned(), v.to_owned())).to_vec(),
        body: body.into_bytes(),
    }
}

fn verified(request: &RawRequest) -> Result<(), Refused> {
    let source = source_for_tests("plivo", &["token-of-yesterday", TOKEN]);
    Plivo.verify(request, &source, DateTime::UNIX_EPOCH)
}

#[test]
fn the_published_signatures_are_right_and_any_other_is_not() {
    for (method, query, signature) in [
        ("POST", "a=b&c=d", "k7Pusd4OxCIjR5IfA9iedDNu/h/gbdYqdzG/MiYtd1c="),
        ("GET", "a=b&c=d", "UBq8jAtd32wR8EK9VgxbBn4n5rpI/l1H9iN4WfSEHFQ="),
        ("POST", "", "iAjE5QqI37mbkYe4w3jTMudqEzbDufdqi7sYwTu64e0="),
        ("GET", "", "i/MQsaQSAd6fiKhOh2qeeeLHZ9faldADSb3/7+Akfbc="),
    ] {
        assert_eq!(verified(&sent(method, query, signature)), Ok(()), "{method} {query}");
        let several = format!("bm8=, {signature},???");
        assert_eq!(verified(&sent(method, query, &several)), Ok(()), "{method} {query}");
        for wrong in ["", ",", "bm8=", &signature[4..]] {
            assert_eq!(verified(&sent(method, query, wrong)), Err(Refused::Wrong));
        }
        let mut changed = sent(method, query, signature);
        changed.url = changed.url.replace("validate", "invalidate");
        assert_eq!(verified(&changed), Err(Refused::Wrong));
        let mut changed = sent(method, query, signature);
        changed.body.extend(b"&Event=Hangup");
        let read = method == "POST";
        assert_eq!(verified(&changed).is_err(), read, "of a GET the body is not read");
    }
    assert_eq!(verified(&RawRequest::default()), Err(Refused::Wrong));
}

// R2, R3: a greeting or a menu completes a call to us too.
#[test]
fn the_end_of_a_call_tells_only_that_nobody_took_it() {
    for (status, cause, what) in [
        ("no-answer", "NO_ANSWER", What::not_answered(Why::NoAnswer, None)),
        ("busy", "USER_BUSY", What::not_answered(Why::Busy, None)),
        ("cancel", "ORIGINATOR_CANCEL", What::not_answered(Why::Abandoned, None)),
        ("timeout", "", What::not_answered(Why::NoAnswer, None)),
        ("failed", "CALL_REJECTED", What::not_answered(Why::Refused, None)),
        ("failed", "", What::not_answered(Why::Offline, None)),
        ("completed", "NORMAL_CLEARING", What::Step),
    ] {
        let fact = only("plivo", &form(HANGUP, &[("CallStatus", status), ("HangupCause", cause)]));
        assert_eq!((fact.what, fact.complete), (what, true), "{status} {cause}");
    }
}

// R21
#[test]
fn a_leg_that_plivo_dialled_was_answered_by_whoever_picked_up() {
    let out = [("Direction", "outbound"), ("CallStatus", "completed"), ("Duration", "64")];
    let fact = only("plivo", &form(HANGUP, &out));
    assert_eq!(
        (fact.direction, fact.what),
        (Direction::Onward, What::answered(Some(TimeDelta::seconds(64))))
    );
    let machine = only("plivo", &form(HANGUP, &[&out[..], &[("Machine", "true")]].concat()));
    assert_eq!(machine.what, What::not_answered(Why::Unknown, None));
    assert!(!machine.complete);
}

// R3
#[test]
fn the_end_of_a_dial_tells_whether_a_person_answered() {
    let dial = |changes: &[(&str, &str)]| only("plivo", &form(DIAL, changes));
    let talk =
        [("DialStatus", "completed"), ("DialBLegDuration", "95"), ("DialBLegTo", "46701740651")];
    let fact = dial(&talk);
    assert_eq!(
        (number(&fact.line), fact.what),
        (Some("+46701740651"), What::answered(Some(TimeDelta::seconds(95))))
    );
    assert_eq!(dial(&[("DialStatus", "completed")]).what, What::answered(None));
    for (status, why) in
        [("no-answer", Why::NoAnswer), ("busy", Why::Busy), ("failed", Why::Offline)]
    {
        let fact = dial(&[("DialStatus", status), ("DialHangupCause", "")]);
        assert_eq!((fact.what, fact.leg), (What::not_answered(why, None), None), "{status}");
    }
    // Click to call: one of ours was rung first.
    let through = dial(&[&talk[..], &[("Direction", "outbound"), ("To", "46701740652")]].concat());
    assert_eq!(through.direction, Direction::Outbound);
    assert_eq!(
        (number(&through.to), number(&through.line)),
        (Some("+46701740651"), Some("+46701740652"))
    );
    for (action, what) in [
        ("answer", What::Talking),
        ("connected", What::Talking),
        ("hangup", What::Ended),
        ("digits", What::Step),
    ] {
        let phone = dial(&[("DialAction", action), ("DialBLegUUID", "b1")]);
        assert_eq!((phone.what, phone.leg.as_deref()), (what, Some("b1")), "{action}");
    }
}

// R1
#[test]
fn what_was_recorded_is_a_message_and_a_session_is_none() {
    let fact = only("plivo", &form(RECORD, &[]));
    let link = url::Url::parse("https://media.plivo.com/r1.mp3").ok();
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(19)), link.clone()));
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:01:19.340+00:00");
    assert_eq!((fact.key.as_str(), fact.complete), ("recording:r1", true));
    let exact = only("plivo", &form(RECORD, &[("RecordingDurationMs", "19340")]));
    assert_eq!(exact.what, What::voicemail(Some(TimeDelta::milliseconds(19_340)), link));
    for none in
        [("RecordingDuration", "-1"), ("RecordingDurationMs", "-1"), ("Direction", "outbound")]
    {
        let fact = only("plivo", &form(RECORD, &[none]));
        assert_eq!((fact.what, fact.complete), (What::Step, false), "{none:?}");
    }
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld() {
    for nobody in ["anonymous", "", "+266696687", "Restricted"] {
        let fact = only("plivo", &form(HANGUP, &[("From", nobody), ("CallerName", "Siv Berg")]));
        assert_eq!(fact.from, Party::withheld(), "{nobody}");
    }
}

#[test]
fn what_cannot_be_read_says_why_and_a_text_message_is_nothing() {
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    assert_eq!(read("plivo", &RawRequest::default()), missing("CallStatus"));
    assert_eq!(read("plivo", &form(HANGUP, &[("CallUUID", "")])), missing("CallUUID"));
    assert_eq!(read("plivo", &form("MessageUUID=m1&Text=Hej", &[])), Ok(Vec::new()));
    let begins = only(
        "plivo",
        &form(HANGUP, &[("Event", "StartApp"), ("CallStatus", "ringing"), ("HangupCause", "")]),
    );
    assert_eq!(begins.what, What::Step);
}

#[test]
fn a_secret_that_cannot_work_is_refused_without_being_repeated() {
    assert_eq!(Plivo.check_secret(TOKEN), Ok(()));
    for secret in ["", "kort", "MAXXXXXXXXXXXXXXXXXX"] {
        let error = Plivo.check_secret(secret).unwrap_err();
        assert!(
            error.contains("write") && (secret.is_empty() || !error.contains(secret)),
            "{error}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_address_and_body_are_refused_without_panic(url in "\\PC*", body in "\\PC*") {
        let request = RawRequest { url, body: body.into_bytes(), ..sent("POST", "", "bm8=") };
        proptest::prop_assert_eq!(verified(&request), Err(Refused::Wrong));
    }
}
