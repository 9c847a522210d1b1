//! What is served over HTTP besides the PBXs' posts: health, readiness and numbers. Pages come later.

mod front;
mod health;
mod metrics;

use axum::Router;
use axum::routing::get;
use prometheus_client::registry::Registry;
use std::sync::Arc;
use store::Store;
use tokio::sync::Mutex;

/// What the pages work with. Clones share everything.
#[derive(Debug, Clone)]
pub struct App {
    pub store: Store,
    /// What the other crates count while the process runs.
    pub registry: Arc<Registry>,
    /// One scrape at a time asks the database.
    scraping: Arc<Mutex<()>>,
}

impl App {
    /// Pages on this store, showing the counters of `registry`.
    pub fn new(store: Store, registry: Registry) -> Self {
        Self { store, registry: Arc::new(registry), scraping: Arc::default() }
    }
}

/// `/`, `/healthz`, `/readyz`; `/metrics` as well unless it has an address of its own.
pub fn router(app: App, with_metrics: bool) -> Router {
    let router = Router::new()
        .route("/", get(front::front))
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz));
    let router =
        if with_metrics { router.route("/metrics", get(metrics::metrics)) } else { router };
    router.with_state(app)
}

/// `/metrics` alone, for an address of its own.
pub fn metrics_router(app: App) -> Router {
    Router::new().route("/metrics", get(metrics::metrics)).with_state(app)
}
