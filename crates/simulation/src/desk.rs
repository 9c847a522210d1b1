//! What is open now, and what calls and hands do to it: as `scheduler` does it with the database.

use crate::tally::Tally;
use crate::traffic::SimulatedCall;
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::call::Call;
use domain::callback::{Callback, Effort};
use domain::decision::{Decision, Notice, Refusal};
use domain::directory::{Directory, Owner};
use domain::fact::Heard;
use domain::follow_up::{Followed, Outcome};
use domain::ids::{CallId, CallbackId, CallerId, SourceName, UnitId};
use domain::party::Party;
use domain::settle::{Known, wanted};
use domain::transitions::Rules;
use sha2::{Digest, Sha256};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap};
use uuid::Uuid;

/// What is open, by all that it is looked for by.
#[derive(Debug)]
pub(crate) struct Desk<'a> {
    pub rules: Rules<'a>,
    source: SourceName,
    pub open: HashMap<CallbackId, Callback>,
    joinable: HashMap<(CallerId, Owner), CallbackId>,
    callers: HashMap<CallerId, (Party, BTreeSet<CallbackId>)>,
    pub held: BTreeMap<Owner, BTreeSet<CallbackId>>,
    pub of_unit: BTreeMap<Option<UnitId>, BTreeSet<CallbackId>>,
    wakes: BinaryHeap<Reverse<(DateTime<Utc>, CallbackId)>>,
    /// Of which *new* has not told yet.
    pub news: BTreeSet<CallbackId>,
    ids: u128,
}

impl<'a> Desk<'a> {
    pub(crate) fn new(rules: Rules<'a>) -> Self {
        Self {
            rules,
            source: SourceName::new("simulated"),
            open: HashMap::new(),
            joinable: HashMap::new(),
            callers: HashMap::new(),
            held: BTreeMap::new(),
            of_unit: BTreeMap::new(),
            wakes: BinaryHeap::new(),
            news: BTreeSet::new(),
            ids: 0,
        }
    }

    fn next_id(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    /// A call is over, and judged at once; says which callback holds it, if one does.
    pub(crate) fn settle(
        &mut self,
        call: &SimulatedCall,
        directory: &Directory,
        tally: &mut Tally,
    ) -> Option<CallbackId> {
        let now = call.ended_at;
        let heard = call.facts.iter().map(|fact| Heard { fact: fact.clone(), heard_at: now });
        let policy = self.rules.policy;
        let verdict = Call::fold(heard).verdict(&self.source, directory, policy);
        let id = CallId(self.next_id());
        let wanted = wanted(id, &verdict, directory, policy, self.rules.calendar.zone());
        let mut holds = None;
        if let Some(contact) = wanted.contact {
            let caller = caller_id(&contact.caller, &self.source);
            let joinable = caller.and_then(|caller| self.joinable.get(&(caller, contact.owner)));
            let open = joinable.and_then(|id| self.open.get(id)).cloned();
            if let Some(caller) = caller {
                let party = contact.caller.clone();
                self.callers.entry(caller).or_insert((party, BTreeSet::new()));
            }
            let new = CallbackId(self.next_id());
            let known = Known { open, ..Known::default() };
            let decided = known.decide(id, Some((contact, caller)), new, self.rules, now);
            // What lies beyond the calendar lies beyond the simulation.
            let decided = decided.unwrap_or_default();
            holds = decided.last().map(|decision| decision.callback.id);
            for decision in decided {
                self.apply(&decision, tally);
            }
        }
        for (party, effort) in wanted.efforts {
            if let Some(caller) = caller_id(&party, &self.source) {
                self.hear(caller, &effort, directory, tally);
            }
        }
        holds
    }

    /// R21, R22: what this call means to whatever is open for that caller.
    fn hear(
        &mut self,
        caller: CallerId,
        effort: &Effort,
        directory: &Directory,
        tally: &mut Tally,
    ) {
        let Some((_, ids)) = self.callers.get(&caller) else { return };
        let day = self.rules.calendar.local_date(effort.at);
        let Some(line) = directory.line(effort.line) else { return };
        let open = ids.iter().filter_map(|id| self.open.get(id));
        let counts = open.filter(|c| directory.answers_for(line, day, c.holder()));
        let heard: Vec<_> = counts.map(|c| c.clone().hear(effort, self.rules, effort.at)).collect();
        for decision in heard.into_iter().flatten() {
            self.apply(&decision, tally);
        }
    }

    /// Somebody does something about one by hand; what is refused is not done.
    pub(crate) fn act(
        &mut self,
        id: CallbackId,
        tally: &mut Tally,
        does: impl FnOnce(Callback) -> Result<Decision, Refusal>,
    ) {
        let decided = self.open.get(&id).cloned().map(does);
        if let Some(Ok(decision)) = decided {
            self.apply(&decision, tally);
        }
    }

    /// Whatever time was to change by now.
    pub(crate) fn wake(&mut self, now: DateTime<Utc>, tally: &mut Tally) {
        while let Some(Reverse((at, id))) = self.wakes.peek().copied().filter(|w| w.0.0 <= now) {
            self.wakes.pop();
            let rules = self.rules;
            self.act(id, tally, |callback| callback.wake(rules, at));
        }
    }

    /// Who waits, as the PBX names them.
    pub(crate) fn party(&self, callback: &Callback) -> Option<Party> {
        self.callers.get(&callback.caller?).map(|(party, _)| party.clone())
    }

    fn apply(&mut self, decision: &Decision, tally: &mut Tally) {
        if decision.is_unchanged() {
            return;
        }
        let callback = decision.written();
        let id = callback.id;
        self.remove(id);
        if decision.is_new {
            let month = self.month(callback.opened_at);
            tally.count(&month, |counts| counts.callbacks += 1);
        }
        if !callback.is_open() {
            self.news.remove(&id);
            self.end(&callback, tally);
            return;
        }
        if decision.notices.iter().any(|notice| matches!(notice, Notice::New)) {
            self.news.insert(id);
        }
        if let Some(caller) = callback.caller {
            if callback.may_be_joined {
                self.joinable.insert((caller, callback.owner), id);
            }
            if let Some((_, ids)) = self.callers.get_mut(&caller) {
                ids.insert(id);
            }
        }
        self.held.entry(callback.holder()).or_default().insert(id);
        self.of_unit.entry(callback.unit).or_default().insert(id);
        self.wakes.extend(callback.wake_at.map(|at| Reverse((at, id))));
        self.open.insert(id, callback);
    }

    fn remove(&mut self, id: CallbackId) {
        let Some(old) = self.open.remove(&id) else { return };
        if let Some(ids) = self.held.get_mut(&old.holder()) {
            ids.remove(&id);
            if ids.is_empty() {
                self.held.remove(&old.holder());
            }
        }
        if let Some(ids) = self.of_unit.get_mut(&old.unit) {
            ids.remove(&id);
        }
        let Some(caller) = old.caller else { return };
        self.joinable.remove(&(caller, old.owner));
        if let Some((_, ids)) = self.callers.get_mut(&caller) {
            ids.remove(&id);
            if ids.is_empty() {
                self.callers.remove(&caller);
            }
        }
    }

    /// Counts what became of one that is over. Nothing is undone here, so it is known at once.
    fn end(&self, callback: &Callback, tally: &mut Tally) {
        let line = Followed::of(callback);
        let calendar = self.rules.calendar_of(callback.unit);
        // By then its time is over, whatever day it is.
        let day = line.due_on.unwrap_or_else(|| calendar.local_date(line.received_at));
        let outcome = line.outcome(calendar, day + Days::new(30));
        let month = self.month(line.received_at);
        tally.end(&line, outcome == Outcome::Kept, outcome == Outcome::Late, &month);
    }

    /// What is still open when the time is over: whose last day has ended is counted.
    pub(crate) fn close(&self, today: NaiveDate, tally: &mut Tally) {
        for callback in self.open.values() {
            let line = Followed::of(callback);
            let outcome = line.outcome(self.rules.calendar_of(callback.unit), today);
            if outcome != Outcome::WithinTime || line.excluded.is_some() {
                let month = self.month(line.received_at);
                tally.end(&line, outcome == Outcome::Kept, outcome == Outcome::Late, &month);
            }
        }
    }

    pub(crate) fn month(&self, at: DateTime<Utc>) -> String {
        self.rules.calendar.local_date(at).format("%Y-%m").to_string()
    }
}

/// The same for the same caller.
fn caller_id(party: &Party, source: &SourceName) -> Option<CallerId> {
    let digest = Sha256::digest(party.key(&source.0)?);
    let first = digest.first_chunk().copied().expect("a digest has 32 bytes");
    Some(CallerId(Uuid::from_bytes(first)))
}
