//! What employees choose for themselves: the language they read, and when they want mails. A people file changes none of it.

use crate::directory::Language;
use chrono::NaiveTime;

/// What one employee chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// None: that of the people file.
    pub language: Option<Language>,
    /// No mail before this local time; none: when everybody's go out.
    pub mails_from: Option<NaiveTime>,
    /// No mail from this local time on; none: as for everybody.
    pub mails_until: Option<NaiveTime>,
    /// Whether *new* is told between the digests. The digest itself cannot be declined: it is how a promise is remembered.
    pub wants_new: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { language: None, mails_from: None, mails_until: None, wants_new: true }
    }
}
