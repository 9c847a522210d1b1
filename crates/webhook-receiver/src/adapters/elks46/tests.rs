//! The rules that this adapter has a part in, and bytes that nobody should send.

use super::*;
use crate::adapters::testing::{self, form as with, number};
use chrono::TimeDelta;
use domain::fact::Why;

const MISSED: &str = "id=c1&direction=incoming&from=%2B46701740605&to=%2B46846500412&created=2026-11-16T08:15:02.741000\
    &start=2026-11-16T08:15:03.000000&state=success&duration=22&cost=100\
    &actions=[{\"connect\": \"%2B46701740699\", \"result\": \"failed\"}]\
    &legs=[{\"duration\": 0, \"to\": \"%2B46701740699\", \"state\": \"failed\", \"from\": \"%2B46701740605\"}]";
const MESSAGE: &str = "callid=c1&created=2026-11-16T08:15:50.005000&duration=23\
    &wav=https://api.46elks.com/a1/recordings/c1-r0.wav&from=%2B46701740605&to=%2B46846500412";

fn read(request: &RawRequest) -> Result<Vec<CallFact>, String> {
    testing::read("46elks", request)
}

fn only(form: &str, changes: &[(&str, &str)]) -> CallFact {
    testing::only("46elks", &with(form, changes))
}

/// The legs of a call: to whom, how it went, for how long.
fn legs(legs: &[(&str, &str, u32)]) -> String {
    let leg = |(to, state, talk): &(&str, &str, u32)| {
        format!(r#"{{"to": "{to}", "state": "{state}", "duration": {talk}}}"#)
    };
    format!("[{}]", legs.iter().map(leg).collect::<Vec<_>>().join(", "))
}

fn actions(actions: &[(&str, &str)]) -> String {
    let action =
        |(to, result): &(&str, &str)| format!(r#"{{"connect": "{to}", "result": "{result}"}}"#);
    format!("[{}]", actions.iter().map(action).collect::<Vec<_>>().join(", "))
}

// R3: a menu or a greeting makes the first leg a success.
#[test]
fn a_call_in_which_no_leg_succeeded_is_missed_whatever_its_state() {
    let fact = only(MISSED, &[]);
    assert_eq!((fact.key.as_str(), fact.complete), ("hangup:c1", true));
    assert_eq!(fact.refs, [CallRef::Call("c1".to_owned())]);
    assert_eq!(
        (fact.direction, fact.what),
        (Direction::Inbound, What::not_answered(Why::Unknown, None))
    );
    assert_eq!(
        (number(&fact.from), number(&fact.to), number(&fact.line)),
        (Some("+46701740605"), Some("+46846500412"), Some("+46701740699"))
    );
    // R9: times are UTC, and the call ended when it had lasted.
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-16T08:15:03+00:00");
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:15:25+00:00");
    let greeting = [
        ("actions", r#"[{"play": "https://a.example/hej.mp3", "result": "success"}]"#),
        ("legs", ""),
    ];
    assert_eq!(only(MISSED, &greeting).what, What::not_answered(Why::Unknown, None));
    assert_eq!(only(MISSED, &[("actions", ""), ("legs", "")]).line, Party::absent());
}

// R2: why decides whether it counts at once.
#[test]
fn every_result_says_why_nobody_answered() {
    for (result, why) in [
        ("failed", Why::Unknown),
        ("busy", Why::Busy),
        ("noanswer", Why::NoAnswer),
        ("no-answer", Why::NoAnswer),
        ("reject", Why::Refused),
        ("something new", Why::Unknown),
        ("", Why::Unknown),
    ] {
        let fact = only(MISSED, &[("actions", &actions(&[("+46701740699", result)]))]);
        assert_eq!(fact.what, What::not_answered(why, None), "{result}");
        let fact =
            only(MISSED, &[("actions", ""), ("legs", &legs(&[("+46701740699", result, 0)]))]);
        assert_eq!(fact.what, What::not_answered(why, None), "{result}");
    }
}

// R3
#[test]
fn the_leg_that_succeeded_tells_who_answered_and_for_how_long() {
    let group = "+46701740699,+46701740698";
    let answered = legs(&[("+46701740699", "failed", 0), ("+46701740698", "success", 48)]);
    let fact = only(MISSED, &[("actions", &actions(&[(group, "success")])), ("legs", &answered)]);
    assert_eq!(fact.what, What::answered(Some(TimeDelta::seconds(48))));
    assert_eq!(number(&fact.line), Some("+46701740698"));
    // `legs` is left out at times: who of them answered, and for how long, is then unknown.
    let fact = only(MISSED, &[("actions", &actions(&[(group, "success")])), ("legs", "")]);
    assert_eq!((fact.what, fact.line), (What::answered(None), Party::absent()));
}

// R3, R15: the last one it was offered to; several at once are a group, and none of them the last.
#[test]
fn phones_tried_in_turn_are_told_in_turn_and_a_group_as_one() {
    let line = |tried: &[(&str, &str)]| -> Vec<(String, Option<String>)> {
        let facts = read(&with(MISSED, &[("actions", &actions(tried)), ("legs", "")])).unwrap();
        facts.iter().map(|f| (f.key.clone(), number(&f.line).map(str::to_owned))).collect()
    };
    let of = |key: &str, number: Option<&str>| (key.to_owned(), number.map(str::to_owned));
    assert_eq!(
        line(&[("+46701740699", "busy"), ("+46701740698", "failed")]),
        [of("hangup:c1", Some("+46701740699")), of("hangup:c1:01", Some("+46701740698"))]
    );
    assert_eq!(line(&[("+46701740699, +46701740698", "failed")]), [of("hangup:c1", None)]);
}

// R21: the employee's phone rings first, then the other's.
#[test]
fn click_to_call_goes_to_whom_it_was_put_through() {
    let ours = [("direction", "outgoing"), ("from", "+46846500412"), ("to", "+46701740699")];
    let click = |actions: &str, legs: &str, state: &str| {
        let said = [("actions", actions), ("legs", legs), ("state", state)];
        only(MISSED, &[&ours[..], &said].concat())
    };
    let fact = click(
        &actions(&[("+46701740607", "success")]),
        &legs(&[("+46701740607", "success", 64)]),
        "success",
    );
    assert_eq!((fact.direction, number(&fact.to)), (Direction::Outbound, Some("+46701740607")));
    assert_eq!(
        (number(&fact.from), number(&fact.line)),
        (Some("+46846500412"), Some("+46701740699"))
    );
    assert_eq!(fact.what, What::answered(Some(TimeDelta::seconds(64))));
    let fact = click(&actions(&[("+46701740607", "busy")]), "", "success");
    assert_eq!(
        (number(&fact.to), fact.what),
        (Some("+46701740607"), What::not_answered(Why::Busy, None))
    );
    // The employee's own phone was not taken up: that is nobody's missed call.
    let fact = click("", "", "failed");
    assert_eq!(
        (fact.direction, fact.what),
        (Direction::Onward, What::not_answered(Why::Unknown, None))
    );
    let fact = click(r#"[{"play": "https://a.example/info.mp3"}]"#, "", "success");
    assert_eq!(fact.what, What::Step, "a text read out by a machine is no call-back");
}

#[test]
fn a_call_of_our_own_client_is_outgoing_though_it_comes_in_to_46elks() {
    let changes = [("from", "+4600100100"), ("to", "+46701740607")];
    let answered = legs(&[("+46701740607", "success", 31)]);
    let fact = only(MISSED, &[&changes[..], &[("actions", ""), ("legs", &answered)]].concat());
    assert_eq!((fact.direction, fact.from.text.as_str()), (Direction::Outbound, "+4600100100"));
    assert_eq!(
        (number(&fact.to), fact.what),
        (Some("+46701740607"), What::answered(Some(TimeDelta::seconds(31))))
    );
}

// R1, R6, R9
#[test]
fn a_recording_is_a_message_of_the_call_that_it_was_left_in() {
    let fact = only(MESSAGE, &[]);
    assert_eq!((fact.refs, fact.complete), (only(MISSED, &[]).refs, true));
    assert_eq!(fact.key, "recording:c1:2026-11-16T08:15:50.005000");
    let link = Url::parse("https://api.46elks.com/a1/recordings/c1-r0.wav").unwrap();
    assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(23)), Some(link)));
    assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:15:50.005+00:00");
    let bare = only(MESSAGE, &[("from", ""), ("to", ""), ("duration", "")]);
    assert_eq!((bare.from, bare.complete), (Party::absent(), false), "the end of the call knows");
    let recorded = r#"[{"connect": "+46701740699", "result": "busy"}, {"record": "https://a.example", "result": "success"}]"#;
    assert!(!only(MISSED, &[("actions", recorded)]).complete, "the message is still to come");
    let odd = read(&with(MESSAGE, &[("wav", "c1-r0.wav")]));
    assert_eq!(odd, Err("the field \"wav\" is not the address of a recording".to_owned()));
}

// R6
#[test]
fn a_caller_without_a_number_is_withheld() {
    for from in ["anonymous", "", "unknown", "+"] {
        assert_eq!(only(MISSED, &[("from", from)]).from, Party::withheld(), "{from}");
    }
    assert_eq!(only(MESSAGE, &[("from", "anonymous")]).from, Party::withheld());
}

#[test]
fn the_start_and_the_steps_of_a_call_count_for_nothing_but_are_its() {
    let start = "direction=incoming&callid=c1&from=%2B46701740605&to=%2B46846500412&created=2026-11-16T08:15:02.741000";
    for (changes, what) in [
        (&[][..], What::Ringing),
        (&[("result", "newincoming")], What::Ringing),
        (&[("callid", ""), ("id", "c1")], What::Ringing),
        (&[("result", "busy")], What::Step),
        (&[("result", "1")], What::Step),
    ] {
        let fact = only(start, changes);
        assert_eq!((fact.what, fact.complete), (what, false), "{changes:?}");
        assert_eq!(fact.refs, [CallRef::Call("c1".to_owned())]);
    }
    let text = with(start, &[("callid", ""), ("id", "s1"), ("message", "Hej")]);
    assert_eq!(read(&text), Ok(Vec::new()));
    assert_eq!(Elks46.reply(&text).body, "{}");
}

#[test]
fn what_46elks_sends_by_get_is_read_from_the_address() {
    let url = format!("https://aterkom.kommun.example/hooks/pbx?{}", MISSED.replace(' ', "%20"));
    let request = RawRequest { method: "GET".to_owned(), url, ..RawRequest::default() };
    assert_eq!(read(&request), Ok(Vec::from([only(MISSED, &[])])));
    assert_eq!(Elks46.delivery(&request).as_deref(), Some("c1"));
}

#[test]
fn what_cannot_be_read_says_why_and_repeats_no_number() {
    assert_eq!(read(&RawRequest::default()), Err("the field \"callid\" is missing".to_owned()));
    for (field, json) in [("legs", "[{\"to\": \"+467"), ("actions", "+46701740605"), ("legs", "{}")]
    {
        let reason = read(&with(MISSED, &[(field, json)])).unwrap_err();
        assert_eq!(
            reason,
            format!("the field \"{field}\" is not a JSON list of objects, as 46elks posts it")
        );
    }
    let json = RawRequest { body: b"{\"id\": \"c1\"}".to_vec(), ..RawRequest::default() };
    assert!(read(&json).unwrap_err().starts_with("this is JSON"));
}

#[test]
fn a_lost_time_costs_only_that_time() {
    for mad in
        ["", "soon", "-5", "9999-99-99T00:00:00", "+262142-01-01T00:00:00", "0001-01-01T00:00:00"]
    {
        let fact = only(MISSED, &[("start", mad), ("created", mad), ("duration", mad)]);
        assert_eq!((fact.began_at, fact.ended_at), (None, None), "{mad}");
    }
    let zoned = only(MISSED, &[("start", "2026-11-16T09:15:03+01:00")]);
    assert_eq!(zoned.began_at, only(MISSED, &[]).began_at);
}

proptest::proptest! {
    #[test]
    fn any_bytes_and_any_truncation_are_read_without_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200),
        garbage in "(id=|callid=|&|legs=|actions=|\\[|\\{|\"to\":|\"connect\":|\"|,|state=|start=|wav=|%|[0-9T:.-]{1,25}){0,20}",
        cut in 0_usize..700,
    ) {
        for form in [MISSED, MESSAGE] {
            let cut_off = form.as_bytes()[..cut.min(form.len())].to_vec();
            for body in [bytes.clone(), garbage.clone().into_bytes(), cut_off, [form.as_bytes(), &bytes].concat()] {
                let request = RawRequest { body, ..RawRequest::default() };
                let _ = (read(&request), Elks46.delivery(&request));
            }
        }
    }
}
