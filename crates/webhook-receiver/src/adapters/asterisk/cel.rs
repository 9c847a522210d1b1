//! Rows of `cel.csv`: what happened to each channel of a call. The caller's channel has the name of the call.
//!
//! <https://docs.asterisk.org/Configuration/Reporting/Channel-Event-Logging-CEL/>, read 2026-11-28; rows of Asterisk 22.

use super::{caller, channel, hangup, records};
use crate::adapters::{Unreadable, seconds};
use crate::request::Form;
use crate::source::Source;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{CallFact, Direction, What, Why};
use domain::party::{Party, clean};
use serde_json::{Map, Value};

pub(super) fn read(row: &Form<'_>, source: &Source) -> Result<Option<CallFact>, Unreadable> {
    let [uniqueid, linkedid] = [row.required("uniqueid")?, row.required("linkedid")?];
    let event = row.required("eventtype")?.to_ascii_uppercase();
    let is_callers = uniqueid == linkedid;
    let what = match (event.as_str(), is_callers) {
        // Who rings, and whom, is told before anybody changes it.
        ("CHAN_START", true) => What::Step,
        // What follows tells whether a phone was there at all, and took it up.
        ("APP_START", true) if is_offered(row) => What::not_answered(Why::Unknown, None),
        ("HANGUP", true) => end_of_call(row),
        // A mailbox and a menu answer the caller's own channel, so it is the other one that tells of people.
        ("BRIDGE_ENTER", false) => What::Talking,
        ("HANGUP", false) => What::not_answered(why_unanswered(row), None),
        _ => return Ok(None),
    };
    let at = time(row, source).ok_or_else(|| {
        Unreadable::field("eventtime", "a time such as 2026-11-28 10:00:00 or seconds since 1970")
    })?;
    let call = Row { row, source, uniqueid, linkedid, at };
    Ok(Some(if is_callers { call.of_caller(&event, what) } else { call.of_phone(&event, what) }))
}

struct Row<'a> {
    row: &'a Form<'a>,
    source: &'a Source,
    uniqueid: &'a str,
    linkedid: &'a str,
    at: DateTime<Utc>,
}

impl Row<'_> {
    fn of_caller(&self, event: &str, what: What) -> CallFact {
        let (row, source) = (self.row, self.source);
        let [number, name] = [row.text("cidnum"), row.text("cidname")];
        let phone = channel::extension(row.text("channame"), source);
        let from = match phone {
            Some(_) => caller::of_own_call(number, name, "", source),
            None => caller::of_call(number, name, "", source),
        };
        // R6: the network's number stands here though the caller withheld it; our dialplan says so.
        let withheld = records::is_withheld(row.text("userfield"));
        let to = self.dialled();
        let outbound = phone.is_some() && to.number.is_some();
        CallFact {
            direction: if outbound { Direction::Outbound } else { Direction::Unsaid },
            from: from.withheld_if(withheld),
            // Whose phone a caller from inside rings from is theirs; whom a caller rings is told by the phones.
            line: phone.filter(|_| outbound).map_or_else(Party::absent, Party::alias),
            to,
            ..self.fact(event, what)
        }
    }

    fn of_phone(&self, event: &str, what: What) -> CallFact {
        let fact = CallFact { leg: Some(clean(self.uniqueid)), ..self.fact(event, what) };
        match channel::extension(self.row.text("channame"), self.source) {
            Some(phone) => CallFact { line: Party::alias(phone), to: self.dialled(), ..fact },
            // A trunk's channel is whatever the caller's is a call to.
            None => fact,
        }
    }

    /// The extension in which the dialplan is; a group's or a queue's where one of their phones rings.
    fn dialled(&self) -> Party {
        match self.row.text("exten") {
            "s" | "h" => Party::absent(),
            exten => Party::from_text(exten, &self.source.plan),
        }
    }

    /// A channel that ends had rung since it began; an offer is made in no time.
    fn with_ring(&self, event: &str, what: What) -> What {
        let What::NotAnswered { why, .. } = what else { return what };
        let rang = match event {
            "APP_START" => Some(TimeDelta::zero()),
            _ => seconds::between(channel::began(self.uniqueid), Some(self.at)),
        };
        What::not_answered(why, rang)
    }

    fn fact(&self, event: &str, what: What) -> CallFact {
        CallFact {
            key: clean(&format!("cel:{}:{}", self.uniqueid, event.to_ascii_lowercase())),
            refs: channel::refs([self.linkedid, self.uniqueid]),
            direction: Direction::Unsaid,
            from: Party::absent(),
            to: Party::absent(),
            line: Party::absent(),
            leg: None,
            what: self.with_ring(event, what),
            began_at: channel::began(self.uniqueid).filter(|_| event != "APP_START"),
            ended_at: Some(self.at),
            complete: false,
        }
    }
}

/// A phone or a queue is offered the call.
fn is_offered(row: &Form<'_>) -> bool {
    ["Dial", "Queue"].iter().any(|app| row.text("appname").eq_ignore_ascii_case(app))
}

/// Seconds since 1970, or a date in the zone of the source, or in UTC where that is nearer to the name of the channel.
fn time(row: &Form<'_>, source: &Source) -> Option<DateTime<Utc>> {
    let text = row.text("eventtime");
    let near = channel::began(row.text("uniqueid"));
    let of = |zone| seconds::local(text, zone, near);
    let off = |at: &DateTime<Utc>| near.map(|near| (*at - near).abs());
    let dates = [of(source.zone), of(chrono_tz::Tz::UTC)];
    seconds::instant(text).or_else(|| dates.into_iter().flatten().min_by_key(off))
}

/// How the call ended for the caller: by what `Dial()` said last. Where a phone answered, that phone tells.
fn end_of_call(row: &Form<'_>) -> What {
    match extra(row, "dialstatus").to_ascii_uppercase().as_str() {
        "CANCEL" => What::not_answered(Why::Abandoned, None),
        "ANSWER" | "" => What::Ended,
        status => hangup::why(status, extra(row, "hangupcause") == "21")
            .map_or(What::Ended, |why| What::not_answered(why, None)),
    }
}

/// Why a phone stopped ringing, by the cause of its end (ITU-T Q.850).
fn why_unanswered(row: &Form<'_>) -> Why {
    match extra(row, "hangupcause").as_str() {
        "17" => Why::Busy,
        "21" => Why::Refused,
        "3" | "18" | "20" | "22" | "27" | "34" | "38" => Why::Offline,
        _ => Why::NoAnswer,
    }
}

/// `{"hangupcause":17,"hangupsource":"…","dialstatus":"BUSY"}`.
fn extra(row: &Form<'_>, name: &str) -> String {
    let extra: Map<String, Value> =
        serde_json::from_str(row.text("eventextra")).unwrap_or_default();
    Form::of_object(extra).text(name).to_owned()
}
