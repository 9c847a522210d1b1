//! Files of calls: Asterisk's own, and one whose columns are mapped.
#![no_main]

use aterkom_fuzz::{fixture, split_at_line};
use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};
use webhook_receiver::adapters;
use webhook_receiver::records::{self, Asked};
use webhook_receiver::source::Source;

const MAPPING: &str = r#"{"caller": "From", "called": "To", "outcome": "Result", "ended_at": "Time", "call_id": "Id",
    "duration": "Talk", "outcomes": {"answered": "answered", "*": "missed"}}"#;

static ASTERISK: LazyLock<Source> = LazyLock::new(|| fixture::source("asterisk"));
static MAPPED: LazyLock<Source> = LazyLock::new(|| {
    let mapping = serde_json::from_str(MAPPING).expect("a mapping");
    let records: Arc<_> = adapters::mapped(mapping).expect("it can work");
    Source { records: Some(records), ..ASTERISK.clone() }
});

// A line of what is asked, `cdr src,dst,…`; below it the file.
fuzz_target!(|input: &[u8]| {
    let Some((first, file)) = split_at_line(input) else { return };
    let (named, columns) = first.split_once(' ').unwrap_or((first, ""));
    let columns: Vec<String> =
        columns.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let asked = Asked { file: Some(named.to_owned()).filter(|name| !name.is_empty()), columns };
    let (from, until) = (DateTime::UNIX_EPOCH, DateTime::from_timestamp(1_800_000_000, 0));
    let until = until.expect("a moment");
    for source in [&*ASTERISK, &*MAPPED] {
        let Ok(rows) = records::read(file, &asked, source, from..until, until) else { continue };
        assert!(rows.read >= rows.left_out + rows.unread.len() as u64);
        let facts = rows.facts.len();
        let calls = records::calls(rows.facts);
        assert_eq!(calls.iter().map(|call| call.facts.len()).sum::<usize>(), facts);
        for call in &calls {
            assert!(!call.call().is_empty() && call.ended_at() < until);
        }
    }
});
