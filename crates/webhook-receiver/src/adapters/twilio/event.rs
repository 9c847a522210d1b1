//! Which of Twilio's requests it is, and what it tells. No field names it: the fields that are there do.

use super::instant;
use crate::adapters::{Unreadable, seconds};
use crate::request::Form;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::{What, Why};
use url::Url;

/// What a request is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// How `<Dial>` ended: its `action`.
    Dialled,
    /// How the wait in a queue ended: the `action` of `<Enqueue>`.
    Queued,
    /// What `<Record>` recorded: its `action`, its recording and its transcription callback.
    Message,
    /// A status callback of a call or of one leg of it, or the first request of a call.
    Status,
    /// A recording of talk, a recording of nothing, a key pressed: no news of how the call ended.
    Other,
}

impl Event {
    /// # Errors
    /// [`Unreadable`] when it is about a call in a way that we do not know.
    pub(super) fn of(form: &Form<'_>) -> Result<Self, Unreadable> {
        if form.has("DialCallStatus") {
            return Ok(Self::Dialled);
        }
        if form.has("QueueResult") {
            return Ok(Self::Queued);
        }
        // A status callback of a call that was recorded as a whole has the recording too.
        let of_status = ["CallbackSource", "CallDuration", "SequenceNumber"];
        let is_status = of_status.iter().any(|f| form.has(f)) && form.has("CallStatus");
        if !is_status && ["RecordingSid", "RecordingUrl"].iter().any(|f| form.has(f)) {
            return Ok(if is_message(form) { Self::Message } else { Self::Other });
        }
        if !form.has("CallStatus") {
            return Err(Unreadable::missing("CallStatus"));
        }
        // `<Gather>` and real-time transcription go on within a call.
        let goes_on = ["Digits", "SpeechResult", "TranscriptionEvent", "FinishedOnKey"];
        let goes_on = !is_status && goes_on.iter().any(|field| form.has(field));
        Ok(if goes_on { Self::Other } else { Self::Status })
    }

    /// A name of the event out of what it is about.
    pub(super) fn key(self, form: &Form<'_>) -> String {
        let [kind, about, more] = match self {
            Self::Dialled => ["dial", form.text("CallSid"), form.text("DialCallSid")],
            Self::Queued => ["queue", form.text("CallSid"), form.text("QueueSid")],
            Self::Message => ["message", form.text("RecordingSid"), form.text("TranscriptionSid")],
            Self::Status => ["status", form.text("CallSid"), form.text("CallStatus")],
            Self::Other => ["other", form.text("CallSid"), form.text("CallStatus")],
        };
        format!("{kind}:{about}:{more}")
    }

    /// Whether it tells of the leg that it names, not of the whole call.
    pub(super) fn is_of_a_leg(self) -> bool {
        match self {
            Self::Status => true,
            Self::Dialled | Self::Queued | Self::Message | Self::Other => false,
        }
    }

    /// Whether nothing else is to be expected: the caller has gone, or has left a message (R1, R4).
    pub(super) fn is_last(self, form: &Form<'_>) -> bool {
        let is_over = matches!(
            form.text("CallStatus"),
            "completed" | "busy" | "no-answer" | "failed" | "canceled"
        );
        match self {
            Self::Dialled | Self::Queued => is_over,
            Self::Status => is_over && form.text("Direction") == "inbound",
            Self::Message => form.has("CallStatus") && !form.has("TranscriptionSid"),
            Self::Other => false,
        }
    }

    /// When it happened; only status callbacks and recordings say so.
    pub(super) fn at(self, form: &Form<'_>) -> Option<DateTime<Utc>> {
        if self == Self::Message {
            let began = instant(form.text("RecordingStartTime"))?;
            return began.checked_add_signed(length(form).unwrap_or_default());
        }
        instant(form.text("Timestamp"))
    }

    pub(super) fn what(self, form: &Form<'_>) -> What {
        match self {
            Self::Dialled if self.is_answered(form) => {
                What::answered(seconds::length(form.text("DialCallDuration")))
            }
            Self::Queued if self.is_answered(form) => What::answered(None),
            Self::Dialled => What::not_answered(why(form.text("DialCallStatus")), None),
            Self::Queued => left_queue(form),
            Self::Message => What::voicemail(length(form), recording(form)),
            Self::Status => status(form),
            Self::Other => What::Step,
        }
    }

    /// Whether a person answered, where it says so.
    pub(super) fn is_answered(self, form: &Form<'_>) -> bool {
        match self {
            // Who picked up, listened to an announcement and declined was never put through.
            Self::Dialled => {
                ["completed", "answered"].contains(&form.text("DialCallStatus"))
                    && form.text("DialBridged") != "false"
            }
            Self::Queued => form.text("QueueResult").ends_with("bridged"),
            Self::Message | Self::Status | Self::Other => false,
        }
    }
}

/// What `<Record>` recorded is a message; a recording of talk, or of silence, is none.
fn is_message(form: &Form<'_>) -> bool {
    let source = form.text("RecordingSource");
    let of_record = source.is_empty() || source == "RecordVerb";
    let is_there = !["in-progress", "absent", "failed"].contains(&form.text("RecordingStatus"));
    of_record && is_there && !form.text("Direction").starts_with("outbound")
}

/// Of the transcription nothing is kept (R34); that there is one says no more than the recording.
fn recording(form: &Form<'_>) -> Option<Url> {
    let link = Url::parse(form.text("RecordingUrl")).ok();
    link.filter(|link| matches!(link.scheme(), "http" | "https"))
}

fn length(form: &Form<'_>) -> Option<TimeDelta> {
    seconds::length(form.text("RecordingDuration"))
}

fn left_queue(form: &Form<'_>) -> What {
    let waited = seconds::length(form.text("QueueTime"));
    match form.text("QueueResult") {
        "hangup" => What::not_answered(Why::Abandoned, waited),
        _ => What::not_answered(Why::Unknown, None),
    }
}

/// A leg that Twilio dialled was answered by whoever picked up. A call to us was "completed" by whatever took it: a
/// greeting, a menu, a mailbox; whether a person did is for `<Dial>` to say (R3).
fn status(form: &Form<'_>) -> What {
    let dialled = form.text("Direction").starts_with("outbound");
    match form.text("CallStatus") {
        "queued" | "initiated" | "ringing" => What::Ringing,
        "completed" if dialled && is_machine(form) => What::not_answered(Why::Unknown, None),
        "completed" if dialled => What::answered(seconds::length(form.text("CallDuration"))),
        over @ ("busy" | "no-answer" | "failed" | "canceled") => {
            What::not_answered(why(over), None)
        }
        _ => What::Step,
    }
}

/// Answering machine detection, where it is switched on.
fn is_machine(form: &Form<'_>) -> bool {
    let by = form.text("AnsweredBy");
    by.starts_with("machine") || by == "fax"
}

fn why(status: &str) -> Why {
    match status {
        "busy" => Why::Busy,
        "no-answer" => Why::NoAnswer,
        // Whoever rang hung up before anybody took it.
        "canceled" => Why::Abandoned,
        "failed" => Why::Offline,
        _ => Why::Unknown,
    }
}
