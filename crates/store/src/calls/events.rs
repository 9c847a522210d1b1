//! What posts told, and which calls that was about: for the administrator's eyes.

use super::facts;
use crate::entities::{call_facts, callbacks, calls};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::access::{Administrator, Outcome};
use domain::call::Call;
use domain::fact::{CallFact, Heard};
use domain::ids::{CallId, CallbackId};
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QuerySelect};
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
    /// What came of it.
    pub callback: Option<(CallbackId, Outcome)>,
    /// What each of the posts told first.
    pub told: BTreeMap<Uuid, Vec<CallFact>>,
}

/// The calls that these posts told something new of.
pub(crate) async fn of_posts(
    tx: &Tx,
    administrator: &Administrator<'_>,
    posts: &[Uuid],
) -> Result<Vec<CallOfPosts>, StoreError> {
    use call_facts::Column as F;
    let mut ids = Query::select();
    ids.column(F::CallId).from(call_facts::Entity);
    ids.and_where(F::PostId.is_in(posts.iter().copied()));
    let mut heard: BTreeMap<CallId, Vec<Heard>> = BTreeMap::new();
    let mut told: BTreeMap<CallId, BTreeMap<Uuid, Vec<CallFact>>> = BTreeMap::new();
    let asked: BTreeSet<&Uuid> = posts.iter().collect();
    for kept in facts::found(tx, F::CallId.in_subquery(ids)).await? {
        if let Some(post) = kept.told.post.filter(|post| asked.contains(post)) {
            let of_call = told.entry(kept.call).or_default();
            of_call.entry(post).or_default().push(kept.told.heard.fact.clone());
        }
        heard.entry(kept.call).or_default().push(kept.told.heard);
    }
    let what_came = calls::Entity::belongs_to(callbacks::Entity)
        .from(calls::Column::CallbackId)
        .to(callbacks::Column::Id)
        .into();
    let rows = calls::Entity::find()
        .join(JoinType::LeftJoin, what_came)
        .select_also(callbacks::Entity)
        .filter(calls::Column::Id.is_in(heard.keys().map(|call| call.0)))
        .all(&tx.db)
        .await?;
    let mut whole = Vec::new();
    for (row, callback) in rows {
        let id = CallId(row.id);
        let callback = callback.map(crate::callbacks::callback).transpose()?;
        whole.push(CallOfPosts {
            id,
            call: Call::fold(heard.remove(&id).unwrap_or_default()),
            settle_at: row.settle_at,
            callback: callback.map(|callback| (callback.id, administrator.outcome(&callback))),
            told: told.remove(&id).unwrap_or_default(),
        });
    }
    Ok(whole)
}
