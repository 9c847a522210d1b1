//! Telnyx Voice API (Call Control): a post for each step of each leg, signed with Ed25519.
//!
//! <https://developers.telnyx.com/docs/voice/programmable-voice/receiving-webhooks>, known from sample posts and from what is
//! commonly said of it, looked for 2026-11-24. Posts come in any order, and more than once with another `meta.attempt`. Only
//! `call.initiated` says which way a leg goes, and nothing says who talks: `domain::verdict` puts the posts of a session together.

mod signature;

#[cfg(test)]
mod tests;

use super::{Adapter, Refused, SecretBy, Unreadable, json, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::Party;
use serde_json::Value;

/// Events of Call Control.
#[derive(Debug)]
pub(super) struct Telnyx;

impl Adapter for Telnyx {
    fn name(&self) -> &'static str {
        "telnyx"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        signature::key(secret).map(|_| ())
    }

    fn secret_by(&self) -> SecretBy {
        SecretBy::Vendor
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        signature::verify(request, source, now)
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        json::name(&json::object(request).ok()?, "data.id")
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let body = json::object(request)?;
        let event = Event::of(&json::required(&body, "data.event_type")?);
        if event == Event::Other && json::name(&body, "data.payload.call_session_id").is_none() {
            // Of a text message, a fax, a conference.
            return Ok(Vec::new());
        }
        let payload = &body["data"]["payload"];
        let direction = event.direction(payload);
        let from = json::text(payload, "from");
        let from = match direction {
            // Recordings and prompts name nobody; the other posts of their session do.
            _ if from.is_empty() && [Event::Recorded, Event::Other].contains(&event) => {
                Party::absent()
            }
            Direction::Inbound | Direction::Unsaid => withheld::caller(&from, source),
            Direction::Outbound | Direction::Onward => Party::from_text(&from, &source.plan),
        };
        Ok(Vec::from([CallFact {
            key: json::required(&body, "data.id")?,
            refs: Vec::from([CallRef::Call(json::required(
                &body,
                "data.payload.call_session_id",
            )?)]),
            direction,
            from: from.named(&json::text(payload, "caller_id_name")),
            to: Party::from_text(&json::text(payload, "to"), &source.plan),
            line: Party::absent(),
            leg: json::name(payload, "call_leg_id"),
            what: event.what(&body),
            began_at: event.began_at(payload),
            ended_at: event.ended_at(&body),
            // What was recorded is told after the end.
            complete: false,
        }]))
    }
}

/// What a post is about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Event {
    /// A leg begins.
    Initiated,
    /// A leg is taken up: of an incoming one by the program that steers calls, of an outgoing one by whoever was rung.
    Answered,
    /// Two legs are connected: people talk.
    Bridged,
    Hangup,
    Recorded,
    /// Prompts, keys, streams, machine detection: no more than that the call goes on.
    Other,
}

impl Event {
    fn of(event: &str) -> Self {
        match event {
            "call.initiated" => Self::Initiated,
            "call.answered" => Self::Answered,
            "call.bridged" => Self::Bridged,
            "call.hangup" => Self::Hangup,
            "call.recording.saved" => Self::Recorded,
            _ => Self::Other,
        }
    }

    fn direction(self, payload: &Value) -> Direction {
        match self {
            Self::Initiated if json::text(payload, "direction") == "incoming" => Direction::Inbound,
            // Telnyx dials, for one of ours who rings or towards one of ours who is rung. That the program took up an
            // incoming leg counts for nothing, as this way does where it leads to us.
            Self::Initiated | Self::Answered => Direction::Onward,
            Self::Bridged | Self::Hangup | Self::Recorded | Self::Other => Direction::Unsaid,
        }
    }

    fn what(self, body: &Value) -> What {
        match self {
            Self::Initiated => What::Ringing,
            Self::Answered | Self::Bridged => What::Talking,
            Self::Hangup => hangup(body),
            Self::Other => What::Step,
            Self::Recorded => recording(&body["data"]["payload"]),
        }
    }

    /// A recording is told a little after it ended.
    fn ended_at(self, body: &Value) -> Option<DateTime<Utc>> {
        let told = || seconds::written(&json::text(body, "data.occurred_at"));
        let ended = json::text(body, "data.payload.recording_ended_at");
        match self {
            Self::Recorded => seconds::written(&ended).or_else(told),
            Self::Initiated | Self::Answered | Self::Bridged | Self::Hangup | Self::Other => told(),
        }
    }

    fn began_at(self, payload: &Value) -> Option<DateTime<Utc>> {
        match self {
            Self::Recorded => seconds::written(&json::text(payload, "recording_started_at")),
            Self::Initiated | Self::Hangup => seconds::written(&json::text(payload, "start_time")),
            Self::Answered | Self::Bridged | Self::Other => None,
        }
    }
}

/// Nobody answered, unless another post says that somebody talked on this leg.
fn hangup(body: &Value) -> What {
    let payload = &body["data"]["payload"];
    let cause = json::text(payload, "hangup_cause").to_ascii_lowercase();
    let why = match cause.as_str() {
        "originator_cancel" => Why::Abandoned,
        "user_busy" => Why::Busy,
        "call_rejected" => Why::Refused,
        "timeout" | "no_answer" | "no_user_response" => Why::NoAnswer,
        "not_found" | "unallocated_number" | "destination_out_of_order" => Why::Offline,
        "normal_clearing" if json::text(payload, "hangup_source") == "caller" => Why::Abandoned,
        _ => Why::Unknown,
    };
    // Of a leg that was cancelled nothing but ringing was heard; any other may have been a menu.
    let began = seconds::written(&json::text(payload, "start_time"));
    let ended = seconds::written(&json::text(body, "data.occurred_at"));
    let rang = seconds::between(began, ended).filter(|_| cause == "originator_cancel");
    What::not_answered(why, rang)
}

fn recording(payload: &Value) -> What {
    let at = |field| seconds::written(&json::text(payload, field));
    let length = seconds::between(at("recording_started_at"), at("recording_ended_at"));
    let links = [
        "recording_urls.mp3",
        "recording_urls.wav",
        "public_recording_urls.mp3",
        "public_recording_urls.wav",
    ];
    What::voicemail(length, json::link(&json::first(payload, &links)))
}
