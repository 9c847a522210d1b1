//! A day that was agreed with the caller: a second promise (R23).

use super::Rules;
use crate::callback::{Actor, Agreed, AgreedDays, Attempt, Callback, How, State};
use crate::decision::{Decision, Entry, Refusal};
use chrono::{DateTime, NaiveDate, Utc};

/// At most so many working days ahead (R23).
const FARTHEST: i32 = 20;

impl Callback {
    /// The two have spoken, the answer is not finished, and they agreed on a day. Whoever enters it says with it that the
    /// caller was reached. The first promise is kept or not by when that was; its day stays what it was (R11).
    ///
    /// A new day before the old one has ended keeps the old one ("ej klar, ny dag").
    ///
    /// # Errors
    /// [`Refusal::NoDayToAgreeOn`] for a day that is off, over, or more than 20 working days ahead; or that it has ended.
    pub fn agree(
        mut self,
        on: NaiveDate,
        by: impl Into<Actor>,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.must_be_open()?;
        let by = by.into();
        let calendar = rules.calendar_of(self.unit);
        let today = calendar.local_date(now);
        let until = calendar.add_working_days(today, FARTHEST)?;
        if on <= today || on > until || !calendar.is_working_day(on) {
            return Err(Refusal::NoDayToAgreeOn { until });
        }
        if self.agreed.is_some_and(|agreed| agreed.on == on && !agreed.broken) {
            return Ok(Decision::unchanged(self, now));
        }
        self.agreed_before = self.agreed_until(today);
        let mut entries = Vec::new();
        // What the PBX took for the end was the talk in which they agreed.
        if let State::Provisional { .. } = self.state {
            self.state = State::Open;
        } else {
            let (how, reached) = (How::Phone, true);
            self.attempts.push(Attempt { at: now, by, how, reached, undone: false });
            entries.push(Entry::Attempted { by, reached, call: None });
        }
        let agreed = Some(Agreed { on, by, at: now, broken: false });
        entries.push(Entry::Agreed { by, on });
        let agreed = Self { agreed, ..self }.with_wake(rules)?;
        Ok(Decision::to(agreed, entries, now))
    }

    /// What became of the days agreed so far, when another one takes the place of the last on this local day: said in
    /// time, "ej klar, ny dag" has kept it.
    fn agreed_until(&self, day: NaiveDate) -> AgreedDays {
        let is_kept = |agreed: Agreed| !agreed.broken && day <= agreed.on;
        let before = self.agreed_before;
        self.agreed.map_or(before, |agreed| before.and(is_kept(agreed)))
    }

    /// Takes over what was agreed in `newer`, which goes on in this one; the day that was agreed last counts.
    pub(super) fn agree_as(&mut self, newer: &Self, today: NaiveDate) {
        self.agreed_before = self.agreed_before.with(newer.agreed_before);
        if newer.agreed.is_some() {
            self.agreed_before = self.agreed_until(today);
            self.agreed = newer.agreed;
        }
    }

    /// When the agreed day has ended.
    pub(super) fn broken_at(&self, rules: Rules<'_>) -> Result<Option<DateTime<Utc>>, Refusal> {
        let Some(agreed) = self.agreed.filter(|agreed| !agreed.broken) else { return Ok(None) };
        Ok(Some(rules.calendar_of(self.unit).end_of(agreed.on)?))
    }

    pub(super) fn break_agreed_day(
        self,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        let is_over = self.broken_at(rules)?.is_some_and(|at| at <= now);
        let Some(agreed) = self.agreed.filter(|_| is_over) else {
            return Ok(Decision::unchanged(self, now));
        };
        let broken = Self { agreed: Some(Agreed { broken: true, ..agreed }), ..self };
        Ok(Decision::to(broken.with_wake(rules)?, [Entry::AgreedDayBroken { on: agreed.on }], now))
    }
}
