//! `aterkom people import FILE.csv`: units, employees and lines from one spreadsheet; all of it or nothing.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use anyhow::Context;
use clock::Clock;
use domain::ids::SourceName;
use domain::people::{self, describe, plan};
use std::path::PathBuf;
use store::Store;

/// What can be done with people.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make the directory what a file says; the file is described in docs/people.md
    Import {
        /// The file, CSV in UTF-8
        file: PathBuf,
        /// Only show what would change
        #[arg(long)]
        dry_run: bool,
    },
}

/// Imports.
///
/// # Errors
/// [`WrongUse`] with every line that is wrong; what is wrong with the database.
pub async fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    let Command::Import { file, dry_run } = command;
    let sources: Vec<SourceName> = parts::sources(config)?.into_keys().collect();
    let bytes =
        std::fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let read = people::read(&bytes, &parts::number_plan(config)?, &sources);
    let read = read.map_err(|errors| {
        let lines: Vec<String> =
            errors.iter().map(|e| format!("  {}: {e}", file.display())).collect();
        WrongUse(format!("nothing was imported; {} to mend:\n{}", lines.len(), lines.join("\n")))
    })?;
    let clock = Clock::system();
    let store = Store::open(&parts::storage_url(config)?).await?;
    let tx = store.begin().await?;
    let current = store::people::directory(&tx).await?;
    let today = parts::calendar(config).local_date(clock.now());
    let changes = plan(&current, &read, today, &mut || clock.new_id());
    for line in describe(&current, &changes) {
        println!("{line}");
    }
    if *dry_run {
        println!("{} changes; nothing was done (dry run)", changes.len());
        return Ok(Ended::Well);
    }
    store::people::apply(&tx, &changes).await?;
    tx.commit().await?;
    println!("{} changes, done", changes.len());
    Ok(Ended::Well)
}
