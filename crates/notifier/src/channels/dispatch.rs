//! Handing messages over: lease, commit, send outside any transaction, settle. At least once; always the same bytes and the same id (R24, R28).
//! Each channel by itself: a receiver that is slow keeps neither mails nor other channels waiting.

use super::{Answer, Destination};
use crate::Notifier;
use crate::metrics::Tried;
use chrono::{DateTime, TimeDelta, Utc};
use store::deliveries::{Leased, Outcome, settle};
use store::{StoreError, channels};

const BATCH: u64 = 8;
/// Longer than any try may take.
const LEASE: TimeDelta = TimeDelta::minutes(2);

/// What came of a try, and whether the channel has ended by it.
type Judged = (Outcome, bool);

impl Notifier {
    /// Hands over what is to go to this channel by now; says how many tries that were. Zero: there is nothing more for now.
    ///
    /// # Errors
    /// [`StoreError`]; what was handed over but could not be noted is handed over again, with the same id.
    pub async fn dispatch_to(&self, destination: &Destination) -> Result<usize, StoreError> {
        let name = &destination.told.name;
        if !self.is_due(name).await? {
            return Ok(0);
        }
        let tx = self.store.begin().await?;
        let leased = channels::lease(&tx, name, self.clock.now(), LEASE, BATCH).await?;
        let has_ended = !leased.is_empty()
            && channels::list_ended(&tx).await?.iter().any(|(ended, _)| ended == name);
        tx.commit().await?;
        let tries = leased.iter().map(|message| async move {
            let judged = self.try_to(destination, message, has_ended).await;
            self.note_of_channel(destination, message, judged).await
        });
        let noted = futures_util::future::join_all(tries).await;
        noted.into_iter().collect::<Result<(), StoreError>>()?;
        Ok(leased.len())
    }

    /// Asked by reading: many channels that have nothing to be told must not keep posts from being written.
    async fn is_due(&self, channel: &str) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let tx = self.store.read().await?;
        let next = channels::next_at(&tx, &[channel]).await?;
        tx.commit().await?;
        // A lease that a jump of the clock put far ahead is over as well.
        Ok(next.is_some_and(|at| at <= now || at > now + LEASE + LEASE))
    }

    /// When the next message to a channel is to be tried.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_to_channels_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        if self.channels.all.is_empty() {
            return Ok(None);
        }
        let tx = self.store.read().await?;
        let next = channels::next_at(&tx, &self.channels.names()).await?;
        tx.commit().await?;
        Ok(next)
    }

    /// Hands over what is to go to all channels, one after the other.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn dispatch_to_channels(&self) -> Result<usize, StoreError> {
        let mut tries = 0;
        for destination in self.channels.all.iter() {
            tries += self.dispatch_to(destination).await?;
        }
        Ok(tries)
    }

    async fn try_to(&self, to: &Destination, message: &Leased, has_ended: bool) -> Judged {
        let now = self.clock.now();
        if now >= message.expires_at {
            return (Outcome::Expired, false);
        }
        if has_ended {
            return (Outcome::Dead { error: gone(to) }, false);
        }
        let tried = self.channels.hand_over(&to.way, message.id, message.body.clone(), now);
        match tried.await {
            Answer::Taken => (Outcome::Sent { at: now }, false),
            Answer::Gone => (Outcome::Dead { error: gone(to) }, true),
            Answer::NotNow { error, not_before } => {
                (self.later(message, error, not_before, now), false)
            }
        }
    }

    fn later(
        &self,
        message: &Leased,
        error: String,
        not_before: Option<DateTime<Utc>>,
        now: DateTime<Utc>,
    ) -> Outcome {
        let tries = usize::try_from(message.tries).unwrap_or(usize::MAX);
        match self.channels.delays.get(tries) {
            Some(delay) => {
                let at = now + *delay;
                Outcome::Again { at: not_before.map_or(at, |until| at.max(until)), error }
            }
            None => Outcome::Dead { error },
        }
    }

    async fn note_of_channel(
        &self,
        to: &Destination,
        message: &Leased,
        (outcome, ends): Judged,
    ) -> Result<(), StoreError> {
        let (id, channel) = (message.id, &*to.told.name);
        let tx = self.store.begin().await?;
        let noted = settle(&tx, message, &outcome).await?;
        if ends {
            channels::end(&tx, channel, self.clock.now()).await?;
            tracing::error!(
                channel,
                "the receiver of a channel is gone for good: nothing is sent there until it is resumed"
            );
        }
        tx.commit().await?;
        match &outcome {
            _ if !noted => {
                tracing::warn!(delivery = %id, channel, "the lease of a message was lost; another process settles it")
            }
            Outcome::Sent { .. } => tracing::info!(delivery = %id, channel, "told"),
            Outcome::Again { error, at } => {
                tracing::warn!(delivery = %id, channel, error, %at, "not told yet")
            }
            Outcome::Held { until, .. } => {
                tracing::debug!(delivery = %id, channel, %until, "held back")
            }
            Outcome::Dead { error } => {
                tracing::error!(delivery = %id, channel, error, "this message is dead: it stands on the administrators' page")
            }
            Outcome::Expired => {
                tracing::warn!(delivery = %id, channel, "not told in time; the next round says it")
            }
        }
        self.metrics.count_of_channel(match outcome {
            Outcome::Sent { .. } => Tried::Sent,
            Outcome::Again { .. } => Tried::Again,
            Outcome::Held { .. } => Tried::Held,
            Outcome::Dead { .. } => Tried::Dead,
            Outcome::Expired => Tried::Expired,
        });
        Ok(())
    }
}

fn gone(to: &Destination) -> String {
    let name = &to.told.name;
    format!(
        "the receiver says that it is gone for good (410); mend it, then run \"aterkom channels resume {name}\""
    )
}
