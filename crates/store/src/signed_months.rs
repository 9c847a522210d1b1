//! Months that a manager commented and signed: from then on their figures are what they were (R33).

use crate::entities::signed_months::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::follow_up::{Month, UnitReport};
use domain::ids::{AccountId, UnitId};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// A month of one unit, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedMonth {
    pub month: Month,
    /// As shown, so what was too small to be shown is not in it either (R32). It names the unit.
    pub figures: UnitReport,
    /// What the manager says of it.
    pub comment: String,
    /// What is done about it.
    pub action: String,
    pub by: AccountId,
    pub at: DateTime<Utc>,
}

/// Freezes a month. Says whether it did: what is signed once is never signed over.
pub async fn sign(tx: &Tx, signed: &SignedMonth) -> Result<bool, StoreError> {
    let row = ActiveModel {
        month: Set(signed.month.to_string()),
        unit_id: Set(signed.figures.unit.0),
        figures: Set(to_json(&signed.figures)),
        comment: Set(signed.comment.clone()),
        action: Set(signed.action.clone()),
        signed_by: Set(signed.by.0),
        signed_at: Set(signed.at),
    };
    let once = OnConflict::columns([Column::Month, Column::UnitId]).do_nothing().to_owned();
    let rows = Entity::insert(row).on_conflict(once).exec_without_returning(&tx.db).await?;
    Ok(rows > 0)
}

/// The month of this unit, if it is signed.
pub async fn find(tx: &Tx, unit: UnitId, month: Month) -> Result<Option<SignedMonth>, StoreError> {
    let row = Entity::find_by_id((month.to_string(), unit.0)).one(&tx.db).await?;
    row.map(|row| signed(row, month)).transpose()
}

/// What is signed of this month, in no meaningful order.
pub async fn list(tx: &Tx, month: Month) -> Result<Vec<SignedMonth>, StoreError> {
    let rows = Entity::find().filter(Column::Month.eq(month.to_string())).all(&tx.db).await?;
    rows.into_iter().map(|row| signed(row, month)).collect()
}

fn signed(row: Model, month: Month) -> Result<SignedMonth, StoreError> {
    Ok(SignedMonth {
        month,
        figures: from_json("signed_months", &row.figures)?,
        comment: row.comment,
        action: row.action,
        by: AccountId(row.signed_by),
        at: row.signed_at,
    })
}
