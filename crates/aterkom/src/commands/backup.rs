//! `aterkom backup`: the whole database in one file, as it was at one moment, while `serve` goes on. How to restore it is in
//! `docs/backup.md`.

mod pg_dump;

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use anyhow::Context;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use store::backup::copy_sqlite;

/// What `backup` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The file to write; it must not be there yet
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Writes the backup: readable by its owner alone, and on the disk when this returns.
///
/// # Errors
/// [`WrongUse`] for a file that is there already, or cannot be made; what the database, or `pg_dump`, refuses.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    let url = parts::storage_url(config)?;
    let place = Place::reserve(&arguments.file)?;
    match url.split_once(':') {
        Some(("sqlite", path)) => {
            let path = Path::new(path.trim_start_matches("//"));
            copy_sqlite(path, &place.unfinished)
                .await
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
        Some(_) | None => pg_dump::write(&url, &place.unfinished)?,
    }
    let bytes = place.finish().context("the backup cannot be kept")?;
    println!("{}: {bytes} bytes", arguments.file.display());
    Ok(Ended::Well)
}

/// Where a backup is to be. What is written beside it gets its name only when it is whole, so that nobody who finds the
/// name finds half a backup; dropped before, everything is gone again.
struct Place {
    file: PathBuf,
    unfinished: PathBuf,
    is_whole: bool,
}

impl Place {
    fn reserve(file: &Path) -> Result<Self, WrongUse> {
        let mut unfinished = file.as_os_str().to_owned();
        unfinished.push(".unfinished");
        let unfinished = PathBuf::from(unfinished);
        make(file)?;
        let place = Self { file: file.to_owned(), unfinished, is_whole: false };
        make(&place.unfinished)?;
        Ok(place)
    }

    /// Says how many bytes it has.
    fn finish(mut self) -> io::Result<u64> {
        let written = File::open(&self.unfinished)?;
        written.sync_all()?;
        fs::rename(&self.unfinished, &self.file)?;
        self.is_whole = true;
        // The name must survive a power cut, too.
        let folder = self.file.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        Ok(written.metadata()?.len())
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if !self.is_whole {
            let _ = fs::remove_file(&self.unfinished);
            let _ = fs::remove_file(&self.file);
        }
    }
}

/// An empty file that only its owner may read: it will hold numbers.
fn make(file: &Path) -> Result<(), WrongUse> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    made.map(|_| ()).map_err(|error| {
        let file = file.display();
        WrongUse(match error.kind() {
            io::ErrorKind::AlreadyExists => {
                format!(
                    "{file} is there already, and a backup overwrites nothing; choose another name"
                )
            }
            _ => format!("{file} cannot be written ({error}); choose another place"),
        })
    })
}
