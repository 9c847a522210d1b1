//! Opening the database: engine by URL, settings that never lose what was answered, schema up to date.

use crate::checkpoint::{Checkpoint, PAGES_IN_THE_LOG};
use crate::keys::Keys;
use crate::lookup::LookupKey;
use crate::tx::{Tx, begin};
use crate::{StoreError, migrate, secrets, settings};
use chrono_tz::Tz;
use domain::event::EventKind;
use sea_orm::sqlx::Connection;
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend};
use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// SQLite waits this long for another writer; longer than any transaction of ours.
const BUSY: Duration = Duration::from_secs(15);
/// How long to wait for a connection before saying that storage refuses.
const ACQUIRE: Duration = Duration::from_secs(5);
const READERS: u32 = 4;
/// What a connection holds in memory at most, in KiB with a minus. Marks of repeats lie all over their index: a batch
/// touches a page for each.
const CACHE: &str = "-8192";
const POSTGRES_CONNECTIONS: u32 = 12;
/// PostgreSQL brings the commits of several to the disk at once: while one waits for it, another can be filled.
const POSTGRES_ADDERS: usize = 2;

/// An open database. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    /// SQLite: the one writer. PostgreSQL: the pool.
    pub(crate) write: DatabaseConnection,
    /// SQLite: the readers, which never wait for the writer. PostgreSQL: the same pool.
    pub(crate) read: DatabaseConnection,
    lookup: LookupKey,
    pub(crate) keys: Keys,
    pub(crate) checkpoint: Checkpoint,
    wanted: Arc<[EventKind]>,
    zone: Tz,
    statements: Arc<AtomicU64>,
}

impl Store {
    /// Opens a database that is not encrypted.
    ///
    /// # Errors
    /// As [`Store::open_with`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        Self::open_with(url, Keys::default()).await
    }

    /// Opens `sqlite:PATH` (made with its folder where missing) or `postgres://…`, and brings the schema up to date. From
    /// the first time on that it is opened with keys it cannot be opened without them.
    ///
    /// # Errors
    /// [`StoreError`] when the database cannot be reached or written; [`StoreError::KeyIsMissing`] when it was written with
    /// a key that is not among these.
    pub async fn open_with(url: &str, keys: Keys) -> Result<Self, StoreError> {
        let statements = Arc::<AtomicU64>::default();
        let (mut write, mut read) = match url.split_once(':') {
            Some(("sqlite", path)) => {
                let path = PathBuf::from(path.trim_start_matches("//"));
                make_folder(&path)?;
                let _alone = migrate::lock(path.with_extension("lock")).await?;
                // The writer comes first: it makes the file, and turns on the write-ahead log that readers need. Of two
                // that turn it on at once SQLite refuses one without waiting, so that happens under the lock as well.
                let write = Database::connect(sqlite(&path, 1)).await?;
                let read = Database::connect(sqlite(&path, READERS)).await?;
                migrate::up(&write).await?;
                (write, read)
            }
            Some(("postgres" | "postgresql", _)) => {
                let pool = Database::connect(postgres(url)).await?;
                let alone = begin(&pool).await?;
                alone.one_at_a_time("aterkom migrations").await?;
                migrate::up(&pool).await?;
                alone.commit().await?;
                (pool.clone(), pool)
            }
            Some(_) | None => return Err(StoreError::UnknownUrl),
        };
        for connections in [&mut write, &mut read] {
            let statements = statements.clone();
            connections.set_metric_callback(move |_| {
                let _ = statements.fetch_add(1, Ordering::Relaxed);
            });
        }
        let tx = begin(&write).await?.with_secrets(LookupKey::default(), keys.clone());
        let lookup = secrets::lookup_key(&tx).await?;
        tx.commit().await?;
        let (checkpoint, wanted) = (Checkpoint::default(), Arc::default());
        let zone = Tz::Europe__Stockholm;
        Ok(Self { write, read, lookup, keys, checkpoint, wanted, zone, statements })
    }

    /// The same, noting for channels what happens to callbacks: only what is `wanted`.
    pub fn telling(self, wanted: Arc<[EventKind]>) -> Self {
        Self { wanted, ..self }
    }

    /// The same where days begin and end in this zone. Unless told so, they do in Stockholm (R11).
    pub fn in_zone(self, zone: Tz) -> Self {
        Self { zone, ..self }
    }

    /// Begins a transaction that may write. On SQLite it is the only one at a time.
    ///
    /// # Errors
    /// [`StoreError::Database`] when storage refuses.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let tx = begin(&self.write).await?.telling(self.wanted.clone(), self.zone);
        Ok(tx.with_secrets(self.lookup.clone(), self.keys.clone()))
    }

    /// Begins a transaction that only reads, and waits for no writer.
    ///
    /// # Errors
    /// [`StoreError::Database`] when storage refuses.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(crate::tx::begin_reading(&self.read)
            .await?
            .with_secrets(self.lookup.clone(), self.keys.clone()))
    }

    /// How many statements this process has asked of the database.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// How many transactions that only add rows are worth having at once.
    pub fn adders(&self) -> usize {
        if self.is_postgres() { POSTGRES_ADDERS } else { 1 }
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Postgres
    }

    /// Whether it can store right now: writes, and takes it back.
    ///
    /// # Errors
    /// Why it cannot.
    pub async fn probe(&self) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        settings::fill_probe(&tx).await?;
        tx.commit().await?;
        let tx = self.begin().await?;
        settings::clear_probe(&tx).await?;
        tx.commit().await
    }

    /// Closes all connections; what was committed stays.
    pub async fn close(self) -> Result<(), StoreError> {
        self.write.clone().close().await?;
        self.read.close().await?;
        Ok(())
    }
}

/// The folder is for the service alone: the database holds numbers.
fn make_folder(path: &Path) -> Result<(), StoreError> {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => {
            let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
            made.map_err(StoreError::Folder)
        }
        Some(_) | None => Ok(()),
    }
}

/// `FULL` because `NORMAL` can lose answered webhooks at power loss.
///
/// When the disk is full, SQLite rolls back by itself, and the library goes on counting an open transaction: what is
/// committed on that connection afterwards is not. Such a connection is closed, not used again.
fn sqlite(path: &Path, connections: u32) -> ConnectOptions {
    let mut options = common(format!("sqlite://{}", path.display()), connections);
    // A file does not hang up.
    options.test_before_acquire(false);
    let file = path.to_owned();
    options.map_sqlx_sqlite_opts(move |o: SqliteConnectOptions| {
        o.filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            .foreign_keys(true)
            // A statement of many rows keeps what it must be able to take back; in memory, not in a file for each.
            .pragma("temp_store", "memory")
            .pragma("wal_autocheckpoint", PAGES_IN_THE_LOG)
            .pragma("cache_size", CACHE)
            // What is erased is overwritten, not only let go of (R35).
            .pragma("secure_delete", "on")
    });
    options.map_sqlx_sqlite_pool_opts(|pool| {
        pool.before_acquire(|connection, _| {
            let usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(usable) })
        })
    });
    options
}

fn postgres(url: &str) -> ConnectOptions {
    common(url.to_owned(), POSTGRES_CONNECTIONS)
}

fn common(url: String, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE)
        .connect_timeout(ACQUIRE)
        .sqlx_logging(false);
    options
}
