//! `aterkom due`: when a promise made at some moment is due, and why; for one moment, or for a table on standard input.

mod table;

use super::{Ended, WrongUse, spoken};
use crate::config::Config;
use crate::parts;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use clock::Clock;
use workalendar::WorkCalendar;

const MOST_DAYS: u32 = 10_000;

/// What `due` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// When the message was left: 2026-12-23, 2026-12-23T15:00 (local), or with an offset; without it, now
    #[arg(conflicts_with = "csv")]
    left: Option<String>,
    /// Working days; without it, those of the policy
    #[arg(long, value_name = "N")]
    days: Option<u32>,
    /// The language of the explanation: sv or en
    #[arg(long, value_name = "LANGUAGE", default_value = "sv")]
    lang: String,
    /// Read a table on standard input (case, received_at, working_days, closing, eves, extra_closed, early_closing) and write case,due_on,due_at
    #[arg(long)]
    csv: bool,
}

/// Says it.
///
/// # Errors
/// [`WrongUse`] for what is no moment or no table.
pub fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    if arguments.csv {
        table::run(std::io::stdin().lock(), std::io::stdout().lock(), config)?;
        return Ok(Ended::Well);
    }
    let calendar = parts::calendar(config);
    let left = match &arguments.left {
        Some(text) => moment(text, &calendar)?,
        None => Clock::system().now(),
    };
    let language = spoken(&arguments.lang)?;
    let days = arguments.days.unwrap_or(config.policy.working_days);
    let due = calendar.due(left, days).map_err(|_| {
        WrongUse(format!(
            "{days} working days from {left} cannot be told: {MOST_DAYS} are the most, and from the first change of the clock in 2100 on no offset is known"
        ))
    })?;
    println!("{}", due.due_at.with_timezone(&calendar.zone()).to_rfc3339());
    println!("{}", due.explain(language));
    Ok(Ended::Well)
}

/// A moment as people write it; without an offset it is local.
fn moment(text: &str, calendar: &WorkCalendar) -> Result<DateTime<Utc>, WrongUse> {
    let wrong =
        || WrongUse(format!("\"{text}\" is not a moment; write for example 2026-12-23T15:00"));
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Ok(at.to_utc());
    }
    let formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"];
    let local = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let midnight = || NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0);
    let local = local.or_else(midnight).ok_or_else(wrong)?;
    calendar.at(local.date(), local.time()).map_err(|_| {
        WrongUse(format!("\"{text}\" cannot be told: from the first change of the clock in 2100 on no offset is known"))
    })
}
