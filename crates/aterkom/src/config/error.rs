//! What is wrong with the configuration, and where.

use super::Origin;
use std::fmt;

/// One line: where, what, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    place: String,
    message: String,
}

impl ConfigError {
    /// About the key at `path`, such as `mail.port` or `sources[0].secret_files[1]`.
    pub fn at(origin: &Origin, path: &str, message: impl fmt::Display) -> Self {
        Self { place: origin.place(path), message: message.to_string() }
    }

    pub(super) fn in_place(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one_line = self.message.split_whitespace().collect::<Vec<_>>().join(" ");
        write!(f, "{}: {one_line}", self.place)
    }
}

impl std::error::Error for ConfigError {}
