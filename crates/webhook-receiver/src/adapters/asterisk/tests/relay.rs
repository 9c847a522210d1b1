//! Events of AMI and ARI: what each says by itself, and what it leaves to others.

use crate::adapters::source_for_tests;
use crate::adapters::testing::{self, number};
use chrono::TimeDelta;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::Party;
use serde_json::{Value, json};

fn cdr(changes: &[(&str, Value)]) -> CallFact {
    let cdr = json!({
        "Event": "Cdr", "Source": "0701740605", "Destination": "1042", "CallerID": "\"Lisa Ek\" <0701740605>",
        "Channel": "PJSIP/operator-00000051", "DestinationChannel": "PJSIP/1042-00000052", "LastApplication": "Dial",
        "StartTime": "2026-11-09 10:22:10", "AnswerTime": "", "EndTime": "2026-11-09 10:22:35", "Duration": "25",
        "BillableSeconds": "0", "Disposition": "NO ANSWER", "UniqueID": "pbx1-1794216130.82", "LinkedID": "pbx1-1794216130.81",
        "Sequence": "311", "DID": "0846500442", "SystemName": "pbx1"
    });
    testing::only("asterisk", &testing::object(&cdr, changes))
}

fn dial_end(changes: &[(&str, Value)]) -> CallFact {
    let event = json!({
        "Event": "DialEnd", "Timestamp": "1794217355.104233", "CallerIDNum": "0701740605", "CallerIDName": "Lisa Ek",
        "Exten": "600", "Uniqueid": "1794217330.95", "Linkedid": "1794217330.95", "DestChannel": "PJSIP/1042-00000060",
        "DestCallerIDNum": "1042", "DestUniqueid": "1794217335.96", "DestLinkedid": "1794217330.95", "DialStatus": "NOANSWER"
    });
    testing::only("asterisk", &testing::object(&event, changes))
}

fn call(id: &str) -> CallRef {
    CallRef::Call(id.to_owned())
}

#[test]
fn a_record_has_its_names_its_times_and_whose_phone_rang() {
    let fact = cdr(&[]);
    assert_eq!(fact.key, "cdr:pbx1-1794216130.82:311");
    assert_eq!(fact.refs, [call("pbx1-1794216130.81"), call("pbx1-1794216130.82")]);
    assert_eq!((fact.direction, fact.complete), (Direction::Inbound, false)); // R4
    assert_eq!(
        (number(&fact.from), fact.from.name.as_deref()),
        (Some("+46701740605"), Some("Lisa Ek"))
    );
    assert_eq!((number(&fact.to), fact.line.text.as_str()), (Some("+46846500442"), "1042"));
    assert_eq!(fact.what, What::not_answered(Why::NoAnswer, Some(TimeDelta::seconds(25))));
    // R9: local times, in the source's zone.
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-09T09:22:10+00:00");
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-09T09:22:35+00:00");
    let unmapped = cdr(&[("LinkedID", Value::Null), ("Sequence", Value::Null)]);
    assert_eq!(unmapped.refs, [call("pbx1-1794216130.82")]);
    assert_eq!(unmapped.key, "cdr:pbx1-1794216130.82:PJSIP/1042-00000052");
}

// R21: the caller had waited in a menu, and the phone rang meanwhile; better no length than a wrong one.
#[test]
fn a_record_that_begins_answered_does_not_say_how_long_they_talked() {
    let answered = |answer: &str| {
        let changes = [
            ("Disposition", json!("ANSWERED")),
            ("BillableSeconds", json!("20")),
            ("AnswerTime", json!(answer)),
        ];
        cdr(&changes).what
    };
    assert_eq!(answered("2026-11-09 10:22:10"), What::answered(None));
    assert_eq!(answered("2026-11-09 10:22:15"), What::answered(Some(TimeDelta::seconds(20))));
    assert_eq!(answered(""), What::answered(Some(TimeDelta::seconds(20))));
}

// R3: menus, queues and mailboxes answer too.
#[test]
fn only_a_channel_that_was_dialled_is_a_person_who_answered() {
    let answered = |changes: &[(&str, Value)]| {
        let always = [("Disposition", json!("ANSWERED")), ("BillableSeconds", json!("20"))];
        cdr(&[&always[..], changes].concat()).what
    };
    let nobody = ("DestinationChannel", json!(""));
    assert_eq!(answered(&[]), What::answered(Some(TimeDelta::seconds(20))));
    assert_eq!(
        answered(&[nobody.clone(), ("LastApplication", json!("Queue"))]),
        What::not_answered(Why::Abandoned, Some(TimeDelta::seconds(25)))
    );
    for machine in ["VoiceMail", "BackGround", "Playback"] {
        assert_eq!(
            answered(&[nobody.clone(), ("LastApplication", json!(machine))]),
            What::not_answered(Why::Unknown, Some(TimeDelta::seconds(5))),
            "{machine}"
        );
    }
    for (disposition, why) in [
        ("BUSY", Why::Busy),
        ("FAILED", Why::Offline),
        ("CONGESTION", Why::Offline),
        ("something new", Why::Unknown),
    ] {
        let what = cdr(&[("Disposition", json!(disposition))]).what;
        assert_eq!(what, What::not_answered(why, Some(TimeDelta::seconds(25))), "{disposition}");
    }
}

// R6: the message's own post has the channel's name too.
#[test]
fn a_record_that_ends_in_the_mailbox_is_about_its_owner_and_joins_the_message() {
    let fact = cdr(&[
        ("LastApplication", json!("VoiceMail")),
        ("DestinationChannel", json!("")),
        ("Destination", json!("vmu1042")),
        ("Disposition", json!("ANSWERED")),
    ]);
    assert_eq!(fact.line.text, "1042");
    let channel = CallRef::Passing("chan:pbx1:PJSIP/operator-00000051".to_owned());
    assert!(fact.refs.contains(&channel));
}

// R7, R21: who is called by a short number is one of ours; else the people file tells.
#[test]
fn a_record_without_a_public_number_dialled_goes_where_its_parties_say() {
    let own = |changes: &[(&str, Value)]| {
        let always = [("DID", json!("")), ("Source", json!("1042")), ("CallerID", json!("1042"))];
        cdr(&[&always[..], changes].concat())
    };
    let out = own(&[
        ("Destination", json!("0701740605")),
        ("DestinationChannel", json!("PJSIP/operator-1")),
    ]);
    assert_eq!((out.direction, out.line.text.as_str()), (Direction::Outbound, "1042"));
    assert_eq!((out.from.text.as_str(), number(&out.to)), ("1042", Some("+46701740605")));
    let inside =
        own(&[("Destination", json!("1043")), ("DestinationChannel", json!("PJSIP/1043-1"))]);
    assert_eq!((inside.direction, inside.line.text.as_str()), (Direction::Unsaid, "1043"));
    // The number that is shown outside is the organisation's.
    let shown = own(&[
        ("Source", json!("+46846500400")),
        ("Channel", json!("PJSIP/1042-00000060")),
        ("Destination", json!("0701740605")),
        ("DestinationChannel", json!("PJSIP/operator-00000061")),
    ]);
    assert_eq!((shown.direction, shown.line.text.as_str()), (Direction::Unsaid, "1042"));
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld_and_one_of_ours_is_not() {
    for nobody in ["", "anonymous", "<unknown>"] {
        assert_eq!(cdr(&[("Source", json!(nobody))]).from, Party::withheld());
        assert_eq!(dial_end(&[("CallerIDNum", json!(nobody))]).from, Party::withheld());
    }
}

// R3, R4: phone by phone, each with its own leg.
#[test]
fn the_end_of_dialling_a_phone_is_about_that_phone() {
    let fact = dial_end(&[]);
    assert_eq!(fact.key, "dialend:1794217330.95:1794217335.96");
    assert_eq!(fact.refs, [call("1794217330.95")]);
    assert_eq!(fact.leg.as_deref(), Some("1794217335.96"));
    assert_eq!((fact.to.text.as_str(), fact.line.text.as_str()), ("600", "1042"));
    assert_eq!(fact.what, What::not_answered(Why::NoAnswer, Some(TimeDelta::milliseconds(20_104))));
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-09T09:42:15+00:00");
    for (status, what) in [
        ("ANSWER", What::answered(None)),
        // Somebody else answered, or the caller gave up: the record of the call tells.
        ("CANCEL", What::Step),
        ("RINGING", What::Step),
        ("ABORT", What::Step),
        ("BUSY", What::not_answered(Why::Busy, None)),
        ("CHANUNAVAIL", What::not_answered(Why::Offline, None)),
        ("DONTCALL", What::not_answered(Why::Refused, None)),
    ] {
        let untimed = [("DialStatus", json!(status)), ("Timestamp", Value::Null)];
        assert_eq!(dial_end(&untimed).what, what, "{status}");
    }
    let out = dial_end(&[
        ("CallerIDNum", json!("1042")),
        ("Exten", json!("0701740605")),
        ("DestCallerIDNum", json!("0701740605")),
        ("DestChannel", json!("PJSIP/operator-00000061")),
        ("DialStatus", json!("ANSWER")),
    ]);
    assert_eq!((out.direction, out.line.text.as_str()), (Direction::Outbound, "1042"));
    assert_eq!((number(&out.to), out.what), (Some("+46701740605"), What::answered(None)));
}

#[test]
fn the_dialling_that_the_other_interface_tells_is_the_same() {
    let channel = |id: &str, name: &str, number: &str, exten: &str| json!({"id": id, "name": name, "caller": {"name": "", "number": number}, "dialplan": {"exten": exten}});
    let event = json!({
        "type": "Dial", "timestamp": "2026-11-09T10:42:35.104+0100", "dialstatus": "NOANSWER",
        "caller": channel("1794217330.95", "PJSIP/operator-0000005f", "0701740605", "600"),
        "peer": channel("1794217335.96", "PJSIP/1042-00000060", "1042", "1042")
    });
    let told =
        |changes: &[(&str, Value)]| testing::read("asterisk", &testing::object(&event, changes));
    let [fact] = <[CallFact; 1]>::try_from(told(&[]).unwrap()).unwrap();
    assert_eq!(fact.key, "dial:1794217330.95:1794217335.96");
    assert_eq!(fact.refs, [call("1794217330.95"), call("1794217335.96")]);
    let ami = dial_end(&[("CallerIDName", Value::Null), ("Timestamp", json!("1794217355.104"))]);
    assert_eq!(CallFact { key: ami.key.clone(), refs: ami.refs.clone(), ..fact }, ami);
    for status in ["", "RINGING", "PROGRESS"] {
        assert_eq!(told(&[("dialstatus", json!(status))]).unwrap()[0].what, What::Step, "{status}");
    }
    // Dialled by a program, for nobody yet.
    assert_eq!(told(&[("caller", Value::Null)]).unwrap()[0].what, What::Step);
    assert!(told(&[("peer", Value::Null)]).unwrap_err().contains("peer.id"));
}

#[test]
fn other_events_only_name_their_call() {
    for event in [
        json!({"Event": "Hangup", "Uniqueid": "1794217330.96", "Linkedid": "1794217330.95", "Cause": "26"}),
        json!({"type": "ChannelDestroyed", "cause": 26, "channel": {"id": "1794217330.95", "state": "Ringing"}}),
    ] {
        let fact = testing::only("asterisk", &testing::object(&event, &[]));
        assert_eq!((&fact.what, &fact.refs[0]), (&What::Step, &call("1794217330.95")));
        assert_eq!(
            [fact.from, fact.to, fact.line],
            [Party::absent(), Party::absent(), Party::absent()]
        );
    }
    for event in [
        json!({"Event": "PeerStatus"}),
        json!({"type": "DeviceStateChanged"}),
        json!({"type": "x", "channel": 7}),
    ] {
        assert_eq!(testing::read("asterisk", &testing::object(&event, &[])), Ok(Vec::new()));
    }
    for event in [
        json!({"type": 7}),
        json!({}),
        json!({"Event": "Cdr", "UniqueID": "1.1"}),
        json!({"Event": "DialEnd"}),
    ] {
        assert!(testing::read("asterisk", &testing::object(&event, &[])).is_err());
    }
}

#[test]
fn a_repetition_is_known_by_its_channel_or_its_time() {
    let source = source_for_tests("asterisk", &[]);
    let delivery = |event: Value| source.adapter.delivery(&testing::object(&event, &[]));
    assert_eq!(delivery(json!({"Event": "Cdr", "UniqueID": "a"})).as_deref(), Some("a"));
    assert_eq!(delivery(json!({"Event": "DialEnd", "Uniqueid": "a"})).as_deref(), Some("a"));
    assert_eq!(delivery(json!({"type": "Dial", "timestamp": "t"})).as_deref(), Some("t"));
    assert_eq!(delivery(json!({"Event": "MessageWaiting"})), None);
}
