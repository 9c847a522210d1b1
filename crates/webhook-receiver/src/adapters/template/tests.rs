//! Mappings that can work and those that cannot, and what they make of posts of many makes.

use super::*;
use crate::adapters::testing::number;
use crate::adapters::{Unreadable, source_for_tests};
use domain::fact::Why;
use serde_json::{Value, json};

fn mapping(keys: Value) -> Mapping {
    serde_json::from_value(keys).unwrap()
}

/// What most of these tests map.
fn usual() -> Value {
    json!({
        "caller": "call.from", "called": "call.to", "direction": "call.direction", "outcome": "call.status",
        "outcomes": {"ANSWERED": "answered", "NOANSWER": "no_answer", "VM": "voicemail", "RING": "ringing", "NOTE": "ignored"},
        "began_at": "call.start", "answered_at": "call.answer", "ended_at": "call.end", "call_id": "call.id",
    })
}

fn mapped(changes: Value) -> Result<Template, WrongKey> {
    let mut keys = usual();
    for (key, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(keys.as_object_mut().unwrap().remove(key)),
            value => keys[key] = value.clone(),
        }
    }
    Template::new(mapping(keys))
}

fn request(body: &str) -> RawRequest {
    RawRequest {
        method: "POST".to_owned(),
        url: "https://aterkom.kommun.example/hooks/pbx?event=missed&who=%2B46701740642".to_owned(),
        body: body.as_bytes().to_vec(),
        ..RawRequest::default()
    }
}

fn read(template: &Template, body: &Value) -> Result<Vec<CallFact>, Unreadable> {
    template.parse(&request(&body.to_string()), &source_for_tests("template", &[]))
}

fn only(changes: Value, body: &Value) -> CallFact {
    read(&mapped(changes).unwrap(), body).unwrap().remove(0)
}

fn missed() -> Value {
    json!({"call": {
        "id": "c1", "from": "070-174 06 41", "to": "+46846500450", "direction": "in", "status": "NoAnswer",
        "start": "2026-11-16 09:00:03", "answer": null, "end": "2026-11-16T08:00:25Z"
    }})
}

fn answered() -> Value {
    let mut post = missed();
    post["call"]["status"] = json!("answered");
    post["call"]["answer"] = json!("2026-11-16T09:00:10+01:00");
    post
}

#[test]
fn a_call_is_read_by_its_places() {
    let fact = only(json!({}), &missed());
    assert_eq!(
        (number(&fact.from), number(&fact.to)),
        (Some("+46701740641"), Some("+46846500450"))
    );
    assert_eq!(fact.what, What::not_answered(Why::NoAnswer, None));
    assert_eq!((fact.direction, fact.complete), (Direction::Inbound, false));
    assert_eq!(fact.refs, [CallRef::Call("c1".to_owned())]);
    // R9: a time without a zone is one of the source's zone.
    assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-16T08:00:03+00:00");
    let fact = only(json!({}), &answered());
    assert_eq!(fact.what, What::answered(Some(TimeDelta::seconds(15))));
    let told = only(json!({"duration": "call.id", "duration_unit": "s"}), &{
        let mut post = answered();
        post["call"]["id"] = json!(12);
        post
    });
    assert_eq!(told.what, What::answered(Some(TimeDelta::seconds(12))), "what is told wins");
    let alone = only(json!({"call_id": null}), &missed());
    assert!(alone.complete && alone.refs.is_empty());
}

#[test]
fn outside_and_inside_change_places_with_the_direction() {
    let keys = json!({"caller": null, "called": null, "external": "out", "internal": "in", "direction": "way",
        "directions": {"1": "inbound", "2": "outbound"}, "outcome": "=MISSED", "outcomes": {"missed": "missed"}});
    let post = |way: u8| json!({"out": "+46701740641", "in": "+46846500450", "way": way});
    for (way, direction, from) in
        [(1, Direction::Inbound, "+46701740641"), (2, Direction::Outbound, "+46846500450")]
    {
        let fact = only(keys.clone(), &post(way));
        assert_eq!((fact.direction, number(&fact.from)), (direction, Some(from)));
    }
    let error = read(&mapped(keys).unwrap(), &post(3)).unwrap_err().to_string();
    assert_eq!(error, "direction \"\" is not one this version reads");
}

#[test]
fn fields_come_from_forms_addresses_fixed_texts_and_json_inside_them() {
    let template = mapped(json!({
        "caller": "data.call[from]", "called": "=08-465 004 50", "direction": null, "outcome": "?event",
        "outcomes": {"missed": "missed"}, "call_id": null,
    }));
    let template = template.unwrap();
    let parse = |body: &str| template.parse(&request(body), &source_for_tests("template", &[]));
    let form = "data.call%5Bfrom%5D=0701740641&x=1";
    let fact = parse(form).unwrap().remove(0);
    assert_eq!(
        (number(&fact.from), number(&fact.to)),
        (Some("+46701740641"), Some("+46846500450"))
    );
    assert_eq!(fact.direction, Direction::Unsaid);
    let nested = r#"data={"call[from]": "0701740641"}"#;
    assert_eq!(parse(nested).unwrap().remove(0).from, fact.from);
    let twice = r#"{"data": "{\"call[from]\": \"0701740641\"}"}"#;
    assert_eq!(parse(twice).unwrap().remove(0).from, fact.from);
    let of_address = mapped(json!({"caller": "who", "called": "=450", "direction": null,
        "outcome": "event", "outcomes": {"missed": "missed"}}));
    let fact = of_address.unwrap().parse(&request(""), &source_for_tests("template", &[])).unwrap();
    assert_eq!(number(&fact[0].from), Some("+46701740642"));
    assert_eq!(places::Places::of(&request("[{\"a\":[1,2]}]")).unwrap().text("0.a.1"), "2");
}

#[test]
fn times_and_lengths_are_read_as_they_are_written() {
    for (times, text) in [
        ("iso", json!("2026-11-16T09:00:03")),
        ("iso", json!("2026-11-16T08:00:03.000Z")),
        ("unix", json!(1_794_816_003)),
        ("unix", json!("1794816003")),
        ("unix_ms", json!(1_794_816_003_000_u64)),
        ("%d.%m.%Y %H:%M:%S", json!("16.11.2026 09:00:03")),
        ("%Y%m%d%H%M%S %z", json!("20261116080003 +0000")),
    ] {
        let mut post = missed();
        post["call"]["start"] = text;
        let fact = only(json!({"times": times}), &post);
        assert_eq!(fact.began_at.unwrap().to_rfc3339(), "2026-11-16T08:00:03+00:00", "{times}");
    }
    // The hour that spring skips, and the one that comes twice.
    for (text, utc) in [
        ("2026-03-29 02:30:00", "2026-03-29T01:30:00+00:00"),
        ("2026-10-25 02:30:00", "2026-10-25T00:30:00+00:00"),
    ] {
        let mut post = missed();
        post["call"]["start"] = json!(text);
        assert_eq!(only(json!({}), &post).began_at.unwrap().to_rfc3339(), utc);
    }
    for (unit, text) in [
        ("s", "95"),
        ("ms", "95000"),
        ("h:m:s", "1:35"),
        ("h:m:s", "0:01:35"),
        ("min", "1.5833333"),
    ] {
        let mut post = missed();
        post["call"]["status"] = json!("vm");
        post["call"]["talk"] = json!(text);
        let fact = only(json!({"duration": "call.talk", "duration_unit": unit}), &post);
        assert_eq!(fact.what, What::voicemail(Some(TimeDelta::seconds(95)), None), "{unit}");
    }
}

// R6
#[test]
fn a_caller_who_is_withheld_has_no_number() {
    for text in ["", "anonymous", "Dold", "dolt nummer"] {
        let mut post = missed();
        post["call"]["from"] = json!(text);
        let fact = only(json!({"withheld": ["dold", "Dolt nummer"]}), &post);
        assert_eq!(fact.from, Party::withheld(), "{text}");
    }
}

#[test]
fn posts_of_no_interest_tell_nothing_and_unknown_words_say_why() {
    let template = mapped(json!({"event": "type", "events": ["call.ended"]})).unwrap();
    let mut post = missed();
    assert_eq!(read(&template, &post), Ok(Vec::new()));
    post["type"] = json!("Call.Ended");
    assert_eq!(read(&template, &post).unwrap().len(), 1);
    post["call"]["status"] = json!("note");
    assert_eq!(read(&template, &post), Ok(Vec::new()));
    post["call"]["status"] = json!("LOST +46701740641");
    let reason = read(&template, &post).unwrap_err().to_string();
    assert_eq!(reason, "outcome \"LOST\" is not one this version reads");
    post["call"]["status"] = Value::Null;
    let reason = read(&template, &post).unwrap_err().to_string();
    assert_eq!(reason, "there is nothing at \"call.status\", where outcome is said to be");
    let any = json!({"outcomes": {"*": "missed", "ANSWERED": "answered"}});
    assert_eq!(only(any, &post).what, What::not_answered(Why::Unknown, None));
    let unmapped = read(&Template::default(), &post).unwrap_err().to_string();
    assert!(unmapped.contains("[sources.template]"), "{unmapped}");
}

#[test]
fn the_secret_is_in_a_header_of_its_own_or_where_it_usually_is() {
    let source = source_for_tests("template", &["an-older-token", "a-token-of-today"]);
    let verified = |template: &Template, header: &str, value: &str, rest: &str| {
        let headers = Vec::from([(header.to_owned(), value.to_owned())]);
        let request = RawRequest { headers, rest: rest.to_owned(), ..request("{}") };
        template.verify(&request, &source, DateTime::UNIX_EPOCH)
    };
    let usual = mapped(json!({})).unwrap();
    assert_eq!(verified(&usual, "authorization", "Bearer a-token-of-today", ""), Ok(()));
    assert_eq!(verified(&usual, "x", "y", "an-older-token"), Ok(()));
    assert_eq!(verified(&usual, "x-api-key", "a-token-of-today", ""), Err(Refused::Wrong));
    let own = mapped(json!({"secret_header": "X-Api-Key"})).unwrap();
    assert_eq!(verified(&own, "x-api-key", " a-token-of-today", ""), Ok(()));
    assert_eq!(verified(&own, "x-api-key", "a-token-of-todax", ""), Err(Refused::Wrong));
    assert_eq!(verified(&own, "x", "y", "a-token-of-today"), Err(Refused::Wrong));
}

#[test]
fn what_each_place_holds_is_shown_while_mapping() {
    let template = mapped(json!({"line": "call.agent"})).unwrap();
    let found = template.found(&request(&missed().to_string()));
    assert!(
        found.contains(&("caller = \"call.from\"".to_owned(), Some("070-174 06 41".to_owned())))
    );
    assert!(found.contains(&("line = \"call.agent\"".to_owned(), None)));
    assert_eq!(
        template.delivery(&request(&missed().to_string())).as_deref(),
        Some("2026-11-16T08:00:25Z")
    );
    assert_eq!(template.delivery(&request("{}")), None, "the same again is news");
}

#[test]
fn a_mapping_that_cannot_work_is_refused_by_its_key() {
    for (changes, key, said) in [
        (json!({"caller": null}), "caller", "write where the number of who rings stands"),
        (json!({"called": null}), "called", "as called or line"),
        (json!({"outcome": null}), "outcome", "write where it stands what the call came to"),
        (json!({"outcomes": null}), "outcome", "no_answer"),
        (json!({"outcomes": {"X": "mised"}}), "outcomes.X", "\"mised\" is none of what outcomes"),
        (json!({"outcomes": {"X": "missed", "x": "busy"}}), "outcomes.x", "capitals"),
        (json!({"directions": {"X": "inwards"}}), "directions.X", "inbound, outbound, unsaid"),
        (json!({"direction": null, "directions": {"X": "inbound"}}), "direction", "directions"),
        (json!({"external": "x"}), "external", "either caller and called"),
        (
            json!({"external": "x", "caller": null, "called": null, "direction": null}),
            "external",
            "direction",
        ),
        (json!({"internal": "x"}), "internal", "external"),
        (json!({"times": "%Y-%Q"}), "times", "unix_ms"),
        (json!({"times": "%H:%M"}), "times", "pattern"),
        (json!({"times": "yesterday"}), "times", "pattern"),
        (json!({"duration_unit": "hours"}), "duration_unit", "s, ms, min, h:m:s"),
        (json!({"event": "type"}), "event", "events"),
        (json!({"events": ["x"]}), "events", "event too"),
        (json!({"line": "call..x"}), "line", "no place"),
        (json!({"call_id": " id"}), "call_id", "no place"),
        (json!({"called": "="}), "called", "no place"),
        (json!({"secret_header": "X Api"}), "secret_header", "name of a header"),
        (json!({"secret_header": "authorization"}), "secret_header", "leave this out"),
    ] {
        let error = mapped(changes.clone()).unwrap_err();
        assert_eq!(error.key, key, "{changes}: {error}");
        assert!(error.message.contains(said), "{changes}: {error}");
    }
    let unknown = serde_json::from_value::<Mapping>(json!({"callr": "x"})).unwrap_err().to_string();
    assert!(unknown.contains("callr"), "{unknown}");
}

proptest::proptest! {
    #[test]
    fn any_body_and_any_place_is_read_without_panic(
        body in "\\PC{0,80}",
        json in "(\\{|\\}|\\[|\\]|\"call\"|\"from\"|:|,|\"0\"|1|null|\"\\\\u0000\"){0,30}",
        path in "[a-z=?.0-9 å]{0,12}",
        times in "[%a-zA-Z:. 0-9]{0,12}",
        text in "\\PC{0,30}",
    ) {
        let source = source_for_tests("template", &[]);
        let template = mapped(json!({"line": path, "times": times}));
        for template in [template, mapped(json!({"line": path})), mapped(json!({}))].into_iter().flatten() {
            let mut post = answered();
            for field in ["from", "to", "start", "answer", "end", "id", "status"] {
                post["call"][field] = json!(text);
            }
            for body in [&body, &json, &post.to_string()] {
                let request = request(body);
                let _ = (template.parse(&request, &source), template.delivery(&request), template.found(&request));
            }
        }
    }
}
