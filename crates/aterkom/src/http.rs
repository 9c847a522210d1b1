//! The layers around every route: one request cannot take the process down, or hold it up.

use crate::App;
use axum::Router;
use axum::extract::MatchedPath;
use axum::http::{Request, StatusCode};
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

/// A request that takes longer is given up.
const TIMEOUT: Duration = Duration::from_secs(15);

pub(crate) fn router(app: &App, with_metrics: bool) -> Router {
    let receiver = webhook_receiver::routes::router(app.receiver.clone());
    layered(receiver.merge(web::router(app.web.clone(), with_metrics)))
}

/// These routes with the layers around them.
pub fn layered(router: Router) -> Router {
    // Paths can hold secrets: the log knows a route by its pattern only.
    let trace = TraceLayer::new_for_http().make_span_with(|request: &Request<_>| {
        let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
        tracing::debug_span!("request", method = %request.method(), route)
    });
    router
        .layer(trace)
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::new())
}
