//! Events of one party of a call: it was answered, missed, refused, ended.

use super::{is_hidden, key};
use crate::adapters::{Unreadable, json, seconds, withheld};
use crate::source::Source;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::Party;
use serde_json::Value;

/// Those that pass a call on to their members. What is missed by a member is told by the element of the queue.
const PASS_ON: [&str; 5] =
    ["callqueue", "sharedlinegroup", "sharedlines", "sharedline", "autoreceptionist"];

/// What a party of a call is said to have done.
#[derive(Clone, Copy)]
pub(super) enum Event {
    /// One of ours took an incoming call.
    CalleeAnswered,
    CalleeMissed,
    CalleeRejected,
    CalleeEnded,
    /// Whoever one of ours rang took it.
    CallerConnected,
    CallerEnded,
    /// It rings, is held, is muted: no more than that the call goes on.
    CalleeOther,
    CallerOther,
}

impl Event {
    pub(super) fn of(name: &str) -> Option<Self> {
        match name {
            "callee_answered" => Some(Self::CalleeAnswered),
            "callee_missed" => Some(Self::CalleeMissed),
            "callee_rejected" => Some(Self::CalleeRejected),
            "callee_ended" => Some(Self::CalleeEnded),
            "caller_connected" => Some(Self::CallerConnected),
            "caller_ended" => Some(Self::CallerEnded),
            "callee_call_log_completed" | "caller_call_log_completed" => None,
            "callee_call_history_completed" | "caller_call_history_completed" => None,
            "caller_call_element_completed" => None,
            other if other.starts_with("callee_") => Some(Self::CalleeOther),
            other if other.starts_with("caller_") => Some(Self::CallerOther),
            _ => None,
        }
    }

    pub(super) fn read(self, body: &Value, source: &Source) -> Result<CallFact, Unreadable> {
        let object = &body["payload"]["object"];
        let call = json::required(object, "call_id")
            .map_err(|_| Unreadable::missing("payload.object.call_id"))?;
        let ours = if self.is_ours_ringing() { "caller" } else { "callee" };
        let leg = json::name(object, &format!("{ours}.extension_id"))
            .or_else(|| json::name(object, &format!("{ours}.extension_number")));
        let number = |who: &str| {
            json::first(
                object,
                &[&format!("{who}.phone_number"), &format!("{who}.extension_number")],
            )
        };
        let (direction, from) = match self.is_ours_ringing() {
            true => (Direction::Outbound, Party::from_text(&number("caller"), &source.plan)),
            false => {
                let hidden = is_hidden(&json::text(object, "caller.caller_number_type"))
                    || json::is_true(object, "caller.hide_caller_id");
                let from = withheld::caller(&number("caller"), source).withheld_if(hidden);
                (Direction::Inbound, from)
            }
        };
        let at = |field| seconds::written(&json::text(object, field));
        let happened = match self {
            Self::CalleeAnswered | Self::CallerConnected => at("answer_start_time"),
            Self::CalleeMissed | Self::CalleeRejected | Self::CalleeEnded | Self::CallerEnded => {
                at("call_end_time")
            }
            Self::CalleeOther | Self::CallerOther => None,
        };
        let at_post = seconds::instant_of_millis(&json::text(body, "event_ts"));
        Ok(CallFact {
            key: key(&json::text(body, "event"), &call, leg.as_deref().unwrap_or_default()),
            refs: Vec::from([CallRef::Call(call)]),
            direction,
            from: from.named(&json::text(object, "caller.name")),
            to: Party::from_text(&number("callee"), &source.plan),
            line: Party::alias(&json::text(object, &format!("{ours}.extension_number"))),
            leg,
            what: self.what(object),
            began_at: at("ringing_start_time"),
            ended_at: happened.or(at_post),
            complete: false,
        })
    }

    /// Whether it is about one of ours who rings, not one who is rung.
    fn is_ours_ringing(self) -> bool {
        match self {
            Self::CallerConnected | Self::CallerEnded | Self::CallerOther => true,
            Self::CalleeAnswered
            | Self::CalleeOther
            | Self::CalleeMissed
            | Self::CalleeRejected
            | Self::CalleeEnded => false,
        }
    }

    fn what(self, object: &Value) -> What {
        let at = |field| seconds::written(&json::text(object, field));
        let (answered, ended) = (json::text(object, "answer_start_time"), at("call_end_time"));
        let unanswered = || {
            let rang = seconds::between(at("ringing_start_time"), ended);
            What::not_answered(why(&json::text(object, "handup_result")), rang)
        };
        match self {
            Self::CalleeOther | Self::CallerOther => What::Step,
            Self::CalleeAnswered | Self::CallerConnected => What::Talking,
            Self::CalleeEnded | Self::CallerEnded if !answered.is_empty() => {
                What::answered(seconds::between(seconds::written(&answered), ended))
            }
            Self::CallerEnded => unanswered(),
            Self::CalleeMissed | Self::CalleeRejected | Self::CalleeEnded if is_member(object) => {
                What::Step
            }
            Self::CalleeRejected => What::not_answered(Why::Refused, None),
            Self::CalleeMissed | Self::CalleeEnded => unanswered(),
        }
    }
}

fn is_member(object: &Value) -> bool {
    let by = json::text(object, "forwarded_by.extension_type");
    let by: String = by.chars().filter(char::is_ascii_alphabetic).collect();
    PASS_ON.contains(&by.to_ascii_lowercase().as_str())
}

/// `handup_result` is how Zoom spells it.
fn why(result: &str) -> Why {
    let result = result.to_ascii_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| result.contains(word));
    if says(&["cancel", "abandon"]) {
        Why::Abandoned
    } else if says(&["busy"]) {
        Why::Busy
    } else if says(&["reject", "declin"]) {
        Why::Refused
    } else if says(&["no answer", "timeout", "timed out"]) {
        Why::NoAnswer
    } else if says(&["offline", "unavailable"]) {
        Why::Offline
    } else {
        Why::Unknown
    }
}
