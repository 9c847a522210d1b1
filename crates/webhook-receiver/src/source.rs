//! A source: one PBX connection.

use chrono_tz::Tz;
use domain::ids::SourceName;
use domain::number::NumberPlan;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

use crate::adapters::Adapter;

/// One PBX connection ("växel").
#[derive(Debug, Clone)]
pub struct Source {
    /// As it stands in the URL: `/hooks/{name}`.
    pub name: SourceName,
    pub adapter: Arc<dyn Adapter>,
    /// What the PBX proves itself with; two may be live while one is rotated. What they look like is the adapter's.
    pub secrets: Vec<SecretString>,
    /// How it writes numbers.
    pub plan: NumberPlan,
    /// The zone of times that it writes without one.
    pub zone: Tz,
    /// The address that the PBX posts to, as configured there: scheme, host and port, without a path.
    pub public_url: String,
    /// Reads the rows of its files of calls, where the administrator mapped their columns.
    pub records: Option<Arc<dyn Adapter>>,
}

impl Source {
    /// The secrets as they are, to compare with.
    pub fn exposed_secrets(&self) -> impl Iterator<Item = &str> + Clone {
        self.secrets.iter().map(ExposeSecret::expose_secret)
    }
}
