//! Rounds whose time has come: one for each who may have something to be told. What they say is decided when they
//! are rendered (R24).

use crate::Scheduler;
use domain::directory::{Directory, Responsible};
use domain::rounds::{Readers, Recipient, RoundKind, Slot, back_on};
use std::collections::BTreeSet;
use store::{
    StoreError, Tx, accounts, callbacks, channels, deliveries, faults, news, people, rounds,
};

impl Scheduler {
    /// Plans the current round of every kind; says how many rounds are new.
    pub(crate) async fn plan_rounds(&self) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let mut planned = 0;
        for kind in RoundKind::ALL {
            if let Some(slot) = self.schedule.current(kind, now, &self.calendar) {
                planned += self.plan(&slot).await?;
            }
        }
        Ok(planned)
    }

    async fn plan(&self, slot: &Slot) -> Result<u64, StoreError> {
        let tx = self.store.read().await?;
        if rounds::is_planned(&tx, slot).await? {
            return Ok(0);
        }
        let directory = people::directory(&tx, slot.day).await?;
        let recipients = self.recipients(&tx, slot, &directory).await?;
        tx.commit().await?;
        let channels = self.told_by(slot, recipients.is_empty());
        let at = |who| {
            let own = self.schedule.of_recipient(slot, who, &directory, &self.calendar)?;
            Some((who, own, self.clock.new_id()))
        };
        let recipients: Vec<_> = recipients.into_iter().filter_map(at).collect();
        let tx = self.store.begin().await?;
        let planned = rounds::plan(&tx, slot, &recipients).await?;
        let of_channels = channels::plan(&tx, slot, &channels).await?;
        tx.commit().await?;
        Ok(planned + of_channels)
    }

    /// The channels that are told this round. What is new is told where somebody has not been told of it.
    fn told_by(&self, slot: &Slot, is_nobodys: bool) -> Vec<(&str, uuid::Uuid)> {
        let nothing_new = slot.kind == RoundKind::New && is_nobodys;
        let told = self.channels.iter().filter(|c| c.notices.contains(&slot.kind) && !nothing_new);
        told.map(|channel| (channel.name.as_str(), self.clock.new_id())).collect()
    }

    /// Those whose digest goes out later: what comes until then is in it, so each has one, and if there is nothing it is
    /// none (R25).
    fn later<'a>(
        &'a self,
        slot: &'a Slot,
        directory: &'a Directory,
    ) -> impl Iterator<Item = Responsible> + 'a {
        let there = directory.employees().iter().filter(|e| e.active);
        let is_later = |id| {
            let who = Responsible::Employee(id).into();
            let own = self.schedule.of_recipient(slot, who, directory, &self.calendar);
            slot.kind == RoundKind::Digest && own.is_some_and(|own| own.at > slot.at)
        };
        there.map(|e| e.id).filter(move |id| is_later(*id)).map(Responsible::Employee)
    }

    async fn recipients(
        &self,
        tx: &Tx,
        slot: &Slot,
        directory: &Directory,
    ) -> Result<Vec<Recipient>, StoreError> {
        let owners = match slot.kind {
            // What came only after its time is gathered for the next one.
            RoundKind::New => news::list_owners(tx, slot.at).await?,
            RoundKind::Nudge => callbacks::list_owners(tx).await?,
            RoundKind::Digest => {
                let handing_over = callbacks::list_handing_over(tx).await?;
                [callbacks::list_owners(tx).await?, handing_over].concat()
            }
            RoundKind::ManagerList => {
                return Ok(Readers::of(directory, &self.offices, slot.day).all());
            }
            // Whoever finds that nobody can be told plans it; or whoever wants to try.
            RoundKind::Alarm | RoundKind::Test => return Ok(Vec::new()),
            RoundKind::Silence | RoundKind::Faults => return self.administrators(tx, slot).await,
        };
        // Who comes back is told how it went, also when nothing is open any more (R17).
        let back = match slot.kind {
            RoundKind::Digest => back_on(slot.day, &self.calendar, directory),
            RoundKind::New
            | RoundKind::Nudge
            | RoundKind::ManagerList
            | RoundKind::Alarm
            | RoundKind::Silence
            | RoundKind::Faults
            | RoundKind::Test => BTreeSet::new(),
        };
        let responsible = owners.into_iter().flat_map(|owner| directory.told_for(owner, slot.day));
        let told = responsible.chain(back.into_iter().map(Responsible::Employee));
        let told = told.chain(self.later(slot, directory));
        let one_each = self.offices.one_each(told, directory);
        Ok(one_each.into_iter().map(Recipient::Responsible).collect())
    }

    /// R37: who looks after the installation, where there is something to see to; of one kind once a day.
    async fn administrators(&self, tx: &Tx, slot: &Slot) -> Result<Vec<Recipient>, StoreError> {
        let posting = faults::posting(tx, slot.at).await?;
        let live = self.sources.live(tx).await?;
        let faults = posting.faults(&live, slot.at, &self.calendar);
        if faults.told_as(slot.kind).is_none() {
            return Ok(Vec::new());
        }
        let mut untold = Vec::new();
        for administrator in accounts::list_administrators(tx).await? {
            let who = Recipient::Account { account: administrator.id };
            let told = deliveries::latest_at(tx, who, slot.kind).await?;
            if told.is_none_or(|at| self.calendar.local_date(at) < slot.day) {
                untold.push(who);
            }
        }
        Ok(untold)
    }
}
