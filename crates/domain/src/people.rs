//! The people file: one table that is the whole truth about units, employees and lines (R15–R17, R26, R30).
//!
//! Bytes become rows (`table`), rows are read cell by cell and checked against each other (`read`), the result is
//! compared with what is known (`plan`), told in words to whoever imports (`describe`), and carried out (`apply`). What is known
//! becomes a file again in `write`.
//! The format is told to people in `docs/people.md`.

mod apply;
mod cells;
mod columns;
mod days;
mod describe;
mod plan;
mod read;
mod table;
mod tree;
mod write;

#[cfg(test)]
mod imports;
#[cfg(test)]
mod refusals;

pub use apply::apply;
pub use describe::describe;
pub use plan::plan;
pub use read::read;
pub use write::write;

use crate::directory::{Alias, Employee, Language, Line, LineKind, Unit, Workdays};
use chrono::NaiveDate;

/// A people file that was read without an error: whatever a row refers to is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// A unit comes after the unit above it.
    units: Vec<UnitRow>,
    employees: Vec<EmployeeRow>,
    lines: Vec<LineRow>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct UnitRow {
    name: String,
    parent: Option<Key>,
    manager: Option<Key>,
    deputy: Option<Key>,
    reception: Option<String>,
    mailbox: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct EmployeeRow {
    name: String,
    /// In lower case.
    email: String,
    language: Language,
    unit: Key,
    /// The last day at work.
    until: Option<NaiveDate>,
    workdays: Workdays,
    substitute: Option<Key>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct LineRow {
    name: String,
    kind: LineKind,
    unit: Key,
    employee: Option<Key>,
    /// The first day on which it is that employee's; none: that of the first import which says so.
    from: Option<NaiveDate>,
    aliases: Vec<Alias>,
    protected: bool,
}

/// What a row is known by from one import to the next: the name of a unit or a line, the address of an employee.
///
/// In lower case, so that `bygglov` in one cell and `Bygglov` in another are one unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key(String);

impl Key {
    fn of(text: &str) -> Self {
        Self(text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase())
    }
}

/// What is wrong in one place of the file, worded for the administrator who edits it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineError {
    /// As a text editor counts, from 1.
    pub line: u64,
    /// The column's name as the file's header has it; none where the whole line is meant.
    pub column: Option<String>,
    pub message: String,
}

impl std::fmt::Display for LineError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.column {
            Some(column) => write!(f, "line {}, column {column}: {}", self.line, self.message),
            None => write!(f, "line {}: {}", self.line, self.message),
        }
    }
}

impl std::error::Error for LineError {}

/// One difference between what is known and what the file says. Nothing is ever deleted.
///
/// What is to be stored is `after`, or the one value there is; a removed one comes with `active` false and the rest as it
/// was. Two things depend on what stands later in the list and want one transaction: a unit may name a manager who is
/// added after it, and a line may take an alias from a line that gives it up after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    AddUnit(Unit),
    ChangeUnit { before: Unit, after: Unit },
    RemoveUnit(Unit),
    AddEmployee(Employee),
    ChangeEmployee { before: Employee, after: Employee },
    RemoveEmployee(Employee),
    AddLine(Line),
    ChangeLine { before: Line, after: Line },
    RemoveLine(Line),
}
