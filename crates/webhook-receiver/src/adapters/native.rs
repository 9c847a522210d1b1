//! Återkom's own format: CloudEvents 1.0 as structured JSON, signed by Standard Webhooks or HTTP Message Signatures.
//!
//! For PBXs and relays that somebody writes for us; `docs/pbx/native.md` is its reference. CloudEvents 1.0.2:
//! <https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md>, read 2026-11. The signatures: see
//! [`standard_webhooks`] and [`message_signatures`]. A secret that is no key is a token, sent as it is (`curl`).

mod event;

#[cfg(test)]
mod tests;

use self::event::{Data, Event};
use super::signing_key::{self, Key};
use super::{Adapter, Refused, Unreadable, credential, seconds};
use super::{message_signatures, standard_webhooks};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Datelike, Utc};
use domain::fact::{CallFact, CallRef, Direction, MessageKind, What, Why};
use domain::party::{Party, clean};
use serde::de::IgnoredAny;
use url::Url;

/// What our types begin with; other CloudEvents are none of our business.
const NAMESPACE: &str = "se.aterkom.";
/// Longer links than this are cut off by browsers too.
const LONGEST_LINK: usize = 2_000;

/// CloudEvents of our own types.
#[derive(Debug)]
pub(super) struct Native;

impl Adapter for Native {
    fn name(&self) -> &'static str {
        "native"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        if is_key(secret) { Key::read(secret).map(|_| ()) } else { credential::check_token(secret) }
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let secrets = source.exposed_secrets();
        let signed = |header| request.find_header(header).is_some();
        if !signed(standard_webhooks::SIGNATURE) && !signed(message_signatures::INPUT) {
            return credential::verify(request, secrets.filter(|secret| !is_key(secret)));
        }
        let keys: Vec<Key> = secrets.filter_map(|secret| Key::read(secret).ok()).collect();
        if signed(standard_webhooks::SIGNATURE) {
            return standard_webhooks::verify(request, &keys, now);
        }
        message_signatures::verify(request, &keys, now)
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        if let Some(id) = request.find_header("webhook-id") {
            return Some(id.to_owned());
        }
        let event: Event<IgnoredAny> = request.json().ok()?;
        [event.id, event.time].into_iter().find(|said| !said.is_empty())
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let event: Event<IgnoredAny> = request.json()?;
        if event.kind.is_empty() {
            return Err(Unreadable::missing("type"));
        }
        let Some(kind) = event.kind.strip_prefix(NAMESPACE) else { return Ok(Vec::new()) };
        let kind = Kind::read(kind).ok_or_else(|| Unreadable::unknown("type", &event.kind))?;
        let event: Event<Data> = request.json()?;
        Ok(Vec::from([fact(kind, &event, source)?]))
    }
}

/// Whether a configured secret is a key; else it is a token.
fn is_key(secret: &str) -> bool {
    let kinds = [signing_key::SHARED, signing_key::PUBLIC, signing_key::PRIVATE];
    kinds.iter().any(|kind| secret.starts_with(kind))
}

/// What an event tells, by its type.
#[derive(Clone, Copy)]
enum Kind {
    Missed,
    Voicemail,
    CallbackRequest,
    AnsweredInbound,
    AnsweredOutbound,
    UnansweredOutbound,
}

impl Kind {
    fn read(kind: &str) -> Option<Self> {
        match kind {
            "call.missed" => Some(Self::Missed),
            "call.voicemail" => Some(Self::Voicemail),
            "call.callback_request" => Some(Self::CallbackRequest),
            "call.answered_inbound" => Some(Self::AnsweredInbound),
            "call.answered_outbound" => Some(Self::AnsweredOutbound),
            "call.unanswered_outbound" => Some(Self::UnansweredOutbound),
            _ => None,
        }
    }

    fn direction(self) -> Direction {
        match self {
            Self::Missed | Self::Voicemail | Self::CallbackRequest | Self::AnsweredInbound => {
                Direction::Inbound
            }
            Self::AnsweredOutbound | Self::UnansweredOutbound => Direction::Outbound,
        }
    }

    fn what(self, data: &Data) -> What {
        let duration = seconds::length(&data.duration_s);
        match self {
            // Never ring time, so how long it rang is unknown.
            Self::Missed | Self::UnansweredOutbound => What::not_answered(Why::Unknown, None),
            Self::AnsweredInbound | Self::AnsweredOutbound => What::answered(duration),
            Self::Voicemail => What::voicemail(duration, recording(&data.recording_url)),
            Self::CallbackRequest => What::Message {
                message: MessageKind::CallbackRequest,
                length_ms: None,
                recording: None,
            },
        }
    }
}

fn fact(kind: Kind, event: &Event<Data>, source: &Source) -> Result<CallFact, Unreadable> {
    let key = clean(&event.id);
    if key.is_empty() {
        return Err(Unreadable::missing("id"));
    }
    let data = event.data.as_ref().ok_or_else(|| Unreadable::missing("data"))?;
    let direction = kind.direction();
    let line = Party::alias(&data.extension);
    let from = Party::from_text(&data.from, &source.plan).named(&data.caller_name);
    let to = Party::from_text(&data.to, &source.plan);
    let outbound = direction == Direction::Outbound;
    if outbound && to.is_nobody() {
        return Err(Unreadable::missing("data.to"));
    }
    let withheld = data.from.is_empty() || data.from.eq_ignore_ascii_case("anonymous");
    let call_id = clean(&data.call_id);
    Ok(CallFact {
        key,
        refs: if call_id.is_empty() { Vec::new() } else { Vec::from([CallRef::Call(call_id)]) },
        direction,
        from: from.withheld_if(withheld && !outbound),
        to: if to.is_nobody() { line.clone() } else { to },
        line,
        leg: None,
        what: kind.what(data),
        began_at: None,
        ended_at: instant(&event.time)?,
        complete: true,
    })
}

/// The event's own time, to the microsecond that databases keep; without one, the time of receipt counts (R9).
fn instant(time: &str) -> Result<Option<DateTime<Utc>>, Unreadable> {
    if time.is_empty() {
        return Ok(None);
    }
    DateTime::parse_from_rfc3339(time)
        .ok()
        .and_then(|at| DateTime::from_timestamp_micros(at.timestamp_micros()))
        .filter(|at| (1..=9999).contains(&at.year()))
        .map(Some)
        .ok_or_else(|| Unreadable::field("time", "a time such as 2026-11-09T08:15:30Z"))
}

fn recording(link: &str) -> Option<Url> {
    let link = Url::parse(link).ok().filter(|_| link.len() <= LONGEST_LINK)?;
    matches!(link.scheme(), "http" | "https").then_some(link)
}
