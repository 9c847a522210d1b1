//! The rules that this adapter has a part in, and bodies that nobody should send.

use super::*;
use crate::adapters::source_for_tests;
use crate::adapters::testing::{self, number};
use chrono::TimeDelta;
use domain::fact::{CallRef, Direction, What, Why};
use domain::party::Party;
use serde_json::{Map, Value, json};

/// A record with some variables changed; an empty one is left out.
fn record(leg: &str, context: &str, changes: &[(&str, &str)]) -> RawRequest {
    let mut variables: Map<String, Value> = json!({
        "uuid": "a1", "call_uuid": "a1", "start_epoch": "1794819000", "answer_epoch": "0", "bridge_epoch": "0",
        "end_epoch": "1794819024", "billsec": "0", "sip_from_user": "%2B46701740605", "sip_req_user": "%2B46846500442",
        "caller_id_name": "Lisa%20Ek", "caller_id_number": "%2B46701740605", "dialed_extension": "1042",
        "hangup_cause": "NO_ANSWER", "last_app": "bridge"
    })
    .as_object()
    .unwrap()
    .clone();
    for (name, value) in changes {
        variables.insert((*name).to_owned(), json!(value));
    }
    variables.retain(|_, value| value != "");
    let flow = |index: u32, to: &str, context: &str| json!({"profile_index": index.to_string(), "caller_profile": {"destination_number": to, "context": context}});
    let flows = [flow(2, "1042", "default"), flow(1, "+46846500442", context)];
    let body =
        json!({"channel_data": {"direction": leg}, "variables": variables, "callflow": flows});
    RawRequest { body: serde_json::to_vec(&body).unwrap(), ..RawRequest::default() }
}

fn inbound(changes: &[(&str, &str)]) -> CallFact {
    testing::only("freeswitch", &record("inbound", "public", changes))
}

/// Taken up after 9 s, by a person if bridged.
const TAKEN_UP: [(&str, &str); 3] =
    [("answer_epoch", "1794819009"), ("end_epoch", "1794819131"), ("billsec", "122")];
const BRIDGED: [(&str, &str); 2] = [("bridge_epoch", "1794819011"), ("bridge_uuid", "b1")];

#[test]
fn a_call_that_nobody_took_up_is_missed_by_whom_it_was_offered_last() {
    let fact = inbound(&[]);
    assert_eq!((fact.key.as_str(), fact.complete), ("cdr:a1", true)); // R4
    assert_eq!(fact.refs, [CallRef::Call("a1".to_owned())]);
    assert_eq!(fact.direction, Direction::Inbound);
    assert_eq!(
        (number(&fact.from), fact.from.name.as_deref()),
        (Some("+46701740605"), Some("Lisa Ek"))
    );
    assert_eq!((number(&fact.to), fact.line.text.as_str()), (Some("+46846500442"), "1042"));
    assert_eq!(fact.what, What::not_answered(Why::NoAnswer, Some(TimeDelta::seconds(24))));
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-16T08:50:00+00:00"); // R9
    assert_eq!(inbound(&[("dialed_extension", "")]).line.text, "1042", "of its last dialplan");
}

// R2
#[test]
fn a_cause_says_why_nobody_answered() {
    for (cause, why) in [
        ("NO_ANSWER", Why::NoAnswer),
        ("USER_BUSY", Why::Busy),
        ("CALL_REJECTED", Why::Refused),
        ("ORIGINATOR_CANCEL", Why::Abandoned),
        ("USER_NOT_REGISTERED", Why::Offline),
        ("SOMETHING_NEW", Why::Unknown),
    ] {
        let what =
            inbound(&[("originate_disposition", cause), ("hangup_cause", "NORMAL_CLEARING")]).what;
        assert_eq!(what, What::not_answered(why, Some(TimeDelta::seconds(24))), "{cause}");
        assert_eq!(inbound(&[("hangup_cause", cause)]).what, what, "{cause}");
    }
    let disturbed = inbound(&[("hangup_cause", "USER_BUSY"), ("do_not_disturb", "true")]).what;
    assert!(matches!(disturbed, What::NotAnswered { why: Why::DoNotDisturb, .. }));
}

// R3: menus, queues and mailboxes answer too.
#[test]
fn a_person_answered_only_where_another_leg_was_bridged() {
    let of = |changes: &[&[(&str, &str)]]| inbound(&changes.concat()).what;
    assert_eq!(of(&[&TAKEN_UP, &BRIDGED]), What::answered(Some(TimeDelta::seconds(120))));
    let unbridged_time = [("bridge_epoch", "0"), ("bridge_uuid", "b1")];
    assert_eq!(of(&[&TAKEN_UP, &unbridged_time]), What::answered(Some(TimeDelta::seconds(122))));
    for app in ["voicemail", "lua", "ivr", "callcenter"] {
        let what = of(&[&TAKEN_UP, &[("last_app", app)]]);
        assert_eq!(what, What::not_answered(Why::NoAnswer, Some(TimeDelta::seconds(9))), "{app}");
    }
    // The caller hears it ring through the bridge.
    let what = of(&[&BRIDGED]);
    assert!(matches!(what, What::NotAnswered { .. }), "{what:?}");
}

#[test]
fn who_waited_in_a_queue_was_answered_gave_up_or_was_sent_away() {
    let of = |cause: &str, reason: &str| {
        let queue = [("cc_side", "member"), ("cc_cause", cause), ("cc_cancel_reason", reason)];
        inbound(&[&TAKEN_UP[..], &queue].concat()).what
    };
    let waited = Some(TimeDelta::seconds(131));
    assert_eq!(of("cancel", "BREAK_OUT"), What::not_answered(Why::Abandoned, waited));
    assert_eq!(of("cancel", ""), What::not_answered(Why::Abandoned, waited));
    assert_eq!(of("cancel", "TIMEOUT"), What::not_answered(Why::NoAnswer, waited));
    assert_eq!(of("cancel", "NO_AGENT_TIMEOUT"), What::not_answered(Why::Offline, waited));
    assert_eq!(of("answered", ""), What::answered(Some(TimeDelta::seconds(122))));
    let agent = testing::only("freeswitch", &record("inbound", "public", &[("cc_side", "agent")]));
    assert_eq!((agent.direction, agent.what), (Direction::Onward, What::Step));
}

// R1, R3
#[test]
fn a_message_is_told_with_its_length_and_without_one_none_was_left() {
    let of = |changes: &[(&str, &str)]| inbound(&[&TAKEN_UP[..], changes].concat());
    let left = |seconds| What::voicemail(Some(TimeDelta::seconds(seconds)), None);
    let mailbox = ("voicemail_account", "1043");
    let fact = of(&[("voicemail_message_len", "00%3A00%3A27"), mailbox]);
    assert_eq!((fact.what, fact.line.text.as_str()), (left(27), "1043"));
    assert_eq!(of(&[("voicemail_message_len", "2")]).what, left(2));
    let fusion = ("voicemail_answer_stamp", "2026-11-16%2009%3A50%3A09");
    assert_eq!(of(&[("voicemail_message_seconds", "33"), fusion]).what, left(33));
    for none in [
        &[mailbox][..],
        &[("voicemail_message_seconds", "33")],
        &[("voicemail_message_seconds", "0"), fusion],
        &[("voicemail_message_len", "soon")],
    ] {
        assert!(matches!(of(none).what, What::NotAnswered { .. }), "{none:?}");
    }
    let after_talk = [&TAKEN_UP[..], &BRIDGED, &[("voicemail_message_len", "00:00:27")]].concat();
    let facts = testing::read("freeswitch", &record("inbound", "public", &after_talk)).unwrap();
    let told: Vec<_> = facts.iter().map(|f| (f.key.as_str(), &f.what)).collect();
    let talk = What::answered(Some(TimeDelta::seconds(120)));
    assert_eq!(told, [("cdr:a1:talk", &talk), ("cdr:a1", &left(27))]);
}

// R21: FreeSWITCH calls each leg that comes in inbound.
#[test]
fn one_of_ours_rings_out_where_a_password_or_the_dialplan_says_so() {
    let way = |context: &str, changes: &[(&str, &str)]| {
        testing::only("freeswitch", &record("inbound", context, changes)).direction
    };
    assert_eq!(way("public", &[("sip_authorized", "true")]), Direction::Outbound);
    assert_eq!(way("public", &[("user_name", "1042")]), Direction::Outbound);
    assert_eq!(way("public", &[("call_direction", "outbound")]), Direction::Inbound);
    assert_eq!(way("default", &[]), Direction::Outbound);
    assert_eq!(way("from-trunks", &[("call_direction", "inbound")]), Direction::Inbound);
    assert_eq!(way("", &[("user_context", "public")]), Direction::Inbound);
    assert_eq!(way("", &[]), Direction::Unsaid);
    let ours = [
        ("user_name", "1042"),
        ("effective_caller_id_number", "%2B46846500400"),
        ("caller_id_number", "1042"),
        ("sip_req_user", "0701740605"),
    ];
    let fact = testing::only(
        "freeswitch",
        &record("inbound", "default", &[&ours[..], &TAKEN_UP, &BRIDGED].concat()),
    );
    assert_eq!((number(&fact.from), fact.line.text.as_str()), (Some("+46846500400"), "1042"));
    assert_eq!(fact.what, What::answered(Some(TimeDelta::seconds(122))));
}

#[test]
fn a_leg_that_was_dialled_only_names_its_call() {
    let leg = [("uuid", "b1"), ("call_uuid", "x"), ("originator", "a1"), ("dialed_user", "1042")];
    let fact = testing::only("freeswitch", &record("outbound", "default", &leg));
    assert_eq!(
        (fact.direction, &fact.what, fact.complete),
        (Direction::Onward, &What::Step, false)
    );
    assert_eq!(fact.refs, [CallRef::Call("a1".to_owned()), CallRef::Call("b1".to_owned())]);
}

// R6: the network tells the PBX a number that the caller asked to hide.
#[test]
fn a_caller_is_withheld_by_word_by_address_and_by_header() {
    for hidden in [
        [("caller_id_number", "anonymous"), ("caller_id_name", "Lisa")],
        [("sip_from_user", "anonymous"), ("caller_id_name", "Anonymous")],
        [("sip_h_Privacy", "id%3Bcritical"), ("caller_id_name", "Lisa")],
        [("privacy_hide_number", "yes"), ("caller_id_name", "Lisa")],
    ] {
        assert_eq!(inbound(&hidden).from, Party::withheld(), "{hidden:?}");
    }
    assert!(!inbound(&[("sip_h_Privacy", "none")]).from.withheld);
}

#[test]
fn every_form_of_one_record_says_the_same() {
    let xml = "<?xml version=\"1.0\"?><cdr><channel_data><direction>inbound</direction></channel_data><variables><uuid>a1</uuid>\
        <caller_id_number>%2B46701740605</caller_id_number><caller_id_name><![CDATA[Åsa &]]> &#214;st &lt;</caller_id_name>\
        <empty/></variables><callflow profile_index=\"1\"><caller_profile><destination_number>+46846500442</destination_number>\
        <context>public</context></caller_profile></callflow></cdr>\n";
    let encoded: String = xml.bytes().map(|b| format!("%{b:02X}")).collect();
    let forms = [
        xml.to_owned(),
        format!("\n {xml}"),
        format!("cdr={xml}"),
        format!("cdr={encoded}"),
        format!("cdr={}", BASE64_STANDARD.encode(format!("{xml}\0"))),
    ];
    let read = |body: String| {
        let request = RawRequest { body: body.into_bytes(), ..RawRequest::default() };
        testing::only("freeswitch", &request)
    };
    for form in forms {
        let fact = read(form);
        assert_eq!(
            (number(&fact.from), fact.from.name.as_deref()),
            (Some("+46701740605"), Some("Åsa & Öst <"))
        );
        assert_eq!((number(&fact.to), fact.direction), (Some("+46846500442"), Direction::Inbound));
    }
}

#[test]
fn what_is_no_record_is_refused_with_a_reason_and_nothing_of_its_content() {
    let deep = "<cdr>".repeat(40);
    let unclosed = "<cdr><variables><uuid>46701740605</uuid></variables>";
    for (body, reason) in [
        ("", "the body is empty"),
        ("{}", "the field \"variables\" is missing"),
        (r#"{"variables": {}}"#, "the field \"variables.uuid\" is missing"),
        (r#"{"variables": {"uuid": 7, "x": "y"}, "callflow": 7}"#, ""),
        ("cdr", "the field \"cdr\" is missing"),
        ("cdr=", "the field \"variables\" is missing"),
        ("cdr=%%%", "the field \"variables\" is missing"),
        ("<cdr/>", "the field \"variables\" is missing"),
        (unclosed, "the XML ends too early"),
        ("<cdr></variables>", "this is not XML (byte 5)"),
        (&deep, "the XML is nested too deep"),
        ("<!DOCTYPE x [<!ENTITY a \"b\">]><cdr/>", "the XML has a document type"),
        ("<cdr><variables><uuid>&a;</uuid></variables></cdr>", "the XML has an entity of its own"),
        (
            "<cdr><variables><uuid>&#x110000;</uuid></variables></cdr>",
            "the XML has an entity of its own",
        ),
    ] {
        let request = RawRequest { body: body.as_bytes().to_vec(), ..RawRequest::default() };
        match testing::read("freeswitch", &request) {
            Ok(facts) => assert_eq!((facts.len(), reason), (1, "")),
            Err(said) => assert_eq!(said, reason, "{body}"),
        }
    }
}

#[test]
fn xml_that_grows_nests_or_never_ends_is_refused_at_once() {
    let entities: String = (1..30)
        .map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10)))
        .collect();
    let laughs = format!("<!DOCTYPE cdr [<!ENTITY a0 \"ha\">{entities}]><cdr>&a29;</cdr>");
    let external = "<?xml version=\"1.0\"?><!DOCTYPE cdr SYSTEM \"http://127.0.0.1/x.dtd\"><cdr/>";
    let file = "<!DOCTYPE cdr [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><cdr>&a;</cdr>";
    let parameter = "<!DOCTYPE cdr [<!ENTITY % a SYSTEM \"http://127.0.0.1/x\"> %a;]><cdr/>";
    let late = format!("<cdr>{file}</cdr>");
    let deep = "<a>".repeat(100_000);
    let attributes: String = (0..90_000).map(|n| format!(" a{n}=\"{n}\"")).collect();
    let same_attribute = " profile_index=\"1\"".repeat(55_000);
    let in_callflow = |attributes: &str| format!("<cdr><callflow{attributes}/></cdr>");
    let cdata = "x".repeat(1 << 20);
    for (name, body, reason) in [
        ("entities in entities", laughs.as_str(), "the XML has a document type"),
        ("an external document type", external, "the XML has a document type"),
        ("an external entity", file, "the XML has a document type"),
        ("a parameter entity", parameter, "the XML has a document type"),
        ("a document type inside", &late, "the XML has a document type"),
        ("nesting", &deep, "the XML is nested too deep"),
        ("attributes", &in_callflow(&attributes), "the field \"variables\" is missing"),
        ("one attribute", &in_callflow(&same_attribute), "the field \"variables\" is missing"),
        ("CDATA without an end", &format!("<cdr><![CDATA[{cdata}"), "this is not XML (byte 5)"),
        ("a comment without an end", &format!("<cdr><!--{cdata}"), "this is not XML (byte 5)"),
    ] {
        let request = |body: &str| RawRequest { body: body.into(), ..RawRequest::default() };
        assert_eq!(testing::read("freeswitch", &request(body)).unwrap_err(), reason, "{name}");
        let coded = format!("cdr={}", BASE64_STANDARD.encode(body));
        assert_eq!(testing::read("freeswitch", &request(&coded)).unwrap_err(), reason, "{name}");
    }
}

#[test]
fn text_in_cdata_is_cut_and_text_in_another_encoding_costs_its_letters_only() {
    let of = |name: &[u8]| {
        let name = [b"<caller_id_name>", name, b"</caller_id_name>"].concat();
        [
            &b"<?xml version=\"1.0\" encoding=\"UTF-16\"?><cdr><variables><uuid>a1</uuid>"[..],
            &b"<caller_id_number>0701740605</caller_id_number>"[..],
            &name[..],
            b"</variables></cdr>",
        ]
        .concat()
    };
    let name = |name: &[u8]| {
        let request = RawRequest { body: of(name), ..RawRequest::default() };
        testing::only("freeswitch", &request).from.name.unwrap_or_default()
    };
    assert_eq!(name(b"\xc5sa"), "\u{fffd}sa", "ISO 8859-1");
    let long = [b"<![CDATA[", &[b'x'; 1 << 20][..], b"]]>"].concat();
    assert_eq!(name(&long).len(), 200);
    assert_eq!(name(b"<![CDATA[<!DOCTYPE a>&b;]]>"), "<!DOCTYPE a>&b;");
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(of(b"A").into_iter().flat_map(|b| [b, 0])).collect();
    let request = RawRequest { body: wide, ..RawRequest::default() };
    assert_eq!(testing::read("freeswitch", &request).unwrap_err(), "the field \"cdr\" is missing");
}

#[test]
fn a_repetition_is_known_by_its_leg() {
    let source = source_for_tests("freeswitch", &[]);
    let delivery = |url: &str, body: RawRequest| {
        source.adapter.delivery(&RawRequest { url: url.to_owned(), ..body })
    };
    let body = || record("inbound", "public", &[]);
    assert_eq!(delivery("https://x.example/hooks/fs?uuid=a_7", body()).as_deref(), Some("a_7"));
    assert_eq!(delivery("https://x.example/hooks/fs", body()).as_deref(), Some("a1"));
    assert_eq!(delivery("https://x.example/hooks/fs?uuid=", RawRequest::default()), None);
}

proptest::proptest! {
    #[test]
    fn any_record_is_read_or_refused_without_panic(
        xml in "(<cdr>|</cdr>|<variables>|</variables>|<uuid>|</uuid>|<callflow profile_index=\"9{0,12}\">|&[a-z#0-9]{0,9};|<!\\[CDATA\\[|[a-z%<>&]{0,6}){0,20}",
        value in "\\PC{0,30}",
    ) {
        let source = source_for_tests("freeswitch", &[]);
        for body in [xml.clone(), format!("cdr={xml}"), format!("cdr={value}"), value.clone()] {
            let request = RawRequest { body: body.into_bytes(), ..RawRequest::default() };
            let _ = (Freeswitch.parse(&request, &source), Freeswitch.delivery(&request));
        }
        for name in ["uuid", "start_epoch", "end_epoch", "billsec", "voicemail_message_len", "caller_id_number"] {
            let _ = Freeswitch.parse(&record("inbound", "public", &[(name, value.as_str())]), &source);
        }
    }
}
