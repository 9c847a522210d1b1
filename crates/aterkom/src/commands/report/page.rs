//! The report for people: a part for each unit, two columns of figures, and under it what is counted and what is not.

use super::words::{Words, words};
use super::{Report, UnitOf};
use chrono::{Datelike, NaiveDate};
use domain::callback::AgreedDays;
use domain::follow_up::{ByMessage, Excluded, Figures, Group, Period};
use std::fmt::Write as _;
use workalendar::{Language, format_day};

/// As wide as the widest label, and the first column of figures.
const LABEL: usize = 38;
const COLUMN: usize = 22;
/// A line of text is no longer.
const WIDE: usize = 84;

pub(super) fn write(report: &Report, organisation: &str, language: Language) -> String {
    let words = words(language);
    let mut text = format!("{} {}, {organisation}\n", words.title, period(report.period, language));
    let until = day(report.today, language);
    let _ = writeln!(text, "{} {until}.", words.as_of);
    if report.goes_on() {
        let _ = writeln!(text, "{}", words.goes_on);
    }
    let top = report.units.first().map_or(0, |unit| unit.report.depth);
    for unit in &report.units {
        let indent = "  ".repeat(unit.report.depth.saturating_sub(top));
        part(&mut text, unit, &indent, words, language);
    }
    text.push('\n');
    for paragraph in words.what_counts {
        folded(&mut text, paragraph);
    }
    text
}

fn part(text: &mut String, unit: &UnitOf, indent: &str, words: &Words, language: Language) {
    let signed = unit.signed_on.map(|on| format!(" ({} {})", words.signed, day(on, language)));
    let signed = signed.unwrap_or_default();
    let name = &unit.name;
    // The sum first: it is what a manager of several units answers for.
    if let Some(sum) = &unit.report.with_below {
        let heading = format!("{indent}{name}, {}{signed}", words.with_below);
        table(text, &heading, sum, words);
        let heading = format!("{indent}{name}, {}{signed}", words.itself);
        table(text, &heading, &unit.report.own, words);
    } else {
        table(text, &format!("{indent}{name}{signed}"), &unit.report.own, words);
    }
}

fn table(text: &mut String, heading: &str, groups: &ByMessage, words: &Words) {
    let _ = writeln!(text, "\n{heading}");
    let mut line = |label: &str, with: &str, without: &str| {
        let line = format!("  {label:LABEL$}{with:COLUMN$}{without}");
        let _ = writeln!(text, "{}", line.trim_end());
    };
    line("", words.with_message, words.without_message);
    let [with, without] = [&groups.with, &groups.without].map(|group| column(group, words));
    if with.is_empty() && without.is_empty() {
        let said = |group| hidden(group, words);
        line(words.counted, said(&groups.with), said(&groups.without));
        return;
    }
    for (i, label) in words.labels().iter().enumerate() {
        let cell = |column: &[String], group| match column.get(i) {
            Some(cell) => cell.clone(),
            None if i == 0 => hidden(group, words).to_owned(),
            None => String::new(),
        };
        let (with, without) = (cell(&with, &groups.with), cell(&without, &groups.without));
        // Of the reasons why something is not counted only those that there are.
        let is_there = |cell: &str| !cell.is_empty() && cell != "0";
        if i < words.reasons_from() || is_there(&with) || is_there(&without) {
            line(label, &with, &without);
        }
    }
}

/// Its figures from top to bottom; nothing where they are not shown.
fn column(group: &Group, words: &Words) -> Vec<String> {
    match group {
        Group::Nothing | Group::TooFew => Vec::new(),
        Group::Shown(figures) => figures_of(figures, words),
    }
}

fn hidden<'a>(group: &Group, words: &'a Words) -> &'a str {
    match group {
        Group::Nothing => words.nothing,
        Group::TooFew => words.too_few,
        Group::Shown(_) => "",
    }
}

fn figures_of(f: &Figures, words: &Words) -> Vec<String> {
    let share = |n: usize| share(n, f.ended, words);
    let days =
        |days: Option<u32>, none: &str| days.map_or_else(|| none.to_owned(), |d| d.to_string());
    let mut cells = Vec::from([
        f.counted.to_string(),
        f.within_time().to_string(),
        share(f.attempted.one),
        share(f.attempted.two),
        share(f.reached.one),
        share(f.reached.two),
        share(f.kept),
        share(f.late),
        share(f.closed_untried),
        share(f.resolved),
        share(f.reached_by_pbx),
        days(f.until_attempted.median, words.not_yet),
        days(f.until_attempted.ninetieth, words.not_yet),
        days(f.until_reached.median, words.not_yet),
        days(f.until_reached.ninetieth, words.not_yet),
        agreed(f.agreed, words),
        days(f.longest_open, words.none_open),
        f.excluded_in_all().to_string(),
    ]);
    let by_why = |why| f.excluded.get(&why).copied().unwrap_or_default().to_string();
    cells.extend(Excluded::ALL.map(by_why));
    cells
}

fn share(n: usize, all: usize, words: &Words) -> String {
    // Half up, so that 2 of 3 is 67 %.
    let percent = (200 * n + all) / (2 * all).max(1);
    format!("{n} {} {all} ({percent} %)", words.of)
}

fn agreed(days: AgreedDays, words: &Words) -> String {
    let [kept, broken] = [days.kept, days.broken].map(|n| n as usize);
    if kept + broken == 0 {
        return words.none_agreed.to_owned();
    }
    share(kept, kept + broken, words)
}

fn period(period: Period, language: Language) -> String {
    match period {
        Period::Year(year) => year.to_string(),
        Period::Month(month) => {
            let name = format_day(month.first(), language);
            let name = name.split(' ').next_back().unwrap_or_default();
            format!("{name} {}", month.first().year())
        }
    }
}

fn day(day: NaiveDate, language: Language) -> String {
    format!("{} {}", format_day(day, language), day.year())
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
