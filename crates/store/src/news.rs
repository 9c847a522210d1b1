//! What is new, until somebody is told: one row for each callback, written and taken back with what was decided (R25).

use crate::entities::callbacks::{Column as Of, Entity as Callbacks};
use crate::entities::news::{ActiveModel, Column, Entity};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::callback::Callback;
use domain::decision::{Decision, Notice};
use domain::directory::Owner;
use domain::ids::CallbackId;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// What a decision makes news, or no news any more: what somebody has tried need not be told.
pub(crate) async fn apply(tx: &Tx, decision: &Decision) -> Result<(), StoreError> {
    let callback: &Callback = &decision.callback;
    if !callback.waits_untried() {
        // One that was only just opened cannot have been news before.
        return if decision.is_new { Ok(()) } else { forget(tx, &[callback.id]).await };
    }
    for notice in &decision.notices {
        match notice {
            Notice::New => {
                let row = ActiveModel { callback_id: Set(callback.id.0), at: Set(decision.at) };
                Entity::insert(row)
                    .on_conflict_do_nothing_on([Column::CallbackId])
                    .exec_without_returning(&tx.db)
                    .await?;
            }
        }
    }
    Ok(())
}

/// Whether there is something that nobody was told of.
pub async fn is_any(tx: &Tx) -> Result<bool, StoreError> {
    Ok(Entity::find().order_by_asc(Column::At).one(&tx.db).await?.is_some())
}

/// Whose callbacks are news that came by `until`.
pub async fn list_owners(tx: &Tx, until: DateTime<Utc>) -> Result<Vec<Owner>, StoreError> {
    let news = Query::select()
        .column(Column::CallbackId)
        .from(Entity)
        .and_where(Column::At.lte(until))
        .to_owned();
    let owners: Vec<String> = Callbacks::find()
        .select_only()
        .column(Of::Owner)
        .distinct()
        .filter(Of::Id.in_subquery(news))
        .into_tuple()
        .all(&tx.db)
        .await?;
    owners.iter().map(|o| from_json("callbacks", o)).collect()
}

/// Takes the news of these owners: whoever commits has told it.
///
/// Take it before the callbacks are read. What becomes news meanwhile waits for the end of this, and is told the next time.
pub async fn take(tx: &Tx, owners: &[Owner]) -> Result<Vec<CallbackId>, StoreError> {
    let deleted = Entity::delete_many()
        .filter(Column::CallbackId.in_subquery(open_of(owners)))
        .exec_with_returning(&tx.db)
        .await?;
    Ok(deleted.into_iter().map(|row| CallbackId(row.callback_id)).collect())
}

/// Takes the news of these, and of no others.
pub async fn take_these(tx: &Tx, callbacks: &[CallbackId]) -> Result<Vec<CallbackId>, StoreError> {
    let these = Column::CallbackId.is_in(callbacks.iter().map(|c| c.0));
    let deleted = Entity::delete_many().filter(these).exec_with_returning(&tx.db).await?;
    Ok(deleted.into_iter().map(|row| CallbackId(row.callback_id)).collect())
}

fn open_of(owners: &[Owner]) -> SelectStatement {
    Query::select()
        .column(Of::Id)
        .from(Callbacks)
        .and_where(Of::IsOpen.eq(true))
        .and_where(Of::Owner.is_in(owners.iter().map(to_json)))
        .to_owned()
}

async fn forget(tx: &Tx, callbacks: &[CallbackId]) -> Result<(), StoreError> {
    let these = Column::CallbackId.is_in(callbacks.iter().map(|c| c.0));
    Entity::delete_many().filter(these).exec(&tx.db).await?;
    Ok(())
}
