//! The nightly chore: what may go is erased, some at a time, so that nobody waits; stopped anywhere, it goes on from there.

use crate::Scheduler;
use chrono::NaiveDate;
use domain::retention::{Kind, due};
use store::{StoreError, retention};

/// So much goes in one transaction.
const AT_ONCE: u64 = 500;

impl Scheduler {
    /// Erases some of what may go; says how much. Zero: there is nothing more until the next night.
    pub(crate) async fn retain_some(&self) -> Result<u64, StoreError> {
        let tx = self.store.read().await?;
        let done = retention::done(&tx).await?;
        tx.commit().await?;
        let Some(day) = due(self.clock.now(), done, &self.calendar) else { return Ok(0) };
        for kind in Kind::NIGHTLY {
            let erased = match self.erase(kind, day).await {
                Ok(erased) => erased,
                Err(error) if error.is_for_all() => return Err(error),
                // The other kinds go on; this one is tried again in the next night.
                Err(error) => {
                    let (error, kind) = (&error as &dyn std::error::Error, kind.name());
                    tracing::error!(error, kind, "what is too old could not be erased");
                    0
                }
            };
            if erased > 0 {
                return Ok(erased);
            }
        }
        let tx = self.store.begin().await?;
        retention::set_done(&tx, day).await?;
        tx.commit().await?;
        // Busy: the log is emptied by the next night, or by the writer.
        self.store.sweep(false).await?;
        Ok(0)
    }

    async fn erase(&self, kind: Kind, day: NaiveDate) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let limits = self.retention.limits(day, &self.calendar);
        let tx = self.store.begin().await?;
        let erased = retention::erase(&tx, kind, &limits, AT_ONCE, now).await?;
        if erased > 0 {
            let decision = self.retention.decision_of(kind);
            retention::note(&tx, (day, now), kind, erased, &decision).await?;
        }
        tx.commit().await?;
        Ok(erased)
    }
}
