//! Calls that rang at the telephone of somebody who was away and had not referred it (R17). Who rang is not here.

use crate::entities::unreferred_calls::{ActiveModel, Column, Entity};
use crate::{StoreError, Tx};
use chrono::NaiveDate;
use domain::ids::{CallId, EmployeeId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};
use std::collections::BTreeMap;

/// Makes what is remembered of this call what was found when it was judged last.
pub async fn set(
    tx: &Tx,
    call: CallId,
    rang: Option<(EmployeeId, NaiveDate)>,
) -> Result<(), StoreError> {
    let Some((employee, day)) = rang else {
        Entity::delete_by_id(call.0).exec(&tx.db).await?;
        return Ok(());
    };
    let row = ActiveModel { call_id: Set(call.0), employee_id: Set(employee.0), day: Set(day) };
    let replace = OnConflict::column(Column::CallId)
        .update_columns([Column::EmployeeId, Column::Day])
        .to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// How many rang at this employee's on these local days.
pub async fn count(
    tx: &Tx,
    employee: EmployeeId,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<u64, StoreError> {
    let rang = Entity::find()
        .filter(Column::EmployeeId.eq(employee.0))
        .filter(Column::Day.between(from, to));
    Ok(rang.count(&tx.db).await?)
}

/// Whose rang since that local day, and how often.
pub async fn list_since(
    tx: &Tx,
    day: NaiveDate,
) -> Result<BTreeMap<EmployeeId, usize>, StoreError> {
    let rang: Vec<uuid::Uuid> = Entity::find()
        .select_only()
        .column(Column::EmployeeId)
        .filter(Column::Day.gte(day))
        .into_tuple()
        .all(&tx.db)
        .await?;
    let mut counted = BTreeMap::new();
    for employee in rang {
        *counted.entry(EmployeeId(employee)).or_default() += 1;
    }
    Ok(counted)
}
