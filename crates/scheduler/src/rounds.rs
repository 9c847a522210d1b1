//! Rounds whose time has come: one for each who may have something to be told. What they say is decided when they
//! are rendered (R24).

use crate::Scheduler;
use domain::directory::{Directory, Responsible};
use domain::rounds::{RoundKind, Slot, back_on};
use std::collections::BTreeSet;
use store::{StoreError, Tx, callbacks, people, rounds};

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
        let recipients = self.recipients(&tx, slot).await?;
        tx.commit().await?;
        let recipients: Vec<_> = recipients.into_iter().map(|r| (r, self.clock.new_id())).collect();
        let tx = self.store.begin().await?;
        let planned = rounds::plan(&tx, slot, &recipients).await?;
        tx.commit().await?;
        Ok(planned)
    }

    async fn recipients(&self, tx: &Tx, slot: &Slot) -> Result<BTreeSet<Responsible>, StoreError> {
        let directory = people::directory(tx, slot.day).await?;
        match slot.kind {
            RoundKind::Digest => {
                let owners = callbacks::list_owners(tx).await?.into_iter();
                let open = owners.map(|owner| directory.responsible(owner, slot.day));
                // Who comes back is told how it went, also when nothing is open any more (R17).
                let back = back_on(slot.day, &self.calendar, &directory);
                Ok(open.chain(back.into_iter().map(Responsible::Employee)).collect())
            }
            RoundKind::ManagerList => Ok(managers(&directory)),
        }
    }
}

/// Also of units that are gone: what they promised still stands.
fn managers(directory: &Directory) -> BTreeSet<Responsible> {
    let units = directory.units().iter();
    units.filter_map(|u| directory.manager_of(u.id)).map(|m| Responsible::Employee(m.id)).collect()
}
