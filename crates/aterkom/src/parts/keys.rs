//! The keys of the configuration, and the database opened with them.

use super::{storage_url, wanted_events};
use crate::config::{Config, ConfigError};
use store::Store;
use store::keys::{Key, Keys};
use zeroize::Zeroizing;

/// The keys, the first of which encrypts.
///
/// # Errors
/// [`ConfigError`] for a file that cannot be read or is no key: never is a new one made in its place.
pub fn keys(config: &Config) -> Result<Keys, ConfigError> {
    let files = config.encryption.key_files.iter().enumerate();
    Ok(Keys::new(files.map(|(n, file)| key(config, n, file)).collect::<Result<_, _>>()?))
}

fn key(config: &Config, n: usize, file: &str) -> Result<Key, ConfigError> {
    let wrong = |why: String| {
        let what = "put back the copy that you keep of it; a new key does not open what this one encrypted";
        let message = format!("the key file \"{file}\" cannot be used: {why}; {what}");
        ConfigError::at(&config.origin, &format!("encryption.key_files[{n}]"), message)
    };
    let text = std::fs::read_to_string(file).map(Zeroizing::new);
    Key::read(&text.map_err(|e| wrong(e.to_string()))?).map_err(|e| wrong(e.to_string()))
}

/// The database, opened with the keys; it notes what channels want to hear.
///
/// # Errors
/// [`ConfigError`]; what is wrong with the database.
pub async fn open(config: &Config) -> anyhow::Result<Store> {
    let wanted = wanted_events(config)?;
    let store = Store::open_with(&storage_url(config)?, keys(config)?).await?;
    Ok(store.telling(wanted).in_zone(config.organisation.zone))
}
