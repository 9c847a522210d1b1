//! A transaction. Dropped without [`Tx::commit`] it rolls back.

use crate::StoreError;
use crate::db::Db;
use crate::keys::Keys;
use crate::lookup::LookupKey;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono_tz::Tz;
use domain::event::EventKind;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait,
};
use std::sync::Arc;
use uuid::Uuid;

/// One transaction; every function of this crate is handed one.
#[derive(Debug)]
pub struct Tx {
    pub(crate) db: Db,
    pub(crate) lookup: LookupKey,
    pub(crate) keys: Keys,
    /// What channels are to be told of.
    pub(crate) wanted: Arc<[EventKind]>,
    /// Where the organisation's days are.
    pub(crate) zone: Tz,
}

impl Tx {
    /// Makes everything done in it durable.
    ///
    /// # Errors
    /// [`StoreError::Database`]; then nothing of it was done.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.db.0.commit().await?)
    }

    /// Takes everything back, and lets go of what it held, before it returns. Dropping does the same a little later.
    ///
    /// # Errors
    /// [`StoreError::Database`] when storage is gone; then it takes it back by itself.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.db.0.rollback().await?)
    }

    pub(crate) fn with_secrets(self, lookup: LookupKey, keys: Keys) -> Self {
        Self { lookup, keys, ..self }
    }

    pub(crate) fn telling(self, wanted: Arc<[EventKind]>, zone: Tz) -> Self {
        Self { wanted, zone, ..self }
    }

    /// Bytes as a row is to hold them: encrypted where there is a key.
    pub(crate) fn seal(
        &self,
        place: &'static str,
        row: Uuid,
        clear: Vec<u8>,
    ) -> Result<Vec<u8>, StoreError> {
        Ok(self.keys.seal(place, row, &clear)?.unwrap_or(clear))
    }

    /// The same for a column of text.
    pub(crate) fn seal_text(
        &self,
        place: &'static str,
        row: Uuid,
        clear: String,
    ) -> Result<String, StoreError> {
        let sealed = self.keys.seal(place, row, clear.as_bytes())?;
        Ok(sealed.map_or(clear, |sealed| STANDARD.encode(sealed)))
    }

    /// What [`Tx::seal_text`] made.
    pub(crate) fn open_text(
        &self,
        place: &'static str,
        row: Uuid,
        text: String,
        is_sealed: bool,
    ) -> Result<String, StoreError> {
        if !is_sealed {
            return Ok(text);
        }
        let damaged = || StoreError::Unsealable { table: place };
        let sealed = STANDARD.decode(text).map_err(|_| damaged())?;
        String::from_utf8(self.keys.unseal(place, row, &sealed)?).map_err(|_| damaged())
    }

    /// Lets one at a time do `what` until the transaction ends. On SQLite there is one writer anyway.
    pub(crate) async fn one_at_a_time(&self, what: &str) -> Result<(), StoreError> {
        if self.db.get_database_backend() == DbBackend::Postgres {
            let lock = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
            self.db
                .execute_raw(Statement::from_sql_and_values(
                    DbBackend::Postgres,
                    lock,
                    [what.into()],
                ))
                .await?;
        }
        Ok(())
    }
}

/// Immediate: a transaction that reads before it writes must not find out at the end that it may not.
pub(crate) async fn begin(db: &DatabaseConnection) -> Result<Tx, StoreError> {
    begin_as(db, SqliteTransactionMode::Immediate).await
}

pub(crate) async fn begin_reading(db: &DatabaseConnection) -> Result<Tx, StoreError> {
    begin_as(db, SqliteTransactionMode::Deferred).await
}

async fn begin_as(db: &DatabaseConnection, mode: SqliteTransactionMode) -> Result<Tx, StoreError> {
    let mode = (db.get_database_backend() == DbBackend::Sqlite).then_some(mode);
    let options =
        TransactionOptions { sqlite_transaction_mode: mode, ..TransactionOptions::default() };
    Ok(Tx {
        db: Db(db.begin_with_options(options).await?),
        lookup: LookupKey::default(),
        keys: Keys::default(),
        wanted: Arc::default(),
        zone: Tz::UTC,
    })
}
