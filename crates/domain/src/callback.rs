//! A callback: the promise to come back to one caller, with its last day.

use crate::call::AHEAD;
use crate::directory::Owner;
use crate::fact::{MessageKind, Why};
use crate::ids::{AccountId, CallId, CallbackId, CallerId, EmployeeId, LineId, UnitId};
use crate::verdict::Answer;
use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use workalendar::Due;

/// The promise to come back to one caller ("återkoppling").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    pub id: CallbackId,
    /// Counts decisions; what was read at one version is written only if nobody else wrote since.
    pub version: i64,
    /// The version at which it last became something else to its readers: what a page shows is out of date from then on.
    #[serde(default)]
    pub changed_at_version: i64,
    /// Who waits; `None` when the number was withheld (R6).
    pub caller: Option<CallerId>,
    /// The person or unit responsible when it opened.
    pub owner: Owner,
    /// The owner's unit when it opened; none for the organisation's own.
    pub unit: Option<UnitId>,
    pub opened_at: DateTime<Utc>,
    /// The promise; `None` while there are only missed calls that promise nothing (R2, `list`).
    pub due: Option<Due>,
    /// In the order of time.
    pub contacts: Vec<Contact>,
    /// In the order of time.
    pub attempts: Vec<Attempt>,
    pub state: State,
    /// The one before it for the same caller and owner, which was resolved (R5).
    pub previous: Option<CallbackId>,
    /// Whether other calls of this caller may join it: not when withheld or shared (R5, R6).
    pub may_be_joined: bool,
    /// When time alone changes something: a provisional end becomes final, a list entry lapses.
    pub wake_at: Option<DateTime<Utc>>,
    /// The local days on which it was first on a manager's list as late: the own manager's, then each one's above (R27).
    #[serde(default)]
    pub listed_on: Vec<NaiveDate>,
    /// The manager who said "Jag tar den" last (R27).
    #[serde(default)]
    pub taken: Option<Taken>,
    /// Who has it since it was handed over; none while it is still the owner's (R18).
    #[serde(default)]
    pub handed_to: Option<Owner>,
    /// The hand-over that waits for an answer, or that nobody answered (R18).
    #[serde(default)]
    pub hand_over: Option<HandOver>,
    /// How many times it went to somebody else (R18).
    #[serde(default)]
    pub hops: u32,
    /// The second promise, made with the caller (R23).
    #[serde(default)]
    pub agreed: Option<Agreed>,
    /// What became of the days that were agreed before it.
    #[serde(default)]
    pub agreed_before: AgreedDays,
}

/// It is offered to the right handler ("överlämning"), who accepts or declines (R18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// Who had it, and still has until it is accepted.
    pub from: Owner,
    pub to: Owner,
    /// The receiving unit; none for the organisation's own.
    pub unit: Option<UnitId>,
    pub by: Actor,
    pub at: DateTime<Utc>,
    /// The end of the next working day: until then it can be answered.
    pub until: DateTime<Utc>,
    /// Nobody answered, and the receiving unit's reception has it since.
    pub unanswered: bool,
}

/// A day that was agreed with the caller ("överenskommen dag").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    pub on: NaiveDate,
    pub by: Actor,
    pub at: DateTime<Utc>,
    /// The day has ended, and nothing was done.
    pub broken: bool,
}

/// What became of agreed days that are over, or that another day took the place of (R23).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreedDays {
    pub kept: u32,
    pub broken: u32,
}

impl AgreedDays {
    /// One more.
    pub fn and(self, is_kept: bool) -> Self {
        let one = u32::from(is_kept);
        Self { kept: self.kept + one, broken: self.broken + 1 - one }
    }

    /// Those of both.
    pub fn with(self, other: Self) -> Self {
        Self { kept: self.kept + other.kept, broken: self.broken + other.broken }
    }
}

/// A manager takes it on: as long as that holds, nobody above is told (R27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub by: EmployeeId,
    pub at: DateTime<Utc>,
    /// The last local day on which it holds.
    pub until: NaiveDate,
}

/// One missed call or message that a callback holds ("kontakt").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub call: CallId,
    /// The time that counts (R9).
    pub at: DateTime<Utc>,
    /// `at` is the time of receipt because the PBX's own was not believable (R9).
    pub at_marked: bool,
    pub line: Option<LineId>,
    pub kind: ContactKind,
    /// Whether it carries the promise of a last day (R2).
    pub promised: bool,
    /// A late fact contradicted it (R4).
    pub withdrawn: bool,
}

/// What the caller did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    /// Rang and was not answered.
    Missed { why: Why },
    /// Left a message.
    Message { message: MessageKind, length_ms: Option<i64> },
}

/// One try to come back to the caller.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    pub at: DateTime<Utc>,
    pub by: Actor,
    pub how: How,
    /// The two have spoken, or the answer was mailed (R19).
    pub reached: bool,
    /// Somebody took back what followed from it; the PBX's word on it no longer counts.
    pub undone: bool,
}

/// How somebody tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// The PBX saw the call.
    Seen {
        call: CallId,
    },
    /// Entered by hand.
    Phone,
    Email,
}

/// Who did something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    Employee(EmployeeId),
    /// Somebody who reads a mailbox that several share, such as a reception's.
    Account(AccountId),
    /// The PBX saw somebody do it from this line.
    Line(LineId),
    /// Time passed, or facts of a call came in.
    System,
}

impl From<EmployeeId> for Actor {
    fn from(id: EmployeeId) -> Self {
        Self::Employee(id)
    }
}

/// Where a callback stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Open,
    /// Resolved according to the PBX; final at `final_at` unless somebody undoes it (R21).
    Provisional {
        by: LineId,
        call: CallId,
        disposition: Disposition,
        at: DateTime<Utc>,
        final_at: DateTime<Utc>,
    },
    Resolved {
        by: Actor,
        disposition: Disposition,
        at: DateTime<Utc>,
    },
    /// There was nothing to promise after all.
    Withdrawn {
        why: Withdrawal,
        at: DateTime<Utc>,
    },
}

/// How it ended (R20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    Reached,
    ReachedByPbx,
    Emailed,
    CallerReachedUs,
    HandledByColleague,
    NotReachable,
    NoContactDetails,
    NotARequest,
}

/// Why a callback stands no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Withdrawal {
    /// Late facts contradicted its last contact (R4).
    Contradicted,
    /// It went on in this one, which was undone while it was open (R20).
    JoinedTo(CallbackId),
    /// It promised nothing and its days on the list are over (R2).
    Lapsed,
}

/// What an outgoing or answered call says about open callbacks of that caller (R21, R22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effort {
    pub call: CallId,
    pub line: LineId,
    pub at: DateTime<Utc>,
    pub kind: EffortKind,
}

impl Effort {
    /// What is left of it when later facts of the call say that it was none: nobody spoke, and nobody of us rang.
    pub fn taken_back(self) -> Self {
        Self { kind: EffortKind::CallerRang { talk_ms: None }, ..self }
    }
}

/// Who rang whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EffortKind {
    /// One of us rang the caller (R21).
    WeRang(Answer),
    /// The caller rang again, and one of us answered (R22). Talk time in milliseconds.
    CallerRang { talk_ms: Option<i64> },
}

impl Callback {
    /// Neither resolved nor withdrawn: it stands on somebody's list, or waits to become final.
    pub fn is_open(&self) -> bool {
        match self.state {
            State::Open | State::Provisional { .. } => true,
            State::Resolved { .. } | State::Withdrawn { .. } => false,
        }
    }

    /// The callback that this one goes on in, since that one was undone (R20).
    pub fn joined_to(&self) -> Option<CallbackId> {
        match self.state {
            State::Withdrawn { why: Withdrawal::JoinedTo(other), .. } => Some(other),
            State::Withdrawn { why: Withdrawal::Contradicted | Withdrawal::Lapsed, .. }
            | State::Open
            | State::Provisional { .. }
            | State::Resolved { .. } => None,
        }
    }

    /// Whose it is now: the owner's, unless it was handed over. The owner stays who was responsible when it opened, for
    /// by that later calls of the same caller find it (R5).
    pub fn holder(&self) -> Owner {
        self.handed_to.unwrap_or(self.owner)
    }

    /// Whether it falls due on that local day or did before: its last day, or the day that was agreed instead.
    pub fn presses_on(&self, day: NaiveDate) -> bool {
        let last = match (&self.agreed, &self.due) {
            (Some(agreed), _) => Some(agreed.on),
            (None, due) => due.as_ref().map(|due| due.due_on),
        };
        last.is_some_and(|last| last <= day)
    }

    /// The hand-over that waits for an answer.
    pub fn offered(&self) -> Option<&HandOver> {
        self.hand_over.as_ref().filter(|hand_over| !hand_over.unanswered)
    }

    /// Contacts that nothing contradicted, in the order of time.
    pub fn standing(&self) -> impl Iterator<Item = &Contact> {
        self.contacts.iter().filter(|c| !c.withdrawn)
    }

    /// Whether the caller left a message: the policy's own words, reported apart (R2).
    pub fn has_message(&self) -> bool {
        self.standing().any(Contact::is_message)
    }

    /// The attempts that count: not those before the earliest contact still standing, for an earlier one was
    /// withdrawn since; nor what was entered and undone. A call that the PBX saw was made all the same.
    pub fn counted_attempts(&self) -> impl Iterator<Item = &Attempt> {
        // Contacts have the time of the PBX's clock, which may be that much ahead of ours (R9).
        let since = self.standing().map(|c| c.at).min().map(|at| at - AHEAD);
        let counts = move |a: &&Attempt| since.is_none_or(|since| a.at >= since);
        self.attempts.iter().filter(counts).filter(|a| !a.undone || a.is_seen())
    }

    /// When somebody first tried (R12, R19).
    pub fn first_attempt_at(&self) -> Option<DateTime<Utc>> {
        self.counted_attempts().map(|a| a.at).min()
    }

    /// When the two first spoke, or the answer was mailed (R19).
    pub fn reached_at(&self) -> Option<DateTime<Utc>> {
        self.counted_attempts().filter(|a| a.reached).map(|a| a.at).min()
    }

    /// Open, and nobody has tried since it opened, or since the caller's latest message: it is news (R25).
    pub fn waits_untried(&self) -> bool {
        match self.state {
            State::Open => {}
            State::Provisional { .. } | State::Resolved { .. } | State::Withdrawn { .. } => {
                return false;
            }
        }
        let Some(first) = self.standing().map(|c| c.at).min() else { return false };
        let latest = self.standing().filter(|c| c.is_message()).map(|c| c.at).max();
        match latest.filter(|at| *at > first) {
            Some(message_at) => self.counted_attempts().all(|a| a.at <= message_at),
            None => self.counted_attempts().next().is_none(),
        }
    }

    /// Who has taken it, as long as that holds (R27).
    pub fn taken_on(&self, today: NaiveDate) -> Option<Taken> {
        self.taken.filter(|taken| today <= taken.until)
    }

    /// What people say on the phone to mean this one: the local day it opened and five letters, `261223-7KQ4M`.
    ///
    /// Two of one day share it once in tens of thousands of days; links carry the id.
    pub fn reference(&self, zone: Tz) -> String {
        reference(self.id, self.opened_at, zone)
    }
}

/// What people say on the phone to mean the callback that opened then; see [`Callback::reference`].
pub fn reference(id: CallbackId, opened_at: DateTime<Utc>, zone: Tz) -> String {
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let tail = id.0.as_u128();
    let code = (0..5).rev().map(|i| char::from(LETTERS[((tail >> (5 * i)) & 31) as usize]));
    let day = opened_at.with_timezone(&zone).format("%y%m%d");
    format!("{day}-{}", code.collect::<String>())
}

impl Contact {
    /// Whether one of us wrote it down.
    pub fn is_note(&self) -> bool {
        matches!(self.kind, ContactKind::Message { message: MessageKind::Note, .. })
    }

    /// Whether it is a message, and not only a missed call.
    pub fn is_message(&self) -> bool {
        match self.kind {
            ContactKind::Message { .. } => true,
            ContactKind::Missed { .. } => false,
        }
    }
}
