//! What readers see: the only way from a page to a callback (R36).
//!
//! Each function here takes a reader's [`Scope`], or [`Seen`], [`Opened`] or [`Administrator`], which prove one. A query looks
//! where the scope says that there may be something (its index keeps a page cheap), and [`Scope::see`] decides on each row that
//! it found. `callbacks`, `callers`, `texts`, `journal` and `calls` are for the program's own loops and commands: pages may
//! not name them, and a test of the suite looks that they do not.

mod concerns;

pub use concerns::{Concerns, count_concerns, list_concern};

use crate::callbacks::{callback, owner_key};
use crate::entities::callbacks::{Column, Entity, Model};
use crate::read_log::Opened;
use crate::{StoreError, Tx, callbacks, callers, calls, journal, texts, union};
use chrono::{DateTime, Utc};
use domain::access::{Administrator, Details, Scope, Seen, Sent};
use domain::callback::Callback;
use domain::decision::Entry;
use domain::directory::Owner;
use domain::ids::{CallId, CallbackId, CallerId};
use domain::party::Party;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use std::collections::HashMap;
use uuid::Uuid;

/// The callback.
///
/// # Errors
/// [`StoreError::NoCallback`] when there is none, and when it is none for this reader.
pub async fn get(tx: &Tx, scope: &Scope<'_>, id: CallbackId) -> Result<Seen, StoreError> {
    find(tx, scope, id).await?.ok_or(StoreError::NoCallback(id))
}

/// The callback, if there is one for this reader.
pub async fn find(tx: &Tx, scope: &Scope<'_>, id: CallbackId) -> Result<Option<Seen>, StoreError> {
    Ok(callbacks::find(tx, id).await?.and_then(|found| scope.see(found)))
}

/// Where a callback stands on a list: the soonest first, of one day those with a message first; without a last day at
/// the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub due_at: Option<DateTime<Utc>>,
    pub has_message: bool,
    pub id: CallbackId,
}

impl Place {
    /// The place of this one.
    pub fn of(callback: &Callback) -> Self {
        Self {
            due_at: callback.due.as_ref().map(|d| d.due_at),
            has_message: callback.has_message(),
            id: callback.id,
        }
    }

    fn order(self) -> impl Ord {
        (self.due_at.is_none(), self.due_at, !self.has_message, self.id)
    }
}

/// One page of a list.
#[derive(Debug)]
pub struct Page {
    pub callbacks: Vec<Seen>,
    /// After which the next one begins, if there is one.
    pub next: Option<Place>,
}

/// What is open on the reader's own list, in its order, from the first after `after` on.
pub async fn list_mine(
    tx: &Tx,
    scope: &Scope<'_>,
    after: Option<Place>,
    limit: usize,
) -> Result<Page, StoreError> {
    let mut page = page(tx, scope, scope.owners(), after, limit).await?;
    // An owner may have some of it only, and a manager sees more than is theirs: a page may be shorter for it.
    page.callbacks.retain(Seen::is_theirs);
    Ok(page)
}

/// What it costs does not grow with the lists.
async fn page(
    tx: &Tx,
    scope: &Scope<'_>,
    owners: Vec<Owner>,
    after: Option<Place>,
    limit: usize,
) -> Result<Page, StoreError> {
    let rows = list_open(tx, &owners, after, limit as u64 + 1).await?;
    let mut found = rows.into_iter().map(callback).collect::<Result<Vec<_>, _>>()?;
    found.sort_by_key(|callback| Place::of(callback).order());
    let more = found.len() > limit;
    found.truncate(limit);
    // From where the query went on, not from what of it the reader may see.
    let next = found.last().map(Place::of).filter(|_| more);
    Ok(Page { callbacks: seen(scope, found), next })
}

fn seen(scope: &Scope<'_>, found: Vec<Callback>) -> Vec<Seen> {
    found.into_iter().filter_map(|callback| scope.see(callback)).collect()
}

/// The first open ones of each of these owners, whoever looks; in no order.
pub(crate) async fn list_open(
    tx: &Tx,
    owners: &[Owner],
    after: Option<Place>,
    limit: u64,
) -> Result<Vec<Model>, StoreError> {
    let with_a_day = Column::DueAt.is_not_null();
    let without = Column::DueAt.is_null();
    let parts = match after {
        None => vec![with_a_day, without],
        Some(Place { due_at: None, has_message, id }) => {
            vec![without.and(after_of_one_day(has_message, id))]
        }
        Some(Place { due_at: Some(due_at), has_message, id }) => {
            let later = Column::DueAt
                .gt(due_at)
                .or(Column::DueAt.eq(due_at).and(after_of_one_day(has_message, id)));
            // The first half says nothing new to us; to the database it says where to begin.
            vec![Column::DueAt.gte(due_at).and(later), without]
        }
    };
    let of = |owner: &Owner, part: &Expr| {
        Entity::find()
            .filter(Column::IsOpen.eq(true))
            .filter(Column::Owner.eq(owner_key(*owner)))
            .filter(part.clone())
            .order_by_asc(Column::DueAt)
            .order_by_desc(Column::HasMessage)
            .order_by_asc(Column::Id)
            .limit(limit)
    };
    let all = owners.iter().flat_map(|owner| parts.iter().map(move |part| of(owner, part)));
    all_of(tx, all.collect()).await
}

/// The rows of all of these in one statement, or few: each of them is read by its index, and as far as its limit.
async fn all_of(tx: &Tx, parts: Vec<Select<Entity>>) -> Result<Vec<Model>, StoreError> {
    let mut rows = Vec::new();
    for some in parts.chunks(union::IN_A_STATEMENT) {
        let found: Vec<Model> = union::all_of(tx, some.to_vec()).await?;
        rows.extend(found);
    }
    Ok(rows)
}

fn after_of_one_day(has_message: bool, id: CallbackId) -> Expr {
    let same = Column::HasMessage.eq(has_message).and(Column::Id.gt(id.0));
    Column::HasMessage.lt(has_message).or(same)
}

/// Those of the reader's own list that ended since then, the latest first.
pub async fn list_ended(
    tx: &Tx,
    scope: &Scope<'_>,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Seen>, StoreError> {
    let of = |owner| {
        Entity::find()
            .filter(Column::Owner.eq(owner_key(owner)))
            .filter(Column::EndedAt.gte(since))
            .order_by_desc(Column::EndedAt)
            .limit(limit)
    };
    let mut rows = all_of(tx, scope.owners().into_iter().map(of).collect()).await?;
    rows.sort_by_key(|row| std::cmp::Reverse(row.ended_at));
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let found = rows.into_iter().map(callback).collect::<Result<_, _>>()?;
    let mut ended = seen(scope, found);
    ended.retain(Seen::is_theirs);
    Ok(ended)
}

/// What is offered to the reader, and waits for an answer (R18).
pub async fn list_offered(tx: &Tx, scope: &Scope<'_>) -> Result<Vec<Seen>, StoreError> {
    Ok(seen(scope, callbacks::list_offered(tx, &scope.owners()).await?))
}

/// What the reader's side has offered to others, whether it waits for an answer or nobody gave one (R18).
pub async fn list_sent(tx: &Tx, scope: &Scope<'_>) -> Result<Vec<Sent>, StoreError> {
    let sent = callbacks::list_sent(tx, &scope.owners()).await?;
    Ok(sent.into_iter().filter_map(|callback| scope.sent(callback)).collect())
}

/// The story of a callback, oldest first: ids and dates.
pub async fn journal(tx: &Tx, seen: &Seen) -> Result<Vec<(DateTime<Utc>, Entry)>, StoreError> {
    journal::list(tx, seen.id).await
}

/// The newer one of the same caller and owner that is open, for an undo to join the two (R20).
pub async fn newer(tx: &Tx, seen: &Seen) -> Result<Option<Callback>, StoreError> {
    match seen.caller.filter(|_| !seen.is_open()) {
        Some(caller) => callbacks::find_open(tx, caller, seen.owner).await,
        None => Ok(None),
    }
}

/// The callers of a list: those that the reader is to call back, and of no protected line. One that was erased is not
/// among them.
pub async fn callers(tx: &Tx, list: &[&Seen]) -> Result<HashMap<CallbackId, Party>, StoreError> {
    let at_hand = |seen: &&Seen| match seen.details() {
        Details::AtHand => true,
        Details::OnRequest | Details::WithReason => false,
    };
    let of = list.iter().copied().filter(at_hand).filter_map(|seen| Some((seen.id, seen.caller?)));
    let of: Vec<(CallbackId, CallerId)> = of.collect();
    let ids: Vec<CallerId> = of.iter().map(|(_, caller)| *caller).collect();
    let parties = callers::list(tx, &ids).await?;
    let known = |(id, caller)| Some((id, parties.get(&caller)?.clone()));
    Ok(of.into_iter().filter_map(known).collect())
}

/// The caller whose details were opened; none when there is none, or when it was erased.
pub async fn caller(tx: &Tx, opened: &Opened) -> Result<Option<Party>, StoreError> {
    let Some(caller) = opened.caller() else { return Ok(None) };
    Ok(callers::list(tx, &[caller]).await?.remove(&caller))
}

/// The texts of a callback whose details were opened, by the calls of its contacts.
pub async fn texts(tx: &Tx, opened: &Opened) -> Result<HashMap<CallId, String>, StoreError> {
    let mut found = HashMap::new();
    for call in opened.calls() {
        if let Some(text) = texts::of_call(tx, *call).await?.into_iter().next() {
            found.insert(*call, text);
        }
    }
    Ok(found)
}

/// What posts of a PBX told, and what came of it, for those who look after it; they mask what they show of it.
pub async fn events(
    tx: &Tx,
    administrator: &Administrator<'_>,
    posts: &[Uuid],
) -> Result<Vec<calls::CallOfPosts>, StoreError> {
    calls::of_posts(tx, administrator, posts).await
}
