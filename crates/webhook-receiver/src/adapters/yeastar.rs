//! Yeastar P-Series: events that its "Webhook Event Push" posts.
//!
//! <https://help.yeastar.com/en/p-series-cloud-edition/developer-guide/monitor-events-via-webhook.html> and, beside it,
//! `event-new-cdr.html` (30012) and `event-call-end-timeline-notification.html` (30039, not read here), in a stored copy, read
//! 2026-11-24. The raw body is signed with HMAC-SHA256; no time is, so an old post is known only as a repetition. Times are
//! the PBX's own, without a zone.

#[cfg(test)]
mod tests;

use super::signing_key::{BASE64, Key};
use super::{Adapter, Refused, SecretBy, Unreadable, seconds, withheld};
use crate::request::{Form, RawRequest};
use crate::source::Source;
use base64::Engine;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use domain::referral::{Referral, ReferralKind};
use serde_json::{Map, Value};

/// The PBX makes secrets of 32 characters itself.
const LENGTH: usize = 32;
/// "Call End Details": a call, or a part of one, is over.
const CALL_END: &str = "30012";
/// Somebody is available, away, at lunch, or not to be disturbed.
const PRESENCE: &str = "30009";
/// "Agent Ringing Timeout": one agent of a queue did not answer; others may.
const AGENT_TIMEOUT: &str = "30026";

/// The events of a P-Series.
#[derive(Debug)]
pub(super) struct Yeastar;

impl Adapter for Yeastar {
    fn name(&self) -> &'static str {
        "yeastar"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        if secret.len() == LENGTH && secret.bytes().all(|b| b.is_ascii_graphic()) {
            return Ok(());
        }
        Err(format!(
            "this is no secret of a Yeastar webhook; write the {LENGTH} characters that Integrations → API → Webhook Event Push shows"
        ))
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
        let signature = request.header("x-signature")?.trim();
        let signature = BASE64.decode(signature).map_err(|_| Refused::Wrong)?;
        // The secret is used as it is written, though it looks like hexadecimal.
        let mut keys = source.exposed_secrets().map(|s| Key::Shared(s.as_bytes().to_vec()));
        let genuine = keys.any(|key| key.has_signed(&request.body, &signature));
        if genuine { Ok(()) } else { Err(Refused::Wrong) }
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let event = Event::read(request).ok()?;
        // Somebody may truly be away twice: only what is of a call is known again.
        let id = first(&event.message, ["uid", "call_id"]);
        (!id.is_empty()).then(|| id.to_owned())
    }

    fn referral(&self, request: &RawRequest, _source: &Source) -> Option<Referral> {
        let event = Event::read(request).ok().filter(|event| event.kind == PRESENCE)?;
        let status = event.message.text("status");
        (!status.is_empty()).then(|| Referral {
            line: Party::alias(event.message.text("extension")),
            kind: ReferralKind::DoNotDisturb,
            is_on: status == "do_not_disturb",
        })
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let event = Event::read(request)?;
        match event.kind.as_str() {
            CALL_END => call_end(&event.message, source).map(|fact| Vec::from([fact])),
            kind => Ok(step(kind, &event.message, source).into_iter().collect()),
        }
    }
}

struct Event {
    kind: String,
    message: Form<'static>,
}

impl Event {
    /// The message is JSON in a text for most kinds, and an object for some.
    fn read(request: &RawRequest) -> Result<Self, Unreadable> {
        let mut event: Map<String, Value> = request.json()?;
        let message = match event.remove("msg") {
            Some(Value::Object(message)) => message,
            Some(Value::String(text)) => serde_json::from_str(&text)
                .map_err(|_| Unreadable::field("msg", "a JSON object, or the text of one"))?,
            Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_)) | None => {
                Map::new()
            }
        };
        let kind = Form::of_object(event).required("type")?.to_owned();
        Ok(Self { kind, message: Form::of_object(message) })
    }
}

fn call_end(call: &Form<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let call_id = clean(call.required("call_id")?);
    let [from, to] = ["call_from", "call_to"].map(|field| call.text(field));
    let way = Way::read(call.required("type")?)?;
    let what = what(call, way)?;
    let near = epoch(&call_id);
    let began_at = seconds::local(call.text("time_start"), source.zone, near).or(near);
    let lasted = seconds::length(call.text("call_duration"));
    let dialled = Party::from_text(call.text("did_number"), &source.plan);
    if way != Way::Inbound && to.is_empty() {
        return Err(Unreadable::missing("call_to"));
    }
    Ok(CallFact {
        key: clean(&match call.text("uid") {
            "" => format!("cdr:{call_id}:{from}:{to}"),
            uid => format!("cdr:{uid}"),
        }),
        refs: Vec::from([CallRef::Call(call_id)]),
        direction: match way {
            Way::Inbound => Direction::Inbound,
            // One of ours rings; whether the other is, too, is for the people file to say.
            Way::Outbound | Way::Internal => Direction::Outbound,
        },
        from: match way {
            Way::Inbound => caller(from, source),
            Way::Outbound | Way::Internal => Party::from_text(from, &source.plan),
        },
        to: match way {
            Way::Inbound if !dialled.is_nobody() => dialled,
            Way::Inbound | Way::Outbound | Way::Internal => Party::from_text(to, &source.plan),
        },
        line: match way {
            Way::Inbound | Way::Internal => Party::from_text(to, &source.plan),
            Way::Outbound => Party::alias(from),
        },
        leg: None,
        what,
        began_at,
        ended_at: began_at.zip(lasted).and_then(|(at, lasted)| at.checked_add_signed(lasted)),
        // A call that was passed on has several, and one that was answered counts.
        complete: false,
    })
}

/// The documentation writes it small, its examples with a capital.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Inbound,
    Outbound,
    Internal,
}

impl Way {
    fn read(text: &str) -> Result<Self, Unreadable> {
        match text.to_ascii_lowercase().as_str() {
            "inbound" => Ok(Self::Inbound),
            "outbound" => Ok(Self::Outbound),
            "internal" => Ok(Self::Internal),
            _ => Err(Unreadable::unknown("type", text)),
        }
    }
}

/// A status that is not known could be an answer: then the call is not judged.
fn what(call: &Form<'_>, way: Way) -> Result<What, Unreadable> {
    let status = call.required("status")?;
    let talked = seconds::length(call.text("talk_duration"));
    let why = match status.to_ascii_uppercase().as_str() {
        // Written so, too, in some of the documentation.
        "ANSWERED" | "ANSWERD" => return Ok(What::answered(talked)),
        // Its length and its sound are only in the PBX.
        "VOICEMAIL" if way != Way::Outbound => return Ok(What::voicemail(None, None)),
        "VOICEMAIL" => Why::Unknown,
        "NO ANSWER" | "NO ANSWERED" => Why::NoAnswer,
        "BUSY" => Why::Busy,
        "FAILED" => Why::Offline,
        "ABANDONED" => Why::Abandoned,
        _ => return Err(Unreadable::unknown("status", status)),
    };
    let lasted = seconds::length(call.text("call_duration"));
    let rang = lasted.map(|lasted| lasted - talked.unwrap_or_default());
    Ok(What::not_answered(why, rang.filter(|rang| *rang >= TimeDelta::zero())))
}

/// What happens while a call goes on tells only its name.
fn step(kind: &str, message: &Form<'_>, source: &Source) -> Option<CallFact> {
    let call_id = clean(message.text("call_id"));
    let known = !call_id.is_empty();
    known.then(|| CallFact {
        key: clean(&match kind {
            AGENT_TIMEOUT => format!("agent_timeout:{call_id}:{}", message.text("agent_number")),
            kind => format!("{kind}:{call_id}"),
        }),
        refs: Vec::from([CallRef::Call(call_id.clone())]),
        direction: Direction::Unsaid,
        from: Party::from_text(message.text("caller_number"), &source.plan),
        to: Party::alias(message.text("queue_number")),
        line: Party::alias(message.text("agent_number")),
        leg: None,
        what: What::Step,
        began_at: epoch(&call_id),
        ended_at: None,
        complete: false,
    })
}

/// `0701740605`, and in some lists `Lisa Ek<0701740605>`.
fn caller(text: &str, source: &Source) -> Party {
    match text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) {
        Some((name, number)) => withheld::caller(number.trim(), source).named(name),
        None => withheld::caller(text, source),
    }
}

/// When a call began, out of its id, `<epoch>.<n>`.
fn epoch(call_id: &str) -> Option<DateTime<Utc>> {
    let (epoch, _) = call_id.split_once('.')?;
    seconds::instant(epoch).filter(|_| epoch.len() >= 10)
}

fn first<'a>(form: &'a Form<'_>, names: [&str; 2]) -> &'a str {
    names.iter().map(|name| form.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
}
