//! The rules that this adapter has a part in, and bodies that nobody should send.

use super::*;
use crate::adapters::testing::{self, number};
use crate::adapters::{Refused, source_for_tests};
use chrono::TimeDelta;
use serde_json::json;

fn report(changes: &[(&str, &str)]) -> RawRequest {
    let report = json!({
        "callType": "Missed", "direction": "Inbound", "number": "0701740605", "name": "Lisa Ek", "agent": "1042",
        "queueExtension": "", "duration": "00:00:00", "startTimeUtc": "2026-11-09T14:10:00Z", "establishedTimeUtc": "",
        "endTimeUtc": "2026-11-09T14:10:22Z", "entityId": "[EntityId]", "recordingUrl": "[RecordingUrl]"
    });
    let changes: Vec<_> = changes.iter().map(|(name, value)| (*name, json!(value))).collect();
    testing::object(&report, &changes)
}

fn only(changes: &[(&str, &str)]) -> CallFact {
    testing::only("3cx", &report(changes))
}

#[test]
fn a_missed_call_is_the_agents_and_may_have_been_answered_by_a_colleague() {
    let fact = only(&[]);
    assert_eq!((fact.direction, fact.complete), (Direction::Inbound, false)); // R3, R4
    assert_eq!(
        (number(&fact.from), fact.from.name.as_deref()),
        (Some("+46701740605"), Some("Lisa Ek"))
    );
    assert_eq!((fact.to.text.as_str(), fact.line.text.as_str()), ("1042", "1042"));
    assert_eq!(fact.what, What::not_answered(Why::Unknown, Some(TimeDelta::seconds(22))));
    let ref_of = |changes: &[(&str, &str)]| only(changes).refs;
    let answered = [("callType", "Inbound"), ("agent", "1043"), ("number", "+46701740605")];
    assert_eq!(ref_of(&answered), fact.refs, "the same second and caller");
    assert_ne!(ref_of(&[("startTimeUtc", "2026-11-09T14:10:01Z")]), fact.refs);
    assert_ne!(ref_of(&[("number", "0701740606")]), fact.refs);
    let names = format!("{:?}", fact.refs);
    assert!(!names.contains("740605"), "{names}"); // R34
}

// R6
#[test]
fn two_who_withheld_their_numbers_are_never_one_call() {
    for nobody in ["", "anonymous", "[Number]", "Private"] {
        let fact = only(&[("number", nobody)]);
        assert_eq!((fact.from, fact.refs), (Party::withheld(), Vec::new()), "{nobody}");
    }
}

// R15, R21, R22
#[test]
fn each_type_of_call_goes_its_way_and_has_its_talk() {
    let talk = ("duration", "00:02:02");
    let inbound = only(&[("callType", "INBOUND"), ("queueExtension", "800"), talk]);
    assert_eq!((inbound.to.text.as_str(), inbound.line.text.as_str()), ("800", "1042"));
    assert_eq!(inbound.what, What::answered(Some(TimeDelta::seconds(122))));
    let untold =
        [("callType", "Inbound"), ("duration", ""), ("establishedTimeUtc", "2026-11-09T14:10:09Z")];
    assert_eq!(only(&untold).what, What::answered(Some(TimeDelta::seconds(13))));
    for (kind, what) in [
        ("Outbound", What::answered(Some(TimeDelta::seconds(122)))),
        ("Notanswered", What::not_answered(Why::Unknown, Some(TimeDelta::seconds(22)))),
    ] {
        let fact = only(&[("callType", kind), talk]);
        assert_eq!((fact.direction, fact.complete), (Direction::Outbound, true));
        assert_eq!((number(&fact.to), fact.line.text.as_str()), (Some("+46701740605"), "1042"));
        assert_eq!((fact.from, fact.what), (Party::absent(), what), "{kind}");
    }
    let queue = only(&[("agent", "[Agent]"), ("queueExtension", "800")]);
    assert_eq!((queue.to.text.as_str(), queue.line), ("800", Party::absent()));
}

/// The hash was computed with sha256sum.
#[test]
fn a_report_is_told_apart_by_what_it_says_exactly_as_it_came() {
    assert_eq!(
        only(&[]).key,
        "reportcall:ab3440db15c1a7284994703cbed786c886a90afe6775922f2bc17cfe69a0e453"
    );
    for other in [("agent", "1043"), ("number", "+46701740605"), ("callType", "missed")] {
        assert_ne!(only(&[other]).key, only(&[]).key, "{other:?}");
    }
}

#[test]
fn what_happens_while_a_call_goes_on_tells_nothing() {
    let read = |body: Value| testing::read("3cx", &testing::object(&body, &[]));
    assert_eq!(
        read(json!({"sequence": 1, "event": {"entity": "/callcontrol/1042"}})),
        Ok(Vec::new())
    );
    let facts = read(json!({"id": 8, "callid": 1264, "legid": 4, "dn": "1042"})).unwrap();
    assert_eq!(facts[0].what, What::Step);
    assert_eq!(facts[0].refs, [CallRef::Call("1264".to_owned())]);
    assert_eq!(read(json!({"callid": ""})).unwrap(), []);
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_no_number() {
    let read = |changes: &[(&str, &str)]| testing::read("3cx", &report(changes));
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    assert_eq!(read(&[("callType", "[CallType]")]), missing("callType"));
    assert_eq!(read(&[("callType", "Outbound"), ("number", "")]), missing("number"));
    let odd = read(&[("callType", "Chat 0701740605")]);
    assert_eq!(odd, Err("callType \"Chat\" is not one this version reads".to_owned()));
    for mad in ["", "soon", "9999-12-31T23:59:59Z", "-1"] {
        let fact = only(&[
            ("startTimeUtc", mad),
            ("endTimeUtc", mad),
            ("callType", "Inbound"),
            ("duration", mad),
        ]);
        assert_eq!((fact.began_at, fact.ended_at, fact.what), (None, None, What::answered(None)));
    }
    let backwards = only(&[("endTimeUtc", "2026-11-09T14:00:00Z")]);
    assert_eq!(backwards.what, What::not_answered(Why::Unknown, None));
}

// R34: shown by explain, in no fact.
#[test]
fn a_recording_of_talk_is_no_message() {
    let link = "https://pbx.kommun.example/recordings/1.wav";
    let request = report(&[("callType", "Inbound"), ("recordingUrl", link)]);
    assert_eq!(ThreeCx.talk_recording(&request), Some(Url::parse(link).unwrap()));
    let facts = testing::read("3cx", &request).unwrap();
    assert!(!serde_json::to_string(&facts).unwrap().contains("recordings"));
    for none in ["", "[RecordingUrl]", "C:\\Recordings\\1.wav", "file:///1.wav"] {
        assert_eq!(ThreeCx.talk_recording(&report(&[("recordingUrl", none)])), None, "{none}");
    }
}

#[test]
fn a_token_opens_and_a_repetition_is_known_by_its_time() {
    let source = source_for_tests("3cx", &["token-of-today", "token-of-yesterday"]);
    let verify = |header: &str| {
        let headers = Vec::from([("authorization".to_owned(), header.to_owned())]);
        ThreeCx.verify(&RawRequest { headers, ..report(&[]) }, &source, DateTime::UNIX_EPOCH)
    };
    assert_eq!(verify("Bearer token-of-yesterday"), Ok(()));
    assert_eq!(verify("Bearer token-of-tomorrow"), Err(Refused::Wrong));
    assert_eq!(ThreeCx.delivery(&report(&[])).as_deref(), Some("2026-11-09T14:10:00Z"));
    assert_eq!(ThreeCx.delivery(&report(&[("startTimeUtc", "[CallStartTimeUTC]")])), None);
}
