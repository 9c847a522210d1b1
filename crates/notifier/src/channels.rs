//! Channels besides mail: signed webhooks, Teams, Slack, SMS. What they are told is rendered once, sent at least once and never as two
//! different things, as mails are.

mod bodies;
mod dispatch;
mod render;
mod sending;
mod shown;
mod signing;
mod sms;
#[cfg(test)]
mod tests;
mod texts;

pub use sending::Answer;
pub use signing::SigningKey;
pub use sms::{SENDER_RULE, is_sender};

use crate::callers::MailDetail;
use chrono::TimeDelta;
use domain::channel::Channel;
use domain::directory::Language;
use domain::number::E164;
use outbound::Outbound;
use secrecy::SecretString;
use std::sync::Arc;
use std::time::Duration;

/// No receiver takes longer and is well.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Everything that is told by other ways than mail. Clones share everything.
#[derive(Debug, Clone)]
pub struct Channels {
    pub all: Arc<[Destination]>,
    pub outbound: Outbound,
    /// Pauses after a try that failed; after the last of them a message is dead (R28).
    pub delays: Arc<[TimeDelta]>,
    /// So long one whole try may take.
    pub patience: Duration,
}

/// One configured channel.
#[derive(Debug, Clone)]
pub struct Destination {
    /// What it is told.
    pub told: Channel,
    pub language: Language,
    /// What it is shown of callers (R29).
    pub detail: MailDetail,
    pub way: Way,
}

/// How it is told.
#[derive(Debug, Clone)]
pub enum Way {
    /// JSON, signed as Standard Webhooks says; two keys while one is replaced.
    Standard { url: SecretString, keys: Vec<SigningKey> },
    /// An Adaptive Card to a Teams workflow. Its address is as good as a password.
    Teams { url: SecretString },
    /// Blocks to an incoming webhook of Slack. Its address is as good as a password.
    Slack { url: SecretString },
    /// An SMS by the API of 46elks.
    Elks { url: String, username: String, password: SecretString, sender: String, to: E164 },
}

impl Channels {
    /// The channel of this name.
    pub fn find(&self, name: &str) -> Option<&Destination> {
        self.all.iter().find(|d| d.told.name == name)
    }

    /// The names of all.
    pub fn names(&self) -> Vec<&str> {
        self.all.iter().map(|d| d.told.name.as_str()).collect()
    }
}
