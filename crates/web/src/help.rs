//! `GET /help` and `GET /accessibility`: how it counts, who sees what, what is kept for how long; and how accessible it is.
//! For everybody, signed in or not.

use crate::page::{Page, show};
use crate::visit::{self, Visit};
use crate::{App, error::PageError};
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::policy::MissedCalls;
use domain::retention::Retention;
use std::sync::Arc;

#[derive(Debug, Template)]
#[template(path = "help.html")]
struct Help {
    page: Page,
    organisation: String,
    swedish: bool,
    days: u32,
    missed: MissedCalls,
    list_days: i32,
    talk_seconds: i64,
    undo_days: i32,
    not_reached_days: i32,
    retention: Arc<Retention>,
}

#[derive(Debug, Template)]
#[template(path = "accessibility.html")]
struct Accessibility {
    page: Page,
    organisation: String,
    swedish: bool,
    /// Whom to write to.
    contact: Option<String>,
}

/// `GET /help`
pub(crate) async fn help(State(app): State<App>, headers: HeaderMap) -> Response {
    framed(&app, &headers, "help-title", "/help", |page, swedish| {
        let policy = &app.policy;
        let help = Help {
            page,
            organisation: app.organisation.to_string(),
            swedish,
            days: policy.working_days,
            missed: policy.missed_calls,
            list_days: policy.list_days,
            talk_seconds: policy.shortest_talk.num_seconds(),
            undo_days: policy.undo_days,
            not_reached_days: policy.not_reached_days,
            retention: app.retention.clone(),
        };
        show(StatusCode::OK, &help)
    })
    .await
}

/// `GET /accessibility`
pub(crate) async fn accessibility(State(app): State<App>, headers: HeaderMap) -> Response {
    framed(&app, &headers, "accessibility-title", "/accessibility", |page, swedish| {
        let organisation = app.organisation.to_string();
        let contact = app.reception.clone();
        show(StatusCode::OK, &Accessibility { page, organisation, swedish, contact })
    })
    .await
}

/// In the frame of whoever asks.
async fn framed(
    app: &App,
    headers: &HeaderMap,
    title: &str,
    here: &'static str,
    made: impl FnOnce(Page, bool) -> Response,
) -> Response {
    let frame = |visit: Option<Visit>| match visit {
        Some(visit) => (Page::of(&visit, visit.words.say(title), here), visit.words.code()),
        None => {
            let words = visit::words(headers, None);
            (Page::outside(app, words, words.say(title), here), words.code())
        }
    };
    match visit::find(app, headers).await {
        Ok(visit) => {
            let (page, code) = frame(visit);
            made(page, code == "sv")
        }
        Err(error) => {
            PageError::outside(app, visit::words(headers, None), error.into()).into_response()
        }
    }
}
