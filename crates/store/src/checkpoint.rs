//! SQLite's write-ahead log is brought into the database beside the writer: whoever waits for a commit does not wait for
//! that as well.

use crate::Store;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// After so many rows it is worth it: many of them changed the same pages.
const ROWS: usize = 2_000;
/// The writer does it, at a commit, when the log has so many pages (32 MB). Under load without a pause that is where
/// the log begins anew, and most of it is in the database by then.
pub(crate) const PAGES_IN_THE_LOG: &str = "8000";

/// What was written since the last time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Checkpoint(Arc<State>);

#[derive(Debug, Default)]
struct State {
    rows: AtomicUsize,
    is_under_way: AtomicBool,
}

impl Store {
    /// So many rows are in the log now. Returns at once.
    pub(crate) fn added(&self, rows: usize) {
        let state = self.checkpoint.0.clone();
        let since = state.rows.fetch_add(rows, Ordering::Relaxed) + rows;
        if since < ROWS || state.is_under_way.swap(true, Ordering::Relaxed) {
            return;
        }
        state.rows.store(0, Ordering::Relaxed);
        let reader = self.read.clone();
        tokio::spawn(async move {
            let passive =
                Statement::from_string(DbBackend::Sqlite, "PRAGMA wal_checkpoint(PASSIVE)");
            // One that cannot be made now, or that a reader cuts short, is made up for by the next, or by the writer.
            let _ = reader.query_one_raw(passive).await;
            state.is_under_way.store(false, Ordering::Relaxed);
        });
    }
}
