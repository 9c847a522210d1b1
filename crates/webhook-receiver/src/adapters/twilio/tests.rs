//! The rules that this adapter has a part in, and bytes that nobody should send.

use super::*;
use crate::adapters::testing::{self, form as with, number};
use chrono::TimeDelta;
use domain::fact::{What, Why};

const STATUS: &str = "CallSid=CA1&AccountSid=AC1&ApiVersion=2010-04-01&Direction=inbound&From=%2B46701740605&To=%2B46846500412\
    &Caller=%2B46701740605&Called=%2B46846500412&CallStatus=no-answer&Timestamp=Mon, 16 Nov 2026 08:15:42 %2B0000\
    &SequenceNumber=2&Duration=0&CallDuration=0&CallbackSource=call-progress-events";
const DIAL: &str = "CallSid=CA1&Direction=inbound&From=%2B46701740605&To=%2B46846500412&CallStatus=in-progress\
    &DialCallSid=CA2&DialCallStatus=no-answer";
const RECORD: &str = "CallSid=CA1&Direction=inbound&From=%2B46701740605&To=%2B46846500412&CallStatus=in-progress\
    &RecordingSid=RE1&RecordingUrl=https://api.twilio.com/RE1&RecordingDuration=23&Digits=hangup";
const LEG: [(&str, &str); 2] = [("Direction", "outbound-dial"), ("ParentCallSid", "CA0")];

fn read(request: &RawRequest) -> Result<Vec<CallFact>, String> {
    testing::read("twilio", request)
}

fn only(form: &str, changes: &[(&str, &str)]) -> CallFact {
    testing::only("twilio", &with(form, changes))
}

// R2, R3, R9
#[test]
fn a_status_callback_of_a_call_to_us_tells_only_that_nobody_took_it() {
    let fact = only(STATUS, &[]);
    assert_eq!((fact.key.as_str(), fact.direction), ("status:CA1:no-answer", Direction::Inbound));
    assert_eq!(
        (number(&fact.from), number(&fact.to)),
        (Some("+46701740605"), Some("+46846500412"))
    );
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:15:42+00:00");
    for (status, what, last) in [
        ("queued", What::Ringing, false),
        ("ringing", What::Ringing, false),
        ("in-progress", What::Step, false),
        // A greeting or a menu completes it too.
        ("completed", What::Step, true),
        ("no-answer", What::not_answered(Why::NoAnswer, None), true),
        ("busy", What::not_answered(Why::Busy, None), true),
        ("canceled", What::not_answered(Why::Abandoned, None), true),
        ("failed", What::not_answered(Why::Offline, None), true),
        ("something-new", What::Step, false),
    ] {
        let fact = only(STATUS, &[("CallStatus", status)]);
        assert_eq!((fact.what, fact.complete), (what, last), "{status}");
    }
}

// R3, R4: a message may follow as long as the caller is there.
#[test]
fn the_result_of_a_dial_tells_whether_a_person_answered() {
    for (status, bridged, what) in [
        ("completed", "true", What::answered(Some(TimeDelta::seconds(187)))),
        ("completed", "", What::answered(Some(TimeDelta::seconds(187)))),
        ("answered", "", What::answered(Some(TimeDelta::seconds(187)))),
        ("completed", "false", What::not_answered(Why::Unknown, None)),
        ("no-answer", "", What::not_answered(Why::NoAnswer, None)),
        ("busy", "", What::not_answered(Why::Busy, None)),
        ("failed", "", What::not_answered(Why::Offline, None)),
        ("canceled", "", What::not_answered(Why::Abandoned, None)),
    ] {
        let said =
            [("DialCallStatus", status), ("DialBridged", bridged), ("DialCallDuration", "187")];
        let fact = only(DIAL, &said);
        assert_eq!((fact.what, fact.leg, fact.complete), (what, None, false), "{status} {bridged}");
        let gone = only(DIAL, &[&said[..], &[("CallStatus", "completed")]].concat());
        assert!(gone.complete, "{status}");
    }
    // The recording of a talk is no message.
    let recorded = [("RecordingUrl", "https://api.twilio.com/RE1"), ("RecordingSid", "RE1")];
    assert_eq!(only(DIAL, &recorded), only(DIAL, &[]));
}

// R2
#[test]
fn a_queue_tells_how_the_wait_ended() {
    for (result, what) in [
        ("bridged", What::answered(None)),
        ("redirected-from-bridged", What::answered(None)),
        ("hangup", What::not_answered(Why::Abandoned, Some(TimeDelta::seconds(4)))),
        ("leave", What::not_answered(Why::Unknown, None)),
        ("queue-full", What::not_answered(Why::Unknown, None)),
    ] {
        let said = [("DialCallStatus", ""), ("QueueResult", result), ("QueueTime", "4")];
        assert_eq!(only(DIAL, &said).what, what, "{result}");
    }
}

// R3, R21: whether a leg rings one of ours, the directory knows; then it counts for nothing by itself.
#[test]
fn a_leg_that_twilio_dialled_is_told_as_one() {
    for (status, what) in [
        ("initiated", What::Ringing),
        ("ringing", What::Ringing),
        ("in-progress", What::Step),
        ("completed", What::answered(Some(TimeDelta::seconds(64)))),
        ("busy", What::not_answered(Why::Busy, None)),
        ("canceled", What::not_answered(Why::Abandoned, None)),
    ] {
        // Duration is in minutes, begun ones counted.
        let said = [("CallStatus", status), ("CallDuration", "64"), ("Duration", "2")];
        let fact = only(STATUS, &[&LEG[..], &said].concat());
        assert_eq!(fact.refs, [CallRef::Call("CA0".to_owned())]);
        assert_eq!((fact.direction, fact.leg.as_deref()), (Direction::Onward, Some("CA1")));
        assert_eq!((fact.what, fact.complete), (what, false), "{status}");
    }
    let machine = [("CallStatus", "completed"), ("AnsweredBy", "machine_end_beep")];
    let fact = only(STATUS, &[&LEG[..], &machine].concat());
    assert_eq!(fact.what, What::not_answered(Why::Unknown, None));
    // Click to call: one of ours was rung first, and then put through.
    let fact = only(DIAL, &[("Direction", "outbound-api"), ("To", "+46701740699")]);
    assert_eq!((fact.direction, fact.to), (Direction::Outbound, Party::absent()));
    assert_eq!(number(&fact.line), Some("+46701740699"));
}

#[test]
fn a_client_or_a_telephone_of_ours_rings_out() {
    for (from, way) in [
        ("client:anna", Direction::Outbound),
        ("sip:anna@exempel.sip.twilio.com", Direction::Outbound),
        ("sip:+46701740605@trunk.example", Direction::Unsaid),
        ("sip:anonymous@anonymous.invalid", Direction::Unsaid),
        ("+46701740605", Direction::Inbound),
    ] {
        let to = "sip:+46701740607@exempel.sip.twilio.com";
        let fact = only(DIAL, &[("From", from), ("To", to)]);
        assert_eq!((fact.direction, number(&fact.to)), (way, Some("+46701740607")), "{from}");
    }
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld() {
    for from in
        ["+266696687", "anonymous", "Restricted", "+86282452253", "sip:anonymous@a.invalid", ""]
    {
        let fact = only(STATUS, &[("From", from), ("Caller", ""), ("CallerName", "Lisa Ek")]);
        assert_eq!(fact.from, Party::withheld(), "{from}");
    }
    let named = only(STATUS, &[("CallerName", "Lisa Ek")]).from;
    assert_eq!(named.name.as_deref(), Some("Lisa Ek")); // R7
    let ours = only(STATUS, &[&LEG[..], &[("From", "anonymous")]].concat());
    assert_eq!(ours.from, Party::absent());
}

// R1, R9: told by the action, the callback of the recording and that of the transcription.
#[test]
fn a_message_is_told_in_three_ways() {
    let link = Url::parse("https://api.twilio.com/RE1").ok();
    let fact = only(RECORD, &[]);
    assert_eq!((fact.key.as_str(), fact.complete), ("message:RE1:", true));
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(23)), link.clone()));
    assert_eq!(fact.refs, only(STATUS, &[]).refs);
    let stored = "CallSid=CA1&RecordingSid=RE1&RecordingUrl=https://api.twilio.com/RE1&RecordingStatus=completed\
        &RecordingDuration=23&RecordingSource=RecordVerb&RecordingStartTime=Mon, 16 Nov 2026 08:15:19 %2B0000";
    let fact = only(stored, &[]);
    assert_eq!(
        (fact.from, fact.what),
        (Party::absent(), What::voicemail(Some(TimeDelta::seconds(23)), link.clone()))
    );
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:15:42+00:00");
    let text =
        [("TranscriptionSid", "TR1"), ("TranscriptionText", "Hej"), ("RecordingDuration", "")];
    let fact = only(RECORD, &text);
    assert_eq!((fact.key.as_str(), fact.what), ("message:RE1:TR1", What::voicemail(None, link)));
    for none in [
        ("RecordingSource", "DialVerb"),
        ("RecordingSource", "Conference"),
        ("RecordingSource", "StartCallRecordingAPI"),
        ("RecordingStatus", "absent"),
        ("RecordingStatus", "in-progress"),
    ] {
        assert_eq!(only(stored, &[none]).what, What::Step, "{none:?}");
    }
    let of_status = [("RecordingSid", "RE1"), ("RecordingUrl", "https://api.twilio.com/RE1")];
    assert_eq!(only(STATUS, &of_status), only(STATUS, &[]), "a call that was recorded as a whole");
}

#[test]
fn an_event_has_the_id_that_twilio_gave_it() {
    let mut request = with(DIAL, &[]);
    assert_eq!(Twilio.delivery(&request).as_deref(), Some("CA1"));
    assert_eq!(read(&request).unwrap()[0].key, "dial:CA1:CA2");
    request.headers.push((EVENT_ID.to_owned(), "0aaa-1".to_owned()));
    assert_eq!(Twilio.delivery(&request).as_deref(), Some("0aaa-1"));
    assert_eq!(read(&request).unwrap()[0].key, "0aaa-1");
}

#[test]
fn the_answer_ends_the_call_or_goes_on_as_the_address_says() {
    let reply = |form: &str, changes: &[(&str, &str)], query: &str| {
        let url = format!("https://aterkom.kommun.example/hooks/twilio{query}");
        let reply = Twilio.reply(&RawRequest { url, ..with(form, changes) });
        assert_eq!((reply.status, reply.content_type), (200, "text/xml; charset=utf-8"));
        reply.body.lines().nth(1).unwrap_or_default().to_owned()
    };
    let then = "?then=https%3A%2F%2Fhandler.twilio.com%2Ftwiml%2FEH1%3Fa%3D1%26b%3D2";
    let on = "<Response><Redirect>https://handler.twilio.com/twiml/EH1?a=1&amp;b=2</Redirect></Response>";
    assert_eq!(reply(DIAL, &[], then), on);
    assert_eq!(reply(DIAL, &[("DialCallStatus", "completed")], then), "<Response></Response>");
    assert_eq!(reply(STATUS, &[], then), "<Response></Response>");
    for none in [
        "",
        "?then=",
        "?then=nowhere",
        "?then=javascript%3Aalert(1)",
        "?then=http%3A%2F%2Fa.example",
    ] {
        assert_eq!(reply(DIAL, &[], none), "<Response></Response>", "{none}");
    }
}

#[test]
fn texts_keys_and_json_are_harmless() {
    assert_eq!(read(&with("MessageSid=SM1&From=%2B46701740605&Body=Hej", &[])), Ok(Vec::new()));
    let menu = [("DialCallStatus", ""), ("Digits", "1")];
    assert_eq!(only(DIAL, &menu).what, What::Step);
    let json = r#"{"CallSid": "CA1", "CallStatus": "busy", "Direction": "inbound", "From": "+46701740605", "SequenceNumber": 2}"#;
    let request = RawRequest { body: json.as_bytes().to_vec(), ..RawRequest::default() };
    assert_eq!(read(&request).unwrap()[0].what, What::not_answered(Why::Busy, None));
    let url = format!("https://aterkom.kommun.example/hooks/twilio?{}", DIAL);
    let get = RawRequest { method: "GET".to_owned(), url, ..RawRequest::default() };
    assert_eq!(read(&get), Ok(Vec::from([only(DIAL, &[])])));
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_no_number() {
    let missing = |field: &str| Err(format!("the field \"{field}\" is missing"));
    assert_eq!(read(&RawRequest::default()), missing("CallSid"));
    assert_eq!(read(&with("CallSid=CA1&From=%2B46701740605", &[])), missing("CallStatus"));
    let json = RawRequest { body: b"{\"CallSid\": +46701740605".to_vec(), ..RawRequest::default() };
    assert_eq!(read(&json), Err("this is not JSON (line 1, column 13)".to_owned()));
}

#[test]
fn a_lost_field_costs_only_that_field() {
    for mad in
        ["", "soon", "-5", "Mon, 99 Nov 2026 08:15:42 +0000", "Mon, 1 Jan 0001 00:00:00 +0000"]
    {
        let said = [("Timestamp", mad), ("CallStatus", "completed"), ("CallDuration", mad)];
        let fact = only(STATUS, &[&LEG[..], &said].concat());
        assert_eq!((fact.ended_at, fact.what), (None, What::answered(None)), "{mad}");
    }
}

#[test]
fn a_secret_that_cannot_work_is_refused_without_being_repeated() {
    assert_eq!(Twilio.check_secret("0f1e2d3c4b5a69788796a5b4c3d2e1f1"), Ok(()));
    let sid = format!("AC{}", "0".repeat(32));
    for secret in ["", "kort", "with space in the middle", sid.as_str()] {
        let error = Twilio.check_secret(secret).unwrap_err();
        assert!(
            error.contains("write") && (secret.is_empty() || !error.contains(secret)),
            "{error}"
        );
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_and_any_truncation_are_read_without_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        garbage in "(CallSid=|CallStatus=|&|DialCallStatus=|RecordingUrl=|Timestamp=|From=|sip:|@|%|\\{|\"|[0-9A-Za-z:, +]{1,25}){0,20}",
        cut in 0_usize..500,
    ) {
        for form in [STATUS, DIAL, RECORD] {
            let cut_off = form.as_bytes()[..cut.min(form.len())].to_vec();
            for body in [bytes.clone(), garbage.clone().into_bytes(), cut_off, [form.as_bytes(), &bytes].concat()] {
                let request = RawRequest { body, ..RawRequest::default() };
                let _ = (read(&request), Twilio.delivery(&request), Twilio.reply(&request));
            }
        }
    }
}
