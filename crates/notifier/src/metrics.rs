//! What is counted of mails: by kind and result only.

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// Counters of the notifier.
#[derive(Debug, Clone, Default)]
pub struct Metrics {
    tries: Family<Labels, Counter>,
    of_channels: Family<Labels, Counter>,
    held: Gauge,
    no_address: Counter,
    alarms: Counter,
    returned: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    result: Tried,
}

/// What came of trying to send a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Tried {
    Sent,
    Again,
    Held,
    Dead,
    Expired,
}

impl Metrics {
    /// Counters that `registry` shows.
    pub fn register(registry: &mut Registry) -> Self {
        let metrics = Self::default();
        registry.register(
            "aterkom_mail_tries",
            "Tries to send a mail, by result",
            metrics.tries.clone(),
        );
        registry.register(
            "aterkom_channel_tries",
            "Tries to send a message to a channel besides mail, by result",
            metrics.of_channels.clone(),
        );
        let help = "Whether the mail server takes nothing, so that mails wait for it: 1 or 0";
        registry.register("aterkom_mail_server_held", help, metrics.held.clone());
        let help = "Rounds that nobody could be found for; see `aterkom check`";
        registry.register("aterkom_rounds_without_address", help, metrics.no_address.clone());
        let help = "Rounds that nobody hears of, not even those above: the administrators are told";
        registry.register("aterkom_rounds_unheard", help, metrics.alarms.clone());
        let help = "Mails that came back after a server had taken them";
        registry.register("aterkom_mails_returned", help, metrics.returned.clone());
        metrics
    }

    /// Above 0 while the mail server takes nothing.
    pub fn held(&self) -> Gauge {
        self.held.clone()
    }

    pub(crate) fn count(&self, result: Tried) {
        self.tries.get_or_create(&Labels { result }).inc();
    }

    pub(crate) fn count_of_channel(&self, result: Tried) {
        self.of_channels.get_or_create(&Labels { result }).inc();
    }

    pub(crate) fn hold(&self, is_held: bool) {
        self.held.set(i64::from(is_held));
    }

    pub(crate) fn count_returned(&self, mails: u64) {
        self.returned.inc_by(mails);
    }

    pub(crate) fn count_alarm(&self) {
        self.alarms.inc();
    }

    pub(crate) fn count_no_address(&self) {
        self.no_address.inc();
    }
}
