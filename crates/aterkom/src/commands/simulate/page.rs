//! For the terminal: a part for each behaviour, a column for each policy.

use super::Simulated;
use super::lines::{behaviour, caution, lines, variant};
use std::fmt::Write as _;
use workalendar::{Language, format_day};

/// A column is as wide as the widest value.
const LABEL: usize = 40;
const COLUMN: usize = 34;

pub(super) fn write(simulated: &Simulated, organisation: &str, language: Language) -> String {
    let mut text = format!("{}\n", heading(simulated, organisation, language));
    let _ = writeln!(text, "{}", caution(simulated.is_invented, language));
    let runs = simulated.variants.first().map_or(0, |v| v.runs.len());
    for n in 0..runs {
        let name = simulated.variants[0].runs[n].behaviour;
        let _ = writeln!(text, "\n{}", behaviour(name, language));
        let names = simulated.variants.iter().map(|v| variant(&v.name, language));
        row(&mut text, "", names);
        for line in lines(language) {
            let values = simulated.variants.iter().map(|v| (line.of)(&v.runs[n].tally, language));
            row(&mut text, line.label, values);
        }
    }
    text
}

pub(super) fn heading(simulated: &Simulated, organisation: &str, language: Language) -> String {
    use chrono::Datelike;
    let Simulated { employees, calls, first, days, seed, .. } = simulated;
    let first = format!("{} {}", format_day(*first, language), first.year());
    let of = if organisation.is_empty() { String::new() } else { format!(" – {organisation}") };
    match language {
        Language::Swedish => format!(
            "Simulering{of}: {employees} medarbetare, {calls} samtal, {days} dagar från {first} (frö {seed})"
        ),
        Language::English => format!(
            "Simulation{of}: {employees} employees, {calls} calls, {days} days from {first} (seed {seed})"
        ),
    }
}

fn row(text: &mut String, label: &str, values: impl Iterator<Item = String>) {
    let mut line = format!("  {label:LABEL$}");
    for value in values {
        let _ = write!(line, "{value:COLUMN$}  ");
    }
    let _ = writeln!(text, "{}", line.trim_end());
}
