//! `aterkom replay`: what could not be read is read again, after the adapter or the configuration was mended.

use super::{Ended, sources};
use crate::app::App;
use crate::config::Config;
use crate::logging;
use clock::Clock;
use domain::ids::SourceName;
use store::inbox;

/// What `replay` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only what this source sent
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
}

/// Puts unread posts back and reads them; their times stay what they were (R9). Safe while `serve` runs.
///
/// # Errors
/// [`super::WrongUse`] for a source that there is not; what is wrong with the database.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    logging::start(config)?;
    let app = App::build(config, Clock::system()).await?;
    let source = arguments.source.as_ref().map(SourceName::new);
    if let Some(name) = source.as_ref().filter(|name| !app.receiver.sources.names().contains(name))
    {
        return Err(sources::unknown(name).into());
    }
    let tx = app.store.begin().await?;
    let posts = inbox::replay(&tx, source.as_ref()).await?;
    tx.commit().await?;
    while app.receiver.read_some().await? > 0 {}
    let tx = app.store.read().await?;
    let unread = inbox::list_unread(&tx, 20).await?;
    tx.commit().await?;
    println!(
        "{posts} posts read again; {} still cannot be read",
        if unread.len() == 20 { "20 or more".to_owned() } else { unread.len().to_string() }
    );
    for (source, at, reason) in &unread {
        println!("  {source}, received {}: {reason}", at.format("%Y-%m-%d %H:%M:%S UTC"));
    }
    Ok(if unread.is_empty() { Ended::Well } else { Ended::Failed })
}
