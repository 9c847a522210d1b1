//! What the targets have in common: how an input becomes a request to a source.
//!
//! An input is a line, an adapter's name and the clock, and below it a request as fixtures have it. So every fixture is
//! a seed, and whatever is found can be read and made a fixture of.

#[path = "../../tests/src/fixture.rs"]
pub mod fixture;
#[path = "../../tests/src/harmless.rs"]
pub mod harmless;
pub mod token;

use chrono::{DateTime, Utc};
use std::sync::LazyLock;
use webhook_receiver::adapters;
use webhook_receiver::request::RawRequest;
use webhook_receiver::source::Source;

/// One source for each adapter, as the fixtures have it.
static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    adapters::all().iter().map(|adapter| fixture::source(adapter.name())).collect()
});

/// A request, to whom, and when.
#[derive(Debug)]
pub struct Case {
    pub source: &'static Source,
    pub now: DateTime<Utc>,
    pub request: RawRequest,
}

impl Case {
    /// `None` where there is no request in the input.
    pub fn read(input: &[u8]) -> Option<Self> {
        let (first, request) = split_at_line(input)?;
        let (name, now) = first.split_once(' ').unwrap_or((first, ""));
        // A name that the fuzzer spoilt is some adapter's all the same.
        let any =
            name.bytes().fold(0, |sum: usize, byte| sum.wrapping_add(byte.into())) % SOURCES.len();
        let named = SOURCES.iter().find(|source| source.adapter.name() == name);
        let request = fixture::parse(request)?;
        Some(Self {
            source: named.unwrap_or(&SOURCES[any]),
            now: now.parse().unwrap_or_default(),
            request,
        })
    }

    /// As [`harmless::drive`] does.
    pub fn drive(&self) {
        harmless::drive(&self.request, self.source, self.now);
    }
}

/// The first line, and all behind it.
pub fn split_at_line(input: &[u8]) -> Option<(&str, &[u8])> {
    let end = input.iter().position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(&input[..end]).ok()?, &input[end + 1..]))
}
