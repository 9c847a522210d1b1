//! After an update that counts in another way, what follow-up counts from is made again, beside everything else (R31).

use crate::Scheduler;
use store::StoreError;
use store::follow_up::{self, Rebuilt};

impl Scheduler {
    /// Makes some more lines; `true` when every callback has its line.
    ///
    /// # Errors
    /// [`StoreError`]; it goes on from where it was.
    pub async fn count_some(&self) -> Result<bool, StoreError> {
        let tx = self.store.read().await?;
        let is_complete = follow_up::is_complete(&tx).await?;
        tx.commit().await?;
        if is_complete {
            return Ok(true);
        }
        let tx = self.store.begin().await?;
        match follow_up::rebuild_some(&tx).await {
            Ok(made) => {
                tx.commit().await?;
                Ok(matches!(made, Rebuilt::All(_)))
            }
            // Somebody wrote the same lines.
            Err(StoreError::Stale) => {
                tx.rollback().await?;
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }
}
