//! The rules that this adapter has a part in, and shapes that nobody should send.

use super::*;
use crate::adapters::testing::{number, only, read};
use chrono::TimeDelta;
use serde_json::{Value, json};

fn posted(body: &Value) -> RawRequest {
    RawRequest { body: body.to_string().into_bytes(), ..RawRequest::default() }
}

fn event(name: &str, data: &Value) -> RawRequest {
    posted(&json!({"event_name": name, "wazo_uuid": "w", "event": data}))
}

fn with(mut data: Value, changes: &[(&str, Value)]) -> Value {
    for (field, value) in changes {
        data[field] = value.clone();
    }
    data
}

fn missed_call() -> Value {
    json!({"user_uuid": "u1", "caller_user_uuid": null, "caller_id_name": "Siv Berg", "caller_id_number": "0701740641",
        "dialed_extension": "0846500451", "conversation_id": "1794816000.31", "reason": "no-answer"})
}

fn log() -> Value {
    json!({"id": 9101, "start": "2026-11-16T08:00:00.25+00:00", "end": "2026-11-16T08:00:21.25+00:00", "answered": false,
        "duration": null, "call_direction": "inbound", "call_status": "unknown", "conversation_id": "1794816000.31",
        "destination_details": {"type": "user"}, "destination_internal_extension": "1051", "destination_user_uuid": "u1",
        "requested_extension": "0846500451", "source_extension": "0701740641", "source_name": "Siv Berg"})
}

fn logged(changes: &[(&str, Value)]) -> CallFact {
    only("wazo", &event("call_log_created", &with(log(), changes)))
}

// R2
#[test]
fn why_nobody_answered_is_kept() {
    for (reason, why) in [
        ("no-answer", Why::NoAnswer),
        ("busy", Why::Busy),
        ("dnd", Why::DoNotDisturb),
        ("congestion", Why::Offline),
        ("channel-unavailable", Why::Offline),
        ("phone-unreachable", Why::Offline),
        ("schedule-closed", Why::Closed),
        ("unconditional-forward", Why::Unknown),
        ("something-new", Why::Unknown),
    ] {
        let data = with(missed_call(), &[("reason", json!(reason))]);
        let fact = only("wazo", &event("user_missed_call", &data));
        assert_eq!(fact.what, What::not_answered(why, None), "{reason}");
        // With the body that Wazo sends by itself, nothing names the event.
        assert_eq!(only("wazo", &posted(&data)), fact);
    }
}

// R9: a missed call tells no time but that in the conversation's name.
#[test]
fn a_conversation_begins_when_its_name_says() {
    for (name, began) in [
        ("1794816000.31", Some("2026-11-16T08:00:00+00:00")),
        ("pbx2-1794816000.31", Some("2026-11-16T08:00:00+00:00")),
        ("1794816000", None),
        ("abc.31", None),
        ("1794816000.3x", None),
    ] {
        let data = with(missed_call(), &[("conversation_id", json!(name))]);
        let fact = only("wazo", &event("user_missed_call", &data));
        assert_eq!(fact.began_at.map(|at| at.to_rfc3339()).as_deref(), began, "{name}");
    }
}

// R2, R3, R8: only a person answers.
#[test]
fn a_log_tells_whether_a_person_answered() {
    let hung_up = What::not_answered(Why::Abandoned, Some(TimeDelta::seconds(21)));
    let in_mailbox = What::not_answered(Why::NoAnswer, None);
    let talked = What::answered(Some(TimeDelta::seconds(122)));
    let nobody = ("destination_user_uuid", json!(null));
    let yes = [("answered", json!(true)), ("duration", json!(122))];
    let of = |kind: &str| ("destination_details", json!({"type": kind}));
    let status = |status: &str| ("call_status", json!(status));
    for (changes, what) in [
        (vec![], hung_up.clone()),
        (vec![yes[0].clone(), yes[1].clone(), status("answered")], talked.clone()),
        (vec![yes[0].clone(), status("answered")], What::answered(None)),
        (vec![("answered", json!(null)), status("answered"), yes[1].clone()], talked),
        (vec![status("voicemail")], in_mailbox.clone()),
        (vec![yes[0].clone(), status("voicemail")], in_mailbox.clone()),
        (vec![yes[0].clone(), of("ivr"), nobody.clone()], in_mailbox),
        (vec![of("queue"), nobody], hung_up),
        (vec![status("blocked")], What::Step),
    ] {
        assert_eq!(logged(&changes).what, what, "{changes:?}");
    }
}

// R15
#[test]
fn a_log_names_the_phone_or_what_was_dialled() {
    assert_eq!(logged(&[]).line, Party::alias("1051"));
    let without = ("destination_internal_extension", json!(null));
    assert_eq!(logged(std::slice::from_ref(&without)).line, Party::alias("u1"));
    let group =
        [("destination_details", json!({"type": "group"})), ("destination_user_uuid", json!(""))];
    let fact = logged(&group);
    assert_eq!((fact.line, number(&fact.to)), (Party::absent(), Some("+46846500451")));
    let out = [
        ("call_direction", json!("outbound")),
        ("source_extension", json!("1051")),
        ("source_internal_extension", json!("1051")),
        ("requested_extension", json!("00701740641")),
        ("destination_extension", json!("0701740641")),
    ];
    let fact = logged(&out);
    assert_eq!((fact.direction, number(&fact.to)), (Direction::Outbound, Some("+46701740641")));
    assert_eq!((fact.from.text.as_str(), fact.line.text.as_str()), ("1051", "1051"));
    // R7
    let internal = [("call_direction", json!("internal")), ("requested_extension", json!("1051"))];
    assert_eq!(logged(&internal).direction, Direction::Unsaid);
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld() {
    for nobody in [json!("anonymous"), json!(null), json!(""), json!("Anonymous"), json!("unknown")]
    {
        assert_eq!(logged(&[("source_extension", nobody.clone())]).from, Party::withheld());
        let data = with(missed_call(), &[("caller_id_number", nobody)]);
        assert_eq!(only("wazo", &event("user_missed_call", &data)).from, Party::withheld());
    }
}

// R1: who shares a mailbox is told of one message, each by a post of its own.
#[test]
fn a_message_is_one_whoever_is_told_of_it() {
    let data = json!({"user_uuid": "u1", "voicemail_id": 5, "message_id": "m1",
        "message": {"id": "m1", "caller_id_num": "0701740641", "duration": 19, "timestamp": 1_794_816_090}});
    let fact = only("wazo", &event("user_voicemail_message_created", &data));
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(19)), None));
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:01:30+00:00");
    let other = with(data.clone(), &[("user_uuid", json!("u2"))]);
    let other = only("wazo", &event("user_voicemail_message_created", &other));
    assert_eq!((&fact.key, &fact.refs), (&other.key, &other.refs));
    assert_eq!(only("wazo", &posted(&data)), fact);
}

#[test]
fn what_tells_nothing_of_a_call_is_nothing_and_what_cannot_be_read_says_why() {
    let dnd = json!({"user_id": 4, "user_uuid": "u1", "enabled": true});
    let text = json!({"voicemail_id": 5, "message_id": "m1", "transcription_text": "Hej"});
    for request in [event("users_services_dnd_updated", &dnd), posted(&dnd), posted(&text)] {
        assert_eq!(read("wazo", &request), Ok(Vec::new()));
        assert_eq!(Wazo.delivery(&request), None);
    }
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    for (data, field) in [
        (with(log(), &[("conversation_id", json!(null))]), "conversation_id"),
        (with(log(), &[("call_direction", json!([]))]), "call_direction"),
        (with(log(), &[("answered", json!(null)), ("call_status", json!(null))]), "answered"),
    ] {
        assert_eq!(read("wazo", &event("call_log_created", &data)), missing(field));
    }
    assert_eq!(read("wazo", &posted(&json!({"conversation_id": "1.2"}))), missing("event_name"));
    assert_eq!(read("wazo", &posted(&json!({}))), missing("event_name"));
    let odd = event(
        "call_log_created",
        &with(log(), &[("call_direction", json!("sideways 0701740641"))]),
    );
    assert_eq!(
        read("wazo", &odd),
        Err("call_direction \"sideways\" is not one this version reads".to_owned())
    );
}

#[test]
fn the_same_event_has_the_same_id_and_another_another() {
    let id = |request: &RawRequest| Wazo.delivery(request);
    assert_eq!(id(&event("call_log_created", &log())).as_deref(), Some("call_log:9101"));
    assert_eq!(id(&event("user_missed_call", &missed_call())).as_deref(), Some("1794816000.31"));
    assert_eq!(id(&RawRequest::default()), None);
}

// R17: what it says of a telephone itself; a forward that rings here first is none.
#[test]
fn do_not_disturb_and_forwards_are_told_of_the_telephone() {
    use domain::referral::{Referral, ReferralKind};
    let source = crate::adapters::source_for_tests("wazo", &["t"]);
    let told = |name: &str, enabled: Value| {
        let data = json!({"user_id": 17, "user_uuid": "u1", "enabled": enabled});
        Wazo.referral(&event(name, &data), &source)
    };
    let of = |kind, is_on| Some(Referral { line: Party::alias("u1"), kind, is_on });
    let (dnd, forward) = ("users_services_dnd_updated", "users_forwards_unconditional_updated");
    assert_eq!(told(dnd, json!(true)), of(ReferralKind::DoNotDisturb, true));
    assert_eq!(told(dnd, json!(false)), of(ReferralKind::DoNotDisturb, false));
    assert_eq!(told(forward, json!(true)), of(ReferralKind::Forward, true));
    assert_eq!(told("users_forwards_noanswer_updated", json!(true)), None);
    assert_eq!(told(dnd, json!("perhaps")), None);
    assert_eq!(Wazo.referral(&event("user_missed_call", &missed_call()), &source), None);
    assert_eq!(Wazo.referral(&RawRequest::default(), &source), None);
}
