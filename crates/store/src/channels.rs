//! Channels besides mail: what happened and is to be told, rounds that are told to channels, and what is sent by them. A
//! delivery is a row as a mail is: the same leases, retries and dead letters.

use crate::deliveries::{DEAD, Leased, QUEUED, lease_of};
use crate::entities::deliveries::{ActiveModel, Column, Entity};
use crate::entities::{ended_channels as ended, events, mail_bodies as bodies, rounds};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, mail_bodies};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::decision::Decision;
use domain::event::{self, Event};
use domain::rounds::{RoundKind, Slot};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query};
use sea_orm::{
    ActiveValue, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A round that waits to be told to a channel.
const FOR_CHANNEL: &str = "for_channel";

/// What goes to a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What the receiver knows a repeat by.
    pub id: Uuid,
    /// The round it is about; of what happened its own id.
    pub round: Uuid,
    /// For counting.
    pub kind: &'static str,
    pub channel: String,
    /// The whole of it, the same bytes at every try (R24).
    pub body: Vec<u8>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// One round of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRound {
    pub id: Uuid,
    pub channel: String,
    pub kind: RoundKind,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

/// Whom a row is for, beside the roles of `domain::rounds::Recipient`.
#[derive(Serialize, Deserialize)]
struct ForChannel {
    channel: String,
}

/// What this decision tells, where a channel wants it: in the transaction that writes it.
pub(crate) async fn tell(tx: &Tx, decision: &Decision) -> Result<(), StoreError> {
    let rows: Vec<events::ActiveModel> = event::events(decision, &tx.wanted)
        .iter()
        .map(|event| events::ActiveModel {
            id: ActiveValue::NotSet,
            kind: Set(event.kind.name().to_owned()),
            at: Set(event.at),
            body: Set(to_json(event)),
        })
        .collect();
    if !rows.is_empty() {
        events::Entity::insert_many(rows).exec_without_returning(&tx.db).await?;
    }
    Ok(())
}

/// Takes up to `limit` events, the oldest first: whoever commits has told them. One that cannot be read costs no other.
pub async fn take_events(
    tx: &Tx,
    limit: u64,
) -> Result<Vec<Result<Event, StoreError>>, StoreError> {
    use events::Column;
    let chosen = Query::select()
        .column(Column::Id)
        .from(events::Entity)
        // In the order of the key: the filter says so to the database.
        .and_where(Column::Id.gt(0))
        .order_by(Column::Id, sea_orm::Order::Asc)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let mut taken = events::Entity::delete_many()
        .filter(Column::Id.in_subquery(chosen))
        .exec_with_returning(&tx.db)
        .await?;
    taken.sort_by_key(|row| row.id);
    Ok(taken.into_iter().map(|row| from_json("events", &row.body)).collect())
}

/// Plans a round of this slot for each of these channels; of one moment there is one for each.
pub async fn plan(tx: &Tx, slot: &Slot, channels: &[(&str, Uuid)]) -> Result<u64, StoreError> {
    use rounds::Column;
    if channels.is_empty() {
        return Ok(0);
    }
    let rows = channels.iter().map(|(channel, id)| rounds::ActiveModel {
        id: Set(*id),
        recipient: Set(recipient(channel)),
        kind: Set(slot.kind.name().to_owned()),
        slot: Set(slot.day),
        at: Set(slot.at),
        expires_at: Set(slot.expires_at),
        state: Set(FOR_CHANNEL.to_owned()),
    });
    let inserted = rounds::Entity::insert_many(rows)
        .on_conflict_do_nothing_on([Column::Recipient, Column::Kind, Column::At])
        .exec_without_returning(&tx.db)
        .await?;
    Ok(match inserted {
        sea_orm::TryInsertResult::Inserted(rows) => rows,
        sea_orm::TryInsertResult::Empty | sea_orm::TryInsertResult::Conflicted => 0,
    })
}

/// The next round that waits to be told to a channel. It is this transaction's until [`crate::rounds::end_of`] ends it.
pub async fn take_round(tx: &Tx) -> Result<Option<ChannelRound>, StoreError> {
    use rounds::{Column, Entity};
    let waiting = Entity::find().filter(Column::State.eq(FOR_CHANNEL)).order_by_asc(Column::At);
    let row = waiting.lock_with_behavior(LockType::Update, LockBehavior::SkipLocked);
    let Some(row) = row.one(&tx.db).await? else { return Ok(None) };
    let kind = RoundKind::ALL.into_iter().find(|kind| kind.name() == row.kind);
    let ForChannel { channel } = from_json("rounds", &row.recipient)?;
    Ok(Some(ChannelRound {
        id: row.id,
        channel,
        kind: kind.ok_or(StoreError::Stale)?,
        day: row.slot,
        at: row.at,
        expires_at: row.expires_at,
    }))
}

/// When the channel was last told of this kind before that round.
pub async fn told_before(
    tx: &Tx,
    round: &ChannelRound,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    use rounds::{Column, Entity};
    let before = Entity::find()
        .filter(Column::Recipient.eq(recipient(&round.channel)))
        .filter(Column::Kind.eq(round.kind.name()))
        .filter(Column::At.lt(round.at))
        .order_by_desc(Column::At)
        .one(&tx.db)
        .await?;
    Ok(before.map(|row| row.at))
}

/// Queues a message.
pub async fn insert(tx: &Tx, message: Message) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(message.id),
        round_id: Set(message.round),
        kind: Set(message.kind.to_owned()),
        recipient: Set(recipient(&message.channel)),
        address: Set(message.channel.clone()),
        state: Set(QUEUED.to_owned()),
        tries: Set(0),
        version: Set(0),
        created_at: Set(message.created_at),
        next_at: Set(message.created_at),
        expires_at: Set(message.expires_at),
        leased_until: Set(None),
        sent_at: Set(None),
        last_error: Set(None),
        bounced_at: Set(None),
        channel: Set(Some(message.channel)),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    mail_bodies::insert(tx, message.id, message.body).await
}

/// Takes up to `limit` messages to this channel whose time has come; nobody else gets them until the lease is over.
pub async fn lease(
    tx: &Tx,
    channel: &str,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u64,
) -> Result<Vec<Leased>, StoreError> {
    lease_of(tx, Column::Channel.eq(channel), now, lease, limit).await
}

/// When the next message to one of these is to be tried; one that somebody holds, when that lease is over.
pub async fn next_at(tx: &Tx, channels: &[&str]) -> Result<Option<DateTime<Utc>>, StoreError> {
    let mut next = Vec::new();
    for channel in channels {
        let queued =
            Entity::find().filter(Column::State.eq(QUEUED)).filter(Column::Channel.eq(*channel));
        let free = queued.clone().filter(Column::LeasedUntil.is_null());
        let held = queued.filter(Column::LeasedUntil.is_not_null());
        let free = free.order_by_asc(Column::NextAt).one(&tx.db).await?;
        let held = held.order_by_asc(Column::LeasedUntil).one(&tx.db).await?;
        next.extend(free.map(|row| row.next_at));
        next.extend(held.and_then(|row| row.leased_until));
    }
    Ok(next.into_iter().min())
}

/// The receiver said that it is gone for good: nothing is sent there until somebody takes it up again.
pub async fn end(tx: &Tx, channel: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = ended::ActiveModel { name: Set(channel.to_owned()), at: Set(at) };
    let first = ended::Entity::insert(row).on_conflict_do_nothing_on([ended::Column::Name]);
    first.exec_without_returning(&tx.db).await?;
    Ok(())
}

/// Channels that have ended, and since when.
pub async fn list_ended(tx: &Tx) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
    let rows = ended::Entity::find().order_by_asc(ended::Column::Name).all(&tx.db).await?;
    Ok(rows.into_iter().map(|row| (row.name, row.at)).collect())
}

/// How many messages of each channel never arrived.
pub async fn count_dead(tx: &Tx) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(Entity::find()
        .select_only()
        .column(Column::Channel)
        .column_as(Column::Id.count(), "n")
        .filter(Column::State.eq(DEAD))
        .filter(Column::Channel.is_not_null())
        .group_by(Column::Channel)
        .order_by_asc(Column::Channel)
        .into_tuple()
        .all(&tx.db)
        .await?)
}

/// Takes a channel up again, and sends what died on the way there and is not over; says how much.
pub async fn resume(tx: &Tx, channel: &str, now: DateTime<Utc>) -> Result<u64, StoreError> {
    ended::Entity::delete_by_id(channel).exec(&tx.db).await?;
    // What somebody's request to be forgotten erased is not sent empty.
    let mut kept = Query::select();
    kept.column(bodies::Column::Id).from(bodies::Entity);
    let again = Entity::update_many()
        .col_expr(Column::State, Expr::value(QUEUED))
        .col_expr(Column::Tries, Expr::value(0))
        .col_expr(Column::NextAt, Expr::value(now))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::State.eq(DEAD))
        .filter(Column::Channel.eq(channel))
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::Id.in_subquery(kept))
        .exec(&tx.db)
        .await?;
    Ok(again.rows_affected)
}

fn recipient(channel: &str) -> String {
    to_json(&ForChannel { channel: channel.to_owned() })
}
