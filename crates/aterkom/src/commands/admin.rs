//! `aterkom admin invite`: makes somebody an administrator, and prints the first link to sign in by.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use clock::Clock;
use domain::ids::AccountId;
use domain::sign_in::LINK_LASTS;
use store::token::Token;
use store::{Store, accounts, sign_in_links};

/// What `admin` can be told.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make somebody an administrator, and print a link to sign in by
    Invite(Invite),
}

/// What `admin invite` can be told.
#[derive(Debug, clap::Args)]
pub struct Invite {
    /// The administrator's mail address; later links are mailed to it
    #[arg(value_name = "ADDRESS")]
    address: String,
}

/// Does it. Safe while `serve` runs.
///
/// # Errors
/// [`WrongUse`] for what is no mail address; what is wrong with the database.
pub async fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    let Command::Invite(invite) = command;
    let address = invite.address.trim();
    if !parts::is_address(address) {
        let wrong =
            format!("\"{address}\" is not a mail address; write for example name@kommun.se");
        return Err(WrongUse(wrong).into());
    }
    let store = parts::open(config).await?;
    let link = link(&store, &Clock::system(), address, true).await?;
    store.close().await?;
    println!(
        "{address} is an administrator. Open this link within {} minutes; it works once:",
        LINK_LASTS.num_minutes()
    );
    println!();
    println!("{}{link}", parts::public_url(config));
    Ok(Ended::Well)
}

/// The path of a link that signs this address in once.
///
/// # Errors
/// What is wrong with the database.
pub async fn link(
    store: &Store,
    clock: &Clock,
    address: &str,
    administrator: bool,
) -> anyhow::Result<String> {
    let token = Token::random()?;
    let now = clock.now();
    let tx = store.begin().await?;
    let account = accounts::keep(&tx, address, AccountId(clock.new_id()), now).await?;
    if administrator {
        accounts::make_administrator(&tx, account.id).await?;
    }
    sign_in_links::make(&tx, account.id, token.hash(), clock.new_id(), now).await?;
    tx.commit().await?;
    Ok(format!("/sign-in/{}", token.expose()))
}
