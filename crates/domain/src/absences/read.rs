//! A file of absences: one row an absence, everything that is wrong told at once, by line.

use super::LONGEST_KEPT;
use crate::directory::{Absence, Directory, FARTHEST_ABSENCE};
use crate::ids::EmployeeId;
use crate::people::LineError;
use crate::spreadsheet::{self, NotUtf8, Rows};
use chrono::{Days, NaiveDate};
use csv::StringRecord;
use std::collections::BTreeMap;

/// A municipality that has more has made a mistake, or is an attack.
const MOST_ROWS: usize = 100_000;
/// So many characters of a value stand in a message.
const MOST_SHOWN: usize = 60;

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    pub absences: Vec<Absence>,
    /// Rows about days that are over.
    pub over: usize,
    /// Rows that begin later than absences are kept ahead; a later import takes them.
    pub not_yet: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Employee,
    From,
    To,
    Substitute,
}

impl Column {
    const ALL: [Self; 4] = [Self::Employee, Self::From, Self::To, Self::Substitute];
    const NEEDED: [Self; 3] = [Self::Employee, Self::From, Self::To];

    fn titles(self) -> &'static [&'static str] {
        match self {
            Self::Employee => &["employee", "medarbetare"],
            Self::From => &["from", "från", "fran"],
            Self::To => &["to", "till"],
            Self::Substitute => &["substitute", "ersättare", "ersattare"],
        }
    }

    fn titled(title: &str) -> Option<Self> {
        let title = title.trim().to_lowercase();
        Self::ALL.into_iter().find(|column| column.titles().contains(&title.as_str()))
    }

    fn name(self) -> &'static str {
        self.titles()[0]
    }
}

/// Reads a file of absences on this local day: all of it, or nothing but what is wrong with it.
///
/// Other columns are passed over unread, for staff systems export the reason of an absence as well, and that is nobody's
/// business here. A file with no rows is one: nobody is away.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn read(bytes: &[u8], directory: &Directory, today: NaiveDate) -> Result<File, Vec<LineError>> {
    let mut reading = Reading {
        directory,
        today,
        farthest: today
            .checked_add_days(Days::new(u64::from(FARTHEST_ABSENCE)))
            .unwrap_or(NaiveDate::MAX),
        titles: BTreeMap::new(),
        file: File::default(),
        errors: Vec::new(),
    };
    match spreadsheet::text(bytes) {
        Ok(text) => reading.text(text),
        Err(error) => reading.error(error.line, None, NotUtf8::MESSAGE.to_owned()),
    }
    let Reading { file, mut errors, .. } = reading;
    errors.sort();
    if errors.is_empty() { Ok(file) } else { Err(errors) }
}

#[derive(Debug)]
struct Reading<'a> {
    directory: &'a Directory,
    today: NaiveDate,
    farthest: NaiveDate,
    /// Which cell it is, and its title as written.
    titles: BTreeMap<Column, (usize, String)>,
    file: File,
    errors: Vec<LineError>,
}

impl Reading<'_> {
    fn text(&mut self, text: &str) {
        let mut rows = Rows::of(text);
        let Some((line, header)) = rows.next() else {
            return self.error(1, None, NO_HEADER.to_owned());
        };
        if !self.header(line, &header) {
            return;
        }
        for (n, (line, record)) in rows.enumerate() {
            if n == MOST_ROWS {
                let message = format!("there are more than {MOST_ROWS} rows; is this the file?");
                return self.error(line, None, message);
            }
            self.row(line, &record);
        }
    }

    /// Whether it is worth reading on.
    fn header(&mut self, line: u64, header: &StringRecord) -> bool {
        for (index, cell) in header.iter().enumerate() {
            let Some(column) = Column::titled(cell) else { continue };
            if self.titles.insert(column, (index, cell.trim().to_owned())).is_some() {
                let message = "this column is there twice; keep one".to_owned();
                self.error(line, Some(column), message);
            }
        }
        let missing: Vec<&str> = Column::NEEDED
            .into_iter()
            .filter(|c| !self.titles.contains_key(c))
            .map(Column::name)
            .collect();
        if !missing.is_empty() {
            let message = format!("the header has no column {}; {NO_HEADER}", missing.join(", "));
            self.error(line, None, message);
        }
        missing.is_empty()
    }

    fn row(&mut self, line: u64, record: &StringRecord) {
        let cell = |column| {
            let (index, _) = self.titles.get(&column)?;
            record.get(*index).map(str::trim).filter(|text| !text.is_empty())
        };
        let cells = Column::ALL.map(|column| cell(column).map(str::to_owned));
        let [employee, from, to, substitute] = &cells;
        let employee = self.needed(line, Column::Employee, employee, "write a mail address");
        let employee = employee.and_then(|text| self.person(line, Column::Employee, text));
        let from = self.needed(line, Column::From, from, "write the first day away");
        let from = from.and_then(|text| self.day(line, Column::From, text));
        let to = self.needed(line, Column::To, to, "write the last day away");
        let to = to.and_then(|text| self.day(line, Column::To, text));
        let substitute = match substitute {
            Some(text) => self.person(line, Column::Substitute, text).map(Some),
            None => Some(None),
        };
        let (Some(employee), Some(from), Some(to), Some(substitute)) =
            (employee, from, to, substitute)
        else {
            return;
        };
        self.absence(line, Absence { employee, from, to, substitute });
    }

    fn absence(&mut self, line: u64, absence: Absence) {
        let days = (absence.to - absence.from).num_days() + 1;
        if days < 1 {
            let message = "the last day is before the first; write it again".to_owned();
            self.error(line, Some(Column::To), message);
        } else if days > LONGEST_KEPT {
            let message = format!("{days} days is longer than {LONGEST_KEPT}; divide it");
            self.error(line, Some(Column::To), message);
        } else if absence.substitute == Some(absence.employee) {
            let message = "nobody stands in for themselves; empty the cell".to_owned();
            self.error(line, Some(Column::Substitute), message);
        } else if absence.to < self.today {
            self.file.over += 1;
        } else if absence.from > self.farthest {
            self.file.not_yet += 1;
        } else {
            self.file.absences.push(absence);
        }
    }

    fn needed<'t>(
        &mut self,
        line: u64,
        column: Column,
        cell: &'t Option<String>,
        words: &str,
    ) -> Option<&'t str> {
        if cell.is_none() {
            self.error(line, Some(column), words.to_owned());
        }
        cell.as_deref()
    }

    fn person(&mut self, line: u64, column: Column, text: &str) -> Option<EmployeeId> {
        let found = self.directory.employee_at(text).map(|e| e.id);
        if found.is_none() {
            let message = format!(
                "no employee has the address \"{}\"; write one that is in the people file",
                shown(text)
            );
            self.error(line, Some(column), message);
        }
        found
    }

    /// As `2026-12-23`, also where a spreadsheet put a time after it.
    fn day(&mut self, line: u64, column: Column, text: &str) -> Option<NaiveDate> {
        let day = text.split([' ', 'T']).next().unwrap_or_default();
        let read = day.parse().ok();
        if read.is_none() {
            let message =
                format!("\"{}\" is not a date; write for example 2026-12-23", shown(text));
            self.error(line, Some(column), message);
        }
        read
    }

    fn error(&mut self, line: u64, column: Option<Column>, message: String) {
        let written = |column| self.titles.get(&column).map(|(_, title)| title.clone());
        let column = column.map(|c| written(c).unwrap_or_else(|| c.name().to_owned()));
        self.errors.push(LineError { line, column, message });
    }
}

const NO_HEADER: &str =
    "the first row names the columns: employee, from, to, substitute, with , or ; or a tab between";

fn shown(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(MOST_SHOWN).collect()
}
