//! Deliveries: mails as rendered, sent at least once, each with one stable Message-ID. What goes by other channels is in the
//! same table, and written by `channels`.

use crate::entities::deliveries::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, bounces, mail_bodies, union};
use chrono::{DateTime, TimeDelta, Utc};
use domain::rounds::{Recipient, RoundKind, Unreachable};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A mail to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its Message-ID is made of this.
    pub id: Uuid,
    /// The round, or the link to sign in by, that it is about: that has one delivery at most.
    pub round: Uuid,
    /// The kind of its round, or of what else it says; for counting.
    pub kind: &'static str,
    pub recipient: Recipient,
    pub address: String,
    /// The whole mail, the same bytes at every try (R24).
    pub body: Vec<u8>,
    pub created_at: DateTime<Utc>,
    /// After this the next round says it better.
    pub expires_at: DateTime<Utc>,
}

/// A delivery that is ours to send until the lease is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    pub id: Uuid,
    pub address: String,
    pub body: Vec<u8>,
    /// How often it was tried before.
    pub tries: u32,
    pub expires_at: DateTime<Utc>,
    version: i64,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Sent {
        at: DateTime<Utc>,
    },
    /// Not this time: again then.
    Again {
        at: DateTime<Utc>,
        error: String,
    },
    /// Nothing was found out about this mail: again then, and the try does not count.
    Held {
        until: DateTime<Utc>,
        error: Option<String>,
    },
    /// Never: it is dead, and visible (R28).
    Dead {
        error: String,
    },
    /// Its round is over; the next one says it better.
    Expired,
}

pub(crate) const QUEUED: &str = "queued";
pub(crate) const SENT: &str = "sent";
pub(crate) const DEAD: &str = "dead";
pub(crate) const EXPIRED: &str = "expired";
/// Nobody will send them again.
pub(crate) const OVER: [&str; 3] = [SENT, DEAD, EXPIRED];

/// Queues a mail. Its round has one delivery at most.
pub async fn insert(tx: &Tx, delivery: Delivery) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(delivery.id),
        round_id: Set(delivery.round),
        kind: Set(delivery.kind.to_owned()),
        recipient: Set(to_json(&delivery.recipient)),
        address: Set(delivery.address),
        state: Set(QUEUED.to_owned()),
        tries: Set(0),
        version: Set(0),
        created_at: Set(delivery.created_at),
        next_at: Set(delivery.created_at),
        expires_at: Set(delivery.expires_at),
        leased_until: Set(None),
        sent_at: Set(None),
        last_error: Set(None),
        channel: Set(None),
        bounced_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    mail_bodies::insert(tx, delivery.id, delivery.body).await
}

/// Takes up to `limit` mails whose time has come; nobody else gets them until the lease is over.
///
/// A lease that a jump of the clock put far ahead is over as well.
pub async fn lease(
    tx: &Tx,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u64,
) -> Result<Vec<Leased>, StoreError> {
    lease_of(tx, Column::Channel.is_null(), now, lease, limit).await
}

/// The same of these, the earliest first.
pub(crate) async fn lease_of(
    tx: &Tx,
    these: Expr,
    now: DateTime<Utc>,
    lease: TimeDelta,
    limit: u64,
) -> Result<Vec<Leased>, StoreError> {
    let free = Column::LeasedUntil
        .is_null()
        .or(Column::LeasedUntil.lte(now))
        .or(Column::LeasedUntil.gt(now + lease + lease));
    let chosen = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::State.eq(QUEUED))
        .and_where(these)
        .and_where(Column::NextAt.lte(now))
        .and_where(free)
        .order_by(Column::NextAt, sea_orm::Order::Asc)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let mut rows = Entity::update_many()
        .col_expr(Column::LeasedUntil, Expr::value(now + lease))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.in_subquery(chosen))
        .exec_with_returning(&tx.db)
        .await?;
    rows.sort_by_key(|row| row.id);
    let mut bodies = mail_bodies::list(tx, rows.iter().map(|row| row.id).collect()).await?;
    let leased = |row: Model| Leased {
        body: bodies.remove(&row.id).unwrap_or_default(),
        id: row.id,
        address: row.address,
        tries: u32::try_from(row.tries).unwrap_or_default(),
        expires_at: row.expires_at,
        version: row.version,
    };
    Ok(rows.into_iter().map(leased).collect())
}

/// Notes what came of a try. `false` when the lease was lost meanwhile: then somebody else's word counts.
pub async fn settle(tx: &Tx, delivery: &Leased, outcome: &Outcome) -> Result<bool, StoreError> {
    let (state, sent_at, next_at, error) = match outcome {
        Outcome::Sent { at } => (SENT, Some(*at), None, None),
        Outcome::Again { at, error } => (QUEUED, None, Some(*at), Some(error)),
        Outcome::Held { until, error } => (QUEUED, None, Some(*until), error.as_ref()),
        Outcome::Dead { error } => (DEAD, None, None, Some(error)),
        Outcome::Expired => (EXPIRED, None, None, None),
    };
    let counts = i32::from(!matches!(outcome, Outcome::Held { .. }));
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(state))
        .col_expr(Column::SentAt, Expr::value(sent_at))
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(counts))
        .col_expr(Column::Version, Expr::value(delivery.version + 1))
        .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
        .filter(Column::Id.eq(delivery.id))
        .filter(Column::Version.eq(delivery.version));
    if let Some(at) = next_at {
        update = update.col_expr(Column::NextAt, Expr::value(at));
    }
    if let Some(error) = error {
        update = update.col_expr(Column::LastError, Expr::value(error.clone()));
    }
    Ok(update.exec(&tx.db).await?.rows_affected == 1)
}

/// Notes that all of these were sent, as [`settle`] would one by one; says for how many the lease still held.
pub async fn settle_sent(
    tx: &Tx,
    deliveries: &[&Leased],
    at: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let mut by_version: BTreeMap<i64, Vec<Uuid>> = BTreeMap::new();
    for delivery in deliveries {
        by_version.entry(delivery.version).or_default().push(delivery.id);
    }
    let mut noted = 0;
    for (version, ids) in by_version {
        let update = Entity::update_many()
            .col_expr(Column::State, Expr::value(SENT))
            .col_expr(Column::SentAt, Expr::value(at))
            .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
            .col_expr(Column::Version, Expr::value(version + 1))
            .col_expr(Column::LeasedUntil, Expr::value(None::<DateTime<Utc>>))
            .filter(Column::Id.is_in(ids))
            .filter(Column::Version.eq(version));
        noted += update.exec(&tx.db).await?.rows_affected;
    }
    Ok(usize::try_from(noted).unwrap_or(usize::MAX))
}

/// When the next mail is to be tried; one that somebody holds, when that lease is over.
pub async fn next_at(tx: &Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    let of_mail = Column::Channel.is_null();
    let queued = || Entity::find().filter(Column::State.eq(QUEUED)).filter(of_mail.clone());
    let free = queued().filter(Column::LeasedUntil.is_null()).order_by_asc(Column::NextAt);
    let held = queued().filter(Column::LeasedUntil.is_not_null()).order_by_asc(Column::LeasedUntil);
    let free = free.one(&tx.db).await?.map(|row| row.next_at);
    let held = held.one(&tx.db).await?.and_then(|row| row.leased_until);
    Ok([free, held].into_iter().flatten().min())
}

/// When the latest mail of this kind was written to this recipient.
pub async fn latest_at(
    tx: &Tx,
    recipient: Recipient,
    kind: RoundKind,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(latest(tx, recipient, kind).await?.map(|row| row.created_at))
}

async fn latest(
    tx: &Tx,
    recipient: Recipient,
    kind: RoundKind,
) -> Result<Option<Model>, StoreError> {
    let latest = Entity::find()
        .filter(Column::Recipient.eq(to_json(&recipient)))
        .filter(Column::Kind.eq(kind.name()))
        .order_by_desc(Column::CreatedAt);
    Ok(latest.one(&tx.db).await?)
}

/// How far a mail came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// It waits; why, when it was tried before.
    Queued { error: Option<String> },
    /// The mail server took it.
    Sent { at: DateTime<Utc> },
    /// It will not be sent any more.
    Over { error: Option<String> },
}

/// How far the latest mail of this kind to this recipient came.
pub async fn latest_way(
    tx: &Tx,
    recipient: Recipient,
    kind: RoundKind,
) -> Result<Option<Way>, StoreError> {
    let latest = latest(tx, recipient, kind).await?;
    Ok(latest.map(|row| match (row.state.as_str(), row.sent_at) {
        (SENT, Some(at)) => Way::Sent { at },
        (QUEUED, _) => Way::Queued { error: row.last_error },
        _ => Way::Over { error: row.last_error },
    }))
}

/// Mails and other messages that are still to be sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    pub mails: i64,
    /// When the oldest of them was written; none where none waits.
    pub oldest: Option<DateTime<Utc>>,
    /// Why one of them was not sent yet.
    pub error: Option<String>,
}

/// What waits to be sent.
pub async fn waiting(tx: &Tx) -> Result<Waiting, StoreError> {
    let queued = Entity::find()
        .select_only()
        .column_as(Column::Id.count(), "mails")
        .column_as(Column::CreatedAt.min(), "oldest")
        .column_as(Column::LastError.max(), "error")
        .filter(Column::State.eq(QUEUED));
    let row: Option<(i64, Option<DateTime<Utc>>, Option<String>)> =
        queued.into_tuple().one(&tx.db).await?;
    Ok(row.map(|(mails, oldest, error)| Waiting { mails, oldest, error }).unwrap_or_default())
}

/// A mail that never arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    pub kind: String,
    pub address: String,
    pub created_at: DateTime<Utc>,
    pub error: String,
}

/// Mails that never arrived, for people to look at: the newest first.
pub async fn list_dead(tx: &Tx, limit: u64) -> Result<Vec<Dead>, StoreError> {
    let rows = Entity::find()
        .filter(Column::State.eq(DEAD))
        .order_by_desc(Column::NextAt)
        .limit(limit)
        .all(&tx.db)
        .await?;
    let dead = |row: Model| Dead {
        kind: row.kind,
        address: row.address,
        created_at: row.created_at,
        error: row.last_error.unwrap_or_default(),
    };
    Ok(rows.into_iter().map(dead).collect())
}

/// Those whose latest mail is dead (R28): a later one that was sent shows that they can be reached again. Of who had one
/// come back, only one does that stayed away for long enough.
pub async fn list_unreachable(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<Unreachable>, StoreError> {
    let looked_at = bounces::looked_at(tx, now).await?;
    // What a channel does not take makes no person unreachable.
    let mails = Entity::find().filter(Column::State.eq(DEAD)).filter(Column::Channel.is_null());
    let dead = mails.all(&tx.db).await?;
    let mut proven = BTreeSet::new();
    for some in dead.chunks(union::IN_A_STATEMENT) {
        let later = some.iter().map(|row| later_than(row, looked_at)).collect();
        let found: Vec<Proven> = union::all_of(tx, later).await?;
        proven.extend(found.into_iter().map(|row| row.dead));
    }
    let mut unreachable: Vec<Unreachable> = Vec::new();
    for row in dead.into_iter().filter(|row| !proven.contains(&row.id)) {
        let who = match from_json("deliveries", &row.recipient)? {
            // Whoever signs in asks again; who missed an alarm finds it on the health page.
            Recipient::Account { .. } => continue,
            who @ (Recipient::Responsible(_) | Recipient::Officer) => who,
        };
        let dead = Unreachable { who, address: row.address };
        if !unreachable.contains(&dead) {
            unreachable.push(dead);
        }
    }
    unreachable.sort_by(|a, b| a.address.cmp(&b.address));
    Ok(unreachable)
}

/// A dead mail, whose recipient took a later one.
#[derive(Debug, FromQueryResult)]
struct Proven {
    dead: Uuid,
}

fn later_than(row: &Model, looked_at: DateTime<Utc>) -> Select<Entity> {
    let later = Entity::find()
        .select_only()
        .expr_as(Expr::value(row.id), "dead")
        .filter(Column::Recipient.eq(row.recipient.as_str()))
        .filter(Column::CreatedAt.gt(row.created_at))
        .filter(Column::State.eq(SENT))
        .limit(1);
    match row.bounced_at {
        None => later,
        Some(bounced_at) => {
            let proven = bounces::proven_until(looked_at, row.sent_at, bounced_at);
            later.filter(Column::SentAt.lte(proven))
        }
    }
}
