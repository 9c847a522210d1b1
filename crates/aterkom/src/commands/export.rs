//! `aterkom export`: a list of callbacks for whoever asks for public records, with columns for the secrecy review. In the
//! language that it is asked in and reviewed in.

use super::{Ended, WrongUse};
use crate::config::Config;
use crate::parts;
use anyhow::Context;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::callback::{Callback, Disposition, State, Withdrawal};
use domain::directory::Directory;
use domain::ids::CallerId;
use domain::party::Party;
use std::collections::HashMap;
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::PathBuf;
use store::{callbacks, callers, people};

const PAGE: u64 = 500;
const COLUMNS: [&str; 10] = [
    "referens",
    "öppnad",
    "enhet",
    "slag",
    "senast",
    "första försök",
    "klar",
    "avslut",
    "sekretess",
    "anmärkning",
];

/// What `export` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The first day of opening
    #[arg(long, value_name = "DATE")]
    from: Option<NaiveDate>,
    /// The last day of opening
    #[arg(long, value_name = "DATE")]
    until: Option<NaiveDate>,
    /// Also the callers' numbers and names, where they are still kept; never of a protected line
    #[arg(long)]
    with_callers: bool,
    /// The file to write; it must not be there yet. Without it, on standard output
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
}

/// Writes the list.
///
/// # Errors
/// [`WrongUse`] for a file that is there already, or cannot be made; what is wrong with the database.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    let calendar = parts::calendar(config);
    let begin = |day: NaiveDate| {
        let at = calendar.at(day, NaiveTime::MIN);
        at.map_err(|_| WrongUse(format!("{day} is too far away; write a date of this century")))
    };
    let from = arguments.from.map(begin).transpose()?.unwrap_or(DateTime::UNIX_EPOCH);
    let until = arguments.until.and_then(|day| day.succ_opt()).map(begin).transpose()?;
    let until = until.unwrap_or(DateTime::<Utc>::MAX_UTC);
    let until = until.min(FAR.parse().unwrap_or(until));
    let mut writer = csv::Writer::from_writer(output(arguments)?);
    let callers = ["nummer", "namn"].into_iter().filter(|_| arguments.with_callers);
    writer.write_record(COLUMNS.into_iter().chain(callers))?;
    let store = parts::open(config).await?;
    let tx = store.read().await?;
    let directory =
        people::directory(&tx, calendar.local_date(clock::Clock::system().now())).await?;
    let (mut after, mut written) = (None, 0_u64);
    loop {
        let page = callbacks::list_opened(&tx, (from, until), after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        let ids: Vec<CallerId> = page.iter().filter_map(|callback| callback.caller).collect();
        let parties = match arguments.with_callers {
            true => Some(callers::list(&tx, &ids).await?),
            false => None,
        };
        for callback in &page {
            let cells = cells(callback, &directory, config, parties.as_ref());
            writer.write_record(cells.into_iter().map(harmless))?;
            written += 1;
        }
    }
    tx.commit().await?;
    store.close().await?;
    writer.flush().context("the list cannot be written")?;
    if let Some(file) = &arguments.file {
        println!("{}: {written} callbacks", file.display());
    }
    Ok(Ended::Well)
}

/// No database asks what comes after this.
const FAR: &str = "9000-01-01T00:00:00Z";

fn output(arguments: &Arguments) -> Result<Box<dyn Write>, WrongUse> {
    let Some(file) = &arguments.file else { return Ok(Box::new(std::io::stdout())) };
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    let made = made.map_err(|error| {
        let file = file.display();
        WrongUse(match error.kind() {
            ErrorKind::AlreadyExists => {
                format!(
                    "{file} is there already, and a list overwrites nothing; choose another name"
                )
            }
            _ => format!("{file} cannot be written ({error}); choose another place"),
        })
    })?;
    Ok(Box::new(made))
}

fn cells(
    callback: &Callback,
    directory: &Directory,
    config: &Config,
    parties: Option<&HashMap<CallerId, Party>>,
) -> Vec<String> {
    let zone = config.organisation.zone;
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).format("%Y-%m-%d %H:%M").to_string();
    let unit = callback.unit.and_then(|id| directory.unit(id)).map(|unit| unit.name.clone());
    let (ended, how) = end(&callback.state);
    let is_protected = directory.is_protected(callback);
    let mut cells = Vec::from([
        callback.reference(zone),
        local(callback.opened_at),
        unit.unwrap_or_default(),
        if callback.has_message() { "meddelande" } else { "missat samtal" }.to_owned(),
        callback.due.as_ref().map(|due| due.due_on.to_string()).unwrap_or_default(),
        callback.first_attempt_at().map(local).unwrap_or_default(),
        ended.map(local).unwrap_or_default(),
        how.to_owned(),
        // Whoever reviews it sees at once where most care is due (R36).
        if is_protected { "skyddat nummer" } else { "" }.to_owned(),
        String::new(),
    ]);
    if let Some(parties) = parties {
        let party = callback.caller.filter(|_| !is_protected).and_then(|id| parties.get(&id));
        let number = party.map(|p| p.number.as_ref().map_or(p.text.clone(), |n| n.written()));
        cells.push(number.unwrap_or_default());
        cells.push(party.and_then(|p| p.name.clone()).unwrap_or_default());
    }
    cells
}

fn end(state: &State) -> (Option<DateTime<Utc>>, &'static str) {
    match state {
        State::Open => (None, ""),
        State::Provisional { disposition, at, .. } | State::Resolved { disposition, at, .. } => {
            (Some(*at), disposed(*disposition))
        }
        State::Withdrawn { at, why } => (
            Some(*at),
            match why {
                Withdrawal::Contradicted => "återtagen: växeln rättade sig",
                Withdrawal::JoinedTo(_) => "återtagen: fortsatte i en annan",
                Withdrawal::Lapsed => "utan löfte, togs bort ur listan",
            },
        ),
    }
}

/// As on the pages.
fn disposed(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Reached => "nådd",
        Disposition::ReachedByPbx => "nådd, enligt växeln",
        Disposition::Emailed => "svar mejlat",
        Disposition::CallerReachedUs => "personen nådde oss",
        Disposition::HandledByColleague => "en kollega har svarat",
        Disposition::NotReachable => "gick inte att nå",
        Disposition::NoContactDetails => "gick inte att ringa upp",
        Disposition::NotARequest => "inget att svara på",
    }
}

/// A spreadsheet takes what begins so for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+46701740605", "-1", "@SUM(A1)", "\t=1"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(harmless("070-174 06 05".to_owned()), "070-174 06 05");
    }
}
