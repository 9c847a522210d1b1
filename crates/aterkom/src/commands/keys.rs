//! `aterkom keys`: make a key; write everything anew with the first one.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use store::keys::Key;
use store::rotation::{Left, left, rotate};

/// What can be done with keys.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make a key, in a file that only its owner can read
    New {
        /// The file to write; it must not be there yet
        file: PathBuf,
    },
    /// Write everything anew with the first key of encryption.key_files, while `serve` runs; may be stopped and begun again
    Rotate,
}

/// Makes a key file. What is there is never overwritten: it may be the only copy of a key.
///
/// # Errors
/// [`WrongUse`] for a file that is there already, or cannot be made.
pub fn new(file: &Path) -> anyhow::Result<Ended> {
    let text = Key::make()?;
    let id = Key::read(&text)?.id();
    let name = file.display();
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let mut made = made.map_err(|error| {
        WrongUse(match error.kind() {
            ErrorKind::AlreadyExists => {
                format!(
                    "{name} is there already, and a key overwrites nothing; choose another name"
                )
            }
            _ => format!("{name} cannot be written ({error}); choose another place"),
        })
    })?;
    let about = "# A key of an Återkom installation. Without it the database cannot be opened: keep a copy elsewhere.\n";
    let written = made
        .write_all([about.as_bytes(), text.as_bytes()].concat().as_slice())
        .and_then(|()| made.sync_all());
    if let Err(error) = written {
        let _ = std::fs::remove_file(file);
        return Err(WrongUse(format!("{name} cannot be written ({error})")).into());
    }
    // The name must survive a power cut, too.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    println!("{name}: key {id}");
    println!(
        "Keep a copy elsewhere, apart from the backups: without it the database cannot be opened."
    );
    println!(
        "Then name it first in encryption.key_files, restart, and run \"aterkom keys rotate\"."
    );
    Ok(Ended::Well)
}

/// Does what is asked for.
///
/// # Errors
/// [`WrongUse`] without a key; what is wrong with the database.
pub async fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    let file = match command {
        Command::New { file } => return new(file),
        Command::Rotate => config.encryption.key_files.first(),
    };
    let Some(file) = file else {
        let what = "there is no key; make one with \"aterkom keys new FILE\" and name it in encryption.key_files";
        return Err(WrongUse(what.to_owned()).into());
    };
    let store = parts::open(config).await?;
    let tx = store.read().await?;
    let before = left(&tx).await?;
    tx.commit().await?;
    let bar = indicatif::ProgressBar::new(before.clear + before.older);
    let written = rotate(&store, |written| bar.set_position(written)).await?;
    bar.finish_and_clear();
    // What was in clear is still in free pages, and in the log.
    let swept = store.sweep(before.clear > 0).await?;
    let tx = store.read().await?;
    let after = left(&tx).await?;
    tx.commit().await?;
    store.close().await?;
    println!("{written} rows were written anew with the key of {file}");
    if !swept {
        println!(
            "The log of the database still holds what was there before: run this again in a while."
        );
    }
    if after != Left::default() {
        let Left { clear, older } = after;
        println!(
            "{clear} rows are in clear and {older} of an older key: something still runs with the old configuration. Restart it, then run this again."
        );
        return Ok(Ended::Failed);
    }
    if config.encryption.key_files.len() > 1 {
        println!(
            "The other keys can be taken out of encryption.key_files; keep them as long as you keep backups from before."
        );
    }
    Ok(if swept { Ended::Well } else { Ended::Failed })
}
