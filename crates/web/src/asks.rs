//! What an address names, and what it says behind its `?`. One that cannot be read, for no link of ours says so, leads to no page,
//! and says that as every page does.

use crate::{App, guard};
use axum::extract::{FromRequestParts, Path, Query, State};
use axum::http::request::Parts;
use axum::response::Response;
use serde::de::DeserializeOwned;

/// What a page is asked with.
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

/// The one thing that an address names.
#[derive(Debug)]
pub(crate) struct Named(pub(crate) String);

impl FromRequestParts<App> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        if let Ok(Path(name)) = Path::from_request_parts(parts, app).await {
            return Ok(Self(name));
        }
        Err(guard::not_found(State(app.clone()), parts.headers.clone()).await)
    }
}
