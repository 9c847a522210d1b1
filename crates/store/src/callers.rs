//! Parties of calls: the one place where numbers and names are kept, found again by a keyed hash (R34).

use crate::entities::callers::{ActiveModel, Column, Entity, Model};
use crate::{StoreError, Tx};
use domain::ids::{CallerId, SourceName};
use domain::number::E164;
use domain::party::Party;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

const AT_ONCE: usize = 1_000;

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

/// The id of a party, new or known; none for nobody. `new_id` is used when it is new.
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
    if known.name != party.name && party.name.is_some() {
        Entity::update_many()
            .col_expr(Column::Name, Expr::value(party.name.clone()))
            .filter(Column::Id.eq(known.id))
            .exec(&tx.db)
            .await?;
    }
    Ok(Some(CallerId(known.id)))
}

/// Somebody else may be faster: then it is theirs.
async fn insert(
    tx: &Tx,
    party: &Party,
    lookup_key: Vec<u8>,
    new_id: Uuid,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(new_id),
        lookup_key: Set(lookup_key),
        number: Set(party.number.as_ref().map(|n| n.as_str().to_owned())),
        text: Set(party.text.clone()),
        name: Set(party.name.clone()),
    };
    Entity::insert(row)
        .on_conflict_do_nothing_on([Column::LookupKey])
        .exec_without_returning(&tx.db)
        .await?;
    Ok(())
}

/// These callers, as they were told; one that was erased is not among them.
pub async fn list(tx: &Tx, ids: &[CallerId]) -> Result<HashMap<CallerId, Party>, StoreError> {
    let mut found = HashMap::new();
    // A statement takes only so many values.
    for ids in ids.chunks(AT_ONCE) {
        let rows =
            Entity::find().filter(Column::Id.is_in(ids.iter().map(|id| id.0))).all(&tx.db).await?;
        found.extend(rows.into_iter().map(|row| (CallerId(row.id), party(row))));
    }
    Ok(found)
}

/// These parties, as they were told; one that was erased is nobody.
pub(crate) async fn load(
    tx: &Tx,
    parties: &[PartyRef],
) -> Result<HashMap<CallerId, Party>, StoreError> {
    let ids = parties.iter().filter_map(|p| p.id).map(|id| id.0);
    let rows = Entity::find().filter(Column::Id.is_in(ids)).all(&tx.db).await?;
    Ok(rows.into_iter().map(|row| (CallerId(row.id), party(row))).collect())
}

fn party(row: Model) -> Party {
    let number = row.number.as_deref().and_then(E164::from_canonical);
    Party { text: row.text, number, name: row.name, withheld: false }
}
