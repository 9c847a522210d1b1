//! What an address says behind its `?`.

use crate::{App, guard};
use axum::extract::{FromRequestParts, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use serde::de::DeserializeOwned;

/// What a page is asked with. An address that cannot be read, for no link of ours says so, leads to no page, and says that as
/// every page does.
#[derive(Debug)]
pub(crate) struct Asks<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequestParts<App> for Asks<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        if let Ok(Query(asked)) = Query::try_from_uri(&parts.uri) {
            return Ok(Self(asked));
        }
        Err(guard::not_found(State(app.clone()), parts.headers.clone()).await)
    }
}
