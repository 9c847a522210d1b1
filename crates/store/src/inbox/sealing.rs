//! A request with its number in clear nowhere: url, headers and body are encrypted as one, in the place of the body.

use super::Post;
use crate::StoreError;
use crate::Tx;
use crate::entities::inbox::{Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::keys::Keys;
use domain::ids::SourceName;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

const PLACE: &str = "inbox.body";

/// As a row holds it.
pub(super) struct Sealed {
    pub(super) post: Post,
    pub(super) key_id: Option<String>,
}

/// What goes before the body.
#[derive(Serialize, Deserialize)]
struct Head(String, Vec<(String, String)>);

/// Each of a batch, which is formed by then: nobody else waits for it.
pub(super) fn sealed(keys: &Keys, posts: Vec<Post>) -> Result<Vec<Sealed>, StoreError> {
    posts.into_iter().map(|post| seal(keys, post)).collect()
}

fn seal(keys: &Keys, mut post: Post) -> Result<Sealed, StoreError> {
    let key_id = keys.first();
    if key_id.is_some() {
        let url = std::mem::take(&mut post.url);
        let head = to_json(&Head(url, std::mem::take(&mut post.headers)));
        let length = u32::try_from(head.len()).unwrap_or(u32::MAX).to_le_bytes();
        let clear = [&length[..], head.as_bytes(), &post.body].concat();
        post.body = keys.seal(PLACE, post.id, &clear)?.unwrap_or_default();
    }
    Ok(Sealed { post, key_id })
}

/// The request of a row; one that was erased is empty.
pub(crate) fn opened(keys: &Keys, row: Model) -> Result<Post, StoreError> {
    let mut post = Post {
        id: row.id,
        source: SourceName(row.source),
        method: row.method,
        url: row.url,
        headers: from_json("inbox", &row.headers)?,
        body: row.body,
        received_at: row.received_at,
        repeat_key: row.repeat_key,
    };
    if row.key_id.is_some() && !post.body.is_empty() {
        let clear = keys.unseal(PLACE, post.id, &post.body)?;
        let damaged = || StoreError::Unsealable { table: PLACE };
        let (length, rest) = clear.split_first_chunk::<4>().ok_or_else(damaged)?;
        let length = usize::try_from(u32::from_le_bytes(*length)).map_err(|_| damaged())?;
        let (head, body) = rest.split_at_checked(length).ok_or_else(damaged)?;
        let head = std::str::from_utf8(head).map_err(|_| damaged())?;
        let Head(url, headers) = from_json("inbox", head)?;
        (post.url, post.headers, post.body) = (url, headers, body.to_vec());
    }
    Ok(post)
}

/// Writes this request with the first key.
pub(crate) async fn write(tx: &Tx, post: Post) -> Result<(), StoreError> {
    let Sealed { post, key_id } = seal(&tx.keys, post)?;
    Entity::update_many()
        .col_expr(Column::Url, Expr::value(post.url))
        .col_expr(Column::Headers, Expr::value(to_json(&post.headers)))
        .col_expr(Column::Body, Expr::value(post.body))
        .col_expr(Column::KeyId, Expr::value(key_id))
        .filter(Column::Id.eq(post.id))
        .exec(&tx.db)
        .await?;
    Ok(())
}
