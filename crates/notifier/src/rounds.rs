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

/// What came of looking at a round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rendered {
    Ended(Ended),
    /// Whom it is for wants mails only from then on.
    PutOff {
        until: DateTime<Utc>,
    },
}

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
        let Some(round) = rounds::take(&tx, self.clock.now()).await? else {
            tx.rollback().await?;
            return Ok(false);
        };
        let rendered = match self.render(&tx, &round).await {
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
                Rendered::Ended(Ended::Failed)
            }
            Ok(rendered) => rendered,
        };
        if rendered == Rendered::Ended(Ended::NoAddress) {
            self.metrics.count_no_address();
            tracing::error!(round = %round.id, kind = round.kind.name(), "nobody to send this round to: run `aterkom check`");
        }
        match rendered {
            Rendered::PutOff { until } => rounds::put_off(&tx, &round, until).await?,
            Rendered::Ended(ended) => rounds::end(&tx, &round, ended).await?,
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn render(&self, tx: &Tx, round: &Round) -> Result<Rendered, StoreError> {
        let now = self.clock.now();
        let directory = people::directory(tx, self.calendar.local_date(now)).await?;
        // They may have chosen other hours since it was planned.
        let who = round.recipient;
        let own = self.schedule.of_recipient(&round.slot(), who, &directory, &self.calendar);
        let Some(own) = own else { return Ok(Rendered::Ended(Ended::Empty)) };
        if now >= own.expires_at {
            return Ok(Rendered::Ended(Ended::Expired));
        }
        if now < own.at {
            return Ok(Rendered::PutOff { until: own.at });
        }
        let round = &Round { expires_at: own.expires_at, ..round.clone() };
        Ok(Rendered::Ended(self.render_now(tx, round, &directory, now).await?))
    }

    async fn render_now(
        &self,
        tx: &Tx,
        round: &Round,
        directory: &Directory,
        now: DateTime<Utc>,
    ) -> Result<Ended, StoreError> {
        let told = self.told(tx, round, directory, now).await?;
        if told.is_empty() {
            return Ok(Ended::Empty);
        }
        if !told.gets_there {
            self.raise_alarm(tx, round, now).await?;
        }
        let Some(to) = self.recipient(tx, round.recipient, directory).await? else {
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
            .map(|a| (Recipient::Account { account: a.id }, slot, self.clock.new_id()))
            .collect();
        rounds::insert(tx, &recipients).await?;
        Ok(())
    }
}
