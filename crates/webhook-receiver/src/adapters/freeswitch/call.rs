//! What one leg's record says of its call. The leg that came in tells the whole; those that FreeSWITCH dialled, only their
//! names.

use super::record::Record;
use crate::adapters::{Unreadable, seconds, withheld};
use crate::source::Source;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};

pub(super) fn facts(record: &Record, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
    let uuid = clean(record.uuid());
    if uuid.is_empty() {
        return Err(Unreadable::missing("variables.uuid"));
    }
    let call = clean(record.first(&["originator", "call_uuid", "uuid"]));
    let mut refs = Vec::from([CallRef::Call(call), CallRef::Call(uuid.clone())]);
    refs.dedup();
    let direction = direction(record);
    let whole = CallFact {
        key: format!("cdr:{uuid}"),
        refs,
        direction,
        from: from(record, direction, source),
        to: to(record, direction, source),
        line: line(record, direction, source),
        leg: None,
        what: What::Step,
        began_at: instant(record, "start_epoch"),
        ended_at: instant(record, "end_epoch"),
        // The leg that came in ends last.
        complete: direction != Direction::Onward,
    };
    if direction == Direction::Onward {
        return Ok(Vec::from([CallFact { leg: Some(uuid), ..whole }]));
    }
    if direction == Direction::Outbound && whole.to.is_nobody() {
        return Err(Unreadable::missing("destination_number"));
    }
    let talk = answered(record, direction).map(|talk| CallFact { what: talk, ..whole.clone() });
    let message = message(record).filter(|_| direction == Direction::Inbound);
    Ok(match (talk, message) {
        (None, None) => Vec::from([CallFact { what: missed(record), ..whole }]),
        (Some(talk), None) => Vec::from([talk]),
        (None, Some(message)) => Vec::from([left(message, whole)]),
        // R1: a message is one, whoever answered before it.
        (Some(talk), Some(message)) => {
            let key = format!("{}:talk", whole.key);
            Vec::from([CallFact { key, ..talk }, left(message, whole)])
        }
    })
}

/// FreeSWITCH calls each leg that comes in "inbound", one of ours who rings out too. What it has let in by a password is one
/// of ours; the dialplan `public` is for everybody else.
fn direction(record: &Record) -> Direction {
    let is_agents = record.text("cc_side").eq_ignore_ascii_case("agent");
    if record.direction.eq_ignore_ascii_case("outbound") || is_agents {
        return Direction::Onward;
    }
    if record.is("sip_authorized") || record.has("user_name") {
        return Direction::Outbound;
    }
    let entered = record.profiles.first().map(|profile| profile.context.as_str());
    let context = entered.filter(|c| !c.is_empty()).unwrap_or(record.text("user_context"));
    if context.eq_ignore_ascii_case("public") {
        return Direction::Inbound;
    }
    // FusionPBX says it in so many words.
    match record.text("call_direction").to_ascii_lowercase().as_str() {
        "inbound" => Direction::Inbound,
        "outbound" | "local" => Direction::Outbound,
        _ if context.is_empty() => Direction::Unsaid,
        _ => Direction::Outbound,
    }
}

fn from(record: &Record, direction: Direction, source: &Source) -> Party {
    let shown: &[&str] = match direction {
        Direction::Outbound => {
            &["effective_caller_id_number", "outbound_caller_id_number", "caller_id_number"]
        }
        Direction::Onward => &["caller_id_number"],
        Direction::Inbound | Direction::Unsaid => return caller(record, source),
    };
    // One of ours without a number is no secret.
    let party = Party::from_text(record.first(shown), &source.plan);
    let nobody = withheld::is_withheld(&party.text);
    if nobody { Party::absent() } else { party.named(name(record, source)) }
}

fn caller(record: &Record, source: &Source) -> Party {
    let number = record.first(&["caller_id_number", "sip_from_user"]);
    // The network may tell the PBX a number that the caller asked to hide: the address in From has none then.
    let hidden = record.is("privacy_hide_number")
        || (record.has("sip_from_user") && withheld::is_withheld(record.text("sip_from_user")))
        || ["sip_h_Privacy", "sip_Privacy"].iter().any(|header| asks_to_hide(record.text(header)));
    withheld::caller(number, source).withheld_if(hidden).named(name(record, source))
}

/// RFC 3323, 4.2, and RFC 3325, 9.3: several values are separated by semicolons.
fn asks_to_hide(privacy: &str) -> bool {
    let hides = ["id", "user", "header", "full", "yes"];
    privacy.split(';').any(|value| hides.iter().any(|h| value.trim().eq_ignore_ascii_case(h)))
}

/// Many networks send the number again where a name belongs.
fn name<'a>(record: &'a Record, source: &Source) -> &'a str {
    let name = record.text("caller_id_name");
    if withheld::is_withheld(name) || source.plan.read(name).is_some() { "" } else { name }
}

/// The public number that was dialled; of a call to outside, the outside number, whatever prefix was dialled before it.
fn to(record: &Record, direction: Direction, source: &Source) -> Party {
    let mut destinations = record.profiles.iter().map(|profile| profile.destination.as_str());
    let requested = record.first(&["sip_req_user", "sip_to_user", "destination_number"]);
    if direction != Direction::Outbound {
        let first = if requested.is_empty() { destinations.next() } else { Some(requested) };
        return Party::from_text(first.unwrap_or_default(), &source.plan);
    }
    let dialled = destinations.clone().rev().find(|dialled| source.plan.read(dialled).is_some());
    let last = || destinations.next_back().filter(|dialled| !dialled.is_empty());
    Party::from_text(dialled.or_else(last).unwrap_or(requested), &source.plan)
}

/// Whose mailbox it is, else who was offered the call last; of a call to outside, who dials.
fn line(record: &Record, direction: Direction, source: &Source) -> Party {
    match direction {
        Direction::Outbound => {
            Party::alias(record.first(&["user_name", "sip_auth_username", "accountcode"]))
        }
        Direction::Onward => Party::alias(record.text("dialed_user")),
        Direction::Inbound | Direction::Unsaid => {
            let mailbox = match message(record) {
                Some(_) => record.first(&["voicemail_account", "voicemail_id"]),
                None => "",
            };
            let last = record.profiles.last().map_or("", |profile| profile.destination.as_str());
            let named = [mailbox, record.text("dialed_extension"), last];
            let named = named.into_iter().find(|text| !text.is_empty());
            Party::from_text(named.unwrap_or_default(), &source.plan)
        }
    }
}

/// A person answered where the call was bridged to another leg; menus, queues and mailboxes answer too.
fn answered(record: &Record, direction: Direction) -> Option<What> {
    let bridged_at = instant(record, "bridge_epoch");
    let by_agent = record.text("cc_cause").eq_ignore_ascii_case("answered");
    let bridged = bridged_at.is_some() || record.has("bridge_uuid") || by_agent;
    // Bridged while it rings, to let the caller hear how: then nobody answered yet.
    let only_rang = record.has("answer_epoch") && instant(record, "answer_epoch").is_none();
    if !bridged || only_rang {
        return None;
    }
    let talked = || bridged_at.zip(instant(record, "end_epoch")).map(|(from, until)| until - from);
    let billed = seconds::length(record.text("billsec"));
    let talk = match direction {
        Direction::Outbound => billed,
        Direction::Inbound | Direction::Unsaid | Direction::Onward => talked().or(billed),
    };
    Some(What::answered(talk.filter(|talk| *talk >= TimeDelta::zero())))
}

/// `mod_voicemail` says how long the message is as a clock does, FusionPBX in seconds; neither, where none was left.
fn message(record: &Record) -> Option<TimeDelta> {
    let length = record.text("voicemail_message_len");
    if let Some(length) = seconds::clock(length).or_else(|| seconds::length(length)) {
        return Some(length);
    }
    let answered = record.has("voicemail_answer_stamp") || record.has("voicemail_answer_epoch");
    let length = seconds::length(record.text("voicemail_message_seconds"));
    length.filter(|length| answered && *length > TimeDelta::zero())
}

fn left(length: TimeDelta, whole: CallFact) -> CallFact {
    // The recording is a file on the PBX, not a link.
    CallFact { what: What::voicemail(Some(length), None), ..whole }
}

fn missed(record: &Record) -> What {
    let why = why(record);
    let [began, answered, ended] =
        ["start_epoch", "answer_epoch", "end_epoch"].map(|field| instant(record, field));
    // What answered was a machine: until then it rang. Who was in a queue waited until the end.
    let waited = why == Why::Abandoned || record.has("cc_side");
    let until = if waited { ended } else { answered.or(ended) };
    let rang = until.zip(began).map(|(until, began)| until - began);
    What::not_answered(why, rang.filter(|rang| *rang >= TimeDelta::zero()))
}

fn why(record: &Record) -> Why {
    if record.text("cc_side").eq_ignore_ascii_case("member") && record.has("cc_cause") {
        return match record.text("cc_cancel_reason").to_ascii_uppercase().as_str() {
            "TIMEOUT" => Why::NoAnswer,
            "NO_AGENT_TIMEOUT" => Why::Offline,
            _ => Why::Abandoned,
        };
    }
    if record.is("do_not_disturb") {
        return Why::DoNotDisturb;
    }
    let cause = record.first(&["originate_disposition", "hangup_cause"]);
    match cause.to_ascii_uppercase().as_str() {
        "NO_ANSWER" | "NO_USER_RESPONSE" | "ALLOTTED_TIMEOUT" | "PROGRESS_TIMEOUT" => Why::NoAnswer,
        "USER_BUSY" => Why::Busy,
        "CALL_REJECTED" => Why::Refused,
        "ORIGINATOR_CANCEL" => Why::Abandoned,
        "USER_NOT_REGISTERED" | "SUBSCRIBER_ABSENT" | "DESTINATION_OUT_OF_ORDER" => Why::Offline,
        "NO_ROUTE_DESTINATION" | "UNALLOCATED_NUMBER" | "GATEWAY_DOWN" => Why::Offline,
        "NETWORK_OUT_OF_ORDER" | "NORMAL_TEMPORARY_FAILURE" => Why::Offline,
        "RECOVERY_ON_TIMER_EXPIRE" | "NORMAL_CIRCUIT_CONGESTION" => Why::Offline,
        _ => Why::Unknown,
    }
}

/// Seconds since 1970; the stamps beside them are local times without a zone.
fn instant(record: &Record, field: &str) -> Option<DateTime<Utc>> {
    seconds::instant(record.text(field))
}
