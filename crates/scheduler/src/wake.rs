//! Callbacks that time was to wake by now.

use crate::{BATCH, LATER, Scheduler, Tried, tried};
use domain::directory::Directory;
use domain::ids::CallbackId;
use domain::transitions::Rules;
use store::{StoreError, callbacks, people};

impl Scheduler {
    /// Wakes callbacks that are due; says how many. Zero: there is nothing more for now.
    pub(crate) async fn wake_some(&self) -> Result<u64, StoreError> {
        let tx = self.store.read().await?;
        let now = self.clock.now();
        let due = callbacks::list_due(&tx, now, BATCH).await?;
        // Read once for all of them: it is whole.
        let directory = if due.is_empty() {
            Directory::default()
        } else {
            people::directory(&tx, self.calendar.local_date(now)).await?
        };
        tx.commit().await?;
        let units = self.closed_days.of_units(&directory, &self.calendar);
        let rules = self.rules(&units);
        let mut woken = 0;
        for id in due {
            match tried(self.wake(id, rules).await, &id)? {
                Tried::Done(done) => woken += u64::from(done),
                Tried::Later => {
                    let tx = self.store.begin().await?;
                    callbacks::put_off(&tx, id, self.clock.now() + LATER).await?;
                    tx.commit().await?;
                }
            }
        }
        Ok(woken)
    }

    async fn wake(&self, id: CallbackId, rules: Rules<'_>) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        let callback = callbacks::get(&tx, id).await?;
        let decision = match callback.wake(rules, now) {
            Ok(decision) => decision,
            Err(refusal) => {
                tracing::error!(callback = %id, %refusal, "time could not change a callback");
                callbacks::put_off(&tx, id, now + LATER).await?;
                tx.commit().await?;
                return Ok(false);
            }
        };
        callbacks::apply(&tx, &decision).await?;
        tx.commit().await?;
        Ok(!decision.is_unchanged())
    }
}
