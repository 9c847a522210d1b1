//! What there may be to see to (R37): how sources post, and what of it could not be read.

use crate::entities::inbox::{Column, Entity};
use crate::{StoreError, Tx, post_hours};
use chrono::{DateTime, TimeDelta, Utc};
use domain::faults::{Posting, WEEKS};
use domain::ids::SourceName;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

/// As far back as a habit is looked for.
pub async fn posting(tx: &Tx, now: DateTime<Utc>) -> Result<Posting, StoreError> {
    // A day more, for the hours of the first one.
    let days = i64::try_from(7 * WEEKS).unwrap_or_default() + 1;
    let sent = post_hours::list(tx, now - TimeDelta::days(days)).await?;
    let rows: Vec<(String, i64)> = Entity::find()
        .select_only()
        .column(Column::Source)
        .column_as(Column::Id.count(), "n")
        .filter(Column::State.eq(crate::inbox::UNREAD))
        .group_by(Column::Source)
        .into_tuple()
        .all(&tx.db)
        .await?;
    let mut unread: Vec<_> = rows.into_iter().map(|(source, n)| (SourceName(source), n)).collect();
    unread.sort();
    Ok(Posting { sent, unread })
}
