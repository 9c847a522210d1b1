//! `notifications` about a missed call (the callflow's action `missed_call_alert`) and about a message.

use super::{caller, instant, why};
use crate::adapters::fields::Fields;
use crate::adapters::{Unreadable, seconds};
use crate::source::Source;
use chrono::TimeDelta;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};

/// Sent when a call from outside was neither put through nor left a message. It names no person.
pub(super) fn missed(fields: &Fields, source: &Source) -> Result<CallFact, Unreadable> {
    let call = clean(fields.required("call_id")?);
    let other = ["call_bridged", "message_left"].iter().any(|said| fields.text(said) == "true");
    Ok(CallFact {
        key: clean(&format!("missed_call:{call}")),
        what: match other {
            true => What::Step,
            false => What::not_answered(why(fields.text("notify[hangup_cause]")), rang(fields)),
        },
        complete: true,
        ended_at: instant(fields.text("timestamp")),
        ..of_a_call(call, fields, source)
    })
}

/// `voicemail_saved` repeats `voicemail_new`: it is the same fact. Of the transcript nothing is kept (R34), and the
/// recording has no address.
pub(super) fn message(fields: &Fields, source: &Source) -> Result<CallFact, Unreadable> {
    let call = clean(fields.text("call_id"));
    let id = clean(fields.first(&["voicemail_id", "voicemail_name", "call_id"]));
    if id.is_empty() {
        return Err(Unreadable::missing("voicemail_id"));
    }
    let length = seconds::length_of_millis(fields.text("voicemail_length"));
    Ok(CallFact {
        key: clean(&format!("voicemail:{id}")),
        line: Party::alias(fields.text("voicemail_box")),
        what: What::voicemail(length, None),
        complete: true,
        ended_at: instant(fields.first(&["voicemail_timestamp", "timestamp"])),
        ..of_a_call(call, fields, source)
    })
}

fn of_a_call(call: String, fields: &Fields, source: &Source) -> CallFact {
    CallFact {
        key: String::new(),
        refs: Some(call).filter(|call| !call.is_empty()).map(CallRef::Call).into_iter().collect(),
        direction: Direction::Inbound,
        from: caller(fields, source),
        to: Party::from_text(fields.text("to_user"), &source.plan),
        line: Party::absent(),
        leg: None,
        what: What::Step,
        began_at: None,
        ended_at: None,
        complete: false,
    }
}

/// Until the caller gave up. What was billed was a menu or an announcement: then nobody knows how long it rang.
fn rang(fields: &Fields) -> Option<TimeDelta> {
    let length = |field: &str| seconds::length(fields.text(field)).filter(|t| !t.is_zero());
    let gave_up = why(fields.text("notify[hangup_cause]")) == Why::Abandoned;
    if !gave_up || length("notify[billing_seconds]").is_some() {
        return None;
    }
    length("notify[duration_seconds]").or_else(|| length("notify[ringing_seconds]"))
}
