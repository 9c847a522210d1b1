//! Bytes from a PBX → a durable inbox → call facts.
//!
//! [`routes`] takes the post, a file in [`adapters`] says whether it is genuine and, later, what it tells; [`intake`]
//! makes it durable before it is answered, and [`reading`] turns it into facts afterwards. What was told while nobody
//! listened comes later, from a file: [`records`] reads its rows, [`filling`] keeps what they add.

pub mod adapters;
pub mod filling;
pub mod intake;
pub mod metrics;
pub mod reading;
pub mod records;
pub mod request;
pub mod routes;
pub mod source;
pub mod sources;

use clock::Clock;
use domain::policy::Policy;
use intake::Intake;
use metrics::Metrics;
use sources::Sources;
use std::sync::Arc;
use store::Store;
use tokio::sync::Notify;

/// What the receiver works with. Clones share everything.
#[derive(Debug, Clone)]
pub struct Receiver {
    pub store: Store,
    pub clock: Clock,
    pub policy: Arc<Policy>,
    pub sources: Sources,
    pub intake: Intake,
    pub metrics: Metrics,
    /// A hint that something is there to be read; never relied on.
    pub arrived: Arc<Notify>,
    /// Whether posts are kept when they are read (R34).
    pub keeps_raw: bool,
}
