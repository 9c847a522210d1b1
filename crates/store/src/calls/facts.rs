//! Facts: each is kept once, with its parties by id and its link apart.

use super::refs;
use crate::callers::{self, PartyRef};
use crate::entities::call_facts::{ActiveModel, Column, Entity, Model};
use crate::entities::calls;
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, texts};
use chrono::{DateTime, Utc};
use clock::Clock;
use domain::call::Call;
use domain::fact::{CallFact, Heard, What};
use domain::ids::{CallId, SourceName};
use domain::policy::Policy;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue, ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};
use std::collections::BTreeSet;
use uuid::Uuid;

/// What a source told, and the post that it told it in.
#[derive(Debug, Clone)]
pub struct Told {
    pub heard: Heard,
    /// Kept with the fact, when it is news, for people who ask where that came from.
    pub post: Option<Uuid>,
}

/// Keeps what a source told: each fact once, joined to the call it is about. Calls that have news are to be judged
/// again, when `policy` says.
///
/// # Errors
/// [`StoreError`]; then nothing was kept.
pub async fn hear(
    tx: &Tx,
    source: &SourceName,
    facts: Vec<Told>,
    policy: &Policy,
    clock: &Clock,
) -> Result<(), StoreError> {
    tx.one_at_a_time(&format!("calls of {source}")).await?;
    let mut touched = BTreeSet::new();
    for told in facts {
        touched.extend(keep(tx, source, told, clock).await?);
    }
    for call in touched {
        let settle_at = Call::fold(of_call(tx, call).await?).settle_at(policy);
        let last = settle_at.unwrap_or_else(|| clock.now());
        calls::Entity::update_many()
            .col_expr(calls::Column::SettleAt, Expr::value(Some(last)))
            .col_expr(calls::Column::Version, Expr::col(calls::Column::Version).add(1))
            .filter(calls::Column::Id.eq(call.0))
            .exec(&tx.db)
            .await?;
    }
    Ok(())
}

/// A fact's key as it is kept. Where a PBX gives its events no id, the key is made of who rang whom and when; hidden, it
/// still tells facts apart (R34).
pub fn kept_key(tx: &Tx, key: &str) -> String {
    let hidden = tx.lookup.of(&format!("key of a fact: {key}"));
    hidden.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Keeps one fact; says which calls have news.
async fn keep(
    tx: &Tx,
    source: &SourceName,
    told: Told,
    clock: &Clock,
) -> Result<Vec<CallId>, StoreError> {
    let Told { heard: Heard { fact, heard_at }, post } = told;
    let (told, link) = without_link(by_ids(tx, source, fact, clock).await?);
    // Versions before this one kept names as they were told.
    let before = told.digest().to_vec();
    let names = told.refs.clone();
    let said = CallFact { refs: refs::hidden(tx, &told.refs), ..told };
    // Parties are ids here: after their numbers are erased, nobody can guess them from the hash.
    let digest = said.digest().to_vec();
    if let Some(known) = find(tx, source, [digest.clone(), before]).await? {
        return heard_again(tx, known, heard_at).await;
    }
    let at = said.ended_at.or(said.began_at).unwrap_or(heard_at);
    let refs::Joined { call, emptied } =
        refs::join(tx, source, &names, at, heard_at, clock).await?;
    if let Some(link) = link {
        texts::keep(tx, clock.new_id(), call, &link).await?;
    }
    let row = ActiveModel {
        id: ActiveValue::NotSet,
        source: Set(source.0.clone()),
        digest: Set(digest),
        call_id: Set(call.0),
        heard_at: Set(heard_at),
        body: Set(to_json(&said)),
        post_id: Set(post),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok([Vec::from([call]), emptied].concat())
}

async fn by_ids(
    tx: &Tx,
    source: &SourceName,
    fact: CallFact,
    clock: &Clock,
) -> Result<CallFact<PartyRef>, StoreError> {
    let mut ids = Vec::new();
    for party in fact.parties() {
        let id = callers::keep(tx, source, party, clock.new_id()).await?;
        ids.push(PartyRef { id, withheld: party.withheld });
    }
    let mut ids = ids.into_iter();
    let fact = CallFact { key: kept_key(tx, &fact.key), ..fact };
    Ok(fact.map_parties(|_| ids.next().expect("a fact names as many parties as it lists")))
}

fn without_link<P>(fact: CallFact<P>) -> (CallFact<P>, Option<String>) {
    match fact.what {
        What::Message { message, length_ms, recording } => {
            let what = What::Message { message, length_ms, recording: None };
            (CallFact { what, ..fact }, recording.map(String::from))
        }
        What::Step
        | What::Ended
        | What::Ringing
        | What::Talking
        | What::Answered { .. }
        | What::NotAnswered { .. } => (fact, None),
    }
}

async fn find(
    tx: &Tx,
    source: &SourceName,
    digests: [Vec<u8>; 2],
) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(Column::Source.eq(source.0.as_str()))
        .filter(Column::Digest.is_in(digests))
        .one(&tx.db)
        .await?)
}

/// Of two receipts the earlier counts; a later one is no news.
async fn heard_again(
    tx: &Tx,
    known: Model,
    heard_at: DateTime<Utc>,
) -> Result<Vec<CallId>, StoreError> {
    if known.heard_at <= heard_at {
        return Ok(Vec::new());
    }
    Entity::update_many()
        .col_expr(Column::HeardAt, Expr::value(heard_at))
        .filter(Column::Id.eq(known.id))
        .exec(&tx.db)
        .await?;
    Ok(Vec::from([CallId(known.call_id)]))
}

/// All facts of a call.
pub(super) async fn of_call(tx: &Tx, call: CallId) -> Result<Vec<Heard>, StoreError> {
    let kept = of_calls(tx, [call.0]).await?;
    Ok(kept.into_iter().map(|kept| kept.told.heard).collect())
}

/// A fact, and the call that it is about.
pub(super) struct Kept {
    pub(super) call: CallId,
    pub(super) told: Told,
    /// Somebody who took part was erased since (R35).
    pub(super) erased: bool,
}

/// All facts of these calls.
pub(super) async fn of_calls(
    tx: &Tx,
    calls: impl IntoIterator<Item = Uuid>,
) -> Result<Vec<Kept>, StoreError> {
    found(tx, Column::CallId.is_in(calls)).await
}

/// All facts of which this is true.
pub(super) async fn found(tx: &Tx, is_asked: Expr) -> Result<Vec<Kept>, StoreError> {
    let rows = Entity::find().filter(is_asked).all(&tx.db).await?;
    let mut said: Vec<(CallFact<PartyRef>, Model)> = Vec::new();
    for row in rows {
        said.push((from_json("call_facts", &row.body)?, row));
    }
    let refs: Vec<PartyRef> =
        said.iter().flat_map(|(fact, _)| fact.parties().map(|p| *p)).collect();
    let parties = callers::load(tx, &refs).await?;
    let party = |r: PartyRef| {
        let known = r.id.and_then(|id| parties.get(&id)).cloned().unwrap_or_default();
        known.withheld_if(r.withheld)
    };
    let is_erased = |r: &PartyRef| r.id.is_some_and(|id| !parties.contains_key(&id));
    let kept = |(fact, row): (CallFact<PartyRef>, Model)| {
        let erased = fact.parties().into_iter().any(is_erased);
        let heard = Heard { fact: fact.map_parties(party), heard_at: row.heard_at };
        Kept { call: CallId(row.call_id), told: Told { heard, post: row.post_id }, erased }
    };
    Ok(said.into_iter().map(kept).collect())
}

/// Facts move along when two calls turn out to be one.
pub(super) async fn move_to(tx: &Tx, from: CallId, to: CallId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::CallId, Expr::value(to.0))
        .filter(Column::CallId.eq(from.0))
        .exec(&tx.db)
        .await?;
    texts::move_to(tx, from, to).await
}

/// A new call.
pub(super) async fn new_call(
    tx: &Tx,
    source: &SourceName,
    heard_at: DateTime<Utc>,
    id: Uuid,
) -> Result<CallId, StoreError> {
    let row = calls::ActiveModel {
        id: Set(id),
        source: Set(source.0.clone()),
        version: Set(0),
        last_heard_at: Set(heard_at),
        settle_at: Set(None),
        verdict: Set(None),
        callback_id: Set(None),
    };
    calls::Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok(CallId(id))
}
