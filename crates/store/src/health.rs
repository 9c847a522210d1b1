//! What was seen of how the directory does in practice: for the list of what is to be put right.

use crate::callbacks;
use crate::entities::callbacks::{Column, Entity};
use crate::entities::calls as of_calls;
use crate::json::from_json;
use crate::seen;
use crate::{StoreError, Tx, calls, deliveries};
use chrono::{DateTime, TimeDelta, Utc};
use domain::directory::{Directory, Owner};
use domain::health::{Received, Seen, Unknown, WATCHED_DAYS};
use domain::ids::{CallId, SourceName};
use domain::policy::Policy;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The latest calls to nobody's lines are gathered from so many callbacks.
const LOOKED_AT: u64 = 50;

/// What was seen until now. `directory` says which aliases are somebody's.
pub async fn seen(
    tx: &Tx,
    directory: &Directory,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<Seen, StoreError> {
    Ok(Seen {
        unreachable: deliveries::list_unreachable(tx, now).await?,
        received: received(tx, now).await?,
        unknown: unknown(tx, directory, policy).await?,
    })
}

async fn received(tx: &Tx, now: DateTime<Utc>) -> Result<Vec<Received>, StoreError> {
    let since = now - TimeDelta::days(WATCHED_DAYS as i64);
    let counted: Vec<(String, bool, i64)> = Entity::find()
        .select_only()
        .column(Column::Owner)
        .column(Column::HasMessage)
        .column_as(Column::Owner.count(), "n")
        .filter(Column::OpenedAt.gte(since))
        .group_by(Column::Owner)
        .group_by(Column::HasMessage)
        .into_tuple()
        .all(&tx.db)
        .await?;
    let mut owners: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (owner, has_message, n) in counted {
        let (with, without) = owners.entry(owner).or_default();
        *(if has_message { with } else { without }) += n;
    }
    let received = |(owner, (with_message, without)): (String, (i64, i64))| {
        let owner: Owner = from_json("callbacks", &owner)?;
        Ok(Received { owner, with_message, without })
    };
    owners.into_iter().map(received).collect()
}

/// By what open calls of the organisation's own were known to the PBX, and how many came there.
async fn unknown(
    tx: &Tx,
    directory: &Directory,
    policy: &Policy,
) -> Result<Vec<Unknown>, StoreError> {
    let open = seen::list_open(tx, &[Owner::Organisation], None, LOOKED_AT).await?;
    let open = open.into_iter().map(callbacks::callback).collect::<Result<Vec<_>, _>>()?;
    let contacts = open.iter().flat_map(|c| c.standing()).filter(|c| c.line.is_none());
    let ids: Vec<Uuid> = contacts.map(|contact| contact.call.0).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut known = calls::list(tx, &ids).await?;
    let mut counted: BTreeMap<(String, String), usize> = BTreeMap::new();
    let these = of_calls::Column::Id.is_in(ids);
    for row in of_calls::Entity::find().filter(these).all(&tx.db).await? {
        let source = SourceName(row.source);
        let Some(known) = known.remove(&CallId(row.id)) else { continue };
        let incoming = known.call.verdict(&source, directory, policy).incoming;
        // What somebody has written into the people file since is nobody's no more.
        if let Some(incoming) = incoming.filter(|i| i.line.is_none() && !i.party.is_nobody()) {
            *counted.entry((source.0, incoming.party.masked())).or_default() += 1;
        }
    }
    let unknown = counted.into_iter();
    Ok(unknown.map(|((source, alias), calls)| Unknown { source, alias, calls }).collect())
}
