//! `/healthz` says whether this process works, `/readyz` whether it can store. A quiet PBX is neither's matter.

use crate::App;
use axum::extract::State;
use axum::http::StatusCode;
use std::time::Duration;

/// Nobody who asks waits longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// `GET /healthz`
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: 200 when storage takes what it is given, else 503. Why not is in the log, not for everybody.
pub(crate) async fn readyz(State(app): State<App>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(PATIENCE, app.store.probe()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        Ok(Err(error)) => {
            tracing::error!(error = error.told(), "storage refuses");
            (StatusCode::SERVICE_UNAVAILABLE, "storage refuses\n")
        }
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "storage does not answer\n"),
    }
}
