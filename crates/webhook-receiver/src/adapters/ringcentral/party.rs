//! The parties of a telephony session, each with what has become of it.

use crate::adapters::{Unreadable, json, withheld};
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::party::{Party, clean};
use serde_json::Value;

/// A session has a few parties; what is beyond is no call.
const MOST: usize = 100;

pub(super) fn read(
    body: &Value,
    key: &str,
    at: Option<DateTime<Utc>>,
    source: &Source,
) -> Result<Vec<CallFact>, Unreadable> {
    let session = json::name(body, "telephonySessionId")
        .ok_or_else(|| Unreadable::missing("body.telephonySessionId"))?;
    let parties = json::list(body, "parties");
    if parties.is_empty() {
        return Err(Unreadable::missing("body.parties"));
    }
    let fact = |(n, party): (usize, &Value)| {
        let status = json::name(party, "status.code")
            .ok_or_else(|| Unreadable::missing("body.parties.status.code"))?;
        let direction = direction(&json::text(party, "direction"))?;
        let number = |who: &str| {
            json::first(party, &[&format!("{who}.phoneNumber"), &format!("{who}.extensionNumber")])
        };
        let from = match direction {
            Direction::Outbound => Party::from_text(&number("from"), &source.plan),
            Direction::Inbound | Direction::Onward | Direction::Unsaid => {
                withheld::caller(&number("from"), source)
            }
        };
        let ours = if direction == Direction::Outbound { "from" } else { "to" };
        let line = json::first(party, &["extensionId", &format!("{ours}.extensionId")]);
        Ok(CallFact {
            key: clean(&if n == 0 { key.to_owned() } else { format!("{key}:{n}") }),
            refs: Vec::from([CallRef::Call(session.clone())]),
            direction,
            from: from.named(&json::text(party, "from.name")),
            to: Party::from_text(&number("to"), &source.plan),
            what: what(&status, direction, party, !line.is_empty()),
            line: Party::alias(&line),
            leg: json::name(party, "id"),
            // `eventTime` is documented as the begin of the call and is now this, now that.
            began_at: None,
            ended_at: at,
            complete: false,
        })
    };
    parties.iter().take(MOST).enumerate().map(fact).collect()
}

fn direction(word: &str) -> Result<Direction, Unreadable> {
    match word {
        "Inbound" => Ok(Direction::Inbound),
        "Outbound" => Ok(Direction::Outbound),
        "" => Err(Unreadable::missing("body.parties.direction")),
        other => Err(Unreadable::unknown("body.parties.direction", other)),
    }
}

/// `has_line`: a party without an extension is a menu or a trunk, which is nobody (R3).
fn what(status: &str, direction: Direction, party: &Value, has_line: bool) -> What {
    let is_ours = direction == Direction::Outbound;
    match status {
        "Setup" | "Proceeding" if has_line => What::Ringing,
        "Answered" if has_line => What::Talking,
        "Disconnected" => {
            let reason = json::text(party, "status.reason");
            let elsewhere = ["Pickup", "AgentAnswered", "CallSwitch"].contains(&reason.as_str());
            let missed = json::is_true(party, "missedCall") && !elsewhere;
            match missed || is_ours {
                true => What::not_answered(why(&reason), None),
                // It was answered, which another post told, or somebody else in the group took it.
                false => What::Ended,
            }
        }
        _ => What::Step,
    }
}

fn why(reason: &str) -> Why {
    match reason {
        "NoAnswer" | "Timeout" => Why::NoAnswer,
        "TargetBusy" => Why::Busy,
        "Rejected" => Why::Refused,
        "Cancelled" | "AgentDropped" => Why::Abandoned,
        "NoSuchUser" | "InvalidNumber" => Why::Offline,
        _ => Why::Unknown,
    }
}
