//! Callbacks: read, looked up, and written by [`apply`] alone. For the program's own loops and commands; what readers see of
//! them is in `seen`.

use crate::entities::callbacks::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, channels, follow_up, journal, news, texts};
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::callback::{Callback, State};
use domain::decision::Decision;
use domain::directory::Owner;
use domain::ids::{CallbackId, CallerId, UnitId};
use domain::rounds::{CameIn, Promise};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// So many of a caller's are looked through; a number that has more is a switchboard's.
const LATEST: u64 = 100;

/// The callback.
///
/// # Errors
/// [`StoreError::NoCallback`] when there is none.
pub async fn get(tx: &Tx, id: CallbackId) -> Result<Callback, StoreError> {
    find(tx, id).await?.ok_or(StoreError::NoCallback(id))
}

/// The callback, if there is one.
pub async fn find(tx: &Tx, id: CallbackId) -> Result<Option<Callback>, StoreError> {
    Entity::find_by_id(id.0).one(&tx.db).await?.map(callback).transpose()
}

/// These, in no meaningful order.
pub async fn list(tx: &Tx, ids: &[CallbackId]) -> Result<Vec<Callback>, StoreError> {
    let ids = ids.iter().map(|id| id.0);
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(&tx.db).await?;
    rows.into_iter().map(callback).collect()
}

/// Those after this id, in the order of ids: everything there is, some at a time.
pub(crate) async fn list_after(
    tx: &Tx,
    after: uuid::Uuid,
    limit: u64,
) -> Result<Vec<Callback>, StoreError> {
    let rows = Entity::find()
        .filter(Column::Id.gt(after))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(callback).collect()
}

/// The open one of this caller and owner that others may join: there is one at most (R5).
pub async fn find_open(
    tx: &Tx,
    caller: CallerId,
    owner: Owner,
) -> Result<Option<Callback>, StoreError> {
    let row =
        Entity::find().filter(Column::OpenKey.eq(open_key(caller, owner))).one(&tx.db).await?;
    row.map(callback).transpose()
}

/// The latest one of this caller and owner that was resolved (R5).
pub async fn find_previous(
    tx: &Tx,
    caller: CallerId,
    owner: Owner,
) -> Result<Option<CallbackId>, StoreError> {
    let row = Entity::find()
        .filter(Column::CallerId.eq(caller.0))
        .filter(Column::Owner.eq(owner_key(owner)))
        .filter(Column::State.eq(RESOLVED))
        .order_by_desc(Column::OpenedAt)
        .one(&tx.db)
        .await?;
    Ok(row.map(|row| CallbackId(row.id)))
}

/// Everything open for this caller, whoever is responsible.
pub async fn list_open_of_caller(tx: &Tx, caller: CallerId) -> Result<Vec<Callback>, StoreError> {
    let rows = Entity::find()
        .filter(Column::CallerId.eq(caller.0))
        .filter(Column::IsOpen.eq(true))
        .order_by_asc(Column::OpenedAt)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(callback).collect()
}

/// A caller's latest, ended or not.
pub(crate) async fn list_latest_of_caller(
    tx: &Tx,
    caller: CallerId,
) -> Result<Vec<Callback>, StoreError> {
    let rows = Entity::find()
        .filter(Column::CallerId.eq(caller.0))
        .order_by_desc(Column::OpenedAt)
        .limit(LATEST)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(callback).collect()
}

/// Everything open for these owners.
pub async fn list_open_of_owners(tx: &Tx, owners: &[Owner]) -> Result<Vec<Callback>, StoreError> {
    let rows = Entity::find()
        .filter(Column::IsOpen.eq(true))
        .filter(Column::Owner.is_in(owners.iter().map(|o| owner_key(*o))))
        .order_by_asc(Column::DueAt)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(callback).collect()
}

/// What is offered to these, and waits for their answer (R18).
pub async fn list_offered(tx: &Tx, to: &[Owner]) -> Result<Vec<Callback>, StoreError> {
    list_handed_over(tx, Column::OfferedTo, to).await
}

/// What these have offered to others, whether it waits for an answer or nobody gave one (R18).
pub async fn list_sent(tx: &Tx, by: &[Owner]) -> Result<Vec<Callback>, StoreError> {
    list_handed_over(tx, Column::SentBy, by).await
}

/// To whom something is offered, and who offered something to others.
pub async fn list_handing_over(tx: &Tx) -> Result<Vec<Owner>, StoreError> {
    let mut owners = Vec::new();
    for column in [Column::OfferedTo, Column::SentBy] {
        let of: Vec<String> = Entity::find()
            .select_only()
            .column(column)
            .distinct()
            .filter(column.is_not_null())
            .into_tuple()
            .all(&tx.db)
            .await?;
        owners.extend(of);
    }
    owners.iter().map(|o| from_json("callbacks", o)).collect()
}

async fn list_handed_over(
    tx: &Tx,
    column: Column,
    owners: &[Owner],
) -> Result<Vec<Callback>, StoreError> {
    let rows = Entity::find()
        .filter(column.is_in(owners.iter().map(|o| owner_key(*o))))
        .order_by_asc(Column::DueAt)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(callback).collect()
}

/// Everything open in these units; `organisation`: also what belongs to none.
pub async fn list_open_of_units(
    tx: &Tx,
    units: &[UnitId],
    organisation: bool,
) -> Result<Vec<Callback>, StoreError> {
    let mut of_units =
        sea_orm::Condition::any().add(Column::UnitId.is_in(units.iter().map(|u| u.0)));
    if organisation {
        of_units = of_units.add(Column::UnitId.is_null());
    }
    let rows = Entity::find()
        .filter(Column::IsOpen.eq(true))
        .filter(of_units)
        .order_by_asc(Column::DueAt)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(callback).collect()
}

/// Everybody who has something open.
pub async fn list_owners(tx: &Tx) -> Result<Vec<Owner>, StoreError> {
    let owners: Vec<String> = Entity::find()
        .select_only()
        .column(Column::Owner)
        .distinct()
        .filter(Column::IsOpen.eq(true))
        .into_tuple()
        .all(&tx.db)
        .await?;
    owners.iter().map(|o| from_json("callbacks", o)).collect()
}

/// How it went with what was opened for this owner since then. What was withdrawn is not counted.
pub async fn count_since(
    tx: &Tx,
    owner: Owner,
    since: DateTime<Utc>,
) -> Result<CameIn, StoreError> {
    let states: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "n")
        .filter(Column::Owner.eq(owner_key(owner)))
        .filter(Column::OpenedAt.gte(since))
        .group_by(Column::State)
        .into_tuple()
        .all(&tx.db)
        .await?;
    let count = |names: &[&str]| -> usize {
        let counted = states.iter().filter(|(state, _)| names.contains(&state.as_str()));
        counted.map(|(_, n)| usize::try_from(*n).unwrap_or_default()).sum()
    };
    Ok(CameIn { open: count(&[OPEN]), done: count(&[PROVISIONAL, RESOLVED]), rang: 0 })
}

/// Those that time was to wake by now, the longest waiting first.
pub async fn list_due(
    tx: &Tx,
    now: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<CallbackId>, StoreError> {
    let ids: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::WakeAt.lte(now))
        .order_by_asc(Column::WakeAt)
        .limit(limit)
        .into_tuple()
        .all(&tx.db)
        .await?;
    Ok(ids.into_iter().map(CallbackId).collect())
}

/// The callback cannot be woken as it is; it is looked at again then.
pub async fn put_off(tx: &Tx, id: CallbackId, until: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::WakeAt, Expr::value(Some(until)))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Those that opened from `from` until before `until`, in the order of their ids, which is that of their opening.
pub async fn list_opened(
    tx: &Tx,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    after: Option<CallbackId>,
    limit: u64,
) -> Result<Vec<Callback>, StoreError> {
    let after = after.map_or(uuid::Uuid::nil(), |id| id.0);
    let rows = Entity::find()
        .filter(Column::Id.gt(after))
        .filter(Column::OpenedAt.gte(from))
        .filter(Column::OpenedAt.lt(until))
        .order_by_asc(Column::Id)
        .limit(limit)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(callback).collect()
}

/// When the next one is to be woken.
pub async fn next_wake_at(tx: &Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    let row = Entity::find()
        .filter(Column::WakeAt.is_not_null())
        .order_by_asc(Column::WakeAt)
        .one(&tx.db)
        .await?;
    Ok(row.and_then(|row| row.wake_at))
}

/// Writes how these stand that are open: a version before this one did not.
pub(crate) async fn keep_promises(tx: &Tx, callbacks: &[Callback]) -> Result<(), StoreError> {
    for callback in callbacks {
        let Some(promise) = Promise::of_open(callback, tx.zone) else { continue };
        Entity::update_many()
            .col_expr(Column::Promise, Expr::value(promise.name()))
            .col_expr(Column::PromiseOn, Expr::value(promise.day()))
            .filter(Column::Id.eq(callback.id.0))
            .filter(Column::Version.eq(callback.version))
            .exec(&tx.db)
            .await?;
    }
    Ok(())
}

/// Writes everything a decision says, or nothing. One that says nothing writes nothing.
///
/// # Errors
/// [`StoreError::Stale`] when the callback has moved on since it was read, or another one was opened for the same
/// caller and owner meanwhile: read again, and decide again.
pub async fn apply(tx: &Tx, decision: &Decision) -> Result<(), StoreError> {
    if decision.is_unchanged() {
        return Ok(());
    }
    let callback = &decision.callback;
    let written = decision.written();
    let next = row(&written, tx.zone);
    if decision.is_new {
        Entity::insert(next).exec_without_returning(&tx.db).await?;
    } else {
        let updated = Entity::update_many()
            .set(next)
            .filter(Column::Id.eq(callback.id.0))
            .filter(Column::Version.eq(callback.version))
            .exec(&tx.db)
            .await?;
        if updated.rows_affected == 0 {
            return Err(StoreError::Stale);
        }
    }
    journal::append(tx, callback.id, &decision.entries, decision.at).await?;
    channels::tell(tx, decision).await?;
    if decision.leaves_no_content() {
        texts::forget(tx, callback.contacts.iter().map(|contact| contact.call)).await?;
    }
    follow_up::keep(tx, &[written]).await?;
    news::apply(tx, decision).await
}

pub(crate) fn row(callback: &Callback, zone: Tz) -> ActiveModel {
    let is_open = callback.is_open();
    let promise = Promise::of_open(callback, zone);
    let joinable = callback.caller.filter(|_| callback.may_be_joined && is_open);
    ActiveModel {
        id: Set(callback.id.0),
        version: Set(callback.version),
        caller_id: Set(callback.caller.map(|c| c.0)),
        // Whose list it stands on; by its key later calls of the same caller find it (R5).
        owner: Set(owner_key(callback.holder())),
        unit_id: Set(callback.unit.map(|u| u.0)),
        state: Set(state_name(&callback.state).to_owned()),
        is_open: Set(is_open),
        has_message: Set(callback.has_message()),
        opened_at: Set(callback.opened_at),
        due_at: Set(callback.due.as_ref().map(|d| d.due_at)),
        first_attempt_at: Set(callback.first_attempt_at()),
        reached_at: Set(callback.reached_at()),
        ended_at: Set(ended_at(&callback.state)),
        wake_at: Set(callback.wake_at),
        offered_to: Set(callback.offered().filter(|_| is_open).map(|h| owner_key(h.to))),
        sent_by: Set(callback.hand_over.filter(|_| is_open).map(|h| owner_key(h.from))),
        open_key: Set(joinable.map(|caller| open_key(caller, callback.owner))),
        promise: Set(promise.map(|p| p.name().to_owned())),
        promise_on: Set(promise.and_then(Promise::day)),
        body: Set(to_json(callback)),
    }
}

pub(crate) fn callback(row: Model) -> Result<Callback, StoreError> {
    from_json("callbacks", &row.body)
}

fn ended_at(state: &State) -> Option<DateTime<Utc>> {
    match state {
        State::Open | State::Provisional { .. } => None,
        State::Resolved { at, .. } | State::Withdrawn { at, .. } => Some(*at),
    }
}

const OPEN: &str = "open";
const PROVISIONAL: &str = "provisional";
const RESOLVED: &str = "resolved";

fn state_name(state: &State) -> &'static str {
    match state {
        State::Open => OPEN,
        State::Provisional { .. } => PROVISIONAL,
        State::Resolved { .. } => RESOLVED,
        State::Withdrawn { .. } => "withdrawn",
    }
}

pub(crate) fn owner_key(owner: Owner) -> String {
    to_json(&owner)
}

fn open_key(caller: CallerId, owner: Owner) -> String {
    format!("{caller} {}", owner_key(owner))
}
