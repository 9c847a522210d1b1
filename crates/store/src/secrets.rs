//! The keyed hash's own secret, and which keys a database was written with.
//!
//! The secret is made once and stays: facts' keys and callers of one PBX could not be hashed anew, for what they were
//! made of is not kept. Without a key file it lies in the database as it is; with one only encrypted.

use crate::entities::{callers, inbox, mail_bodies, read_log, source_secrets, texts};
use crate::json::{from_json, to_json};
use crate::lookup::LookupKey;
use crate::settings::{get, put, remove};
use crate::{StoreError, Tx};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

const LOOKUP_KEY: &str = "lookup_key";
const SEALED: &str = "lookup_key encrypted";
/// Every key that a row may be encrypted with.
const KEY_IDS: &str = "key_ids";
const PLACE: &str = "settings.lookup_key";

/// The secret of this database, made at its first use. From now on the first key is one of its keys.
///
/// # Errors
/// [`StoreError::KeyIsMissing`] when it was written with another one.
pub(crate) async fn lookup_key(tx: &Tx) -> Result<LookupKey, StoreError> {
    tx.one_at_a_time(LOOKUP_KEY).await?;
    let ids = ids_that_count(tx).await?;
    let clear = get(tx, LOOKUP_KEY).await?.and_then(|hex| LookupKey::from_hex(&hex));
    let Some(first) = tx.keys.first() else {
        if let Some(key) = clear {
            return Ok(key);
        }
        let key = LookupKey::random()?;
        put(tx, LOOKUP_KEY, key.to_hex()).await?;
        return Ok(key);
    };
    let sealed = get(tx, SEALED).await?;
    let key = match (&sealed, clear) {
        (Some(sealed), _) => opened(tx, sealed)?,
        (None, Some(clear)) => clear,
        (None, None) => LookupKey::random()?,
    };
    // With the first key also where another one wrote it before: that one may go when no row needs it.
    let now = tx.seal(PLACE, Uuid::nil(), key.bytes().to_vec())?;
    put(tx, SEALED, STANDARD.encode(now)).await?;
    remove(tx, LOOKUP_KEY).await?;
    let mut ids = ids;
    if !ids.contains(&first) {
        ids.push(first);
    }
    put(tx, KEY_IDS, to_json(&ids)).await?;
    Ok(key)
}

fn opened(tx: &Tx, sealed: &str) -> Result<LookupKey, StoreError> {
    let damaged = || StoreError::Unsealable { table: PLACE };
    let sealed = STANDARD.decode(sealed).map_err(|_| damaged())?;
    LookupKey::from_bytes(&tx.keys.unseal(PLACE, Uuid::nil(), &sealed)?).ok_or_else(damaged)
}

/// The keys that it was written with. One that is not there any more and that no row needs is forgotten.
async fn ids_that_count(tx: &Tx) -> Result<Vec<String>, StoreError> {
    let ids: Vec<String> = match get(tx, KEY_IDS).await? {
        Some(ids) => from_json("settings", &ids)?,
        None => Vec::new(),
    };
    let mut count = Vec::new();
    for id in ids {
        if tx.keys.holds(&id) {
            count.push(id);
        } else if is_needed(tx, &id).await? {
            return Err(StoreError::KeyIsMissing { id });
        }
    }
    Ok(count)
}

async fn is_needed(tx: &Tx, id: &str) -> Result<bool, StoreError> {
    if let Some(sealed) = get(tx, SEALED).await? {
        opened(tx, &sealed)?;
    }
    // Whole tables are read for this, once in the life of a key: when its file was taken away.
    macro_rules! holds {
        ($($table:ident),+) => {
            $(if $table::Entity::find()
                .select_only()
                .column($table::Column::Id)
                .filter($table::Column::KeyId.eq(id))
                .limit(1)
                .into_tuple::<Uuid>()
                .one(&tx.db)
                .await?
                .is_some()
            {
                return Ok(true);
            })+
        };
    }
    holds!(callers, texts, inbox, mail_bodies, read_log, source_secrets);
    Ok(false)
}
