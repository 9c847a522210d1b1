//! Mails that came back after a server had taken them (R28), and the mailbox that they come back to.
//!
//! A mail that was sent proves little where mails come back: that takes a while. So whoever had one come back can be reached
//! again only when a later one stayed away for longer than that one took, and the mailbox was read since.

use crate::entities::bounce_mailbox::{ActiveModel, Column, Entity, Model};
use crate::entities::deliveries::{self, Column as D};
use crate::{StoreError, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};
use uuid::Uuid;

/// There is one at most.
pub(crate) const NAME: &str = "bounces";
/// So long an error may be.
const LONGEST_ERROR: usize = 500;
/// No server keeps trying for longer than this.
const LONGEST_TRY: TimeDelta = TimeDelta::days(5);
/// So much later than the one before a mail may come back.
const MARGIN: TimeDelta = TimeDelta::hours(12);

/// What came of a report that a mail came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// The delivery is dead from now on.
    Dead,
    /// That was known, or the delivery was given up before.
    Before,
    /// It is not known yet that it was sent: whoever sent it has not written that down. To be told again later.
    TooEarly,
    /// It is none of ours, or was for somebody else: then nothing is changed.
    Foreign,
}

/// Notes that a delivery came back from one of these addresses, as `error`.
pub async fn note(
    tx: &Tx,
    id: Uuid,
    addresses: &[String],
    error: &str,
    at: DateTime<Utc>,
) -> Result<Noted, StoreError> {
    let Some(row) = deliveries::Entity::find_by_id(id).one(&tx.db).await? else {
        return Ok(Noted::Foreign);
    };
    if !addresses.iter().any(|a| a.trim().eq_ignore_ascii_case(row.address.trim())) {
        return Ok(Noted::Foreign);
    }
    if row.state == crate::deliveries::QUEUED {
        return Ok(Noted::TooEarly);
    }
    let error: String = error.chars().take(LONGEST_ERROR).collect();
    let at = row.sent_at.map_or(at, |sent| Ord::max(at, sent));
    let updated = deliveries::Entity::update_many()
        .col_expr(D::State, Expr::value(crate::deliveries::DEAD))
        .col_expr(D::LastError, Expr::value(error))
        .col_expr(D::BouncedAt, Expr::value(at))
        .col_expr(D::Version, Expr::col(D::Version).add(1))
        .filter(D::Id.eq(id))
        .filter(D::State.eq(crate::deliveries::SENT))
        .exec(&tx.db)
        .await?;
    Ok(if updated.rows_affected == 1 { Noted::Dead } else { Noted::Before })
}

/// Until when a later mail must have been sent to show that this address takes mail again.
pub(crate) fn proven_until(
    looked_at: DateTime<Utc>,
    sent_at: Option<DateTime<Utc>>,
    bounced_at: DateTime<Utc>,
) -> DateTime<Utc> {
    let took = sent_at.map_or(TimeDelta::zero(), |sent| bounced_at - sent);
    looked_at - took.clamp(TimeDelta::zero(), LONGEST_TRY) - MARGIN
}

/// The last moment of which is known what had come back until then; `now` where no mailbox is read.
pub(crate) async fn looked_at(tx: &Tx, now: DateTime<Utc>) -> Result<DateTime<Utc>, StoreError> {
    let mailbox = Entity::find_by_id(NAME).one(&tx.db).await?;
    Ok(mailbox.map_or(now, |row| row.read_at.unwrap_or(DateTime::UNIX_EPOCH)))
}

/// The mailbox is ours to read, until others take it for left behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leased {
    version: i64,
}

/// How reading it goes, as the administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    pub read_at: Option<DateTime<Utc>>,
    /// How often it failed since.
    pub failures: i32,
    pub error: Option<String>,
}

/// From now on a mailbox is read, or none is. Changes nothing where that was so before.
pub async fn keep(tx: &Tx, is_read: bool, now: DateTime<Utc>) -> Result<(), StoreError> {
    if !is_read {
        Entity::delete_by_id(NAME).exec(&tx.db).await?;
        return Ok(());
    }
    let row = ActiveModel {
        name: Set(NAME.to_owned()),
        version: Set(0),
        next_at: Set(now),
        read_at: Set(None),
        failures: Set(0),
        error: Set(None),
    };
    let known = OnConflict::column(Column::Name).do_nothing().to_owned();
    Entity::insert(row).on_conflict(known).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// Takes the mailbox on when it is due; a lease expires, also when the clock jumps.
pub async fn lease(
    tx: &Tx,
    now: DateTime<Utc>,
    (lease, longest): (TimeDelta, TimeDelta),
) -> Result<Option<Leased>, StoreError> {
    let rows = Entity::update_many()
        .col_expr(Column::NextAt, Expr::value(now + lease))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Name.eq(NAME))
        .filter(Column::NextAt.lte(now).or(Column::NextAt.gt(now + longest + lease)))
        .exec_with_returning(&tx.db)
        .await?;
    Ok(rows.into_iter().next().map(|row| Leased { version: row.version }))
}

/// Writes down how it went, and when it is read next. `false` when somebody else has taken it on since.
pub async fn settle(
    tx: &Tx,
    leased: &Leased,
    outcome: Result<(), &str>,
    (now, next_at): (DateTime<Utc>, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let update = Entity::update_many().col_expr(Column::NextAt, Expr::value(next_at));
    let update = match outcome {
        Ok(()) => update
            .col_expr(Column::ReadAt, Expr::value(now))
            .col_expr(Column::Failures, Expr::value(0))
            .col_expr(Column::Error, Expr::value(None::<String>)),
        Err(error) => {
            let error: String = error.chars().take(LONGEST_ERROR).collect();
            update
                .col_expr(Column::Failures, Expr::col(Column::Failures).add(1))
                .col_expr(Column::Error, Expr::value(error))
        }
    };
    let settled = update
        .filter(Column::Name.eq(NAME))
        .filter(Column::Version.eq(leased.version))
        .exec(&tx.db)
        .await?;
    Ok(settled.rows_affected == 1)
}

/// How it goes; none where no mailbox is read.
pub async fn status(tx: &Tx) -> Result<Option<Status>, StoreError> {
    let status =
        |row: Model| Status { read_at: row.read_at, failures: row.failures, error: row.error };
    Ok(Entity::find_by_id(NAME).one(&tx.db).await?.map(status))
}

/// When it is read next.
pub async fn next_at(tx: &Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(Entity::find_by_id(NAME).one(&tx.db).await?.map(|row| row.next_at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_proves_nothing_sooner_than_the_last_one_took_to_come_back() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let sent = at("2026-11-17T08:15:00Z");
        for (bounced, until) in [
            ("2026-11-17T08:17:00Z", "2026-11-23T20:28:00Z"), // two minutes, and the margin
            ("2026-11-19T08:15:00Z", "2026-11-21T20:30:00Z"), // two days
            ("2026-12-17T08:15:00Z", "2026-11-18T20:30:00Z"), // nobody tries for a month
            ("2026-11-16T08:15:00Z", "2026-11-23T20:30:00Z"), // a clock was wrong
        ] {
            let looked = at("2026-11-24T08:30:00Z");
            assert_eq!(proven_until(looked, Some(sent), at(bounced)), at(until), "{bounced}");
        }
    }
}
