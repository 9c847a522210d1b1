//! Bytes that a spreadsheet wrote become rows with named cells and the right line numbers.

use super::LineError;
use super::cells::{quoted, text};
use super::columns::Column;
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
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut table = Self::default();
        match std::str::from_utf8(bytes) {
            Ok(text) => table.read_text(text),
            Err(error) => {
                let before = &bytes[..error.valid_up_to()];
                let line = 1 + before.iter().filter(|b| **b == b'\n').count() as u64;
                table.error(
                    line,
                    None,
                    "this is not UTF-8; save the file as \"CSV UTF-8\" in the spreadsheet",
                );
            }
        }
        table
    }

    /// The column's title as the file has it.
    pub(super) fn title(&self, column: Column) -> String {
        let title = self.titles.iter().find(|title| title.column == Some(column));
        title.map_or_else(|| column.name().to_owned(), |title| title.written.clone())
    }

    fn read_text(&mut self, text: &str) {
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter(text))
            .comment(Some(b'#'))
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        let mut place = Place { text, byte: 0, line: 1 };
        let mut record = StringRecord::new();
        let mut header_seen = false;
        // Reading UTF-8 from memory with rows of any length has no way to fail.
        while let Ok(true) = reader.read_record(&mut record) {
            let line = place.line_of(&record);
            // A spreadsheet puts a comment into the first cell, maybe in quotes.
            let comment = record.get(0).is_some_and(|cell| cell.trim_start().starts_with('#'));
            if comment || record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
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

/// Swedish Excel writes `;`, others `,`, and copying from a sheet gives tabs: whichever the header has most of.
fn delimiter(text: &str) -> u8 {
    let header = text
        .split(['\n', '\r'])
        .map(|line| line.trim_start_matches([' ', '"']))
        .find(|line| !line.starts_with('#') && line.contains(char::is_alphanumeric))
        .unwrap_or_default();
    let count = |delimiter: &u8| header.bytes().filter(|b| b == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Where in the text the reader is. The csv crate's own line is that *before* the blank lines and comments it skips.
struct Place<'a> {
    text: &'a str,
    byte: usize,
    line: u64,
}

impl Place<'_> {
    fn line_of(&mut self, record: &StringRecord) -> u64 {
        let start = record.position().and_then(|position| usize::try_from(position.byte()).ok());
        self.go_to(start.unwrap_or(self.byte));
        while let Some(skipped) = self.skipped() {
            self.go_to(self.byte + skipped);
        }
        self.line
    }

    /// How many bytes here belong to no record.
    fn skipped(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.byte..)?;
        match rest.first()? {
            b'\n' | b'\r' => Some(1),
            b'#' => Some(rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len())),
            _ => None,
        }
    }

    fn go_to(&mut self, byte: usize) {
        let passed = self.text.as_bytes().get(self.byte..byte).unwrap_or_default();
        self.line += passed.iter().filter(|b| **b == b'\n').count() as u64;
        self.byte = byte;
    }
}
