//! The inbox: requests as they came, durable before they are answered.

mod latest;
pub(crate) mod sealing;

pub use self::latest::{Kept, Progress, last_posts, list_latest};

use self::sealing::Sealed;
use crate::entities::inbox::{ActiveModel, Column, Entity, Model};
use crate::json::to_json;
use crate::{Store, StoreError, Tx};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::ids::SourceName;
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement, UpdateMany,
};
use serde_json::{Value, json};
use uuid::Uuid;

/// One request as it is kept. No `Authorization`, no secret part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    pub id: Uuid,
    pub source: SourceName,
    pub method: String,
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub received_at: DateTime<Utc>,
    /// What an exact repeat has in common with it; none for one that is never a repeat.
    pub repeat_key: Option<Vec<u8>>,
}

pub(crate) const WAITING: &str = "waiting";
pub(crate) const READ: &str = "read";
pub(crate) const UNREAD: &str = "unread";

/// So many bytes are handed over at once; more of them go a few at a time.
const AT_ONCE: usize = 4 << 20;

/// Each post of a list in JSON becomes a row: one statement for any number of them.
const KEEP: &str = "INSERT INTO inbox (id, source, method, url, headers, body, key_id, received_at, state, repeat_key) \
    SELECT id, source, method, url, headers, decode(body, 'base64'), key_id, received_at, $2, decode(repeat_key, 'base64') \
    FROM json_to_recordset($1::json) AS post(id uuid, source text, method text, url text, headers text, \
    body text, key_id text, received_at timestamptz, repeat_key text) \
    ON CONFLICT (repeat_key) DO NOTHING";

/// Keeps these requests, durably when it returns: a transaction of their own. An exact repeat of one that is still
/// remembered is passed over.
///
/// # Errors
/// [`StoreError::Database`]; then none of them was kept.
pub async fn keep(store: &Store, posts: Vec<Post>) -> Result<(), StoreError> {
    let bytes: usize = posts.iter().map(|post| post.body.len()).sum();
    // A server is asked, and answers, over a network: once is best, and one statement is a transaction.
    if store.is_postgres() && bytes <= AT_ONCE {
        let rows = sealing::sealed(&store.keys, in_order(posts))?;
        let values = [to_json(&rows.iter().map(told).collect::<Vec<_>>()), WAITING.to_owned()];
        let values = values.map(sea_orm::Value::from);
        let keep = Statement::from_sql_and_values(DbBackend::Postgres, KEEP, values);
        store.write.execute_raw(keep).await?;
        return Ok(());
    }
    let rows = posts.len();
    let tx = store.begin().await?;
    insert(&tx, posts).await?;
    tx.commit().await?;
    if !store.is_postgres() {
        store.added(rows);
    }
    Ok(())
}

/// As [`KEEP`] takes it.
fn told(row: &Sealed) -> Value {
    let Sealed { post, key_id } = row;
    json!({
        "id": post.id,
        "source": post.source.0,
        "method": post.method,
        "url": post.url,
        "headers": to_json(&post.headers),
        "key_id": key_id,
        "body": STANDARD.encode(&post.body),
        "received_at": post.received_at,
        "repeat_key": post.repeat_key.as_ref().map(|key| STANDARD.encode(key)),
    })
}

/// All in the same order: two that keep the same repeats at once wait for each other in turn, never in a circle.
fn in_order(mut posts: Vec<Post>) -> Vec<Post> {
    posts.sort_by(|a, b| a.repeat_key.cmp(&b.repeat_key));
    posts
}

/// At most so many go in one statement: 2 to the power of this.
const LARGEST: u32 = 7;

/// Keeps these requests when the transaction is committed. An exact repeat of one that is still remembered is passed over.
///
/// # Errors
/// [`StoreError::Database`]; then none of them was kept.
pub async fn insert(tx: &Tx, posts: Vec<Post>) -> Result<(), StoreError> {
    let mut rows = sealing::sealed(&tx.keys, in_order(posts))?.into_iter().map(row);
    while rows.len() > 0 {
        // In powers of two. A database parses a statement for each number of rows anew and remembers it, with 12 places for
        // values a row, on each connection: of these there are few.
        let size = 1 << rows.len().ilog2().min(LARGEST);
        Entity::insert_many(rows.by_ref().take(size))
            .on_conflict_do_nothing_on([Column::RepeatKey])
            .exec_without_returning(&tx.db)
            .await?;
    }
    Ok(())
}

fn row(Sealed { post, key_id }: Sealed) -> ActiveModel {
    ActiveModel {
        id: Set(post.id),
        source: Set(post.source.0),
        method: Set(post.method),
        url: Set(post.url),
        headers: Set(to_json(&post.headers)),
        body: Set(post.body),
        received_at: Set(post.received_at),
        state: Set(WAITING.to_owned()),
        reason: Set(None),
        repeat_key: Set(post.repeat_key),
        told: Set(None),
        key_id: Set(key_id),
    }
}

/// Takes up to `limit` requests that wait to be read, the longest waiting first. They are this transaction's: nobody
/// else gets them before it ends, and a process that dies gives them back at once. What does not open with its key stays
/// unread, and holds nobody up.
pub async fn claim(tx: &Tx, limit: u64) -> Result<Vec<Post>, StoreError> {
    let rows = Entity::find()
        .filter(Column::State.eq(WAITING))
        .order_by_asc(Column::ReceivedAt)
        .limit(limit)
        .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        .all(&tx.db)
        .await?;
    let mut posts = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.id;
        match sealing::opened(&tx.keys, row) {
            Ok(post) => posts.push(post),
            Err(error) => mark_unread(tx, id, &error.to_string()).await?,
        }
    }
    Ok(posts)
}

/// They were read, and told so many facts each. What no longer waits stays as it is. Unless they are to be kept, nothing
/// but that they came is left of them (R34).
pub async fn mark_read(tx: &Tx, ids: &[Uuid], told: i64, keep: bool) -> Result<(), StoreError> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(READ))
        .col_expr(Column::Told, Expr::value(Some(told)));
    if !keep {
        update = emptied(update);
    }
    mark(tx, ids, update).await
}

/// It cannot be read, and why: it stays, and can be replayed.
pub async fn mark_unread(tx: &Tx, id: Uuid, reason: &str) -> Result<(), StoreError> {
    let update = Entity::update_many()
        .col_expr(Column::State, Expr::value(UNREAD))
        .col_expr(Column::Reason, Expr::value(Some(reason)));
    mark(tx, &[id], update).await
}

pub(crate) fn emptied(update: UpdateMany<Entity>) -> UpdateMany<Entity> {
    update
        .col_expr(Column::Url, Expr::value(""))
        .col_expr(Column::Headers, Expr::value("[]"))
        .col_expr(Column::Body, Expr::value(Vec::<u8>::new()))
}

async fn mark(tx: &Tx, ids: &[Uuid], update: UpdateMany<Entity>) -> Result<(), StoreError> {
    update
        .filter(Column::Id.is_in(ids.iter().copied()))
        .filter(Column::State.eq(WAITING))
        .exec(&tx.db)
        .await?;
    Ok(())
}

/// Puts what could not be read back in the queue; all of it, or what one source sent. Says how much that is. What it was
/// not read for is forgotten.
pub async fn replay(tx: &Tx, source: Option<&SourceName>) -> Result<u64, StoreError> {
    let mut update = Entity::update_many()
        .col_expr(Column::State, Expr::value(WAITING))
        .col_expr(Column::Reason, Expr::value(None::<String>))
        .filter(Column::State.eq(UNREAD));
    if let Some(source) = source {
        update = update.filter(Column::Source.eq(source.0.as_str()));
    }
    Ok(update.exec(&tx.db).await?.rows_affected)
}

/// Why requests could not be read, for people to look at: the newest first.
pub async fn list_unread(
    tx: &Tx,
    limit: u64,
) -> Result<Vec<(SourceName, DateTime<Utc>, String)>, StoreError> {
    let rows = Entity::find()
        .filter(Column::State.eq(UNREAD))
        .order_by_desc(Column::ReceivedAt)
        .limit(limit)
        .all(&tx.db)
        .await?;
    let told =
        |row: Model| (SourceName(row.source), row.received_at, row.reason.unwrap_or_default());
    Ok(rows.into_iter().map(told).collect())
}

/// After this time a repeat of what this source sent is news again.
pub async fn forget_repeats(
    tx: &Tx,
    source: &SourceName,
    before: DateTime<Utc>,
) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::RepeatKey, Expr::value(None::<Vec<u8>>))
        .filter(Column::Source.eq(source.0.as_str()))
        .filter(Column::RepeatKey.is_not_null())
        .filter(Column::ReceivedAt.lt(before))
        .exec(&tx.db)
        .await?;
    Ok(())
}
