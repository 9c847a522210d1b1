//! How a callback ends, and comes back: by hand, by time, by undo (R19, R20, R21).

use super::Rules;
use crate::callback::{Actor, Attempt, Callback, Disposition, How, State, Withdrawal};
use crate::decision::{Decision, Entry, Refusal};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeSet;
use workalendar::WorkCalendar;

impl Callback {
    /// Somebody says that they tried. `by` is who; without contact the matter stays open (R19).
    ///
    /// # Errors
    /// [`Refusal::AlreadyResolved`] or [`Refusal::Withdrawn`].
    pub fn attempt(
        mut self,
        by: impl Into<Actor>,
        how: How,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        match self.state {
            State::Open | State::Provisional { .. } => {
                let by = by.into();
                let attempt = Attempt { at: now, by, how, reached: false, undone: false };
                if self.attempts.contains(&attempt) {
                    return Ok(Decision::unchanged(self, now));
                }
                self.attempts.push(attempt);
                let entry = Entry::Attempted { by, reached: false, call: None };
                Ok(Decision::to(self, [entry], now))
            }
            State::Resolved { at, .. } => Err(Refusal::AlreadyResolved { at }),
            State::Withdrawn { at, .. } => Err(Refusal::Withdrawn { at }),
        }
    }

    /// `disposition` says how it ended. Repeating the same disposition changes nothing.
    ///
    /// `due` stays as promised: what people do never moves it (R11).
    ///
    /// # Errors
    /// A [`Refusal`] that says what is missing, or that it was resolved in another way before.
    pub fn resolve(
        mut self,
        by: impl Into<Actor>,
        disposition: Disposition,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        let by = by.into();
        match self.state {
            State::Open | State::Provisional { .. } => {
                disposition.allowed_for(&self, rules)?;
                if let Some(how) = disposition.proves() {
                    self.attempts.push(Attempt { at: now, by, how, reached: true, undone: false });
                }
                let state = State::Resolved { by, disposition, at: now };
                let resolved = Self { state, wake_at: None, hand_over: None, ..self };
                Ok(Decision::to(resolved, [Entry::Resolved { by, disposition }], now))
            }
            State::Resolved { disposition: before, .. } if before == disposition => {
                Ok(Decision::unchanged(self, now))
            }
            State::Resolved { at, .. } => Err(Refusal::AlreadyResolved { at }),
            State::Withdrawn { at, .. } => Err(Refusal::Withdrawn { at }),
        }
    }

    /// A provisional end becomes final: its time has come, or a new message came (R5, R21). Otherwise nothing changes.
    pub fn make_final(self, now: DateTime<Utc>) -> Decision {
        match self.state {
            State::Provisional { by, disposition, at, .. } => {
                let state = State::Resolved { by: Actor::Line(by), disposition, at };
                Decision::to(
                    Self { state, wake_at: None, hand_over: None, ..self },
                    [Entry::MadeFinal],
                    now,
                )
            }
            State::Open | State::Resolved { .. } | State::Withdrawn { .. } => {
                Decision::unchanged(self, now)
            }
        }
    }

    /// Time has passed: whatever was due by `now` happens. Waking too early or twice changes nothing.
    ///
    /// # Errors
    /// [`Refusal::OutOfCalendar`] when the day of what comes next lies beyond the calendar.
    pub fn wake(self, rules: Rules<'_>, now: DateTime<Utc>) -> Result<Decision, Refusal> {
        if self.wake_at.is_none_or(|at| at > now) {
            return Ok(Decision::unchanged(self, now));
        }
        match self.state {
            State::Provisional { .. } => Ok(self.make_final(now)),
            State::Open if self.lapses_at(rules)?.is_some_and(|at| at <= now) => {
                let why = Withdrawal::Lapsed;
                let state = State::Withdrawn { why, at: now };
                let gone = Self { state, wake_at: None, ..self };
                Ok(Decision::to(gone, [Entry::Withdrawn { why }], now))
            }
            State::Open => {
                let unanswered = self.leave_unanswered(rules, now)?;
                unanswered.then(|callback| callback.break_agreed_day(rules, now))
            }
            State::Resolved { .. } | State::Withdrawn { .. } => Ok(Decision::unchanged(self, now)),
        }
    }

    /// Takes a disposition back, for 5 working days (R20). While a newer one of the same caller and owner is open, the two
    /// become one: the first decision closes the newer, the second is this one, holding the contacts and attempts of both.
    /// Write them in that order.
    ///
    /// # Errors
    /// [`Refusal::TooLateToUndo`], [`Refusal::NotResolved`] or [`Refusal::Withdrawn`].
    pub fn undo(
        mut self,
        newer: Option<Self>,
        by: impl Into<Actor>,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Vec<Decision>, Refusal> {
        let ended_at = match self.state {
            State::Provisional { at, .. } | State::Resolved { at, .. } => at,
            State::Open => return Err(Refusal::NotResolved),
            State::Withdrawn { at, .. } => return Err(Refusal::Withdrawn { at }),
        };
        let calendar = rules.calendar_of(self.unit);
        let day = calendar.local_date(ended_at);
        let until = calendar.add_working_days(day, rules.policy.undo_days)?;
        if calendar.local_date(now) > until {
            return Err(Refusal::TooLateToUndo { until });
        }
        if let Some(attempt) = self.ended_by() {
            attempt.reached = false;
            attempt.undone = true;
        }
        let due_on = |c: &Self| c.due.as_ref().map(|d| d.due_on);
        let from = due_on(&self);
        let mut decisions = Vec::new();
        let mut entries = Vec::from([Entry::Undone { by: by.into() }]);
        if let Some(newer) = newer.filter(Self::is_open) {
            entries.push(Entry::JoinedFrom { other: newer.id });
            // Of one call the newer knows what was heard last.
            self.contacts.retain(|c| newer.contacts.iter().all(|n| n.call != c.call));
            self.contacts.extend(newer.contacts.iter().cloned());
            self.contacts.sort_by_key(|c| (c.at, c.call));
            let seen = |a: &&Attempt| !a.is_seen() || self.attempts.iter().all(|o| o.how != a.how);
            let others: Vec<Attempt> = newer.attempts.iter().filter(seen).cloned().collect();
            self.attempts.extend(others);
            self.attempts.sort_by_key(|a| a.at);
            self.agree_as(&newer, calendar.local_date(now));
            let why = Withdrawal::JoinedTo(self.id);
            let gone = Self { state: State::Withdrawn { why, at: now }, wake_at: None, ..newer };
            decisions.push(Decision::to(gone, [Entry::Withdrawn { why }], now));
        }
        let open = Self { state: State::Open, ..self }.with_due(rules)?;
        let to = due_on(&open);
        if from != to {
            entries.push(Entry::DueMoved { from, to });
        }
        decisions.push(Decision::to(open, entries, now));
        Ok(decisions)
    }

    /// The attempt that its end rests on, if it is one: the call that the PBX saw, or what was entered with the end.
    fn ended_by(&mut self) -> Option<&mut Attempt> {
        let state = self.state;
        self.attempts.iter_mut().find(|a| match state {
            State::Provisional { call, .. } => a.how == How::Seen { call },
            State::Resolved { by, at, .. } => a.reached && a.by == by && a.at == at,
            State::Open | State::Withdrawn { .. } => false,
        })
    }
}

impl Disposition {
    fn allowed_for(self, callback: &Callback, rules: Rules<'_>) -> Result<(), Refusal> {
        match self {
            Self::Reached
            | Self::Emailed
            | Self::CallerReachedUs
            | Self::HandledByColleague
            | Self::NotARequest => Ok(()),
            Self::ReachedByPbx => Err(Refusal::OnlyByPbx { disposition: self }),
            Self::NoContactDetails if callback.caller.is_some() => Err(Refusal::HasContactDetails),
            Self::NoContactDetails => Ok(()),
            Self::NotReachable => {
                let attempts = callback.counted_attempts().count();
                let days =
                    working_days_of(callback.counted_attempts(), rules.calendar_of(callback.unit));
                let enough = attempts >= rules.policy.attempts_before_not_reachable
                    && days >= rules.policy.days_before_not_reachable;
                if enough { Ok(()) } else { Err(Refusal::TooFewAttempts { attempts, days }) }
            }
        }
    }

    /// Some dispositions are an attempt that reached the caller; the others say nothing of one.
    fn proves(self) -> Option<How> {
        match self {
            Self::Reached | Self::CallerReachedUs => Some(How::Phone),
            Self::Emailed => Some(How::Email),
            Self::ReachedByPbx
            | Self::HandledByColleague
            | Self::NotReachable
            | Self::NoContactDetails
            | Self::NotARequest => None,
        }
    }
}

fn working_days_of<'a>(
    attempts: impl Iterator<Item = &'a Attempt>,
    calendar: &WorkCalendar,
) -> usize {
    let days = attempts.map(|a| calendar.local_date(a.at));
    days.filter(|day| calendar.is_working_day(*day)).collect::<BTreeSet<NaiveDate>>().len()
}
