//! The report for a terminal: a part for each unit, two columns of figures, and under it what is counted and what is not.

use domain::follow_up::ByMessage;
use std::fmt::Write as _;
use web::report::{Report, Told, UnitOf};
use workalendar::Language;

/// As wide as the widest label, and the first column of figures.
const LABEL: usize = 38;
const COLUMN: usize = 22;
/// A line of text is no longer.
const WIDE: usize = 84;

pub(super) fn write(report: &Report, organisation: &str, language: Language) -> String {
    let told = Told::of(language);
    let mut text = format!("{} {}, {organisation}\n", told.title(), told.period(report.period));
    let _ = writeln!(text, "{}", told.as_of(report.today));
    if report.goes_on() {
        let _ = writeln!(text, "{}", told.goes_on());
    }
    let top = report.units.first().map_or(0, |unit| unit.reported.figures.depth);
    for unit in &report.units {
        let indent = "  ".repeat(unit.reported.figures.depth.saturating_sub(top));
        part(&mut text, unit, &indent, told);
    }
    text.push('\n');
    let (heading, paragraphs) = told.explained();
    for paragraph in [heading].iter().chain(&paragraphs) {
        folded(&mut text, paragraph);
    }
    text
}

fn part(text: &mut String, unit: &UnitOf, indent: &str, told: Told) {
    let signed = unit.signed_on.map(|on| format!(" ({})", told.signed(on)));
    let signed = signed.unwrap_or_default();
    let (name, figures) = (&unit.name, &unit.reported.figures);
    // The sum first: it is what a manager of several units answers for.
    if let Some(sum) = &figures.with_below {
        table(text, &format!("{indent}{}{signed}", told.with_below(name)), sum, told);
        table(text, &format!("{indent}{}{signed}", told.itself(name)), &figures.own, told);
    } else {
        table(text, &format!("{indent}{name}{signed}"), &figures.own, told);
    }
}

fn table(text: &mut String, heading: &str, groups: &ByMessage, told: Told) {
    let _ = writeln!(text, "\n{heading}");
    let mut line = |label: &str, with: &str, without: &str| {
        let line = format!("  {label:LABEL$}{with:COLUMN$}{without}");
        let _ = writeln!(text, "{}", line.trim_end());
    };
    let [with, without] = told.heads();
    line("", &with, &without);
    for row in told.table(groups) {
        let indent = if row.is_part { "  " } else { "" };
        line(&format!("{indent}{}", row.label), &row.with_message, &row.without_message);
    }
}

fn folded(text: &mut String, paragraph: &str) {
    let mut wide = 0;
    for word in paragraph.split(' ') {
        let width = word.chars().count();
        if wide > 0 && wide + 1 + width > WIDE {
            text.push('\n');
            wide = 0;
        }
        if wide > 0 {
            text.push(' ');
            wide += 1;
        }
        text.push_str(word);
        wide += width;
    }
    text.push('\n');
}
