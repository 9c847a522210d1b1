//! Zoom Phone: events of calls, of their elements and of voicemails, signed with the app's secret token.
//!
//! <https://developers.zoom.us/docs/api/webhooks/> and <https://developers.zoom.us/docs/api/phone/events/>, read in part
//! 2026-11-24; the rest is known from sample posts. What is not answered 2xx within 3 s is sent again after 5, 20 and 60 minutes.

mod call;
mod element;

#[cfg(test)]
mod tests;

use super::{Adapter, Refused, Reply, SecretBy, Unreadable, json, mac, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What};
use domain::party::{Party, clean};
use serde_json::Value;

/// The signed time may be this far from ours, either way.
const TOLERANCE_S: u64 = 300;
/// The event with which Zoom asks, now and again, whether we know the secret.
const VALIDATION: &str = "endpoint.url_validation";
/// Zoom's tokens have 22 characters.
const LONGEST_TOKEN: usize = 200;

/// Events of Zoom Phone.
#[derive(Debug)]
pub(super) struct ZoomPhone;

impl Adapter for ZoomPhone {
    fn name(&self) -> &'static str {
        "zoom-phone"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        mac::check(secret, "the Secret Token of the app, from its page Features, Access")
    }

    fn secret_by(&self) -> SecretBy {
        SecretBy::Vendor
    }

    /// The answer is computed with the secret. Only a question that Zoom signed gets one, and only about a token that is
    /// no text of a signature: whoever else asked could have a post of theirs signed by us.
    fn handshake(&self, request: &RawRequest, source: &Source) -> Option<Reply> {
        let secret = secret_that_signed(request, source).ok()?;
        let body = json::object(request).ok()?;
        let token = json::text(&body, "payload.plainToken");
        let is_token = !token.is_empty()
            && token.len() <= LONGEST_TOKEN
            && token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_+/=.".contains(&b));
        (json::text(&body, "event") == VALIDATION && is_token).then(|| Reply {
            content_type: "application/json",
            body: serde_json::json!({
                "encryptedToken": mac::hex(&mac::sha256(secret, &[token.as_bytes()])),
                "plainToken": token,
            })
            .to_string(),
            ..Reply::default()
        })
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        secret_that_signed(request, source)?;
        let sent_at = request.header("x-zm-request-timestamp")?;
        let sent_at: i64 = sent_at.parse().map_err(|_| Refused::Wrong)?;
        let is_fresh = now.timestamp().abs_diff(sent_at) <= TOLERANCE_S;
        if is_fresh { Ok(()) } else { Err(Refused::Stale) }
    }

    /// Events have no id, but a time to the millisecond.
    fn delivery(&self, request: &RawRequest) -> Option<String> {
        json::name(&json::object(request).ok()?, "event_ts")
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let body = json::object(request)?;
        let event = json::required(&body, "event")?;
        let object = &body["payload"]["object"];
        let name = event.strip_prefix("phone.").unwrap_or_default();
        match name {
            "voicemail_received" | "voicemail_transcript_completed" => {
                Ok(Vec::from([voicemail(object, source)?]))
            }
            "callee_call_element_completed" => element::read(object, source),
            _ => match call::Event::of(name) {
                Some(event) => Ok(Vec::from([event.read(&body, source)?])),
                // What is told by other events too, or of no interest.
                None => Ok(Vec::new()),
            },
        }
    }
}

/// `x-zm-signature`: `v0=` and the HMAC-SHA256 of `v0:`, time, `:` and body.
fn secret_that_signed<'a>(request: &RawRequest, source: &'a Source) -> Result<&'a str, Refused> {
    let signature = request.header("x-zm-signature")?.trim();
    let signature = signature.strip_prefix("v0=").ok_or(Refused::Wrong)?;
    let time = request.header("x-zm-request-timestamp")?.as_bytes();
    mac::secret_that_signed(source, signature, |secret| {
        mac::sha256(secret, &[b"v0:", time, b":", &request.body])
    })
}

/// Of the transcript nothing is kept (R34): it says once more that there is a message.
fn voicemail(object: &Value, source: &Source) -> Result<CallFact, Unreadable> {
    let key = json::required(object, "id").map_err(|_| Unreadable::missing("payload.object.id"))?;
    let caller = json::first(object, &["caller_did_number", "caller_number"]);
    let hidden = is_hidden(&json::text(object, "caller_number_type"));
    let from = withheld::caller(&caller, source).withheld_if(hidden);
    let to = json::first(object, &["callee_did_number", "callee_number"]);
    let link = json::link(&json::text(object, "download_url"));
    let call = ["call_id", "call_history_id"].iter().filter_map(|field| json::name(object, field));
    Ok(CallFact {
        key,
        refs: call.map(CallRef::Call).collect(),
        direction: Direction::Inbound,
        from: from.named(&json::text(object, "caller_name")),
        to: Party::from_text(&to, &source.plan),
        line: Party::alias(&json::text(object, "callee_number")),
        leg: None,
        what: What::voicemail(seconds::length(&json::text(object, "duration")), link),
        began_at: None,
        ended_at: seconds::written(&json::text(object, "date_time")),
        complete: true,
    })
}

/// The caller's number is shown to nobody, though some posts have it (R6).
fn is_hidden(number_type: &str) -> bool {
    number_type.eq_ignore_ascii_case("anonymous_number")
}

/// A name of an event out of what it is about; Zoom gives it none.
fn key(event: &str, call: &str, leg: &str) -> String {
    clean(&format!("{event}:{call}:{leg}"))
}
