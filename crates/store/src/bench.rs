//! Many callbacks at once, for `cargo xtask bench`: behind the feature `bench`, and no part of the product, in which
//! [`callbacks::apply`] writes one decision at a time.

use crate::entities::{callbacks as rows, callers, journal as entries};
use crate::json::to_json;
use crate::{StoreError, Tx, callbacks};
use domain::decision::Decision;
use sea_orm::{ActiveValue, ActiveValue::Set, EntityTrait};

/// SQLite takes 32,766 values in a statement; a callback has 20.
const IN_A_STATEMENT: usize = 500;

/// Writes what these new callbacks say, as [`callbacks::apply`] would, and their callers, in as few statements as there can be.
///
/// # Errors
/// [`StoreError`]; then none of them is there.
pub async fn open_many(tx: &Tx, decisions: &[Decision]) -> Result<(), StoreError> {
    for some in decisions.chunks(IN_A_STATEMENT) {
        let callbacks = some.iter().map(|decision| callbacks::row(&decision.callback, tx.zone));
        rows::Entity::insert_many(callbacks).exec_without_returning(&tx.db).await?;
        let callers = some.iter().filter_map(|decision| decision.callback.caller);
        let callers = callers.map(|id| callers::ActiveModel {
            id: Set(id.0),
            lookup_key: Set(id.0.as_bytes().to_vec()),
            number: Set(None),
            text: Set("1042".to_owned()),
            name: Set(None),
            key_id: Set(None),
            last_at: Set(None),
        });
        callers::Entity::insert_many(callers).exec_without_returning(&tx.db).await?;
        let told = some.iter().flat_map(|d| d.entries.iter().map(move |entry| (d, entry)));
        let journal = told.map(|(decision, entry)| entries::ActiveModel {
            id: ActiveValue::NotSet,
            callback_id: Set(decision.callback.id.0),
            at: Set(decision.at),
            entry: Set(entry.name().to_owned()),
            body: Set(to_json(entry)),
        });
        entries::Entity::insert_many(journal).exec_without_returning(&tx.db).await?;
    }
    Ok(())
}
