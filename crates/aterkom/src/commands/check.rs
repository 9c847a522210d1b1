//! `aterkom check`: is the configuration right, does the database take what it is given, does the mail server let us
//! in, is there somebody for every line?

use super::Ended;
use crate::config::{Config, DEFAULTS};
use crate::parts;
use chrono::{DateTime, NaiveDate, Utc};
use clock::Clock;
use domain::directory::Directory;
use domain::health::{Seen, ills};
use scheduler::calendars::{CalendarError, Calendars, Stated};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::rotation::{self, Left};
use store::sources::Listed;
use store::status;
use webhook_receiver::adapters;
use webhook_receiver::sources::Sources;

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
    let calendars = parts::calendars(config)?;
    parts::policy(config)?;
    parts::schedule(config)?;
    parts::sender(config)?;
    let mut well = true;
    let mut tell = |right: bool, what: &str, text: String| {
        well &= right;
        println!("{} {what}: {text}", if right { "well " } else { "WRONG" });
    };
    tell(true, "configuration", format!("{} sources", sources.configured()));
    if config.organisation.officer.is_empty() {
        let what = "nobody; what no manager answers for alarms the administrators instead";
        tell(true, "organisation.officer", what.to_owned());
    }
    match parts::channel(config)?.check().await {
        Ok(()) => tell(true, "mail", format!("{:?}", config.mail.transport).to_lowercase()),
        Err(failure) => tell(false, "mail", failure.to_string()),
    }
    if let Some(mailbox) = parts::bounces(config)? {
        match mailbox.check().await {
            Ok(unread) => tell(true, "bounces", format!("{unread} unread mails")),
            Err(error) => tell(false, "bounces", error.to_string()),
        }
    }
    parts::templates(config)?;
    match parts::texts(config) {
        Ok(texts) => {
            tell(true, "texts", format!("{} of your own", texts.own_files()));
            match parts::channels(config, &texts) {
                Ok(channels) => channels.names().into_iter().for_each(|name| {
                    tell(
                        true,
                        "channel",
                        format!("{name}: try it with \"aterkom channels test {name}\""),
                    );
                }),
                Err(error) => tell(false, "channels", format!("{error:#}")),
            }
        }
        Err(error) => tell(false, "texts", format!("{error:#}")),
    }
    match database(config, &sources).await {
        Ok(Found { today, directory, seen, status, left, of_channels, sources }) => {
            for (right, said) in told_of_sources(&sources) {
                tell(right, "sources", said);
            }
            let open: i64 =
                status.callbacks.iter().filter(|(s, _)| s == "open").map(|(_, n)| n).sum();
            tell(true, "database", format!("{open} open callbacks"));
            match (config.encryption.key_files.is_empty(), left) {
                (true, _) => {
                    let what = "numbers, names and texts are in clear; make a key with \"aterkom keys new FILE\" and name it in encryption.key_files";
                    tell(true, "encryption", format!("WARNING: {what}"));
                }
                (false, Left { clear: 0, older: 0 }) => {
                    tell(
                        true,
                        "encryption",
                        "everything is encrypted with the first key".to_owned(),
                    );
                }
                (false, Left { clear, older }) => {
                    let what = format!(
                        "{clear} rows are in clear and {older} of an older key; write them anew with \"aterkom keys rotate\""
                    );
                    tell(false, "encryption", what);
                }
            }
            let unread: i64 =
                status.posts.iter().filter(|(_, s, _)| s == "unread").map(|(_, _, n)| n).sum();
            tell(unread == 0, "posts", format!("{unread} cannot be read; see aterkom replay"));
            let dead: i64 =
                status.deliveries.iter().filter(|(_, s, _)| s == "dead").map(|(_, _, n)| n).sum();
            let to_channels: i64 = of_channels.dead.iter().map(|(_, n)| n).sum();
            let dead = dead - to_channels;
            tell(dead == 0, "mails", format!("{dead} never arrived"));
            for (right, said) in told_of_channels(config, &of_channels, &directory) {
                tell(right, "channel", said);
            }
            for (name, read) in look(config, &calendars, &directory).await {
                match read {
                    Ok(said) => tell(true, "calendar", format!("{name}: {said}")),
                    Err(error) => tell(false, "calendar", format!("{name}: {error}")),
                }
            }
            let days = parts::closed_days(config);
            for unit in days.unknown(&directory).collect::<BTreeSet<_>>() {
                let what = format!("calendar.closed names a unit \"{unit}\" that is not there");
                tell(false, "calendar", what);
            }
            let ills = ills(&directory, Some(&config.organisation.reception), &seen, today);
            for ill in &ills {
                tell(false, "directory", ill.to_string());
            }
            if ills.is_empty() {
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

/// Every shared calendar once, by name: what it says, or why it cannot be read.
async fn look(
    config: &Config,
    calendars: &Calendars,
    directory: &Directory,
) -> Vec<(String, Result<String, CalendarError>)> {
    let calendar = Arc::new(parts::calendar(config));
    let today = calendar.local_date(Clock::system().now());
    let mut looked = Vec::new();
    for shared in calendars.shared.iter() {
        let stated = calendars.look(shared, &calendar, directory, today).await;
        let said = |stated: Stated| {
            let n = stated.absences.len();
            format!("{n} absences, {} events not understood", stated.skipped)
        };
        looked.push((shared.name.clone(), stated.map(said)));
    }
    looked
}

/// What the database said.
struct Found {
    today: NaiveDate,
    directory: Directory,
    seen: Seen,
    status: status::Status,
    left: Left,
    of_channels: OfChannels,
    sources: Vec<Listed>,
}

/// How many sources were made in the browser, and what is wrong with them.
fn told_of_sources(sources: &[Listed]) -> Vec<(bool, String)> {
    let mut told = Vec::new();
    let made = || sources.iter().filter(|source| !source.is_configured && source.is_live());
    let n = made().count();
    if n > 0 {
        told.push((true, format!("{n} made in the browser")));
    }
    for Listed { name, adapter, .. } in made().filter(|s| adapters::find(&s.adapter).is_none()) {
        told.push((false, format!("{name}: this version has no adapter \"{adapter}\"")));
    }
    for Listed { name, .. } in sources.iter().filter(|source| source.is_twice()) {
        let what = "is in the configuration, which counts, and was made in the browser as well; take it out of the configuration, or end on its page what was made";
        told.push((false, format!("{name}: {what}")));
    }
    told
}

/// What the database said of channels.
struct OfChannels {
    ended: Vec<(String, DateTime<Utc>)>,
    dead: Vec<(String, i64)>,
}

/// Of each channel what is to be put right.
fn told_of_channels(
    config: &Config,
    of_channels: &OfChannels,
    directory: &Directory,
) -> Vec<(bool, String)> {
    let mut told = Vec::new();
    for (name, at) in &of_channels.ended {
        let day = at.format("%Y-%m-%d");
        told.push((false, format!("{name}: its receiver said on {day} that it is gone for good (410), and nothing is sent there; mend it, then run \"aterkom channels resume {name}\"")));
    }
    for (name, n) in &of_channels.dead {
        told.push((false, format!("{name}: {n} messages never arrived; \"aterkom channels resume {name}\" sends again what is not over")));
    }
    for keys in &config.channels {
        let there = |name: &str| directory.units().iter().any(|u| u.active && u.name == name);
        for unit in keys.units.iter().filter(|unit| !there(unit)) {
            told.push((
                false,
                format!("{}: there is no unit \"{unit}\" in the people file", keys.name),
            ));
        }
    }
    told
}

async fn database(config: &Config, sources: &Sources) -> anyhow::Result<Found> {
    let store = parts::open(config).await?;
    store.probe().await?;
    let tx = store.read().await?;
    let now = Clock::system().now();
    let today = parts::calendar(config).local_date(now);
    let directory = store::people::directory(&tx, today).await?;
    let found = Found {
        today,
        seen: store::health::seen(&tx, &directory, &parts::policy(config)?, now).await?,
        directory,
        status: status::count(&tx).await?,
        left: rotation::left(&tx).await?,
        of_channels: OfChannels {
            ended: store::channels::list_ended(&tx).await?,
            dead: store::channels::count_dead(&tx).await?,
        },
        sources: sources.asked().list(&tx).await?,
    };
    tx.commit().await?;
    store.close().await?;
    Ok(found)
}
