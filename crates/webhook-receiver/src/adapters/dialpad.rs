//! Dialpad: call events, each a JSON Web Token whose claims are the event.
//!
//! <https://developers.dialpad.com/docs/call-events-logging>, read in part 2026-11-24; the rest is known from sample posts. What
//! is answered 5xx is sent again after 2, 4 and 8 s, and what is refused never. No time is looked at: tokens do not expire.

use super::{Adapter, Refused, Unreadable, json, jwt, mac, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use serde_json::Value;

/// Names of the legs that belong together; the first is this leg's own.
const NAMES: [&str; 4] = ["call_id", "entry_point_call_id", "master_call_id", "operator_call_id"];

/// Events of Dialpad.
#[derive(Debug)]
pub(super) struct Dialpad;

impl Adapter for Dialpad {
    fn name(&self) -> &'static str {
        "dialpad"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        mac::check(secret, "the secret that the webhook was created with")
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let token = token(request).ok_or(Refused::Wrong)?;
        let secrets = source.exposed_secrets();
        jwt::verify(token, secrets).map(|_| ())
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        json::name(&event(request).ok()?, "event_timestamp")
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let event = event(request)?;
        if json::text(&event, "call_id").is_empty() && json::text(&event, "state").is_empty() {
            // A text message, or of a contact: none of our business.
            return Ok(Vec::new());
        }
        fact(&event, source).map(|fact| Vec::from([fact]))
    }
}

/// The whole body; some tools put quotes around it.
fn token(request: &RawRequest) -> Option<&str> {
    let text = std::str::from_utf8(&request.body).ok()?.trim();
    Some(text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text))
}

fn event(request: &RawRequest) -> Result<Value, Unreadable> {
    let claims = token(request).and_then(jwt::claims);
    claims.map(Value::Object).ok_or_else(|| {
        Unreadable::because("this is no JSON Web Token; give the webhook a secret in Dialpad")
    })
}

fn fact(event: &Value, source: &Source) -> Result<CallFact, Unreadable> {
    let leg = json::required(event, "call_id")?;
    let state = json::required(event, "state")?;
    let direction = match json::text(event, "direction").as_str() {
        "inbound" => Direction::Inbound,
        "outbound" => Direction::Outbound,
        "" => return Err(Unreadable::missing("direction")),
        other => return Err(Unreadable::unknown("direction", other)),
    };
    let external = json::text(event, "external_number");
    let internal = Party::from_text(&json::text(event, "internal_number"), &source.plan);
    let name = json::text(event, "contact.name");
    let (from, to) = if direction == Direction::Outbound {
        (internal, Party::from_text(&external, &source.plan).named(&name))
    } else {
        (withheld::caller(&external, source).named(&name), internal)
    };
    let at = |field| seconds::instant_of_millis(&json::text(event, field));
    let what = what(&state, direction, event);
    let happened = match what {
        What::Talking => at("date_connected"),
        What::Step | What::Ringing => None,
        What::Ended | What::Answered { .. } | What::NotAnswered { .. } | What::Message { .. } => {
            at("date_ended")
        }
    };
    let mut refs: Vec<CallRef> = Vec::new();
    for name in NAMES.iter().filter_map(|field| json::name(event, field)).map(CallRef::Call) {
        if !refs.contains(&name) {
            refs.push(name);
        }
    }
    Ok(CallFact {
        key: clean(&format!("{state}:{leg}")),
        refs,
        direction,
        from,
        to,
        line: Party::from_text(&json::first(event, &["target.phone", "target.id"]), &source.plan),
        leg: Some(leg),
        complete: false,
        began_at: at("date_started"),
        ended_at: happened.or_else(|| at("event_timestamp")),
        what,
    })
}

/// Lengths and instants are in milliseconds.
fn what(state: &str, direction: Direction, event: &Value) -> What {
    let at = |field| seconds::instant_of_millis(&json::text(event, field));
    let is_inbound = direction == Direction::Inbound;
    let is_connected = json::name(event, "date_connected").is_some();
    match state {
        "ringing" if is_inbound => What::Ringing,
        "connected" => What::Talking,
        "hangup" if is_connected => {
            let told = seconds::length_of_millis(&json::text(event, "talk_time"));
            let told = told.filter(|talk| !talk.is_zero());
            What::answered(
                told.or_else(|| seconds::between(at("date_connected"), at("date_ended"))),
            )
        }
        "missed" if is_inbound => {
            let rang = at("date_rang").or_else(|| at("date_first_rang"));
            What::not_answered(Why::NoAnswer, seconds::between(rang, at("date_ended")))
        }
        "hangup" => What::not_answered(Why::Unknown, None),
        // Of the transcript nothing is kept (R34).
        "voicemail" | "voicemail_uploaded" if is_inbound => {
            What::voicemail(None, json::link(&json::text(event, "voicemail_link")))
        }
        _ => What::Step,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;
    use crate::adapters::testing::json::{number, posted, with};
    use base64::Engine;
    use base64::prelude::BASE64_URL_SAFE_NO_PAD;
    use chrono::TimeDelta;
    use serde_json::json;

    const SECRET: &str = "a-secret-of-the-webhook";

    fn claims(state: &str) -> Value {
        json!({
            "call_id": 3_000_000_000_000_001_u64, "state": state, "direction": "inbound",
            "external_number": "+46701740641", "internal_number": "+46846500450",
            "date_started": 1_794_816_903_000_u64, "date_rang": 1_794_816_905_000_u64, "date_connected": null,
            "date_ended": 1_794_816_925_000_u64, "talk_time": 0, "duration": 0, "total_duration": 22_000.0,
            "contact": {"name": "+46701740641"}, "target": {"id": 5, "type": "user", "phone": "+46846500450"},
            "entry_point_call_id": null, "master_call_id": null, "operator_call_id": null,
            "event_timestamp": 1_794_816_925_450_u64, "voicemail_link": null
        })
    }

    fn request(claims: &Value) -> RawRequest {
        with_header(r#"{"typ": "JWT", "alg": "HS256"}"#, claims)
    }

    fn with_header(header: &str, claims: &Value) -> RawRequest {
        let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", part(header), part(&claims.to_string()));
        let signature = BASE64_URL_SAFE_NO_PAD.encode(mac::sha256(SECRET, &[signed.as_bytes()]));
        RawRequest { body: format!("{signed}.{signature}").into_bytes(), ..RawRequest::default() }
    }

    fn read(claims: &Value) -> Result<Vec<CallFact>, String> {
        let parsed = Dialpad.parse(&request(claims), &source_for_tests("dialpad", &[]));
        parsed.map_err(|reason| reason.to_string())
    }

    fn changed(state: &str, changes: &[(&str, Value)]) -> CallFact {
        read(&with(&claims(state), changes)).unwrap().remove(0)
    }

    fn connected() -> [(&'static str, Value); 2] {
        [("/date_connected", json!(1_794_816_913_000_u64)), ("/talk_time", json!(12_000.0))]
    }

    #[test]
    fn the_body_is_a_token_signed_with_one_of_two_secrets() {
        let source = source_for_tests("dialpad", &["an-older-secret", SECRET]);
        let verified =
            |request: &RawRequest| Dialpad.verify(request, &source, DateTime::UNIX_EPOCH);
        let good = request(&claims("missed"));
        assert_eq!(verified(&good), Ok(()));
        let quoted = [b"\"", &good.body[..], b"\"\n"].concat();
        assert_eq!(verified(&RawRequest { body: quoted, ..RawRequest::default() }), Ok(()));
        for header in jwt::WAYS_OF_SIGNING {
            let request = with_header(header, &claims("missed"));
            assert_eq!(verified(&request), Err(Refused::Wrong), "{header}");
        }
        for body in
            [claims("missed").to_string().into_bytes(), Vec::new(), b"\xff.\xff.\xff".to_vec()]
        {
            let request = RawRequest { body, ..RawRequest::default() };
            assert_eq!(verified(&request), Err(Refused::Wrong));
        }
        let reason = Dialpad.parse(&posted(&claims("missed")), &source).unwrap_err().to_string();
        assert!(reason.contains("give the webhook a secret"), "{reason}");
    }

    // R2, R3
    #[test]
    fn a_missed_leg_rang_from_its_own_begin() {
        let fact = changed("missed", &[]);
        assert_eq!(fact.what, What::not_answered(Why::NoAnswer, Some(TimeDelta::seconds(20))));
        assert_eq!(
            (number(&fact.from), number(&fact.line)),
            (Some("+46701740641"), Some("+46846500450"))
        );
        assert_eq!(fact.ended_at.unwrap().to_rfc3339(), "2026-11-16T08:15:25+00:00");
        assert_eq!(changed("hangup", &[]).what, What::not_answered(Why::Unknown, None));
    }

    #[test]
    fn talk_is_in_milliseconds_and_never_ringing() {
        let talk = What::answered(Some(TimeDelta::seconds(12)));
        assert_eq!(changed("hangup", &connected()).what, talk);
        assert_eq!(changed("hangup", &connected()[..1]).what, talk);
        let out = [connected()[0].clone(), ("/direction", json!("outbound"))];
        let fact = changed("hangup", &out);
        assert_eq!((fact.what, number(&fact.to)), (talk, Some("+46701740641")));
        let fact = changed("hangup", &out[1..]);
        assert_eq!(fact.what, What::not_answered(Why::Unknown, None));
    }

    // R3: who rings in a group is joined to the others by the group's own leg.
    #[test]
    fn legs_of_one_call_have_names_in_common() {
        let group = [("/entry_point_call_id", json!(7)), ("/master_call_id", json!(7))];
        let names: Vec<_> = changed("missed", &group).refs;
        let call = |id: &str| CallRef::Call(id.to_owned());
        assert_eq!(names, [call("3000000000000001"), call("7")]);
        let own = [("/master_call_id", json!(3_000_000_000_000_001_u64))];
        assert_eq!(changed("missed", &own).refs, [call("3000000000000001")]);
    }

    // R1
    #[test]
    fn a_voicemail_is_a_message_of_unknown_length() {
        let link = ("/voicemail_link", json!("https://dialpad.com/vm/x"));
        for state in ["voicemail", "voicemail_uploaded"] {
            let url = url::Url::parse("https://dialpad.com/vm/x").ok();
            let fact = changed(state, std::slice::from_ref(&link));
            assert_eq!(fact.what, What::voicemail(None, url));
        }
    }

    #[test]
    fn other_states_say_that_it_goes_on_or_nothing() {
        for (state, what) in [
            ("ringing", What::Ringing),
            ("connected", What::Talking),
            ("calling", What::Step),
            ("hold", What::Step),
            ("recording", What::Step),
            ("something_new", What::Step),
        ] {
            assert_eq!(changed(state, &[]).what, what, "{state}");
        }
        assert_eq!(read(&json!({"id": 1, "text": "Hej"})), Ok(Vec::new()));
    }

    // R6
    #[test]
    fn a_caller_without_a_number_is_withheld() {
        for number in [json!("anonymous"), json!(""), Value::Null] {
            assert_eq!(changed("missed", &[("/external_number", number)]).from, Party::withheld());
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        for field in ["call_id", "state", "direction"] {
            let without = with(&claims("missed"), &[(&format!("/{field}"), Value::Null)]);
            assert_eq!(read(&without), Err(format!("the field \"{field}\" is missing")));
        }
    }
}
