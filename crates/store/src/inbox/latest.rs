//! The last posts of a source and how far they are read, for people to look at: nothing of what is in them.

use super::{UNREAD, WAITING};
use crate::entities::inbox::{Column, Entity};
use crate::{StoreError, Tx};
use chrono::{DateTime, Utc};
use domain::ids::SourceName;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// A post as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub id: Uuid,
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
    received_at: DateTime<Utc>,
    state: String,
    reason: Option<String>,
    told: Option<i64>,
}

/// The posts of this source since then, the newest first.
pub async fn list_latest(
    tx: &Tx,
    source: &SourceName,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<Kept>, StoreError> {
    let rows = Entity::find()
        .select_only()
        .columns([Column::Id, Column::ReceivedAt, Column::State, Column::Reason, Column::Told])
        .filter(Column::Source.eq(source.0.as_str()))
        .filter(Column::ReceivedAt.gte(since))
        .order_by_desc(Column::ReceivedAt)
        .limit(limit)
        .into_model::<Row>()
        .all(&tx.db)
        .await?;
    Ok(rows.into_iter().map(kept).collect())
}

fn kept(row: Row) -> Kept {
    let progress = match row.state.as_str() {
        WAITING => Progress::Waiting,
        UNREAD => Progress::Unread { reason: row.reason.unwrap_or_default() },
        _ => Progress::Read { told: row.told },
    };
    Kept { id: row.id, received_at: row.received_at, progress }
}
