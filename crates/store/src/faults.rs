//! What there may be to see to (R37): how sources post, and what of it could not be read.

use crate::entities::{inbox, post_hours};
use crate::inbox::{UNREAD, WAITING};
use crate::{StoreError, Tx};
use chrono::{DateTime, TimeDelta, Utc};
use domain::faults::{Posting, WEEKS};
use domain::ids::SourceName;
use sea_orm::sea_query::{Expr, ExprTrait, Query, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult};

/// An hour of a source, or how many of its posts are in a state.
#[derive(Debug, FromQueryResult)]
struct Row {
    source: String,
    hour: Option<DateTime<Utc>>,
    state: Option<String>,
    posts: i64,
    stale: i64,
}

/// As far back as a habit is looked for, in one statement.
pub async fn posting(tx: &Tx, now: DateTime<Utc>) -> Result<Posting, StoreError> {
    use {inbox::Column as I, post_hours::Column as H};
    // A day more, for the hours of the first one.
    let days = i64::try_from(7 * WEEKS).unwrap_or_default() + 1;
    let mut kept = Query::select();
    kept.column(I::Source)
        .expr(Expr::value(None::<DateTime<Utc>>))
        .column(I::State)
        .expr(Expr::col(I::Id).count())
        .expr(Expr::value(0_i64))
        .from(inbox::Entity)
        .and_where(I::State.is_in([UNREAD, WAITING]))
        .group_by_columns([I::Source, I::State]);
    let mut all = Query::select();
    all.expr_as(Expr::col(H::Source), "source")
        .expr_as(Expr::col(H::Hour), "hour")
        .expr_as(Expr::value(None::<String>), "state")
        .expr_as(Expr::col(H::Posts), "posts")
        .expr_as(Expr::col(H::Stale), "stale")
        .from(post_hours::Entity)
        .and_where(H::Hour.gte(now - TimeDelta::days(days)))
        .union(UnionType::All, kept);
    let statement = tx.db.get_database_backend().build(&all);
    let mut posting = Posting::default();
    for row in Row::find_by_statement(statement).all(&tx.db).await? {
        let source = SourceName(row.source);
        match (row.hour, row.state.as_deref()) {
            (Some(hour), _) => {
                let sent = posting.sent.entry(source).or_default();
                sent.posts.insert(hour, row.posts);
                sent.stale.insert(hour, row.stale);
            }
            (None, Some(UNREAD)) => posting.unread.push((source, row.posts)),
            (None, Some(_) | None) => posting.waiting.push((source, row.posts)),
        }
    }
    posting.unread.sort();
    posting.waiting.sort();
    Ok(posting)
}
