//! Sending: lease, commit, send outside any transaction, settle. At least once; always the same bytes (R24, R28).
//!
//! Several mails are under way at once; what became of those that ended while one commit went on is noted in the next.

use crate::Notifier;
use crate::channel::Failure;
use crate::gate::Share;
use crate::metrics::Tried;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::StreamExt;
use std::time::Duration;
use store::deliveries::{self, Leased, Outcome};
use store::{StoreError, rounds};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// So many are leased at once.
const BATCH: usize = 256;
/// So many wait for a connection at most while the next ones are leased. Their mails are in memory.
const WAITING: usize = 256;
/// How often it is asked what else is to be sent, while something is under way.
const LOOK: Duration = Duration::from_secs(1);
/// A server that answers every command late is given up, before somebody else tries the same mail.
const LONGEST_TRY: Duration = Duration::from_secs(300);
/// A mail is tried only while its lease lasts longer than any try.
const BEGIN_WITHIN: TimeDelta = TimeDelta::minutes(2);
const LEASE: TimeDelta = TimeDelta::minutes(8);

/// A delivery that is ours, and until when it may be begun.
type Begun = (Leased, DateTime<Utc>);
type Ended = (Leased, Outcome);

impl Notifier {
    /// Sends what is to be sent by now, or much of it; says how many tries that were. Zero: there is nothing more for now.
    ///
    /// # Errors
    /// [`StoreError`]; what was sent but could not be noted is sent again, with the same Message-ID.
    pub async fn dispatch_some(&self) -> Result<usize, StoreError> {
        let (give, leased) = mpsc::channel(WAITING);
        let (tell, ended) = mpsc::channel(BATCH);
        // A task of its own, so that what the database takes to answer keeps no connection waiting; it ends with this call.
        let mut trying = JoinSet::new();
        let this = self.clone();
        let (count, counted) = watch::channel(0);
        trying.spawn(async move { this.try_all(leased, tell, count).await });
        let (tried, noted) = tokio::join!(self.lease_all(give, counted), self.note_all(ended));
        if let Some(Err(broke)) = trying.join_next().await {
            tracing::error!(%broke, "sending broke: please report this");
        }
        noted?;
        let tried = tried?;
        if tried == 0 {
            self.channel.rest().await;
        }
        Ok(tried)
    }

    /// Leases what is to be sent, and while some of it is under way looks again: who asks for a link to sign in by does not
    /// wait for a server that takes minutes over somebody else's mail. Says how many it leased.
    async fn lease_all(
        &self,
        give: mpsc::Sender<Begun>,
        mut tried: watch::Receiver<usize>,
    ) -> Result<usize, StoreError> {
        let mut given = 0;
        loop {
            let now = self.clock.now();
            let leased = self.lease(now).await?;
            let is_full = leased.len() == BATCH;
            given += leased.len();
            for delivery in leased {
                // Nobody takes it where the others could not be noted: its lease ends by itself.
                if give.send((delivery, now + BEGIN_WITHIN)).await.is_err() {
                    return Ok(given);
                }
            }
            if !is_full {
                tokio::select! {
                    _ = tried.wait_for(|tried| *tried >= given) => return Ok(given),
                    () = self.clock.pause(LOOK) => {}
                }
            }
        }
    }

    async fn lease(&self, now: DateTime<Utc>) -> Result<Vec<Leased>, StoreError> {
        let free = self.channel.gate().map_or(BATCH, |gate| gate.free(now)).min(BATCH);
        if free == 0 {
            return Ok(Vec::new());
        }
        let tx = self.store.begin().await?;
        let leased = deliveries::lease(&tx, now, LEASE, free as u64).await?;
        tx.commit().await?;
        Ok(leased)
    }

    async fn try_all(
        &self,
        leased: mpsc::Receiver<Begun>,
        tell: mpsc::Sender<Ended>,
        count: watch::Sender<usize>,
    ) {
        let (tell, count) = (&tell, &count);
        let all = futures_util::stream::unfold(leased, async |mut leased| {
            // What cannot be noted would only be sent again.
            let next = if tell.is_closed() { None } else { leased.recv().await };
            next.map(|next| (next, leased))
        });
        all.for_each_concurrent(self.channel.at_once(), |(delivery, begin_by)| async move {
            let outcome = self.try_one(&delivery, begin_by).await;
            let _ = tell.send((delivery, outcome)).await;
            count.send_modify(|tried| *tried += 1);
        })
        .await;
    }

    /// When the next delivery is to be tried, the next round to be written, or the mailbox of bounces to be read.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let tx = self.store.read().await?;
        let mail = deliveries::next_at(&tx).await?;
        let bounces = self.next_bounces_at(&tx).await?;
        let round = rounds::next_at(&tx, self.clock.now()).await?;
        tx.commit().await?;
        let free_at = self.channel.gate().and_then(|gate| gate.free_at(self.clock.now()));
        let mail = mail.map(|mail| free_at.map_or(mail, |free| mail.max(free)));
        Ok([mail, bounces, round].into_iter().flatten().min())
    }

    async fn try_one(&self, delivery: &Leased, begin_by: DateTime<Utc>) -> Outcome {
        let (now, gate) = (self.clock.now(), self.channel.gate());
        if now >= delivery.expires_at {
            return Outcome::Expired;
        }
        if now >= begin_by {
            return Outcome::Held { until: now, error: None };
        }
        if let Some(Err(until)) = gate.map(|gate| gate.pass(now)) {
            return Outcome::Held { until, error: None };
        }
        let send = self.channel.send(delivery.id, &self.sender, &delivery.address, &delivery.body);
        let sent = tokio::time::timeout(LONGEST_TRY, send).await.unwrap_or_else(|_| {
            Err(Failure::Transient("the server took too long altogether".into()))
        });
        let now = self.clock.now();
        let Err(failure) = sent else {
            gate.inspect(|gate| gate.works(now));
            return Outcome::Sent { at: now };
        };
        let share = gate.map_or(Share::Its, |gate| gate.failed(delivery.id, &failure, now));
        let error = failure.to_string();
        let tries = usize::try_from(delivery.tries).unwrap_or(usize::MAX);
        match (share, failure, self.delays.get(tries)) {
            (Share::Everybodys { until }, _, _) => Outcome::Held { until, error: Some(error) },
            (Share::Its, Failure::Transient(_) | Failure::OfServer(_), Some(delay)) => {
                Outcome::Again { at: now + *delay, error }
            }
            (Share::Its, Failure::Transient(_) | Failure::OfServer(_), None)
            | (Share::Its, Failure::Permanent(_), _) => Outcome::Dead { error },
        }
    }

    /// Each as soon as it is known: a slow one, or a crash, must not make others go out again.
    async fn note_all(&self, mut tries: mpsc::Receiver<Ended>) -> Result<(), StoreError> {
        let mut ended = Vec::new();
        while tries.recv_many(&mut ended, BATCH).await > 0 {
            self.note(&ended).await?;
            ended.clear();
        }
        Ok(())
    }

    async fn note(&self, ended: &[Ended]) -> Result<(), StoreError> {
        let tx = self.store.begin().await?;
        let is_sent = |outcome: &Outcome| matches!(outcome, Outcome::Sent { .. });
        let sent: Vec<&Leased> =
            ended.iter().filter(|(_, outcome)| is_sent(outcome)).map(|(d, _)| d).collect();
        let mut lost = sent.len() - deliveries::settle_sent(&tx, &sent, self.clock.now()).await?;
        for (delivery, outcome) in ended.iter().filter(|(_, outcome)| !is_sent(outcome)) {
            lost += usize::from(!deliveries::settle(&tx, delivery, outcome).await?);
        }
        tx.commit().await?;
        if lost > 0 {
            tracing::warn!(deliveries = lost, "leases were lost; other processes settle these");
        }
        for (delivery, outcome) in ended {
            self.tell(delivery, outcome);
        }
        let held = self.channel.gate().and_then(|gate| gate.held_since());
        self.metrics.hold(held.is_some());
        Ok(())
    }

    fn tell(&self, delivery: &Leased, outcome: &Outcome) {
        let id = delivery.id;
        self.metrics.count(match outcome {
            Outcome::Sent { .. } => Tried::Sent,
            Outcome::Again { .. } => Tried::Again,
            Outcome::Held { .. } => Tried::Held,
            Outcome::Dead { .. } => Tried::Dead,
            Outcome::Expired => Tried::Expired,
        });
        match outcome {
            Outcome::Sent { .. } => tracing::info!(delivery = %id, "sent"),
            Outcome::Again { error, at } => {
                tracing::warn!(delivery = %id, error, %at, "not sent yet")
            }
            // That the server fails was said once, for all of them.
            Outcome::Held { until, .. } => tracing::debug!(delivery = %id, %until, "held back"),
            Outcome::Dead { error } => {
                tracing::error!(delivery = %id, error, "this mail is dead: it stands on the manager list")
            }
            Outcome::Expired => {
                tracing::warn!(delivery = %id, "not sent in time; the next round says it")
            }
        }
    }
}
