//! A desk in memory that does with calls what the scheduler does with the store.

use crate::callback::{Callback, Disposition, Effort, State};
use crate::decision::Decision;
use crate::directory::Owner;
use crate::fact::CallFact;
use crate::ids::{CallId, CallbackId, CallerId, EmployeeId};
use crate::party::Party;
use crate::policy::Policy;
use crate::settle::{Known, WantedContact, wanted};
use crate::testing::*;
use crate::transitions::Rules;
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Desk {
    pub(super) callbacks: Vec<Callback>,
    callers: BTreeMap<String, CallerId>,
    holding: BTreeMap<CallId, CallbackId>,
    efforts: BTreeMap<CallId, Vec<(CallerId, Effort)>>,
    policy: Policy,
}

impl Desk {
    pub(super) fn with(policy: Policy) -> Self {
        Self { policy, ..Self::default() }
    }

    fn rules(&self) -> Rules<'_> {
        Rules::new(&self.policy, &CALENDAR)
    }

    /// Settles a call of one fact; says what the journals say of it.
    pub(super) fn settle(&mut self, call: u128, fact: CallFact) -> Vec<&'static str> {
        self.settle_all(call, &[fact])
    }

    pub(super) fn settle_all(&mut self, call: u128, facts: &[CallFact]) -> Vec<&'static str> {
        let folded = folded(facts);
        let now = facts.iter().filter_map(|f| f.ended_at).max().unwrap_or(s(0));
        let verdict = folded.verdict(&source(), &TOWN, &self.policy);
        let call = call_id(call);
        let wanted = wanted(call, &verdict, &TOWN, &self.policy, CALENDAR.zone());
        let mut told = self.contact(call, wanted.contact, now);
        let mut efforts = Vec::new();
        for (party, effort) in wanted.efforts {
            let Some(caller) = self.caller(&party) else { continue };
            told.extend(self.effort(caller, &effort, now));
            efforts.push((caller, effort));
        }
        self.efforts.insert(call, efforts);
        told
    }

    fn contact(
        &mut self,
        call: CallId,
        wanted: Option<WantedContact>,
        now: DateTime<Utc>,
    ) -> Vec<&'static str> {
        let holding = self.holding.get(&call).and_then(|id| self.find(|c| c.id == *id));
        let mut known = Known { holding, ..Known::default() };
        let mut contact = None;
        if let Some(wanted) = wanted {
            let caller = self.caller(&wanted.caller);
            let of =
                |c: &Callback| caller.is_some() && c.caller == caller && c.owner == wanted.owner;
            known.open = self.find(|c| of(c) && c.is_open() && c.may_be_joined);
            known.previous =
                self.find(|c| of(c) && matches!(c.state, State::Resolved { .. })).map(|c| c.id);
            let mut efforts: Vec<Effort> = self
                .efforts
                .values()
                .flatten()
                .filter(|(by, e)| Some(*by) == caller && e.at > wanted.contact.at)
                .map(|(_, e)| *e)
                .filter(|e| counts(e, wanted.owner))
                .collect();
            efforts.sort_by_key(|e| e.at);
            known.efforts = efforts;
            contact = Some((wanted, caller));
        }
        let stands = contact.is_some();
        let id = callback_id(self.callbacks.len() as u128 + 1);
        let decisions = known.decide(call, contact, id, self.rules(), now).unwrap();
        match decisions.last().filter(|_| stands) {
            Some(last) => drop(self.holding.insert(call, last.callback.id)),
            None => drop(self.holding.remove(&call)),
        }
        decisions.into_iter().flat_map(|d| self.apply(d)).collect()
    }

    fn effort(
        &mut self,
        caller: CallerId,
        effort: &Effort,
        now: DateTime<Utc>,
    ) -> Vec<&'static str> {
        let of = |c: &&Callback| c.is_open() && c.caller == Some(caller) && counts(effort, c.owner);
        let open: Vec<Callback> = self.callbacks.iter().filter(of).cloned().collect();
        let heard = open.into_iter().map(|c| c.hear(effort, self.rules(), now).unwrap());
        let heard: Vec<Decision> = heard.collect();
        heard.into_iter().flat_map(|d| self.apply(d)).collect()
    }

    fn apply(&mut self, decision: Decision) -> Vec<&'static str> {
        let told = decision.entries.iter().map(|e| e.name()).collect();
        match self.callbacks.iter_mut().find(|c| c.id == decision.callback.id) {
            Some(known) => *known = decision.callback,
            None => self.callbacks.push(decision.callback),
        }
        told
    }

    /// The latest such callback.
    fn find(&self, which: impl Fn(&Callback) -> bool) -> Option<Callback> {
        self.callbacks.iter().rev().find(|c| which(c)).cloned()
    }

    fn caller(&mut self, party: &Party) -> Option<CallerId> {
        let next = caller_id(self.callers.len() as u128 + 1);
        Some(*self.callers.entry(party.key("pbx")?).or_insert(next))
    }

    pub(super) fn resolve(&mut self, index: usize, by: EmployeeId, now: DateTime<Utc>) {
        let callback = self.callbacks[index].clone();
        let decision = callback.resolve(by, Disposition::Reached, self.rules(), now).unwrap();
        self.apply(decision);
    }

    pub(super) fn undo(&mut self, index: usize, newer: Option<usize>, now: DateTime<Utc>) {
        let newer = newer.map(|i| self.callbacks[i].clone());
        let decisions = self.callbacks[index].clone().undo(newer, ANNA, self.rules(), now).unwrap();
        for decision in decisions {
            self.apply(decision);
        }
    }

    pub(super) fn wake(&mut self, now: DateTime<Utc>) {
        for callback in self.callbacks.clone() {
            let decision = callback.wake(self.rules(), now).unwrap();
            self.apply(decision);
        }
    }
}

pub(super) fn counts(effort: &Effort, owner: Owner) -> bool {
    let day = CALENDAR.local_date(effort.at);
    TOWN.line(effort.line).is_some_and(|line| TOWN.answers_for(line, day, owner))
}
