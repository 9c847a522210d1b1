//! Pages that only the demo has: its mails, and a button to be somebody.

use super::mailbox::{self, Mail};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use std::path::PathBuf;
use std::sync::Arc;
use tower_http::csrf::CsrfLayer;

/// Mails have a style of their own in them; nothing comes from outside, and nothing runs.
const POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

/// Somebody that one can be with one click.
#[derive(Debug, Clone, Copy)]
pub(super) struct Role {
    pub(super) address: &'static str,
    pub(super) name: &'static str,
    pub(super) is: &'static str,
}

/// Whom the demo lets one be.
pub(super) const ROLES: [Role; 4] = [
    Role {
        address: "asa.oberg@exempelby.example",
        name: "Åsa Öberg",
        is: "medarbetare på Bygglov",
    },
    Role {
        address: "expeditionen@exempelby.example",
        name: "Expeditionen",
        is: "kommunens expedition",
    },
    Role { address: "per.alm@exempelby.example", name: "Per Alm", is: "chef för Bygglov" },
    Role { address: "it@exempelby.example", name: "IT", is: "administratör" },
];

#[derive(Debug, Clone)]
struct Demo {
    web: web::App,
    folder: Arc<PathBuf>,
}

#[derive(Debug, Template)]
#[template(path = "demo.html")]
struct Start {
    roles: [Role; 4],
    mails: Vec<Mail>,
}

#[derive(Debug, Template)]
#[template(path = "demo_mail.html")]
struct OneMail {
    mail: Mail,
}

/// `/demo`, and what it links to.
pub(super) fn router(web: web::App, folder: PathBuf) -> Router {
    let policy = |mut response: Response| async {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
        response
    };
    Router::new()
        .route("/demo", get(start))
        .route("/demo/as/{n}", post(enter))
        .route("/demo/mails/{id}", get(one))
        .route("/demo/mails/{id}/html", get(html))
        .layer(CsrfLayer::new())
        .layer(middleware::map_response(policy))
        .with_state(Demo { web, folder: Arc::new(folder) })
}

/// `GET /demo`
async fn start(State(demo): State<Demo>) -> Response {
    page(&Start { roles: ROLES, mails: mailbox::all(&demo.folder) })
}

/// `POST /demo/as/{n}`: signs in as one of them, without a mail.
async fn enter(State(demo): State<Demo>, Path(n): Path<usize>) -> Response {
    let Some(role) = ROLES.get(n) else { return StatusCode::NOT_FOUND.into_response() };
    match web::let_in(&demo.web, role.address).await {
        Ok(response) => response,
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, error.told()).into_response(),
    }
}

/// `GET /demo/mails/{id}`
async fn one(State(demo): State<Demo>, Path(id): Path<String>) -> Response {
    match find(&demo, &id) {
        Some(mail) => page(&OneMail { mail }),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// `GET /demo/mails/{id}/html`: as a mail program shows it.
async fn html(State(demo): State<Demo>, Path(id): Path<String>) -> Response {
    match find(&demo, &id) {
        Some(mail) => Html(mail.html).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn find(demo: &Demo, id: &str) -> Option<Mail> {
    mailbox::all(&demo.folder).into_iter().find(|mail| mail.id == id)
}

fn page(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}
