//! A manager follows up: what is late stands on lists, and somebody takes it on (R26, R27).

use super::Rules;
use crate::callback::{Callback, State, Taken};
use crate::decision::{Decision, Entry, Refusal};
use crate::ids::EmployeeId;
use chrono::{DateTime, NaiveDate, Utc};

impl Callback {
    /// It stands, late, on the list of the manager at `level`: 0 is the own, 1 the next above, and so on. `today` is the
    /// local day. Only the first time at a level is noted; from it count the days until the next one is told.
    ///
    /// Where a level below was left out (the manager is the one responsible), it counts as told the same day.
    pub fn list(mut self, level: usize, today: NaiveDate, now: DateTime<Utc>) -> Decision {
        match self.state {
            State::Open => {}
            State::Provisional { .. } | State::Resolved { .. } | State::Withdrawn { .. } => {
                return Decision::unchanged(self, now);
            }
        }
        if self.listed_on.len() > level {
            return Decision::unchanged(self, now);
        }
        let entries: Vec<Entry> =
            (self.listed_on.len()..=level).map(|level| Entry::Listed { level }).collect();
        self.listed_on.resize(level + 1, today);
        Decision::to(self, entries, now)
    }

    /// "Jag tar den": a manager takes it on. Holds until the end of the next working day; said again on the same day it
    /// changes nothing, on a later one it holds longer.
    ///
    /// # Errors
    /// [`Refusal::AlreadyResolved`] or [`Refusal::Withdrawn`].
    pub fn take(
        self,
        by: EmployeeId,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        match self.state {
            State::Open | State::Provisional { .. } => {}
            State::Resolved { at, .. } => return Err(Refusal::AlreadyResolved { at }),
            State::Withdrawn { at, .. } => return Err(Refusal::Withdrawn { at }),
        }
        let calendar = rules.calendar_of(self.unit);
        let until = calendar.add_working_days(calendar.local_date(now), 1)?;
        if self.taken.is_some_and(|taken| taken.by == by && taken.until == until) {
            return Ok(Decision::unchanged(self, now));
        }
        let taken = Some(Taken { by, at: now, until });
        Ok(Decision::to(Self { taken, ..self }, [Entry::Taken { by, until }], now))
    }
}
