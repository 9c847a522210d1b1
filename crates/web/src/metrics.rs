//! `GET /metrics`: OpenMetrics. What is in the database is counted at the scrape, what happens in the process as it goes.

use crate::App;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::ids::SourceName;
use prometheus_client::encoding::text::{encode_eof, encode_registry};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;
use store::StoreError;
use store::faults;
use store::status::{self, Status};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

type Counts = Family<Vec<(&'static str, String)>, Gauge>;

/// `GET /metrics`
pub(crate) async fn metrics(State(app): State<App>) -> Response {
    let _alone = app.scraping.lock().await;
    let counted = count(&app).await;
    let up = i64::from(counted.is_ok());
    let (status, silent) = counted.unwrap_or_default();
    let mut registry = gauges(status, up);
    let help = "Whether a source is silent against its own habit (1) or not (0)";
    register(&mut registry, "aterkom_source_silent", help, ["source"], silent);
    let mut text = String::new();
    let encoded = encode_registry(&mut text, &registry)
        .and_then(|()| encode_registry(&mut text, &app.registry))
        .and_then(|()| encode_eof(&mut text));
    match encoded {
        Ok(()) => ([(header::CONTENT_TYPE, OPEN_METRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The counts, and of each source whether it is silent.
async fn count(app: &App) -> Result<(Status, Vec<([String; 1], i64)>), StoreError> {
    let (tx, now) = (app.store.read().await?, app.clock.now());
    let status = status::count(&tx).await?;
    let posting = faults::posting(&tx, now).await?;
    let live = app.sources.live(&tx).await?;
    tx.commit().await?;
    let faults = posting.faults(&live, now, &app.calendar);
    let is_silent = |source: SourceName| {
        let silent = faults.silent.iter().any(|(silent, _)| *silent == source);
        ([source.0], i64::from(silent))
    };
    Ok((status, live.into_iter().map(is_silent).collect()))
}

fn gauges(status: Status, up: i64) -> Registry {
    let mut registry = Registry::default();
    let storage = Gauge::<i64>::default();
    storage.set(up);
    registry.register("aterkom_storage_up", "Whether storage answered this scrape", storage);
    let help = "Posts in the inbox, by source and state; unread ones want a look";
    register(&mut registry, "aterkom_inbox", help, ["source", "state"], status.posts);
    let help = "Callbacks, by state";
    register(
        &mut registry,
        "aterkom_callbacks",
        help,
        ["state"],
        status.callbacks.into_iter().map(|(s, n)| ([s], n)),
    );
    let help = "Mails, by kind and state; dead ones never arrived";
    register(&mut registry, "aterkom_deliveries", help, ["kind", "state"], status.deliveries);
    let help = "Rounds, by kind and state";
    register(&mut registry, "aterkom_rounds", help, ["kind", "state"], status.rounds);
    let help = "Calls that were judged, by verdict";
    register(
        &mut registry,
        "aterkom_calls",
        help,
        ["verdict"],
        status.calls.into_iter().map(|(v, n)| ([v], n)),
    );
    registry
}

fn register<const N: usize>(
    registry: &mut Registry,
    name: &'static str,
    help: &'static str,
    labels: [&'static str; N],
    counts: impl IntoIterator<Item = impl Into<Count<N>>>,
) {
    let family = Counts::default();
    for count in counts {
        let Count(values, n) = count.into();
        family.get_or_create(&labels.into_iter().zip(values).collect()).set(n);
    }
    registry.register(name, help, family);
}

struct Count<const N: usize>([String; N], i64);

impl From<([String; 1], i64)> for Count<1> {
    fn from((values, n): ([String; 1], i64)) -> Self {
        Self(values, n)
    }
}

impl From<(String, String, i64)> for Count<2> {
    fn from((a, b, n): (String, String, i64)) -> Self {
        Self([a, b], n)
    }
}
