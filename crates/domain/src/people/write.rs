//! A people file that says what is known: what one begins with who has no file at hand, or somebody else's.

use super::columns::{Column, RowType};
use super::describe::{alias_name, kind_name, language_name};
use crate::directory::{Directory, Employee, Language, Line, LineKind, Unit, Workdays};
use crate::ids::{EmployeeId, UnitId};
use csv::WriterBuilder;
use std::collections::BTreeMap;

/// What spreadsheets know UTF-8 by.
const MARK: &str = "\u{feff}";

/// The file, its columns and words in this language. To import it changes nothing.
///
/// Of a line that changes hands, the last one whose it is or will be is in it. Swedish spreadsheets part cells by `;`.
pub fn write(directory: &Directory, language: Language) -> String {
    let delimiter = if language == Language::Swedish { b';' } else { b',' };
    let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    let known = Known { directory, language };
    let header = Column::ALL.map(|column| column.title(language).to_owned());
    let units = directory.units().iter().filter(|unit| unit.active).map(|unit| known.unit(unit));
    let employees = directory.employees().iter().filter(|one| one.active);
    let lines = directory.lines().iter().filter(|line| line.active);
    let rows = units
        .chain(employees.map(|one| known.employee(one)))
        .chain(lines.map(|line| known.line(line)))
        .map(|row| Column::ALL.map(|column| row.get(&column).map(guarded).unwrap_or_default()));
    for row in std::iter::once(header).chain(rows) {
        // Writing to memory has no way to fail.
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("{MARK}{}", String::from_utf8_lossy(&bytes))
}

type Row = BTreeMap<Column, String>;

struct Known<'a> {
    directory: &'a Directory,
    language: Language,
}

impl Known<'_> {
    fn unit(&self, unit: &Unit) -> Row {
        let Unit { name, parent, deputy, reception, mailbox, .. } = unit;
        let manager = unit.manager.and_then(|id| self.address(id));
        // Nobody stands in for nobody.
        let deputy = manager.is_some().then(|| deputy.and_then(|id| self.address(id))).flatten();
        self.row(
            RowType::Unit,
            [
                (Column::Name, Some(name.clone())),
                (Column::Unit, parent.and_then(|id| self.unit_name(id))),
                (Column::Email, mailbox.clone()),
                (Column::Manager, manager),
                (Column::Deputy, deputy),
                (Column::Reception, reception.clone()),
            ],
        )
    }

    fn employee(&self, one: &Employee) -> Row {
        let workdays = (one.workdays != Workdays::default()).then(|| one.workdays.to_string());
        self.row(
            RowType::Employee,
            [
                (Column::Name, Some(one.name.clone())),
                (Column::Unit, self.unit_name(one.unit)),
                (Column::Email, Some(one.email.clone())),
                (Column::Language, Some(language_name(one.language).to_owned())),
                (Column::Until, one.until.map(|day| day.to_string())),
                (Column::Workdays, workdays),
                (Column::Substitute, one.substitute.and_then(|id| self.address(id))),
            ],
        )
    }

    fn line(&self, line: &Line) -> Row {
        let last = line.assignments.iter().max_by_key(|assignment| assignment.from);
        let theirs = last.filter(|last| line.kind == LineKind::Person && last.employee.is_some());
        let aliases: Vec<String> = line.aliases.iter().map(alias_name).collect();
        self.row(
            RowType::Line,
            [
                (Column::Name, Some(line.name.clone())),
                (Column::Unit, self.unit_name(line.unit)),
                (Column::Kind, Some(self.kind(line.kind).to_owned())),
                (Column::Employee, theirs.and_then(|last| self.address(last.employee?))),
                (Column::From, theirs.map(|last| last.from.to_string())),
                (Column::Aliases, Some(aliases.join(" | "))),
                (Column::Protected, line.protected.then(|| self.yes().to_owned())),
            ],
        )
    }

    fn row<const N: usize>(&self, kind: RowType, cells: [(Column, Option<String>); N]) -> Row {
        let kind = kind.word(self.language).to_owned();
        let cells = cells.into_iter().filter_map(|(column, cell)| Some((column, cell?)));
        std::iter::once((Column::Type, kind)).chain(cells).collect()
    }

    fn unit_name(&self, id: UnitId) -> Option<String> {
        self.directory.unit(id).map(|unit| unit.name.clone())
    }

    /// Who is gone is in no file, and so nobody's manager in one.
    fn address(&self, id: EmployeeId) -> Option<String> {
        let employee = self.directory.employee(id).filter(|one| one.active);
        employee.map(|one| one.email.clone())
    }

    fn kind(&self, kind: LineKind) -> &'static str {
        match (self.language, kind) {
            (Language::English, kind) | (Language::Swedish, kind @ LineKind::Person) => {
                kind_name(kind)
            }
            (Language::Swedish, LineKind::Group) => "grupp",
            (Language::Swedish, LineKind::Queue) => "kö",
            (Language::Swedish, LineKind::Switchboard) => "växel",
            (Language::Swedish, LineKind::Ivr) => "knappval",
        }
    }

    fn yes(&self) -> &'static str {
        match self.language {
            Language::Swedish => "ja",
            Language::English => "yes",
        }
    }
}

/// Against spreadsheets, which take this for a formula or a number. It is no part of the text when the file is read.
fn guarded(cell: &String) -> String {
    let first = cell.chars().next();
    let needs = first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@') || c.is_ascii_digit());
    // A day has its own form, and is read as one.
    if needs && cell.parse::<chrono::NaiveDate>().is_err() {
        format!("'{cell}")
    } else {
        cell.clone()
    }
}
