//! Kazoo (2600Hz): webhooks about channels, and about missed calls and messages.
//!
//! <https://docs.2600hz.com/events/webhooks>, read in part 2026-11-24; the rest is known from sample posts. Nothing that is
//! documented is signed: the address carries a token. Only 200 counts as taken, and a webhook that fails six times a minute
//! is switched off. Times are seconds since the year 0, lengths of messages are milliseconds.

mod channel;
mod notification;

#[cfg(test)]
mod tests;

use super::fields::Fields;
use super::{Adapter, Unreadable, seconds, withheld};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, Why};
use domain::party::Party;

/// From the year 0 to 1970, in seconds.
const GREGORIAN: u64 = 62_167_219_200;

/// Webhooks of Kazoo.
#[derive(Debug)]
pub(super) struct Kazoo;

impl Adapter for Kazoo {
    fn name(&self) -> &'static str {
        "kazoo"
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let fields = Fields::of(request).ok()?;
        let id = fields.first(&["call_id", "voicemail_id", "msg_id"]);
        (!id.is_empty()).then(|| id.to_owned())
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        let fields = Fields::of(request)?;
        match (fields.text("hook_event"), fields.text("event_name")) {
            (event, _) if event.starts_with("channel_") => {
                channel::read(event, &fields, source).map(|fact| Vec::from([fact]))
            }
            (_, "missed_call") => notification::missed(&fields, source).map(|f| Vec::from([f])),
            (_, "voicemail_new" | "voicemail_saved") => {
                notification::message(&fields, source).map(|f| Vec::from([f]))
            }
            // A document has changed: those have a kind and what was done to it, and no call.
            ("", "") if fields.has("action") && fields.has("type") => Ok(Vec::new()),
            ("", "") => Err(Unreadable::missing("hook_event")),
            // Faxes, parked calls, full mailboxes.
            _ => Ok(Vec::new()),
        }
    }
}

/// The caller of a call from outside. Where privacy is asked for, Kazoo puts zeros.
fn caller(fields: &Fields, source: &Source) -> Party {
    let text = fields.first(&["caller_id_number", "from_user"]);
    let zeros = !text.is_empty() && text.bytes().all(|b| b == b'0');
    let withheld = zeros || withheld::is_withheld(text);
    let party = Party::from_text(text, &source.plan).withheld_if(withheld);
    party.named(fields.text("caller_id_name"))
}

/// Seconds since the year 0, UTC.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let whole = text.split('.').next().unwrap_or_default();
    let since_1970 = whole.parse::<u64>().ok()?.checked_sub(GREGORIAN)?;
    seconds::instant(&since_1970.to_string())
}

/// As FreeSWITCH names it.
fn why(cause: &str) -> Why {
    match cause.to_ascii_uppercase().as_str() {
        "NO_ANSWER" | "NO_USER_RESPONSE" | "ALLOTTED_TIMEOUT" | "PROGRESS_TIMEOUT" => Why::NoAnswer,
        "USER_BUSY" => Why::Busy,
        "CALL_REJECTED" => Why::Refused,
        "ORIGINATOR_CANCEL" => Why::Abandoned,
        "SUBSCRIBER_ABSENT" | "USER_NOT_REGISTERED" | "DESTINATION_OUT_OF_ORDER" => Why::Offline,
        "UNALLOCATED_NUMBER" | "NO_ROUTE_DESTINATION" | "NETWORK_OUT_OF_ORDER" => Why::Offline,
        _ => Why::Unknown,
    }
}
