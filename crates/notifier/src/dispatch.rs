//! Sending: lease, commit, send outside any transaction, settle. At least once; always the same bytes (R24, R28).

use crate::Notifier;
use crate::channel::Failure;
use crate::metrics::Tried;
use chrono::TimeDelta;
use std::time::Duration;
use store::StoreError;
use store::deliveries::{self, Leased, Outcome};

const BATCH: u64 = 16;
/// Longer than any try may take.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// A server that answers every command late is given up, before somebody else tries the same mail.
const LONGEST_TRY: Duration = Duration::from_secs(240);

impl Notifier {
    /// Sends what is to be sent by now; says how many tries that were. Zero: there is nothing more for now.
    ///
    /// # Errors
    /// [`StoreError`]; what was sent but could not be noted is sent again, with the same Message-ID.
    pub async fn dispatch_some(&self) -> Result<usize, StoreError> {
        let tx = self.store.begin().await?;
        let leased = deliveries::lease(&tx, self.clock.now(), LEASE, BATCH).await?;
        tx.commit().await?;
        // Each is noted as soon as it is known: a slow one, or a crash, must not make others go out again.
        let tries = leased.iter().map(|delivery| async move {
            let outcome = self.try_one(delivery).await;
            self.note(delivery, &outcome).await
        });
        let noted = futures_util::future::join_all(tries).await;
        noted.into_iter().collect::<Result<(), StoreError>>()?;
        Ok(leased.len())
    }

    /// When the next delivery is to be tried, or the mailbox of bounces to be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_at(&self) -> Result<Option<chrono::DateTime<chrono::Utc>>, StoreError> {
        let tx = self.store.read().await?;
        let next = [deliveries::next_at(&tx).await?, self.next_bounces_at(&tx).await?];
        tx.commit().await?;
        Ok(next.into_iter().flatten().min())
    }

    async fn try_one(&self, delivery: &Leased) -> Outcome {
        let now = self.clock.now();
        if now >= delivery.expires_at {
            return Outcome::Expired;
        }
        let send = self.channel.send(delivery.id, &self.sender, &delivery.address, &delivery.body);
        let sent = tokio::time::timeout(LONGEST_TRY, send).await.unwrap_or_else(|_| {
            Err(Failure::Transient("the server took too long altogether".to_owned()))
        });
        let tries = usize::try_from(delivery.tries).unwrap_or(usize::MAX);
        match (sent, self.delays.get(tries)) {
            (Ok(()), _) => Outcome::Sent { at: now },
            (Err(Failure::Transient(error)), Some(delay)) => {
                Outcome::Again { at: now + *delay, error }
            }
            (Err(Failure::Transient(error) | Failure::Permanent(error)), _) => {
                Outcome::Dead { error }
            }
        }
    }

    async fn note(&self, delivery: &Leased, outcome: &Outcome) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let noted = deliveries::settle(&tx, delivery, outcome).await?;
        tx.commit().await?;
        let id = delivery.id;
        match outcome {
            _ if !noted => {
                tracing::warn!(delivery = %id, "the lease of a delivery was lost; another process settles it")
            }
            Outcome::Sent { .. } => tracing::info!(delivery = %id, "sent"),
            Outcome::Again { error, at } => {
                tracing::warn!(delivery = %id, error, %at, "not sent yet")
            }
            Outcome::Dead { error } => {
                tracing::error!(delivery = %id, error, "this mail is dead: it stands on the manager list")
            }
            Outcome::Expired => {
                tracing::warn!(delivery = %id, "not sent in time; the next round says it")
            }
        }
        self.metrics.count(match outcome {
            Outcome::Sent { .. } => Tried::Sent,
            Outcome::Again { .. } => Tried::Again,
            Outcome::Dead { .. } => Tried::Dead,
            Outcome::Expired => Tried::Expired,
        });
        Ok(())
    }
}
