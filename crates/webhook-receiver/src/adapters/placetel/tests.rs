//! The published signature, and the rules that this adapter has a part in.

use super::*;
use crate::adapters::source_for_tests;
use crate::adapters::testing::{form, number, only, read};
use chrono::TimeDelta;

const ENDED: &str =
    "call_id=c1&direction=in&duration=0&event=HungUp&from=0046701740641&to=0846500451&type=missed";

fn ended(changes: &[(&str, &str)]) -> CallFact {
    only("placetel", &form(ENDED, changes))
}

// The example of the README, with its secret; ours must be longer, so it is not one that can be configured.
#[test]
fn the_published_signature_is_right() {
    let body = "call_id=4a4cbb39578170aed9a2761a7bec8c7e704a541f52291ef603d6f5f152980c3c&event=CallAccepted&from=0123456789&to=0987654321";
    let signature = "c4f823c5b8806432fe2b83b1fc2ee714422e0cdfb4b5129152a7d0bbcd7792d0";
    let verified = |body: &str, signature: &str, secrets: &[&str]| {
        let headers = Vec::from([(HEADER.to_owned(), signature.to_owned())]);
        let request = RawRequest { headers, body: body.into(), ..RawRequest::default() };
        Placetel.verify(&request, &source_for_tests("placetel", secrets), DateTime::UNIX_EPOCH)
    };
    assert_eq!(verified(body, signature, &["another", "12345"]), Ok(()));
    assert_eq!(verified(body, &signature.to_uppercase(), &["12345"]), Ok(()));
    for (body, signature, secret) in [
        (body, signature, "12346"),
        (&body[1..], signature, "12345"),
        (body, &signature[2..], "12345"),
        (body, "", "12345"),
    ] {
        assert_eq!(verified(body, signature, &[secret]), Err(Refused::Wrong));
    }
    assert!(Placetel.check_secret("12345").unwrap_err().contains("write"));
    assert_eq!(Placetel.check_secret("a long shared secret"), Ok(()));
}

// R1, R2, R8
#[test]
fn the_kind_of_an_end_says_what_came_of_the_call() {
    for (kind, what) in [
        ("missed", What::not_answered(Why::NoAnswer, None)),
        ("busy", What::not_answered(Why::Busy, None)),
        ("canceled", What::not_answered(Why::Abandoned, None)),
        ("unavailable", What::not_answered(Why::Offline, None)),
        ("congestion", What::not_answered(Why::Offline, None)),
        ("voicemail", What::voicemail(None, None)),
        ("blocked", What::Step),
        ("accepted", What::answered(None)),
    ] {
        let fact = ended(&[("type", kind)]);
        assert_eq!((fact.what, fact.complete), (what, true), "{kind}");
    }
    for (duration, talk) in
        [("95", Some(95)), ("0", None), ("", None), ("-1", None), ("lång", None)]
    {
        let fact = ended(&[("type", "accepted"), ("duration", duration)]);
        assert_eq!(fact.what, What::answered(talk.map(TimeDelta::seconds)), "{duration}");
    }
}

#[test]
fn what_leads_to_an_end_names_the_telephone() {
    for (event, direction, what) in [
        ("IncomingCall", Direction::Inbound, What::Ringing),
        ("OutgoingCall", Direction::Outbound, What::Ringing),
        ("CallAccepted", Direction::Inbound, What::Talking),
    ] {
        let changes = [("event", event), ("direction", ""), ("peer", "7777ulla@fpbx.de")];
        let fact = ended(&changes);
        assert_eq!((fact.direction, fact.what), (direction, what), "{event}");
        assert_eq!((fact.line.text.as_str(), fact.complete), ("7777ulla@fpbx.de", false));
        assert_eq!(fact.leg.as_deref(), Some("c1"));
    }
}

#[test]
fn an_end_without_a_direction_is_ours_where_only_ours_end_so() {
    for (kind, direction) in [
        ("busy", Direction::Outbound),
        ("canceled", Direction::Outbound),
        ("missed", Direction::Unsaid),
        ("accepted", Direction::Unsaid),
    ] {
        assert_eq!(ended(&[("direction", ""), ("type", kind)]).direction, direction, "{kind}");
    }
}

// R6, R7
#[test]
fn numbers_are_national_or_begin_with_00() {
    let fact = ended(&[]);
    assert_eq!(
        (number(&fact.from), number(&fact.to)),
        (Some("+46701740641"), Some("+46846500451"))
    );
    assert_eq!(ended(&[("from", "anonymous")]).from, Party::withheld());
    let ours = ended(&[("from", "7777ulla@fpbx.de"), ("direction", "out"), ("to", "23")]);
    assert_eq!((ours.from.text.as_str(), ours.to.text.as_str()), ("7777ulla@fpbx.de", "23"));
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_no_number() {
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    assert_eq!(read("placetel", &RawRequest::default()), missing("event"));
    assert_eq!(read("placetel", &form(ENDED, &[("call_id", "")])), missing("call_id"));
    assert_eq!(read("placetel", &form(ENDED, &[("type", "")])), missing("type"));
    for (field, said) in [("type", "type"), ("event", "event")] {
        let odd = read("placetel", &form(ENDED, &[(field, "parked 0701740641")]));
        assert_eq!(odd, Err(format!("{said} \"parked\" is not one this version reads")));
    }
}
