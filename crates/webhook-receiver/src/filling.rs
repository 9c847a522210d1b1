//! Filling gaps: what records of calls add to what the PBX told by itself.

use crate::Receiver;
use crate::records::RecordedCall;
use chrono::TimeDelta;
use domain::call::Call;
use domain::directory::Directory;
use domain::fact::CallRef;
use domain::gaps;
use domain::ids::{CallId, SourceName};
use domain::party::Party;
use domain::verdict::{Outcome, Verdict};
use std::collections::BTreeSet;
use store::calls::Told;
use store::{StoreError, Tx, callers, calls, people};

/// No call lasts longer, nor does anybody hear of one later, before somebody gives up waiting (R4).
const AROUND: TimeDelta = TimeDelta::hours(4);

/// What records added.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filled {
    /// Calls of which as much was known already.
    pub known: u64,
    pub missed: u64,
    pub messages: u64,
    pub answered: u64,
    /// Calls to the outside, answered or not.
    pub called: u64,
    /// Calls of which the records tell too little to judge them.
    pub unclear: u64,
}

impl Filled {
    /// Calls that were added.
    pub fn added(&self) -> u64 {
        self.missed + self.messages + self.answered + self.called + self.unclear
    }

    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            known: self.known + other.known,
            missed: self.missed + other.missed,
            messages: self.messages + other.messages,
            answered: self.answered + other.answered,
            called: self.called + other.called,
            unclear: self.unclear + other.unclear,
        }
    }

    fn note(&mut self, verdict: &Verdict) {
        let outcome = verdict.incoming.as_ref().map(|incoming| &incoming.outcome);
        let count = match (outcome, &verdict.outgoing) {
            (Some(Outcome::Missed { .. }), _) => &mut self.missed,
            (Some(Outcome::Message { .. }), _) => &mut self.messages,
            (Some(Outcome::Answered { .. }), _) => &mut self.answered,
            (None, Some(_)) => &mut self.called,
            (None, None) => &mut self.unclear,
        };
        *count += 1;
    }
}

impl Receiver {
    /// Keeps what these calls add to what is known, all of it or nothing; the same again adds nothing. They are to be
    /// settled as calls of their own time (R9).
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was kept.
    pub async fn fill(
        &self,
        source: &SourceName,
        recorded: &[RecordedCall],
        dry_run: bool,
    ) -> Result<Filled, StoreError> {
        let tx = self.store.begin().await?;
        let directory = people::directory(&tx, self.clock.now().date_naive()).await?;
        let desk = Desk { receiver: self, source, directory: &directory };
        let mut filled = Filled::default();
        let mut added = Vec::new();
        for call in recorded {
            let told = call.call();
            let verdict = desk.verdict(&told);
            if desk.is_known(&tx, call, &told, &verdict).await? {
                filled.known += 1;
                continue;
            }
            filled.note(&verdict);
            added.extend(call.heard().into_iter().map(|heard| Told { heard, post: None }));
        }
        if dry_run {
            tx.rollback().await?;
            return Ok(filled);
        }
        calls::hear(&tx, source, added, &self.policy, &self.clock).await?;
        tx.commit().await?;
        Ok(filled)
    }
}

struct Desk<'a> {
    receiver: &'a Receiver,
    source: &'a SourceName,
    directory: &'a Directory,
}

impl Desk<'_> {
    fn verdict(&self, call: &Call) -> Verdict {
        call.verdict(self.source, self.directory, &self.receiver.policy)
    }

    /// By its names; else by who took part, and when: many PBXs call a call otherwise in their records than in their posts.
    async fn is_known(
        &self,
        tx: &Tx,
        recorded: &RecordedCall,
        told: &Call,
        verdict: &Verdict,
    ) -> Result<bool, StoreError> {
        let names = recorded.names();
        let named = calls::find_by_names(tx, self.source, &names, recorded.ended_at()).await?;
        if let Some(call) = named {
            let known = calls::get(tx, call).await?;
            return Ok(!gaps::tells_more(verdict, &self.verdict(&known.call)));
        }
        let has_name = names.iter().any(|name| matches!(name, CallRef::Call(_)));
        for call in self.near(tx, recorded, verdict).await? {
            let known = calls::get(tx, call).await?;
            // Another row of the same file would have its name.
            if known.imported && has_name {
                continue;
            }
            let is_one = gaps::may_be_one(told, &known.call);
            if is_one && !gaps::tells_more(verdict, &self.verdict(&known.call)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Calls of the same people about that time that something came of.
    async fn near(
        &self,
        tx: &Tx,
        recorded: &RecordedCall,
        verdict: &Verdict,
    ) -> Result<BTreeSet<CallId>, StoreError> {
        let parties: [Option<&Party>; 2] = [
            verdict.incoming.as_ref().map(|incoming| &incoming.caller),
            verdict.outgoing.as_ref().map(|outgoing| &outgoing.to),
        ];
        let at = recorded.ended_at();
        let mut near = BTreeSet::new();
        for party in parties.into_iter().flatten() {
            if let Some(caller) = callers::find(tx, self.source, party).await? {
                near.extend(calls::list_near(tx, caller, at - AROUND, at + AROUND).await?);
            }
        }
        Ok(near)
    }
}
