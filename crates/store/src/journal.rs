//! What happened to callbacks: only ever added to; ids and dates, never numbers, names or free text (R34).

use crate::entities::journal::{ActiveModel, Column, Entity};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::decision::Entry;
use domain::ids::CallbackId;
use sea_orm::{ActiveValue, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

pub(crate) async fn append(
    tx: &Tx,
    callback: CallbackId,
    entries: &[Entry],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = entries.iter().map(|entry| ActiveModel {
        id: ActiveValue::NotSet,
        callback_id: Set(callback.0),
        at: Set(at),
        entry: Set(entry.name().to_owned()),
        body: Set(to_json(entry)),
    });
    Entity::insert_many(rows).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// The story of a callback, oldest first.
pub async fn list(
    tx: &Tx,
    callback: CallbackId,
) -> Result<Vec<(DateTime<Utc>, Entry)>, StoreError> {
    let rows = Entity::find()
        .filter(Column::CallbackId.eq(callback.0))
        .order_by_asc(Column::Id)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(|row| Ok((row.at, from_json("journal", &row.body)?))).collect()
}
