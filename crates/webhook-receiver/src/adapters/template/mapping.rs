//! `[sources.template]`: the keys, and whether they can work together.

use super::words::{DIRECTIONS, Outcome, Times, Unit, usual_direction};
use crate::adapters::Unreadable;
use domain::fact::Direction;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Where things stand in what a sender posts. Each place is a path such as `call.from`, `?name` for a field of the
/// address, or `=text` for a fixed text.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mapping {
    /// The header that has the secret, where it is neither `Authorization` nor in the address.
    pub secret_header: String,
    /// The place of the event's name, and the names that count; other posts tell nothing.
    pub event: String,
    pub events: Vec<String>,
    /// Who rang, and whom.
    pub caller: String,
    pub called: String,
    /// Instead of these two: the outside party and ours, whoever of them rang.
    pub external: String,
    pub internal: String,
    /// The phone that rang, or whose user answered or rang out: an extension or the PBX's id.
    pub line: String,
    /// The outside party's name.
    pub caller_name: String,
    /// What stands there instead of a number that the caller withheld, besides the usual words.
    pub withheld: Vec<String>,
    /// Which way the call went, and what its words mean.
    pub direction: String,
    pub directions: BTreeMap<String, String>,
    /// What the call came to, and what its words mean. `"*"` stands for any other word.
    pub outcome: String,
    pub outcomes: BTreeMap<String, String>,
    pub began_at: String,
    pub answered_at: String,
    pub ended_at: String,
    /// `iso`, `unix`, `unix_ms` or a pattern.
    pub times: String,
    /// How long they talked, or how long the message is.
    pub duration: String,
    /// `s`, `ms`, `min` or `h:m:s`.
    pub duration_unit: String,
    pub recording: String,
    /// What the posts of one call have in common.
    pub call_id: String,
    /// What each post has for itself.
    pub event_id: String,
}

/// A key of the mapping that cannot work, and what to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WrongKey {
    /// Below `[sources.template]`, for example `outcomes.MISSED`.
    pub key: String,
    pub message: String,
}

impl Mapping {
    /// The keys that name a place.
    pub(super) fn paths(&self) -> [(&'static str, &str); 16] {
        [
            ("event", &self.event),
            ("caller", &self.caller),
            ("called", &self.called),
            ("external", &self.external),
            ("internal", &self.internal),
            ("line", &self.line),
            ("caller_name", &self.caller_name),
            ("direction", &self.direction),
            ("outcome", &self.outcome),
            ("began_at", &self.began_at),
            ("answered_at", &self.answered_at),
            ("ended_at", &self.ended_at),
            ("duration", &self.duration),
            ("recording", &self.recording),
            ("call_id", &self.call_id),
            ("event_id", &self.event_id),
        ]
    }
}

/// A mapping that was looked through, its words understood.
#[derive(Debug, Default)]
pub(super) struct Rules {
    pub(super) keys: Mapping,
    pub(super) times: Times,
    pub(super) unit: Unit,
    /// By word in lower case.
    directions: HashMap<String, Direction>,
    outcomes: HashMap<String, Outcome>,
}

impl Rules {
    pub(super) fn new(keys: Mapping) -> Result<Self, WrongKey> {
        check_places(&keys)?;
        check_parties(&keys)?;
        check_header(&keys.secret_header)?;
        let times = Times::new(&keys.times).ok_or_else(|| {
            wrong("times", "this is not a way to write date and time; write \"iso\", \"unix\", \"unix_ms\" or a pattern such as \"%d.%m.%Y %H:%M:%S\"")
        })?;
        let unit = Unit::new(&keys.duration_unit).ok_or_else(|| {
            wrong("duration_unit", format!("write one of: {}", words(&Unit::WORDS)))
        })?;
        if keys.outcomes.is_empty() {
            return Err(wrong(
                "outcome",
                format!(
                    "say what its words mean, below [sources.template.outcomes]; for example MISSED = \"missed\". There are: {}",
                    words(&Outcome::WORDS)
                ),
            ));
        }
        let outcomes = understood("outcomes", &keys.outcomes, &Outcome::WORDS)?;
        let directions = understood("directions", &keys.directions, &DIRECTIONS)?;
        Ok(Self { times, unit, directions, outcomes, keys })
    }

    /// # Errors
    /// [`Unreadable`] for a word that nothing is said of.
    pub(super) fn outcome(&self, word: &str) -> Result<Outcome, Unreadable> {
        let known = self.outcomes.get(&word.to_lowercase()).or_else(|| self.outcomes.get("*"));
        known.copied().ok_or_else(|| match word {
            "" => missing("outcome", &self.keys.outcome),
            word => Unreadable::unknown("outcome", word),
        })
    }

    /// # Errors
    /// [`Unreadable`] for a word that nothing is said of.
    pub(super) fn direction(&self, word: &str) -> Result<Direction, Unreadable> {
        if self.keys.direction.is_empty() {
            return Ok(Direction::Unsaid);
        }
        let word = word.to_lowercase();
        let known = self.directions.get(&word).or_else(|| self.directions.get("*")).copied();
        let usual = || usual_direction(&word).filter(|_| self.directions.is_empty());
        known.or_else(usual).ok_or_else(|| match word.as_str() {
            "" => missing("direction", &self.keys.direction),
            word => Unreadable::unknown("direction", word),
        })
    }
}

fn missing(key: &str, path: &str) -> Unreadable {
    Unreadable::because(format!("there is nothing at \"{path}\", where {key} is said to be"))
}

fn wrong(key: &str, message: impl Into<String>) -> WrongKey {
    WrongKey { key: key.to_owned(), message: message.into() }
}

fn check_places(keys: &Mapping) -> Result<(), WrongKey> {
    for (key, path) in keys.paths() {
        let is_bare = path == "=" || path == "?";
        let has_gap = !path.starts_with(['=', '?']) && path.split('.').any(str::is_empty);
        if !path.is_empty() && (is_bare || has_gap || path.trim() != path) {
            return Err(wrong(
                key,
                format!(
                    "\"{path}\" is no place; write names with dots between them, \"call.from\", or \"?name\" for a field of the address, or \"=text\" for a fixed text"
                ),
            ));
        }
    }
    let place = |key: &str, path: &str, message: &str| match path.is_empty() {
        true => Err(wrong(key, message)),
        false => Ok(()),
    };
    place(
        "outcome",
        &keys.outcome,
        "write where it stands what the call came to, for example outcome = \"call.status\"",
    )?;
    if !keys.directions.is_empty() {
        place("direction", &keys.direction, "write where the words of directions stand")?;
    }
    match (keys.event.is_empty(), keys.events.is_empty()) {
        (true, false) => Err(wrong("events", "write event too: the place where these words stand")),
        (false, true) => Err(wrong("event", "write events too: the words that count")),
        (true, true) | (false, false) => Ok(()),
    }
}

fn check_parties(keys: &Mapping) -> Result<(), WrongKey> {
    if !keys.external.is_empty() {
        if !keys.caller.is_empty() || !keys.called.is_empty() {
            return Err(wrong(
                "external",
                "write either caller and called, or external and internal",
            ));
        }
        if keys.direction.is_empty() {
            return Err(wrong("external", "write direction too: it says which of the two rang"));
        }
    } else if keys.caller.is_empty() {
        return Err(wrong(
            "caller",
            "write where the number of who rings stands, for example caller = \"from\"",
        ));
    } else if !keys.internal.is_empty() {
        return Err(wrong("internal", "write external too, or called instead"));
    }
    if keys.called.is_empty() && keys.internal.is_empty() && keys.line.is_empty() {
        return Err(wrong(
            "called",
            "write where our number or extension stands, as called or line; \"=+46…\" where the sender does not say it",
        ));
    }
    Ok(())
}

fn check_header(header: &str) -> Result<(), WrongKey> {
    let is_name = header.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_name {
        return Err(wrong(
            "secret_header",
            "write the name of a header, for example \"X-Api-Key\"",
        ));
    }
    if header.eq_ignore_ascii_case("authorization") {
        return Err(wrong(
            "secret_header",
            "leave this out: Authorization, Bearer or Basic, is looked at anyway",
        ));
    }
    Ok(())
}

/// The words of a table, each with what it means.
fn understood<M: Copy>(
    key: &str,
    table: &BTreeMap<String, String>,
    meanings: &[(&'static str, M)],
) -> Result<HashMap<String, M>, WrongKey> {
    let mut known = HashMap::new();
    for (word, meaning) in table {
        let Some((_, meaning)) = meanings.iter().find(|(name, _)| name == meaning) else {
            let message = format!(
                "\"{meaning}\" is none of what {key} can mean; write one of: {}",
                words(meanings)
            );
            return Err(wrong(&format!("{key}.{word}"), message));
        };
        if known.insert(word.trim().to_lowercase(), *meaning).is_some() {
            let message = format!("\"{word}\" is there twice; capitals make no difference");
            return Err(wrong(&format!("{key}.{word}"), message));
        }
    }
    Ok(known)
}

fn words<M>(meanings: &[(&'static str, M)]) -> String {
    meanings.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ")
}
