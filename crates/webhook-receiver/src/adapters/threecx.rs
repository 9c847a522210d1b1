//! 3CX V20: what its CRM integration reports when a call ends ("call journaling"), in a body of our own template.
//!
//! `docs/pbx/3cx.md` has the template and is the reference of its names; the values are 3CX's variables of the scenario
//! `ReportCall`, <https://www.3cx.com/docs/server-side-crm-template-xml-description/>, known from sample posts and from other
//! integrations' use, looked up 2026-11-24. Nothing is signed: the template sends a token. A report has no id of its call.

#[cfg(test)]
mod tests;

use super::{Adapter, Unreadable, mac, seconds, withheld};
use crate::request::{Form, RawRequest};
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use url::Url;

/// The reports of a 3CX.
#[derive(Debug)]
pub(super) struct ThreeCx;

impl Adapter for ThreeCx {
    fn name(&self) -> &'static str {
        "3cx"
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let report = Form::of_object(request.json().ok()?);
        Some(value(&report, "startTimeUtc").to_owned()).filter(|at| !at.is_empty())
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let object: Map<String, Value> = request.json()?;
        // The Call Control API tells what goes on right now, and its entities are gone after the call.
        if object.contains_key("event") {
            return Ok(Vec::new());
        }
        let is_participant = object.contains_key("callid");
        let report = Form::of_object(object);
        match is_participant && !report.has("callType") {
            true => Ok(participant(&report).into_iter().collect()),
            false => ended(&report, source).map(|fact| Vec::from([fact])),
        }
    }

    fn talk_recording(&self, request: &RawRequest) -> Option<Url> {
        let report = Form::of_object(request.json().ok()?);
        let link = Url::parse(value(&report, "recordingUrl")).ok()?;
        matches!(link.scheme(), "http" | "https").then_some(link)
    }
}

/// A variable's value. One that 3CX does not fill may arrive as its own name in brackets.
fn value<'a>(report: &'a Form<'_>, name: &str) -> &'a str {
    let text = report.text(name);
    if text.starts_with('[') && text.ends_with(']') { "" } else { text }
}

fn ended(report: &Form<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let [kind, number, agent, queue] =
        ["callType", "number", "agent", "queueExtension"].map(|field| value(report, field));
    let kind = Kind::read(kind)?;
    let [began_at, established_at, ended_at] = ["startTimeUtc", "establishedTimeUtc", "endTimeUtc"]
        .map(|field| instant(value(report, field)));
    let outbound = kind.is_outbound();
    let to = if outbound {
        number
    } else {
        [queue, agent].into_iter().find(|t| !t.is_empty()).unwrap_or_default()
    };
    if outbound && to.is_empty() {
        return Err(Unreadable::missing("number"));
    }
    let other = withheld::caller(number, source).named(value(report, "name"));
    let talked = seconds::clock(value(report, "duration"));
    let talked = talked.or_else(|| established_at.zip(ended_at).map(|(from, until)| until - from));
    let rang = began_at.zip(ended_at).map(|(from, until)| until - from);
    let positive = |length: &chrono::TimeDelta| *length >= chrono::TimeDelta::zero();
    Ok(CallFact {
        key: key(report),
        refs: call(&other, value(report, "startTimeUtc"), source)
            .filter(|_| !outbound)
            .into_iter()
            .collect(),
        direction: if outbound { Direction::Outbound } else { Direction::Inbound },
        from: if outbound { Party::absent() } else { other },
        to: Party::from_text(to, &source.plan),
        line: Party::alias(agent),
        leg: None,
        what: match kind {
            Kind::Inbound | Kind::Outbound => What::answered(talked.filter(positive)),
            // Whether it rang out or the caller gave up is not said.
            Kind::Missed | Kind::Unanswered => {
                What::not_answered(Why::Unknown, rang.filter(positive))
            }
        },
        began_at,
        ended_at,
        // Others whose phones rang for the same call may have reports of their own.
        complete: outbound,
    })
}

/// `CallType`.
#[derive(Clone, Copy)]
enum Kind {
    Missed,
    Unanswered,
    Inbound,
    Outbound,
}

impl Kind {
    fn read(text: &str) -> Result<Self, Unreadable> {
        match text.to_ascii_lowercase().as_str() {
            "missed" => Ok(Self::Missed),
            "notanswered" => Ok(Self::Unanswered),
            "inbound" => Ok(Self::Inbound),
            "outbound" => Ok(Self::Outbound),
            "" => Err(Unreadable::missing("callType")),
            _ => Err(Unreadable::unknown("callType", text)),
        }
    }

    fn is_outbound(self) -> bool {
        match self {
            Self::Unanswered | Self::Outbound => true,
            Self::Missed | Self::Inbound => false,
        }
    }
}

/// There is no id: what tells two reports apart, exactly as it came.
fn key(report: &Form<'_>) -> String {
    let parts = ["startTimeUtc", "callType", "number", "agent"].map(|field| report.text(field));
    let hash = Sha256::digest(parts.join("|"));
    format!("reportcall:{}", mac::hex(&hash))
}

/// Reports that name the same caller and the same second are of one call. Two who withheld their number may ring in one
/// second, too: they are never one (R6). Names of calls are kept as they are, so the number in it is hidden (R34).
fn call(caller: &Party, began: &str, source: &Source) -> Option<CallRef> {
    let caller = caller.key("").filter(|_| !began.is_empty())?;
    let secret = source.exposed_secrets().next().unwrap_or_default();
    let hidden = mac::sha256(secret, &[caller.as_bytes(), b"|", began.as_bytes()]);
    Some(CallRef::Passing(format!("report:{}", mac::hex(&hidden))))
}

/// A participant of a call that goes on.
fn participant(participant: &Form<'_>) -> Option<CallFact> {
    let call = clean(participant.text("callid"));
    let known = !call.is_empty();
    known.then(|| CallFact {
        key: clean(&format!("participant:{call}:{}", participant.text("id"))),
        refs: Vec::from([CallRef::Call(call.clone())]),
        direction: Direction::Unsaid,
        from: Party::absent(),
        to: Party::absent(),
        line: Party::alias(participant.text("dn")),
        leg: None,
        what: What::Step,
        began_at: None,
        ended_at: None,
        complete: false,
    })
}

/// `2026-11-09T14:25:00Z`, as the template writes it.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    seconds::believable(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}
