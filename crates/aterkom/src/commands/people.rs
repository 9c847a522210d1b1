//! `aterkom people import FILE.csv`: units, employees and lines from one spreadsheet; all of it or nothing. `aterkom people
//! export` writes them as such a file.

use super::{Ended, WrongUse, sources};
use crate::config::Config;
use crate::parts;
use clock::Clock;
use domain::directory::Language;
use domain::people::{self, People, describe, plan};
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
    /// Write the directory as such a file, to standard output
    Export,
}

/// Imports.
///
/// # Errors
/// [`WrongUse`] with every line that is wrong; what is wrong with the database.
pub async fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    let (file, dry_run) = match command {
        Command::Import { file, dry_run } => (file, dry_run),
        Command::Export => return export(config).await,
    };
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|e| WrongUse(format!("{name} cannot be read: {e}")))?;
    let people = read(&name, &bytes, config).await?;
    let store = parts::open(config).await?;
    let changes = import(&people, &store, &Clock::system(), config, *dry_run).await?;
    for line in &changes {
        println!("{line}");
    }
    let done = if *dry_run { "; nothing was done (dry run)" } else { ", done" };
    println!("{} changes{done}", changes.len());
    Ok(Ended::Well)
}

async fn export(config: &Config) -> anyhow::Result<Ended> {
    let store = parts::open(config).await?;
    let tx = store.read().await?;
    let today = parts::calendar(config).local_date(Clock::system().now());
    let directory = store::people::directory(&tx, today).await?;
    tx.commit().await?;
    print!("{}", people::write(&directory, Language::English));
    Ok(Ended::Well)
}

/// What a people file says; `name` is the file's, for the message.
///
/// # Errors
/// [`WrongUse`] with every line that is wrong; [`crate::config::ConfigError`] for the sources it may name.
pub async fn read(name: &str, bytes: &[u8], config: &Config) -> anyhow::Result<People> {
    let plan = parts::number_plan(config)?;
    let mut read = people::read(bytes, &plan, &parts::sources(config)?.names());
    if read.is_err() {
        // It may name a source that was made in the browser. Without a database there is none.
        let names = sources::names(config).await;
        read = names.map_or(read, |names| people::read(bytes, &plan, &names));
    }
    Ok(read.map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|e| format!("  {name}: {e}")).collect();
        WrongUse(format!("nothing was imported; {} to mend:\n{}", lines.len(), lines.join("\n")))
    })?)
}

/// Makes the directory what the file says, in one transaction; tells what changes.
///
/// # Errors
/// What is wrong with the database; then nothing has changed.
pub async fn import(
    people: &People,
    store: &Store,
    clock: &Clock,
    config: &Config,
    dry_run: bool,
) -> anyhow::Result<Vec<String>> {
    let tx = store.begin().await?;
    store::people::hold(&tx).await?;
    let today = parts::calendar(config).local_date(clock.now());
    let current = store::people::directory(&tx, today).await?;
    let changes = plan(&current, people, today, &mut || clock.new_id());
    if dry_run {
        tx.rollback().await?;
    } else {
        store::people::apply(&tx, &changes).await?;
        tx.commit().await?;
    }
    Ok(describe(&current, &changes))
}
