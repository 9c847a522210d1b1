//! The rows of a file, each with its line, and its cells by the names of their columns.

use super::Columns;
use crate::adapters::Unreadable;
use csv::StringRecord;
use domain::spreadsheet;
use serde_json::{Map, Value};

/// The rows of a file.
pub(super) struct Table<'a> {
    columns: Vec<String>,
    rows: spreadsheet::Rows<'a>,
}

/// The first row that says something.
pub(super) fn first_row(text: &str) -> Option<Vec<String>> {
    let (_, row) = spreadsheet::Rows::of(text).next()?;
    Some(row.iter().map(|cell| cell.trim().to_owned()).collect())
}

impl<'a> Table<'a> {
    pub(super) fn of(text: &'a str, (columns, first_is_head): Columns) -> Self {
        let mut rows = spreadsheet::Rows::of(text);
        if first_is_head {
            rows.next();
        }
        Self { columns, rows }
    }

    fn row(&self, row: &StringRecord) -> Result<Map<String, Value>, Unreadable> {
        if row.iter().skip(self.columns.len()).any(|cell| !cell.trim().is_empty()) {
            return Err(Unreadable::because(format!(
                "it has {} cells, and there are {} columns",
                row.len(),
                self.columns.len()
            )));
        }
        let cells = self.columns.iter().zip(row);
        // Of two columns with one name the first counts.
        let mut named = Map::new();
        for (name, cell) in cells.filter(|(name, _)| !name.is_empty()) {
            named.entry(name.as_str()).or_insert_with(|| Value::String(cell.to_owned()));
        }
        Ok(named)
    }
}

impl Iterator for Table<'_> {
    /// The line as a text editor counts, and the row.
    type Item = (u64, Result<Map<String, Value>, Unreadable>);

    fn next(&mut self) -> Option<Self::Item> {
        let (line, row) = self.rows.next()?;
        Some((line, self.row(&row)))
    }
}
