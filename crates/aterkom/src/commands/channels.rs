//! `aterkom channels`: try one out, and take one up again whose receiver was gone.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use clock::Clock;
use notifier::channels::Answer;
use store::channels;

/// What can be done with channels.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Send a test message to a channel now, and say what its receiver answered
    Test {
        /// As it is named in the configuration
        name: String,
    },
    /// Take up a channel again that its receiver has ended (410), and send what died on the way there
    Resume {
        /// As it is named in the configuration
        name: String,
    },
}

/// Does it.
///
/// # Errors
/// [`WrongUse`] for a channel that is not configured; what is wrong with configuration or database.
pub async fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    match command {
        Command::Test { name } => test(name, config).await,
        Command::Resume { name } => resume(name, config).await,
    }
}

async fn test(name: &str, config: &Config) -> anyhow::Result<Ended> {
    let channels = parts::channels(config, &parts::texts(config)?)?;
    let destination = channels.find(name).ok_or_else(|| unknown(name, &channels.names()))?;
    let clock = Clock::system();
    let now = clock.now();
    let body = destination.test_body(&parts::public_url(config), now);
    let id = clock.new_id();
    match channels.hand_over(&destination.way, id, body, now).await {
        Answer::Taken => {
            println!("the receiver of {name} has taken the test message {id}");
            Ok(Ended::Well)
        }
        Answer::Gone => {
            println!(
                "the receiver of {name} says that it is gone for good (410); write another address, or mend it"
            );
            Ok(Ended::Failed)
        }
        Answer::NotNow { error, .. } => {
            println!("{name}: {error}");
            Ok(Ended::Failed)
        }
    }
}

async fn resume(name: &str, config: &Config) -> anyhow::Result<Ended> {
    let names: Vec<&str> = config.channels.iter().map(|keys| keys.name.as_str()).collect();
    if !names.contains(&name) {
        return Err(unknown(name, &names).into());
    }
    let store = parts::open(config).await?;
    let tx = store.begin().await?;
    let again = channels::resume(&tx, name, Clock::system().now()).await?;
    tx.commit().await?;
    store.close().await?;
    println!("{name} is told again; {again} messages that were dead are sent again");
    Ok(Ended::Well)
}

fn unknown(name: &str, names: &[&str]) -> WrongUse {
    let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
    WrongUse(format!("there is no channel \"{name}\" in the configuration; there are: {there}"))
}
