//! Which call a fact is about: facts with a name in common are about one call.

use super::facts;
use crate::entities::call_refs::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use clock::Clock;
use domain::fact::CallRef;
use domain::ids::{CallId, SourceName};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

/// A passing name means one call within this time: no call is waited for longer (R4).
const PASSING: TimeDelta = TimeDelta::hours(4);

/// Where a fact belongs.
pub(super) struct Joined {
    pub(super) call: CallId,
    /// Calls that turned out to be the same one; they have nothing to say any more.
    pub(super) emptied: Vec<CallId>,
}

/// Finds or makes the call with one of these names, and remembers all of them for it.
pub(super) async fn join(
    tx: &Tx,
    source: &SourceName,
    refs: &[CallRef],
    at: DateTime<Utc>,
    heard_at: DateTime<Utc>,
    clock: &Clock,
) -> Result<Joined, StoreError> {
    let mut known: Vec<Model> = Vec::new();
    for name in refs {
        known.extend(find(tx, source, name, at).await?);
    }
    let mut calls: Vec<Uuid> = known.iter().map(|row| row.call_id).collect();
    calls.sort_unstable();
    calls.dedup();
    let call = match calls.first() {
        Some(id) => CallId(*id),
        None => facts::new_call(tx, source, heard_at, clock.new_id()).await?,
    };
    let emptied: Vec<CallId> = calls.into_iter().skip(1).map(CallId).collect();
    for other in &emptied {
        facts::move_to(tx, *other, call).await?;
        move_to(tx, *other, call).await?;
    }
    for name in refs {
        remember(tx, source, name, call, at, &known).await?;
    }
    Ok(Joined { call, emptied })
}

/// The call with one of these names.
pub(super) async fn find_by_names(
    tx: &Tx,
    source: &SourceName,
    names: &[CallRef],
    at: DateTime<Utc>,
) -> Result<Option<CallId>, StoreError> {
    for name in names {
        if let Some(row) = find(tx, source, name, at).await? {
            return Ok(Some(CallId(row.call_id)));
        }
    }
    Ok(None)
}

/// The call with this name of its own.
pub(super) async fn find_call(
    tx: &Tx,
    source: &SourceName,
    id: &str,
) -> Result<Option<CallId>, StoreError> {
    let row = Entity::find()
        .filter(Column::Source.eq(source.0.as_str()))
        .filter(Column::Value.eq(id))
        .filter(Column::Kind.eq("call"))
        .one(&tx.db)
        .await?;
    Ok(row.map(|row| CallId(row.call_id)))
}

async fn find(
    tx: &Tx,
    source: &SourceName,
    name: &CallRef,
    at: DateTime<Utc>,
) -> Result<Option<Model>, StoreError> {
    let (kind, value) = parts(name);
    let values = [kept(tx, name), value.to_owned()];
    let named = Entity::find()
        .filter(Column::Source.eq(source.0.as_str()))
        .filter(Column::Value.is_in(values))
        .filter(Column::Kind.eq(kind));
    let within = match name {
        CallRef::Call(_) => named,
        CallRef::Passing(_) => named.filter(Column::LastAt.between(at - PASSING, at + PASSING)),
    };
    Ok(within.order_by_desc(Column::LastAt).one(&tx.db).await?)
}

async fn remember(
    tx: &Tx,
    source: &SourceName,
    name: &CallRef,
    call: CallId,
    at: DateTime<Utc>,
    known: &[Model],
) -> Result<(), StoreError> {
    let (kind, value) = parts(name);
    let kept = kept(tx, name);
    let is_it = |row: &&Model| row.kind == kind && (row.value == kept || row.value == value);
    if let Some(row) = known.iter().find(is_it) {
        Entity::update_many()
            .col_expr(Column::LastAt, Expr::value(row.last_at.max(at)))
            .filter(Column::Id.eq(row.id))
            .exec(&tx.db)
            .await?;
        return Ok(());
    }
    let row = ActiveModel {
        id: ActiveValue::NotSet,
        source: Set(source.0.clone()),
        kind: Set(kind.to_owned()),
        value: Set(kept),
        call_id: Set(call.0),
        last_at: Set(at),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok(())
}

async fn move_to(tx: &Tx, from: CallId, to: CallId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::CallId, Expr::value(to.0))
        .filter(Column::CallId.eq(from.0))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// A passing name as it is kept: hidden, for Asterisk makes names of channels of the number that was dialled (R34). Versions
/// before this one kept it as it was.
fn kept(tx: &Tx, name: &CallRef) -> String {
    match name {
        CallRef::Call(value) => value.clone(),
        CallRef::Passing(value) => facts::kept_key(tx, &format!("passing name: {value}")),
    }
}

/// These names as they are kept.
pub(super) fn hidden(tx: &Tx, names: &[CallRef]) -> Vec<CallRef> {
    let hidden = |name: &CallRef| match name {
        CallRef::Call(_) => name.clone(),
        CallRef::Passing(_) => CallRef::Passing(kept(tx, name)),
    };
    names.iter().map(hidden).collect()
}

fn parts(name: &CallRef) -> (&'static str, &str) {
    match name {
        CallRef::Call(value) => ("call", value),
        CallRef::Passing(value) => ("passing", value),
    }
}
