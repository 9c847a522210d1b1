//! Rounds: one for each recipient, kind and moment, whatever crashes or runs beside (R24).

use crate::entities::rounds::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, settings};
use chrono::{DateTime, NaiveDate, Utc};
use domain::rounds::{Recipient, RoundKind, Slot};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// One round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    pub id: Uuid,
    pub recipient: Recipient,
    pub kind: RoundKind,
    /// The local day it is about.
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl Round {
    /// Its moment.
    pub fn slot(&self) -> Slot {
        Slot { kind: self.kind, day: self.day, at: self.at, expires_at: self.expires_at }
    }
}

const WAITING: &str = "waiting";

/// How a round ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It became a mail.
    Rendered,
    /// It became a message to a channel.
    Told,
    /// There was nothing to say.
    Empty,
    /// Nobody to send it to.
    NoAddress,
    /// Its time was over before it was looked at.
    Expired,
    /// It could not be put into words; the log says why.
    Failed,
}

impl Ended {
    fn name(self) -> &'static str {
        match self {
            Self::Rendered => "rendered",
            Self::Told => "told",
            Self::Empty => "empty",
            Self::NoAddress => "no_address",
            Self::Expired => "expired",
            Self::Failed => "failed",
        }
    }
}

/// Plans a round of this slot for each of these, at the time that is theirs; says how many are new. A slot is planned once:
/// who has something to be told only later is told by the next round.
pub async fn plan(
    tx: &Tx,
    slot: &Slot,
    recipients: &[(Recipient, Slot, Uuid)],
) -> Result<u64, StoreError> {
    let inserted = insert(tx, recipients).await?;
    settings::set_planned(tx, slot.kind.name(), slot.at).await?;
    Ok(inserted)
}

/// A round of its own for each of these, in no row of slots; says how many are new. Of one moment there is one for each.
pub async fn insert(tx: &Tx, recipients: &[(Recipient, Slot, Uuid)]) -> Result<u64, StoreError> {
    let rows = recipients.iter().map(|(recipient, slot, id)| ActiveModel {
        id: Set(*id),
        recipient: Set(to_json(recipient)),
        kind: Set(slot.kind.name().to_owned()),
        slot: Set(slot.day),
        at: Set(slot.at),
        expires_at: Set(slot.expires_at),
        state: Set(WAITING.to_owned()),
    });
    let inserted = Entity::insert_many(rows)
        .on_conflict_do_nothing_on([Column::Recipient, Column::Kind, Column::At])
        .exec_without_returning(&tx.db)
        .await?;
    Ok(match inserted {
        sea_orm::TryInsertResult::Inserted(rows) => rows,
        sea_orm::TryInsertResult::Empty | sea_orm::TryInsertResult::Conflicted => 0,
    })
}

/// Whether this slot was planned before.
pub async fn is_planned(tx: &Tx, slot: &Slot) -> Result<bool, StoreError> {
    settings::is_planned(tx, slot.kind.name(), slot.at, slot.day).await
}

/// The next round whose time has come; on PostgreSQL one that nobody else holds. It is this transaction's until it ends.
pub async fn take(tx: &Tx, now: DateTime<Utc>) -> Result<Option<Round>, StoreError> {
    let row = Entity::find()
        .filter(Column::State.eq(WAITING))
        .filter(Column::At.lte(now))
        .order_by_asc(Column::At)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(&tx.db)
        .await?;
    row.map(round).transpose()
}

/// When the next round is for somebody who wants mails only later.
pub async fn next_at(tx: &Tx, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    let later = Entity::find().filter(Column::State.eq(WAITING)).filter(Column::At.gt(now));
    Ok(later.order_by_asc(Column::At).one(&tx.db).await?.map(|row| row.at))
}

/// It waits until then: whom it is for has chosen other hours since it was planned.
pub async fn put_off(tx: &Tx, round: &Round, until: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::At, Expr::value(until))
        .filter(Column::Id.eq(round.id))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// It ended like this.
pub async fn end(tx: &Tx, round: &Round, ended: Ended) -> Result<(), StoreError> {
    end_of(tx, round.id, ended).await
}

/// The same, of whatever kind.
pub async fn end_of(tx: &Tx, round: Uuid, ended: Ended) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::State, Expr::value(ended.name()))
        .filter(Column::Id.eq(round))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// The latest rounds: kind, when its time came, how it ended or that it waits. The newest first.
pub async fn list_latest(
    tx: &Tx,
    limit: u64,
) -> Result<Vec<(String, DateTime<Utc>, String)>, StoreError> {
    let rows = Entity::find().order_by_desc(Column::At).limit(limit).all(&tx.db).await?;
    Ok(rows.into_iter().map(|row| (row.kind, row.at, row.state)).collect())
}

fn round(row: Model) -> Result<Round, StoreError> {
    let kind = RoundKind::ALL.into_iter().find(|kind| kind.name() == row.kind);
    Ok(Round {
        id: row.id,
        recipient: from_json("rounds", &row.recipient)?,
        kind: kind.ok_or(StoreError::Stale)?,
        day: row.slot,
        at: row.at,
        expires_at: row.expires_at,
    })
}
