//! Rows become people; everything that is wrong is told at once.

use super::cells::{self, quoted};
use super::columns::{Column, RowType};
use super::days;
use super::table::{Row, Table};
use super::tree::parents_first;
use super::{EmployeeRow, Key, LineError, LineRow, People, UnitRow};
use crate::directory::{Alias, Language, LineKind};
use crate::ids::SourceName;
use crate::number::NumberPlan;
use std::collections::HashMap;

/// Reads a people file: all of it, or nothing but what is wrong with it.
///
/// `plan` reads numbers without a country; `sources` are the configured names, one of which may stand before an alias.
///
/// # Errors
/// Everything that is wrong, by line.
pub fn read(
    bytes: &[u8],
    plan: &NumberPlan,
    sources: &[SourceName],
) -> Result<People, Vec<LineError>> {
    let mut table = Table::read(bytes);
    let errors = std::mem::take(&mut table.errors);
    let known = Known::of(&table);
    let mut reading =
        Reading { table: &table, plan, sources, known, aliases: HashMap::new(), errors };
    let people = reading.people();
    let mut errors = reading.errors;
    errors.sort();
    if errors.is_empty() { Ok(people) } else { Err(errors) }
}

/// What other rows may refer to, with the first line that has it.
#[derive(Debug, Default)]
struct Known {
    units: HashMap<Key, u64>,
    employees: HashMap<Key, u64>,
    lines: HashMap<Key, u64>,
}

impl Known {
    fn of(table: &Table) -> Self {
        let mut known = Self::default();
        for row in &table.rows {
            let Some(Ok(row_type)) = row.cell(Column::Type).map(cells::row_type) else { continue };
            if let Some(cell) = row.cell(row_type.known_by()) {
                known.of_type(row_type).entry(Key::of(cell)).or_insert(row.line);
            }
        }
        known
    }

    fn of_type(&mut self, row_type: RowType) -> &mut HashMap<Key, u64> {
        match row_type {
            RowType::Unit => &mut self.units,
            RowType::Employee => &mut self.employees,
            RowType::Line => &mut self.lines,
        }
    }
}

/// A reading under way. Whatever a method could not make sense of is `None`, and told in `errors`.
#[derive(Debug)]
struct Reading<'a> {
    table: &'a Table,
    plan: &'a NumberPlan,
    sources: &'a [SourceName],
    known: Known,
    /// With the line that has it.
    aliases: HashMap<Alias, u64>,
    errors: Vec<LineError>,
}

impl Reading<'_> {
    fn people(&mut self) -> People {
        let mut people = People { units: Vec::new(), employees: Vec::new(), lines: Vec::new() };
        let table = self.table;
        for row in &table.rows {
            let word = self.required(row, Column::Type, "write unit, employee or line");
            let Some(row_type) = self.good(row, Column::Type, word.map(cells::row_type)) else {
                continue;
            };
            self.nothing_elsewhere(row, row_type);
            self.once(row, row_type);
            match row_type {
                RowType::Unit => people.units.extend(self.unit(row)),
                RowType::Employee => people.employees.extend(self.employee(row)),
                RowType::Line => people.lines.extend(self.line(row)),
            }
        }
        people.units = self.sorted(people.units);
        people
    }

    fn unit(&mut self, row: &Row) -> Option<UnitRow> {
        let name = self.required(row, Column::Name, "write the unit's name");
        let parent = self.unit_of(row);
        let manager = self.employee_of(row, Column::Manager);
        let deputy = self.deputy_of(row, manager.as_ref());
        let reception =
            self.good(row, Column::Reception, row.cell(Column::Reception).map(cells::email));
        let mailbox = self.good(row, Column::Email, row.cell(Column::Email).map(cells::email));
        Some(UnitRow { name: name?.to_owned(), parent, manager, deputy, reception, mailbox })
    }

    fn employee(&mut self, row: &Row) -> Option<EmployeeRow> {
        let name = self.required(row, Column::Name, "write the employee's name");
        let email = self.required(row, Column::Email, "write the employee's e-mail address");
        let email = self.good(row, Column::Email, email.map(cells::email));
        let language = match row.cell(Column::Language) {
            Some(word) => self.good(row, Column::Language, Some(cells::language(word))),
            None => Some(Language::default()),
        };
        self.required(row, Column::Unit, "write the name of the employee's unit");
        let unit = self.unit_of(row);
        let until = self.good(row, Column::Until, row.cell(Column::Until).map(days::date));
        let workdays =
            self.good(row, Column::Workdays, row.cell(Column::Workdays).map(days::workdays));
        let substitute = self.employee_of(row, Column::Substitute);
        if substitute.is_some() && substitute == email.as_deref().map(Key::of) {
            let message = "nobody stands in for themselves; write somebody else, or empty the cell";
            self.error(row, Column::Substitute, message.to_owned());
        }
        Some(EmployeeRow {
            name: name?.to_owned(),
            email: email?,
            language: language?,
            unit: unit?,
            until,
            workdays: workdays.unwrap_or_default(),
            substitute,
        })
    }

    fn deputy_of(&mut self, row: &Row, manager: Option<&Key>) -> Option<Key> {
        let deputy = self.employee_of(row, Column::Deputy);
        let wrong = match (&deputy, row.cell(Column::Manager)) {
            (Some(_), None) => "there is no manager to stand in for; write one, or empty the cell",
            (Some(_), Some(_)) if deputy.as_ref() == manager => {
                "the manager and the deputy are the same; write somebody else, or empty the cell"
            }
            (Some(_), Some(_)) | (None, _) => return deputy,
        };
        self.error(row, Column::Deputy, wrong.to_owned());
        None
    }

    fn line(&mut self, row: &Row) -> Option<LineRow> {
        let name = self.required(row, Column::Name, "write a name for the line");
        self.required(row, Column::Unit, "write the name of the line's unit");
        let unit = self.unit_of(row);
        let kind =
            self.required(row, Column::Kind, "write person, group, queue, switchboard or ivr");
        let kind = self.good(row, Column::Kind, kind.map(cells::line_kind));
        let employee = match kind {
            // R15: all other lines are their unit's.
            Some(kind) if kind != LineKind::Person && row.cell(Column::Employee).is_some() => {
                let message = "only a person line has an employee; empty the cell, or write person as its kind";
                self.error(row, Column::Employee, message.to_owned());
                None
            }
            Some(_) | None => self.employee_of(row, Column::Employee),
        };
        let from = self.good(row, Column::From, row.cell(Column::From).map(days::date));
        if kind.is_some_and(|kind| kind != LineKind::Person) && row.cell(Column::From).is_some() {
            let message = "only a person line becomes somebody's; empty the cell, or write person as its kind";
            self.error(row, Column::From, message.to_owned());
        }
        let aliases = self.aliases_of(row);
        let protected = match row.cell(Column::Protected) {
            Some(word) => self.good(row, Column::Protected, Some(cells::yes_or_no(word)))?,
            None => false,
        };
        let (name, kind, unit) = (name?.to_owned(), kind?, unit?);
        Some(LineRow { name, kind, unit, employee, from, aliases, protected })
    }

    /// At least one: a line that no PBX can name would never get a call, and nobody would notice.
    fn aliases_of(&mut self, row: &Row) -> Vec<Alias> {
        let words = "write the line's number or extension, several with | between";
        let Some(cell) = self.required(row, Column::Aliases, words) else { return Vec::new() };
        let (mut aliases, wrong) = cells::aliases(cell, self.plan, self.sources);
        if aliases.is_empty() && wrong.is_empty() {
            self.error(row, Column::Aliases, words.to_owned());
        }
        for message in wrong {
            self.error(row, Column::Aliases, message);
        }
        for alias in &aliases {
            let line = *self.aliases.entry(alias.clone()).or_insert(row.line);
            if line != row.line {
                let of = alias.source.as_ref().map(|source| format!(" in {source}"));
                let message = format!(
                    "{}{} is the line on line {line} already; remove it from one of them",
                    quoted(&alias.text),
                    of.unwrap_or_default()
                );
                self.error(row, Column::Aliases, message);
            }
        }
        aliases.sort();
        aliases
    }

    /// The unit that the row is in or under.
    fn unit_of(&mut self, row: &Row) -> Option<Key> {
        let name = row.cell(Column::Unit)?;
        let key = Key::of(name);
        let known = self.known.units.contains_key(&key).then_some(key);
        let unknown = || format!("no unit is called {}; add a row of type unit", quoted(name));
        self.good(row, Column::Unit, Some(known.ok_or_else(unknown)))
    }

    fn employee_of(&mut self, row: &Row, column: Column) -> Option<Key> {
        let address = self.good(row, column, row.cell(column).map(cells::email))?;
        let key = Key::of(&address);
        let known = self.known.employees.contains_key(&key).then_some(key);
        let unknown =
            || format!("no employee has the address {address}; add a row of type employee");
        self.good(row, column, Some(known.ok_or_else(unknown)))
    }

    fn required<'r>(&mut self, row: &'r Row, column: Column, words: &str) -> Option<&'r str> {
        let cell = row.cell(column);
        if cell.is_none() {
            self.error(row, column, words.to_owned());
        }
        cell
    }

    fn good<T>(&mut self, row: &Row, column: Column, read: Option<Result<T, String>>) -> Option<T> {
        match read? {
            Ok(value) => Some(value),
            Err(message) => {
                self.error(row, column, message);
                None
            }
        }
    }

    /// A value in a column that means nothing for this row was meant for another row or column.
    fn nothing_elsewhere(&mut self, row: &Row, row_type: RowType) {
        for column in Column::ALL.into_iter().filter(|column| !column.belongs_to(row_type)) {
            if row.cell(column).is_some() {
                let message =
                    format!("{} has no {}; empty the cell", row_type.with_article(), column.name());
                self.error(row, column, message);
            }
        }
    }

    /// What a row is known by is there once.
    fn once(&mut self, row: &Row, row_type: RowType) {
        let column = row_type.known_by();
        let Some(cell) = row.cell(column) else { return };
        let first = self.known.of_type(row_type).get(&Key::of(cell)).copied();
        if let Some(line) = first.filter(|line| *line != row.line) {
            let message = format!(
                "{} with this {} is on line {line} already; remove one of the rows or write another {}",
                row_type.with_article(),
                column.name(),
                column.name()
            );
            self.error(row, column, message);
        }
    }

    fn sorted(&mut self, units: Vec<UnitRow>) -> Vec<UnitRow> {
        const MOST_NAMES: usize = 8;
        let (units, circles) = parents_first(units);
        for circle in circles {
            let line = |unit: &UnitRow| self.known.units.get(&Key::of(&unit.name)).copied();
            let line = circle.iter().filter_map(line).min().unwrap_or_default();
            let names =
                circle.iter().chain(circle.first()).take(MOST_NAMES).map(|unit| quoted(&unit.name));
            let message = format!(
                "these units lie under each other in a circle: {}; leave the unit of the topmost empty",
                names.collect::<Vec<_>>().join(", ")
            );
            self.errors.push(LineError {
                line,
                column: Some(self.table.title(Column::Unit)),
                message,
            });
        }
        units
    }

    fn error(&mut self, row: &Row, column: Column, message: String) {
        let column = Some(self.table.title(column));
        self.errors.push(LineError { line: row.line, column, message });
    }
}
