//! `newCall`, `answer`, `hangup`: the push that sipgate made and Zammad took over for any PBX. It tells no times and no
//! lengths, and each step only once: the parts of a leg are put together by `domain::call`.

use super::fields::Fields;
use super::{Unreadable, plain_number};
use crate::source::Source;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};

#[cfg(test)]
mod tests;

/// The mailbox, where a person would stand.
const VOICEMAIL: &str = "voicemail";

/// In what the two differ.
pub(super) struct Dialect {
    /// The fields that name one of ours, the surest first; the first of them that is there counts.
    pub(super) users: &'static [&'static str],
    /// Whether these are people's names: then, of a call of ours, the number tells better who rings.
    pub(super) users_are_names: bool,
    /// Whether the end of a call has the number that answered only if a person did.
    pub(super) end_tells_who_answered: bool,
}

pub(super) fn call_id(fields: &Fields) -> Option<String> {
    Some(fields.text("callId").to_owned()).filter(|id| !id.is_empty())
}

pub(super) fn read(
    fields: &Fields,
    source: &Source,
    dialect: &Dialect,
) -> Result<Vec<CallFact>, Unreadable> {
    let event = match fields.required("event")? {
        "newCall" => Event::NewCall,
        "answer" => Event::Answer,
        "hangup" => Event::Hangup,
        // A key that was pressed.
        "dtmf" => return Ok(Vec::new()),
        other => return Err(Unreadable::unknown("event", other)),
    };
    let leg = clean(fields.required("callId")?);
    let direction = match fields.text("direction") {
        "in" => Direction::Inbound,
        "out" => Direction::Outbound,
        _ => Direction::Unsaid,
    };
    let (from, to) = (fields.text("from"), fields.text("to"));
    Ok(Vec::from([CallFact {
        key: clean(&format!("{}:{leg}", fields.text("event"))),
        refs: refs(&leg, fields),
        direction,
        from: match direction {
            Direction::Outbound | Direction::Onward => plain_number::of_ours(from, source),
            Direction::Inbound | Direction::Unsaid => plain_number::caller(from, source),
        },
        to: plain_number::party(to, source),
        line: line(event, direction, fields, source, dialect),
        leg: Some(leg),
        what: what(event, fields, dialect),
        began_at: None,
        ended_at: None,
        complete: false,
    }]))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Event {
    NewCall,
    Answer,
    Hangup,
}

/// A transferred or forwarded call has a new name; the one that it began with joins its parts, so it comes first.
fn refs(leg: &str, fields: &Fields) -> Vec<CallRef> {
    let first = clean(fields.text("origCallId"));
    let first = Some(first).filter(|first| !first.is_empty() && first != leg);
    [first, Some(leg.to_owned())].into_iter().flatten().map(CallRef::Call).collect()
}

/// The phone that it is about. Several that ring are a group: what was dialled names it.
fn line(
    event: Event,
    direction: Direction,
    fields: &Fields,
    source: &Source,
    dialect: &Dialect,
) -> Party {
    let named = || dialect.users.iter().map(|f| fields.all(f).collect::<Vec<_>>());
    let users = named().find(|users| !users.is_empty()).unwrap_or_default();
    let to_us = direction != Direction::Outbound;
    let answering = fields.text("answeringNumber");
    let is_number_of_ours = to_us && (event != Event::NewCall) && !answering.is_empty();
    match users.as_slice() {
        [user] if user.eq_ignore_ascii_case(VOICEMAIL) => Party::absent(),
        [_] if dialect.users_are_names && !to_us => Party::absent(),
        [user] if event != Event::Hangup => Party::alias(user),
        _ if is_number_of_ours => plain_number::party(answering, source),
        _ => Party::absent(),
    }
}

fn what(event: Event, fields: &Fields, dialect: &Dialect) -> What {
    let is_mailbox =
        || dialect.users.iter().chain(&["user"]).any(|f| fields.all(f).any(is_voicemail));
    match event {
        Event::NewCall => What::Ringing,
        // That a message was left is not told, only that the mailbox took the call.
        Event::Answer if is_mailbox() => What::voicemail(None, None),
        Event::Answer => What::Talking,
        Event::Hangup => hangup(fields, dialect),
    }
}

fn is_voicemail(user: &str) -> bool {
    user.eq_ignore_ascii_case(VOICEMAIL)
}

fn hangup(fields: &Fields, dialect: &Dialect) -> What {
    match fields.text("cause") {
        // It goes on under a new name.
        "forwarded" => What::Ended,
        "normalClearing" if dialect.end_tells_who_answered && fields.has("answeringNumber") => {
            What::answered(None)
        }
        // Whether somebody talked before, `answer` tells; without one, nobody did.
        cause => What::not_answered(why(cause), None),
    }
}

fn why(cause: &str) -> Why {
    match cause {
        "busy" => Why::Busy,
        "cancel" => Why::Abandoned,
        "noAnswer" => Why::NoAnswer,
        "congestion" | "notFound" => Why::Offline,
        _ => Why::Unknown,
    }
}
