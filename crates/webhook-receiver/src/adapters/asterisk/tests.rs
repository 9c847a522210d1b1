//! The rules that this adapter has a part in, and bytes that nobody should send.

mod relay;

use super::*;
use crate::adapters::testing::{self, form as with, number};
use crate::adapters::{Refused, source_for_tests};
use chrono::{DateTime, TimeDelta};
use domain::fact::{CallRef, Direction, What, Why};
use domain::party::Party;

const ANSWERED: &str = "event=hangup&system=pbx1&uniqueid=1794213030.52&linkedid=1794213030.50&channel=PJSIP%2Ftrunk-00000034\
    &direction=inbound&callerid_num=0701740605&callerid_name=Lisa%20Ek&callerid_pres=allowed_not_screened&dnid=08-46500442\
    &extension=1042&dialstatus=ANSWER&hangupcause=16&start=1794213030.104233&answer=1794213039.511870&end=1794213161.902113\
    &duration=131&billsec=122&disposition=ANSWERED&dialedpeernumber=1042&vmstatus=&queue=&vm_messagefile=";
const MESSAGE: &str = "event=voicemail&system=pbx1&mailbox=1042&context=default&folder=INBOX&file=msg0003&origmailbox=1042\
    &callerchan=PJSIP%2Ftrunk-00000034&callerid=%22Petra%20Lund%22%20%3C%2B46701740623%3E&origtime=1794215452&category=\
    &msg_id=1794215452-0000001c&flag=&duration=27";

fn read(request: &RawRequest) -> Result<Vec<CallFact>, String> {
    testing::read("asterisk", request)
}

fn only(form: &str, changes: &[(&str, &str)]) -> CallFact {
    testing::only("asterisk", &with(form, changes))
}

/// A call that rang from :30 and ended at :55, with these fields besides.
fn unanswered(changes: &[(&str, &str)]) -> (Why, Option<i64>) {
    let rang = [
        ("answer", "0.000000"),
        ("end", "1794213055.104233"),
        ("dialedpeernumber", ""),
        ("billsec", "0"),
    ];
    match only(ANSWERED, &[&rang[..], changes].concat()).what {
        What::NotAnswered { why, rang_ms } => (why, rang_ms),
        other => panic!("answered: {other:?}"),
    }
}

#[test]
fn an_answered_call_has_its_talk_time_and_its_names() {
    let fact = only(ANSWERED, &[]);
    assert_eq!(fact.key, "hangup:1794213030.52");
    assert_eq!(fact.refs, [CallRef::Call("1794213030.50".to_owned())]);
    assert_eq!(fact.direction, Direction::Inbound);
    assert_eq!(
        (number(&fact.from), fact.from.name.as_deref()),
        (Some("+46701740605"), Some("Lisa Ek"))
    ); // R7
    assert_eq!((number(&fact.to), fact.line.text.as_str()), (Some("+46846500442"), "1042"));
    assert_eq!(fact.what, What::answered(Some(TimeDelta::seconds(122))));
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-09T08:30:30.104233+00:00");
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-09T08:32:41.902113+00:00"); // R9
    assert!(fact.complete); // R4
    assert_eq!(
        only(ANSWERED, &[("linkedid", "")]).refs[0],
        CallRef::Call("1794213030.52".to_owned())
    );
}

// R2: why, and how long it rang, decide whether a missed call counts.
#[test]
fn every_dial_status_says_why_nobody_answered() {
    for (status, cause, why) in [
        ("NOANSWER", "19", Why::NoAnswer),
        ("BUSY", "17", Why::Busy),
        ("CHANUNAVAIL", "20", Why::Offline),
        ("CHANUNAVAIL", "21", Why::Refused),
        ("CONGESTION", "34", Why::Offline),
        ("CONGESTION", "21", Why::Refused),
        ("DONTCALL", "0", Why::Refused),
        ("TORTURE", "0", Why::Refused),
        ("CANCEL", "127", Why::Abandoned),
        ("INVALIDARGS", "0", Why::Unknown),
        ("", "0", Why::Unknown),
    ] {
        let said = unanswered(&[
            ("dialstatus", status),
            ("hangupcause", cause),
            ("disposition", "NO ANSWER"),
        ]);
        assert_eq!(said, (why, Some(25_000)), "{status} {cause}");
    }
}

// R3: voicemail, menus and queue announcements are never an answer.
#[test]
fn a_machine_that_answers_is_no_person() {
    let menu = [("dialstatus", "CANCEL"), ("disposition", "ANSWERED"), ("answer", "1794213031.0")];
    assert_eq!(unanswered(&menu), (Why::Abandoned, Some(25_000)));
    let mailbox = [
        ("dialstatus", "NOANSWER"),
        ("vmstatus", "SUCCESS"),
        ("dialedpeernumber", "1042"),
        ("answer", "1794213050.104233"),
    ];
    assert_eq!(unanswered(&mailbox), (Why::NoAnswer, Some(20_000)));
    let queue =
        [("dialstatus", ""), ("queue", "reception"), ("extension", ""), ("answer", "1794213031.0")];
    assert_eq!(unanswered(&queue), (Why::Abandoned, Some(25_000)));
    for (status, why) in
        [("TIMEOUT", Why::NoAnswer), ("JOINEMPTY", Why::Offline), ("", Why::Abandoned)]
    {
        let left = [&queue[..], &[("queuestatus", status)]].concat();
        assert_eq!(unanswered(&left).0, why, "{status}");
    }
    let queue_then_mailbox = [("dialstatus", ""), ("queue", "reception"), ("vmstatus", "FAILED")];
    assert_eq!(unanswered(&queue_then_mailbox).0, Why::Unknown);
}

// R3, R15
#[test]
fn the_line_is_the_extension_or_who_answered_or_the_queue() {
    let line = |changes: &[(&str, &str)]| only(ANSWERED, changes).line;
    assert_eq!(
        line(&[("dialedpeernumber", "1043")]).text,
        "1042",
        "a colleague answers for the line"
    );
    let queue = ("queue", "reception");
    let none = ("extension", "");
    assert_eq!(line(&[none, queue, ("dialedpeernumber", "PJSIP/1043")]).text, "1043");
    assert_eq!(line(&[none, queue, ("dialedpeernumber", "Local/1043@agents/n")]).text, "1043");
    assert_eq!(
        number(&line(&[none, ("dialedpeernumber", "operator/0701740699")])),
        Some("+46701740699")
    );
    assert_eq!(line(&[none, queue, ("dialedpeernumber", "")]).text, "reception");
    assert_eq!(line(&[none, ("dialedpeernumber", "")]), Party::absent());
}

// Asterisk 22: Queue() leaves no dial status, and the CDR may be that of the agent who did not answer.
#[test]
fn an_agent_of_a_queue_answered_whatever_the_record_says() {
    let fact = only(
        ANSWERED,
        &[
            ("queue", "reception"),
            ("dialstatus", ""),
            ("disposition", "NO ANSWER"),
            ("answer", "0.000000"),
        ],
    );
    assert_eq!(fact.what, What::answered(Some(TimeDelta::seconds(122))));
    let no_peer = unanswered(&[("dialstatus", "ANSWER"), ("disposition", "ANSWERED")]);
    assert_eq!(no_peer.0, Why::Unknown);
}

// R21
#[test]
fn a_call_of_ours_goes_to_the_number_dialled() {
    let fact = only(
        ANSWERED,
        &[
            ("direction", "Outbound"),
            ("callerid_num", ""),
            ("dnid", "0701740605"),
            ("dialedpeernumber", "0701740605@trunk"),
        ],
    );
    assert_eq!(
        (fact.direction, number(&fact.to), fact.line.text.as_str()),
        (Direction::Outbound, Some("+46701740605"), "1042")
    );
    assert_eq!(fact.from, Party::absent());
    let nobody = with(ANSWERED, &[("direction", "outbound"), ("dnid", "")]);
    assert_eq!(read(&nobody), Err("the field \"dnid\" is missing".to_owned()));
    assert_eq!(only(ANSWERED, &[("direction", ""), ("dnid", "")]).to.text, "1042");
    assert_eq!(only(ANSWERED, &[("direction", "")]).direction, Direction::Unsaid);
}

// R1, R6: the miss and the message of one call are one.
#[test]
fn a_message_is_of_the_call_whose_channel_left_it() {
    let message = only(MESSAGE, &[]);
    assert_eq!(message.key, "voicemail:1794215452-0000001c");
    assert_eq!(message.what, What::voicemail(Some(TimeDelta::seconds(27)), None));
    assert_eq!(message.ended_at.unwrap().to_rfc3339(), "2026-11-09T09:10:52+00:00");
    assert_eq!(
        (message.to.text.as_str(), message.line.text.as_str(), message.complete),
        ("1042", "1042", false)
    );
    let hangup = only(
        ANSWERED,
        &[("vmstatus", "SUCCESS"), ("vm_messagefile", "/var/spool/asterisk/msg0003")],
    );
    assert!(!hangup.complete, "the message is still to come");
    let channel = CallRef::Passing("chan:pbx1:PJSIP/trunk-00000034".to_owned());
    let shared: Vec<&CallRef> =
        hangup.refs.iter().filter(|name| message.refs.contains(name)).collect();
    assert_eq!(shared, [&channel]);
    let recorded_by_hand = only(MESSAGE, &[("callerchan", "Unknown")]);
    assert!(recorded_by_hand.refs.is_empty());
}

// R18: a forwarded copy hands nothing over, and moving a message reopens nothing.
#[test]
fn a_copy_is_the_same_fact_and_a_moved_message_is_none() {
    let copy = only(MESSAGE, &[("mailbox", "1043"), ("file", "msg0000"), ("folder", "Urgent")]);
    assert_eq!(copy, only(MESSAGE, &[]));
    for folder in ["Old", "Work", "Family"] {
        assert_eq!(read(&with(MESSAGE, &[("folder", folder)])), Ok(Vec::new()));
    }
}

#[test]
fn a_message_needs_a_mailbox_and_nothing_else() {
    let bare = RawRequest {
        body: b"event=voicemail&mailbox=1042@default".to_vec(),
        ..RawRequest::default()
    };
    let [fact] = <[CallFact; 1]>::try_from(read(&bare).unwrap()).unwrap();
    assert_eq!(
        (fact.line.text.as_str(), fact.from, fact.ended_at),
        ("1042", Party::absent(), None)
    );
    assert_eq!(fact.what, What::voicemail(None, None)); // R1: of unknown length it is a message
    let no_id = only(MESSAGE, &[("msg_id", ""), ("origmailbox", "")]);
    assert_eq!(no_id.key, "voicemail:1042:msg0003:1794215452");
    let no_mailbox = read(&with(MESSAGE, &[("mailbox", ""), ("origmailbox", "")]));
    assert_eq!(no_mailbox, Err("the field \"mailbox\" is missing".to_owned()));
}

#[test]
fn counts_are_of_no_interest_and_the_same_ones_may_come_again() {
    let counts = RawRequest {
        body: b"event=externnotify&mailbox=1042&new=3&old=1".to_vec(),
        ..RawRequest::default()
    };
    assert_eq!(read(&counts), Ok(Vec::new()));
    assert_eq!(Asterisk.delivery(&counts), None);
    assert_eq!(Asterisk.delivery(&with(ANSWERED, &[])).as_deref(), Some("1794213030.52"));
    assert_eq!(Asterisk.delivery(&with(MESSAGE, &[])).as_deref(), Some("1794215452-0000001c"));
    assert_eq!(Asterisk.delivery(&with(MESSAGE, &[("msg_id", "")])), None);
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_no_number() {
    assert_eq!(read(&RawRequest::default()), Err("the field \"event\" is missing".to_owned()));
    let odd = read(&with(ANSWERED, &[("event", "Dial+46701740605End\u{0}")]));
    assert_eq!(odd, Err("event \"DialEnd\" is not one this version reads".to_owned()));
    let json = RawRequest { body: b" {\"Event\":\"Cdr\"}".to_vec(), ..RawRequest::default() };
    assert_eq!(read(&json), Err("the field \"UniqueID\" is missing".to_owned()));
    for id in ["", " ", "\u{0}"] {
        assert_eq!(
            read(&with(ANSWERED, &[("uniqueid", id)])),
            Err("the field \"uniqueid\" is missing".to_owned())
        );
    }
}

#[test]
fn a_lost_field_costs_only_that_field() {
    let endless = "9".repeat(1_000_000);
    for mad in ["", "soon", "-5", "1831400000000", "NaN", &endless] {
        let fact =
            only(ANSWERED, &[("start", mad), ("end", mad), ("billsec", mad), ("duration", mad)]);
        assert_eq!((fact.began_at, fact.ended_at, fact.what), (None, None, What::answered(None)));
    }
    assert_eq!(
        unanswered(&[("dialstatus", "BUSY"), ("end", "1794213000")]),
        (Why::Busy, None),
        "ended before it began"
    );
}

#[test]
fn a_user_and_a_token_both_open_and_a_wrong_header_does_not() {
    let source = source_for_tests("asterisk", &["pbx1:Kalle-Anka-1313", "a-token-in-the-path"]);
    let verify = |authorization: Option<&str>, rest: &str| {
        let headers =
            authorization.map(|a| ("authorization".to_owned(), a.to_owned())).into_iter().collect();
        let request = RawRequest { headers, rest: rest.to_owned(), ..RawRequest::default() };
        Asterisk.verify(&request, &source, DateTime::UNIX_EPOCH)
    };
    assert_eq!(verify(Some("Basic cGJ4MTpLYWxsZS1BbmthLTEzMTM="), ""), Ok(()));
    assert_eq!(verify(None, "a-token-in-the-path"), Ok(()));
    assert_eq!(verify(Some("Basic cGJ4MTpmZWw="), "a-token-in-the-path"), Err(Refused::Wrong));
    assert_eq!(verify(None, ""), Err(Refused::Wrong));
    assert!(
        Asterisk.check_secret("pbx1:Kalle-Anka-1313").is_ok()
            && Asterisk.check_secret("kort").is_err()
    );
}

proptest::proptest! {
    #[test]
    fn any_bytes_and_any_truncation_are_read_without_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        garbage in "(event=hangup|event=voicemail|&|=|uniqueid|mailbox|start|end|%|%00|%FF|%C3|[0-9.]{1,25}){0,20}",
        cut in 0_usize..700,
    ) {
        let source = source_for_tests("asterisk", &[]);
        for form in [ANSWERED, MESSAGE] {
            let cut_off = form.as_bytes()[..cut.min(form.len())].to_vec();
            for body in [bytes.clone(), garbage.clone().into_bytes(), cut_off, [form.as_bytes(), &bytes].concat()] {
                let request = RawRequest { body, ..RawRequest::default() };
                let _ = (Asterisk.parse(&request, &source), Asterisk.delivery(&request));
            }
        }
    }
}
