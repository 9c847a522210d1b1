//! Rounds, what is new, and the mails that come of them.

use crate::{StoreError, Tx, deliveries, links, news, rounds};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::directory::{Owner, Responsible};
use domain::ids::{CallbackId, UnitId};
use domain::rounds::{RoundKind, Slot};
use uuid::Uuid;

/// Every function about rounds and mails once.
pub(super) async fn sent(tx: &Tx, now: DateTime<Utc>, id: Uuid) -> Result<(), StoreError> {
    let day = NaiveDate::MIN;
    let slot = Slot { kind: RoundKind::Digest, day, at: now, expires_at: now };
    rounds::is_planned(tx, &slot).await?;
    rounds::plan(tx, &slot, &[(Responsible::Organisation.into(), slot, id)]).await?;
    rounds::next_at(tx, now).await?;
    news::is_any(tx).await?;
    news::list_owners(tx, now).await?;
    news::take(tx, &[Owner::Organisation, Owner::Unit(UnitId(id))]).await?;
    news::take_these(tx, &[CallbackId(id)]).await?;
    deliveries::latest_at(tx, Responsible::Organisation.into(), RoundKind::New).await?;
    let way = deliveries::latest_way(tx, Responsible::Organisation.into(), RoundKind::Test).await?;
    assert_eq!((way, links::of(tx).await?.has_sent), (None, false));
    let Some(round) = rounds::take(tx, now).await? else { return Err(StoreError::Stale) };
    rounds::put_off(tx, &round, now).await?;
    rounds::end(tx, &round, rounds::Ended::Rendered).await?;
    let delivery = deliveries::Delivery {
        id,
        round: id,
        kind: "digest",
        recipient: Responsible::Organisation.into(),
        address: "vaxel@exempelby.example".to_owned(),
        body: Vec::new(),
        created_at: now,
        expires_at: now,
    };
    deliveries::insert(tx, delivery).await?;
    for leased in deliveries::lease(tx, now, TimeDelta::minutes(1), 10).await? {
        deliveries::settle(
            tx,
            &leased,
            &deliveries::Outcome::Dead { error: "no such user".to_owned() },
        )
        .await?;
        deliveries::settle_sent(tx, &[&leased], now).await?;
    }
    deliveries::next_at(tx).await?;
    deliveries::list_unreachable(tx, now).await?;
    super::bounces::reading(tx, now, id).await
}
