//! What every page has: its frame, its headers, and the words of whoever looks at it.

use crate::App;
use crate::asks::Named;
use crate::visit::Visit;
use crate::words::Words;
use askama::Template;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use domain::access::Reader;
use domain::directory::Directory;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;

const STYLE: &str = include_str!("../static/aterkom.css");

const SCRIPT: &str = include_str!("../static/aterkom.js");

const ICON: &str = include_str!("../static/aterkom.svg");

/// A browser keeps a file for ever, so one that changes has another name.
static STYLE_NAME: LazyLock<String> = LazyLock::new(|| name(STYLE, "css"));
static SCRIPT_NAME: LazyLock<String> = LazyLock::new(|| name(SCRIPT, "js"));
static ICON_NAME: LazyLock<String> = LazyLock::new(|| name(ICON, "svg"));

fn name(text: &str, ending: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("aterkom-{name}.{ending}")
}

/// Where the style sheet is; the demo's own pages wear it too.
pub fn style_path() -> String {
    format!("/static/{}", *STYLE_NAME)
}

/// Where the icon is; browsers ask for one on every page.
pub fn icon_path() -> String {
    format!("/static/{}", *ICON_NAME)
}

/// Nothing from outside, nothing that runs but our one file, no frame around us, forms to ourselves only.
pub(crate) const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// The frame of a page.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) words: &'static Words,
    pub(crate) title: String,
    pub(crate) organisation: String,
    pub(crate) promise: String,
    /// Where the reader can go; nothing for whoever is not signed in.
    pub(crate) links: Vec<Link>,
    /// The administrator's pages, on each of them.
    pub(crate) tabs: Vec<Link>,
    pub(crate) who: Option<String>,
    pub(crate) style: &'static str,
    pub(crate) script: &'static str,
    pub(crate) icon: &'static str,
    /// This page, to come back to in the other language.
    pub(crate) here: &'static str,
}

/// One of the pages.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) path: &'static str,
    pub(crate) text: String,
    pub(crate) here: bool,
}

impl Page {
    /// For whoever is not signed in.
    pub(crate) fn outside(
        app: &App,
        words: &'static Words,
        title: String,
        here: &'static str,
    ) -> Self {
        let days = app.policy.working_days;
        Self {
            words,
            title,
            organisation: app.organisation.to_string(),
            promise: words.with("footer", [("days", days.into())]),
            links: Vec::new(),
            tabs: Vec::new(),
            who: None,
            style: STYLE_NAME.as_str(),
            script: SCRIPT_NAME.as_str(),
            icon: ICON_NAME.as_str(),
            here,
        }
    }

    /// For a reader.
    pub(crate) fn of(visit: &Visit, title: String, here: &'static str) -> Self {
        let words = visit.words;
        let links = links(&visit.reader, &visit.directory, visit.app.reception.as_deref())
            .into_iter()
            .map(|(path, id)| Link { path, text: words.say(id), here: path == here })
            .collect();
        let who = words.with("signed-in-as", [("who", visit.name().into())]);
        Self { links, who: Some(who), ..Self::outside(&visit.app, words, title, here) }
    }

    pub(crate) fn t(&self, id: &str) -> String {
        self.words.say(id)
    }
}

/// The pages that are there for a reader, the first of them to begin with; `reception`: the organisation's.
pub(crate) fn links(
    reader: &Reader,
    directory: &Directory,
    reception: Option<&str>,
) -> Vec<(&'static str, &'static str)> {
    let mut links = Vec::new();
    let at_desk = reader.is_at_desk(directory, reception);
    if reader.employee.is_some() || !reader.mailboxes.is_empty() {
        links.push(("/mine", "nav-mine"));
        links.push(if at_desk { ("/reception", "nav-reception") } else { ("/note", "nav-note") });
    }
    // Who is nobody but a desk begins there.
    if reader.employee.is_none() {
        links.reverse();
    }
    match reader.manages.len() {
        0 => {}
        1 => links.push(("/unit", "nav-unit")),
        _ => links.push(("/unit", "nav-units")),
    }
    if !reader.manages.is_empty() {
        links.push(("/follow-up", "report-title"));
    }
    if reader.enters_absences(directory) {
        links.push(("/away", "nav-away"));
    }
    if reader.administrator {
        links.push(("/admin", "nav-admin"));
    }
    links
}

/// The page as an answer.
pub(crate) fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page could not be rendered");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// `GET /static/{name}`
pub(crate) async fn file(Named(name): Named) -> Response {
    let (kind, text) = match name.as_str() {
        style if style == *STYLE_NAME => ("text/css; charset=utf-8", STYLE),
        script if script == *SCRIPT_NAME => ("text/javascript; charset=utf-8", SCRIPT),
        icon if icon == *ICON_NAME => ("image/svg+xml", ICON),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, text).into_response()
}
