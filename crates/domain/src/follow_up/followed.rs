//! What follow-up needs of one callback, and whether it counts.

use crate::callback::{AgreedDays, Callback, Disposition, State, Withdrawal};
use crate::ids::{CallbackId, UnitId};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// One callback as follow-up sees it. It follows from the callback as it now is, so it can be made again at any time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    pub callback: CallbackId,
    /// The unit that answers for it: the owner's, whoever stands in meanwhile (R13).
    pub unit: Option<UnitId>,
    /// The caller left a message: the policy's own words, reported apart (R2).
    pub has_message: bool,
    /// When the earliest contact came that promises anything (R9, R11).
    pub received_at: DateTime<Utc>,
    pub due_on: Option<NaiveDate>,
    pub attempted_at: Option<DateTime<Utc>>,
    pub reached_at: Option<DateTime<Utc>>,
    /// Also provisionally: nobody is reminded of it.
    pub resolved_at: Option<DateTime<Utc>>,
    /// It ended on the PBX's word alone (R21).
    pub reached_by_pbx: bool,
    /// The agreed days of which it is known what became of them (R23).
    pub agreed: AgreedDays,
    /// The last agreed day, as long as its end has not shown it broken.
    pub agreed_on: Option<NaiveDate>,
    /// Why it is not counted, if it is not.
    pub excluded: Option<Excluded>,
}

/// Why a callback is in no share, and is counted beside (R31).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Excluded {
    /// Late facts said that nobody waited (R4).
    Contradicted,
    /// It goes on in another one, which counts (R20).
    Joined,
    /// It only stood on a list, or lapsed there (R2). Counted, those that somebody worked on would be the better half of them.
    NothingPromised,
    /// Private, spam, a wrong number (R20).
    NotARequest,
    /// Nobody can come back to them (R6, R20).
    NoContactDetails,
}

impl Excluded {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Contradicted,
        Self::Joined,
        Self::NothingPromised,
        Self::NotARequest,
        Self::NoContactDetails,
    ];

    /// As stored, and as machines read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contradicted => "contradicted",
            Self::Joined => "joined",
            Self::NothingPromised => "nothing_promised",
            Self::NotARequest => "not_a_request",
            Self::NoContactDetails => "no_contact_details",
        }
    }
}

impl Followed {
    /// What is to be followed up of this callback.
    pub fn of(callback: &Callback) -> Self {
        let ended = ended(&callback.state);
        let (agreed, agreed_on) = match callback.agreed {
            Some(last) if last.broken => (callback.agreed_before.and(false), None),
            last => (callback.agreed_before, last.map(|last| last.on)),
        };
        Self {
            callback: callback.id,
            unit: callback.unit,
            has_message: callback.has_message(),
            received_at: received_at(callback),
            due_on: callback.due.as_ref().map(|due| due.due_on),
            attempted_at: callback.first_attempt_at(),
            reached_at: callback.reached_at(),
            resolved_at: ended.map(|(_, at)| at),
            reached_by_pbx: ended.is_some_and(|(how, _)| how == Disposition::ReachedByPbx),
            agreed,
            agreed_on,
            excluded: excluded(callback),
        }
    }
}

/// The contact that the last day is counted from. Where none stands any more it still came in at some time.
fn received_at(callback: &Callback) -> DateTime<Utc> {
    let promised = callback.standing().filter(|c| c.promised).map(|c| c.at).min();
    let standing = || callback.standing().map(|c| c.at).min();
    let any = || callback.contacts.iter().map(|c| c.at).min();
    promised.or_else(standing).or_else(any).unwrap_or(callback.opened_at)
}

fn ended(state: &State) -> Option<(Disposition, DateTime<Utc>)> {
    match *state {
        State::Provisional { disposition, at, .. } | State::Resolved { disposition, at, .. } => {
            Some((disposition, at))
        }
        State::Open | State::Withdrawn { .. } => None,
    }
}

fn excluded(callback: &Callback) -> Option<Excluded> {
    let by_state = match callback.state {
        State::Withdrawn { why, .. } => Some(match why {
            Withdrawal::Contradicted => Excluded::Contradicted,
            Withdrawal::JoinedTo(_) => Excluded::Joined,
            Withdrawal::Lapsed => Excluded::NothingPromised,
        }),
        State::Provisional { disposition, .. } | State::Resolved { disposition, .. } => {
            by_disposition(disposition)
        }
        State::Open => None,
    };
    // Somebody worked on it before its last contact was contradicted: then it stays (R4), without a promise.
    let nobody_waited = || callback.standing().next().is_none().then_some(Excluded::Contradicted);
    let unpromised = || callback.due.is_none().then_some(Excluded::NothingPromised);
    by_state.or_else(nobody_waited).or_else(unpromised)
}

fn by_disposition(disposition: Disposition) -> Option<Excluded> {
    match disposition {
        Disposition::NotARequest => Some(Excluded::NotARequest),
        Disposition::NoContactDetails => Some(Excluded::NoContactDetails),
        Disposition::Reached
        | Disposition::ReachedByPbx
        | Disposition::Emailed
        | Disposition::CallerReachedUs
        | Disposition::HandledByColleague
        | Disposition::NotReachable => None,
    }
}
