//! Which of Vonage's events it is, and what it tells.

use super::{instant, talk, talked};
use crate::adapters::fields::Fields;
use crate::adapters::{Unreadable, seconds};
use chrono::{DateTime, Utc};
use domain::fact::{Direction, What, Why};
use url::Url;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// The leg of whoever rang us, or of one of ours in a client.
    Incoming(Stage),
    /// A leg that Vonage dialled: to one of ours, or to somebody outside.
    Dialled(Stage),
    /// `record`: it has no status and names nobody.
    Recorded,
    /// Moved to another conversation, human or machine, keys, speech.
    Other,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Rings,
    Answered,
    /// It lasted: somebody or something had taken it.
    Completed,
    Failed(Why),
    Other,
}

impl Event {
    /// # Errors
    /// [`Unreadable`] when it has neither a status nor a recording.
    pub(super) fn of(fields: &Fields) -> Result<Self, Unreadable> {
        if fields.has("recording_url") && !fields.has("status") {
            return Ok(Self::Recorded);
        }
        let direction = fields.text("direction");
        if !fields.has("status") {
            // Keys and speech (`dtmf`, `speech`), transfers and errors have none.
            let of_a_leg = ["inbound", "outbound"].contains(&direction) || fields.has("to");
            let other = ["dtmf", "speech", "reason", "type", "conversation_uuid_from"];
            return match !of_a_leg || other.iter().any(|f| fields.has(f)) || is_input(fields) {
                true => Ok(Self::Other),
                false => Err(Unreadable::missing("status")),
            };
        }
        let stage = Stage::of(fields.text("status"));
        Ok(match direction {
            _ if stage == Stage::Other => Self::Other,
            "inbound" => Self::Incoming(stage),
            "outbound" => Self::Dialled(stage),
            _ => return Err(Unreadable::field("direction", "\"inbound\" or \"outbound\"")),
        })
    }

    pub(super) fn direction(self, fields: &Fields) -> Direction {
        match self {
            Self::Incoming(_) if fields.has("from_user") => Direction::Outbound,
            Self::Incoming(_) => Direction::Inbound,
            // One of ours who picked up answered for the line; somebody outside was rung by one of ours.
            Self::Dialled(Stage::Answered) => Direction::Unsaid,
            Self::Dialled(Stage::Completed) if talk(fields).is_some() => Direction::Unsaid,
            // One of ours who did not pick up is part of the caller's call, whose own leg tells how it ended.
            Self::Dialled(_) => Direction::Onward,
            Self::Recorded | Self::Other => Direction::Unsaid,
        }
    }

    pub(super) fn what(self, fields: &Fields) -> What {
        match self {
            Self::Incoming(Stage::Rings) | Self::Dialled(Stage::Rings) => What::Ringing,
            // A program took it: a greeting, a menu.
            Self::Incoming(Stage::Answered) => What::Step,
            Self::Dialled(Stage::Answered) => What::Talking,
            Self::Dialled(Stage::Completed) if talk(fields).is_some() => talked(fields),
            // Whether a person answered, the legs that Vonage dialled for it tell.
            Self::Incoming(Stage::Completed) | Self::Dialled(Stage::Completed) => {
                What::not_answered(Why::Unknown, None)
            }
            Self::Incoming(Stage::Failed(why)) | Self::Dialled(Stage::Failed(why)) => {
                What::not_answered(why, None)
            }
            Self::Recorded => recording(fields),
            Self::Incoming(Stage::Other) | Self::Dialled(Stage::Other) | Self::Other => What::Step,
        }
    }

    pub(super) fn began_at(self, fields: &Fields) -> Option<DateTime<Utc>> {
        match self {
            Self::Incoming(Stage::Rings) | Self::Dialled(Stage::Rings) => {
                instant(fields, "timestamp")
            }
            Self::Incoming(_) | Self::Dialled(_) | Self::Recorded => instant(fields, "start_time"),
            Self::Other => None,
        }
    }

    /// The caller's leg ends after the talk: said of it, that would be a phone that rang after they had talked, so of
    /// that leg only the beginning is told.
    pub(super) fn ended_at(self, fields: &Fields) -> Option<DateTime<Utc>> {
        let ended = || instant(fields, "end_time").or_else(|| instant(fields, "timestamp"));
        match self {
            Self::Incoming(Stage::Completed) if fields.has("start_time") => None,
            Self::Incoming(Stage::Rings) | Self::Dialled(Stage::Rings) => None,
            Self::Incoming(_) | Self::Dialled(_) | Self::Recorded => ended(),
            Self::Other => instant(fields, "timestamp"),
        }
    }
}

impl Stage {
    fn of(status: &str) -> Self {
        match status {
            "started" | "ringing" => Self::Rings,
            "answered" => Self::Answered,
            "completed" => Self::Completed,
            "busy" => Self::Failed(Why::Busy),
            "timeout" | "unanswered" => Self::Failed(Why::NoAnswer),
            "rejected" => Self::Failed(Why::Refused),
            "cancelled" => Self::Failed(Why::Abandoned),
            "failed" => Self::Failed(Why::Offline),
            "disconnected" => Self::Failed(Why::Unknown),
            _ => Self::Other,
        }
    }
}

/// What a caller pressed or said comes as an object.
fn is_input(fields: &Fields) -> bool {
    ["dtmf[timed_out]", "dtmf[digits]", "speech[timeout_reason]"].iter().any(|f| fields.has(f))
}

/// Recorded talk comes in the same form: `domain::verdict` knows who talked meanwhile.
fn recording(fields: &Fields) -> What {
    let length = seconds::between(instant(fields, "start_time"), instant(fields, "end_time"));
    let link = Url::parse(fields.text("recording_url")).ok();
    What::voicemail(length, link.filter(|link| matches!(link.scheme(), "http" | "https")))
}
