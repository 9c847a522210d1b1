//! Telephones that do not ring for now, by what their PBX said last (R17).

use crate::entities::referrals::{ActiveModel, Column, Entity};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::directory::Line;
use domain::ids::SourceName;
use domain::referral::Referral;
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

/// Remembers it, unless something later is known. One that names nobody is nobody's.
pub async fn set(
    tx: &Tx,
    source: &SourceName,
    referral: &Referral,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let number = referral.line.number.as_ref().map(|number| number.as_str().to_owned());
    let alias = number.unwrap_or_else(|| referral.line.text.to_lowercase());
    if alias.is_empty() {
        return Ok(());
    }
    let row = ActiveModel {
        source: Set(source.0.clone()),
        alias: Set(alias),
        kind: Set(referral.kind.name().to_owned()),
        is_on: Set(referral.is_on),
        since: Set(at),
    };
    let of = |table: &str| Expr::col((Alias::new(table.to_owned()), Column::Since));
    let replace = OnConflict::columns([Column::Source, Column::Alias, Column::Kind])
        .update_columns([Column::IsOn, Column::Since])
        .action_and_where(of("referrals").lte(of("excluded")))
        .to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// Whether this line did not ring at that time, as far as this source has said.
pub async fn is_referred(
    tx: &Tx,
    source: &SourceName,
    line: &Line,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let of_source = line.aliases.iter().filter(|a| a.source.as_ref().is_none_or(|s| s == source));
    let aliases: Vec<&str> = of_source.map(|alias| alias.text.as_str()).collect();
    let referred = Entity::find()
        .filter(Column::Source.eq(&*source.0))
        .filter(Column::Alias.is_in(aliases))
        .filter(Column::IsOn.eq(true))
        .filter(Column::Since.lte(at));
    Ok(referred.count(&tx.db).await? > 0)
}
