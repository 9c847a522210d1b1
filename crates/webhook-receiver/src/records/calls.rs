//! Rows with a name in common are one call.

use super::at;
use chrono::{DateTime, Utc};
use domain::call::Call;
use domain::fact::{CallFact, CallRef, Heard};
use std::collections::HashMap;

/// What a file says of one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedCall {
    /// In the order of time.
    pub facts: Vec<CallFact>,
}

impl RecordedCall {
    /// The names that the PBX has for it.
    pub fn names(&self) -> Vec<CallRef> {
        self.facts.iter().flat_map(|fact| fact.refs.clone()).collect()
    }

    /// When it was over, as far as is told.
    pub fn ended_at(&self) -> DateTime<Utc> {
        self.facts.iter().map(at).max().unwrap_or_default()
    }

    /// As if each had been heard when it was: the times of records are true, however late they come (R9).
    pub fn heard(&self) -> Vec<Heard> {
        let heard = |fact: &CallFact| Heard { heard_at: at(fact), fact: fact.clone() };
        self.facts.iter().map(heard).collect()
    }

    /// The same, folded.
    pub fn call(&self) -> Call {
        Call::fold(self.heard())
    }
}

/// The calls that these facts are about, in the order in which they ended.
pub fn calls(facts: Vec<CallFact>) -> Vec<RecordedCall> {
    let mut calls: Vec<Vec<CallFact>> = Vec::new();
    let mut known: HashMap<CallRef, usize> = HashMap::new();
    for fact in facts {
        // A name that is used again means one call for some hours only; the database knows for how many.
        let names: Vec<_> =
            fact.refs.iter().filter(|name| matches!(name, CallRef::Call(_))).cloned().collect();
        let mut mine: Vec<usize> = names.iter().filter_map(|n| known.get(n).copied()).collect();
        mine.sort_unstable();
        mine.dedup();
        let call = mine.first().copied().unwrap_or_else(|| {
            calls.push(Vec::new());
            calls.len() - 1
        });
        // Two calls that turn out to be one.
        for other in mine.into_iter().skip(1) {
            let facts = std::mem::take(&mut calls[other]);
            calls[call].extend(facts);
            for at in known.values_mut().filter(|at| **at == other) {
                *at = call;
            }
        }
        known.extend(names.into_iter().map(|name| (name, call)));
        calls[call].push(fact);
    }
    let in_order = |mut facts: Vec<CallFact>| {
        facts.sort_by_key(|fact| (at(fact), fact.key.clone()));
        RecordedCall { facts }
    };
    let mut calls: Vec<_> =
        calls.into_iter().filter(|facts| !facts.is_empty()).map(in_order).collect();
    calls.sort_by_key(RecordedCall::ended_at);
    calls
}
