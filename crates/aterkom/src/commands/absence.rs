//! `aterkom absence import FILE.csv`: who is away, from the staff system; all of it or nothing.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use clock::Clock;
use domain::absences::{self as rules, Change, File, Origin};
use domain::directory::{Absence, Directory};
use domain::ids::EmployeeId;
use std::path::PathBuf;
use store::{Store, absences, people};

/// What can be done with absences.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Make the absences of one origin what a file says; the file is described in docs/absence.md
    Import {
        /// The file, CSV in UTF-8
        file: PathBuf,
        /// What the file comes from; what other origins say, or people entered, stays as it is
        #[arg(long, default_value = "file", value_name = "NAME")]
        origin: String,
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
    let Command::Import { file, origin, dry_run } = command;
    let name = file.display().to_string();
    let bytes = std::fs::read(file).map_err(|e| WrongUse(format!("{name} cannot be read: {e}")))?;
    let origin = origin_named(origin)?;
    let (store, clock) = (parts::open(config).await?, Clock::system());
    let import = Import { name: &name, bytes: &bytes, origin: &origin, dry_run: *dry_run };
    for line in import.run(&store, &clock, config).await? {
        println!("{line}");
    }
    Ok(Ended::Well)
}

/// A name as one writes them in the configuration.
///
/// # Errors
/// [`WrongUse`] for anything else.
pub fn origin_named(name: &str) -> Result<Origin, WrongUse> {
    let fit = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > 40 || !name.chars().all(fit) {
        return Err(WrongUse("write --origin as a name of a-z, 0-9 and -".to_owned()));
    }
    Ok(Origin::File(name.to_owned()))
}

/// One import.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The file's, for messages.
    pub name: &'a str,
    pub bytes: &'a [u8],
    pub origin: &'a Origin,
    pub dry_run: bool,
}

impl Import<'_> {
    /// Makes the absences of the origin what the file says, in one transaction; tells what changes.
    ///
    /// # Errors
    /// [`WrongUse`] with every line that is wrong; what is wrong with the database. Then nothing has changed.
    pub async fn run(
        self,
        store: &Store,
        clock: &Clock,
        config: &Config,
    ) -> anyhow::Result<Vec<String>> {
        let now = clock.now();
        let today = parts::calendar(config).local_date(now);
        let tx = store.begin().await?;
        let directory = people::directory(&tx, today).await?;
        let file = rules::read(self.bytes, &directory, today).map_err(|errors| {
            let lines: Vec<String> =
                errors.iter().map(|e| format!("  {}: {e}", self.name)).collect();
            WrongUse(format!(
                "nothing was imported; {} to mend:\n{}",
                lines.len(),
                lines.join("\n")
            ))
        })?;
        let known = absences::list_of(&tx, self.origin, today).await?;
        let changes = rules::reconcile(&file.absences, &known, today);
        if self.dry_run {
            tx.rollback().await?;
        } else {
            absences::apply(&tx, &changes, self.origin, now, &mut || clock.new_id()).await?;
            tx.commit().await?;
        }
        let mut told: Vec<String> = changes.iter().map(|c| describe(c, &directory)).collect();
        told.sort();
        told.push(summary(&file, changes.len(), self.dry_run));
        Ok(told)
    }
}

fn describe(change: &Change, directory: &Directory) -> String {
    let who = |id: EmployeeId| directory.employee(id).map_or("?", |e| e.email.as_str());
    let said = |absence: &Absence| {
        let with = absence.substitute.map(|id| format!(", substitute {}", who(id)));
        let (from, to) = (absence.from, absence.to);
        format!("{} {from} to {to}{}", who(absence.employee), with.unwrap_or_default())
    };
    match change {
        Change::Enter(absence) => format!("away     {}", said(absence)),
        Change::TakeBack { absence, rest: Some(rest), .. } => {
            format!("back     {}, was away until {}", said(absence), rest.to)
        }
        Change::TakeBack { absence, rest: None, .. } => format!("not away {}", said(absence)),
    }
}

fn summary(file: &File, changes: usize, dry_run: bool) -> String {
    let done = if dry_run { "; nothing was done (dry run)" } else { ", done" };
    let mut passed = String::new();
    if file.over > 0 {
        passed.push_str(&format!("; {} rows are over", file.over));
    }
    if file.not_yet > 0 {
        passed.push_str(&format!("; {} rows begin in more than 400 days", file.not_yet));
    }
    format!("{} absences, {changes} changes{passed}{done}", file.absences.len())
}
