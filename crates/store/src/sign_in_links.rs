//! Links to sign in by. Asked for by `web`; the notifier makes the secret when it writes the mail, so that it is in the
//! mail and nowhere else.

use crate::entities::sign_in_links::{ActiveModel, Column, Entity};
use crate::token::TokenHash;
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::ids::AccountId;
use domain::sign_in;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};
use uuid::Uuid;

/// A link that was asked for and is to be mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub id: Uuid,
    pub account: AccountId,
    pub expires_at: DateTime<Utc>,
}

/// Asks for a link, unless enough were asked for just now (see [`sign_in::may_ask`]); says whether one comes.
pub async fn ask(
    tx: &Tx,
    account: AccountId,
    new_id: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let lately = Entity::find()
        .filter(Column::AccountId.eq(account.0))
        .filter(Column::AskedAt.gt(now - sign_in::GATHER))
        .count(&tx.db)
        .await?;
    if !sign_in::may_ask(lately) {
        return Ok(false);
    }
    insert(tx, new_id, account, None, now).await?;
    Ok(true)
}

/// A link that is not mailed, but shown to whoever runs the program.
pub async fn make(
    tx: &Tx,
    account: AccountId,
    hash: TokenHash,
    new_id: Uuid,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    insert(tx, new_id, account, Some(hash.0), now).await
}

async fn insert(
    tx: &Tx,
    id: Uuid,
    account: AccountId,
    hash: Option<Vec<u8>>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(id),
        account_id: Set(account.0),
        hash: Set(hash),
        asked_at: Set(now),
        expires_at: Set(now + sign_in::LINK_LASTS),
        used_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// The next link that is to be mailed; on PostgreSQL one that nobody else holds. It is this transaction's until it is armed.
pub async fn take(tx: &Tx, now: DateTime<Utc>) -> Result<Option<Asked>, StoreError> {
    let row = Entity::find()
        .filter(Column::Hash.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .order_by_asc(Column::ExpiresAt)
        .limit(1)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .one(&tx.db)
        .await?;
    Ok(row.map(|row| Asked {
        id: row.id,
        account: AccountId(row.account_id),
        expires_at: row.expires_at,
    }))
}

/// From now on this secret opens it.
pub async fn arm(tx: &Tx, id: Uuid, hash: TokenHash) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Hash, Expr::value(Some(hash.0)))
        .filter(Column::Id.eq(id))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Whether this secret would open a session now.
pub async fn is_good(tx: &Tx, hash: &TokenHash, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let good = Entity::find()
        .filter(Column::Hash.eq(hash.0.clone()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now));
    Ok(good.one(&tx.db).await?.is_some())
}

/// Uses it up: whose it is, once and in time; otherwise nothing.
pub async fn use_up(
    tx: &Tx,
    hash: &TokenHash,
    now: DateTime<Utc>,
) -> Result<Option<AccountId>, StoreError> {
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(Some(now)))
        .filter(Column::Hash.eq(hash.0.clone()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .exec_with_returning(&tx.db)
        .await?;
    Ok(used.into_iter().next().map(|row| AccountId(row.account_id)))
}

/// Forgets those that are over.
pub async fn forget(tx: &Tx, now: DateTime<Utc>) -> Result<(), StoreError> {
    Entity::delete_many().filter(Column::ExpiresAt.lte(now - sign_in::GATHER)).exec(&tx.db).await?;
    Ok(())
}
