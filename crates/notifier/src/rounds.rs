//! A round becomes a mail once, from the state of that moment; there is no second version of it (R24).

use crate::callers::Callers;
use crate::{Notifier, mime, recipients};
use chrono::NaiveDate;
use domain::directory::{Directory, Owner, Responsible, Unit};
use domain::ids::UnitId;
use domain::rounds::{Digest, RoundKind, digest, manager_list};
use store::deliveries::{Addressee, Delivery};
use store::rounds::{Ended, Round};
use store::{StoreError, Tx, callbacks, deliveries, people, rounds};

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
        let today = self.calendar.local_date(now);
        let directory = people::directory(tx, today).await?;
        let Some(recipient) =
            recipients::find(round.recipient, &directory, self.reception.as_deref())
        else {
            return Ok(Ended::NoAddress);
        };
        let text = match round.kind {
            RoundKind::Digest => {
                let owners = owners_of(tx, round.recipient, (&directory, today)).await?;
                let open = callbacks::list_open_of_owners(tx, &owners).await?;
                let callers = Callers::read(tx, &open, self.texts.detail()).await?;
                let digest = digest(&open, today, &self.calendar, &directory);
                let away = self.while_away(tx, round.recipient, (&directory, today)).await?;
                Digest::with_while_away(digest, away, today)
                    .map(|d| self.texts.digest(&d, &recipient, &self.calendar, &callers))
            }
            RoundKind::ManagerList => {
                let units = units_of(round.recipient, &directory);
                let open = callbacks::list_open_of_units(tx, &units, true).await?;
                let callers = Callers::read(tx, &open, self.texts.detail()).await?;
                let unreachable = deliveries::list_unreachable(tx).await?;
                let rules = (&*self.calendar, &*self.policy, &directory);
                manager_list(&units, &open, &unreachable, today, rules)
                    .map(|l| self.texts.manager_list(&l, &recipient, &self.calendar, &callers))
            }
        };
        let Some(text) = text else { return Ok(Ended::Empty) };
        let id = self.clock.new_id();
        let mail = text.map_err(|e| e.to_string()).and_then(|text| {
            mime::mail(id, round.kind.name(), &self.sender, &recipient, &text, now)
                .map_err(|e| e.to_string())
        });
        let body = match mail {
            Ok(body) => body,
            Err(error) => {
                tracing::error!(round = %round.id, error, "a mail could not be written");
                return Ok(Ended::Failed);
            }
        };
        let delivery = Delivery {
            id,
            round: round.id,
            kind: round.kind.name(),
            recipient: Addressee::Role(round.recipient),
            address: recipient.address,
            body,
            created_at: now,
            expires_at: round.expires_at,
        };
        deliveries::insert(tx, delivery).await?;
        Ok(Ended::Rendered)
    }
}

async fn owners_of(
    tx: &Tx,
    recipient: Responsible,
    (directory, today): (&Directory, NaiveDate),
) -> Result<Vec<Owner>, StoreError> {
    let owners = callbacks::list_owners(tx).await?.into_iter();
    Ok(owners.filter(|owner| directory.responsible(*owner, today) == recipient).collect())
}

/// Also those that are gone: what they promised still stands. From the top down, and by name.
fn units_of(recipient: Responsible, directory: &Directory) -> Vec<UnitId> {
    let managed = directory.units().iter().filter(|u| {
        directory.manager_of(u.id).is_some_and(|m| Responsible::Employee(m.id) == recipient)
    });
    let mut managed: Vec<&Unit> = managed.collect();
    managed.sort_by_key(|u| (directory.upwards(u.id).count(), &u.name));
    managed.into_iter().map(|u| u.id).collect()
}
