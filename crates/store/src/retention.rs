//! Erasing what may go, some at a time, with a protocol of how much of what went, and under which decision (R35).

mod callers;
mod calls;

use crate::entities::{
    absences, callbacks, deliveries, inbox, journal, mail_bodies, news, retention_log,
    unreferred_calls,
};
use crate::settings::{get, put};
use crate::{StoreError, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use domain::retention::{Kind, Limits};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{
    ActiveValue, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

const DONE: &str = "retention done";

/// The last day whose chore came to its end. Others who would do it as well wait until this transaction ends.
pub async fn done(tx: &Tx) -> Result<Option<NaiveDate>, StoreError> {
    Ok(get(tx, DONE).await?.and_then(|day| day.parse().ok()))
}

/// The chore of that day came to its end.
pub async fn set_done(tx: &Tx, day: NaiveDate) -> Result<(), StoreError> {
    put(tx, DONE, day.to_string()).await
}

/// Erases at most `limit` of this kind; says how many. Zero: there is nothing more.
pub async fn erase(
    tx: &Tx,
    kind: Kind,
    limits: &Limits,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    tx.one_at_a_time("retention").await?;
    match kind {
        Kind::RawRequests => raw_requests(tx, limits.raw, limit).await,
        Kind::NumbersOfCalls => callers::never_promised(tx, limits, limit, now).await,
        Kind::Numbers => callers::long_resolved(tx, limits, limit).await,
        Kind::Texts => callers::texts(tx, limits, limit).await,
        Kind::MailBodies => mail_bodies(tx, limits.mails, limit).await,
        Kind::ReadLog => crate::read_log::erase(tx, first_id_of(limits.read_log), limit).await,
        Kind::Calls => calls::erase(tx, limits.calls, limit).await,
        Kind::Absences => absences_ended(tx, limits.absences, limit).await,
        Kind::Callbacks => match limits.callbacks {
            Some(before) => callbacks_ended(tx, before, limit).await,
            None => Ok(0),
        },
        Kind::Forgotten => Ok(0),
    }
}

/// Writes down that so many were erased. What belongs to one day, kind and decision is added up.
pub async fn note(
    tx: &Tx,
    (day, at): (NaiveDate, DateTime<Utc>),
    kind: Kind,
    erased: u64,
    decision: &str,
) -> Result<(), StoreError> {
    use retention_log::{ActiveModel, Column, Entity};
    let erased = i64::try_from(erased).unwrap_or(i64::MAX);
    let updated = Entity::update_many()
        .col_expr(Column::Erased, Expr::col(Column::Erased).add(erased))
        .col_expr(Column::At, Expr::value(at))
        .filter(Column::Day.eq(day))
        .filter(Column::Kind.eq(kind.name()))
        .filter(Column::Decision.eq(decision))
        .exec(&tx.db)
        .await?;
    if updated.rows_affected == 0 {
        let row = ActiveModel {
            id: ActiveValue::NotSet,
            day: Set(day),
            at: Set(at),
            kind: Set(kind.name().to_owned()),
            erased: Set(erased),
            decision: Set(decision.to_owned()),
        };
        Entity::insert(row).exec_without_returning(&tx.db).await?;
    }
    Ok(())
}

/// One line of the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    pub kind: String,
    pub erased: i64,
    pub decision: String,
}

/// The protocol, the newest first.
pub async fn protocol(tx: &Tx, limit: u64) -> Result<Vec<Erased>, StoreError> {
    use retention_log::{Column, Entity};
    // In the order of the key, from its end: the filter says so to the database.
    let newest = Entity::find().filter(Column::Id.gt(0)).order_by_desc(Column::Id);
    let rows = newest.limit(limit).all(&tx.db).await?;
    let line = |row: retention_log::Model| Erased {
        day: row.day,
        at: row.at,
        kind: row.kind,
        erased: row.erased,
        decision: row.decision,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Ids tell when they were made; the first of that moment.
fn first_id_of(at: DateTime<Utc>) -> Uuid {
    let millis = u128::try_from(at.timestamp_millis()).unwrap_or_default();
    Uuid::from_u128(millis << 80)
}

/// What waits to be read is nobody's to erase.
async fn raw_requests(tx: &Tx, before: DateTime<Utc>, limit: u64) -> Result<u64, StoreError> {
    use inbox::{Column, Entity};
    let mut erased = 0;
    for state in [crate::inbox::READ, crate::inbox::UNREAD] {
        let chosen = Query::select()
            .column(Column::Id)
            .from(Entity)
            .and_where(Column::State.eq(state))
            .and_where(Column::ReceivedAt.lt(before))
            .limit(limit)
            .to_owned();
        let deleted =
            Entity::delete_many().filter(Column::Id.in_subquery(chosen)).exec(&tx.db).await?;
        erased += deleted.rows_affected;
    }
    Ok(erased)
}

/// Also those that were taken back; and which telephones rang meanwhile.
async fn absences_ended(tx: &Tx, before: NaiveDate, limit: u64) -> Result<u64, StoreError> {
    let chosen = Query::select()
        .column(absences::Column::Id)
        .from(absences::Entity)
        .and_where(absences::Column::ToDay.lt(before))
        .limit(limit)
        .to_owned();
    let ended = absences::Column::Id.in_subquery(chosen);
    let deleted = absences::Entity::delete_many().filter(ended).exec(&tx.db).await?;
    let chosen = Query::select()
        .column(unreferred_calls::Column::CallId)
        .from(unreferred_calls::Entity)
        .and_where(unreferred_calls::Column::Day.lt(before))
        .limit(limit)
        .to_owned();
    let rang = unreferred_calls::Column::CallId.in_subquery(chosen);
    let rang = unreferred_calls::Entity::delete_many().filter(rang).exec(&tx.db).await?;
    Ok(deleted.rows_affected + rang.rows_affected)
}

/// That there was a mail, to whom and what came of it, stays; what it said goes.
async fn mail_bodies(tx: &Tx, before: DateTime<Utc>, limit: u64) -> Result<u64, StoreError> {
    use deliveries::{Column, Entity};
    // What waits for a channel that there is no more is over with its time.
    Entity::update_many()
        .col_expr(Column::State, Expr::value(crate::deliveries::EXPIRED))
        .filter(Column::State.eq(crate::deliveries::QUEUED))
        .filter(Column::NextAt.lt(before))
        .filter(Column::ExpiresAt.lt(before))
        .exec(&tx.db)
        .await?;
    let kept = Query::select()
        .column(mail_bodies::Column::Id)
        .from(mail_bodies::Entity)
        .and_where(mail_bodies::Column::Id.lt(first_id_of(before)))
        .to_owned();
    let chosen = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::State.is_in(crate::deliveries::OVER))
        .and_where(Column::NextAt.lt(before))
        .and_where(Column::CreatedAt.lt(before))
        .and_where(Column::Id.in_subquery(kept))
        .limit(limit)
        .to_owned();
    let erased = mail_bodies::Entity::delete_many()
        .filter(mail_bodies::Column::Id.in_subquery(chosen))
        .exec(&tx.db)
        .await?;
    Ok(erased.rows_affected)
}

/// Only what ended; with the journal, and what was to be told of it.
async fn callbacks_ended(tx: &Tx, before: DateTime<Utc>, limit: u64) -> Result<u64, StoreError> {
    use callbacks::{Column, Entity};
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        // It opened before it ended: so far the table is in that order.
        .filter(Column::Id.lt(first_id_of(before)))
        .filter(Column::IsOpen.eq(false))
        .filter(Column::EndedAt.lt(before))
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(&tx.db)
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let of = |ids: &[Uuid]| ids.to_vec();
    let journals = journal::Column::CallbackId.is_in(of(&ids));
    journal::Entity::delete_many().filter(journals).exec(&tx.db).await?;
    let told = news::Column::CallbackId.is_in(of(&ids));
    news::Entity::delete_many().filter(told).exec(&tx.db).await?;
    let deleted = Entity::delete_many().filter(Column::Id.is_in(of(&ids))).exec(&tx.db).await?;
    Ok(deleted.rows_affected)
}
