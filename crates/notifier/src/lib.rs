//! Telling people: rounds become mails, mails are sent at least once and never as two different ones.

mod address;
mod back;
pub mod bounces;
pub mod callers;
pub mod channel;
pub mod channels;
mod dispatch;
mod failure;
mod folder;
mod gate;
pub mod metrics;
pub mod mime;
mod nesting;
pub mod preview;
mod recipients;
mod render;
mod rounds;
mod samples;
mod sign_in;
mod smtp;
mod telling;
pub mod texts;
mod trial;
mod wrap;

pub use channel::Channel;
pub use channels::Channels;
pub use recipients::Addressee;

use chrono::TimeDelta;
use clock::Clock;
use domain::policy::Policy;
use domain::rounds::{Offices, Schedule};
use mime::Sender;
use std::sync::Arc;
use store::Store;
use store::sources::Sources;
use texts::Texts;
use workalendar::WorkCalendar;

/// What the notifier works with. Clones share everything.
#[derive(Debug, Clone)]
pub struct Notifier {
    pub store: Store,
    pub clock: Clock,
    pub policy: Arc<Policy>,
    pub calendar: Arc<WorkCalendar>,
    pub texts: Arc<Texts>,
    pub channel: Channel,
    /// What is told by other ways than mail.
    pub channels: Channels,
    pub sender: Arc<Sender>,
    /// Where mails that cannot be delivered come back to; none: nobody looks there.
    pub bounces: Option<bounces::Mailbox>,
    /// Scheme and host as the outside sees them, without a `/` at the end: what links in mails begin with.
    pub public_url: String,
    /// Who is told when nobody else is responsible (R16), and when no manager is left (R27).
    pub offices: Arc<Offices>,
    pub sources: Sources,
    pub schedule: Schedule,
    /// Pauses after a try that failed; after the last of them a delivery is dead (R28).
    pub delays: Arc<[TimeDelta]>,
    pub metrics: metrics::Metrics,
}
