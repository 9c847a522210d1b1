//! The morning digest: everything open for one who is responsible (R25).

use super::{Row, WhileAway, order, row};
use crate::callback::{Callback, State};
use crate::directory::Directory;
use chrono::NaiveDate;
use workalendar::WorkCalendar;

/// What the morning digest says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub day: NaiveDate,
    /// The soonest first.
    pub rows: Vec<Row>,
    /// On the first working morning back (R17).
    pub away: Option<WhileAway>,
}

/// The digest of these callbacks; `None` when there is nothing to say, for an empty mail is never sent.
///
/// One that the PBX saw resolved waits to become final: reminders about it stop (R21).
pub fn digest(
    callbacks: &[Callback],
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> Option<Digest> {
    let open = callbacks.iter().filter(|c| match c.state {
        State::Open => c.standing().next().is_some(),
        State::Provisional { .. } | State::Resolved { .. } | State::Withdrawn { .. } => false,
    });
    let mut rows: Vec<Row> = open.map(|c| row(c, today, calendar, directory)).collect();
    rows.sort_by_key(order);
    (!rows.is_empty()).then_some(Digest { day: today, rows, away: None })
}
