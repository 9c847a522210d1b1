//! Call facts: what one post of a PBX says about a call, in our words.

use crate::party::Party;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

/// One thing a PBX told about a call.
///
/// `P` is how parties are named: [`Party`] where they are read and judged, an id where they are stored (R34).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CallFact<P = Party> {
    /// The vendor's own id of the event, or one made of what identifies it; for people and for `explain`.
    pub key: String,
    /// Names of the call; two facts with one in common are about the same call. Empty: a call of its own.
    pub refs: Vec<CallRef>,
    /// Which way the call went, where the PBX says so.
    pub direction: Direction,
    /// The calling party.
    pub from: P,
    /// What was dialled: our public number, extension or queue of an incoming call; the outside number of an outgoing one.
    pub to: P,
    /// The internal party this fact is about: whose phone rang, who answered, whose mailbox it is, who dials.
    pub line: P,
    /// The leg it is about, where the PBX tells legs apart.
    pub leg: Option<String>,
    /// What happened.
    pub what: What,
    /// When the call, or this leg of it, began; of a message, when its recording did.
    pub began_at: Option<DateTime<Utc>>,
    /// When it ended; of a message, when it was left; of anything else, when it happened.
    pub ended_at: Option<DateTime<Utc>>,
    /// Nothing more is to be expected about this call: it can be settled at once (R4).
    pub complete: bool,
}

/// A name that a PBX gives a call.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallRef {
    /// Unique for ever: a call id, a linked id.
    Call(String),
    /// Used again after a restart of the PBX (a channel's or a recording's name): means one call only within hours.
    Passing(String),
}

/// Which way a call went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Somebody rang us.
    Inbound,
    /// One of us rang.
    Outbound,
    /// The PBX does not say; the directory tells who is one of us.
    Unsaid,
    /// A leg that the PBX dialled inside another call. One of ours who rings somebody outside: an outgoing call. A phone
    /// that is rung for a caller: only part of the call, which another fact tells as a whole.
    Onward,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum What {
    /// Nothing that counts by itself: a machine answered, a menu was left, a part ended. It joins names to the call.
    Step,
    /// The leg ended. Whether anybody had answered is told by others; where a person talked on it, for how long.
    Ended,
    /// A phone rings.
    Ringing,
    /// A person answered and talks; the end of the same leg says for how long.
    Talking,
    /// A person answered. `talk` is the time they talked, not the ring time; unknown where the PBX does not say.
    Answered { talk_ms: Option<i64> },
    /// Nobody answered, unless a person talked on the same leg. `rang` is unknown where the PBX does not say.
    NotAnswered { why: Why, rang_ms: Option<i64> },
    /// Somebody left a message.
    Message { message: MessageKind, length_ms: Option<i64>, recording: Option<Url> },
}

impl What {
    /// Answered, with the talk time in whole seconds if known.
    pub fn answered(talk: Option<TimeDelta>) -> Self {
        Self::Answered { talk_ms: talk.map(|t| t.num_milliseconds()) }
    }

    /// Not answered.
    pub fn not_answered(why: Why, rang: Option<TimeDelta>) -> Self {
        Self::NotAnswered { why, rang_ms: rang.map(|t| t.num_milliseconds()) }
    }

    /// A voicemail.
    pub fn voicemail(length: Option<TimeDelta>, recording: Option<Url>) -> Self {
        let length_ms = length.map(|t| t.num_milliseconds());
        Self::Message { message: MessageKind::Voicemail, length_ms, recording }
    }
}

/// What kind of message it is (R1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    /// A recording in a mailbox.
    Voicemail,
    /// The caller asked, by key or web form, to be called back.
    CallbackRequest,
    /// One of us spoke to them and noted that they want to be called back ("NN ringde, vill bli uppringd").
    Note,
}

/// Why nobody answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It rang out.
    NoAnswer,
    /// Engaged.
    Busy,
    /// Refused by a press of a button.
    Refused,
    /// The caller hung up while it rang, or left the queue.
    Abandoned,
    /// The phone was not there.
    Offline,
    /// Outside opening hours.
    Closed,
    /// Do not disturb was on.
    DoNotDisturb,
    /// The PBX does not say.
    Unknown,
}

impl<P> CallFact<P> {
    /// The same fact with its parties named in another way.
    pub fn map_parties<Q>(self, mut to: impl FnMut(P) -> Q) -> CallFact<Q> {
        CallFact {
            from: to(self.from),
            to: to(self.to),
            line: to(self.line),
            key: self.key,
            refs: self.refs,
            direction: self.direction,
            leg: self.leg,
            what: self.what,
            began_at: self.began_at,
            ended_at: self.ended_at,
            complete: self.complete,
        }
    }

    /// The parties, in no meaningful order.
    pub fn parties(&self) -> [&P; 3] {
        [&self.from, &self.to, &self.line]
    }
}

impl<P: Serialize> CallFact<P> {
    /// What makes two posts the same fact: everything it says, nothing of when we heard it.
    pub fn digest(&self) -> [u8; 32] {
        let said = serde_json::to_vec(self)
            .expect("a fact has no maps and no floats, so it is always JSON");
        Sha256::digest(said).into()
    }
}

/// A fact and when we heard it first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Heard {
    /// What was said.
    pub fact: CallFact,
    /// When the post that said it first came in.
    pub heard_at: DateTime<Utc>,
}
