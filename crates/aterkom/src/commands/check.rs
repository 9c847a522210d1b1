//! `aterkom check`: is the configuration right, does the database take what it is given, does the mail server let us
//! in, is there somebody for every line?

use super::Ended;
use crate::config::{Config, DEFAULTS};
use crate::parts;
use clock::Clock;
use domain::directory::{Directory, LineKind};
use store::{Store, status};

/// What `check` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print every key with its default, and do nothing else
    #[arg(long)]
    defaults: bool,
}

/// Checks, and says what it found, one line a thing.
///
/// # Errors
/// [`crate::config::ConfigError`] when the configuration is wrong.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    if arguments.defaults {
        print!("{DEFAULTS}");
        return Ok(Ended::Well);
    }
    let sources = parts::sources(config)?;
    parts::policy(config)?;
    parts::schedule(config)?;
    parts::sender(config)?;
    let mut well = true;
    let mut tell = |right: bool, what: &str, text: String| {
        well &= right;
        println!("{} {what}: {text}", if right { "well " } else { "WRONG" });
    };
    tell(true, "configuration", format!("{} sources", sources.len()));
    match parts::channel(config)?.check().await {
        Ok(()) => tell(true, "mail", format!("{:?}", config.mail.transport).to_lowercase()),
        Err(failure) => tell(false, "mail", format!("{failure:?}")),
    }
    parts::templates(config)?;
    match parts::texts(config) {
        Ok(texts) => tell(true, "texts", format!("{} of your own", texts.own_files())),
        Err(error) => tell(false, "texts", format!("{error:#}")),
    }
    match database(config).await {
        Ok((directory, status)) => {
            let open: i64 =
                status.callbacks.iter().filter(|(s, _)| s == "open").map(|(_, n)| n).sum();
            tell(true, "database", format!("{open} open callbacks"));
            let unread: i64 =
                status.posts.iter().filter(|(_, s, _)| s == "unread").map(|(_, _, n)| n).sum();
            tell(unread == 0, "posts", format!("{unread} cannot be read; see aterkom replay"));
            let dead: i64 =
                status.deliveries.iter().filter(|(_, s, _)| s == "dead").map(|(_, _, n)| n).sum();
            tell(dead == 0, "mails", format!("{dead} never arrived"));
            let ill = ill(&directory, config);
            for line in &ill {
                tell(false, "directory", line.clone());
            }
            if ill.is_empty() {
                tell(
                    true,
                    "directory",
                    format!("{} units, {} lines", directory.units().len(), directory.lines().len()),
                );
            }
        }
        Err(error) => tell(false, "database", format!("{error:#}")),
    }
    Ok(if well { Ended::Well } else { Ended::Failed })
}

async fn database(config: &Config) -> anyhow::Result<(Directory, status::Status)> {
    let store = Store::open(&parts::storage_url(config)?).await?;
    store.probe().await?;
    let tx = store.read().await?;
    let today = parts::calendar(config).local_date(Clock::system().now());
    let found = (store::people::directory(&tx, today).await?, status::count(&tx).await?);
    tx.commit().await?;
    store.close().await?;
    Ok(found)
}

/// Where a promise could end with nobody (R16).
fn ill(directory: &Directory, config: &Config) -> Vec<String> {
    let mut ill = Vec::new();
    if config.organisation.reception.is_empty() {
        ill.push("organisation.reception is empty: nobody is told of calls to lines that are not in the people file".to_owned());
    }
    if directory.units().iter().all(|u| !u.active) {
        ill.push("there are no units: import a people file".to_owned());
    }
    for unit in directory.units().iter().filter(|u| u.active) {
        if directory.manager_of(unit.id).is_none() {
            ill.push(format!("unit {}: neither it nor one above has a manager", unit.name));
        }
    }
    for line in directory.lines().iter().filter(|l| l.active && l.kind == LineKind::Person) {
        let owner = line.assignments.iter().max_by_key(|a| a.from).and_then(|a| a.employee);
        if owner.and_then(|id| directory.employee(id)).is_none_or(|e| !e.active) {
            ill.push(format!("line {}: nobody's; its calls go to the unit's reception", line.name));
        }
    }
    ill
}
