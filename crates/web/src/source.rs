//! `GET /admin/sources/{name}`: one PBX. Where it posts to and how it proves itself, what is wrong with it, its last posts with
//! what came of them, and a test call seen on the screen.

mod act;
mod events;
mod new;

pub(crate) use act::{end, end_old_secrets, replay, rotate};
pub(crate) use events::{Event, events};
pub(crate) use new::{make, new};

use crate::Pbx;
use crate::admin::only_administrators;
use crate::asks::{Asks, Named};
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, TimeDelta};
use domain::faults::Posting;
use domain::ids::SourceName;
use domain::source::{LONGEST_SECRET, ROTATION_DAYS};
use serde::Deserialize;
use store::sources::{Listed, Secret};
use store::token::Token;
use store::{Tx, faults, inbox};
use uuid::Uuid;

/// So many posts are shown.
const SHOWN: u64 = 25;
/// A test call is looked for this long: a page that was left open shows nothing old as new.
const TEST: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, Template)]
#[template(path = "source.html")]
struct OneSource {
    page: Page,
    notice: Option<String>,
    wrong: Option<Wrong>,
    name: String,
    about: String,
    /// The secret that was made a moment ago. No other page ever shows it.
    secret: Option<String>,
    /// What to do in the PBX, and where more is written about it.
    how: String,
    more: String,
    ills: Vec<String>,
    made: Option<Made>,
    /// Since when it is no more.
    ended: Option<String>,
    /// Since when a test call is waited for, as a link has it.
    testing: Option<i64>,
    /// Where a test call begins.
    now: i64,
    address: String,
    events: Vec<Event>,
    /// Something of this could not be read.
    can_replay: bool,
}

/// What can be done with a source that was made here.
#[derive(Debug)]
struct Made {
    version: i64,
    /// Made with the page: the next secret's.
    id: Uuid,
    /// Its secrets matter: the configuration does not count instead.
    can_rotate: bool,
    /// Its secrets that count, in words.
    secrets: Vec<String>,
    has_old: bool,
    by_vendor: bool,
    /// So many days an old secret may count on.
    days: Vec<(i64, String)>,
}

/// What is wrong with a form, and why, where only English says that.
#[derive(Debug)]
struct Wrong {
    text: String,
    reason: Option<String>,
}

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
    since: Option<i64>,
}

/// What a page of a source shows besides the source.
#[derive(Debug, Default)]
struct Besides {
    notice: Option<String>,
    wrong: Option<Wrong>,
    secret: Option<String>,
    since: Option<i64>,
}

/// `GET /admin/sources/{name}`
pub(crate) async fn source(visit: Visit, Named(name): Named, Asks(asked): Asks<Asked>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let notice = match asked.did.as_deref() {
            Some("replay") => Some("admin-replayed"),
            Some("made") => Some("source-made"),
            Some("old-ended") => Some("source-old-ended"),
            Some("ended") => Some("source-ended"),
            Some(_) | None => None,
        };
        let notice = notice.map(|id| visit.words.say(id));
        let besides = Besides { notice, since: asked.since, ..Besides::default() };
        page(&visit, &name, besides).await
    };
    visit.answer(made).await
}

/// The source of this name, ended or not.
async fn listed(tx: &Tx, visit: &Visit, name: &str) -> Result<Listed, Trouble> {
    let mut all = visit.app.sources.list(tx).await?.into_iter();
    all.find(|source| source.name.0 == name).ok_or(Trouble::NotFound)
}

async fn page(visit: &Visit, name: &str, besides: Besides) -> Result<Response, Trouble> {
    let (words, app) = (visit.words, &visit.app);
    let testing = besides.since.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let testing = testing.filter(|since| visit.now - *since < TEST && *since <= visit.now);
    let since = testing.unwrap_or(DateTime::UNIX_EPOCH);
    let tx = app.store.read().await?;
    let found = app.sources.find(&tx, &SourceName::new(name)).await?;
    let (source, secrets) = found.ok_or(Trouble::NotFound)?;
    let name = std::slice::from_ref(&source.name);
    let events = events(&tx, visit, name, (since, SHOWN)).await?;
    let has_posted = !events.is_empty() || !inbox::last_posts(&tx, name).await?.is_empty();
    let posting = faults::posting(&tx, visit.now).await?;
    tx.commit().await?;
    let events: Vec<Event> = events.into_iter().map(|(_, event)| event).collect();
    let ills = ills(visit, &source, posting, has_posted);
    let address = format!("{}/hooks/{}", app.public_url.trim_end_matches('/'), source.name);
    let title = title(visit, &source.adapter);
    let how = format!("pbx-how-{}", source.adapter);
    let status =
        if besides.wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = OneSource {
        page: Page::of(
            visit,
            words.with("source-title", [("name", source.name.to_string().into())]),
            "/admin",
        ),
        notice: besides.notice,
        wrong: besides.wrong,
        name: source.name.0.clone(),
        about: words.with("source-about", [("adapter", title.into())]),
        secret: besides.secret,
        how: words.with(&how, [("address", address.as_str().into())]),
        more: words.with("source-more", [("adapter", source.adapter.as_str().into())]),
        ills,
        ended: ended(visit, &source),
        made: made(visit, &source, &secrets),
        testing: testing.map(|since| since.timestamp()),
        now: visit.now.timestamp(),
        address,
        can_replay: events.iter().any(|event| event.is_unread),
        events,
    };
    Ok(show(status, &page))
}

/// What is to be seen to of this source (R37).
fn ills(visit: &Visit, source: &Listed, posting: Posting, has_posted: bool) -> Vec<String> {
    let (words, name) = (visit.words, || source.name.to_string().into());
    let live = if source.is_live() { Vec::from([source.name.clone()]) } else { Vec::new() };
    let faults = posting.faults(&live, visit.now, &visit.app.calendar);
    let mut ills = Vec::new();
    for (_, since) in &faults.silent {
        let when = visit.say().moment(*since).into();
        ills.push(words.with("health-fallen-silent", [("source", name()), ("when", when)]));
    }
    for (_, n) in &faults.stale {
        ills.push(words.with("health-stale", [("source", name()), ("n", (*n).into())]));
    }
    for (_, n) in faults.unread.iter().filter(|(unread, _)| *unread == source.name) {
        ills.push(words.with("health-unread", [("n", (*n).into())]));
    }
    if source.is_live() && !has_posted {
        ills.push(words.with("health-silent", [("source", name())]));
    }
    if source.is_twice() {
        ills.push(words.with("health-source-twice", [("source", name())]));
    }
    ills
}

fn ended(visit: &Visit, source: &Listed) -> Option<String> {
    let at = source.made.as_ref()?.retired_at.filter(|_| !source.is_configured)?;
    Some(visit.words.with("source-ended-at", [("when", visit.say().moment(at).into())]))
}

fn made(visit: &Visit, source: &Listed, secrets: &[Secret]) -> Option<Made> {
    let made = source.made.as_ref().filter(|made| made.retired_at.is_none())?;
    let words = visit.words;
    let said = |secret: &Secret| {
        let made = visit.say().moment(secret.span.created_at).into();
        match secret.span.until {
            None => words.with("source-secret-made", [("when", made)]),
            Some(until) => {
                let until = visit.say().moment(until).into();
                words.with("source-secret-until", [("when", made), ("until", until)])
            }
        }
    };
    let counting = || secrets.iter().filter(|secret| secret.span.counts(visit.now));
    Some(Made {
        version: made.version,
        id: visit.app.clock.new_id(),
        can_rotate: !source.is_configured,
        secrets: counting().map(said).collect(),
        has_old: counting().any(|secret| secret.span.until.is_some()),
        by_vendor: pbx(visit, &source.adapter).is_some_and(|pbx| pbx.secret_by_vendor),
        days: ROTATION_DAYS.map(|n| (n, words.with("source-days", [("n", n.into())]))).into(),
    })
}

fn pbx<'a>(visit: &'a Visit, adapter: &str) -> Option<&'a Pbx> {
    visit.app.pbxs.iter().find(|pbx| pbx.adapter == adapter)
}

/// What people call the PBX.
fn title(visit: &Visit, adapter: &str) -> String {
    visit.words.say(&format!("pbx-title-{}", adapter))
}

/// The secret that somebody wrote, or a new one where nothing was written and the PBX takes ours.
fn chosen(visit: &Visit, pbx: &Pbx, written: &str) -> Result<Result<String, Wrong>, Trouble> {
    let written = written.trim();
    let wrong = |id, reason| Ok(Err(Wrong { text: visit.words.say(id), reason }));
    if written.is_empty() {
        if pbx.secret_by_vendor {
            return wrong("source-refused-secret_missing", None);
        }
        return Ok(Ok(Token::random()?.expose().to_owned()));
    }
    if written.len() > LONGEST_SECRET {
        return wrong("source-refused-secret_long", None);
    }
    match (visit.app.check_secret)(pbx.adapter, written) {
        Ok(()) => Ok(Ok(written.to_owned())),
        Err(reason) => wrong("source-refused-secret", Some(reason)),
    }
}
