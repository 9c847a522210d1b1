//! How many posts came in each hour, by source (R37). Kept for as long as a habit is looked for.

use crate::entities::post_hours::{ActiveModel, Column, Entity};
use crate::{StoreError, Tx};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use domain::ids::SourceName;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::collections::BTreeMap;

/// One more post for each of these: source, and when it came in.
pub async fn count<'a>(
    tx: &Tx,
    posts: impl Iterator<Item = (&'a SourceName, DateTime<Utc>)>,
) -> Result<(), StoreError> {
    let mut counted: BTreeMap<(&SourceName, DateTime<Utc>), i64> = BTreeMap::new();
    for (source, at) in posts {
        *counted.entry((source, hour(at))).or_default() += 1;
    }
    let rows = counted.into_iter().map(|((source, hour), posts)| row(source, hour, posts, 0));
    add(tx, rows.collect()).await
}

/// One more post that was refused because the time it is signed with is off.
pub async fn count_stale(
    tx: &Tx,
    source: &SourceName,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    add(tx, Vec::from([row(source, hour(at), 0, 1)])).await
}

async fn add(tx: &Tx, rows: Vec<ActiveModel>) -> Result<(), StoreError> {
    if rows.is_empty() {
        return Ok(());
    }
    let sum = |column: Column| {
        let told = Expr::col((Alias::new("excluded"), column));
        Expr::col((Entity, column)).add(told)
    };
    let again = OnConflict::columns([Column::Source, Column::Hour])
        .value(Column::Posts, sum(Column::Posts))
        .value(Column::Stale, sum(Column::Stale))
        .to_owned();
    Entity::insert_many(rows).on_conflict(again).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// Forgets what is older.
pub async fn forget(tx: &Tx, before: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::Hour.lt(before)).exec(&tx.db).await?;
    Ok(())
}

fn hour(at: DateTime<Utc>) -> DateTime<Utc> {
    at.duration_trunc(TimeDelta::hours(1)).unwrap_or(at)
}

fn row(source: &SourceName, hour: DateTime<Utc>, posts: i64, stale: i64) -> ActiveModel {
    ActiveModel {
        source: Set(source.0.clone()),
        hour: Set(hour),
        posts: Set(posts),
        stale: Set(stale),
    }
}
