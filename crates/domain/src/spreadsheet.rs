//! What spreadsheets make of a table: a mark before the text, whatever they please between the cells, comments, empty rows.

use csv::{Reader, ReaderBuilder, StringRecord};

/// The text of a file that a spreadsheet wrote, without the mark that some put before it.
///
/// # Errors
/// [`NotUtf8`], with the line.
pub fn text(bytes: &[u8]) -> Result<&str, NotUtf8> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        NotUtf8 { line: 1 + before.iter().filter(|b| **b == b'\n').count() as u64 }
    })
}

/// The file is in another encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", Self::MESSAGE)]
pub struct NotUtf8 {
    /// The first line that has something else, as a text editor counts.
    pub line: u64,
}

impl NotUtf8 {
    /// What is wrong and what to do.
    pub const MESSAGE: &'static str =
        "this is not UTF-8; save the file as \"CSV UTF-8\" in the spreadsheet";
}

/// The rows that say something, each with its line as a text editor counts. Those that begin with `#` are comments.
#[derive(Debug)]
pub struct Rows<'a> {
    place: Place<'a>,
    reader: Reader<&'a [u8]>,
}

impl<'a> Rows<'a> {
    /// Of a file's [`text`].
    pub fn of(text: &'a str) -> Self {
        let reader = ReaderBuilder::new()
            .delimiter(delimiter(text))
            .comment(Some(b'#'))
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes());
        Self { place: Place { text, byte: 0, line: 1 }, reader }
    }
}

impl Iterator for Rows<'_> {
    type Item = (u64, StringRecord);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut record = StringRecord::new();
            // Reading UTF-8 from memory with rows of any length has no way to fail.
            self.reader.read_record(&mut record).ok().filter(|is_one| *is_one)?;
            let line = self.place.line_of(&record);
            // A spreadsheet puts a comment into the first cell, maybe in quotes.
            let is_comment = record.get(0).is_some_and(|cell| cell.trim_start().starts_with('#'));
            if !is_comment && record.iter().any(|cell| !cell.trim().is_empty()) {
                return Some((line, record));
            }
        }
    }
}

/// Swedish Excel writes `;`, others `,`, and copying from a sheet gives tabs: whichever the first row has most of.
fn delimiter(text: &str) -> u8 {
    let first = text
        .split(['\n', '\r'])
        .map(|line| line.trim_start_matches([' ', '"']))
        .find(|line| !line.starts_with('#') && line.contains(char::is_alphanumeric))
        .unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|b| b == delimiter).count();
    [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',')
}

/// Where in the text the reader is. The csv crate's own line is that *before* the blank lines and comments it skips.
#[derive(Debug)]
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
