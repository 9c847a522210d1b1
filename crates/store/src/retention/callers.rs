//! Numbers, names and texts: what no callback needs any more.

use super::first_id_of;
use crate::entities::{callbacks, callers, calls, texts};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::retention::Limits;
use sea_orm::sea_query::{Condition, Expr, Query, SelectStatement};
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

/// Numbers that were in calls and in no callback.
pub(super) async fn never_promised(
    tx: &Tx,
    limits: &Limits,
    limit: u64,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    note_the_old(tx, limit, now).await?;
    let promised = Expr::exists(of_caller(None));
    erase(tx, limits, Condition::all().add(promised.not()), limit).await
}

/// Numbers whose callbacks ended long ago.
pub(super) async fn long_resolved(tx: &Tx, limits: &Limits, limit: u64) -> Result<u64, StoreError> {
    let (promised, needed) =
        (Expr::exists(of_caller(None)), Expr::exists(of_caller(Some(limits.ended))));
    erase(tx, limits, Condition::all().add(promised).add(needed.not()), limit).await
}

/// Callbacks of the caller of the row; those that are open, or ended since then.
fn of_caller(since: Option<DateTime<Utc>>) -> SelectStatement {
    let mut select = Query::select();
    select.expr(Expr::value(1)).from(callbacks::Entity).and_where(
        Expr::col((callbacks::Entity, callbacks::Column::CallerId))
            .equals((callers::Entity, callers::Column::Id)),
    );
    if let Some(since) = since {
        select.cond_where(is_needed(since));
    }
    select
}

fn is_needed(since: DateTime<Utc>) -> Condition {
    use callbacks::Column;
    Condition::any()
        .add(Column::IsOpen.eq(true))
        .add(Column::EndedAt.is_null())
        .add(Column::EndedAt.gte(since))
}

/// What was heard of within the days of calls stays in any case: a call of today may be about a callback of last year. So
/// does for longer what is no number: extensions of our own, by which calls are judged.
async fn erase(tx: &Tx, limits: &Limits, which: Condition, limit: u64) -> Result<u64, StoreError> {
    use callers::{Column, Entity};
    let old =
        Condition::any().add(Column::Number.is_not_null()).add(Column::LastAt.lt(limits.ended));
    let chosen = Query::select()
        .column((Entity, Column::Id))
        .from(Entity)
        .and_where(Column::LastAt.lt(limits.numbers_of_calls))
        .cond_where(old)
        .cond_where(which)
        .limit(limit)
        .to_owned();
    let deleted = Entity::delete_many().filter(Column::Id.in_subquery(chosen)).exec(&tx.db).await?;
    Ok(deleted.rows_affected)
}

/// What an older version wrote does not say when it was heard of: its days count from the first night on.
async fn note_the_old(tx: &Tx, limit: u64, now: DateTime<Utc>) -> Result<(), StoreError> {
    use callers::{Column, Entity};
    let unknown = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::LastAt.is_null())
        .limit(limit)
        .to_owned();
    Entity::update_many()
        .col_expr(Column::LastAt, Expr::value(now))
        .filter(Column::Id.in_subquery(unknown))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Texts and links of calls that no callback needs.
pub(super) async fn texts(tx: &Tx, limits: &Limits, limit: u64) -> Result<u64, StoreError> {
    use texts::{Column, Entity};
    let needed = Query::select()
        .expr(Expr::value(1))
        .from(calls::Entity)
        .inner_join(
            callbacks::Entity,
            Expr::col((callbacks::Entity, callbacks::Column::Id))
                .equals((calls::Entity, calls::Column::CallbackId)),
        )
        .and_where(Expr::col((calls::Entity, calls::Column::Id)).equals((Entity, Column::CallId)))
        .cond_where(is_needed(limits.ended))
        .to_owned();
    let chosen = Query::select()
        .column((Entity, Column::Id))
        .from(Entity)
        .and_where(Column::Id.lt(first_id_of(limits.numbers_of_calls)))
        .and_where(Expr::exists(needed).not())
        .limit(limit)
        .to_owned();
    let deleted = Entity::delete_many().filter(Column::Id.in_subquery(chosen)).exec(&tx.db).await?;
    Ok(deleted.rows_affected)
}
