//! `GET /`: what this is, for whoever opens the address in a browser.

use axum::response::Html;

/// `GET /`
pub(crate) async fn front() -> Html<&'static str> {
    Html(include_str!("front.html"))
}
