//! Calls whose time to be judged has come: verdict, what is wanted of callbacks, decisions, written at once.

use crate::{BATCH, LATER, Scheduler, Tried, tried};
use chrono::{DateTime, Utc};
use domain::callback::{Callback, Effort};
use domain::directory::{Directory, Owner};
use domain::ids::{CallbackId, CallerId, SourceName};
use domain::settle::{Known, WantedContact, wanted};
use domain::transitions::Rules;
use domain::unreferred::unreferred;
use domain::verdict::Verdict;
use store::calls::{Settled, ToSettle};
use store::{StoreError, Tx, callbacks, callers, calls, leavers, people};

/// What calls are settled by.
#[derive(Clone, Copy)]
struct Desk<'a> {
    directory: &'a Directory,
    rules: Rules<'a>,
}

impl Desk<'_> {
    /// A call of earlier days is still whose the line was then (R15).
    fn has_left(&self, owner: Owner) -> bool {
        match owner {
            Owner::Employee(id) => self.directory.employee(id).is_some_and(|e| !e.active),
            Owner::Unit(_) | Owner::Organisation => false,
        }
    }
}

impl Scheduler {
    /// Settles all calls that are due, and nothing else.
    ///
    /// # Errors
    /// [`StoreError`]; what was settled stays settled.
    pub async fn settle_all(&self) -> Result<(), StoreError> {
        while self.settle_some().await? > 0 {}
        Ok(())
    }

    /// Settles calls that are due; says how many. Zero: there is nothing more for now.
    pub(crate) async fn settle_some(&self) -> Result<u64, StoreError> {
        let tx = self.store.read().await?;
        let now = self.clock.now();
        let due = calls::list_due(&tx, now, BATCH).await?;
        let directory = if due.is_empty() {
            Directory::default()
        } else {
            people::directory(&tx, self.calendar.local_date(now)).await?
        };
        tx.commit().await?;
        let units = self.closed_days.of_units(&directory, &self.calendar);
        let desk = Desk { directory: &directory, rules: self.rules(&units) };
        let mut settled = 0;
        for call in &due {
            match tried(self.settle(call, desk).await, &call.id)? {
                Tried::Done(done) => settled += u64::from(done),
                Tried::Later => {
                    let tx = self.store.begin().await?;
                    calls::put_off(&tx, call, self.clock.now() + LATER).await?;
                    tx.commit().await?;
                }
            }
        }
        Ok(settled)
    }

    async fn settle(&self, call: &ToSettle, desk: Desk<'_>) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let directory = desk.directory;
        let tx = self.store.begin().await?;
        let known = calls::get(&tx, call.id).await?;
        if known.erased {
            // Without its numbers a late fact would make nothing of it, and take back what was promised.
            calls::leave(&tx, call).await?;
            tx.commit().await?;
            return Ok(true);
        }
        let verdict = known.call.verdict(&call.source, directory, &self.policy);
        let wanted = wanted(call.id, &verdict, directory, &self.policy, self.calendar.zone());
        let contact = (wanted.contact, known.imported);
        let callback = self.contact(&tx, call, contact, desk, now).await?;
        let mut efforts = Vec::new();
        for (party, effort) in wanted.efforts {
            if let Some(caller) = self.caller(&tx, &call.source, &party).await? {
                efforts.push((caller, effort));
            }
        }
        // What this call meant before and no longer does is taken back.
        let before = calls::efforts_of(&tx, call.id).await?;
        let gone =
            before.into_iter().filter(|(b, _)| efforts.iter().all(|(caller, _)| caller != b));
        let gone: Vec<_> = gone.map(|(caller, effort)| (caller, effort.taken_back())).collect();
        for (caller, effort) in efforts.iter().chain(&gone) {
            self.effort(&tx, *caller, effort, desk, now).await?;
        }
        let of = (directory, &*self.policy);
        let mut rang = unreferred(&known.call, &verdict, &call.source, of, &self.calendar);
        let incoming = verdict.incoming.as_ref().filter(|_| rang.is_some());
        if let Some((line, at)) = incoming.and_then(|i| Some((directory.line(i.line?)?, i.at))) {
            // It rings in vain where the PBX says that it does not: for a colleague of the group, say.
            let is_referred = store::referrals::is_referred(&tx, &call.source, line, at).await?;
            rang = rang.filter(|_| !is_referred);
        }
        store::unreferred::set(&tx, call.id, rang).await?;
        let settled = Settled { verdict: name(&verdict), callback, efforts };
        calls::settle(&tx, call, &settled).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn caller(
        &self,
        tx: &Tx,
        source: &SourceName,
        party: &domain::party::Party,
    ) -> Result<Option<CallerId>, StoreError> {
        callers::keep(tx, source, party, self.clock.new_id()).await
    }

    /// The callback that holds this call's contact afterwards, if any.
    async fn contact(
        &self,
        tx: &Tx,
        call: &ToSettle,
        (wanted, imported): (Option<WantedContact>, bool),
        desk: Desk<'_>,
        now: DateTime<Utc>,
    ) -> Result<Option<CallbackId>, StoreError> {
        let holding = match call.callback {
            Some(id) => Some(where_it_lives(tx, id).await?),
            None => None,
        };
        let mut known = Known { holding, imported, ..Known::default() };
        let mut contact = None;
        if let Some(wanted) = wanted {
            let caller = self.caller(tx, &call.source, &wanted.caller).await?;
            if let Some(caller) = caller {
                known.open = callbacks::find_open(tx, caller, wanted.owner).await?;
                known.previous = callbacks::find_previous(tx, caller, wanted.owner).await?;
                let holder = known.open.as_ref().map_or(wanted.owner, Callback::holder);
                let efforts = calls::list_efforts(tx, caller, wanted.contact.at).await?;
                known.efforts = efforts
                    .into_iter()
                    .filter(|e| self.counts(e, holder, desk.directory))
                    .collect();
            }
            contact = Some((wanted, caller));
        }
        let stands = contact.is_some();
        let id = CallbackId(self.clock.new_id());
        let decisions = match known.decide(call.id, contact, id, desk.rules, now) {
            Ok(decisions) => decisions,
            Err(refusal) => {
                tracing::error!(call = %call.id, %refusal, "a call could not become a callback");
                return Ok(call.callback);
            }
        };
        for decision in &decisions {
            callbacks::apply(tx, decision).await?;
            if decision.is_new && desk.has_left(decision.callback.holder()) {
                leavers::look_again(tx).await?;
            }
        }
        Ok(decisions.last().map(|d| d.callback.id).filter(|_| stands))
    }

    /// R21, R22: what this call means to whatever is open for that caller.
    async fn effort(
        &self,
        tx: &Tx,
        caller: CallerId,
        effort: &Effort,
        desk: Desk<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        for callback in callbacks::list_open_of_caller(tx, caller).await? {
            if !self.counts(effort, callback.holder(), desk.directory) {
                continue;
            }
            match callback.hear(effort, desk.rules, now) {
                Ok(decision) => callbacks::apply(tx, &decision).await?,
                Err(refusal) => {
                    tracing::error!(call = %effort.call, %refusal, "a call-back could not be noted")
                }
            }
        }
        Ok(())
    }

    fn counts(&self, effort: &Effort, owner: Owner, directory: &Directory) -> bool {
        let day = self.calendar.local_date(effort.at);
        directory.line(effort.line).is_some_and(|line| directory.answers_for(line, day, owner))
    }
}

/// The callback, or the one that it goes on in since that one was undone (R20).
async fn where_it_lives(tx: &Tx, id: CallbackId) -> Result<Callback, StoreError> {
    let mut callback = callbacks::get(tx, id).await?;
    while let Some(other) = callback.joined_to() {
        callback = callbacks::get(tx, other).await?;
    }
    Ok(callback)
}

/// The verdict's name, for counting.
fn name(verdict: &Verdict) -> &'static str {
    use domain::verdict::{Answer, Outcome};
    let outcome = verdict.incoming.as_ref().map(|i| &i.outcome);
    match (outcome, verdict.outgoing.as_ref().map(|o| o.answer)) {
        (Some(Outcome::Missed { .. }), _) => "missed",
        (Some(Outcome::Message { .. }), _) => "message",
        (Some(Outcome::Answered { .. }), _) => "answered",
        (None, Some(Answer::Yes { .. })) => "called",
        (None, Some(Answer::No)) => "tried",
        (None, None) => "nothing",
    }
}
