//! Files of calls that a PBX keeps (CDR, CEL): what their rows tell, in call facts, to fill the gap that an outage left.
//!
//! The rows of Asterisk's files are known; any other file is mapped by the administrator, with the keys of `template` and
//! columns for places. A row that cannot be read costs no other, and is told by its line.

mod calls;
mod table;

#[cfg(test)]
mod tests;

pub use self::calls::{RecordedCall, calls};

use self::table::Table;
use crate::adapters::{Adapter, Unreadable};
use crate::reading;
use crate::request::{Form, RawRequest};
use crate::source::Source;
use chrono::{DateTime, TimeDelta, Utc};
use domain::fact::CallFact;
use domain::spreadsheet::NotUtf8;
use serde_json::{Map, Value};
use std::ops::Range;

/// A PBX's clock may be this much ahead of ours.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

/// A file of calls as a PBX writes it by itself.
#[derive(Debug)]
pub struct FileOfCalls {
    /// As it is named on the command line.
    pub name: &'static str,
    /// Its columns, in their order where it has no head.
    pub columns: &'static [&'static str],
    /// Other names that columns have, in lower case, and which ones those are.
    pub also: &'static [(&'static str, &'static str)],
    /// A column that every row has one of these words in: so the file is known.
    pub known_by: (&'static str, &'static [&'static str]),
    /// What a row tells.
    pub read: fn(&Form<'_>, &Source) -> Result<Option<CallFact>, Unreadable>,
}

/// How a file is to be read.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Which of the PBX's files it is; else that is found out.
    pub file: Option<String>,
    /// The names of its columns, where it has no head.
    pub columns: Vec<String>,
}

/// What a file said.
#[derive(Debug, Default)]
pub struct Rows {
    /// What its rows told, in their order.
    pub facts: Vec<CallFact>,
    /// The rows that could not be read: the line, and why.
    pub unread: Vec<(u64, Unreadable)>,
    pub read: u64,
    /// Rows that tell nothing, or of a time that was not asked for.
    pub left_out: u64,
}

/// Why nothing of a file could be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotRead {
    #[error(transparent)]
    NotUtf8(#[from] NotUtf8),
    #[error("there are no rows in it")]
    Empty,
    #[error(
        "files of calls of \"{adapter}\" are not known; say in [sources.records] of the configuration what their columns are, see docs/import.md"
    )]
    NoMapping { adapter: &'static str },
    #[error("there is no file \"{named}\"; write one of: {known}")]
    NoSuchFile { named: String, known: String },
    #[error(
        "this is none of: {known}; say which it is with --format, and with --columns what its columns are"
    )]
    Unknown { known: String },
    #[error(
        "the columns are not in the order that the PBX writes by itself: \"{column}\" is not where it should be; name them with --columns"
    )]
    OtherColumns { column: &'static str },
}

/// What reads a row.
enum Way<'a> {
    File(&'static FileOfCalls),
    Mapped(&'a dyn Adapter),
}

/// Reads a file of this source, as much of it as is about these times.
///
/// # Errors
/// [`NotRead`] when it is not a file that can be read at all.
pub fn read(
    bytes: &[u8],
    asked: &Asked,
    source: &Source,
    about: Range<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<Rows, NotRead> {
    let text = domain::spreadsheet::text(bytes)?;
    let (way, table) = open(text, asked, source)?;
    let mut rows = Rows::default();
    for (line, row) in table {
        rows.read += 1;
        let facts = row.and_then(|row| way.read(row, source)).and_then(|facts| {
            facts.into_iter().map(|fact| timely(fact, now)).collect::<Result<Vec<_>, _>>()
        });
        match facts {
            Ok(facts) => {
                let of_then: Vec<_> =
                    facts.into_iter().filter(|fact| about.contains(&at(fact))).collect();
                rows.left_out += u64::from(of_then.is_empty());
                rows.facts.extend(of_then);
            }
            Err(reason) => rows.unread.push((line, reason)),
        }
    }
    Ok(rows)
}

fn open<'a>(
    text: &'a str,
    asked: &Asked,
    source: &'a Source,
) -> Result<(Way<'a>, Table<'a>), NotRead> {
    let first = table::first_row(text).ok_or(NotRead::Empty)?;
    match (&source.records, &asked.file) {
        (Some(mapped), None) => {
            Ok((Way::Mapped(mapped.as_ref()), Table::of(text, named(&asked.columns, first))))
        }
        (_, named) => {
            let file = file(source, named.as_deref(), &first, &asked.columns)?;
            Ok((Way::File(file), Table::of(text, columns_of(file, &asked.columns, &first)?)))
        }
    }
}

/// The names of the columns, and whether the first row is them.
type Columns = (Vec<String>, bool);

fn named(asked: &[String], first: Vec<String>) -> Columns {
    if asked.is_empty() { (first, true) } else { (asked.to_vec(), false) }
}

fn file(
    source: &Source,
    named: Option<&str>,
    first: &[String],
    columns: &[String],
) -> Result<&'static FileOfCalls, NotRead> {
    let files = source.adapter.files();
    if files.is_empty() {
        return Err(NotRead::NoMapping { adapter: source.adapter.name() });
    }
    let known = || files.iter().map(|file| file.name).collect::<Vec<_>>().join(", ");
    if let Some(named) = named {
        let found = files.iter().find(|file| file.name == named);
        return found
            .ok_or_else(|| NotRead::NoSuchFile { named: named.to_owned(), known: known() });
    }
    // By what its columns are called, else by what is in them.
    let is_named = |file: &FileOfCalls, names: &[String]| {
        names.iter().any(|name| file.column(name) == Some(file.known_by.0))
    };
    let found = files
        .iter()
        .find(|file| is_named(file, columns) || is_named(file, first))
        .or_else(|| files.iter().find(|file| first.iter().any(|cell| file.is_word(cell))));
    found.ok_or_else(|| NotRead::Unknown { known: known() })
}

fn columns_of(
    file: &'static FileOfCalls,
    asked: &[String],
    first: &[String],
) -> Result<Columns, NotRead> {
    let ours = |names: &[String]| {
        names.iter().map(|name| file.column(name).unwrap_or(name).to_owned()).collect::<Vec<_>>()
    };
    let (column, _) = file.known_by;
    if !asked.is_empty() {
        return Ok((ours(asked), false));
    }
    if first.iter().any(|name| file.column(name) == Some(column)) {
        return Ok((ours(first), true));
    }
    let place = file.columns.iter().position(|name| *name == column);
    let word = place.and_then(|place| first.get(place));
    if !word.is_some_and(|word| file.is_word(word)) {
        return Err(NotRead::OtherColumns { column });
    }
    Ok((file.columns.iter().map(|name| (*name).to_owned()).collect(), false))
}

impl FileOfCalls {
    /// The column of this name, however it is written.
    fn column(&self, name: &str) -> Option<&'static str> {
        let name = name.trim().to_lowercase();
        let ours = self.columns.iter().find(|column| column.to_lowercase() == name);
        let also = || self.also.iter().find(|(other, _)| *other == name).map(|(_, column)| column);
        ours.or_else(also).copied()
    }

    fn is_word(&self, cell: &str) -> bool {
        let (_, words) = self.known_by;
        words.iter().any(|word| word.eq_ignore_ascii_case(cell.trim()))
    }
}

impl Way<'_> {
    fn read(&self, row: Map<String, Value>, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        match self {
            Self::File(file) => {
                (file.read)(&Form::of_object(row), source).map(|fact| fact.into_iter().collect())
            }
            // A row is read as if it had been posted.
            Self::Mapped(adapter) => {
                let body = Value::Object(row).to_string().into_bytes();
                let request = RawRequest { body, ..RawRequest::default() };
                reading::parse_by(*adapter, &request, source)
            }
        }
    }
}

/// R9: a record has a time of its own, or is none.
fn timely(fact: CallFact, now: DateTime<Utc>) -> Result<CallFact, Unreadable> {
    match fact.ended_at.or(fact.began_at) {
        None => Err(Unreadable::because("there is no time in it that can be read")),
        Some(at) if at > now + AHEAD => {
            Err(Unreadable::because("its time lies in the future; check the source's zone"))
        }
        Some(_) => Ok(fact),
    }
}

/// When it was.
fn at(fact: &CallFact) -> DateTime<Utc> {
    fact.ended_at.or(fact.began_at).unwrap_or_default()
}
