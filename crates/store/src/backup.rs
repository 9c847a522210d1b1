//! A copy of a SQLite database, taken while it is used. PostgreSQL brings `pg_dump` for that.

use crate::StoreError;
use sea_orm::sqlx::sqlite::SqliteConnectOptions;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr,
    Statement,
};
use std::path::{Path, PathBuf};

/// Copies the database in the file `from` into `to`, which is there and empty. The copy is of one moment; whoever writes
/// meanwhile does not wait, and what they write is not in it. The schema is not touched: a copy may be taken before an
/// upgrade, by the new version.
///
/// # Errors
/// [`StoreError::Database`]; then `to` is of no use.
pub async fn copy_sqlite(from: &Path, to: &Path) -> Result<(), StoreError> {
    let source = Database::connect(existing(from, false)).await?;
    let to_path = to.display().to_string();
    let copied = run(&source, "VACUUM INTO ?", [to_path.into()]).await;
    source.close().await?;
    copied?;
    // A copy that cannot be read is none; better to know now.
    let copy = Database::connect(existing(to, true)).await?;
    let checked = copy.query_one_raw(statement("PRAGMA quick_check(1)", [])).await;
    copy.close().await?;
    let said: Option<String> = checked?.map(|row| row.try_get_by_index(0)).transpose()?;
    if said.as_deref() != Some("ok") {
        let said = said.unwrap_or_default();
        let error = DbErr::Exec(RuntimeErr::Internal(format!("the copy is damaged: {said}")));
        return Err(StoreError::Database(error));
    }
    Ok(())
}

async fn run<const N: usize>(
    db: &DatabaseConnection,
    sql: &str,
    values: [sea_orm::Value; N],
) -> Result<(), DbErr> {
    db.execute_raw(statement(sql, values)).await.map(|_| ())
}

fn statement<const N: usize>(sql: &str, values: [sea_orm::Value; N]) -> Statement {
    Statement::from_sql_and_values(DbBackend::Sqlite, sql, values)
}

/// A file that must be there already; another process may be writing to it.
fn existing(file: &Path, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}", file.display()));
    let file: PathBuf = file.to_owned();
    options.max_connections(1).sqlx_logging(false);
    options.map_sqlx_sqlite_opts(move |o: SqliteConnectOptions| {
        o.filename(&file).create_if_missing(false).read_only(read_only)
    });
    options
}
