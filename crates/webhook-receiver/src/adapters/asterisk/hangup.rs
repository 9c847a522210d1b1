//! `event=hangup`: what the hangup handler on the caller's channel posts, once, when the call is over.

use super::{caller, channel};
use crate::adapters::{Unreadable, seconds};
use crate::request::Form;
use crate::source::Source;
use chrono::TimeDelta;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};

pub(super) fn read(form: &Form<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let [uniqueid, linkedid] = ["uniqueid", "linkedid"].map(|field| clean(form.text(field)));
    if uniqueid.is_empty() {
        return Err(Unreadable::missing("uniqueid"));
    }
    let key = format!("hangup:{uniqueid}");
    let call = CallRef::Call(if linkedid.is_empty() { uniqueid } else { linkedid });
    let direction = direction(form);
    let dialled = Party::from_text(form.text("dnid"), &source.plan);
    if direction == Direction::Outbound && dialled.is_nobody() {
        return Err(Unreadable::missing("dnid"));
    }
    let line = line(form, direction, source);
    Ok(CallFact {
        key,
        refs: [Some(call), name_of_message(form)].into_iter().flatten().collect(),
        direction,
        from: from(form, direction, source),
        to: if dialled.is_nobody() { line.clone() } else { dialled },
        line,
        leg: None,
        what: what(form),
        began_at: seconds::instant(form.text("start")),
        ended_at: seconds::instant(form.text("end")),
        // Where a message was left, the post about the message is still to come (R4).
        complete: !left_message(form),
    })
}

/// The name that a message left in this call has in common with it. Names of channels come again after a restart, so
/// a call without a message does without.
fn name_of_message(form: &Form<'_>) -> Option<CallRef> {
    left_message(form)
        .then(|| channel::passing(form.text("system"), form.text("channel")))
        .flatten()
}

fn left_message(form: &Form<'_>) -> bool {
    !form.text("vm_messagefile").is_empty() || form.text("vmstatus").eq_ignore_ascii_case("SUCCESS")
}

fn direction(form: &Form<'_>) -> Direction {
    match form.text("direction").to_ascii_lowercase().as_str() {
        "inbound" => Direction::Inbound,
        "outbound" => Direction::Outbound,
        _ => Direction::Unsaid,
    }
}

fn from(form: &Form<'_>, direction: Direction, source: &Source) -> Party {
    let [number, name, presentation] =
        ["callerid_num", "callerid_name", "callerid_pres"].map(|f| form.text(f));
    match direction {
        Direction::Outbound => caller::of_own_call(number, name, presentation, source),
        Direction::Inbound | Direction::Unsaid | Direction::Onward => {
            caller::of_call(number, name, presentation, source)
        }
    }
}

/// The extension that dials, or was offered the call; else who answered; else the queue the caller waited in (R3).
fn line(form: &Form<'_>, direction: Direction, source: &Source) -> Party {
    let extension = Party::alias(form.text("extension"));
    if direction == Direction::Outbound {
        return extension;
    }
    let peer = Party::from_text(peer(form), &source.plan);
    let queue = Party::alias(form.text("queue"));
    [extension, peer, queue].into_iter().find(|p| !p.is_nobody()).unwrap_or_default()
}

/// Whom the answering phone belongs to, out of `1042`, `operator/0701…`, `PJSIP/1042` or `Local/1042@agents/n`.
fn peer<'a>(form: &'a Form<'_>) -> &'a str {
    let interface = form.text("dialedpeernumber").split('@').next().unwrap_or_default();
    interface.rsplit('/').next().unwrap_or_default()
}

fn what(form: &Form<'_>) -> What {
    if is_answered(form) {
        What::answered(seconds::length(form.text("billsec")))
    } else {
        missed(form)
    }
}

/// A person answered. `ANSWERED` alone may be a menu, a queue or a mailbox; only a phone that answered has a peer.
fn is_answered(form: &Form<'_>) -> bool {
    let answered = form.text("dialstatus").eq_ignore_ascii_case("ANSWER")
        || form.text("disposition").eq_ignore_ascii_case("ANSWERED")
        // The CDR of a call that an agent took says NO ANSWER when another agent's phone rang too (Asterisk 22).
        || !form.text("queue").is_empty();
    answered && !peer(form).is_empty() && !went_to_mailbox(form)
}

fn went_to_mailbox(form: &Form<'_>) -> bool {
    !form.text("vmstatus").is_empty()
}

fn missed(form: &Form<'_>) -> What {
    let why = why_missed(form);
    let [start, answer, end] =
        ["start", "answer", "end"].map(|field| seconds::instant(form.text(field)));
    // What answered a call that no person answered is a mailbox or a menu: until then it rang. Whoever gave up
    // rang, or waited in the queue, until the end.
    let until = if why == Why::Abandoned { end } else { answer.or(end) };
    let rang = until.zip(start).map(|(until, start)| until - start);
    What::not_answered(why, rang.filter(|rang| *rang >= TimeDelta::zero()))
}

fn why_missed(form: &Form<'_>) -> Why {
    let status = form.text("dialstatus").to_ascii_uppercase();
    // What the queue says of itself comes before what Dial() may have said in an earlier place.
    match form.text("queuestatus").to_ascii_uppercase().as_str() {
        "TIMEOUT" => return Why::NoAnswer,
        "JOINEMPTY" | "LEAVEEMPTY" | "JOINUNAVAIL" | "LEAVEUNAVAIL" | "FULL" => {
            return Why::Offline;
        }
        _ => {}
    }
    match status.as_str() {
        "CANCEL" => Why::Abandoned,
        // Queue() sets none: who did not get an agent and did not go on to a mailbox has left the queue.
        "" if !form.text("queue").is_empty() && !went_to_mailbox(form) => Why::Abandoned,
        status => why(status, form.text("hangupcause") == "21").unwrap_or(Why::Unknown),
    }
}

/// Why a phone was not taken up, by what `Dial()` says of it in capitals; `None` where that does not tell.
pub(super) fn why(status: &str, rejected: bool) -> Option<Why> {
    match status {
        "NOANSWER" => Some(Why::NoAnswer),
        "BUSY" => Some(Why::Busy),
        "CHANUNAVAIL" | "CONGESTION" if rejected => Some(Why::Refused),
        "CHANUNAVAIL" | "CONGESTION" => Some(Why::Offline),
        "DONTCALL" | "TORTURE" => Some(Why::Refused),
        _ => None,
    }
}
