//! What one who is responsible is told: what is new, everything in the morning, what runs out today (R25).

use super::{Row, Standing, WhileAway, order, row};
use crate::callback::{Callback, State};
use crate::directory::Directory;
use chrono::{NaiveDate, TimeDelta};
use workalendar::WorkCalendar;

/// Callbacks that somebody is told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    pub day: NaiveDate,
    /// The soonest first.
    pub rows: Vec<Row>,
    /// On the first working morning back (R17).
    pub away: Option<WhileAway>,
    /// What others have offered: to be accepted or declined (R18).
    pub offered: Vec<Row>,
    /// What was offered to others, and nobody answered since the working day before (R18).
    pub unanswered: Vec<Row>,
}

impl Digest {
    /// A digest of nothing yet.
    pub fn empty(day: NaiveDate) -> Self {
        Self { day, rows: Vec::new(), away: None, offered: Vec::new(), unanswered: Vec::new() }
    }

    /// With the hand-overs that wait for the reader's answer, and those of theirs that nobody answered.
    pub fn with_hand_overs(
        digest: Option<Self>,
        offered: &[Callback],
        sent: &[Callback],
        today: NaiveDate,
        calendar: &WorkCalendar,
        directory: &Directory,
    ) -> Option<Self> {
        let rows = |callbacks: Vec<&Callback>| {
            let mut rows: Vec<Row> =
                callbacks.into_iter().map(|c| row(c, today, calendar, directory)).collect();
            rows.sort_by_key(order);
            rows
        };
        let waits = offered.iter().filter(|c| c.is_open() && c.offered().is_some()).collect();
        let left = sent.iter().filter(|c| c.is_open() && left_lately(c, today, calendar)).collect();
        let (offered, unanswered) = (rows(waits), rows(left));
        if offered.is_empty() && unanswered.is_empty() {
            return digest;
        }
        Some(Self { offered, unanswered, ..digest.unwrap_or_else(|| Self::empty(today)) })
    }
}

/// Nobody had answered when the working day before this one ended: told once.
fn left_lately(callback: &Callback, today: NaiveDate, calendar: &WorkCalendar) -> bool {
    callback.hand_over.filter(|hand_over| hand_over.unanswered).is_some_and(|hand_over| {
        let last = calendar.local_date(hand_over.until - TimeDelta::seconds(1));
        calendar.working_days_between(last, today) == 1
    })
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
    (!rows.is_empty()).then_some(Digest { rows, ..Digest::empty(today) })
}

/// Of these, of which there is news, what is still open and untried.
pub fn new(
    news: &[Callback],
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> Option<Digest> {
    let untried: Vec<Callback> = news.iter().filter(|c| c.waits_untried()).cloned().collect();
    digest(&untried, today, calendar, directory)
}

/// Of these, what is due today and nobody has tried.
pub fn nudge(
    callbacks: &[Callback],
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> Option<Digest> {
    let mut nudge = digest(callbacks, today, calendar, directory)?;
    nudge.rows.retain(|row| row.standing == Standing::DueToday);
    (!nudge.rows.is_empty()).then_some(nudge)
}
