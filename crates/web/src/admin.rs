//! `GET /admin`: what is to be put right, and the PBXs. No caller's number is on it (R36). Each other matter has its own page.

pub(crate) mod calendar;
pub(crate) mod mail;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod retention;
mod tab;

pub(crate) use tab::Tab;

use crate::error::Trouble;
use crate::page::{Page, show};
use crate::set_up;
use crate::visit::Visit;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::faults::Faults;
use domain::health::{Seen, ills};
use serde::Deserialize;
use store::{
    StoreError, Tx, bounces, calendars, channels, deliveries, faults, health, inbox, status,
};

/// So many of each are shown.
const SHOWN: u64 = 20;

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
    is_live: bool,
    /// Made in the browser, and configured as well.
    is_twice: bool,
    last: String,
    read: i64,
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
pub(crate) async fn admin(visit: Visit, Query(asked): Query<Asked>) -> Response {
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
    let tx = visit.app.store.read().await?;
    let sources = sources(&tx, visit).await?;
    let calendars = calendars::list(&tx).await?;
    let unread = inbox::list_unread(&tx, SHOWN).await?;
    let dead = deliveries::list_dead(&tx, SHOWN).await?;
    let ended = channels::list_ended(&tx).await?;
    let mailbox = bounces::status(&tx).await?;
    let posting = faults::posting(&tx, visit.now).await?;
    let live = visit.app.sources.live(&tx).await?;
    let faults = posting.faults(&live, visit.now, &visit.app.calendar);
    let to_set_up = !set_up::state(&tx, visit, &live).await?.is_done();
    let seen = health::seen(&tx, &visit.directory, &visit.app.policy, visit.now).await?;
    tx.commit().await?;
    let mut ills = told(visit, &sources, (&faults, &seen, &calendars), dead.len());
    ills.extend(ended.into_iter().map(|(name, at)| {
        let (name, when) = (name.into(), say.moment(at).into());
        words.with("health-channel-ended", [("name", name), ("when", when)])
    }));
    ills.extend(mailbox.and_then(|mailbox| unread_mailbox(visit, mailbox)));
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

async fn sources(tx: &Tx, visit: &Visit) -> Result<Vec<OneSource>, StoreError> {
    let counted = status::of_sources(tx).await?;
    let mut sources = Vec::new();
    for source in visit.app.sources.list(tx).await? {
        let count = |state: &str| {
            let of_state = counted.iter().filter(|(n, s, _)| *n == source.name.0 && s == state);
            of_state.map(|(_, _, n)| n).sum()
        };
        let last = inbox::last_post_at(tx, &source.name).await?;
        let last = last.map_or_else(|| visit.words.say("admin-never"), |at| visit.say().moment(at));
        let (is_live, is_twice) = (source.is_live(), source.is_twice());
        let ended =
            || visit.words.with("admin-source-ended", [("adapter", (&*source.adapter).into())]);
        sources.push(OneSource {
            adapter: if is_live { source.adapter.clone() } else { ended() },
            is_live,
            is_twice,
            name: source.name.0.clone(),
            last,
            read: count("read"),
            waiting: count("waiting"),
            unread: count("unread"),
        });
    }
    Ok(sources)
}

/// Everything that somebody has to put right, worst first.
fn told(
    visit: &Visit,
    sources: &[OneSource],
    (faults, seen, calendars): (&Faults, &Seen, &[calendars::Status]),
    dead: usize,
) -> Vec<String> {
    let words = visit.words;
    let unread: i64 = sources.iter().map(|s| s.unread).sum();
    let silent = sources.iter().filter(|s| s.is_live && s.read + s.waiting + s.unread == 0);
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
    if dead > 0 {
        told.push(words.with("health-dead", [("n", dead.into())]));
    }
    for calendar in calendars.iter().filter(|c| c.failures > 0) {
        let (name, n) = (calendar.name.clone().into(), calendar.failures.into());
        told.push(words.with("health-calendar", [("name", name), ("n", n)]));
    }
    told.extend(silent.map(|s| words.with("health-silent", [("source", s.name.clone().into())])));
    let twice = sources.iter().filter(|s| s.is_twice).map(|s| s.name.clone().into());
    told.extend(twice.map(|name| words.with("health-source-twice", [("source", name)])));
    let ills = ills(&visit.directory, visit.app.reception.as_deref(), seen, visit.today);
    told.extend(ills.into_iter().map(|ill| visit.say().ill(ill)));
    told
}

/// While it cannot be read, mails that come back are not known.
fn unread_mailbox(visit: &Visit, mailbox: bounces::Status) -> Option<String> {
    let error = mailbox.error?;
    let n = mailbox.failures.into();
    Some(visit.words.with("health-bounces", [("error", error.into()), ("n", n)]))
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
