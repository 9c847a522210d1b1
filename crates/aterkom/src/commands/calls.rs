//! `aterkom calls import FILE --source NAME`: what a PBX kept of calls while Återkom did not hear of them.

use super::{Ended, WrongUse, sources};
use crate::app::App;
use crate::config::Config;
use crate::logging;
use chrono::{DateTime, Days, NaiveDate, Utc};
use clock::Clock;
use domain::ids::SourceName;
use indicatif::{ProgressBar, ProgressStyle};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;
use webhook_receiver::filling::Filled;
use webhook_receiver::records::{self, Asked, RecordedCall, Rows};
use webhook_receiver::source::Source;

/// So many calls go in one transaction.
const BATCH: usize = 100;
/// So far back a file is read, unless another day is named: what is older is not a gap but a history.
const DAYS: u64 = 14;
/// So many rows that cannot be read are told one by one.
const TOLD: usize = 20;

/// What can be done with calls.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Fill a gap from a file of calls; docs/import.md says which files
    Import(Import),
}

/// What to import.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// The file, CSV in UTF-8
    file: PathBuf,
    /// The source whose calls these are
    #[arg(long, value_name = "NAME")]
    source: String,
    /// Which of the PBX's files it is, where that is not clear: cdr or cel
    #[arg(long, value_name = "FILE")]
    format: Option<String>,
    /// The names of the columns, where the file has no head, with commas between
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,
    /// From this day on; else the last 14 days
    #[arg(long, value_name = "DAY")]
    from: Option<NaiveDate>,
    /// Until this day, and with it; else until now
    #[arg(long, value_name = "DAY")]
    until: Option<NaiveDate>,
    /// Only say what would be added
    #[arg(long)]
    dry_run: bool,
}

/// What came of an import.
#[derive(Debug)]
pub struct Imported {
    pub rows: Rows,
    pub calls: usize,
    pub filled: Filled,
}

/// Imports.
///
/// # Errors
/// [`WrongUse`] for a file, a source or a day that cannot be; what is wrong with the database.
pub async fn run(command: &Command, config: &Config) -> anyhow::Result<Ended> {
    let Command::Import(import) = command;
    logging::start(config)?;
    let name = import.file.display();
    let bytes =
        std::fs::read(&import.file).map_err(|e| WrongUse(format!("{name} cannot be read: {e}")))?;
    let app = App::build(config, Clock::system()).await?;
    let imported = import.fill(&app, &bytes).await?;
    print!("{}", told(&imported, import, &days(import, &app)?));
    Ok(if imported.rows.unread.is_empty() { Ended::Well } else { Ended::Failed })
}

impl Import {
    /// The whole of `source`'s file; nothing besides.
    pub fn of(source: &str) -> Self {
        Self {
            file: PathBuf::new(),
            source: source.to_owned(),
            format: None,
            columns: Vec::new(),
            from: None,
            until: None,
            dry_run: false,
        }
    }

    /// Reads the file, keeps what is new in it and settles that. Safe while `serve` runs.
    ///
    /// # Errors
    /// As [`run`].
    pub async fn fill(&self, app: &App, bytes: &[u8]) -> anyhow::Result<Imported> {
        let source = source(app, &self.source)?;
        let asked = Asked { file: self.format.clone(), columns: self.columns.clone() };
        let about = days(self, app)?;
        let mut rows = records::read(bytes, &asked, &source, about, app.clock.now())
            .map_err(|not| WrongUse(format!("{}: {not}", self.file.display())))?;
        let calls = records::calls(std::mem::take(&mut rows.facts));
        let filled = fill(app, &source.name, &calls, self.dry_run).await?;
        Ok(Imported { rows, calls: calls.len(), filled })
    }
}

async fn fill(
    app: &App,
    source: &SourceName,
    calls: &[RecordedCall],
    dry_run: bool,
) -> anyhow::Result<Filled> {
    // Drawn on a terminal only; in a log the last lines say it.
    let bar = ProgressBar::new(calls.len() as u64);
    bar.set_style(ProgressStyle::with_template("{bar:40} {pos} of {len} calls, {eta} left")?);
    let mut filled = Filled::default();
    for some in calls.chunks(BATCH) {
        filled = filled.and(app.receiver.fill(source, some, dry_run).await?);
        if !dry_run {
            app.scheduler.settle_all().await?;
        }
        bar.inc(some.len() as u64);
    }
    bar.finish_and_clear();
    Ok(filled)
}

fn source(app: &App, name: &str) -> Result<Arc<Source>, WrongUse> {
    let name = SourceName::new(name);
    app.receiver.sources.get(&name, app.clock.now()).ok_or_else(|| sources::unknown(&name))
}

fn days(import: &Import, app: &App) -> anyhow::Result<Range<DateTime<Utc>>> {
    let calendar = &app.scheduler.calendar;
    let today = calendar.local_date(app.clock.now());
    let wrong = |_| WrongUse("write a day of these centuries, such as 2026-11-28".to_owned());
    let from = import.from.or_else(|| today.checked_sub_days(Days::new(DAYS))).unwrap_or(today);
    let until = import.until.unwrap_or(today);
    if until < from {
        return Err(WrongUse(format!("--until {until} lies before --from {from}")).into());
    }
    let before = from.pred_opt().unwrap_or(from);
    let [from, until] =
        [calendar.end_of(before).map_err(wrong)?, calendar.end_of(until).map_err(wrong)?];
    Ok(from..until)
}

fn told(imported: &Imported, import: &Import, about: &Range<DateTime<Utc>>) -> String {
    let Imported { rows, calls, filled } = imported;
    let mut lines = Vec::from([
        format!("{}: {} rows, {calls} calls", import.source, rows.read),
        format!("  {} were known already", filled.known),
        format!(
            "  {} are new: {} not answered, {} with a message, {} answered, {} to the outside, {} that tell too little",
            filled.added(),
            filled.missed,
            filled.messages,
            filled.answered,
            filled.called,
            filled.unclear
        ),
    ]);
    if rows.left_out > 0 {
        lines.push(format!(
            "  {} rows tell nothing of calls, or of {} to {} UTC (--from, --until), and were left out",
            rows.left_out,
            about.start.format("%Y-%m-%d %H:%M"),
            about.end.format("%Y-%m-%d %H:%M")
        ));
    }
    if !rows.unread.is_empty() {
        lines.push(format!("  {} rows could not be read:", rows.unread.len()));
        let rest = rows.unread.len().saturating_sub(TOLD);
        lines.extend(
            rows.unread.iter().take(TOLD).map(|(line, why)| format!("    line {line}: {why}")),
        );
        lines.extend((rest > 0).then(|| format!("    and {rest} more")));
    }
    if import.dry_run {
        lines.push("nothing was done (dry run)".to_owned());
    }
    lines.join("\n") + "\n"
}
