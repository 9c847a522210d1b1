//! A line in working days of its unit, as it stands on a day.

use super::followed::{Excluded, Followed};
use crate::callback::AgreedDays;
use chrono::{DateTime, NaiveDate, Utc};
use workalendar::WorkCalendar;

/// The policy's two days: both shares are of the cases that had that long (R31).
const SECOND_DAY: i64 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Measured {
    pub has_message: bool,
    pub excluded: Option<Excluded>,
    pub outcome: Outcome,
    pub received_on: NaiveDate,
    /// Within so many working days of the day it came in somebody tried; 0 on that day itself.
    pub attempted_after: Option<u32>,
    pub reached_after: Option<u32>,
    /// It has ended, after so many working days.
    pub resolved_after: Option<u32>,
    pub reached_by_pbx: bool,
    /// Agreed days that are over, or were kept before (R23).
    pub agreed: AgreedDays,
    /// Working days that it has been open, if it is.
    pub open_for: Option<u32>,
}

/// What became of the promise (R12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its last day, or its second working day, has not ended.
    WithinTime,
    Kept,
    /// It ended in time, and nobody of the owner's tried: a colleague had handled it.
    ClosedUntried,
    Late,
}

impl Followed {
    /// What became of the promise, as it stands on that day; `calendar` is the unit's.
    pub fn outcome(&self, calendar: &WorkCalendar, today: NaiveDate) -> Outcome {
        outcome(self, calendar.local_date(self.received_at), calendar, today)
    }
}

impl Measured {
    pub(super) fn of(line: &Followed, calendar: &WorkCalendar, today: NaiveDate) -> Self {
        let received_on = calendar.local_date(line.received_at);
        let day = |at: Option<DateTime<Utc>>| at.map(|at| calendar.local_date(at));
        let waited = |on| waited(received_on, on, calendar);
        let counts_and_is_open = line.resolved_at.is_none() && line.excluded.is_none();
        Self {
            has_message: line.has_message,
            excluded: line.excluded,
            outcome: outcome(line, received_on, calendar, today),
            received_on,
            attempted_after: day(line.attempted_at).map(waited),
            reached_after: day(line.reached_at).map(waited),
            resolved_after: day(line.resolved_at).map(waited),
            reached_by_pbx: line.reached_by_pbx,
            agreed: agreed(line, day(line.resolved_at), today),
            open_for: counts_and_is_open
                .then(|| calendar.working_days_between(received_on, today))
                .and_then(|days| u32::try_from(days).ok()),
        }
    }

    pub(super) fn has_ended(&self) -> bool {
        self.excluded.is_none() && self.outcome != Outcome::WithinTime
    }
}

/// The smallest `n` such that `on` is within `n` working days: a day off after the second working day is within three.
fn waited(received_on: NaiveDate, on: NaiveDate, calendar: &WorkCalendar) -> u32 {
    let day_off = on > received_on && !calendar.is_working_day(on);
    let days = calendar.working_days_between(received_on, on) + i64::from(day_off);
    // An attempt after a call that promised nothing may lie before the one that promises.
    u32::try_from(days).unwrap_or(0)
}

/// The last day is kept by having ended it in time, and broken when it is over without that (R23).
fn agreed(line: &Followed, resolved_on: Option<NaiveDate>, today: NaiveDate) -> AgreedDays {
    match (line.agreed_on, resolved_on) {
        (Some(on), Some(resolved_on)) => line.agreed.and(resolved_on <= on),
        (Some(on), None) if today > on => line.agreed.and(false),
        (Some(_) | None, _) => line.agreed,
    }
}

fn outcome(
    line: &Followed,
    received_on: NaiveDate,
    calendar: &WorkCalendar,
    today: NaiveDate,
) -> Outcome {
    let yesterday = today.pred_opt().unwrap_or(today);
    let second_has_ended = calendar.working_days_between(received_on, yesterday) >= SECOND_DAY;
    let Some(due_on) = line.due_on.filter(|due_on| *due_on <= yesterday && second_has_ended) else {
        return Outcome::WithinTime;
    };
    let by_then =
        |at: Option<DateTime<Utc>>| at.is_some_and(|at| calendar.local_date(at) <= due_on);
    if by_then(line.attempted_at) {
        Outcome::Kept
    } else if by_then(line.resolved_at) {
        Outcome::ClosedUntried
    } else {
        Outcome::Late
    }
}
