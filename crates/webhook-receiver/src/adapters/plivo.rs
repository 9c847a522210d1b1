//! Plivo Voice: what is posted to `hangup_url`, and as the result of `<Dial>` and `<Record>`, signed in version 3.
//!
//! <https://www.plivo.com/docs/voice/xml/request/>, <https://www.plivo.com/docs/voice/xml/dial/>,
//! <https://www.plivo.com/docs/voice/xml/record/>, read in part 2026-11-24; see [`signature`] for the rest. No field names
//! the delivery, and no time is signed.

mod event;
mod signature;

#[cfg(test)]
mod tests;

use self::event::Event;
use super::fields::Fields;
use super::{Adapter, Refused, Reply, SecretBy, Unreadable, mac, plain_number};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction};
use domain::party::{Party, clean};

/// Plivo's forms.
#[derive(Debug)]
pub(super) struct Plivo;

impl Adapter for Plivo {
    fn name(&self) -> &'static str {
        "plivo"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        if secret.len() == 20 && (secret.starts_with("MA") || secret.starts_with("SA")) {
            return Err(
                "this is the Auth ID; write the Auth Token of the account that owns the numbers, \
                 from the overview of Plivo's console"
                    .to_owned(),
            );
        }
        mac::check(secret, "the Auth Token, from the overview of Plivo's console")
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
        signature::verify(request, source.exposed_secrets())
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let call = Fields::of(request).ok()?.text("CallUUID").to_owned();
        (!call.is_empty()).then_some(call)
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let fields = Fields::of(request)?;
        if fields.has("MessageUUID") {
            // A text message: none of our business.
            return Ok(Vec::new());
        }
        let event = Event::of(&fields)?;
        let call = clean(fields.required("CallUUID")?);
        let direction = match fields.text("Direction") {
            // Said of every leg that Plivo dials, also of the phones of ours.
            "outbound" if event.is_put_through() => Direction::Outbound,
            "outbound" => Direction::Onward,
            "inbound" => Direction::Inbound,
            _ => Direction::Unsaid,
        };
        let dialled = plain_number::party(fields.text("To"), source);
        let other = plain_number::party(fields.text("DialBLegTo"), source);
        // Click to call: Plivo rang one of ours first, and then whom `<Dial>` names.
        let [to, line] =
            if direction == Direction::Outbound { [other, dialled] } else { [dialled, other] };
        Ok(Vec::from([CallFact {
            key: clean(&event.key(&fields)),
            refs: refs(&call, &fields),
            direction,
            from: from(direction, &fields, source),
            to,
            line,
            leg: event.leg(&fields),
            what: event.what(&fields),
            began_at: event.began_at(&fields),
            ended_at: event.ended_at(&fields),
            complete: event.is_last(&fields),
        }]))
    }

    /// XML, of which nothing is done at the end of a call. Where it says how the call goes on, the empty one ends it: the
    /// manual has `redirect="false"`.
    fn reply(&self, _request: &RawRequest) -> Reply {
        Reply {
            content_type: "text/xml; charset=utf-8",
            body: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response></Response>\n".to_owned(),
            ..Reply::default()
        }
    }
}

/// The call itself first; the leg it began with.
fn refs(call: &str, fields: &Fields) -> Vec<CallRef> {
    let mut names = Vec::from([call.to_owned()]);
    for field in ["ALegUUID", "DialALegUUID", "ParentCallUUID"] {
        let name = clean(fields.text(field));
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().map(CallRef::Call).collect()
}

fn from(direction: Direction, fields: &Fields, source: &Source) -> Party {
    let text = fields.text("From");
    let party = match direction {
        Direction::Outbound | Direction::Onward => plain_number::of_ours(text, source),
        // A callback may come without; the call's end knows who it was.
        Direction::Inbound | Direction::Unsaid if text.is_empty() && !fields.has("CallStatus") => {
            Party::absent()
        }
        Direction::Inbound | Direction::Unsaid => plain_number::caller(text, source),
    };
    party.named(fields.text("CallerName"))
}
