//! A call: the facts told about it, in an order that does not depend on how they came (R4, R9).

use crate::fact::{CallFact, Heard, What};
use crate::policy::Policy;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

mod legs;

#[cfg(test)]
mod tests;

/// A PBX's clock may be this much ahead of ours before its time is not believed (R9).
pub(crate) const AHEAD: TimeDelta = TimeDelta::minutes(5);
/// A post may tell of something this long ago before its time is not believed (R9).
const BEHIND: TimeDelta = TimeDelta::days(7);

/// What is known of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// In the order of time; each fact once.
    pub(crate) facts: Vec<Timed>,
}

/// A fact with the time that counts for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Timed {
    pub(crate) at: DateTime<Utc>,
    pub(crate) fact: CallFact,
    pub(crate) at_marked: bool,
    pub(crate) heard_at: DateTime<Utc>,
}

impl Call {
    /// Folds facts, however often and in whatever order they came; of two receipts of one fact the earlier counts.
    pub fn fold(facts: impl IntoIterator<Item = Heard>) -> Self {
        let mut first: BTreeMap<CallFact, DateTime<Utc>> = BTreeMap::new();
        for Heard { fact, heard_at } in facts {
            let known = first.entry(fact).or_insert(heard_at);
            *known = heard_at.min(*known);
        }
        let phones = legs::Phones::named_by(first.keys());
        let mut facts: Vec<Timed> =
            first.into_iter().map(|(fact, heard_at)| timed(phones.fill(fact), heard_at)).collect();
        facts.sort();
        Self { facts }
    }

    /// What was told of it, in the order of time.
    pub fn facts(&self) -> impl Iterator<Item = &CallFact> {
        self.facts.iter().map(|timed| &timed.fact)
    }

    /// Whether nothing at all is known of it.
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// When the call may be judged (R4): at once when a fact says that it is complete, else 60 s after the last
    /// fact, and while a leg rings or talks not before 4 h after it.
    pub fn settle_at(&self, policy: &Policy) -> Option<DateTime<Utc>> {
        let last = self.facts.iter().map(|t| t.heard_at).max()?;
        if self.facts.iter().any(|t| t.fact.complete) {
            return Some(last);
        }
        Some(last + if self.is_going_on() { policy.give_up_after } else { policy.settle_after })
    }

    /// A leg rings or talks, and nothing tells that it ended. A leg may ring again after it ended: a queue's agent.
    pub fn is_going_on(&self) -> bool {
        let ends = |t: &Timed, of: &Timed| {
            let over = match t.fact.what {
                What::Ended | What::Answered { .. } | What::NotAnswered { .. } => true,
                What::Message { .. } | What::Step | What::Ringing | What::Talking => false,
            };
            let again = t.fact.ended_at.zip(told(&of.fact)).is_some_and(|(end, ring)| end < ring);
            over && !again && (t.fact.leg.is_none() || t.fact.leg == of.fact.leg)
        };
        self.facts.iter().any(|of| match of.fact.what {
            What::Ringing | What::Talking => !self.facts.iter().any(|t| ends(t, of)),
            What::Step
            | What::Ended
            | What::Answered { .. }
            | What::NotAnswered { .. }
            | What::Message { .. } => false,
        })
    }
}

fn told(fact: &CallFact) -> Option<DateTime<Utc>> {
    fact.ended_at.or(fact.began_at)
}

/// R9: when the message was left, else when the call ended, else when it began, else when we heard of it.
fn timed(fact: CallFact, heard_at: DateTime<Utc>) -> Timed {
    match told(&fact) {
        Some(at) if at <= heard_at + AHEAD && at >= heard_at - BEHIND => {
            Timed { at, fact, at_marked: false, heard_at }
        }
        Some(_) => Timed { at: heard_at, fact, at_marked: true, heard_at },
        None => Timed { at: heard_at, fact, at_marked: false, heard_at },
    }
}
