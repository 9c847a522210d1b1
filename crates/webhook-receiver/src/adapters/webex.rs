//! Webex Calling: webhooks of the resource `telephony_calls`, a post for each change of each person's call.
//!
//! <https://developer.webex.com/calling/docs/api/v1/webhooks> and <https://developer.webex.com/docs/api/v1/call-controls>, known
//! from sample posts and from what is commonly said of them, looked for 2026-11-24. `X-Spark-Signature` is HMAC-SHA1 over the
//! body; no time is signed. The payload names the other party only: whose call it is says `actorId`, an alias like any other.

use super::{Adapter, Refused, Unreadable, json, mac, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use serde_json::Value;

/// Webhooks of Webex Calling.
#[derive(Debug)]
pub(super) struct Webex;

impl Adapter for Webex {
    fn name(&self) -> &'static str {
        "webex"
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
        let signature = request.header("x-spark-signature")?.trim();
        let sign = |secret: &str| mac::sha1(secret, &[&request.body]);
        mac::secret_that_signed(source, signature, sign).map(|_| ())
    }

    /// `id` is the webhook's own, the same in all its posts.
    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let body = json::object(request).ok()?;
        let named = ["data.eventTimestamp", "data.disconnected", "data.created", "created"];
        Some(json::first(&body, &named)).filter(|time| !time.is_empty())
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let body = json::object(request)?;
        if json::required(&body, "resource")? != "telephony_calls" {
            return Ok(Vec::new());
        }
        fact(&body, source).map(|fact| Vec::from([fact]))
    }
}

fn fact(body: &Value, source: &Source) -> Result<CallFact, Unreadable> {
    let data = &body["data"];
    let session = json::required(body, "data.callSessionId")?;
    let leg = json::required(body, "data.callId")?;
    let state = json::required(body, "data.state")?;
    let personality = Personality::of(&json::required(body, "data.personality")?)?;
    let ours = Party::alias(&json::first(body, &["actorId", "createdBy"]));
    let direction = personality.direction();
    let number = json::text(data, "remoteParty.number");
    let hidden = json::is_true(data, "remoteParty.privacyEnabled");
    let name = json::text(data, "remoteParty.name");
    let (from, to) = match personality {
        Personality::Terminator => {
            let from = withheld::caller(&number, source).withheld_if(hidden).named(&name);
            (from, Party::absent())
        }
        Personality::Originator | Personality::ClickToDial if hidden => {
            (ours.clone(), Party::absent())
        }
        Personality::Originator | Personality::ClickToDial => {
            (ours.clone(), Party::from_text(&number, &source.plan).named(&name))
        }
    };
    let at = |field| seconds::written(&json::text(data, field));
    let what = personality.what(&state, data);
    Ok(CallFact {
        key: clean(&format!("{state}:{leg}")),
        refs: Vec::from([CallRef::Call(session)]),
        direction,
        from,
        to,
        line: ours,
        leg: Some(leg),
        began_at: at("created"),
        ended_at: match what {
            What::Talking => at("answered"),
            What::Step
            | What::Ended
            | What::Ringing
            | What::Answered { .. }
            | What::NotAnswered { .. }
            | What::Message { .. } => at("disconnected"),
        }
        .or_else(|| at("eventTimestamp")),
        what,
        complete: false,
    })
}

/// Which end of the call the person is at.
#[derive(Clone, Copy)]
enum Personality {
    /// Somebody rang them.
    Terminator,
    /// They rang.
    Originator,
    /// A program rings their own phone first; once they take it up they are an originator.
    ClickToDial,
}

impl Personality {
    fn of(word: &str) -> Result<Self, Unreadable> {
        match word {
            "terminator" => Ok(Self::Terminator),
            "originator" => Ok(Self::Originator),
            "clickToDial" => Ok(Self::ClickToDial),
            other => Err(Unreadable::unknown("data.personality", other)),
        }
    }

    fn direction(self) -> Direction {
        match self {
            Self::Terminator => Direction::Inbound,
            Self::Originator | Self::ClickToDial => Direction::Outbound,
        }
    }

    fn what(self, state: &str, data: &Value) -> What {
        let at = |field| seconds::written(&json::text(data, field));
        let is_answered = !json::text(data, "answered").is_empty();
        match (self, state) {
            (_, "disconnected") if is_answered => {
                What::answered(seconds::between(at("answered"), at("disconnected")))
            }
            // Their own phone was not taken up, or somebody else's in the group was.
            (Self::ClickToDial, "disconnected") => What::Step,
            (_, "disconnected") if json::is_true(data, "completedElsewhere") => What::Ended,
            (Self::Terminator | Self::Originator, "disconnected") => {
                let rang = seconds::between(at("created"), at("disconnected"));
                What::not_answered(Why::Unknown, rang)
            }
            (Self::Terminator | Self::Originator, "connected") => What::Talking,
            (Self::Terminator, "alerting") => What::Ringing,
            _ => What::Step,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;
    use crate::adapters::testing::json::{number, only, posted, read, with};
    use chrono::TimeDelta;
    use serde_json::json;

    fn post(personality: &str, state: &str) -> Value {
        json!({
            "id": "webhook-1", "resource": "telephony_calls", "event": "deleted", "actorId": "PEOPLE-1",
            "createdBy": "PEOPLE-2", "created": "2026-01-12T08:00:00.000Z", "data": {
                "eventType": "disconnected", "eventTimestamp": "2026-11-16T08:15:25.120Z", "callId": "CALL-1",
                "callSessionId": "s1", "personality": personality, "state": state,
                "remoteParty": {"number": "+46701740641", "privacyEnabled": false, "callType": "external"},
                "created": "2026-11-16T08:15:03.000Z", "disconnected": "2026-11-16T08:15:25.000Z"
            }
        })
    }

    fn answered() -> (&'static str, Value) {
        ("/data/answered", json!("2026-11-16T08:15:13.000Z"))
    }

    #[test]
    fn the_body_is_signed_with_one_of_two_secrets() {
        let source = source_for_tests("webex", &["an older phrase", "a secret phrase"]);
        let signed = |body: &[u8], secret: &str, over: &[u8]| {
            let signature = mac::hex(&mac::sha1(secret, &[over]));
            let headers = Vec::from([("x-spark-signature".to_owned(), signature)]);
            let request = RawRequest { headers, body: body.to_vec(), ..RawRequest::default() };
            Webex.verify(&request, &source, DateTime::UNIX_EPOCH)
        };
        assert_eq!(signed(b"{}", "a secret phrase", b"{}"), Ok(()));
        assert_eq!(signed(b"{}", "an older phrase", b"{}"), Ok(()));
        assert_eq!(signed(b"{}", "another phrase", b"{}"), Err(Refused::Wrong));
        assert_eq!(signed(b"[]", "a secret phrase", b"{}"), Err(Refused::Wrong));
        let unsigned = Webex.verify(&posted(&json!({})), &source, DateTime::UNIX_EPOCH);
        assert_eq!(unsigned, Err(Refused::Wrong));
    }

    // R3
    #[test]
    fn the_end_of_a_call_says_whether_it_was_answered() {
        let rang = Some(TimeDelta::seconds(22));
        let fact = only(&Webex, &post("terminator", "disconnected"));
        assert_eq!(fact.what, What::not_answered(Why::Unknown, rang));
        assert_eq!((fact.direction, fact.line.text.as_str()), (Direction::Inbound, "PEOPLE-1"));
        assert_eq!((number(&fact.from), fact.to), (Some("+46701740641"), Party::absent()));
        let out = only(&Webex, &with(&post("originator", "disconnected"), &[answered()]));
        assert_eq!(out.what, What::answered(Some(TimeDelta::seconds(12))));
        assert_eq!((out.direction, number(&out.to)), (Direction::Outbound, Some("+46701740641")));
        let elsewhere = [("/data/completedElsewhere", json!(true))];
        let fact = only(&Webex, &with(&post("terminator", "disconnected"), &elsewhere));
        assert_eq!(fact.what, What::Ended, "a colleague took it");
        let own = only(&Webex, &post("clickToDial", "disconnected"));
        assert_eq!(own.what, What::Step, "nobody took up their own phone");
    }

    #[test]
    fn what_comes_before_the_end_says_that_it_goes_on() {
        for (personality, state, what) in [
            ("terminator", "alerting", What::Ringing),
            ("terminator", "connected", What::Talking),
            ("terminator", "held", What::Step),
            ("originator", "connecting", What::Step),
            ("originator", "connected", What::Talking),
            ("clickToDial", "alerting", What::Step),
        ] {
            assert_eq!(only(&Webex, &post(personality, state)).what, what, "{personality} {state}");
        }
    }

    // R6
    #[test]
    fn a_caller_who_wants_privacy_is_withheld() {
        let hidden = [("/data/remoteParty/privacyEnabled", json!(true))];
        let fact = only(&Webex, &with(&post("terminator", "disconnected"), &hidden));
        assert_eq!(fact.from, Party::withheld());
        let none = [("/data/remoteParty", Value::Null)];
        let fact = only(&Webex, &with(&post("terminator", "disconnected"), &none));
        assert_eq!(fact.from, Party::withheld());
        let fact = only(&Webex, &with(&post("originator", "disconnected"), &hidden));
        assert_eq!(fact.to, Party::absent());
    }

    #[test]
    fn numbers_may_be_short_codes_and_addresses() {
        for text in ["412", "*73", "sip:anna@exempel.example"] {
            let change = [("/data/remoteParty/number", json!(text))];
            let fact = only(&Webex, &with(&post("originator", "disconnected"), &change));
            assert_eq!((fact.to.text.as_str(), number(&fact.to)), (text, None));
        }
    }

    #[test]
    fn other_resources_tell_nothing_and_broken_posts_say_why() {
        let lamp =
            with(&post("terminator", "disconnected"), &[("/resource", json!("telephony_mwi"))]);
        assert_eq!(read(&Webex, &lamp), Ok(Vec::new()));
        let change = [("/data/callSessionId", Value::Null)];
        let reason = read(&Webex, &with(&post("terminator", "disconnected"), &change)).unwrap_err();
        assert_eq!(reason, "the field \"data.callSessionId\" is missing");
        let reason = read(&Webex, &post("bystander +46701740641", "disconnected")).unwrap_err();
        assert!(reason.contains("data.personality") && !reason.contains("46701"), "{reason}");
    }
}
