//! Bringing the schema up to date; who calls it sees to it that one process does so at a time.

use crate::StoreError;
use migrations::Migrator;
use sea_orm::{DatabaseConnection, DbErr};
use sea_orm_migration::MigratorTrait;
use std::fs::File;
use std::path::PathBuf;

/// Runs what is missing.
pub(crate) async fn up(db: &DatabaseConnection) -> Result<(), StoreError> {
    Ok(Migrator::up(db, None).await?)
}

/// The lock file beside a SQLite database, made where missing; held until it is dropped.
pub(crate) async fn lock(path: PathBuf) -> Result<File, StoreError> {
    let waiting = tokio::task::spawn_blocking(move || {
        let file = File::create(path).map_err(StoreError::Folder)?;
        file.lock().map_err(StoreError::Folder)?;
        Ok(file)
    });
    waiting.await.map_err(|e| StoreError::Database(DbErr::Custom(e.to_string())))?
}
