//! Aircall: one object for a whole call, posted again at each thing that happens to it.
//!
//! <https://developer.aircall.io/api-references/#webhooks>, known from sample posts and from what is commonly said of it, looked
//! for 2026-11-24. Nothing is signed: the body has a token, which Aircall made when the webhook was created. What is not answered
//! 2xx within 5 s fails, and after many failures Aircall switches the webhook off.

use super::{Adapter, Refused, SecretBy, Unreadable, credential, json, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use serde_json::Value;

/// Webhooks of Aircall.
#[derive(Debug)]
pub(super) struct Aircall;

impl Adapter for Aircall {
    fn name(&self) -> &'static str {
        "aircall"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        credential::check_token(secret).map_err(|_| {
            "this is no token of Aircall's; write the token that stands beside the webhook in Aircall".to_owned()
        })
    }

    fn secret_by(&self) -> SecretBy {
        SecretBy::Vendor
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let body = json::object(request).map_err(|_| Refused::Wrong)?;
        let secrets = source.exposed_secrets();
        credential::verify_token(&json::text(&body, "token"), secrets)
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        json::name(&json::object(request).ok()?, "timestamp")
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let body = json::object(request)?;
        let event = json::required(&body, "event")?;
        let Some(event) = event.strip_prefix("call.") else { return Ok(Vec::new()) };
        fact(event, &body, source).map(|fact| Vec::from([fact]))
    }
}

fn fact(event: &str, body: &Value, source: &Source) -> Result<CallFact, Unreadable> {
    let call = json::required(body, "data.id")?;
    let data = &body["data"];
    let direction = match json::text(data, "direction").as_str() {
        "inbound" => Direction::Inbound,
        "outbound" => Direction::Outbound,
        "" => return Err(Unreadable::missing("data.direction")),
        other => return Err(Unreadable::unknown("data.direction", other)),
    };
    let name = ["first_name", "last_name"].map(|part| json::text(data, &format!("contact.{part}")));
    let name = name.join(" ");
    let outside = json::text(data, "raw_digits");
    let ours = Party::from_text(&json::text(data, "number.digits"), &source.plan);
    let (from, to) = if direction == Direction::Outbound {
        (ours, Party::from_text(&outside, &source.plan).named(&name))
    } else {
        (withheld::caller(&outside, source).named(&name), ours)
    };
    let what = what(event, direction, data);
    let at = |field| seconds::instant(&json::text(data, field));
    Ok(CallFact {
        key: clean(&format!("{event}:{call}")),
        refs: Vec::from([CallRef::Call(call)]),
        direction,
        from,
        to,
        line: Party::alias(&json::first(data, &["user.extension", "user.id"])),
        leg: None,
        began_at: at("started_at"),
        ended_at: match what {
            What::Talking => at("answered_at"),
            What::Step
            | What::Ended
            | What::Ringing
            | What::Answered { .. }
            | What::NotAnswered { .. }
            | What::Message { .. } => at("ended_at"),
        }
        .or_else(|| seconds::instant(&json::text(body, "timestamp"))),
        // After a missed call there may be a message.
        complete: matches!(what, What::Answered { .. } | What::Message { .. })
            || (event == "ended" && direction == Direction::Outbound),
        what,
    })
}

/// `call.hungup` comes at once, `call.ended` half a minute later with what is final. An answer is always a person's:
/// greetings and menus set no `answered_at`.
fn what(event: &str, direction: Direction, data: &Value) -> What {
    let at = |field| seconds::instant(&json::text(data, field));
    let is_answered = json::name(data, "answered_at").is_some();
    match event {
        "ended" if is_answered => {
            // `duration` has the ringing in it.
            What::answered(seconds::between(at("answered_at"), at("ended_at")))
        }
        "ended" if direction == Direction::Outbound => What::not_answered(Why::Unknown, None),
        "ended" => missed(data),
        "voicemail_left" if direction == Direction::Inbound => {
            What::voicemail(None, json::link(&json::text(data, "voicemail")))
        }
        "answered" => What::Talking,
        _ => What::Step,
    }
}

fn missed(data: &Value) -> What {
    let reason = json::text(data, "missed_call_reason");
    let why = match reason.as_str() {
        "out_of_opening_hours" => Why::Closed,
        "short_abandoned" | "abandoned_in_ivr" | "abandoned_in_classic" => Why::Abandoned,
        "no_available_agent" => Why::Offline,
        "agents_did_not_answer" => Why::NoAnswer,
        _ => Why::Unknown,
    };
    // Who left so soon can't have heard it ring for longer than the call lasted; else a greeting may be part of it.
    let lasted = seconds::length(&json::text(data, "duration"));
    What::not_answered(why, lasted.filter(|_| reason == "short_abandoned"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;
    use crate::adapters::testing::json::{number, only, posted, read, with};
    use chrono::TimeDelta;
    use serde_json::json;

    fn post(event: &str) -> Value {
        json!({"resource": "call", "event": event, "timestamp": 1_794_816_955, "token": "k1l2m3n4o5p6", "data": {
            "id": 812_001, "direction": "inbound", "status": "done", "missed_call_reason": "agents_did_not_answer",
            "started_at": 1_794_816_903, "answered_at": null, "ended_at": 1_794_816_925, "duration": 22,
            "voicemail": null, "raw_digits": "+46 70 174 06 41",
            "user": {"id": 456, "name": "Åsa Öberg", "extension": "450"}, "contact": null,
            "number": {"id": 789, "digits": "+46 8 465 004 50", "name": "Växel"}
        }})
    }

    fn changed(event: &str, changes: &[(&str, Value)]) -> CallFact {
        only(&Aircall, &with(&post(event), changes))
    }

    fn answered() -> (&'static str, Value) {
        ("/data/answered_at", json!(1_794_816_913))
    }

    #[test]
    fn the_token_in_the_body_must_be_one_of_two() {
        let source = source_for_tests("aircall", &["an-older-token", "k1l2m3n4o5p6"]);
        let verified = |token: Value| {
            let request = posted(&with(&post("call.ended"), &[("/token", token)]));
            Aircall.verify(&request, &source, DateTime::UNIX_EPOCH)
        };
        assert_eq!(verified(json!("k1l2m3n4o5p6")), Ok(()));
        assert_eq!(verified(json!("an-older-token")), Ok(()));
        for wrong in
            [json!("k1l2m3n4o5p7"), json!(""), json!(1), json!(["k1l2m3n4o5p6"]), Value::Null]
        {
            assert_eq!(verified(wrong), Err(Refused::Wrong));
        }
        let none = RawRequest::default();
        assert_eq!(Aircall.verify(&none, &source, DateTime::UNIX_EPOCH), Err(Refused::Wrong));
        for secret in ["", "short", "with space in it"] {
            let error = Aircall.check_secret(secret).unwrap_err();
            assert!(error.contains("write the token"), "{error}");
        }
    }

    // R2, R3
    #[test]
    fn a_call_that_ended_unanswered_says_why() {
        for (reason, why) in [
            ("agents_did_not_answer", Why::NoAnswer),
            ("no_available_agent", Why::Offline),
            ("out_of_opening_hours", Why::Closed),
            ("abandoned_in_ivr", Why::Abandoned),
            ("abandoned_in_classic", Why::Abandoned),
            ("something_new", Why::Unknown),
        ] {
            let fact = changed("call.ended", &[("/data/missed_call_reason", json!(reason))]);
            assert_eq!(fact.what, What::not_answered(why, None), "{reason}");
        }
        let short =
            [("/data/missed_call_reason", json!("short_abandoned")), ("/data/duration", json!(3))];
        let rang = Some(TimeDelta::seconds(3));
        assert_eq!(changed("call.ended", &short).what, What::not_answered(Why::Abandoned, rang));
        let fact = changed("call.ended", &[]);
        assert_eq!(
            (number(&fact.from), number(&fact.to)),
            (Some("+46701740641"), Some("+46846500450"))
        );
        assert_eq!((fact.line.text.as_str(), fact.complete), ("450", false));
        let nobody = changed("call.ended", &[("/data/user", Value::Null)]);
        assert_eq!(nobody.line, Party::absent());
    }

    #[test]
    fn talk_is_from_the_answer_to_the_end() {
        let talk = What::answered(Some(TimeDelta::seconds(12)));
        assert_eq!(changed("call.ended", &[answered()]).what, talk);
        let out = ("/data/direction", json!("outbound"));
        let fact = changed("call.ended", &[answered(), out.clone()]);
        assert_eq!((fact.what, fact.direction, fact.complete), (talk, Direction::Outbound, true));
        assert_eq!(
            (number(&fact.from), number(&fact.to)),
            (Some("+46846500450"), Some("+46701740641"))
        );
        let fact = changed("call.ended", &[out]);
        assert_eq!(fact.what, What::not_answered(Why::Unknown, None));
    }

    // R1
    #[test]
    fn a_voicemail_is_a_message_of_unknown_length() {
        let link = ("/data/voicemail", json!("https://assets.aircall.io/v?x=1"));
        let fact = changed("call.voicemail_left", std::slice::from_ref(&link));
        let url = url::Url::parse("https://assets.aircall.io/v?x=1").ok();
        assert_eq!((fact.what, fact.complete), (What::voicemail(None, url), true));
    }

    // R4: only the end is final.
    #[test]
    fn what_comes_before_the_end_is_a_step() {
        for event in ["call.created", "call.ringing_on_agent", "call.hungup", "call.tagged"] {
            assert_eq!(changed(event, &[]).what, What::Step, "{event}");
        }
        assert_eq!(changed("call.answered", &[answered()]).what, What::Talking);
        let user = with(&post("user.created"), &[("/resource", json!("user"))]);
        assert_eq!(read(&Aircall, &user), Ok(Vec::new()));
    }

    // R6
    #[test]
    fn a_caller_who_is_anonymous_is_withheld() {
        for digits in [json!("anonymous"), json!(""), Value::Null] {
            assert_eq!(
                changed("call.ended", &[("/data/raw_digits", digits)]).from,
                Party::withheld()
            );
        }
    }

    #[test]
    fn what_is_missing_is_named_and_nothing_of_the_content() {
        for field in ["/event", "/data/id", "/data/direction"] {
            let reason = read(&Aircall, &with(&post("call.ended"), &[(field, Value::Null)]));
            assert!(reason.unwrap_err().ends_with("is missing"), "{field}");
        }
    }
}
