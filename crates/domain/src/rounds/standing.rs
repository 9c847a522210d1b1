//! How a promise stands: by itself, and on a given day (R12).

use super::is_open;
use crate::callback::{Agreed, Callback};
use chrono::NaiveDate;
use chrono_tz::Tz;
use workalendar::WorkCalendar;

/// How a promise stands on a given day (R12).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// `due_on` has ended without an attempt; by so many working days.
    Late {
        working_days: i64,
    },
    DueToday,
    DueLater,
    /// The promise was kept by an attempt; the caller was not reached.
    Tried,
    /// No last day was promised (R2).
    NoDeadline,
    /// Reached, and a day was agreed for the answer (R23).
    Agreed {
        on: NaiveDate,
    },
    /// That day has ended, by so many working days.
    AgreedDayBroken {
        on: NaiveDate,
        working_days: i64,
    },
}

/// The part of [`Standing`] that no day changes: with one, lists are counted without reading what they list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// Nobody has tried in time.
    Untried { due_on: NaiveDate },
    /// Kept by an attempt on this local day; the caller was not reached.
    Tried { on: NaiveDate },
    /// Reached, and a day was agreed for the answer (R23).
    Agreed { on: NaiveDate },
    /// That day has ended.
    AgreedDayBroken { on: NaiveDate },
    /// No last day was promised (R2).
    NoDeadline,
}

impl Promise {
    /// The name of [`Promise::Untried`].
    pub const UNTRIED: &str = "untried";
    /// The name of [`Promise::Tried`].
    pub const TRIED: &str = "tried";
    /// The name of [`Promise::AgreedDayBroken`].
    pub const AGREED_DAY_BROKEN: &str = "agreed_day_broken";

    /// How this callback stands, if it is open and somebody waits.
    pub fn of_open(callback: &Callback, zone: Tz) -> Option<Self> {
        is_open(callback).then(|| Self::of(callback, zone))
    }

    /// How this callback stands; `zone`: where its days are.
    fn of(callback: &Callback, zone: Tz) -> Self {
        match callback.agreed {
            Some(Agreed { on, broken: true, .. }) => return Self::AgreedDayBroken { on },
            Some(Agreed { on, broken: false, .. }) => return Self::Agreed { on },
            None => {}
        }
        let Some(due) = &callback.due else { return Self::NoDeadline };
        let first = callback.first_attempt_at().map(|at| at.with_timezone(&zone).date_naive());
        match first {
            Some(on) if on <= due.due_on => Self::Tried { on },
            Some(_) | None => Self::Untried { due_on: due.due_on },
        }
    }

    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Untried { .. } => Self::UNTRIED,
            Self::Tried { .. } => Self::TRIED,
            Self::Agreed { .. } => "agreed",
            Self::AgreedDayBroken { .. } => Self::AGREED_DAY_BROKEN,
            Self::NoDeadline => "no_deadline",
        }
    }

    /// The day that counts.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Untried { due_on: on }
            | Self::Tried { on }
            | Self::Agreed { on }
            | Self::AgreedDayBroken { on } => Some(on),
            Self::NoDeadline => None,
        }
    }

    fn standing(self, today: NaiveDate, calendar: &WorkCalendar) -> Standing {
        let since = |day| calendar.working_days_between(day, today);
        match self {
            Self::Untried { due_on } if due_on < today => {
                Standing::Late { working_days: since(due_on) }
            }
            Self::Untried { due_on } if due_on == today => Standing::DueToday,
            Self::Untried { .. } => Standing::DueLater,
            Self::Tried { .. } => Standing::Tried,
            Self::Agreed { on } => Standing::Agreed { on },
            Self::AgreedDayBroken { on } => {
                Standing::AgreedDayBroken { on, working_days: since(on) }
            }
            Self::NoDeadline => Standing::NoDeadline,
        }
    }
}

/// How this callback stands today.
pub fn standing(callback: &Callback, today: NaiveDate, calendar: &WorkCalendar) -> Standing {
    Promise::of(callback, calendar.zone()).standing(today, calendar)
}
