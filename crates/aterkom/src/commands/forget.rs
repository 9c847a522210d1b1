//! `aterkom forget NUMBER`: what is kept of a caller, shown without showing it, and erased within the bounds of R35: what
//! happened stays, without number, name or text; what is open is not erased unless one says so.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use clock::Clock;
use domain::ids::SourceName;
use domain::party::Party;
use domain::retention::{Kind, Retention};
use store::forgetting::{self, Found};
use store::{Store, retention};

/// What `forget` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The caller's number, however it is written
    number: String,
    /// Erase; without it, only show
    #[arg(long)]
    yes: bool,
    /// Also when a callback is open: nobody can call back then
    #[arg(long)]
    also_open: bool,
}

/// Shows, and erases.
///
/// # Errors
/// [`WrongUse`] for what is no number; what is wrong with the database.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    let store = parts::open(config).await?;
    let tx = store.read().await?;
    let sources = parts::sources(config)?;
    sources.refresh(&tx).await?;
    tx.commit().await?;
    let (parties, digits) = parties(&arguments.number, sources.names(), config)?;
    let found = forgetting::find(&store, &parties, &digits).await?;
    show(&found, config);
    let ended = if found.is_nothing() {
        println!("Nothing is kept of this caller.");
        Ended::Well
    } else {
        decide(arguments, config, &store, &found).await?
    };
    store.close().await?;
    Ok(ended)
}

async fn decide(
    arguments: &Arguments,
    config: &Config,
    store: &Store,
    found: &Found,
) -> anyhow::Result<Ended> {
    if !arguments.yes {
        println!("Nothing was erased; add --yes to do so.");
        return Ok(Ended::Well);
    }
    if found.callbacks.iter().any(|callback| callback.is_open()) && !arguments.also_open {
        println!(
            "Nothing was erased: an open callback needs the number. Close it first, or add --also-open."
        );
        return Ok(Ended::Failed);
    }
    let now = Clock::system().now();
    let day = parts::calendar(config).local_date(now);
    let tx = store.begin().await?;
    forgetting::erase(&tx, found).await?;
    let erased = found.callers.len() + found.texts.len() + found.posts.len() + found.mails.len();
    let decision = Retention::default().decision_of(Kind::Forgotten);
    let erased = u64::try_from(erased).unwrap_or(u64::MAX);
    retention::note(&tx, (day, now), Kind::Forgotten, erased, &decision).await?;
    tx.commit().await?;
    let swept = store.sweep(true).await?;
    println!(
        "Erased, and noted in the protocol without the number. Backups hold it until they are thrown away."
    );
    if found.waiting > 0 {
        println!("{} requests or mails are under way; run this again in an hour.", found.waiting);
    }
    if !swept {
        println!(
            "The log of the database is in use and may still hold it; run this again in a while."
        );
    }
    Ok(if swept && found.waiting == 0 { Ended::Well } else { Ended::Failed })
}

/// As each source may name the caller, and the digits that every spelling has.
fn parties(
    number: &str,
    sources: Vec<SourceName>,
    config: &Config,
) -> anyhow::Result<(Vec<(SourceName, Party)>, String)> {
    let plan = parts::number_plan(config)?;
    let written = Party::from_text(number, &plan);
    let digits = written.number.as_ref().map(|number| number.significant()).unwrap_or_default();
    if written.is_nobody() {
        return Err(WrongUse(
            "write the number of the caller, for example 070-174 06 05".to_owned(),
        )
        .into());
    }
    let mut parties = Vec::new();
    for source in sources.into_iter().chain([SourceName::new("")]) {
        parties.push((source.clone(), written.clone()));
        parties.push((source, Party::alias(number)));
    }
    Ok((parties, digits))
}

/// Counts, references and dates: enough to see whether it is the right caller, and no more.
fn show(found: &Found, config: &Config) {
    println!(
        "{} numbers with names, {} texts, {} requests, {} mails; {} calls, which stay without them",
        found.callers.len(),
        found.texts.len(),
        found.posts.len(),
        found.mails.len(),
        found.calls.len()
    );
    let zone = config.organisation.zone;
    for callback in &found.callbacks {
        let opened = callback.opened_at.with_timezone(&zone).format("%Y-%m-%d");
        let state = if callback.is_open() { "OPEN" } else { "ended" };
        println!("  {} opened {opened}, {state}", callback.reference(zone));
    }
}
