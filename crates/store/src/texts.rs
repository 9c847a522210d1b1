//! Free text, and links to a PBX's own mailbox: apart from everything else, so that it can be erased (R34).

use crate::entities::texts::{ActiveModel, Column, Entity};
use crate::{StoreError, Tx};
use domain::ids::CallId;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use uuid::Uuid;

/// Keeps a text that belongs to a call; one that is kept already stays as it is.
pub(crate) async fn keep(tx: &Tx, id: Uuid, call: CallId, body: &str) -> Result<(), StoreError> {
    let row = ActiveModel { id: Set(id), call_id: Set(call.0), body: Set(body.to_owned()) };
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
    Ok(rows.into_iter().map(|row| row.body).collect())
}

/// Texts move along when two calls turn out to be one.
pub(crate) async fn move_to(tx: &Tx, from: CallId, to: CallId) -> Result<(), StoreError> {
    use sea_orm::sea_query::Expr;
    Entity::update_many()
        .col_expr(Column::CallId, Expr::value(to.0))
        .filter(Column::CallId.eq(from.0))
        .exec(&tx.db)
        .await?;
    Ok(())
}
