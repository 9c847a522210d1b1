//! Whether the callbacks of those who have left were looked for: again on each day, and when the directory has changed.

use crate::entities::{employees, settings};
use crate::settings::{get, put};
use crate::{StoreError, Tx};
use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

const CHANGES: &str = "people changes";
const DONE: &str = "leavers done";

/// A day, and a state of the directory, for which they are to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look(String);

/// What is to be looked for; none when it was done. Ask before the directory is read: what changes meanwhile is another look.
pub async fn due(tx: &Tx, today: NaiveDate) -> Result<Option<Look>, StoreError> {
    let changes = get(tx, CHANGES).await?.unwrap_or_default();
    let look = Look(format!("{today} {changes}"));
    let done = get(tx, DONE).await?;
    Ok(Some(look).filter(|look| done.as_ref() != Some(&look.0)))
}

/// It was done, and nothing was left.
pub async fn set_done(tx: &Tx, look: &Look) -> Result<(), StoreError> {
    put(tx, DONE, look.0.clone()).await
}

/// The nearest last day of anybody, from that day on: the day after, there is something to be looked for.
pub async fn next_last_day(tx: &Tx, today: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
    use employees::{Column, Entity};
    let next = Entity::find()
        .filter(Column::Active.eq(true))
        .filter(Column::UntilDay.gte(today))
        .order_by_asc(Column::UntilDay)
        .one(&tx.db)
        .await?;
    Ok(next.and_then(|row| row.until_day))
}

/// The directory changed, or something was opened for somebody who has left. Counted by the database: of two who import at
/// once, none is overlooked.
pub async fn look_again(tx: &Tx) -> Result<(), StoreError> {
    use settings::{ActiveModel, Column, Entity};
    let first = ActiveModel { name: Set(CHANGES.to_owned()), value: Set("1".to_owned()) };
    let one_more = Expr::cust("CAST(CAST(settings.value AS BIGINT) + 1 AS TEXT)");
    let count = OnConflict::column(Column::Name).value(Column::Value, one_more).to_owned();
    Entity::insert(first).on_conflict(count).exec_without_returning(&tx.db).await?;
    Ok(())
}
