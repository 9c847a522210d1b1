//! What the words of a sender can mean, how it writes times, and how it counts lengths.

use crate::adapters::seconds;
use chrono::format::{Item, StrftimeItems};
use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use domain::fact::{Direction, Why};

/// What a call came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Answered,
    NotAnswered(Why),
    Voicemail,
    CallbackRequest,
    Ringing,
    Talking,
    /// Of no interest.
    Ignored,
}

impl Outcome {
    /// As it is written in the configuration.
    pub(super) const WORDS: [(&'static str, Self); 14] = [
        ("answered", Self::Answered),
        ("missed", Self::NotAnswered(Why::Unknown)),
        ("no_answer", Self::NotAnswered(Why::NoAnswer)),
        ("busy", Self::NotAnswered(Why::Busy)),
        ("refused", Self::NotAnswered(Why::Refused)),
        ("abandoned", Self::NotAnswered(Why::Abandoned)),
        ("offline", Self::NotAnswered(Why::Offline)),
        ("closed", Self::NotAnswered(Why::Closed)),
        ("do_not_disturb", Self::NotAnswered(Why::DoNotDisturb)),
        ("voicemail", Self::Voicemail),
        ("callback_request", Self::CallbackRequest),
        ("ringing", Self::Ringing),
        ("talking", Self::Talking),
        ("ignored", Self::Ignored),
    ];

    pub(super) fn word(self) -> &'static str {
        Self::WORDS.iter().find(|(_, outcome)| *outcome == self).map_or("", |(word, _)| word)
    }
}

/// Which way a call went, as it is written in the configuration.
pub(super) const DIRECTIONS: [(&str, Direction); 3] = [
    ("inbound", Direction::Inbound),
    ("outbound", Direction::Outbound),
    ("unsaid", Direction::Unsaid),
];

/// The words that most senders use, where no others are configured.
pub(super) fn usual_direction(word: &str) -> Option<Direction> {
    match word {
        "in" | "inbound" | "incoming" => Some(Direction::Inbound),
        "out" | "outbound" | "outgoing" => Some(Direction::Outbound),
        _ => None,
    }
}

/// How times are written.
#[derive(Debug, Clone, Default)]
pub(super) enum Times {
    /// ISO 8601, with a zone or in that of the source.
    #[default]
    Iso,
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMillis,
    /// A pattern such as `%d.%m.%Y %H:%M:%S`.
    Pattern(String),
}

impl Times {
    pub(super) fn new(written: &str) -> Option<Self> {
        match written {
            "" | "iso" => Some(Self::Iso),
            "unix" => Some(Self::Unix),
            "unix_ms" => Some(Self::UnixMillis),
            pattern => {
                let mut items = StrftimeItems::new(pattern);
                let is_pattern = !items.any(|item| matches!(item, Item::Error));
                let pattern = Self::Pattern(pattern.to_owned());
                (is_pattern && pattern.reads_what_it_writes()).then_some(pattern)
            }
        }
    }

    /// A pattern without a date, or without a time, can be read from nothing.
    fn reads_what_it_writes(&self) -> bool {
        let Self::Pattern(pattern) = self else { return true };
        let some = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000);
        self.read(&some.format(pattern).to_string(), Tz::UTC).is_some()
    }

    pub(super) fn read(&self, text: &str, zone: Tz) -> Option<DateTime<Utc>> {
        match self {
            Self::Unix => seconds::instant(text),
            Self::UnixMillis => seconds::instant_of_millis(text),
            Self::Iso => seconds::written(text)
                .or_else(|| local(text, "%Y-%m-%dT%H:%M:%S%.f", zone))
                .or_else(|| local(text, "%Y-%m-%d %H:%M:%S%.f", zone)),
            Self::Pattern(pattern) => DateTime::parse_from_str(text, pattern)
                .ok()
                .and_then(|at| seconds::believable(at.to_utc()))
                .or_else(|| local(text, pattern, zone)),
        }
    }
}

/// Of an hour that comes twice in autumn the first counts; one that spring skips is an hour later.
fn local(text: &str, pattern: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let at = NaiveDateTime::parse_from_str(text, pattern).ok()?;
    let known = |at: NaiveDateTime| zone.from_local_datetime(&at).earliest();
    let at = known(at).or_else(|| known(at.checked_add_signed(TimeDelta::hours(1))?))?;
    seconds::believable(at.to_utc())
}

/// How lengths are counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum Unit {
    #[default]
    Seconds,
    Millis,
    Minutes,
    /// `0:01:35` or `1:35`.
    Clock,
}

impl Unit {
    pub(super) const WORDS: [(&'static str, Self); 4] = [
        ("s", Self::Seconds),
        ("ms", Self::Millis),
        ("min", Self::Minutes),
        ("h:m:s", Self::Clock),
    ];

    pub(super) fn new(written: &str) -> Option<Self> {
        let written = if written.is_empty() { "s" } else { written };
        Self::WORDS.iter().find(|(word, _)| *word == written).map(|(_, unit)| *unit)
    }

    pub(super) fn read(self, text: &str) -> Option<TimeDelta> {
        match self {
            Self::Seconds => seconds::length(text),
            Self::Millis => seconds::length_of_millis(text),
            Self::Minutes => {
                let minutes: f64 = text.trim().parse().ok()?;
                seconds::length(&(minutes * 60.0).to_string())
            }
            Self::Clock => {
                let parts: Option<Vec<i64>> = text
                    .split(':')
                    .map(|part| part.trim().parse::<u32>().ok().map(i64::from))
                    .collect();
                let parts = parts.filter(|parts| (2..=3).contains(&parts.len()))?;
                let whole = parts.iter().fold(0, |sum: i64, part| sum * 60 + part);
                seconds::length(&whole.to_string())
            }
        }
    }
}
