//! Writing everything anew with the first key: what is in clear, and what an older key encrypted.
//!
//! A row is of one key, and says of which, so this may stop anywhere and begin again, and others may read and write
//! meanwhile: they look for callers by a hash that stays the same.

use crate::entities::{
    callers as caller, inbox as post, mail_bodies as mail, read_log as opening,
    source_secrets as secret, texts as text,
};
use crate::inbox::sealing;
use crate::{Store, StoreError, Tx, callers, mail_bodies, read_log, sources, texts};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Statement,
};
use uuid::Uuid;

/// So many rows in a transaction: nobody who writes waits long.
const AT_ONCE: u64 = 100;

/// What is not of the first key yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Left {
    /// Rows that nobody encrypted.
    pub clear: u64,
    /// Rows of an older key.
    pub older: u64,
}

/// Counts what is not of the first key. Reads whole tables.
pub async fn left(tx: &Tx) -> Result<Left, StoreError> {
    let mut left = Left::default();
    macro_rules! count {
        ($($table:ident),+) => {
            $(
                let of = |condition| $table::Entity::find().filter(condition).count(&tx.db);
                left.clear += of($table::Column::KeyId.is_null().into()).await?;
                left.older += of(Condition::all().add($table::Column::KeyId.is_not_null())
                    .add($table::Column::KeyId.ne(tx.keys.first()))).await?;
            )+
        };
    }
    count!(caller, text, post, mail, opening, secret);
    Ok(left)
}

macro_rules! next {
    ($table:ident, $tx:ident, $after:ident) => {{
        let other = Condition::any()
            .add($table::Column::KeyId.is_null())
            .add($table::Column::KeyId.ne($tx.keys.first()));
        $table::Entity::find()
            .filter($table::Column::Id.gt($after))
            .filter(other)
            .order_by_asc($table::Column::Id)
            .limit(AT_ONCE)
            .lock(LockType::Update)
            .all(&$tx.db)
            .await?
    }};
}

/// Which table is written anew.
#[derive(Debug, Clone, Copy)]
enum Table {
    Callers,
    Texts,
    Posts,
    Deliveries,
    ReadLog,
    SourceSecrets,
}

impl Table {
    const ALL: [Self; 6] = [
        Self::Callers,
        Self::Texts,
        Self::Posts,
        Self::Deliveries,
        Self::ReadLog,
        Self::SourceSecrets,
    ];
}

/// Writes everything anew that is not of the first key; `told` hears how many rows that is by now.
///
/// # Errors
/// [`StoreError`]; what was written stays, and the next time goes on from there.
pub async fn rotate(store: &Store, mut told: impl FnMut(u64)) -> Result<u64, StoreError> {
    let mut written = 0;
    for table in Table::ALL {
        let mut after = Uuid::nil();
        loop {
            let tx = store.begin().await?;
            let (rows, last) = some(&tx, table, after).await?;
            tx.commit().await?;
            let Some(last) = last else { break };
            (after, written) = (last, written + rows);
            told(written);
        }
    }
    Ok(written)
}

async fn some(tx: &Tx, table: Table, after: Uuid) -> Result<(u64, Option<Uuid>), StoreError> {
    let ids: Vec<Uuid> = match table {
        Table::Callers => {
            let rows = next!(caller, tx, after);
            let ids = rows.iter().map(|row| row.id).collect();
            for row in rows {
                callers::write(tx, row.id, &callers::opened(tx, row)?).await?;
            }
            ids
        }
        Table::Texts => {
            let rows = next!(text, tx, after);
            let ids = rows.iter().map(|row| row.id).collect();
            for row in rows {
                texts::write(tx, row.id, texts::opened(tx, row)?).await?;
            }
            ids
        }
        Table::Posts => {
            let rows = next!(post, tx, after);
            let ids = rows.iter().map(|row| row.id).collect();
            for row in rows {
                sealing::write(tx, sealing::opened(&tx.keys, row)?).await?;
            }
            ids
        }
        Table::Deliveries => {
            let rows = next!(mail, tx, after);
            let ids = rows.iter().map(|row| row.id).collect();
            for row in rows {
                mail_bodies::write(tx, row.id, mail_bodies::opened(tx, row)?).await?;
            }
            ids
        }
        Table::ReadLog => {
            let rows = next!(opening, tx, after);
            let ids = rows.iter().map(|row| row.id).collect();
            for row in rows {
                read_log::write(tx, row.id, read_log::opened(tx, row)?).await?;
            }
            ids
        }
        Table::SourceSecrets => {
            let rows = next!(secret, tx, after);
            let ids = rows.iter().map(|row| row.id).collect();
            for row in rows {
                sources::write(tx, row.id, sources::opened(tx, row)?).await?;
            }
            ids
        }
    };
    Ok((ids.len() as u64, ids.last().copied()))
}

impl Store {
    /// Sees to it that nothing of what was erased or encrypted stays in SQLite's files: neither in free pages nor in its log.
    /// PostgreSQL keeps the room of old rows until it needs it.
    ///
    /// # Errors
    /// [`StoreError::Database`]; `false` when somebody else reads or writes the log at this moment.
    pub async fn sweep(&self, free_pages: bool) -> Result<bool, StoreError> {
        if self.is_postgres() {
            return Ok(true);
        }
        let statement = |sql| Statement::from_string(DbBackend::Sqlite, sql);
        if free_pages {
            self.write.execute_raw(statement("VACUUM")).await?;
        }
        let row = self.write.query_one_raw(statement("PRAGMA wal_checkpoint(TRUNCATE)")).await?;
        let busy: i32 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or_default();
        Ok(busy == 0)
    }
}
