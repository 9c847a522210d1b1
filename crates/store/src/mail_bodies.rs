//! What deliveries say: written once, read when one is sent, erased in time (R35).

use crate::entities::mail_bodies::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use std::collections::HashMap;
use uuid::Uuid;

/// From when these were columns of the delivery: what was encrypted then is opened by it.
const PLACE: &str = "deliveries.body";

pub(crate) async fn insert(tx: &Tx, delivery: Uuid, body: Vec<u8>) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(delivery),
        body: Set(tx.seal(PLACE, delivery, body)?),
        key_id: Set(tx.keys.first()),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// What these say, as far as it was not erased.
pub(crate) async fn list(
    tx: &Tx,
    deliveries: Vec<Uuid>,
) -> Result<HashMap<Uuid, Vec<u8>>, StoreError> {
    if deliveries.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find().filter(Column::Id.is_in(deliveries)).all(&tx.db).await?;
    rows.into_iter().map(|row| Ok((row.id, opened(tx, row)?))).collect()
}

pub(crate) fn opened(tx: &Tx, row: Model) -> Result<Vec<u8>, StoreError> {
    match row.key_id {
        Some(_) => tx.keys.unseal(PLACE, row.id, &row.body),
        None => Ok(row.body),
    }
}

/// Writes it with the first key.
pub(crate) async fn write(tx: &Tx, delivery: Uuid, body: Vec<u8>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Body, Expr::value(tx.seal(PLACE, delivery, body)?))
        .col_expr(Column::KeyId, Expr::value(tx.keys.first()))
        .filter(Column::Id.eq(delivery))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Erases what these said.
pub(crate) async fn erase(tx: &Tx, deliveries: &[Uuid]) -> Result<u64, StoreError> {
    let these = Column::Id.is_in(deliveries.to_vec());
    Ok(Entity::delete_many().filter(these).exec(&tx.db).await?.rows_affected)
}
