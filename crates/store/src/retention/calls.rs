//! Calls of long ago, with their facts, names and hashes.

use super::first_id_of;
use crate::entities::{call_facts, call_refs, callbacks, calls, efforts, texts};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// Not those of an open callback.
pub(super) async fn erase(tx: &Tx, before: DateTime<Utc>, limit: u64) -> Result<u64, StoreError> {
    use calls::{Column, Entity};
    let open = Query::select()
        .expr(Expr::value(1))
        .from(callbacks::Entity)
        .and_where(
            Expr::col((callbacks::Entity, callbacks::Column::Id))
                .equals((Entity, Column::CallbackId)),
        )
        .and_where(callbacks::Column::IsOpen.eq(true))
        .to_owned();
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.lt(first_id_of(before)))
        .filter(Column::LastHeardAt.lt(before))
        .filter(Column::SettleAt.is_null())
        .filter(Expr::exists(open).not())
        .order_by_asc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(&tx.db)
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    macro_rules! forget {
        ($($table:ident),+) => {
            $($table::Entity::delete_many()
                .filter($table::Column::CallId.is_in(ids.iter().copied()))
                .exec(&tx.db)
                .await?;)+
        };
    }
    forget!(call_facts, call_refs, efforts, texts);
    let deleted = Entity::delete_many().filter(Column::Id.is_in(ids)).exec(&tx.db).await?;
    Ok(deleted.rows_affected)
}
