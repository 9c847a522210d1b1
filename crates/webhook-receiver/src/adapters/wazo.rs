//! Wazo: what a subscription of wazo-webhookd posts about missed calls, ended calls and messages.
//!
//! <https://wazo-platform.org/uc-doc/api_sdk/subscription>, the event catalogue of Wazo and the sources of wazo-webhookd and
//! wazo-call-logd, known from sample posts, 2026-11-24. Nothing is signed: the address carries a token. Events come in any
//! order; what is not answered 2xx is sent again, ten times in nine minutes.

mod call_log;
mod event;

#[cfg(test)]
mod tests;

use self::event::Event;
use super::fields::Fields;
use super::{Adapter, Unreadable, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use domain::referral::{Referral, ReferralKind};

/// Posts of wazo-webhookd.
#[derive(Debug)]
pub(super) struct Wazo;

impl Adapter for Wazo {
    fn name(&self) -> &'static str {
        "wazo"
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        match Event::of(&Fields::of(request).ok()?).ok()? {
            Event::Missed(data) => Some(data.text("conversation_id").to_owned()),
            Event::CallLog(data) => Some(call_log::key(&data)),
            Event::Message(data) => Some(data.text("message_id").to_owned()),
            // Do not disturb may truly be switched on twice.
            Event::Other => None,
        }
        .filter(|id| !id.is_empty())
    }

    fn referral(&self, request: &RawRequest, _source: &Source) -> Option<Referral> {
        let fields = Fields::of(request).ok()?;
        let kind = match fields.text("event_name") {
            "users_services_dnd_updated" => ReferralKind::DoNotDisturb,
            // The others ring here first.
            "users_forwards_unconditional_updated" => ReferralKind::Forward,
            _ => return None,
        };
        let is_on = match fields.text("event[enabled]") {
            "true" => true,
            "false" => false,
            _ => return None,
        };
        Some(Referral { line: Party::alias(fields.text("event[user_uuid]")), kind, is_on })
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        if !request.body.trim_ascii_start().starts_with(b"{") {
            return Err(Unreadable::because(
                "this is no JSON object; give the subscription the body that the manual shows",
            ));
        }
        Ok(match Event::of(&Fields::of(request)?)? {
            Event::Missed(data) => Vec::from([missed(&data, source)?]),
            Event::CallLog(data) => Vec::from([call_log::read(&data, source)?]),
            Event::Message(data) => Vec::from([message(&data, source)?]),
            Event::Other => Vec::new(),
        })
    }
}

/// One of us did not answer. In a group a colleague may have: the call's log tells (R3).
fn missed(data: &event::Data<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let conversation = clean(data.required("conversation_id")?);
    let (user, internal) = (data.text("user_uuid"), data.has("caller_user_uuid"));
    let caller = match internal {
        true => Party::alias(data.text("caller_id_number")),
        false => withheld::caller(data.text("caller_id_number"), source),
    };
    Ok(CallFact {
        key: clean(&format!("user_missed_call:{conversation}:{user}")),
        direction: if internal { Direction::Unsaid } else { Direction::Inbound },
        from: caller.named(data.text("caller_id_name")),
        to: Party::from_text(data.text("dialed_extension"), &source.plan),
        line: Party::alias(user),
        leg: None,
        what: What::not_answered(why(data.required("reason")?), None),
        began_at: epoch(&conversation),
        ended_at: None,
        complete: false,
        refs: Vec::from([CallRef::Call(conversation)]),
    })
}

fn why(reason: &str) -> Why {
    match reason {
        "no-answer" => Why::NoAnswer,
        "busy" => Why::Busy,
        "dnd" => Why::DoNotDisturb,
        "congestion" | "channel-unavailable" | "phone-unreachable" => Why::Offline,
        "schedule-closed" => Why::Closed,
        _ => Why::Unknown,
    }
}

/// A message in a mailbox: of one user, of several (one event for each, the same message), or of everybody. No event
/// says which call it was left in.
fn message(data: &event::Data<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let id = clean(data.first(&["message_id", "message[id]"]));
    if id.is_empty() {
        return Err(Unreadable::missing("message_id"));
    }
    let caller = withheld::caller(data.text("message[caller_id_num]"), source);
    Ok(CallFact {
        key: clean(&format!("voicemail:{id}")),
        // The name that the events of one message have in common; they come at once.
        refs: Vec::from([CallRef::Passing(clean(&format!("message:{id}")))]),
        direction: Direction::Inbound,
        from: caller.named(data.text("message[caller_id_name]")),
        to: Party::absent(),
        line: Party::alias(data.text("user_uuid")),
        leg: None,
        what: What::voicemail(seconds::length(data.text("message[duration]")), None),
        began_at: None,
        ended_at: seconds::instant(data.text("message[timestamp]")),
        complete: true,
    })
}

/// A conversation is named for the second in which it began: `1794216605.1204`.
fn epoch(conversation: &str) -> Option<DateTime<Utc>> {
    let (second, count) = conversation.rsplit('-').next()?.split_once('.')?;
    let named_for_it = count.bytes().all(|b| b.is_ascii_digit());
    seconds::instant(second).filter(|_| named_for_it)
}
