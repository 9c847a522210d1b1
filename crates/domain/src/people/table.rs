//! Bytes that a spreadsheet wrote become rows with named cells and the right line numbers.

use super::LineError;
use super::cells::{quoted, text};
use super::columns::Column;
use crate::spreadsheet::{self, NotUtf8, Rows};
use csv::StringRecord;
use std::collections::BTreeMap;

/// A municipality of 100,000 telephones has made a mistake, or is an attack.
const MOST_ROWS: usize = 100_000;

/// The rows that say something, and what is wrong with the others.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Row>,
    pub(super) errors: Vec<LineError>,
    titles: Vec<Title>,
}

/// One row that says something.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) line: u64,
    /// Those that are not empty.
    cells: BTreeMap<Column, String>,
}

impl Row {
    /// The text in a column; `None` where it is empty.
    pub(super) fn cell(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str)
    }
}

/// The head of one column: as written, and what it means.
#[derive(Debug)]
struct Title {
    written: String,
    column: Option<Column>,
}

impl Table {
    /// Reads as much as can be read.
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut table = Self::default();
        match spreadsheet::text(bytes) {
            Ok(text) => table.read_text(text),
            Err(error) => table.error(error.line, None, NotUtf8::MESSAGE),
        }
        table
    }

    /// The column's title as the file has it.
    pub(super) fn title(&self, column: Column) -> String {
        let title = self.titles.iter().find(|title| title.column == Some(column));
        title.map_or_else(|| column.name().to_owned(), |title| title.written.clone())
    }

    fn read_text(&mut self, text: &str) {
        let mut header_seen = false;
        for (line, record) in Rows::of(text) {
            if !header_seen {
                header_seen = true;
                if !self.header(line, &record) {
                    return;
                }
            } else if self.rows.len() == MOST_ROWS {
                let message = format!("there are more than {MOST_ROWS} rows; is this the file?");
                return self.error(line, None, &message);
            } else {
                self.row(line, &record);
            }
        }
        if self.rows.is_empty() {
            let message = "there are no rows, and importing this would remove everybody; write a \
                header with at least type and name, and a row for each unit, employee and line";
            self.error(1, None, message);
        }
    }

    /// Whether it is worth reading on.
    fn header(&mut self, line: u64, record: &StringRecord) -> bool {
        for cell in record {
            let written: String = cell.trim().chars().filter(|c| !c.is_control()).collect();
            let column = Column::titled(&written);
            if !written.is_empty() && column.is_none() {
                let names = Column::ALL.map(Column::name).join(", ");
                let message = format!("{} is not a column; there are: {names}", quoted(&written));
                self.error(line, None, &message);
            }
            if column.is_some() && self.titles.iter().any(|title| title.column == column) {
                self.error(line, Some(written.clone()), "this column is there twice; keep one");
            }
            self.titles.push(Title { written, column });
        }
        let has = |column| self.titles.iter().any(|title| title.column == Some(column));
        let missing: Vec<_> =
            [Column::Type, Column::Name].into_iter().filter(|c| !has(*c)).collect();
        for column in &missing {
            let message = format!(
                "the header has no column {}; the first row names the columns, with , or ; or a tab between",
                column.name()
            );
            self.error(line, None, &message);
        }
        missing.is_empty()
    }

    fn row(&mut self, line: u64, record: &StringRecord) {
        let mut cells = BTreeMap::new();
        for (index, cell) in record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()) {
            match self.titles.get(index) {
                Some(Title { column: Some(column), written }) => {
                    let (text, wrong) = text(cell);
                    if !text.is_empty() {
                        cells.insert(*column, text);
                    }
                    if let Some(message) = wrong {
                        self.error(line, Some(written.clone()), &message);
                    }
                }
                // The header's error has been told.
                Some(Title { column: None, written }) if !written.is_empty() => {}
                Some(_) | None => {
                    let message = format!(
                        "cell {} is in no column; empty it, or put the cell that has a comma or semicolon in it in \"quotes\"",
                        index + 1
                    );
                    self.error(line, None, &message);
                    break;
                }
            }
        }
        self.rows.push(Row { line, cells });
    }

    fn error(&mut self, line: u64, column: Option<String>, message: &str) {
        self.errors.push(LineError { line, column, message: message.to_owned() });
    }
}
