//! The mapping of an administrator, and a request that is read by it. An input is the mapping in one line of JSON, then
//! a request.
#![no_main]

use aterkom_fuzz::{fixture, harmless, split_at_line};
use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;
use webhook_receiver::adapters::{self, Mapping};
use webhook_receiver::source::Source;

static SOURCE: LazyLock<Source> = LazyLock::new(|| fixture::source("template"));

fuzz_target!(|input: &[u8]| {
    let Some((mapping, request)) = split_at_line(input) else { return };
    let Ok(mapping) = serde_json::from_str::<Mapping>(mapping) else { return };
    // A reason names the place; what it must not name is the content, and here one could be like the other, or without end.
    if [&mapping.outcome, &mapping.direction]
        .iter()
        .any(|path| path.len() > 200 || path.contains(char::is_numeric))
    {
        return;
    }
    let Ok(adapter) = adapters::mapped(mapping) else { return };
    let Some(request) = fixture::parse(request) else { return };
    harmless::drive(&request, &Source { adapter, ..SOURCE.clone() }, DateTime::UNIX_EPOCH);
});
