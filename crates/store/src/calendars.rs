//! Shared calendars that say who is away: who reads one next, and how it went. Their addresses are secrets, and not here.

use crate::entities::calendars::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, LockBehavior, LockType, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

/// So long an error may be.
const LONGEST_ERROR: usize = 500;

/// One that is ours to read, until others take it for left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    pub name: String,
    version: i64,
    /// When everything in it was last looked at, and under what; no need to do so again while it says it did not change.
    pub seen: Option<Seen>,
}

/// What a server may be asked with: has it changed since?
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub at: DateTime<Utc>,
    /// A hash of its address and of how it is read.
    pub fingerprint: String,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// How reading one went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Read {
        seen: Seen,
        absences: usize,
        /// Events that could not be understood.
        skipped: usize,
    },
    Unchanged,
    Failed {
        error: String,
    },
}

/// One of them, as the administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub name: String,
    /// When it was last read, or said that nothing had changed.
    pub read_at: Option<DateTime<Utc>>,
    pub absences: i32,
    pub skipped: i32,
    /// How often it failed since.
    pub failures: i32,
    pub error: Option<String>,
}

/// Takes on one of these that is due; a lease expires, also when the clock jumps.
pub async fn lease(
    tx: &Tx,
    names: &[String],
    now: DateTime<Utc>,
    (lease, longest): (TimeDelta, TimeDelta),
) -> Result<Option<Leased>, StoreError> {
    let chosen = Query::select()
        .column(Column::Name)
        .from(Entity)
        .and_where(Column::Name.is_in(names))
        .and_where(Column::NextAt.lte(now).or(Column::NextAt.gt(now + longest + lease)))
        .order_by(Column::NextAt, sea_orm::Order::Asc)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .to_owned();
    let rows = Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(now + lease))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Name.in_subquery(chosen))
        .exec_with_returning(&tx.db)
        .await?;
    Ok(rows.into_iter().next().map(leased))
}

fn leased(row: Model) -> Leased {
    let seen = row.whole_at.zip(row.fingerprint).map(|(at, fingerprint)| Seen {
        at,
        fingerprint,
        etag: row.etag,
        last_modified: row.last_modified,
    });
    Leased { name: row.name, version: row.version, seen }
}

/// Begins to read one as soon as can be; one that is known already stays as it is.
pub async fn keep(tx: &Tx, name: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
    let row = ActiveModel {
        name: Set(name.to_owned()),
        version: Set(0),
        next_at: Set(now),
        read_at: Set(None),
        whole_at: Set(None),
        fingerprint: Set(None),
        etag: Set(None),
        last_modified: Set(None),
        absences: Set(0),
        skipped: Set(0),
        failures: Set(0),
        error: Set(None),
    };
    let known = OnConflict::column(Column::Name).do_nothing().to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// Writes down how it went, and when it is read next.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else has taken it on since.
pub async fn settle(
    tx: &Tx,
    leased: &Leased,
    outcome: &Outcome,
    (now, next_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<(), StoreError> {
    let update = Entity::update_many().col_expr(Column::NextAt, Expr::value(next_at));
    let well = |update: sea_orm::UpdateMany<Entity>| {
        update
            .col_expr(Column::ReadAt, Expr::value(now))
            .col_expr(Column::Failures, Expr::value(0))
            .col_expr(Column::Error, Expr::value(None::<String>))
    };
    let update = match outcome {
        Outcome::Read { seen, absences, skipped } => well(update)
            .col_expr(Column::WholeAt, Expr::value(seen.at))
            .col_expr(Column::Fingerprint, Expr::value(seen.fingerprint.clone()))
            .col_expr(Column::Etag, Expr::value(seen.etag.clone()))
            .col_expr(Column::LastModified, Expr::value(seen.last_modified.clone()))
            .col_expr(Column::Absences, Expr::value(count(*absences)))
            .col_expr(Column::Skipped, Expr::value(count(*skipped))),
        Outcome::Unchanged => well(update),
        Outcome::Failed { error } => {
            let error: String = error.chars().take(LONGEST_ERROR).collect();
            update
                .col_expr(Column::Failures, Expr::col(Column::Failures).add(1))
                .col_expr(Column::Error, Expr::value(error))
        }
    };
    let settled = update
        .filter(Column::Name.eq(&leased.name))
        .filter(Column::Version.eq(leased.version))
        .exec(&tx.db)
        .await?;
    if settled.rows_affected == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}

/// All of them, by name.
pub async fn list(tx: &Tx) -> Result<Vec<Status>, StoreError> {
    let rows = Entity::find().order_by_asc(Column::Name).all(&tx.db).await?;
    let status = |row: Model| Status {
        name: row.name,
        read_at: row.read_at,
        absences: row.absences,
        skipped: row.skipped,
        failures: row.failures,
        error: row.error,
    };
    Ok(rows.into_iter().map(status).collect())
}

/// When the next of these is to be read.
pub async fn next_at(tx: &Tx, names: &[String]) -> Result<Option<DateTime<Utc>>, StoreError> {
    let next = Entity::find()
        .select_only()
        .column(Column::NextAt)
        .filter(Column::Name.is_in(names))
        .order_by_asc(Column::NextAt)
        .limit(1)
        .into_tuple();
    Ok(next.one(&tx.db).await?)
}

/// It is read no longer.
pub async fn remove(tx: &Tx, name: &str) -> Result<(), StoreError> {
    Entity::delete_by_id(name.to_owned()).exec(&tx.db).await?;
    Ok(())
}
