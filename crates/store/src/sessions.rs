//! Sessions: somebody is signed in in one browser. Each can be ended, or all of an account.

use crate::accounts::Account;
use crate::entities::accounts;
use crate::entities::sessions::{ActiveModel, Column, Entity};
use crate::token::TokenHash;
use crate::{Store, StoreError, Tx, settings};
use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use domain::sign_in;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QuerySelect,
};
use uuid::Uuid;

/// One browser that somebody is signed in in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Session {
    pub id: Uuid,
    pub account: AccountId,
}

/// What a request needs to know first, in one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub session: Session,
    pub account: Account,
    /// Changes with whatever `people::directory` says of any day: what was read at one version need not be read again at it.
    pub directory_version: u64,
}

/// Begins one.
pub async fn begin(
    tx: &Tx,
    account: AccountId,
    hash: TokenHash,
    new_id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(new_id),
        account_id: Set(account.0),
        hash: Set(Some(hash.0)),
        created_at: Set(now),
        expires_at: Set(now + sign_in::SESSION_LASTS),
        ended_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// The session that this secret opens, if it goes on, and whose it is. Every page begins with it, and one statement needs no
/// transaction.
pub async fn find(
    store: &Store,
    hash: &TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<Found>, StoreError> {
    let of_account = Entity::belongs_to(accounts::Entity)
        .from(Column::AccountId)
        .to(accounts::Column::Id)
        .into();
    let mut rows: Vec<(Uuid, Uuid, String, bool, Option<String>)> = Entity::find()
        .select_only()
        .join(JoinType::InnerJoin, of_account)
        .columns([Column::Id, Column::AccountId])
        .columns([accounts::Column::Address, accounts::Column::Administrator])
        .expr_as(settings::directory_version_in_a_query(), "directory_version")
        .filter(Column::Hash.eq(hash.0.clone()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .into_tuple()
        .all(&store.read)
        .await?;
    // There is one of each secret.
    Ok(rows.pop().map(|(id, account, address, administrator, version)| {
        let account = Account { id: AccountId(account), address, administrator };
        let session = Session { id, account: account.id };
        Found { session, account, directory_version: settings::version_of(version.as_deref()) }
    }))
}

/// How many go on for this account.
pub async fn count(tx: &Tx, account: AccountId, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let going_on = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(now));
    Ok(going_on.count(&tx.db).await?)
}

/// Ends this one.
pub async fn end(tx: &Tx, id: Uuid, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(now)))
        .filter(Column::Id.eq(id))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Ends all of an account, wherever it is signed in.
pub async fn end_all(tx: &Tx, account: AccountId, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(now)))
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::EndedAt.is_null())
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Forgets those that are over.
pub async fn forget(tx: &Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::ExpiresAt.lte(now)).exec(&tx.db).await?;
    Ok(())
}
