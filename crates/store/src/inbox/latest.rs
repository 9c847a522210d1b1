//! The last posts of sources and how far they are read, for people to look at: nothing of what is in them.

use super::{UNREAD, WAITING};
use crate::entities::inbox::{Column, Entity};
use crate::union::{IN_A_STATEMENT, all_of};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::ids::SourceName;
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A post as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: Uuid,
    pub source: SourceName,
    pub received_at: DateTime<Utc>,
    pub progress: Progress,
}

/// How far a post is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Waiting,
    /// So many facts were in it; unknown for what was read by a version that did not count.
    Read {
        told: Option<i64>,
    },
    Unread {
        reason: String,
    },
}

#[derive(Debug, FromQueryResult)]
struct Row {
    id: Uuid,
    source: String,
    received_at: DateTime<Utc>,
    state: String,
    reason: Option<String>,
    told: Option<i64>,
}

/// The posts of these sources since then, the newest first.
pub async fn list_latest(
    tx: &Tx,
    sources: &[SourceName],
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Kept>, StoreError> {
    let mut latest: Vec<Kept> = Vec::new();
    for some in sources.chunks(IN_A_STATEMENT) {
        let of = |source: &SourceName| of(source, since, limit);
        let rows: Vec<Row> = all_of(tx, some.iter().map(of).collect()).await?;
        latest.extend(rows.into_iter().map(kept));
    }
    latest.sort_by_key(|kept| std::cmp::Reverse(kept.received_at));
    latest.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(latest)
}

/// When each of these sources last posted, if it did; what was refused is not posted.
pub async fn last_posts(
    tx: &Tx,
    sources: &[SourceName],
) -> Result<BTreeMap<SourceName, DateTime<Utc>>, StoreError> {
    let mut last = BTreeMap::new();
    for some in sources.chunks(IN_A_STATEMENT) {
        let of = |source: &SourceName| of(source, DateTime::UNIX_EPOCH, 1);
        let rows: Vec<Row> = all_of(tx, some.iter().map(of).collect()).await?;
        last.extend(rows.into_iter().map(|row| (SourceName(row.source), row.received_at)));
    }
    Ok(last)
}

fn of(source: &SourceName, since: DateTime<Utc>, limit: u64) -> Select<Entity> {
    Entity::find()
        .select_only()
        .columns([Column::Id, Column::Source, Column::ReceivedAt])
        .columns([Column::State, Column::Reason, Column::Told])
        .filter(Column::Source.eq(source.0.as_str()))
        .filter(Column::ReceivedAt.gte(since))
        .order_by_desc(Column::ReceivedAt)
        .limit(limit)
}

fn kept(row: Row) -> Kept {
    let progress = match row.state.as_str() {
        WAITING => Progress::Waiting,
        UNREAD => Progress::Unread { reason: row.reason.unwrap_or_default() },
        _ => Progress::Read { told: row.told },
    };
    Kept { id: row.id, source: SourceName(row.source), received_at: row.received_at, progress }
}
