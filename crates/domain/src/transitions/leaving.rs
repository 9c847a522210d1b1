//! Somebody has left: what they had open, and what was offered to them, is their unit's (R13, R16).

use super::Rules;
use crate::callback::{Callback, HandOver};
use crate::decision::{Decision, Entry, Refusal};
use crate::directory::Owner;
use crate::ids::{EmployeeId, UnitId};
use chrono::{DateTime, Utc};

impl Callback {
    /// `who` has left. What they had is their unit's from now on; the owner, by whom later calls find it (R5), and the last
    /// day stay (R13). What they offered to others stays offered.
    ///
    /// An offer to them ends as if nobody had answered: the receiving unit has it, and the sender is told (R18). Declined, it
    /// would fall back on a sender who does not know whom to ask instead. Where neither is so, nothing changes.
    ///
    /// # Errors
    /// That it has ended.
    pub fn owner_left(
        self,
        who: EmployeeId,
        unit: Option<UnitId>,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.must_be_open()?;
        let gone = Owner::Employee(who);
        if self.holder() == gone {
            let to = unit.map_or(Owner::Organisation, Owner::Unit);
            let moved = Self { handed_to: Some(to), unit, ..self }.with_wake(rules)?;
            return Ok(Decision::to(moved, [Entry::Left { who, to }], now));
        }
        match self.offered().copied() {
            Some(offered) if offered.to == gone => {
                let ended = HandOver { until: offered.until.min(now), ..offered };
                let ended = Self { hand_over: Some(ended), ..self };
                let to = offered.unit.map_or(Owner::Organisation, Owner::Unit);
                let left = ended.leave_unanswered(rules, now)?;
                Ok(Decision::to(left.callback, [Entry::Left { who, to }], now))
            }
            Some(_) | None => Ok(Decision::unchanged(self, now)),
        }
    }
}
