//! Which of Plivo's requests it is, and what it tells. The fields that are there say so.

use crate::adapters::fields::Fields;
use crate::adapters::{Unreadable, seconds};
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{What, Why};
use domain::party::clean;
use url::Url;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// How `<Dial>` ended: its `action`.
    Dialled,
    /// A phone that `<Dial>` rings was picked up or put down: its `callbackUrl`.
    Phone,
    /// What `<Record>` recorded.
    Recorded,
    /// The call is over: `hangup_url`.
    Hangup,
    /// It begins, rings, is answered by a program; keys.
    Other,
}

impl Event {
    /// # Errors
    /// [`Unreadable`] when it is about a call in a way that we do not know.
    pub(super) fn of(fields: &Fields) -> Result<Self, Unreadable> {
        let over = ["completed", "busy", "failed", "timeout", "no-answer", "cancel", "machine"];
        let is_over = over.contains(&fields.text("CallStatus"));
        if fields.text("Event").eq_ignore_ascii_case("hangup") {
            return Ok(Self::Hangup);
        }
        if fields.has("DialAction") {
            return Ok(Self::Phone);
        }
        if fields.has("DialStatus") {
            return Ok(Self::Dialled);
        }
        if ["RecordUrl", "RecordingID", "RecordFile"].iter().any(|f| fields.has(f)) {
            return Ok(Self::Recorded);
        }
        if is_over || fields.has("HangupCause") {
            return Ok(Self::Hangup);
        }
        if !fields.has("CallStatus") && !fields.has("Event") {
            return Err(Unreadable::missing("CallStatus"));
        }
        Ok(Self::Other)
    }

    /// Whether it says how a call went on that Plivo itself began.
    pub(super) fn is_put_through(self) -> bool {
        self == Self::Dialled || self == Self::Phone
    }

    pub(super) fn key(self, fields: &Fields) -> String {
        let call = fields.text("CallUUID");
        match self {
            Self::Dialled => format!("dial:{call}:{}", fields.text("DialBLegUUID")),
            Self::Phone => {
                let [leg, action] = ["DialBLegUUID", "DialAction"].map(|f| fields.text(f));
                format!("phone:{leg}:{action}")
            }
            Self::Recorded => {
                format!("recording:{}", fields.first(&["RecordingID", "RecordUrl", "CallUUID"]))
            }
            Self::Hangup => format!("hangup:{call}"),
            Self::Other => format!("other:{call}:{}", fields.text("Event")),
        }
    }

    pub(super) fn leg(self, fields: &Fields) -> Option<String> {
        let leg = match self {
            Self::Phone => clean(fields.text("DialBLegUUID")),
            Self::Hangup | Self::Other => clean(fields.text("CallUUID")),
            Self::Dialled | Self::Recorded => String::new(),
        };
        (!leg.is_empty()).then_some(leg)
    }

    /// Whether nothing else is to be expected: whoever rang us has gone, or has left a message (R1, R4).
    pub(super) fn is_last(self, fields: &Fields) -> bool {
        match self {
            Self::Hangup => fields.text("Direction") == "inbound",
            Self::Recorded => is_message(fields),
            Self::Dialled | Self::Phone | Self::Other => false,
        }
    }

    pub(super) fn what(self, fields: &Fields) -> What {
        let talk = |field: &str| seconds::length(fields.text(field)).filter(|t| !t.is_zero());
        match self {
            Self::Dialled if fields.text("DialStatus") == "completed" => {
                What::answered(talk("DialBLegDuration"))
            }
            Self::Dialled => What::not_answered(
                why(fields.text("DialStatus"), fields.text("DialHangupCause")),
                None,
            ),
            Self::Phone => match fields.text("DialAction") {
                "answer" | "connected" => What::Talking,
                // One of several that rang tells nothing; the end of `<Dial>` does.
                _ if talk("DialBLegDuration").is_some() => What::answered(talk("DialBLegDuration")),
                "hangup" => What::Ended,
                _ => What::Step,
            },
            Self::Recorded if is_message(fields) => What::voicemail(length(fields), link(fields)),
            Self::Hangup => over(fields, talk("Duration")),
            Self::Recorded | Self::Other => What::Step,
        }
    }

    pub(super) fn began_at(self, fields: &Fields) -> Option<DateTime<Utc>> {
        let began = seconds::instant_of_millis(fields.text("RecordingStartMs"));
        began.filter(|_| self == Self::Recorded)
    }

    pub(super) fn ended_at(self, fields: &Fields) -> Option<DateTime<Utc>> {
        let ended = seconds::instant_of_millis(fields.text("RecordingEndMs"));
        ended.filter(|_| self == Self::Recorded)
    }
}

/// A call to us is `completed` by whatever took it: a greeting, a menu, a mailbox. Whether a person did is for `<Dial>` to
/// say (R3). A leg that Plivo dialled was answered by whoever picked up.
fn over(fields: &Fields, talk: Option<TimeDelta>) -> What {
    let machine = fields.text("Machine").eq_ignore_ascii_case("true");
    match (fields.text("CallStatus"), fields.text("Direction")) {
        ("completed", "outbound") if machine => What::not_answered(Why::Unknown, None),
        ("completed", "outbound") => What::answered(talk),
        ("completed", _) => What::Step,
        (status, _) => What::not_answered(why(status, fields.text("HangupCause")), None),
    }
}

fn why(status: &str, cause: &str) -> Why {
    match (status, cause.to_ascii_uppercase().as_str()) {
        ("busy", _) | (_, "USER_BUSY") => Why::Busy,
        (_, "CALL_REJECTED") => Why::Refused,
        ("cancel", _) | (_, "ORIGINATOR_CANCEL") => Why::Abandoned,
        ("no-answer" | "timeout", _) | (_, "NO_ANSWER") => Why::NoAnswer,
        ("failed", _) => Why::Offline,
        _ => Why::Unknown,
    }
}

/// A whole session that is recorded is announced at its beginning with -1, and is no message.
fn is_message(fields: &Fields) -> bool {
    let begins = ["RecordingDuration", "RecordingDurationMs"]
        .iter()
        .any(|field| fields.text(field).starts_with('-'));
    !begins && fields.text("Direction") != "outbound"
}

fn length(fields: &Fields) -> Option<TimeDelta> {
    let exact = seconds::length_of_millis(fields.text("RecordingDurationMs"));
    exact.or_else(|| seconds::length(fields.text("RecordingDuration")))
}

fn link(fields: &Fields) -> Option<Url> {
    let link = Url::parse(fields.first(&["RecordUrl", "RecordFile"])).ok();
    link.filter(|link| matches!(link.scheme(), "http" | "https"))
}
