//! What posts told, and which calls that was about: for the administrator's eyes.

use super::facts;
use crate::entities::{call_facts, calls};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::call::Call;
use domain::fact::{CallFact, Heard};
use domain::ids::{CallId, CallbackId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A call that some of the posts told of.
#[derive(Debug, Clone)]
pub struct CallOfPosts {
    pub id: CallId,
    /// Everything known of it, whichever post told it.
    pub call: Call,
    /// When it is to be judged, again or for the first time; none when that is done.
    pub settle_at: Option<DateTime<Utc>>,
    pub callback: Option<CallbackId>,
    /// What each of the posts told first.
    pub told: BTreeMap<Uuid, Vec<CallFact>>,
}

/// The calls that these posts told something new of.
pub async fn of_posts(tx: &Tx, posts: &[Uuid]) -> Result<Vec<CallOfPosts>, StoreError> {
    let ids: Vec<Uuid> = call_facts::Entity::find()
        .select_only()
        .column(call_facts::Column::CallId)
        .distinct()
        .filter(call_facts::Column::PostId.is_in(posts.iter().copied()))
        .into_tuple()
        .all(&tx.db)
        .await?;
    let mut heard: BTreeMap<CallId, Vec<Heard>> = BTreeMap::new();
    let mut told: BTreeMap<CallId, BTreeMap<Uuid, Vec<CallFact>>> = BTreeMap::new();
    let asked: BTreeSet<&Uuid> = posts.iter().collect();
    for kept in facts::of_calls(tx, ids.iter().copied()).await? {
        if let Some(post) = kept.told.post.filter(|post| asked.contains(post)) {
            let of_call = told.entry(kept.call).or_default();
            of_call.entry(post).or_default().push(kept.told.heard.fact.clone());
        }
        heard.entry(kept.call).or_default().push(kept.told.heard);
    }
    let rows = calls::Entity::find().filter(calls::Column::Id.is_in(ids)).all(&tx.db).await?;
    let whole = |row: calls::Model| {
        let id = CallId(row.id);
        CallOfPosts {
            id,
            call: Call::fold(heard.remove(&id).unwrap_or_default()),
            settle_at: row.settle_at,
            callback: row.callback_id.map(CallbackId),
            told: told.remove(&id).unwrap_or_default(),
        }
    };
    Ok(rows.into_iter().map(whole).collect())
}
