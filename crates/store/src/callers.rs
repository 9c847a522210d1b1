//! Parties of calls: the one place where numbers and names are kept, found again by a keyed hash (R34), and encrypted
//! where the installation has a key.

use crate::entities::callers::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{CallerId, SourceName};
use domain::number::E164;
use domain::party::Party;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

const AT_ONCE: usize = 1_000;
/// When a caller was last heard of is written down once in this time: retention counts in days.
const NOTED_EVERY: TimeDelta = TimeDelta::days(1);

/// A party as other tables hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct PartyRef {
    /// None for nobody.
    pub(crate) id: Option<CallerId>,
    pub(crate) withheld: bool,
}

/// The id of a party, if it was ever heard of.
pub async fn find(
    tx: &Tx,
    source: &SourceName,
    party: &Party,
) -> Result<Option<CallerId>, StoreError> {
    let Some(key) = party.key(&source.0) else { return Ok(None) };
    let row = Entity::find().filter(Column::LookupKey.eq(tx.lookup.of(&key))).one(&tx.db).await?;
    Ok(row.map(|row| CallerId(row.id)))
}

/// The id of a party, new or known; none for nobody. `new_id` is used when it is new, and says what time it is.
pub async fn keep(
    tx: &Tx,
    source: &SourceName,
    party: &Party,
    new_id: Uuid,
) -> Result<Option<CallerId>, StoreError> {
    let Some(key) = party.key(&source.0) else { return Ok(None) };
    let lookup_key = tx.lookup.of(&key);
    let known = || Entity::find().filter(Column::LookupKey.eq(lookup_key.clone())).one(&tx.db);
    let known = match known().await? {
        Some(known) => known,
        None => {
            insert(tx, party, lookup_key.clone(), new_id).await?;
            known().await?.ok_or(StoreError::Stale)?
        }
    };
    let (id, last_at, now) = (known.id, known.last_at, made_at(new_id));
    let before = opened(tx, known)?;
    if before.name != party.name && party.name.is_some() {
        write(tx, id, &Party { name: party.name.clone(), ..before }).await?;
    }
    if now.is_some_and(|now| last_at.is_none_or(|last| last + NOTED_EVERY <= now)) {
        Entity::update_many()
            .col_expr(Column::LastAt, Expr::value(now))
            .filter(Column::Id.eq(id))
            .exec(&tx.db)
            .await?;
    }
    Ok(Some(CallerId(id)))
}

/// Ids tell when they were made.
fn made_at(id: Uuid) -> Option<DateTime<Utc>> {
    let (seconds, nanos) = id.get_timestamp()?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanos)
}

/// Somebody else may be faster: then it is theirs.
async fn insert(
    tx: &Tx,
    party: &Party,
    lookup_key: Vec<u8>,
    new_id: Uuid,
) -> Result<(), StoreError> {
    let row = sealed(tx, new_id, party)?;
    let row = ActiveModel { lookup_key: Set(lookup_key), last_at: Set(made_at(new_id)), ..row };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::LookupKey])
        .exec_without_returning(&tx.db)
        .await?;
    Ok(())
}

/// Number, text and name of this row, with the first key; all of them, so that a row is of one key.
pub(crate) async fn write(tx: &Tx, id: Uuid, party: &Party) -> Result<(), StoreError> {
    Entity::update_many()
        .set(ActiveModel { id: sea_orm::ActiveValue::NotSet, ..sealed(tx, id, party)? })
        .filter(Column::Id.eq(id))
        .exec(&tx.db)
        .await?;
    Ok(())
}

fn sealed(tx: &Tx, id: Uuid, party: &Party) -> Result<ActiveModel, StoreError> {
    let number = party.number.as_ref().map(|n| n.as_str().to_owned());
    let seal = |place, text: String| tx.seal_text(place, id, text);
    Ok(ActiveModel {
        id: Set(id),
        number: Set(number.map(|n| seal("callers.number", n)).transpose()?),
        text: Set(seal("callers.text", party.text.clone())?),
        name: Set(party.name.clone().map(|n| seal("callers.name", n)).transpose()?),
        key_id: Set(tx.keys.first()),
        ..Default::default()
    })
}

/// These callers, as they were told; one that was erased is not among them.
pub async fn list(tx: &Tx, ids: &[CallerId]) -> Result<HashMap<CallerId, Party>, StoreError> {
    let mut found = HashMap::new();
    // A statement takes only so many values.
    for ids in ids.chunks(AT_ONCE) {
        let rows =
            Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(&tx.db).await?;
        for row in rows {
            found.insert(CallerId(row.id), opened(tx, row)?);
        }
    }
    Ok(found)
}

/// These parties, as they were told; one that was erased is nobody.
pub(crate) async fn load(
    tx: &Tx,
    parties: &[PartyRef],
) -> Result<HashMap<CallerId, Party>, StoreError> {
    let ids: Vec<CallerId> = parties.iter().filter_map(|p| p.id).collect();
    list(tx, &ids).await
}

/// What a row says.
pub(crate) fn opened(tx: &Tx, row: Model) -> Result<Party, StoreError> {
    let is_sealed = row.key_id.is_some();
    let open = |place, text: String| tx.open_text(place, row.id, text, is_sealed);
    let number = row.number.map(|n| open("callers.number", n)).transpose()?;
    Ok(Party {
        text: open("callers.text", row.text)?,
        number: number.as_deref().and_then(E164::from_canonical),
        name: row.name.map(|n| open("callers.name", n)).transpose()?,
        withheld: false,
    })
}
