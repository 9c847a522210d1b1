//! Rounds: what people are told, when, and why it is on their list (R24, R25, R26).

mod alarm;
mod back;
mod channel;
mod climbing;
mod concern;
mod digest;
mod hours;
mod manager_list;
mod schedule;
mod standing;
mod turn;
mod whom;

#[cfg(test)]
mod tests;

pub use alarm::{Alarm, alarm};
pub use back::{CameIn, DaysAway, WhileAway, back_on, days_away, while_away};
pub use channel::{ChannelNotice, channel_notice};
pub use climbing::Readers;
pub use concern::{Concern, Cut};
pub use digest::{Digest, digest, new, nudge};
pub use manager_list::{
    Listing, ManagerList, OfPerson, OfUnit, UnitList, Unreachable, manager_list,
};
pub use schedule::{Schedule, Slot};
pub use standing::{Promise, Standing, standing};
pub use turn::{Turn, turn};
pub use whom::{Offices, Recipient};

use crate::callback::{Callback, State};
use crate::directory::Directory;
use crate::ids::CallbackId;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use workalendar::{Due, WorkCalendar};

/// What kind of mail it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundKind {
    /// What came in since the last mail, gathered (R25).
    New,
    /// Everything open for one who is responsible, on the morning of a working day (R25).
    Digest,
    /// What is due today and nobody has tried (R25).
    Nudge,
    /// What is late in the units of one manager, and what climbed to them (R26, R27).
    ManagerList,
    /// There is something to tell and nobody to tell it to (R27).
    Alarm,
    /// A PBX fell silent against its own habit (R37).
    Silence,
    /// Posts came with a wrong clock, or could not be read (R37).
    Faults,
    /// Somebody tries whether mails arrive (R24).
    Test,
}

impl RoundKind {
    /// All of them. Who was to be told something in two of them at one moment gets them in this order.
    pub const ALL: [Self; 8] = [
        Self::New,
        Self::Digest,
        Self::Nudge,
        Self::ManagerList,
        Self::Alarm,
        Self::Silence,
        Self::Faults,
        Self::Test,
    ];

    /// As stored and counted.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Digest => "digest",
            Self::Nudge => "nudge",
            Self::ManagerList => "manager_list",
            Self::Alarm => "alarm",
            Self::Silence => "silence",
            Self::Faults => "faults",
            Self::Test => "test",
        }
    }
}

/// One callback on a list. Of the caller it shows nothing: reference and dates only (R29).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub id: CallbackId,
    pub reference: String,
    /// The time of the earliest contact: what helps to find it in a phone's own list.
    pub received_at: DateTime<Utc>,
    pub due: Option<Due>,
    pub standing: Standing,
    pub has_message: bool,
    pub contacts: usize,
    pub attempts: usize,
    /// Where it was rung, in our own words; none for a line nobody knows.
    pub line: Option<String>,
    /// The manager who has taken it, as long as that holds (R27).
    pub taken_by: Option<String>,
    /// How often it went from one to another (R18).
    pub hops: u32,
    /// The last hand-over was answered by nobody (R18).
    pub unanswered: bool,
}

fn row(
    callback: &Callback,
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> Row {
    let first = callback.standing().next().or(callback.contacts.first());
    Row {
        id: callback.id,
        reference: callback.reference(calendar.zone()),
        received_at: first.map_or(callback.opened_at, |c| c.at),
        due: callback.due.clone(),
        standing: standing(callback, today, calendar),
        has_message: callback.has_message(),
        contacts: callback.standing().count(),
        attempts: callback.counted_attempts().count(),
        line: first.and_then(|c| directory.line(c.line?)).map(|l| l.name.clone()),
        taken_by: callback
            .taken_on(today)
            .and_then(|taken| directory.employee(taken.by))
            .map(|e| e.name.clone()),
        hops: callback.hops,
        unanswered: callback.hand_over.is_some_and(|hand_over| hand_over.unanswered),
    }
}

/// The soonest first; of one day those with a message first (R2, R25); without a last day at the end.
fn order(row: &Row) -> (NaiveDate, bool, DateTime<Utc>, CallbackId) {
    let due_on = row.due.as_ref().map_or(NaiveDate::MAX, |d| d.due_on);
    let due_on = match row.standing {
        Standing::Agreed { on } | Standing::AgreedDayBroken { on, .. } => on,
        Standing::Late { .. }
        | Standing::DueToday
        | Standing::DueLater
        | Standing::Tried
        | Standing::NoDeadline => due_on,
    };
    (due_on, !row.has_message, row.received_at, row.id)
}

/// Open, with somebody waiting: what lists are about.
fn is_open(callback: &Callback) -> bool {
    match callback.state {
        State::Open => callback.standing().next().is_some(),
        State::Provisional { .. } | State::Resolved { .. } | State::Withdrawn { .. } => false,
    }
}
