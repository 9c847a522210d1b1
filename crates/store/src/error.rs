//! What can go wrong with storage.

use domain::ids::CallbackId;
use sea_orm::{DbErr, RuntimeErr, SqlErr};

/// Why something could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else wrote it since it was read; read it again and decide again.
    #[error("this was changed by somebody else since it was read")]
    Stale,
    #[error("there is no callback {0}")]
    NoCallback(CallbackId),
    /// The address of the database is not one that Återkom knows.
    #[error(
        "the storage url must begin with sqlite: or postgres:, for example sqlite:aterkom-data/aterkom.db"
    )]
    UnknownUrl,
    /// A row holds what this version cannot read: it was written by a newer one, or by hand.
    #[error("a row of the table {table} cannot be read: {source}")]
    Corrupt { table: &'static str, source: serde_json::Error },
    /// A lost key is never replaced by a new one: what it encrypted would be lost without a word.
    #[error(
        "the database was written with the key {id}, which is not in encryption.key_files: put its file back (from where you keep a copy) and name it there; a new key does not open what this one encrypted"
    )]
    KeyIsMissing { id: String },
    /// Its key is there, and does not open it.
    #[error("{table} of a row does not open with its key: it was damaged, or moved by hand")]
    Unsealable { table: &'static str },
    #[error("the folder of the database cannot be used")]
    Folder(#[source] std::io::Error),
    #[error("random numbers are not to be had")]
    Random(#[from] getrandom::Error),
    #[error("the database did not do it")]
    Database(#[source] DbErr),
}

impl StoreError {
    /// The error and its causes in one line, for the log.
    pub fn told(&self) -> String {
        let causes = std::iter::successors(Some(self as &dyn std::error::Error), |e| e.source());
        let mut said: Vec<String> = causes.map(ToString::to_string).collect();
        // Some causes repeat what they are caused by.
        said.dedup_by(|cause, above| above.contains(cause.as_str()));
        said.join(": ")
    }

    /// Whether it is storage as a whole that refuses, and not what was to be stored: gone, full, read-only, busy.
    pub fn is_for_all(&self) -> bool {
        match self {
            Self::Database(DbErr::Conn(_) | DbErr::ConnectionAcquire(_)) => true,
            Self::Database(DbErr::Exec(error) | DbErr::Query(error)) => !is_about_the_row(error),
            Self::Database(_) | Self::UnknownUrl | Self::Folder(_) | Self::Random(_) => true,
            Self::Stale
            | Self::NoCallback(_)
            | Self::Corrupt { .. }
            | Self::KeyIsMissing { .. }
            | Self::Unsealable { .. } => false,
        }
    }
}

/// SQLSTATE class 22 (data) and 23 (constraint) are about what was written; so are SQLite's "too big" (18),
/// "constraint" (19) and "mismatch" (20).
fn is_about_the_row(error: &RuntimeErr) -> bool {
    let RuntimeErr::SqlxError(error) = error else { return false };
    let code = error.as_database_error().and_then(|e| e.code()).unwrap_or_default();
    let primary = code.parse::<u32>().map(|c| c & 0xff);
    code.len() == 5 && (code.starts_with("22") || code.starts_with("23"))
        || matches!(primary, Ok(18..=20))
}

/// PostgreSQL chose one of those who waited for each other, and undid it.
fn is_deadlock(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error))) =
        error
    else {
        return false;
    };
    let code = error.as_database_error().and_then(|e| e.code());
    matches!(code.as_deref(), Some("40001" | "40P01"))
}

impl From<DbErr> for StoreError {
    /// Two who inserted the same unique thing, or waited for each other: the loser reads again.
    fn from(error: DbErr) -> Self {
        if is_deadlock(&error) {
            return Self::Stale;
        }
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Stale,
            Some(_) | None => Self::Database(error),
        }
    }
}
