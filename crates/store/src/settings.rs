//! What the installation itself must remember.

use crate::entities::settings::{ActiveModel, Column, Entity};
use crate::{StoreError, Tx};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait};

const PROBE: &str = "probe";
const PROBE_SIZE: usize = 64 << 10;
const FOLLOW_UP: &str = "follow_up";
const DIRECTORY: &str = "directory";

pub(crate) async fn get(tx: &Tx, name: &str) -> Result<Option<String>, StoreError> {
    Ok(Entity::find_by_id(name).one(&tx.db).await?.map(|row| row.value))
}

pub(crate) async fn remove(tx: &Tx, name: &str) -> Result<(), StoreError> {
    Entity::delete_by_id(name).exec(&tx.db).await?;
    Ok(())
}

/// Writes about as much as a post does, to see whether that is possible: a full disk may still take a few bytes.
pub(crate) async fn fill_probe(tx: &Tx) -> Result<(), StoreError> {
    put(tx, PROBE, "0".repeat(PROBE_SIZE)).await
}

/// Takes it back.
pub(crate) async fn clear_probe(tx: &Tx) -> Result<(), StoreError> {
    put(tx, PROBE, String::new()).await
}

/// Whether rounds of this kind were planned for that moment. Versions before *new* remembered the day.
pub(crate) async fn is_planned(
    tx: &Tx,
    kind: &str,
    at: DateTime<Utc>,
    day: NaiveDate,
) -> Result<bool, StoreError> {
    let Some(value) = get(tx, &format!("planned {kind}")).await? else { return Ok(false) };
    let moment = value.parse::<DateTime<Utc>>().is_ok_and(|planned| planned == at);
    Ok(moment || value.parse::<NaiveDate>().is_ok_and(|planned| planned == day))
}

/// Rounds of this kind were planned for that moment.
pub(crate) async fn set_planned(tx: &Tx, kind: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    put(tx, &format!("planned {kind}"), at.to_rfc3339()).await
}

/// How often the directory was changed, as a column of another query: by this it is known whether it has to be read again.
pub(crate) fn directory_version_in_a_query() -> Expr {
    let mut value = Query::select();
    value.column(Column::Value).from(Entity).and_where(Column::Name.eq(DIRECTORY));
    Expr::SubQuery(None, Box::new(value.into()))
}

/// The version that such a column says.
pub(crate) fn version_of(value: Option<&str>) -> u64 {
    value.and_then(|version| version.parse().ok()).unwrap_or_default()
}

/// Nobody else changes it until this transaction ends.
pub(crate) async fn hold_directory(tx: &Tx) -> Result<(), StoreError> {
    tx.one_at_a_time(DIRECTORY).await
}

/// It is changed in this transaction.
pub(crate) async fn change_directory(tx: &Tx) -> Result<(), StoreError> {
    hold_directory(tx).await?;
    let next = version_of(get(tx, DIRECTORY).await?.as_deref()) + 1;
    put(tx, DIRECTORY, next.to_string()).await
}

/// How far the making of follow-up's lines has come; its words are `follow_up`'s own.
pub(crate) async fn follow_up(tx: &Tx) -> Result<Option<String>, StoreError> {
    Ok(Entity::find_by_id(FOLLOW_UP).one(&tx.db).await?.map(|row| row.value))
}

/// It has come so far.
pub(crate) async fn set_follow_up(tx: &Tx, value: String) -> Result<(), StoreError> {
    put(tx, FOLLOW_UP, value).await
}

pub(crate) async fn put(tx: &Tx, name: &str, value: String) -> Result<(), StoreError> {
    let row = ActiveModel { name: Set(name.to_owned()), value: Set(value) };
    let replace = OnConflict::column(Column::Name).update_column(Column::Value).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.db).await?;
    Ok(())
}
