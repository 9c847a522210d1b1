//! `GET /admin`: what is to be put right, and the PBXs. No caller's number is on it (R36). Each other matter has its own page.

pub(crate) mod calendar;
pub(crate) mod mail;
pub(crate) mod people;
pub(crate) mod people_file;
pub(crate) mod policy;
pub(crate) mod retention;
mod tab;

pub(crate) use tab::Tab;

use crate::asks::Asks;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::set_up;
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta, Utc};
use domain::faults::{Faults, Posting};
use domain::health::{Seen, ills};
use domain::ids::SourceName;
use serde::Deserialize;
use std::collections::BTreeMap;
use store::links::{self, Links};
use store::sources::Listed;
use store::{calendars, faults, inbox};

/// So many of each are shown.
const SHOWN: u64 = 20;
/// Posts of so many days are counted.
const COUNTED: TimeDelta = TimeDelta::days(7);

#[derive(Debug, Template)]
#[template(path = "admin.html")]
struct Admin {
    page: Page,
    notice: Option<String>,
    /// Something of the first set-up is left to do.
    to_set_up: bool,
    ills: Vec<String>,
    sources: Vec<OneSource>,
    unread: Vec<(String, String, String)>,
    passed: String,
    version: String,
}

#[derive(Debug)]
struct OneSource {
    name: String,
    adapter: String,
    /// Made in the browser, and configured as well.
    is_twice: bool,
    last: String,
    /// It never posted, and may.
    is_silent: bool,
    /// Posts of the last days.
    posts: i64,
    waiting: i64,
    unread: i64,
}

/// A shared calendar that says who is away.
#[derive(Debug)]
pub(crate) struct OneCalendar {
    name: String,
    last: String,
    absences: i32,
    skipped: i32,
    error: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
}

/// `GET /admin`
pub(crate) async fn admin(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

/// `POST /admin/replay`: reads again what could not be read.
pub(crate) async fn replay(visit: Visit) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let tx = visit.app.store.begin().await?;
        inbox::replay(&tx, None).await?;
        tx.commit().await?;
        Ok(Redirect::to("/admin?did=replay").into_response())
    };
    visit.answer(made).await
}

/// To others it does not exist.
pub(crate) fn only_administrators(visit: &Visit) -> Result<(), Trouble> {
    if visit.reader.administrator { Ok(()) } else { Err(Trouble::NotFound) }
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    only_administrators(visit)?;
    let (words, say) = (visit.words, visit.say());
    let app = &visit.app;
    let tx = app.store.read().await?;
    let listed = app.sources.list(&tx).await?;
    let names: Vec<SourceName> = listed.iter().map(|source| source.name.clone()).collect();
    let last = inbox::last_posts(&tx, &names).await?;
    let posting = faults::posting(&tx, visit.now).await?;
    let unread = match posting.unread[..] {
        [] => Vec::new(),
        [..] => inbox::list_unread(&tx, SHOWN).await?,
    };
    let links = links::of(&tx).await?;
    let seen = visit.practice.seen(&tx, &visit.directory, app, visit.now).await?;
    tx.commit().await?;
    let live: Vec<_> = listed.iter().filter(|s| s.is_live()).map(|s| s.name.clone()).collect();
    let to_set_up = !set_up::state(visit, &live, &links).is_done();
    let sources: Vec<_> =
        listed.iter().map(|listed| source(visit, listed, &last, &posting)).collect();
    let faults = posting.faults(&live, visit.now, &app.calendar);
    let ills = told(visit, &sources, (&faults, seen, links));
    let passed = visit.app.passed.last();
    let admin = Admin {
        page: Page::of_administrator(visit, Tab::Overview),
        notice: (asked.did.as_deref() == Some("replay")).then(|| words.say("admin-replayed")),
        to_set_up,
        ills,
        sources,
        unread: unread
            .into_iter()
            .map(|(source, at, reason)| (source.0, say.moment(at), reason))
            .collect(),
        passed: passed.map_or_else(
            || words.say("admin-pass-never"),
            |at| words.with("admin-pass", [("when", say.moment(at).into())]),
        ),
        version: words.with("admin-version", [("version", env!("CARGO_PKG_VERSION").into())]),
    };
    Ok(show(StatusCode::OK, &admin))
}

fn source(
    visit: &Visit,
    source: &Listed,
    last: &BTreeMap<SourceName, DateTime<Utc>>,
    posting: &Posting,
) -> OneSource {
    let count = |of: &[(SourceName, i64)]| {
        of.iter().filter(|(name, _)| *name == source.name).map(|(_, n)| n).sum()
    };
    let (words, name, is_live) = (visit.words, &source.name, source.is_live());
    let ended = || words.with("admin-source-ended", [("adapter", (&*source.adapter).into())]);
    let last = last.get(name);
    let sent = posting.sent.get(name);
    let hours = sent.into_iter().flat_map(|sent| sent.posts.range(visit.now - COUNTED..));
    OneSource {
        adapter: if is_live { source.adapter.clone() } else { ended() },
        is_silent: is_live && last.is_none(),
        is_twice: source.is_twice(),
        name: name.0.clone(),
        last: last.map_or_else(|| words.say("admin-never"), |at| visit.say().moment(*at)),
        posts: hours.map(|(_, posts)| posts).sum(),
        waiting: count(&posting.waiting),
        unread: count(&posting.unread),
    }
}

/// Everything that somebody has to put right, worst first.
fn told(
    visit: &Visit,
    sources: &[OneSource],
    (faults, seen, links): (&Faults, &Seen, Links),
) -> Vec<String> {
    let words = visit.words;
    let unread: i64 = sources.iter().map(|s| s.unread).sum();
    let mut told = Vec::new();
    for (source, since) in &faults.silent {
        let (source, when) = (source.to_string().into(), visit.say().moment(*since).into());
        told.push(words.with("health-fallen-silent", [("source", source), ("when", when)]));
    }
    for (source, n) in &faults.stale {
        let source = source.to_string().into();
        told.push(words.with("health-stale", [("source", source), ("n", (*n).into())]));
    }
    if unread > 0 {
        told.push(words.with("health-unread", [("n", unread.into())]));
    }
    if visit.app.mail_held.get() > 0 {
        told.push(words.say("health-mail-held"));
    }
    told.extend(of_links(visit, links));
    let silent = sources.iter().filter(|s| s.is_silent).map(|s| s.name.clone().into());
    told.extend(silent.map(|name| words.with("health-silent", [("source", name)])));
    let twice = sources.iter().filter(|s| s.is_twice).map(|s| s.name.clone().into());
    told.extend(twice.map(|name| words.with("health-source-twice", [("source", name)])));
    let ills = ills(&visit.directory, visit.app.reception.as_deref(), seen, visit.today);
    told.extend(ills.into_iter().map(|ill| visit.say().ill(ill)));
    told
}

/// What does not leave, and what cannot be read elsewhere.
fn of_links(visit: &Visit, links: Links) -> Vec<String> {
    let words = visit.words;
    let mut told = Vec::new();
    if links.dead > 0 {
        told.push(words.with("health-dead", [("n", links.dead.into())]));
    }
    for (name, n) in links.calendars {
        told.push(words.with("health-calendar", [("name", name.into()), ("n", n.into())]));
    }
    for (name, at) in links.ended_channels {
        let (name, when) = (name.into(), visit.say().moment(at).into());
        told.push(words.with("health-channel-ended", [("name", name), ("when", when)]));
    }
    // While it cannot be read, mails that come back are not known.
    if let Some((error, n)) = links.mailbox {
        told.push(words.with("health-bounces", [("error", error.into()), ("n", n.into())]));
    }
    told
}

fn calendar(visit: &Visit, status: calendars::Status) -> OneCalendar {
    let last = status.read_at.map(|at| visit.say().moment(at));
    OneCalendar {
        name: status.name,
        last: last.unwrap_or_else(|| visit.words.say("admin-never")),
        absences: status.absences,
        skipped: status.skipped,
        error: status.error,
    }
}
