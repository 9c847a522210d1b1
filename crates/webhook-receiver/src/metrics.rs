//! What is counted of posts: by source and result only, never by number or address.

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

/// Counters of the receiver.
#[derive(Debug, Clone, Default)]
pub struct Metrics {
    answered: Family<Labels, Counter>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    source: String,
    result: Answered,
}

/// How a post was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Answered {
    /// It is in the inbox.
    Accepted,
    /// Signature, token or password missing or wrong.
    Wrong,
    /// The signed time was too far from ours.
    Stale,
    /// Storage refused or was too slow: the PBX was told to try again.
    Unavailable,
    /// Too large, encoded, or of a method that no PBX uses.
    Unfit,
}

impl Metrics {
    /// Counters that `registry` shows.
    pub fn register(registry: &mut Registry) -> Self {
        let metrics = Self::default();
        let help = "Posts of PBXs, by how they were answered";
        registry.register("aterkom_posts", help, metrics.answered.clone());
        metrics
    }

    /// Counts one answer. The name of a source that does not exist is never a label.
    pub fn count(&self, source: &str, result: Answered) {
        self.answered.get_or_create(&Labels { source: source.to_owned(), result }).inc();
    }
}
