//! Events of the Asterisk REST Interface that a relay posts as they come out of its websocket.
//!
//! <https://docs.asterisk.org/Asterisk_22_Documentation/API_Documentation/Asterisk_REST_Interface/Asterisk_REST_Data_Models/>,
//! read 2026-11-24. Channels carry no linked id there, so only what names two of them joins them.

use super::channel;
use super::dialled::Dialled;
use crate::adapters::{Unreadable, seconds};
use crate::request::Form;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, Direction, What};
use domain::party::{Party, clean};
use serde_json::{Map, Value};

pub(super) fn read(
    event: Map<String, Value>,
    source: &Source,
) -> Result<Option<CallFact>, Unreadable> {
    let kind = match event.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        _ => {
            return Err(Unreadable::because(
                "this JSON is no event: AMI's have a name in \"Event\", ARI's in \"type\"",
            ));
        }
    };
    match kind.as_str() {
        "Dial" => dial(event, source).map(Some),
        kind => Ok(step(kind, event)),
    }
}

/// A channel, with its nested parts made flat.
struct Channel {
    id: String,
    name: String,
    number: String,
    caller: String,
    exten: String,
}

impl Channel {
    fn of(event: &mut Map<String, Value>, member: &str) -> Option<Self> {
        let Some(Value::Object(mut channel)) = event.remove(member) else { return None };
        let mut part = |name: &str| match channel.remove(name) {
            Some(Value::Object(part)) => Form::of_object(part),
            _ => Form::of_object(Map::new()),
        };
        let [caller, dialplan] = ["caller", "dialplan"].map(&mut part);
        let channel = Form::of_object(channel);
        Some(Self {
            id: channel.text("id").to_owned(),
            name: channel.text("name").to_owned(),
            number: caller.text("number").to_owned(),
            caller: caller.text("name").to_owned(),
            exten: dialplan.text("exten").to_owned(),
        })
        .filter(|channel| !channel.id.is_empty())
    }
}

/// Beginning, ringing and end of a dialled phone are all `Dial`; only the last has a `dialstatus` that counts.
fn dial(mut event: Map<String, Value>, source: &Source) -> Result<CallFact, Unreadable> {
    let caller = Channel::of(&mut event, "caller");
    let peer = Channel::of(&mut event, "peer").ok_or_else(|| Unreadable::missing("peer.id"))?;
    let event = Form::of_object(event);
    let Some(caller) = caller else {
        // Dialled by a program, for nobody yet.
        return Ok(of_channel("dial", &peer.id));
    };
    let dialled = Dialled {
        key: format!("dial:{}:{}", caller.id, peer.id),
        refs: channel::refs([caller.id.as_str(), peer.id.as_str()]),
        number: &caller.number,
        name: &caller.caller,
        exten: &caller.exten,
        to: &peer.number,
        channel: &peer.name,
        leg: &peer.id,
        status: event.text("dialstatus"),
        at: instant(event.text("timestamp")),
    };
    Ok(dialled.fact(source))
}

/// A channel's end tells nothing of its call by itself; with cause 26, "Answered elsewhere", least of all.
fn step(kind: &str, mut event: Map<String, Value>) -> Option<CallFact> {
    let channel = Channel::of(&mut event, "channel")?;
    let kind = if kind == "ChannelDestroyed" { "destroyed" } else { kind };
    Some(of_channel(kind, &channel.id))
}

fn of_channel(kind: &str, id: &str) -> CallFact {
    CallFact {
        key: clean(&format!("{kind}:{id}")),
        refs: channel::refs([id]),
        direction: Direction::Unsaid,
        from: Party::absent(),
        to: Party::absent(),
        line: Party::absent(),
        leg: None,
        what: What::Step,
        began_at: channel::began(id),
        ended_at: None,
        complete: false,
    }
}

/// `2026-11-09T10:48:52.104+0100`.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let at = DateTime::parse_from_rfc3339(text).ok();
    let at = at.or_else(|| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z").ok())?;
    seconds::believable(at.to_utc())
}
