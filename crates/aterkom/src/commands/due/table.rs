//! A table of moments in, a table of last days out; each row may bring a calendar of its own.

use crate::commands::WrongUse;
use crate::config::Config;
use crate::parts;
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat};
use serde::Deserialize;
use std::io::{Read, Write};
use workalendar::WorkCalendar;

/// One row; columns that are not here are passed over.
#[derive(Deserialize)]
struct Row {
    case: String,
    received_at: String,
    working_days: Option<u32>,
    closing: Option<String>,
    /// `open`: midsummer's, Christmas and New Year's Eve are working days.
    eves: Option<String>,
    /// Dates, separated by spaces.
    extra_closed: Option<String>,
    /// `date=HH:MM`, separated by spaces.
    early_closing: Option<String>,
}

pub(super) fn run(input: impl Read, output: impl Write, config: &Config) -> anyhow::Result<()> {
    let mut reader = csv::Reader::from_reader(input);
    let mut writer = csv::Writer::from_writer(output);
    writer.write_record(["case", "due_on", "due_at"])?;
    for (i, row) in reader.deserialize::<Row>().enumerate() {
        let row = row.map_err(|e| WrongUse(format!("the table on standard input: {e}")))?;
        let due = due(&row, config)
            .map_err(|what| WrongUse(format!("line {}, case {}: {what}", i + 2, row.case)))?;
        let (due_on, due_at) = due;
        writer.write_record([&row.case, &due_on, &due_at])?;
    }
    writer.flush()?;
    Ok(())
}

fn due(row: &Row, config: &Config) -> Result<(String, String), String> {
    let calendar = calendar(row, parts::calendar(config))?;
    let received = DateTime::parse_from_rfc3339(&row.received_at)
        .map_err(|_| "received_at is not a moment; write for example 2026-12-23T15:00:00+01:00")?;
    let days = row.working_days.unwrap_or(config.policy.working_days);
    let due = calendar.due(received.to_utc(), days).map_err(|e| e.to_string())?;
    let due_at = due.due_at.with_timezone(&calendar.zone());
    Ok((due.due_on.to_string(), due_at.to_rfc3339_opts(SecondsFormat::Secs, false)))
}

fn calendar(row: &Row, mut calendar: WorkCalendar) -> Result<WorkCalendar, String> {
    let words = |text: &Option<String>| -> Vec<String> {
        text.iter().flat_map(|t| t.split_whitespace()).map(str::to_owned).collect()
    };
    if let Some(closing) = row.closing.as_deref().filter(|c| !c.is_empty()) {
        calendar = calendar.with_closing(time(closing)?);
    }
    if row.eves.as_deref() == Some("open") {
        calendar = calendar.with_eves_open();
    }
    for day in words(&row.extra_closed) {
        calendar = calendar.with_closed(date(&day)?, "closed");
    }
    for early in words(&row.early_closing) {
        let (day, closing) = early.split_once('=').ok_or("early_closing is not date=HH:MM")?;
        calendar = calendar.with_early_closing(date(day)?, time(closing)?);
    }
    Ok(calendar)
}

fn date(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| format!("\"{text}\" is not a date; write for example 2026-12-28"))
}

fn time(text: &str) -> Result<NaiveTime, String> {
    NaiveTime::parse_from_str(text, "%H:%M")
        .map_err(|_| format!("\"{text}\" is not a time of day; write for example 17:00"))
}
