//! Accounts: addresses that somebody signs in with. What they may see is found in the directory at each request.

use crate::entities::accounts::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

/// One address that somebody signs in with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    /// In lower case.
    pub address: String,
    /// Sees configuration and health (R36), and is told of alarms.
    pub administrator: bool,
}

/// The account, if there is one.
pub async fn find(tx: &Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    Ok(Entity::find_by_id(id.0).one(&tx.db).await?.map(account))
}

/// The account of this address, if there is one.
pub async fn find_by_address(tx: &Tx, address: &str) -> Result<Option<Account>, StoreError> {
    let row = Entity::find().filter(Column::Address.eq(address.to_lowercase())).one(&tx.db).await?;
    Ok(row.map(account))
}

/// The account of this address, new or known; `new_id` is used when it is new.
pub async fn keep(
    tx: &Tx,
    address: &str,
    new_id: AccountId,
    now: DateTime<Utc>,
) -> Result<Account, StoreError> {
    if let Some(known) = find_by_address(tx, address).await? {
        return Ok(known);
    }
    let row = ActiveModel {
        id: Set(new_id.0),
        address: Set(address.to_lowercase()),
        administrator: Set(false),
        created_at: Set(now),
    };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::Address])
        .exec_without_returning(&tx.db)
        .await?;
    find_by_address(tx, address).await?.ok_or(StoreError::Stale)
}

/// Makes it an administrator's.
pub async fn make_administrator(tx: &Tx, id: AccountId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Administrator, Expr::value(true))
        .filter(Column::Id.eq(id.0))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Those who see configuration and health, and are told of alarms.
pub async fn list_administrators(tx: &Tx) -> Result<Vec<Account>, StoreError> {
    let rows = Entity::find().filter(Column::Administrator.eq(true)).all(&tx.db).await?;
    Ok(rows.into_iter().map(account).collect())
}

pub(crate) fn account(row: Model) -> Account {
    Account { id: AccountId(row.id), address: row.address, administrator: row.administrator }
}
