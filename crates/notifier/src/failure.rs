//! Why a mail was not sent: whose fault it is decides who waits.

use crate::smtp::answer::Answer;
use std::borrow::Cow;
use std::fmt;

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server takes nothing now, whoever it is for: it is away, does not let us in, or is not itself. Everything
    /// waits, and no mail's tries count.
    OfServer(Reason),
    /// This mail is not taken now; later it may be.
    Transient(Reason),
    /// The server said that this mail will never be taken.
    Permanent(Reason),
}

/// What happened, worded for who looks after the installation, with the numbers of the answer. Never the server's own
/// words: they may name the recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub what: Cow<'static, str>,
    pub answer: Option<Answer>,
}

impl Failure {
    /// What happened.
    pub fn reason(&self) -> &Reason {
        match self {
            Self::OfServer(reason) | Self::Transient(reason) | Self::Permanent(reason) => reason,
        }
    }

    /// Whether everybody's mail may be meant, though only one was spoken of: the server told of trouble of its own
    /// (X.3.X), or gave no reason at all.
    pub(crate) fn may_be_of_server(&self) -> bool {
        match self {
            Self::OfServer(_) => true,
            Self::Transient(Reason { answer: Some(answer), .. }) => {
                answer.status.is_none_or(|status| status.subject == 3)
            }
            // Cut off, or too slow, in the middle of one mail: another one may well go through.
            Self::Transient(Reason { answer: None, .. }) => true,
            Self::Permanent(_) => false,
        }
    }
}

impl Reason {
    pub(crate) fn answered(what: &'static str, answer: Answer) -> Self {
        Self { what: what.into(), answer: Some(answer) }
    }
}

impl<T: Into<Cow<'static, str>>> From<T> for Reason {
    fn from(what: T) -> Self {
        Self { what: what.into(), answer: None }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.answer {
            None => f.write_str(&self.what),
            Some(answer) => write!(f, "{} ({answer})", self.what),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reason().fmt(f)
    }
}
