//! What a transition decided, as data: the callback as it now is, and what the journal says of it.

use crate::callback::{Actor, Callback, Disposition, Withdrawal};
use crate::directory::Owner;
use crate::ids::{CallId, CallbackId, EmployeeId, LineId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What was decided about one callback. Only `store` writes it, all of it or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// As it now is; its `version` is still the one that was read.
    pub callback: Callback,
    /// What the journal says; nothing when nothing changed.
    pub entries: Vec<Entry>,
    /// What somebody is to be told of it; whom, and whether it is still so, is seen when they are told.
    pub notices: Vec<Notice>,
    /// When it was decided.
    pub at: DateTime<Utc>,
    /// It did not exist before.
    pub is_new: bool,
}

/// Something to tell whoever is responsible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Somebody waits to hear from them, or has left another message: gathered into *New* (R25).
    New,
}

/// One line of a callback's journal. Ids and dates only: no numbers, no names, no free text (R34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "entry")]
pub enum Entry {
    Opened {
        call: CallId,
        due_on: Option<NaiveDate>,
        previous: Option<CallbackId>,
    },
    Joined {
        call: CallId,
    },
    /// What is known of the call changed: another time, a message after all.
    Amended {
        call: CallId,
    },
    ContactWithdrawn {
        call: CallId,
    },
    DueMoved {
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
    /// Working days changed, and an administrator had the promise follow them (R14).
    CountedAnew {
        by: Actor,
        from: Option<NaiveDate>,
        to: Option<NaiveDate>,
    },
    Attempted {
        by: Actor,
        reached: bool,
        call: Option<CallId>,
    },
    ResolvedByPbx {
        by: LineId,
        call: CallId,
        disposition: Disposition,
    },
    /// Later facts of the call that had resolved it say otherwise.
    ReopenedByPbx {
        call: CallId,
    },
    MadeFinal,
    Resolved {
        by: Actor,
        disposition: Disposition,
    },
    Undone {
        by: Actor,
    },
    JoinedFrom {
        other: CallbackId,
    },
    Withdrawn {
        why: Withdrawal,
    },
    /// It was late, and stood on a manager's list for the first time; `level` 0 is the own manager's, 1 the next above (R27).
    Listed {
        level: usize,
    },
    /// A manager said "Jag tar den"; it holds until that day has ended (R27).
    Taken {
        by: EmployeeId,
        until: NaiveDate,
    },
    /// Offered to the right handler (R18).
    HandedOver {
        by: Actor,
        to: Owner,
    },
    Accepted {
        by: Actor,
    },
    Declined {
        by: Actor,
        why: Decline,
    },
    /// Nobody answered: the receiving unit has it.
    HandOverUnanswered {
        to: Owner,
    },
    /// The caller was reached, and a day was agreed (R23).
    Agreed {
        by: Actor,
        on: NaiveDate,
    },
    AgreedDayBroken {
        on: NaiveDate,
    },
    /// Who had it, or was to take it over, has left: their unit has it.
    Left {
        who: EmployeeId,
        to: Owner,
    },
}

/// Why a hand-over was declined (R18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decline {
    /// It is not their matter either.
    NotOurs,
    /// They cannot see to it in time.
    NoTime,
    /// Whoever offered it takes it back.
    TakenBack,
}

impl Entry {
    /// The entry's name, as stored beside its content.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "opened",
            Self::Joined { .. } => "joined",
            Self::Amended { .. } => "amended",
            Self::ContactWithdrawn { .. } => "contact_withdrawn",
            Self::DueMoved { .. } => "due_moved",
            Self::CountedAnew { .. } => "counted_anew",
            Self::Attempted { .. } => "attempted",
            Self::ResolvedByPbx { .. } => "resolved_by_pbx",
            Self::ReopenedByPbx { .. } => "reopened_by_pbx",
            Self::MadeFinal => "made_final",
            Self::Resolved { .. } => "resolved",
            Self::Undone { .. } => "undone",
            Self::JoinedFrom { .. } => "joined_from",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Listed { .. } => "listed",
            Self::Taken { .. } => "taken",
            Self::HandedOver { .. } => "handed_over",
            Self::Accepted { .. } => "accepted",
            Self::Declined { .. } => "declined",
            Self::HandOverUnanswered { .. } => "hand_over_unanswered",
            Self::Agreed { .. } => "agreed",
            Self::AgreedDayBroken { .. } => "agreed_day_broken",
            Self::Left { .. } => "left",
        }
    }
}

impl Entry {
    /// Whether nothing changed but what is remembered of it: that a list told of a callback is no news to whoever looks
    /// at the callback.
    fn is_only_for_the_record(&self) -> bool {
        match self {
            Self::Listed { .. } => true,
            Self::Opened { .. }
            | Self::Joined { .. }
            | Self::Amended { .. }
            | Self::ContactWithdrawn { .. }
            | Self::DueMoved { .. }
            | Self::CountedAnew { .. }
            | Self::Attempted { .. }
            | Self::ResolvedByPbx { .. }
            | Self::ReopenedByPbx { .. }
            | Self::MadeFinal
            | Self::Resolved { .. }
            | Self::Undone { .. }
            | Self::JoinedFrom { .. }
            | Self::Withdrawn { .. }
            | Self::Taken { .. }
            | Self::HandedOver { .. }
            | Self::Accepted { .. }
            | Self::Declined { .. }
            | Self::HandOverUnanswered { .. }
            | Self::Agreed { .. }
            | Self::AgreedDayBroken { .. }
            | Self::Left { .. } => false,
        }
    }
}

impl Decision {
    /// The callback is now this, and why.
    pub fn to(callback: Callback, entries: impl Into<Vec<Entry>>, at: DateTime<Utc>) -> Self {
        let (entries, notices) = (entries.into(), Vec::new());
        Self { callback, entries, notices, at, is_new: false }
    }

    /// Nothing changed, so nothing is written.
    pub fn unchanged(callback: Callback, at: DateTime<Utc>) -> Self {
        Self::to(callback, [], at)
    }

    /// And then that, in the same breath: one write, the entries of both.
    ///
    /// # Errors
    /// What the second transition refuses.
    pub fn then(
        self,
        next: impl FnOnce(Callback) -> Result<Self, Refusal>,
    ) -> Result<Self, Refusal> {
        let after = next(self.callback)?;
        let entries = [self.entries, after.entries].concat();
        let notices = [self.notices, after.notices].concat();
        let (callback, at, is_new) = (after.callback, after.at, self.is_new);
        Ok(Self { callback, entries, notices, at, is_new })
    }

    /// The callback as it is once this is written.
    pub fn written(&self) -> Callback {
        let version = self.callback.version + 1;
        let changed_at_version = if self.entries.iter().all(Entry::is_only_for_the_record) {
            self.callback.changed_at_version
        } else {
            version
        };
        Callback { version, changed_at_version, ..self.callback.clone() }
    }

    /// Whether it ended as nothing that was meant for us: private, or spam. Then no content of it is kept (R20).
    pub fn leaves_no_content(&self) -> bool {
        let is_none_of_ours = |entry: &Entry| {
            matches!(entry, Entry::Resolved { disposition: Disposition::NotARequest, .. })
        };
        self.entries.iter().any(is_none_of_ours)
    }

    /// Whether there is nothing to write.
    pub fn is_unchanged(&self) -> bool {
        self.entries.is_empty() && !self.is_new
    }
}

/// Why a callback refused a command. The code reaches the screen, worded there in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("this callback was resolved at {at}")]
    AlreadyResolved { at: DateTime<Utc> },
    #[error("this callback was withdrawn at {at}")]
    Withdrawn { at: DateTime<Utc> },
    #[error("not reachable takes 3 attempts on 2 working days; there were {attempts} on {days}")]
    TooFewAttempts { attempts: usize, days: usize },
    #[error("only the PBX resolves as {disposition:?}")]
    OnlyByPbx { disposition: Disposition },
    #[error("no contact details is for callers who withheld their number")]
    HasContactDetails,
    #[error("a disposition can be undone until {until}")]
    TooLateToUndo { until: NaiveDate },
    #[error("this callback is open: there is nothing to undo")]
    NotResolved,
    #[error("only a manager of the unit takes it on")]
    NotTheManager,
    #[error("whoever it is offered to has it already")]
    AlreadyTheirs,
    #[error("it is not offered to anybody")]
    NotOffered,
    #[error("a day to agree on is a working day, after today and until {until}")]
    NoDayToAgreeOn { until: NaiveDate },
    #[error("the last day lies beyond the calendar")]
    OutOfCalendar,
}

impl From<workalendar::OutOfRange> for Refusal {
    fn from(_: workalendar::OutOfRange) -> Self {
        Self::OutOfCalendar
    }
}
