//! The sources that commands name: configured ones, and those that were made in the browser. The database is opened only for
//! what is not configured.

use super::WrongUse;
use crate::config::Config;
use crate::parts;
use clock::Clock;
use domain::ids::SourceName;
use std::sync::Arc;
use webhook_receiver::source::Source;
use webhook_receiver::sources::Sources;

/// The source of this name.
///
/// # Errors
/// [`WrongUse`] where there is none; [`crate::config::ConfigError`] for a source of the configuration that is wrong; what is
/// wrong with the database.
pub async fn named(name: &str, config: &Config) -> anyhow::Result<Arc<Source>> {
    let (sources, name) = (parts::sources(config)?, SourceName::new(name));
    let now = Clock::system().now();
    if let Some(source) = sources.get(&name, now) {
        return Ok(source);
    }
    look(&sources, config).await?;
    Ok(sources.get(&name, now).ok_or_else(|| unknown(&name))?)
}

/// Every name that a people file may use.
///
/// # Errors
/// As [`named`].
pub async fn names(config: &Config) -> anyhow::Result<Vec<SourceName>> {
    let sources = parts::sources(config)?;
    look(&sources, config).await?;
    Ok(sources.names())
}

/// Somebody named a source that is not there.
pub fn unknown(name: &SourceName) -> WrongUse {
    WrongUse(format!("there is no source \"{name}\" in the configuration or the database"))
}

async fn look(sources: &Sources, config: &Config) -> anyhow::Result<()> {
    let store = parts::open(config).await?;
    let tx = store.read().await?;
    sources.refresh(&tx).await?;
    tx.commit().await?;
    Ok(store.close().await?)
}
