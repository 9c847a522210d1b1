//! Free text, and links to a PBX's own mailbox: apart from everything else, so that it can be erased (R34).

use crate::entities::texts::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use domain::ids::CallId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

const PLACE: &str = "texts.body";

/// Keeps a text that belongs to a call; one that is kept already stays as it is.
pub(crate) async fn keep(tx: &Tx, id: Uuid, call: CallId, body: &str) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(id),
        call_id: Set(call.0),
        body: Set(tx.seal_text(PLACE, id, body.to_owned())?),
        key_id: Set(tx.keys.first()),
    };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::Id])
        .exec_without_returning(&tx.db)
        .await?;
    Ok(())
}

/// Keeps what somebody wrote down with a note; said again, it stays as it was first.
pub async fn note(tx: &Tx, call: CallId, body: &str) -> Result<(), StoreError> {
    // A note has one text, so it may have the note's own id.
    keep(tx, call.0, call, body).await
}

/// Nothing of what these calls held is kept any more.
pub(crate) async fn forget(
    tx: &Tx,
    calls: impl IntoIterator<Item = CallId>,
) -> Result<(), StoreError> {
    let these = Column::CallId.is_in(calls.into_iter().map(|call| call.0));
    Entity::delete_many().filter(these).exec(&tx.db).await?;
    Ok(())
}

/// The texts of a call.
pub async fn of_call(tx: &Tx, call: CallId) -> Result<Vec<String>, StoreError> {
    let rows = Entity::find().filter(Column::CallId.eq(call.0)).all(&tx.db).await?;
    rows.into_iter().map(|row| opened(tx, row)).collect()
}

/// What a row says.
pub(crate) fn opened(tx: &Tx, row: Model) -> Result<String, StoreError> {
    tx.open_text(PLACE, row.id, row.body, row.key_id.is_some())
}

/// Writes the body of this row with the first key.
pub(crate) async fn write(tx: &Tx, id: Uuid, body: String) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Body, Expr::value(tx.seal_text(PLACE, id, body)?))
        .col_expr(Column::KeyId, Expr::value(tx.keys.first()))
        .filter(Column::Id.eq(id))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Texts move along when two calls turn out to be one.
pub(crate) async fn move_to(tx: &Tx, from: CallId, to: CallId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::CallId, Expr::value(to.0))
        .filter(Column::CallId.eq(from.0))
        .exec(&tx.db)
        .await?;
    Ok(())
}
