//! Rows to domain values: JSON that is the content of one row.

use crate::StoreError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value as the text of one column. NUL is escaped by JSON, so any text column takes it.
pub(crate) fn to_json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value)
        .expect("our own types have no maps with odd keys, so they are always JSON")
}

pub(crate) fn from_json<T: DeserializeOwned>(
    table: &'static str,
    text: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|source| StoreError::Corrupt { table, source })
}
