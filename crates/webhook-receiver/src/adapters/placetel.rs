//! Placetel: the Notify API, forms signed by HMAC-SHA256.
//!
//! <https://github.com/Placetel/call-control-notify-api>, read 2026-11-24. Nothing names the event, no time is told or signed.

#[cfg(test)]
mod tests;

use super::fields::Fields;
use super::{Adapter, Refused, Unreadable, mac, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};

const HEADER: &str = "x-placetel-signature";

/// Notifications of Placetel.
#[derive(Debug)]
pub(super) struct Placetel;

impl Adapter for Placetel {
    fn name(&self) -> &'static str {
        "placetel"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        mac::check(secret, "the shared secret of Settings → External APIs")
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let sent = request.header(HEADER)?.trim();
        let sign = |secret: &str| mac::sha256(secret, &[&request.body]);
        mac::secret_that_signed(source, sent, sign).map(|_| ())
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let id = Fields::of(request).ok()?.text("call_id").to_owned();
        (!id.is_empty()).then_some(id)
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let fields = Fields::of(request)?;
        let event = fields.required("event")?;
        let what = match event {
            "IncomingCall" | "OutgoingCall" => What::Ringing,
            // Only calls to us are told so.
            "CallAccepted" => What::Talking,
            "HungUp" => ended(&fields)?,
            other => return Err(Unreadable::unknown("event", other)),
        };
        let call = clean(fields.required("call_id")?);
        let direction = direction(event, &fields);
        Ok(Vec::from([CallFact {
            key: clean(&format!("{event}:{call}")),
            refs: Vec::from([CallRef::Call(call.clone())]),
            direction,
            from: match direction {
                Direction::Outbound | Direction::Onward => {
                    Party::from_text(fields.text("from"), &source.plan)
                }
                Direction::Inbound | Direction::Unsaid => {
                    withheld::caller(fields.text("from"), source)
                }
            },
            to: Party::from_text(fields.text("to"), &source.plan),
            // The telephone that answered, or that dials.
            line: Party::alias(fields.text("peer")),
            leg: Some(call),
            complete: event == "HungUp",
            what,
            began_at: None,
            ended_at: None,
        }]))
    }
}

/// Where nothing is said, the event does, or the kind of end that only calls of ours have; else the directory knows.
fn direction(event: &str, fields: &Fields) -> Direction {
    match (fields.text("direction"), event, fields.text("type")) {
        ("in", _, _) | ("", "IncomingCall" | "CallAccepted", _) => Direction::Inbound,
        ("out", _, _) | ("", "OutgoingCall", _) => Direction::Outbound,
        ("", _, "busy" | "canceled" | "unavailable" | "congestion") => Direction::Outbound,
        _ => Direction::Unsaid,
    }
}

fn ended(fields: &Fields) -> Result<What, Unreadable> {
    Ok(match fields.required("type")? {
        "accepted" => {
            // 0 is told of calls that were answered too: then nobody knows how long they were.
            let talk = seconds::length(fields.text("duration")).filter(|talk| !talk.is_zero());
            What::answered(talk)
        }
        // The mailbox took it; that something was said is not told.
        "voicemail" => What::voicemail(None, None),
        // R8: it never rang.
        "blocked" => What::Step,
        "missed" => What::not_answered(Why::NoAnswer, None),
        "busy" => What::not_answered(Why::Busy, None),
        "canceled" => What::not_answered(Why::Abandoned, None),
        "unavailable" | "congestion" => What::not_answered(Why::Offline, None),
        other => return Err(Unreadable::unknown("type", other)),
    })
}
