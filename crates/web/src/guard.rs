//! What stands before every page: headers that keep others out, and no forms from other sites.

use crate::App;
use crate::error::{PageError, Trouble};
use crate::{page, visit};
use axum::extract::{Request, State};
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::ProtectionError;

/// Pages are for one reader: nothing between us and the browser keeps them.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    for (name, value) in page::HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A form that was refused because it came from another site, said in words.
pub(crate) async fn forbidden(State(app): State<App>, request: Request, next: Next) -> Response {
    let words = visit::words(request.headers(), None);
    let response = next.run(request).await;
    if response.extensions().get::<ProtectionError>().is_none() {
        return response;
    }
    PageError::outside(&app, words, Trouble::OtherSite).into_response()
}

/// Any other path.
pub(crate) async fn not_found(State(app): State<App>, headers: HeaderMap) -> Response {
    match visit::find(&app, &headers).await {
        Ok(Some(visit)) => PageError::of(&visit, Trouble::NotFound).await.into_response(),
        Ok(None) | Err(_) => {
            let words = visit::words(&headers, None);
            PageError::outside(&app, words, Trouble::NotFound).into_response()
        }
    }
}
