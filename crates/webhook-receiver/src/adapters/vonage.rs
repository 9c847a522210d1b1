//! Vonage Voice API: the event webhook, JSON with a signed token beside it.
//!
//! <https://developer.vonage.com/en/voice/voice-api/webhook-reference> and
//! <https://developer.vonage.com/en/getting-started/concepts/webhooks>, read in part 2026-11-24; the rest is known from sample
//! posts. Vonage names the legs of a conversation, and its own legs `outbound` whether they ring one of ours or somebody
//! outside: which it is, the directory knows.

mod event;

#[cfg(test)]
mod tests;

use self::event::Event;
use super::fields::Fields;
use super::{Adapter, Refused, SecretBy, Unreadable, jwt, mac, plain_number, seconds};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What};
use domain::party::{Party, clean};
use serde_json::Value;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// The signed time may be this far from ours, either way. Vonage documents none.
const TOLERANCE_S: u64 = 300;

/// Events of Vonage.
#[derive(Debug)]
pub(super) struct Vonage;

impl Adapter for Vonage {
    fn name(&self) -> &'static str {
        "vonage"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        mac::check(
            secret,
            "the signature secret of the account, from API Settings in its dashboard",
        )
    }

    fn secret_by(&self) -> SecretBy {
        SecretBy::Vendor
    }

    /// The token is signed, and holds the body's digest; the time is looked at last, so that only genuine ones are stale.
    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let token = token(request).ok_or(Refused::Wrong)?;
        let claims = jwt::verify(token, source.exposed_secrets())?;
        let claimed = claims.get("payload_hash").and_then(Value::as_str).ok_or(Refused::Wrong)?;
        let digest = mac::hex(&Sha256::digest(&request.body));
        let same = digest.as_bytes().ct_eq(claimed.to_ascii_lowercase().as_bytes());
        // Where there is no body, what is asked is in the address, which nobody signs.
        if !bool::from(same) || request.body.is_empty() {
            return Err(Refused::Wrong);
        }
        let sent_at = claims.get("iat").and_then(Value::as_i64).ok_or(Refused::Wrong)?;
        let fresh = now.timestamp().abs_diff(sent_at) <= TOLERANCE_S;
        if fresh { Ok(()) } else { Err(Refused::Stale) }
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        token_id(request).or_else(|| {
            let fields = Fields::of(request).ok()?;
            let id = fields.first(&["recording_uuid", "uuid", "call_uuid", "conversation_uuid"]);
            (!id.is_empty()).then(|| id.to_owned())
        })
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let fields = Fields::of(request)?;
        let event = Event::of(&fields)?;
        let leg = clean(fields.first(&["uuid", "call_uuid"]));
        let refs = refs(&fields, &leg);
        if refs.is_empty() {
            return Err(Unreadable::missing("conversation_uuid"));
        }
        let direction = event.direction(&fields);
        Ok(Vec::from([CallFact {
            key: key(request, &fields, &leg),
            refs,
            direction,
            from: from(&event, direction, &fields, source),
            to: match fields.first(&["to", "to_user"]) {
                _ if event == Event::Recorded => Party::absent(),
                text => plain_number::party(text, source),
            },
            line: Party::alias(fields.text("from_user")),
            leg: Some(leg).filter(|leg| !leg.is_empty()),
            what: event.what(&fields),
            began_at: event.began_at(&fields),
            ended_at: event.ended_at(&fields),
            // A message is one whoever answered before it (R1).
            complete: event == Event::Recorded,
        }]))
    }
}

fn token(request: &RawRequest) -> Option<&str> {
    let (scheme, token) = request.find_header("authorization")?.trim().split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The id of the delivery. What is read later has its token no more: what proves who posted is not kept (R34).
fn token_id(request: &RawRequest) -> Option<String> {
    let id = clean(jwt::claims(token(request)?)?.get("jti")?.as_str()?);
    (!id.is_empty()).then_some(id)
}

/// The token's id; else what the event is about, and when.
fn key(request: &RawRequest, fields: &Fields, leg: &str) -> String {
    token_id(request).unwrap_or_else(|| {
        let about = fields.first(&["recording_uuid", "status"]);
        clean(&format!("{about}:{leg}:{}", fields.text("timestamp")))
    })
}

/// A call that is moved has the names of both conversations.
fn refs(fields: &Fields, leg: &str) -> Vec<CallRef> {
    let names = ["conversation_uuid", "conversation_uuid_from", "conversation_uuid_to"];
    let mut names: Vec<String> = names.iter().map(|field| clean(fields.text(field))).collect();
    names.push(leg.to_owned());
    names.dedup();
    names.into_iter().filter(|name| !name.is_empty()).map(CallRef::Call).collect()
}

fn from(event: &Event, direction: Direction, fields: &Fields, source: &Source) -> Party {
    let text = fields.first(&["from", "from_user"]);
    match direction {
        _ if *event == Event::Recorded || (text.is_empty() && direction != Direction::Inbound) => {
            Party::absent()
        }
        Direction::Outbound => plain_number::of_ours(text, source),
        Direction::Inbound | Direction::Unsaid | Direction::Onward => {
            plain_number::caller(text, source)
        }
    }
}

fn instant(fields: &Fields, field: &str) -> Option<DateTime<Utc>> {
    seconds::written(fields.text(field))
}

/// Of talk; 0 is none.
fn talk(fields: &Fields) -> Option<chrono::TimeDelta> {
    seconds::length(fields.text("duration")).filter(|talk| !talk.is_zero())
}

fn talked(fields: &Fields) -> What {
    What::answered(talk(fields))
}
