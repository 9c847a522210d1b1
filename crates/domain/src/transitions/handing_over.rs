//! To the right handler: offered, accepted, declined, or left without an answer (R13, R18).

use super::Rules;
use crate::callback::{Actor, Callback, HandOver, State};
use crate::decision::{Decision, Decline, Entry, Refusal};
use crate::directory::Owner;
use crate::ids::UnitId;
use chrono::{DateTime, Utc};

impl Callback {
    /// Offers it to somebody else; `unit` is the receiving one. Until they answer, whoever has it stays responsible, and its
    /// last day stays what it was (R13). Offering it again to the same changes nothing; to another takes the first offer back.
    ///
    /// # Errors
    /// [`Refusal::AlreadyTheirs`], or that it has ended.
    pub fn offer(
        self,
        to: Owner,
        unit: Option<UnitId>,
        by: impl Into<Actor>,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.must_be_open()?;
        if self.holder() == to {
            return Err(Refusal::AlreadyTheirs);
        }
        if self.offered().is_some_and(|offered| offered.to == to) {
            return Ok(Decision::unchanged(self, now));
        }
        let calendar = rules.calendar_of(unit);
        let last = calendar.add_working_days(calendar.local_date(now), 1)?;
        let (by, from, until) = (by.into(), self.holder(), calendar.end_of(last)?);
        let hand_over = HandOver { from, to, unit, by, at: now, until, unanswered: false };
        let offered = Self { hand_over: Some(hand_over), ..self }.with_wake(rules)?;
        Ok(Decision::to(offered, [Entry::HandedOver { by, to }], now))
    }

    /// The receiver takes it; from then on it is theirs.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`], or that it has ended.
    pub fn accept(
        self,
        by: impl Into<Actor>,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.must_be_open()?;
        let Some(HandOver { to, unit, .. }) = self.offered().copied() else {
            return Err(Refusal::NotOffered);
        };
        let accepted = Self { hand_over: None, ..self }.gone_to(to, unit).with_wake(rules)?;
        Ok(Decision::to(accepted, [Entry::Accepted { by: by.into() }], now))
    }

    /// The receiver does not take it, and says why; or whoever offered it takes the offer back.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`], or that it has ended.
    pub fn decline(
        self,
        by: impl Into<Actor>,
        why: Decline,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.must_be_open()?;
        if self.offered().is_none() {
            return Err(Refusal::NotOffered);
        }
        let kept = Self { hand_over: None, ..self }.with_wake(rules)?;
        Ok(Decision::to(kept, [Entry::Declined { by: by.into(), why }], now))
    }

    /// When an offer that waits has waited long enough.
    pub(super) fn unanswered_at(&self) -> Option<DateTime<Utc>> {
        self.offered().map(|offered| offered.until)
    }

    /// Nobody answered by the end of the next working day: the receiving unit has it, and so its reception.
    pub(super) fn leave_unanswered(
        self,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        let Some(offered) = self.offered().copied().filter(|offered| offered.until <= now) else {
            return Ok(Decision::unchanged(self, now));
        };
        let to = offered.unit.map_or(Owner::Organisation, Owner::Unit);
        let hand_over = Some(HandOver { unanswered: true, ..offered });
        let left = Self { hand_over, ..self }.gone_to(to, offered.unit).with_wake(rules)?;
        Ok(Decision::to(left, [Entry::HandOverUnanswered { to }], now))
    }

    fn gone_to(self, to: Owner, unit: Option<UnitId>) -> Self {
        let handed_to = Some(to).filter(|to| *to != self.owner);
        Self { handed_to, unit, hops: self.hops + 1, ..self }
    }

    pub(super) fn must_be_open(&self) -> Result<(), Refusal> {
        match self.state {
            State::Open | State::Provisional { .. } => Ok(()),
            State::Resolved { at, .. } => Err(Refusal::AlreadyResolved { at }),
            State::Withdrawn { at, .. } => Err(Refusal::Withdrawn { at }),
        }
    }
}
