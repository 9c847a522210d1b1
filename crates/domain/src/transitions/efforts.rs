//! What the PBX saw of our coming back: attempts, and ends that are provisional (R10, R21, R22).

use super::Rules;
use crate::callback::{Actor, Attempt, Callback, Disposition, Effort, EffortKind, How, State};
use crate::decision::{Decision, Entry, Refusal};
use crate::verdict::Answer;
use chrono::{DateTime, TimeDelta, Utc};

impl Callback {
    /// An outgoing call to the caller, or an answered one from the caller, by somebody who answers for this callback.
    ///
    /// Long enough and after all that was promised: resolved provisionally. Before a promise, or to a shared number, an
    /// attempt; shorter, unanswered or of unknown length too, if it was we who rang. Before the first contact: nothing.
    /// News of a call that was heard before replaces what it meant then; the same news again changes nothing.
    ///
    /// # Errors
    /// [`Refusal::OutOfCalendar`] when the day it becomes final lies beyond the calendar.
    pub fn hear(
        self,
        effort: &Effort,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        let Some(first) = self.standing().map(|c| c.at).min() else {
            return Ok(Decision::unchanged(self, now));
        };
        let how = How::Seen { call: effort.call };
        let known = self.attempts.iter().find(|a| a.how == how);
        if known.is_some_and(|a| a.undone) || (known.is_none() && effort.at <= first) {
            return Ok(Decision::unchanged(self, now));
        }
        // Of a shared number nobody knows which of its callers it was (R5).
        let talked = self.may_be_joined && effort.is_talk(rules.policy.shortest_talk);
        let covers_all = self.standing().all(|c| !c.promised || effort.at > c.at);
        let spoke = talked && covers_all && effort.at > first;
        let is_news = known != Some(&effort.as_attempt(talked));
        match self.state {
            State::Open if spoke && is_news => self.resolve_provisionally(effort, rules, now),
            State::Open => Ok(self.attempted(effort, talked, now)),
            State::Provisional { call, .. } if call == effort.call && !spoke => {
                let open = Self { state: State::Open, ..self }.with_wake(rules)?;
                let mut decision = open.attempted(effort, talked, now);
                decision.entries.insert(0, Entry::ReopenedByPbx { call });
                Ok(decision)
            }
            State::Provisional { call, disposition, final_at, .. } if call == effort.call => {
                let (by, at) = (effort.line, effort.at);
                let state = State::Provisional { by, call, disposition, at, final_at };
                Ok(Self { state, ..self }.attempted(effort, talked, now))
            }
            State::Provisional { .. } => Ok(self.attempted(effort, talked, now)),
            State::Resolved { .. } | State::Withdrawn { .. } => Ok(Decision::unchanged(self, now)),
        }
    }

    /// R21, R22: reminders stop; final at the end of the next working day.
    fn resolve_provisionally(
        self,
        effort: &Effort,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        let disposition = match effort.kind {
            EffortKind::WeRang(_) => Disposition::ReachedByPbx,
            EffortKind::CallerRang { .. } => Disposition::CallerReachedUs,
        };
        let calendar = rules.calendar_of(self.unit);
        let next_day = calendar.add_working_days(calendar.local_date(effort.at), 1)?;
        let final_at = calendar.end_of(next_day)?.max(now);
        let (by, call, at) = (effort.line, effort.call, effort.at);
        let mut decision = self.attempted(effort, true, now);
        decision.callback.state = State::Provisional { by, call, disposition, at, final_at };
        decision.callback.wake_at = Some(final_at);
        decision.entries.push(Entry::ResolvedByPbx { by, call, disposition });
        Ok(decision)
    }

    /// Notes a call as an attempt, once per call. A call that the caller made is one only if it ended in talk.
    fn attempted(mut self, effort: &Effort, reached: bool, now: DateTime<Utc>) -> Decision {
        let attempt = effort.as_attempt(reached);
        let Attempt { by, how, .. } = attempt;
        let counts = reached || matches!(effort.kind, EffortKind::WeRang(_));
        let known = self.attempts.iter().position(|a| a.how == how);
        match (known, counts) {
            (Some(i), _) if self.attempts[i] == attempt => return Decision::unchanged(self, now),
            (None, false) => return Decision::unchanged(self, now),
            (Some(i), true) => self.attempts[i] = attempt,
            (Some(i), false) => drop(self.attempts.remove(i)),
            (None, true) => self.attempts.push(attempt),
        }
        self.attempts.sort_by_key(|a| a.at);
        let entry = Entry::Attempted { by, reached, call: Some(effort.call) };
        Decision::to(self, [entry], now)
    }
}

impl Effort {
    fn as_attempt(&self, reached: bool) -> Attempt {
        let (by, how) = (Actor::Line(self.line), How::Seen { call: self.call });
        Attempt { at: self.at, by, how, reached, undone: false }
    }

    /// Long enough to have spoken; a call of unknown length is not (the caller's own voicemail answers too).
    fn is_talk(&self, shortest: TimeDelta) -> bool {
        let talk_ms = match self.kind {
            EffortKind::WeRang(Answer::Yes { talk_ms }) | EffortKind::CallerRang { talk_ms } => {
                talk_ms
            }
            EffortKind::WeRang(Answer::No) => None,
        };
        talk_ms.is_some_and(|ms| TimeDelta::milliseconds(ms) >= shortest)
    }
}

impl Attempt {
    /// The PBX saw it; nobody entered it.
    pub fn is_seen(&self) -> bool {
        match self.how {
            How::Seen { .. } => true,
            How::Phone | How::Email => false,
        }
    }
}
