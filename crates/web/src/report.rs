//! The figures of a period in words, and as CSV: for a page, for print, and for `aterkom report` (R31–R33).

mod cells;

use crate::words::Words;
use chrono::{Datelike, NaiveDate};
use domain::follow_up::{ByMessage, Cell, Figures, Group, Line, Period, Waited};
use store::reports::Reported;
use workalendar::{Language, WorkCalendar, format_day};

pub use cells::{HEAD, write as csv};

/// What is told of a period.
#[derive(Debug)]
pub struct Report {
    pub period: Period,
    /// The local day that it is told on.
    pub today: NaiveDate,
    pub units: Vec<UnitOf>,
}

/// One unit of it.
#[derive(Debug)]
pub struct UnitOf {
    pub name: String,
    pub reported: Reported,
    /// The local day on which these figures were signed, if they were.
    pub signed_on: Option<NaiveDate>,
}

/// A line of a table, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    /// It is a part of the line above.
    pub is_part: bool,
    pub with_message: String,
    pub without_message: String,
}

/// What stands below every report: how it is counted.
const EXPLAINED: [&str; 7] = ["month", "shares", "days", "words", "spread", "small", "agreed"];

impl Report {
    /// Whether the period is not over.
    pub fn goes_on(&self) -> bool {
        self.today <= self.period.last()
    }
}

impl UnitOf {
    /// Of one unit, by its name.
    pub fn new(reported: Reported, name: String, calendar: &WorkCalendar) -> Self {
        let signed_on = reported.signed.as_ref().map(|signed| calendar.local_date(signed.at));
        Self { name, reported, signed_on }
    }
}

/// The words of a report in a language.
#[derive(Debug, Clone, Copy)]
pub struct Told(&'static Words);

impl Told {
    /// In this language.
    pub fn of(language: Language) -> Self {
        Self(Words::of(match language {
            Language::Swedish => domain::directory::Language::Swedish,
            Language::English => domain::directory::Language::English,
        }))
    }

    pub(crate) fn new(words: &'static Words) -> Self {
        Self(words)
    }

    pub fn title(&self) -> String {
        self.0.say("report-title")
    }

    /// A month by its name and year, or a year.
    pub fn period(&self, period: Period) -> String {
        match period {
            Period::Year(year) => year.to_string(),
            Period::Month(month) => {
                let name = format_day(month.first(), self.0.spoken());
                let name = name.split(' ').next_back().unwrap_or_default();
                format!("{name} {}", month.first().year())
            }
        }
    }

    /// Of when the figures are.
    pub fn as_of(&self, today: NaiveDate) -> String {
        self.0.with("report-as-of", [("day", self.day(today).into())])
    }

    pub fn goes_on(&self) -> String {
        self.0.say("report-goes-on")
    }

    /// That a manager signed it, and when.
    pub fn signed(&self, on: NaiveDate) -> String {
        self.0.with("report-signed", [("day", self.day(on).into())])
    }

    /// A unit with all below it.
    pub fn with_below(&self, unit: &str) -> String {
        self.0.with("report-with-below", [("unit", unit.to_owned().into())])
    }

    /// A unit without those below it.
    pub fn itself(&self, unit: &str) -> String {
        self.0.with("report-itself", [("unit", unit.to_owned().into())])
    }

    /// The heads of the two columns.
    pub fn heads(&self) -> [String; 2] {
        [self.0.say("report-with-message"), self.0.say("report-without-message")]
    }

    /// What counts, and how: a heading, then paragraphs.
    pub fn explained(&self) -> (String, Vec<String>) {
        let paragraphs = EXPLAINED.map(|what| self.0.say(&format!("report-counts-{}", what)));
        (self.0.say("report-counts"), paragraphs.to_vec())
    }

    /// All lines; of a group that is not shown only the first one says why.
    pub fn table(&self, groups: &ByMessage) -> Vec<Row> {
        let shown = [&groups.with, &groups.without].map(figures);
        let lines = Line::all().enumerate().filter(|(i, line)| {
            let any = |f: &Figures| line.of(f) != Cell::Count(0);
            let is_told = shown.iter().flatten().any(|f| any(f) || !line.may_be_left_out());
            *i == 0 || is_told
        });
        self.lines(lines.map(|(_, line)| line), groups)
    }

    /// These lines; of a group that is not shown only the first one says why.
    pub(crate) fn lines(&self, lines: impl Iterator<Item = Line>, groups: &ByMessage) -> Vec<Row> {
        lines
            .enumerate()
            .map(|(i, line)| {
                let [with_message, without_message] =
                    [&groups.with, &groups.without].map(|group| match figures(group) {
                        Some(figures) => self.cell(line.of(figures)),
                        None if i == 0 => self.hidden(group),
                        None => String::new(),
                    });
                let label = self.label(line);
                Row { label, is_part: line.is_part(), with_message, without_message }
            })
            .collect()
    }

    /// What a line is called.
    pub fn label(&self, line: Line) -> String {
        self.0.say(&format!("figure-{}", line.name()))
    }

    /// What stands in it.
    pub fn cell(&self, cell: Cell) -> String {
        let words = self.0;
        match cell {
            Cell::Count(n) => n.to_string(),
            Cell::Share { n, of } => match cell.percent() {
                Some(percent) => words.with(
                    "report-share",
                    [
                        ("n", n.to_string().into()),
                        ("of", of.to_string().into()),
                        ("percent", percent.to_string().into()),
                    ],
                ),
                None => words.say("report-none-agreed"),
            },
            Cell::Days(days) => {
                days.map_or_else(|| words.say("report-not-yet"), |days| days.to_string())
            }
            Cell::Open(days) => {
                days.map_or_else(|| words.say("report-none-open"), |days| days.to_string())
            }
        }
    }

    /// A step of the distribution of waits.
    pub(crate) fn waited(&self, step: Waited) -> String {
        self.0.say(&format!("waited-{}", step.name()))
    }

    /// Why a group has no figures.
    pub(crate) fn hidden(&self, group: &Group) -> String {
        match group {
            Group::Nothing => self.0.say("report-nothing"),
            Group::TooFew => self.0.say("report-too-few"),
            Group::Shown(_) => String::new(),
        }
    }

    fn day(&self, day: NaiveDate) -> String {
        format!("{} {}", format_day(day, self.0.spoken()), day.year())
    }
}

/// The figures of a group, where they are shown.
pub(crate) fn figures(group: &Group) -> Option<&Figures> {
    match group {
        Group::Nothing | Group::TooFew => None,
        Group::Shown(figures) => Some(figures),
    }
}
