//! `call_log_created`: a call that is over, as a whole.

use super::event::Data;
use super::{epoch, withheld};
use crate::adapters::{Unreadable, seconds};
use crate::source::Source;
use chrono::TimeDelta;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};

pub(super) fn key(data: &Data<'_>) -> String {
    clean(&format!("call_log:{}", data.first(&["id", "conversation_id"])))
}

pub(super) fn read(data: &Data<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let conversation = clean(data.required("conversation_id")?);
    let direction = match data.required("call_direction")? {
        "inbound" => Direction::Inbound,
        "outbound" => Direction::Outbound,
        // Between two of us: the directory knows.
        "internal" => Direction::Unsaid,
        other => return Err(Unreadable::unknown("call_direction", other)),
    };
    let to = to(data, direction, source);
    let line = match direction {
        Direction::Outbound => source_user(data),
        Direction::Inbound | Direction::Unsaid | Direction::Onward => destination(data),
    };
    Ok(CallFact {
        key: key(data),
        direction,
        from: from(data, direction, source).named(data.text("source_name")),
        to: if to.is_nobody() { line.clone() } else { to },
        line,
        leg: None,
        what: what(data)?,
        began_at: seconds::written(data.text("start")).or_else(|| epoch(&conversation)),
        ended_at: seconds::written(data.text("end")),
        // Missed calls are told of each by itself, and may still be on their way; they change how, not whether.
        complete: true,
        refs: Vec::from([CallRef::Call(conversation)]),
    })
}

fn from(data: &Data<'_>, direction: Direction, source: &Source) -> Party {
    let text = data.text("source_extension");
    match direction {
        Direction::Inbound => withheld::caller(text, source),
        // The number that is shown, where it is one.
        Direction::Outbound if !data.has("source_internal_extension") => {
            Party::from_text(text, &source.plan)
        }
        Direction::Outbound | Direction::Unsaid | Direction::Onward => {
            Party::alias(data.first(&["source_internal_extension", "source_extension"]))
        }
    }
}

/// What the caller dialled; of a call of ours, the number as far as it is one.
fn to(data: &Data<'_>, direction: Direction, source: &Source) -> Party {
    let dialled = ["requested_extension", "destination_extension"]
        .map(|field| Party::from_text(data.text(field), &source.plan));
    let number = dialled.iter().find(|party| party.number.is_some());
    match (direction, number) {
        (Direction::Outbound, Some(number)) => number.clone(),
        _ => {
            let internal = Party::alias(data.text("requested_internal_extension"));
            let [requested, destination] = dialled;
            let said = [requested, internal, destination];
            said.into_iter().find(|party| !party.is_nobody()).unwrap_or_default()
        }
    }
}

fn source_user(data: &Data<'_>) -> Party {
    Party::alias(data.first(&["source_internal_extension", "source_user_uuid", "source_extension"]))
}

/// Whose phone it was. A group or a queue of whom nobody answered is no phone: what was dialled names it.
fn destination(data: &Data<'_>) -> Party {
    let kind = data.text("destination_details[type]");
    let is_person = data.has("destination_user_uuid") || ["", "user", "unknown"].contains(&kind);
    let named = ["destination_internal_extension", "destination_user_uuid"];
    Party::alias(if is_person { data.first(&named) } else { "" })
}

fn what(data: &Data<'_>) -> Result<What, Unreadable> {
    if is_blocked(data) {
        // R8
        return Ok(What::Step);
    }
    if is_answered(data)? && !is_machine(data) {
        return Ok(What::answered(seconds::length(data.text("duration"))));
    }
    if is_machine(data) {
        return Ok(What::not_answered(Why::NoAnswer, None));
    }
    // What keeps somebody from answering, `user_missed_call` says; without it, the caller hung up or left the queue.
    let outbound = data.text("call_direction") == "outbound";
    let why = if outbound { Why::Unknown } else { Why::Abandoned };
    Ok(What::not_answered(why, lasted(data)))
}

fn is_blocked(data: &Data<'_>) -> bool {
    data.text("call_status") == "blocked"
}

/// R3: a mailbox or a menu is no person, though the log may say that it answered.
fn is_machine(data: &Data<'_>) -> bool {
    let kind = data.text("destination_details[type]");
    data.text("call_status") == "voicemail"
        || (["voicemail", "ivr"].contains(&kind) && !data.has("destination_user_uuid"))
}

fn is_answered(data: &Data<'_>) -> Result<bool, Unreadable> {
    match (data.text("answered"), data.text("call_status")) {
        ("true", _) => Ok(true),
        ("false", _) => Ok(false),
        ("", "answered") => Ok(true),
        ("", status) if !status.is_empty() => Ok(false),
        ("", _) => Err(Unreadable::missing("answered")),
        _ => Err(Unreadable::field("answered", "true or false")),
    }
}

fn lasted(data: &Data<'_>) -> Option<TimeDelta> {
    let [start, end] = ["start", "end"].map(|field| seconds::written(data.text(field)));
    seconds::between(start, end)
}
