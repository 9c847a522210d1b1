//! RingCentral: notifications of telephony sessions and of voicemails.
//!
//! <https://developers.ringcentral.com/guide/notifications/webhooks/creating-webhooks>, known from sample posts; the words of
//! `status` are those of RingCentral's published API description, read 2026-11-24. Nothing is signed: the validation token that
//! the subscription was made with comes with every post. An address that fails is dropped by RingCentral for good.

mod party;

#[cfg(test)]
mod tests;

use super::{Adapter, Refused, Reply, Unreadable, credential, json, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, Direction, What};
use domain::party::Party;
use serde_json::Value;

const TOKEN: &str = "validation-token";
/// The whole answer to the question must stay below 1024 bytes.
const LONGEST_TOKEN: usize = 400;

/// Notifications of RingCentral.
#[derive(Debug)]
pub(super) struct RingCentral;

impl Adapter for RingCentral {
    fn name(&self) -> &'static str {
        "ringcentral"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        credential::check_token(secret)
    }

    /// When a subscription is made RingCentral posts nothing but a token, and wants it back in a header.
    fn handshake(&self, request: &RawRequest, _source: &Source) -> Option<Reply> {
        let token = request.find_header(TOKEN).filter(|_| request.body.trim_ascii().is_empty())?;
        let is_token = !token.is_empty()
            && token.len() <= LONGEST_TOKEN
            && token.bytes().all(|b| b.is_ascii_graphic());
        is_token.then(|| Reply {
            content_type: "application/json",
            headers: Vec::from([(TOKEN, token.to_owned())]),
            ..Reply::default()
        })
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let secrets = source.exposed_secrets();
        credential::verify_token(request.header(TOKEN)?, secrets)
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        json::name(&json::object(request).ok()?, "uuid")
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let notification = json::object(request)?;
        let key = json::required(&notification, "uuid")?;
        let at = seconds::written(&json::text(&notification, "timestamp"));
        let event = json::required(&notification, "event")?;
        let path = event.split('?').next().unwrap_or_default();
        let body = &notification["body"];
        if path.ends_with("/telephony/sessions") {
            return party::read(body, &key, at, source);
        }
        let is_voicemail = json::text(body, "type").eq_ignore_ascii_case("VoiceMail")
            && !json::text(body, "direction").eq_ignore_ascii_case("Outbound");
        if is_voicemail {
            return Ok(Vec::from([voicemail(body, key, at, source)]));
        }
        // Presence, messages of other kinds, reminders that the subscription ends.
        Ok(Vec::new())
    }
}

/// A voicemail does not say which call it is from.
fn voicemail(body: &Value, key: String, at: Option<DateTime<Utc>>, source: &Source) -> CallFact {
    let from = json::first(body, &["from.phoneNumber", "from.extensionNumber"]);
    let to = json::first(body, &["to.0.phoneNumber", "to.0.extensionNumber"]);
    let line = json::first(body, &["to.0.extensionNumber", "to.0.extensionId"]);
    let mut attachments = json::list(body, "attachments").iter();
    let sound = attachments.find(|a| json::text(a, "type") == "AudioRecording");
    let sound = sound.unwrap_or(&Value::Null);
    let length = seconds::length(&json::text(sound, "vmDuration"));
    CallFact {
        key,
        refs: Vec::new(),
        direction: Direction::Inbound,
        from: withheld::caller(&from, source).named(&json::text(body, "from.name")),
        to: Party::from_text(&to, &source.plan),
        line: Party::alias(&line),
        leg: None,
        what: What::voicemail(length, json::link(&json::text(sound, "uri"))),
        began_at: None,
        ended_at: seconds::written(&json::text(body, "creationTime")).or(at),
        complete: true,
    }
}
