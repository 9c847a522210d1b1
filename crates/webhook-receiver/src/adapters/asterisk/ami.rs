//! Events of the Asterisk Manager Interface that a relay posts, one JSON object each, names and values unchanged.
//!
//! <https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/AMI_Events/Cdr/>, `DialEnd` beside it; read 2026-11-24. Times of `Cdr` are local, without a zone.

use super::dialled::Dialled;
use super::{caller, channel};
use crate::adapters::{Unreadable, seconds};
use crate::request::Form;
use crate::source::Source;
use chrono::TimeDelta;
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};

pub(super) fn read(form: &Form<'_>, source: &Source) -> Result<Option<CallFact>, Unreadable> {
    match form.text("Event") {
        "Cdr" => cdr(form, source).map(Some),
        "DialEnd" => dial_end(form, source).map(Some),
        // A mailbox's counts, a hang-up, a bridge: it only tells which names a call has.
        event => Ok(step(event, form)),
    }
}

/// What makes a repetition recognisable.
pub(super) fn id<'a>(form: &'a Form<'_>) -> &'a str {
    first(form, ["UniqueID", "Uniqueid"])
}

fn refs(form: &Form<'_>) -> Vec<CallRef> {
    channel::refs([first(form, ["LinkedID", "Linkedid"]), id(form)])
}

fn step(event: &str, form: &Form<'_>) -> Option<CallFact> {
    let refs = refs(form);
    let is_of_a_call = !refs.is_empty();
    is_of_a_call.then(|| CallFact {
        key: clean(&format!("{}:{}", event.to_ascii_lowercase(), id(form))),
        refs,
        direction: Direction::Unsaid,
        from: Party::absent(),
        to: Party::absent(),
        line: Party::absent(),
        leg: None,
        what: What::Step,
        began_at: channel::began(id(form)),
        ended_at: None,
        complete: false,
    })
}

fn dial_end(form: &Form<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let leg = form.required("DestUniqueid")?;
    let dialled = Dialled {
        key: format!("dialend:{}:{leg}", id(form)),
        refs: channel::refs([
            first(form, ["LinkedID", "Linkedid"]),
            id(form),
            form.text("DestLinkedid"),
        ]),
        number: form.text("CallerIDNum"),
        name: form.text("CallerIDName"),
        exten: form.text("Exten"),
        to: form.text("DestCallerIDNum"),
        channel: form.text("DestChannel"),
        leg,
        status: form.required("DialStatus")?,
        at: seconds::instant(form.text("Timestamp")),
    };
    Ok(dialled.fact(source))
}

/// One record: a call, or one of the phones that were dialled for it. It does not say which way the call went; a `DID`
/// is there when it came from outside, and who has a short number is one of ours.
pub(super) fn cdr(form: &Form<'_>, source: &Source) -> Result<CallFact, Unreadable> {
    let uniqueid = form.required("UniqueID")?;
    form.required("Disposition")?;
    let [number, did] = ["Source", "DID"].map(|field| form.text(field));
    let destination = Party::from_text(destination(form), &source.plan);
    let by_one_of_ours = did.is_empty() && channel::is_extension(number, source);
    let direction = match (did, by_one_of_ours && destination.number.is_some()) {
        ("", true) => Direction::Outbound,
        ("", false) => Direction::Unsaid,
        (_, _) => Direction::Inbound,
    };
    let name = caller::name(form.text("CallerID"));
    let line = match direction {
        Direction::Outbound => Party::alias(number),
        Direction::Inbound | Direction::Unsaid | Direction::Onward => {
            line(form, &destination, source)
        }
    };
    let part = match first(form, ["Sequence", "sequence"]) {
        "" => form.text("DestinationChannel"),
        sequence => sequence,
    };
    let mailbox = is_mailbox(form)
        .then(|| channel::passing(form.text("SystemName"), form.text("Channel")))
        .flatten();
    let near = channel::began(uniqueid);
    let at = |field| seconds::local(form.text(field), source.zone, near);
    let began_at = at("StartTime").or(near);
    // A record may be kept without its end.
    let lasted = || began_at.zip(seconds::length(form.text("Duration")));
    Ok(CallFact {
        key: clean(&format!("cdr:{uniqueid}:{part}")),
        refs: refs(form).into_iter().chain(mailbox).collect(),
        direction,
        from: match by_one_of_ours {
            true => caller::of_own_call(number, &name, "", source),
            false => caller::of_call(number, &name, "", source),
        },
        to: if did.is_empty() { destination } else { Party::from_text(did, &source.plan) },
        line,
        leg: None,
        what: what(form),
        began_at,
        ended_at: at("EndTime").or_else(|| lasted().map(|(began, lasted)| began + lasted)),
        // There is a record for each phone that was dialled: others may follow.
        complete: false,
    })
}

/// What was dialled last. FreePBX has extensions of its own for the mailbox of a person: `vmu1042`.
fn destination<'a>(form: &'a Form<'_>) -> &'a str {
    let destination = form.text("Destination");
    let mailbox = ["vmu", "vmb", "vms", "vmi"].iter().find_map(|way| destination.strip_prefix(way));
    mailbox.filter(|of| of.bytes().all(|b| b.is_ascii_digit())).unwrap_or(destination)
}

/// The telephone that was dialled, else what was dialled; of a call to outside, the telephone that dialled.
fn line(form: &Form<'_>, destination: &Party, source: &Source) -> Party {
    if channel::is_extension(&destination.text, source)
        && form.text("DestinationChannel").is_empty()
    {
        return destination.clone();
    }
    let dialled = channel::extension(form.text("DestinationChannel"), source);
    let of_us = || {
        channel::extension(form.text("Channel"), source).filter(|_| destination.number.is_some())
    };
    match dialled.or_else(of_us) {
        Some(extension) => Party::alias(extension),
        None if destination.number.is_some() || destination.text == "s" => Party::absent(),
        None => destination.clone(),
    }
}

fn is_mailbox(form: &Form<'_>) -> bool {
    form.text("LastApplication").to_ascii_lowercase().starts_with("voicemail")
}

/// A person answered only where a channel was dialled: a menu, a queue and a mailbox answer too.
fn what(form: &Form<'_>) -> What {
    let disposition = form.text("Disposition").to_ascii_uppercase();
    let answered = disposition == "ANSWERED";
    if answered && !form.text("DestinationChannel").is_empty() && !is_mailbox(form) {
        // A caller whom a menu, a queue or a colleague had answered before is counted as talking while the phone still
        // rings: then the record begins answered, and for how long they talked is not known (R21).
        let [start, answer] = ["StartTime", "AnswerTime"].map(|field| form.text(field));
        let had_been_answered = !start.is_empty() && start == answer;
        let talk = seconds::length(form.text("BillableSeconds"));
        return What::answered(talk.filter(|_| !had_been_answered));
    }
    let waited = form.text("LastApplication").eq_ignore_ascii_case("Queue");
    let why = match disposition.as_str() {
        "NO ANSWER" => Why::NoAnswer,
        "BUSY" => Why::Busy,
        "FAILED" | "CONGESTION" => Why::Offline,
        // Who waited in a queue until the end has left it.
        "ANSWERED" if waited => Why::Abandoned,
        _ => Why::Unknown,
    };
    let lasted = seconds::length(form.text("Duration"));
    // What answered was a machine: until then it rang.
    let of_machine = seconds::length(form.text("BillableSeconds")).filter(|_| answered && !waited);
    let rang = lasted.map(|lasted| lasted - of_machine.unwrap_or_default());
    What::not_answered(why, rang.filter(|rang| *rang >= TimeDelta::zero()))
}

fn first<'a>(form: &'a Form<'_>, names: [&str; 2]) -> &'a str {
    names.iter().map(|name| form.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
}
