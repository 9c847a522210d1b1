//! Sessions: somebody is signed in in one browser. Each can be ended, or all of an account.

use crate::accounts::{Account, account};
use crate::entities::accounts;
use crate::entities::sessions::{ActiveModel, Column, Entity};
use crate::token::TokenHash;
use crate::{StoreError, Tx};
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

/// The session that this secret opens, if it goes on, and whose it is.
pub async fn find(
    tx: &Tx,
    hash: &TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<(Session, Account)>, StoreError> {
    let of_account = Entity::belongs_to(accounts::Entity)
        .from(Column::AccountId)
        .to(accounts::Column::Id)
        .into();
    let row = Entity::find()
        .join(JoinType::InnerJoin, of_account)
        .select_also(accounts::Entity)
        .filter(Column::Hash.eq(hash.0.clone()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .one(&tx.db)
        .await?;
    Ok(row.and_then(|(session, whose)| {
        let of = Session { id: session.id, account: AccountId(session.account_id) };
        Some((of, account(whose?)))
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
