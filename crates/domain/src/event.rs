//! What others are told of callbacks, as it happens: a journal entry, in words that stay the same for whoever listens.
//!
//! An event is of the moment: how the callback stood right after what happened. It holds ids, as the journal does (R34).

use crate::callback::{self, Callback, Disposition, State};
use crate::decision::{Decision, Entry};
use crate::directory::Owner;
use crate::ids::{CallbackId, UnitId};
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventKind {
    #[serde(rename = "callback.opened")]
    Opened,
    /// The caller rang again or left a message, or another callback went on in this one.
    #[serde(rename = "callback.contact_joined")]
    ContactJoined,
    #[serde(rename = "callback.contact_changed")]
    ContactChanged,
    #[serde(rename = "callback.contact_withdrawn")]
    ContactWithdrawn,
    #[serde(rename = "callback.due_moved")]
    DueMoved,
    #[serde(rename = "callback.attempted")]
    Attempted,
    #[serde(rename = "callback.reached")]
    Reached,
    /// By the word of the PBX; it may still be undone (R21).
    #[serde(rename = "callback.resolved_by_pbx")]
    ResolvedByPbx,
    /// By somebody, or because nobody undid what the PBX said.
    #[serde(rename = "callback.resolved")]
    Resolved,
    #[serde(rename = "callback.reopened")]
    Reopened,
    #[serde(rename = "callback.withdrawn")]
    Withdrawn,
    /// It is late, and stands on a manager's list for the first time (R26).
    #[serde(rename = "callback.late")]
    Late,
    /// It is still late, and stands on the list of the manager above (R27).
    #[serde(rename = "callback.climbed")]
    Climbed,
    #[serde(rename = "callback.taken")]
    Taken,
    #[serde(rename = "callback.handed_over")]
    HandedOver,
    #[serde(rename = "callback.hand_over_accepted")]
    HandOverAccepted,
    #[serde(rename = "callback.hand_over_declined")]
    HandOverDeclined,
    #[serde(rename = "callback.hand_over_unanswered")]
    HandOverUnanswered,
    #[serde(rename = "callback.day_agreed")]
    DayAgreed,
    #[serde(rename = "callback.agreed_day_broken")]
    AgreedDayBroken,
    /// Whoever had it has left, and their unit has it.
    #[serde(rename = "callback.moved")]
    Moved,
}

impl EventKind {
    /// All of them, in the order of a life.
    pub const ALL: [Self; 21] = [
        Self::Opened,
        Self::ContactJoined,
        Self::ContactChanged,
        Self::ContactWithdrawn,
        Self::DueMoved,
        Self::Attempted,
        Self::Reached,
        Self::ResolvedByPbx,
        Self::Resolved,
        Self::Reopened,
        Self::Withdrawn,
        Self::Late,
        Self::Climbed,
        Self::Taken,
        Self::HandedOver,
        Self::HandOverAccepted,
        Self::HandOverDeclined,
        Self::HandOverUnanswered,
        Self::DayAgreed,
        Self::AgreedDayBroken,
        Self::Moved,
    ];

    /// As it stands in the configuration, and in what is sent.
    pub fn name(self) -> &'static str {
        match self {
            Self::Opened => "callback.opened",
            Self::ContactJoined => "callback.contact_joined",
            Self::ContactChanged => "callback.contact_changed",
            Self::ContactWithdrawn => "callback.contact_withdrawn",
            Self::DueMoved => "callback.due_moved",
            Self::Attempted => "callback.attempted",
            Self::Reached => "callback.reached",
            Self::ResolvedByPbx => "callback.resolved_by_pbx",
            Self::Resolved => "callback.resolved",
            Self::Reopened => "callback.reopened",
            Self::Withdrawn => "callback.withdrawn",
            Self::Late => "callback.late",
            Self::Climbed => "callback.climbed",
            Self::Taken => "callback.taken",
            Self::HandedOver => "callback.handed_over",
            Self::HandOverAccepted => "callback.hand_over_accepted",
            Self::HandOverDeclined => "callback.hand_over_declined",
            Self::HandOverUnanswered => "callback.hand_over_unanswered",
            Self::DayAgreed => "callback.day_agreed",
            Self::AgreedDayBroken => "callback.agreed_day_broken",
            Self::Moved => "callback.moved",
        }
    }

    /// What a journal entry is to those outside.
    pub fn of(entry: &Entry) -> Self {
        match entry {
            Entry::Opened { .. } => Self::Opened,
            Entry::Joined { .. } | Entry::JoinedFrom { .. } => Self::ContactJoined,
            Entry::Amended { .. } => Self::ContactChanged,
            Entry::ContactWithdrawn { .. } => Self::ContactWithdrawn,
            Entry::DueMoved { .. } | Entry::CountedAnew { .. } => Self::DueMoved,
            Entry::Attempted { reached: false, .. } => Self::Attempted,
            Entry::Attempted { reached: true, .. } => Self::Reached,
            Entry::ResolvedByPbx { .. } => Self::ResolvedByPbx,
            Entry::Resolved { .. } | Entry::MadeFinal => Self::Resolved,
            Entry::ReopenedByPbx { .. } | Entry::Undone { .. } => Self::Reopened,
            Entry::Withdrawn { .. } => Self::Withdrawn,
            Entry::Listed { level: 0 } => Self::Late,
            Entry::Listed { .. } => Self::Climbed,
            Entry::Taken { .. } => Self::Taken,
            Entry::HandedOver { .. } => Self::HandedOver,
            Entry::Accepted { .. } => Self::HandOverAccepted,
            Entry::Declined { .. } => Self::HandOverDeclined,
            Entry::HandOverUnanswered { .. } => Self::HandOverUnanswered,
            Entry::Agreed { .. } => Self::DayAgreed,
            Entry::AgreedDayBroken { .. } => Self::AgreedDayBroken,
            Entry::Left { .. } => Self::Moved,
        }
    }
}

/// One thing that happened to one callback, and how it stood then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    pub kind: EventKind,
    pub at: DateTime<Utc>,
    pub callback: CallbackId,
    /// Counts decisions about this callback: of two events the one with the higher version is the later one.
    pub version: i64,
    pub opened_at: DateTime<Utc>,
    pub unit: Option<UnitId>,
    /// Whose it is.
    pub holder: Owner,
    pub due_on: Option<NaiveDate>,
    pub agreed_on: Option<NaiveDate>,
    pub state: Stands,
    /// How it ended, where it has.
    pub disposition: Option<Disposition>,
    pub has_message: bool,
    pub contacts: usize,
    pub attempts: usize,
    /// The two have spoken, or the answer was mailed.
    pub reached: bool,
}

impl Event {
    /// What people say on the phone to mean the callback.
    pub fn reference(&self, zone: Tz) -> String {
        callback::reference(self.callback, self.opened_at, zone)
    }
}

/// A callback's state without its details.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stands {
    Open,
    /// Resolved according to the PBX, until that is final.
    Provisional,
    Resolved,
    Withdrawn,
}

impl From<&State> for Stands {
    fn from(state: &State) -> Self {
        match state {
            State::Open => Self::Open,
            State::Provisional { .. } => Self::Provisional,
            State::Resolved { .. } => Self::Resolved,
            State::Withdrawn { .. } => Self::Withdrawn,
        }
    }
}

/// What this decision tells others, of the kinds that somebody wants; of one kind once.
pub fn events(decision: &Decision, wanted: &[EventKind]) -> Vec<Event> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let callback: Callback = decision.written();
    let mut kinds: Vec<EventKind> = Vec::new();
    for kind in decision.entries.iter().map(EventKind::of) {
        if wanted.contains(&kind) && !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds.into_iter().map(|kind| event(kind, &callback, decision.at)).collect()
}

fn event(kind: EventKind, callback: &Callback, at: DateTime<Utc>) -> Event {
    let disposition = match callback.state {
        State::Provisional { disposition, .. } | State::Resolved { disposition, .. } => {
            Some(disposition)
        }
        State::Open | State::Withdrawn { .. } => None,
    };
    Event {
        kind,
        at,
        callback: callback.id,
        version: callback.version,
        opened_at: callback.opened_at,
        unit: callback.unit,
        holder: callback.holder(),
        due_on: callback.due.as_ref().map(|due| due.due_on),
        agreed_on: callback.agreed.map(|agreed| agreed.on),
        state: Stands::from(&callback.state),
        disposition,
        has_message: callback.has_message(),
        contacts: callback.standing().count(),
        attempts: callback.counted_attempts().count(),
        reached: callback.reached_at().is_some(),
    }
}
