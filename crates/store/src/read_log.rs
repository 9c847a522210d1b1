//! Who opened which caller's details, when and why, and who was refused (R36). What is shown is written down first: the
//! functions here end the transaction that writes, and hand out [`Opened`] only after its commit.

use crate::entities::read_log::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx, callbacks};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::access::{Administrator, Ask, Asker, Scope, Seen};
use domain::callback::{Actor, Callback};
use domain::ids::{AccountId, CallId, CallbackId, CallerId, EmployeeId};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};
use uuid::Uuid;

const PLACE: &str = "read_log.reason";
/// Who tries the same again and again is written down once in this time.
const REFUSED_EVERY: TimeDelta = TimeDelta::hours(1);

/// Proves that an opening of the caller's details by this reader is written down, and holds.
#[derive(Debug, Clone)]
pub struct Opened {
    caller: Option<CallerId>,
    calls: Vec<CallId>,
}

impl Opened {
    fn of(seen: &Seen) -> Self {
        Self { caller: seen.caller, calls: seen.contacts.iter().map(|c| c.call).collect() }
    }

    pub(crate) fn caller(&self) -> Option<CallerId> {
        self.caller
    }

    pub(crate) fn calls(&self) -> &[CallId] {
        &self.calls
    }
}

/// When, under which id, and where days begin.
#[derive(Debug, Clone, Copy)]
pub struct Stamp {
    pub id: Uuid,
    pub now: DateTime<Utc>,
    pub zone: Tz,
}

/// The reader's opening that holds now, if there is one.
pub async fn find(tx: &Tx, seen: &Seen, now: DateTime<Utc>) -> Result<Option<Opened>, StoreError> {
    let since = now - seen.details().opening_holds();
    let latest = since_then(seen.id, since).filter(Column::Refused.eq(false));
    let own = latest.filter(Column::AccountId.eq(seen.by().account().0)).one(&tx.db).await?;
    Ok(own.map(|_| Opened::of(seen)))
}

/// Writes down that the reader opens the details, once while that holds; and ends the transaction.
///
/// # Errors
/// [`StoreError`]; then nothing may be shown.
pub async fn open(tx: Tx, ask: &Ask<'_>, stamp: Stamp) -> Result<Opened, StoreError> {
    let (seen, by) = (ask.seen(), ask.seen().by());
    tx.one_at_a_time(&format!("read log {} {}", by.account(), seen.id)).await?;
    if find(&tx, seen, stamp.now).await?.is_none() {
        let reason = ask.reason().map(|reason| reason.as_str().to_owned());
        let row = ActiveModel {
            shown: Set(shown(seen)),
            reason: Set(reason.map(|r| tx.seal_text(PLACE, stamp.id, r)).transpose()?),
            ..row(&tx, by, seen, stamp, false)
        };
        Entity::insert(row).exec_without_returning(&tx.db).await?;
    }
    tx.commit().await?;
    Ok(Opened::of(seen))
}

/// Writes down that somebody asked for a callback that is not theirs, and ends the transaction. Says whether that was so and is
/// news: what does not exist, or is theirs after all, is not.
pub async fn refuse(
    tx: Tx,
    scope: &Scope<'_>,
    id: CallbackId,
    stamp: Stamp,
) -> Result<bool, StoreError> {
    let Some(callback) = callbacks::find(&tx, id).await? else { return Ok(false) };
    if scope.see(callback.clone()).is_some() {
        return Ok(false);
    }
    let by = scope.asker();
    tx.one_at_a_time(&format!("read log {} {id}", by.account())).await?;
    let lately = since_then(id, stamp.now - REFUSED_EVERY).filter(Column::Refused.eq(true));
    if lately.filter(Column::AccountId.eq(by.account().0)).one(&tx.db).await?.is_some() {
        return Ok(false);
    }
    Entity::insert(row(&tx, by, &callback, stamp, true)).exec_without_returning(&tx.db).await?;
    tx.commit().await?;
    Ok(true)
}

fn since_then(id: CallbackId, since: DateTime<Utc>) -> Select<Entity> {
    Entity::find().filter(Column::CallbackId.eq(id.0)).filter(Column::At.gt(since))
}

fn row(tx: &Tx, by: Asker, of: &Callback, stamp: Stamp, refused: bool) -> ActiveModel {
    ActiveModel {
        id: Set(stamp.id),
        at: Set(stamp.now),
        account_id: Set(by.account().0),
        employee_id: Set(by.employee().map(|id| id.0)),
        callback_id: Set(of.id.0),
        reference: Set(of.reference(stamp.zone)),
        shown: Set(String::new()),
        refused: Set(refused),
        reason: Set(None),
        key_id: Set(tx.keys.first()),
    }
}

/// What the page shows to whoever opened it.
fn shown(callback: &Callback) -> String {
    let of_caller = callback.caller.map(|_| "number name");
    let of_message = callback.has_message().then_some("text");
    of_caller.into_iter().chain(of_message).collect::<Vec<_>>().join(" ")
}

/// Who has opened the details of a callback, the latest first.
pub async fn list_openers(
    tx: &Tx,
    seen: &Seen,
    limit: u64,
) -> Result<Vec<(DateTime<Utc>, Actor)>, StoreError> {
    let openings = Entity::find()
        .filter(Column::CallbackId.eq(seen.id.0))
        .filter(Column::Refused.eq(false))
        .order_by_desc(Column::At)
        .limit(limit);
    let by = |row: Model| (row.at, actor(&row));
    Ok(openings.all(&tx.db).await?.into_iter().map(by).collect())
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    pub account: AccountId,
    pub employee: Option<EmployeeId>,
    /// Of the callback; whether it is still there, or not.
    pub reference: String,
    /// `number`, `name`, `text`: those that could be seen.
    pub shown: Vec<String>,
    pub refused: bool,
    pub reason: Option<String>,
}

/// The log, the newest first: of one reference, or all of it; from the first before `before` on.
pub async fn list(
    tx: &Tx,
    _: &Administrator<'_>,
    reference: Option<&str>,
    before: Option<Uuid>,
    limit: u64,
) -> Result<Vec<Line>, StoreError> {
    let mut lines = Entity::find().filter(Column::Id.lt(before.unwrap_or(Uuid::max())));
    if let Some(reference) = reference {
        lines = lines.filter(Column::Reference.eq(reference));
    }
    let rows = lines.order_by_desc(Column::Id).limit(limit).all(&tx.db).await?;
    rows.into_iter().map(|row| line(tx, row)).collect()
}

fn line(tx: &Tx, row: Model) -> Result<Line, StoreError> {
    Ok(Line {
        id: row.id,
        at: row.at,
        account: AccountId(row.account_id),
        employee: row.employee_id.map(EmployeeId),
        reference: row.reference.clone(),
        shown: row.shown.split_whitespace().map(str::to_owned).collect(),
        refused: row.refused,
        reason: opened(tx, row)?,
    })
}

fn actor(row: &Model) -> Actor {
    let account = Actor::Account(AccountId(row.account_id));
    row.employee_id.map_or(account, |id| Actor::Employee(EmployeeId(id)))
}

/// The reason that a row has.
pub(crate) fn opened(tx: &Tx, row: Model) -> Result<Option<String>, StoreError> {
    let is_sealed = row.key_id.is_some();
    row.reason.map(|reason| tx.open_text(PLACE, row.id, reason, is_sealed)).transpose()
}

/// Writes the reason of this row with the first key.
pub(crate) async fn write(tx: &Tx, id: Uuid, reason: Option<String>) -> Result<(), StoreError> {
    let reason = reason.map(|reason| tx.seal_text(PLACE, id, reason)).transpose()?;
    Entity::update_many()
        .col_expr(Column::Reason, Expr::value(reason))
        .col_expr(Column::KeyId, Expr::value(tx.keys.first()))
        .filter(Column::Id.eq(id))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Forgets at most `limit` lines older than that (R35); says how many.
pub(crate) async fn erase(tx: &Tx, before: Uuid, limit: u64) -> Result<u64, StoreError> {
    let chosen = sea_orm::sea_query::Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::Id.lt(before))
        .limit(limit)
        .to_owned();
    let erased = Entity::delete_many().filter(Column::Id.in_subquery(chosen)).exec(&tx.db).await?;
    Ok(erased.rows_affected)
}
