//! Which of Wazo's events it is: by its name in the envelope of the manual, or by its shape where the body is the bare data.

use crate::adapters::Unreadable;
use crate::adapters::fields::Fields;

pub(super) enum Event<'a> {
    /// `user_missed_call`.
    Missed(Data<'a>),
    /// `call_log_created`, and `call_log_user_created`, which repeats it for everyone who took part.
    CallLog(Data<'a>),
    /// `user_voicemail_message_created`, `global_voicemail_message_created`.
    Message(Data<'a>),
    /// Transcriptions (R34), presence, forwards, do not disturb: nothing about how a call went; see `Adapter::referral`.
    Other,
}

impl<'a> Event<'a> {
    /// # Errors
    /// [`Unreadable`] when it is about a call in a way that we do not know.
    pub(super) fn of(fields: &'a Fields) -> Result<Self, Unreadable> {
        match fields.text("event_name") {
            "" => Self::by_shape(Data { fields, inside: "" }),
            "user_missed_call" => Ok(Self::Missed(Data { fields, inside: "event" })),
            "call_log_created" | "call_log_user_created" => {
                Ok(Self::CallLog(Data { fields, inside: "event" }))
            }
            "user_voicemail_message_created" | "global_voicemail_message_created" => {
                Ok(Self::Message(Data { fields, inside: "event" }))
            }
            _ => Ok(Self::Other),
        }
    }

    fn by_shape(data: Data<'a>) -> Result<Self, Unreadable> {
        if data.has("call_direction") && data.has("conversation_id") {
            return Ok(Self::CallLog(data));
        }
        if data.has("reason") && (data.has("dialed_extension") || data.has("conversation_id")) {
            return Ok(Self::Missed(data));
        }
        if data.has("message_id") && data.has("voicemail_id") {
            let is_transcription = data.has("transcription_text") && !data.has("message[id]");
            return Ok(if is_transcription { Self::Other } else { Self::Message(data) });
        }
        // The data of events that we read nothing of have none of these.
        let ours = ["event_name", "event", "conversation_id", "message_id", "call_direction"];
        if data.is_empty() || ours.iter().any(|field| data.has(field)) {
            return Err(Unreadable::missing("event_name"));
        }
        Ok(Self::Other)
    }
}

/// The data of an event.
pub(super) struct Data<'a> {
    fields: &'a Fields,
    /// The member of the body that holds it; empty where it is the body.
    inside: &'static str,
}

impl Data<'_> {
    pub(super) fn text(&self, name: &str) -> &str {
        if self.inside.is_empty() {
            return self.fields.text(name);
        }
        match name.split_once('[') {
            Some((first, rest)) => self.fields.text(&format!("{}[{first}][{rest}", self.inside)),
            None => self.fields.text(&format!("{}[{name}]", self.inside)),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    pub(super) fn first(&self, names: &[&str]) -> &str {
        names.iter().map(|name| self.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    pub(super) fn required(&self, name: &'static str) -> Result<&str, Unreadable> {
        match self.text(name) {
            "" => Err(Unreadable::missing(name)),
            text => Ok(text),
        }
    }

    fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }
}
