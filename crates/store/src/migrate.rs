//! Bringing the schema up to date, one process at a time.

use crate::StoreError;
use crate::tx::begin;
use migrations::Migrator;
use sea_orm::{DatabaseConnection, DbErr};
use sea_orm_migration::MigratorTrait;
use std::fs::File;
use std::path::Path;

/// Runs what is missing. `lock_file`: beside a SQLite database; PostgreSQL has a lock of its own.
pub(crate) async fn up(
    db: &DatabaseConnection,
    lock_file: Option<&Path>,
) -> Result<(), StoreError> {
    match lock_file {
        Some(path) => {
            let path = path.to_owned();
            let locked = tokio::task::spawn_blocking(move || lock(&path)).await;
            let _held =
                locked.map_err(|e| StoreError::Database(DbErr::Custom(e.to_string())))??;
            Ok(Migrator::up(db, None).await?)
        }
        None => {
            let lock = begin(db).await?;
            lock.one_at_a_time("aterkom migrations").await?;
            Migrator::up(db, None).await?;
            lock.commit().await
        }
    }
}

/// Held until the file is dropped.
fn lock(path: &Path) -> Result<File, StoreError> {
    let file = File::create(path).map_err(StoreError::Folder)?;
    file.lock().map_err(StoreError::Folder)?;
    Ok(file)
}
