//! Calls and the facts told about them.

mod events;
mod facts;
mod refs;

pub use events::CallOfPosts;
pub(crate) use events::of_posts;
pub use facts::{Told, hear, kept_key};

use crate::entities::calls::{ActiveModel, Column, Entity};
use crate::entities::efforts;
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, callbacks};
use chrono::{DateTime, Utc};
use domain::call::Call;
use domain::callback::Effort;
use domain::fact::CallRef;
use domain::ids::{CallId, CallbackId, CallerId, SourceName};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A call that is to be judged.
#[derive(Debug, Clone)]
pub struct ToSettle {
    pub id: CallId,
    pub source: SourceName,
    version: i64,
    /// The callback that holds its contact since before.
    pub callback: Option<CallbackId>,
}

/// What came of judging a call.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The verdict's name, for counting.
    pub verdict: &'static str,
    pub callback: Option<CallbackId>,
    /// Who was reached or tried by it.
    pub efforts: Vec<(CallerId, Effort)>,
}

/// Calls whose time to be judged has come, the longest waiting first.
pub async fn list_due(
    tx: &Tx,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<ToSettle>, StoreError> {
    let rows = Entity::find()
        .filter(Column::SettleAt.lte(now))
        .order_by_asc(Column::SettleAt)
        .limit(limit)
        .all(&tx.db)
        .await?;
    let to_settle = |row: crate::entities::calls::Model| ToSettle {
        id: CallId(row.id),
        source: SourceName(row.source),
        version: row.version,
        callback: row.callback_id.map(CallbackId),
    };
    Ok(rows.into_iter().map(to_settle).collect())
}

/// When the next call is to be judged.
pub async fn next_settle_at(tx: &Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = Entity::find()
        .filter(Column::SettleAt.is_not_null())
        .order_by_asc(Column::SettleAt)
        .one(&tx.db)
        .await?;
    Ok(row.and_then(|row| row.settle_at))
}

/// The call that a PBX knows by one of these names.
pub async fn find_by_names(
    tx: &Tx,
    source: &SourceName,
    names: &[CallRef],
    at: DateTime<Utc>,
) -> Result<Option<CallId>, StoreError> {
    refs::find_by_names(tx, source, names, at).await
}

/// The call that a PBX knows by this name, so that one can ask what became of it.
pub async fn find(tx: &Tx, source: &SourceName, id: &str) -> Result<Option<CallId>, StoreError> {
    refs::find_call(tx, source, id).await
}

/// The conversation that somebody took a note of, as a call that is judged: what is kept of it is kept as long as its
/// callback needs it.
pub async fn note(
    tx: &Tx,
    id: CallId,
    source: &SourceName,
    callback: CallbackId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(id.0),
        source: Set(source.0.clone()),
        version: Set(0),
        last_heard_at: Set(now),
        settle_at: Set(None),
        verdict: Set(Some("message".to_owned())),
        callback_id: Set(Some(callback.0)),
    };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::Id])
        .exec_without_returning(&tx.db)
        .await?;
    Ok(())
}

/// Everything known of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub call: Call,
    /// No post told of it: all of it is from a file.
    pub imported: bool,
    /// Somebody who took part was erased since (R35).
    pub erased: bool,
}

/// Everything known of a call.
pub async fn get(tx: &Tx, id: CallId) -> Result<Known, StoreError> {
    Ok(known(facts::of_calls(tx, [id.0]).await?))
}

/// Everything known of each of these calls.
pub(crate) async fn list(tx: &Tx, ids: &[Uuid]) -> Result<BTreeMap<CallId, Known>, StoreError> {
    let mut calls: BTreeMap<CallId, Vec<facts::Kept>> = BTreeMap::new();
    for kept in facts::of_calls(tx, ids.iter().copied()).await? {
        calls.entry(kept.call).or_default().push(kept);
    }
    Ok(calls.into_iter().map(|(call, kept)| (call, known(kept))).collect())
}

fn known(kept: Vec<facts::Kept>) -> Known {
    let erased = kept.iter().any(|kept| kept.erased);
    let told: Vec<Told> = kept.into_iter().map(|kept| kept.told).collect();
    let imported = told.iter().all(|told| told.post.is_none());
    Known { call: Call::fold(told.into_iter().map(|told| told.heard)), imported, erased }
}

/// Calls of this caller between these two moments that something came of: a contact, an answer, a call-back.
pub async fn list_near(
    tx: &Tx,
    caller: CallerId,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Result<Vec<CallId>, StoreError> {
    let efforts = efforts::Entity::find()
        .filter(efforts::Column::CallerId.eq(caller.0))
        .filter(efforts::Column::At.between(from, until))
        .all(&tx.db)
        .await?;
    let near = |at: DateTime<Utc>| (from..=until).contains(&at);
    let callbacks = callbacks::list_latest_of_caller(tx, caller).await?;
    let contacts = callbacks.iter().flat_map(|c| &c.contacts).filter(|c| near(c.at));
    let calls = efforts.iter().map(|row| CallId(row.call_id)).chain(contacts.map(|c| c.call));
    Ok(calls.collect())
}

/// The call was judged.
///
/// # Errors
/// [`StoreError::Stale`] when a fact came in, or somebody else judged it, since it was listed.
pub async fn settle(tx: &Tx, call: &ToSettle, settled: &Settled) -> Result<(), StoreError> {
    let updated = Entity::update_many()
        .col_expr(Column::SettleAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Verdict, Expr::value(settled.verdict))
        .col_expr(Column::CallbackId, Expr::value(settled.callback.map(|c| c.0)))
        .col_expr(Column::Version, Expr::value(call.version + 1))
        .filter(Column::Id.eq(call.id.0))
        .filter(Column::Version.eq(call.version))
        .exec(&tx.db)
        .await?;
    if updated.rows_affected == 0 {
        return Err(StoreError::Stale);
    }
    efforts::Entity::delete_many()
        .filter(efforts::Column::CallId.eq(call.id.0))
        .exec(&tx.db)
        .await?;
    let rows = settled.efforts.iter().map(|(caller, effort)| efforts::ActiveModel {
        id: ActiveValue::NotSet,
        call_id: Set(call.id.0),
        caller_id: Set(caller.0),
        at: Set(effort.at),
        body: Set(to_json(effort)),
    });
    efforts::Entity::insert_many(rows).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// The call stays as it was judged before.
///
/// # Errors
/// [`StoreError::Stale`] when a fact came in, or somebody else judged it, since it was listed.
pub async fn leave(tx: &Tx, call: &ToSettle) -> Result<(), StoreError> {
    let updated = Entity::update_many()
        .col_expr(Column::SettleAt, Expr::value(None::<DateTime<Utc>>))
        .col_expr(Column::Version, Expr::value(call.version + 1))
        .filter(Column::Id.eq(call.id.0))
        .filter(Column::Version.eq(call.version))
        .exec(&tx.db)
        .await?;
    if updated.rows_affected == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

/// Who was reached or tried by this call, as it was judged last.
pub async fn efforts_of(tx: &Tx, call: CallId) -> Result<Vec<(CallerId, Effort)>, StoreError> {
    let rows =
        efforts::Entity::find().filter(efforts::Column::CallId.eq(call.0)).all(&tx.db).await?;
    rows.iter().map(|row| Ok((CallerId(row.caller_id), from_json("efforts", &row.body)?))).collect()
}

/// The call cannot be judged as it is; it is looked at again then.
pub async fn put_off(tx: &Tx, call: &ToSettle, until: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::SettleAt, Expr::value(Some(until)))
        .filter(Column::Id.eq(call.id.0))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Calls to and from this caller after that time, in the order of time (R10).
pub async fn list_efforts(
    tx: &Tx,
    caller: CallerId,
    after: DateTime<Utc>,
) -> Result<Vec<Effort>, StoreError> {
    let rows = efforts::Entity::find()
        .filter(efforts::Column::CallerId.eq(caller.0))
        .filter(efforts::Column::At.gt(after))
        .order_by_asc(efforts::Column::At)
        .all(&tx.db)
        .await?;
    rows.iter().map(|row| from_json("efforts", &row.body)).collect()
}
