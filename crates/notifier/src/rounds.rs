//! A round becomes a mail once, from the state of that moment; there is no second version of it (R24).

use crate::{Notifier, mime, recipients};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::directory::Directory;
use domain::rounds::{Recipient, RoundKind, Slot};
use store::deliveries::Delivery;
use store::rounds::{Ended, Round};
use store::{StoreError, Tx, accounts, callbacks, deliveries, people, rounds};

/// An alarm is of use for so long.
const ALARM_LASTS: TimeDelta = TimeDelta::hours(24);

impl Notifier {
    /// Renders one link to sign in by, or else one round, that waits; `false` when none does.
    ///
    /// # Errors
    /// [`StoreError`]; the round still waits then.
    pub async fn render_one(&self) -> Result<bool, StoreError> {
        let tx = self.store.begin().await?;
        if self.render_link(&tx).await? {
            tx.commit().await?;
            return Ok(true);
        }
        let Some(round) = rounds::take(&tx).await? else {
            tx.rollback().await?;
            return Ok(false);
        };
        let ended = match self.render(&tx, &round).await {
            Err(error) if error.is_for_all() => return Err(error),
            // Somebody decided about one of its callbacks meanwhile: it is told as it then is.
            Err(StoreError::Stale) => {
                tx.rollback().await?;
                return Ok(true);
            }
            // One round that cannot be rendered must not hold up the others.
            Err(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, round = %round.id, "a round could not be rendered");
                Ended::Failed
            }
            Ok(ended) => ended,
        };
        if ended == Ended::NoAddress {
            self.metrics.count_no_address();
            tracing::error!(round = %round.id, kind = round.kind.name(), "nobody to send this round to: run `aterkom check`");
        }
        rounds::end(&tx, &round, ended).await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn render(&self, tx: &Tx, round: &Round) -> Result<Ended, StoreError> {
        let now = self.clock.now();
        if now >= round.expires_at {
            return Ok(Ended::Expired);
        }
        let directory = people::directory(tx, self.calendar.local_date(now)).await?;
        let told = self.told(tx, round, &directory, now).await?;
        if told.is_empty() {
            return Ok(Ended::Empty);
        }
        if !told.gets_there {
            self.raise_alarm(tx, round, now).await?;
        }
        let Some(to) = self.recipient(tx, round.recipient, &directory).await? else {
            return Ok(Ended::NoAddress);
        };
        let id = self.clock.new_id();
        let text = told.text(self, round, &to).map_err(|e| e.to_string());
        let mail = text.and_then(|text| {
            mime::mail(id, round.kind.name(), &self.sender, &to, &text, now)
                .map_err(|e| e.to_string())
        });
        let body = match mail {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(round = %round.id, error, "a mail could not be written");
                return Ok(Ended::Failed);
            }
        };
        // Nothing was told where nothing could be written.
        for decision in &told.decisions {
            callbacks::apply(tx, decision).await?;
        }
        let delivery = Delivery {
            id,
            round: round.id,
            kind: round.kind.name(),
            recipient: round.recipient,
            address: to.address,
            body,
            created_at: now,
            expires_at: round.expires_at,
        };
        deliveries::insert(tx, delivery).await?;
        Ok(Ended::Rendered)
    }

    async fn recipient(
        &self,
        tx: &Tx,
        who: Recipient,
        directory: &Directory,
    ) -> Result<Option<recipients::Addressee>, StoreError> {
        Ok(match who {
            Recipient::Responsible(who) => recipients::find(who, directory, &self.offices),
            Recipient::Officer => {
                self.offices.officer.as_deref().and_then(|a| recipients::at(a, directory))
            }
            Recipient::Account { account } => {
                let account = accounts::find(tx, account).await?;
                account.and_then(|account| recipients::at(&account.address, directory))
            }
        })
    }

    /// R27: nobody can be told. Who looks after the installation is, at once and at any hour, once a day at most.
    async fn raise_alarm(
        &self,
        tx: &Tx,
        round: &Round,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.metrics.count_alarm();
        tracing::error!(round = %round.id, kind = round.kind.name(), "nobody hears of this: the administrators are told");
        let day = self.calendar.local_date(now);
        let at = self.calendar.at(day, NaiveTime::MIN).unwrap_or(now);
        let slot = Slot { kind: RoundKind::Alarm, day, at, expires_at: now + ALARM_LASTS };
        let administrators = accounts::list_administrators(tx).await?.into_iter();
        let recipients: Vec<_> = administrators
            .map(|a| (Recipient::Account { account: a.id }, self.clock.new_id()))
            .collect();
        rounds::insert(tx, &slot, &recipients).await?;
        Ok(())
    }
}
