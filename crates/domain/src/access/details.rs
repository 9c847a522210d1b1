//! A caller's details: number, name and texts; how a reader comes to see them, and how long (R36).

use super::scope::Seen;
use chrono::TimeDelta;

/// How long details that were asked for stay on the page.
const SHOWN: TimeDelta = TimeDelta::minutes(15);
/// An opening of what is at hand anyway is written down once in this time.
const NOTED_EVERY: TimeDelta = TimeDelta::hours(1);

/// How a reader comes to see the caller's details.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Details {
    /// It is the reader's to call back: they are there, and looking at them is written down.
    AtHand,
    /// Hidden until asked for.
    OnRequest,
    /// It came in on a protected line: hidden until asked for, with a reason.
    WithReason,
}

impl Details {
    /// How long one opening holds.
    pub fn opening_holds(self) -> TimeDelta {
        match self {
            Self::AtHand => NOTED_EVERY,
            Self::OnRequest | Self::WithReason => SHOWN,
        }
    }
}

/// Why somebody asks for details of a protected line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

/// The reason is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reason has 5 to 200 characters")]
pub struct NoReason;

impl Reason {
    /// What was written, in one line.
    ///
    /// # Errors
    /// [`NoReason`] for fewer than 5 or more than 200 characters.
    pub fn read(text: &str) -> Result<Self, NoReason> {
        let words = text.split(|c: char| c.is_whitespace() || c.is_control());
        let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        let is_one = (5..=200).contains(&text.chars().count());
        is_one.then_some(Self(text)).ok_or(NoReason)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A reader asks for the details of a callback that they may see, with a reason where it takes one. Made by [`Seen::ask`].
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    pub(super) seen: &'a Seen,
    pub(super) reason: Option<Reason>,
}

impl<'a> Ask<'a> {
    pub fn seen(&self) -> &'a Seen {
        self.seen
    }

    pub fn reason(&self) -> Option<&Reason> {
        self.reason.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_a_line_of_5_to_200_characters() {
        let read = |text: &str| Reason::read(text).map(|reason| reason.as_str().to_owned());
        assert_eq!(read("  ringer\n upp\u{0} nu "), Ok("ringer upp nu".to_owned()));
        assert_eq!(read("åäöåä"), Ok("åäöåä".to_owned()));
        let long = "x".repeat(201);
        for none in ["", "    \n  ", "nu", "a   b", &long] {
            assert_eq!(read(none), Err(NoReason), "{none}");
        }
    }
}
