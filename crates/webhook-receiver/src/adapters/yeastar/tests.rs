//! The rules that this adapter has a part in, and bodies that nobody should send.

use super::*;
use crate::adapters::source_for_tests;
use crate::adapters::testing::{self, number};
use serde_json::json;

const SECRET: &str = "fedcba9876543210fedcba9876543210";

fn call(changes: &[(&str, Value)]) -> Value {
    let mut call = json!({
        "call_id": "1794230400.392", "time_start": "2026-11-09 14:20:00", "call_from": "0701740605", "call_to": "1042",
        "call_duration": 131, "talk_duration": 0, "status": "NO ANSWER", "type": "Inbound", "did_number": "0846500442", "uid": "U1"
    });
    for (name, value) in changes {
        call[*name] = value.clone();
    }
    call
}

fn event(kind: Value, message: Value) -> RawRequest {
    testing::object(&json!({"type": kind, "sn": "3631", "msg": message}), &[])
}

fn read(changes: &[(&str, Value)]) -> Result<Vec<CallFact>, String> {
    testing::read("yeastar", &event(json!(30012), json!(call(changes).to_string())))
}

fn only(changes: &[(&str, Value)]) -> CallFact {
    testing::only("yeastar", &event(json!(30012), json!(call(changes).to_string())))
}

#[test]
fn the_end_of_a_call_has_its_names_its_parties_and_its_times() {
    let fact = only(&[]);
    assert_eq!((fact.key.as_str(), fact.complete), ("cdr:U1", false)); // R4
    assert_eq!(fact.refs, [CallRef::Call("1794230400.392".to_owned())]);
    assert_eq!(fact.direction, Direction::Inbound);
    assert_eq!(
        (number(&fact.from), number(&fact.to)),
        (Some("+46701740605"), Some("+46846500442"))
    );
    assert_eq!(fact.line.text, "1042");
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-09T13:20:00+00:00"); // R9
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-09T13:22:11+00:00");
    let old = only(&[
        ("uid", json!(" ")),
        ("did_number", json!(" ")),
        ("time_start", json!("09.11.2026")),
    ]);
    assert_eq!(old.key, "cdr:1794230400.392:0701740605:1042");
    assert_eq!(old.to.text, "1042");
    assert_eq!(old.began_at, fact.began_at, "the id has a time in it");
}

#[test]
fn the_message_is_an_object_or_the_text_of_one() {
    let object = testing::only("yeastar", &event(json!("30012"), call(&[])));
    assert_eq!(object, only(&[]));
}

// R1, R2, R3
#[test]
fn a_status_is_an_answer_a_message_or_why_there_was_none() {
    let rang = Some(TimeDelta::seconds(131));
    for (status, what) in [
        ("NO ANSWER", What::not_answered(Why::NoAnswer, rang)),
        ("busy", What::not_answered(Why::Busy, rang)),
        ("FAILED", What::not_answered(Why::Offline, rang)),
        ("ABANDONED", What::not_answered(Why::Abandoned, rang)),
        ("VOICEMAIL", What::voicemail(None, None)),
        ("ANSWERED", What::answered(Some(TimeDelta::zero()))),
        ("ANSWERD", What::answered(Some(TimeDelta::zero()))),
    ] {
        assert_eq!(only(&[("status", json!(status))]).what, what, "{status}");
    }
    let talked = only(&[("status", json!("ANSWERED")), ("talk_duration", json!("122"))]).what;
    assert_eq!(talked, What::answered(Some(TimeDelta::seconds(122))));
    let out = [("type", json!("outbound")), ("status", json!("VOICEMAIL"))];
    assert_eq!(only(&out).what, What::not_answered(Why::Unknown, rang), "theirs, not ours");
}

// R7, R21
#[test]
fn one_of_ours_rings_in_outgoing_and_in_internal_calls() {
    let out = only(&[
        ("type", json!("OUTBOUND")),
        ("call_from", json!(1042)),
        ("call_to", json!("0701740605")),
    ]);
    assert_eq!((out.direction, out.line.text.as_str()), (Direction::Outbound, "1042"));
    assert_eq!((out.from.text.as_str(), number(&out.to)), ("1042", Some("+46701740605")));
    let inside = only(&[("type", json!("internal")), ("call_from", json!("1043"))]);
    assert_eq!((inside.direction, inside.line.text.as_str()), (Direction::Outbound, "1042"));
}

// R6
#[test]
fn a_caller_has_a_number_or_is_withheld() {
    let from = |text: &str| only(&[("call_from", json!(text))]).from;
    for nobody in ["anonymous", "", " ", "Unknown", "Lisa<anonymous>"] {
        assert_eq!(from(nobody), Party::withheld(), "{nobody}");
    }
    let lisa = from("Lisa Ek<0701740605>");
    assert_eq!((number(&lisa), lisa.name.as_deref()), (Some("+46701740605"), Some("Lisa Ek")));
}

// R3: another agent may still answer.
#[test]
fn what_happens_while_a_call_goes_on_only_names_it() {
    let agent = json!({"queue_number": "6400", "agent_number": "1042", "caller_number": "0701740605", "call_id": "1.1"});
    let fact = testing::only("yeastar", &event(json!(30026), agent));
    assert_eq!((fact.key.as_str(), fact.what), ("agent_timeout:1.1:1042", What::Step));
    let state = json!({"call_id": "1.1", "members": [{}]}).to_string();
    let fact = testing::only("yeastar", &event(json!(30011), json!(state)));
    assert_eq!((fact.key.as_str(), fact.what), ("30011:1.1", What::Step));
    for silent in [json!({"extension": "1042", "status": "do_not_disturb"}), json!(null), json!([])]
    {
        assert_eq!(testing::read("yeastar", &event(json!(30009), silent)), Ok(Vec::new()));
    }
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_no_number() {
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    assert_eq!(read(&[("call_id", json!(""))]), missing("call_id"));
    assert_eq!(read(&[("type", json!(null))]), missing("type"));
    assert_eq!(read(&[("status", json!([]))]), missing("status"));
    assert_eq!(read(&[("type", json!("outbound")), ("call_to", json!(" "))]), missing("call_to"));
    let odd = read(&[("status", json!("TAKEN BY 0701740605"))]);
    assert_eq!(odd, Err("status \"TAKENBY\" is not one this version reads".to_owned()));
    assert!(read(&[("type", json!("sideways"))]).is_err());
    let broken =
        testing::read("yeastar", &event(json!(30012), json!("{\"call_from\":\"0701740605")));
    assert_eq!(
        broken,
        Err("the field \"msg\" is not a JSON object, or the text of one".to_owned())
    );
    assert_eq!(testing::read("yeastar", &event(json!(null), json!({}))), missing("type"));
    assert_eq!(testing::read("yeastar", &event(json!(30012), json!(7))), missing("call_id"));
}

/// Computed with Python's hmac.
#[test]
fn the_raw_body_is_signed_with_the_secret_as_it_is_written() {
    let source = source_for_tests("yeastar", &["0123456789abcdef0123456789abcdef", SECRET]);
    let verify = |body: &str, signature: Option<&str>| {
        let headers =
            signature.map(|s| ("x-signature".to_owned(), s.to_owned())).into_iter().collect();
        let request =
            RawRequest { headers, body: body.as_bytes().to_vec(), ..RawRequest::default() };
        Yeastar.verify(&request, &source, DateTime::UNIX_EPOCH)
    };
    let body = r#"{"type":30009,"sn":"3631","msg":"{}"}"#;
    let right = "etNg/NXzYfYPx6VcsMmGjjt/0CXzwKVR4OPhM1Pk3js=";
    assert_eq!(verify(body, Some(right)), Ok(()));
    for (body, signature) in [
        (r#"{"type":30009,"sn":"3631","msg":"{ }"}"#, Some(right)),
        (body, Some("AAAA")),
        (body, Some("###")),
        (body, Some("")),
        (body, None),
    ] {
        assert_eq!(verify(body, signature), Err(Refused::Wrong), "{signature:?}");
    }
    assert_eq!(Yeastar.check_secret(SECRET), Ok(()));
    for secret in ["", "short", "0123456789abcdef 123456789abcdef", &SECRET.repeat(2)] {
        assert!(Yeastar.check_secret(secret).unwrap_err().contains("write the 32 characters"));
    }
}

#[test]
fn a_repetition_is_known_by_its_record_or_its_call() {
    let delivery = |message: Value| Yeastar.delivery(&event(json!(30012), message));
    assert_eq!(delivery(json!({"uid": "U1", "call_id": "1.1"})).as_deref(), Some("U1"));
    assert_eq!(delivery(json!({"call_id": "1.1"})).as_deref(), Some("1.1"));
    assert_eq!(delivery(json!({"extension": "1042", "status": "away"})), None);
}

// R17
#[test]
fn presence_tells_whether_a_telephone_is_not_to_be_disturbed() {
    use domain::referral::{Referral, ReferralKind};
    let source = source_for_tests("yeastar", &[SECRET]);
    let told = |kind: Value, status: &str| {
        let message = json!(json!({"extension": "1042", "status": status}).to_string());
        Yeastar.referral(&event(kind, message), &source).map(|referral| {
            assert_eq!(referral.line, Party::alias("1042"));
            let Referral { kind, is_on, .. } = referral;
            assert_eq!(kind, ReferralKind::DoNotDisturb);
            is_on
        })
    };
    assert_eq!(told(json!(30009), "do_not_disturb"), Some(true));
    assert_eq!(told(json!(30009), "available"), Some(false));
    assert_eq!(told(json!(30009), ""), None);
    assert_eq!(told(json!(30011), "do_not_disturb"), None);
}
