//! What a manager has to know of a unit: the lists behind the tiles of its page. They say what the manager list says (R26),
//! as cuts through what is open, so that a list is counted without being read.

use super::Promise;
use crate::callback::Callback;
use crate::directory::{Directory, Owner};
use crate::ids::UnitId;
use crate::policy::Policy;
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use workalendar::WorkCalendar;

/// Why a callback stands on a manager's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Concern {
    /// The last day has ended, and nobody has tried in time (R12).
    Late,
    /// The last day is today, and nobody has tried.
    DueToday,
    /// Tried, and not reached for so many working days that a manager has to know (R19).
    NotReached,
    /// Handed over, and nobody has said yes (R18).
    Waiting,
    /// Whoever has it is away with nobody who stands in (R26).
    Uncovered,
    /// A day was agreed with the caller, and it has ended (R23).
    AgreedDayBroken,
}

/// What is cut out of everything open: [`Cut::takes`] says of one callback what a database is asked of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cut {
    /// Nobody has tried, and the last day is one of these: from the first on, before the second.
    Untried {
        from: Option<NaiveDate>,
        before: NaiveDate,
    },
    /// Tried before this day.
    Tried {
        before: NaiveDate,
    },
    AgreedDayBroken,
    HandedOver,
    Everything,
    /// What these have.
    Of(Vec<Owner>),
}

impl Concern {
    /// The worst first.
    pub const ALL: [Self; 6] = [
        Self::Late,
        Self::DueToday,
        Self::AgreedDayBroken,
        Self::Waiting,
        Self::Uncovered,
        Self::NotReached,
    ];

    /// As addresses and texts name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::DueToday => "today",
            Self::NotReached => "not-reached",
            Self::Waiting => "waiting",
            Self::Uncovered => "uncovered",
            Self::AgreedDayBroken => "agreed",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concern| concern.name() == name)
    }

    /// What of everything open in `units` it is about today.
    pub fn cut(
        self,
        units: &[UnitId],
        directory: &Directory,
        today: NaiveDate,
        calendar: &WorkCalendar,
        policy: &Policy,
    ) -> Cut {
        let tomorrow = today.checked_add_days(Days::new(1)).unwrap_or(today);
        match self {
            Self::Late => Cut::Untried { from: None, before: today },
            Self::DueToday => Cut::Untried { from: Some(today), before: tomorrow },
            Self::AgreedDayBroken => Cut::AgreedDayBroken,
            Self::Waiting => Cut::HandedOver,
            Self::Uncovered => {
                let away = directory.away_without_cover(today);
                let theirs = away.filter(|e| units.contains(&e.unit));
                Cut::Of(theirs.map(|e| Owner::Employee(e.id)).collect())
            }
            Self::NotReached => {
                Cut::Tried { before: tried_before(policy.not_reached_days, today, calendar) }
            }
        }
    }
}

impl Cut {
    /// Whether it takes this one.
    pub fn takes(&self, callback: &Callback, zone: Tz) -> bool {
        let Some(promise) = Promise::of_open(callback, zone) else { return false };
        match (self, promise) {
            (Self::Untried { from, before }, Promise::Untried { due_on }) => {
                from.is_none_or(|from| from <= due_on) && due_on < *before
            }
            (Self::Tried { before }, Promise::Tried { on }) => on < *before,
            (Self::AgreedDayBroken, Promise::AgreedDayBroken { .. }) => true,
            (Self::Everything, _) => true,
            (Self::HandedOver, _) => callback.hand_over.is_some(),
            (Self::Of(owners), _) => owners.contains(&callback.holder()),
            (Self::Untried { .. } | Self::Tried { .. } | Self::AgreedDayBroken, _) => false,
        }
    }
}

/// The first day that lies fewer than so many working days back.
fn tried_before(working_days: i32, today: NaiveDate, calendar: &WorkCalendar) -> NaiveDate {
    let far_back =
        |day: &NaiveDate| calendar.working_days_between(*day, today) >= i64::from(working_days);
    let earliest = calendar.add_working_days(today, -working_days - 1).unwrap_or(today);
    earliest.iter_days().take_while(|day| *day <= today).find(|day| !far_back(day)).unwrap_or(today)
}
