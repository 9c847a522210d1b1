//! `GET /admin/sources/{name}`: the last posts of a PBX, what was understood, and what came of it; a test call seen on the
//! screen. No caller's number or name is on it in whole (R36).

use crate::admin::only_administrators;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::say::events::Teller;
use crate::visit::Visit;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, TimeDelta};
use domain::access::Outcome as CameOf;
use domain::ids::{CallbackId, SourceName};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use store::calls::CallOfPosts;
use store::inbox::{self, Kept, Progress};
use store::seen;
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
    name: String,
    about: String,
    /// Since when a test call is waited for, as a link has it.
    testing: Option<i64>,
    /// Where a test call begins.
    now: i64,
    address: String,
    events: Vec<Event>,
    /// Something of this could not be read.
    can_replay: bool,
}

/// One post.
#[derive(Debug)]
struct Event {
    when: String,
    /// What it told, a sentence for each fact.
    told: Vec<String>,
    outcomes: Vec<Outcome>,
}

/// What came of it.
#[derive(Debug)]
struct Outcome {
    text: String,
    /// The callback, for those who may see it.
    link: Option<String>,
    /// Why a post could not be read: technical, and in English.
    reason: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
    since: Option<i64>,
}

/// `GET /admin/sources/{name}`
pub(crate) async fn source(
    visit: Visit,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    visit.answer(make(&visit, &name, asked)).await
}

/// `POST /admin/sources/{name}/replay`: reads again what could not be read of this source.
pub(crate) async fn replay(visit: Visit, Path(name): Path<String>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let (name, _) = configured(&visit, &name)?;
        let tx = visit.app.store.begin().await?;
        inbox::replay(&tx, Some(&SourceName(name.to_owned()))).await?;
        tx.commit().await?;
        Ok(Redirect::to(&format!("/admin/sources/{name}?did=replay")).into_response())
    };
    visit.answer(made).await
}

fn configured<'a>(visit: &'a Visit, name: &str) -> Result<(&'a str, &'static str), Trouble> {
    let source = visit.app.sources.iter().find(|(known, _)| known == name);
    source.map(|(name, adapter)| (name.as_str(), *adapter)).ok_or(Trouble::NotFound)
}

async fn make(visit: &Visit, name: &str, asked: Asked) -> Result<Response, Trouble> {
    only_administrators(visit)?;
    let (name, adapter) = configured(visit, name)?;
    let source = SourceName(name.to_owned());
    let testing = asked.since.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    let testing = testing.filter(|since| visit.now - *since < TEST && *since <= visit.now);
    let since = testing.unwrap_or(DateTime::UNIX_EPOCH);
    let tx = visit.app.store.read().await?;
    let posts = inbox::list_latest(&tx, &source, since, SHOWN).await?;
    let ids: Vec<Uuid> = posts.iter().map(|post| post.id).collect();
    let administrator = visit.scope().administrator().ok_or(Trouble::NotFound)?;
    let about = seen::events(&tx, &administrator, &ids).await?;
    let known: Vec<_> = about.iter().filter_map(|call| call.callback).collect();
    let known = seen::outcomes(&tx, &administrator, &known).await?;
    tx.commit().await?;
    let words = visit.words;
    let shown = Shown { visit, source: &source, about: &about, callbacks: &known };
    let page = OneSource {
        page: Page::of(visit, words.with("source-title", [("name", name.into())]), "/admin"),
        notice: (asked.did.as_deref() == Some("replay")).then(|| words.say("admin-replayed")),
        name: name.to_owned(),
        about: words.with("source-about", [("adapter", adapter.into())]),
        testing: testing.map(|since| since.timestamp()),
        now: visit.now.timestamp(),
        address: format!("{}/hooks/{name}", visit.app.public_url.trim_end_matches('/')),
        can_replay: posts.iter().any(|post| matches!(post.progress, Progress::Unread { .. })),
        events: posts.into_iter().map(|post| shown.event(post)).collect(),
    };
    Ok(show(StatusCode::OK, &page))
}

/// What is at hand to tell of posts.
struct Shown<'a> {
    visit: &'a Visit,
    source: &'a SourceName,
    about: &'a [CallOfPosts],
    callbacks: &'a HashMap<CallbackId, CameOf>,
}

impl Shown<'_> {
    fn event(&self, post: Kept) -> Event {
        let (words, say) = (self.visit.words, self.visit.say());
        let teller = Teller { say, source: self.source };
        let mut told = Vec::new();
        let mut outcomes = Vec::new();
        let without_call =
            |id: &str, reason: Option<String>| Outcome { text: words.say(id), link: None, reason };
        match post.progress {
            Progress::Waiting => outcomes.push(without_call("event-waiting", None)),
            Progress::Unread { reason } => {
                outcomes.push(without_call("event-unread", Some(reason)));
            }
            Progress::Read { told: how_many } => {
                let calls = self.about.iter().filter_map(|c| Some((c, c.told.get(&post.id)?)));
                let calls: BTreeMap<_, _> = calls.map(|(c, facts)| (c.id, (c, facts))).collect();
                for (call, facts) in calls.values() {
                    told.extend(facts.iter().map(|fact| teller.fact(fact)));
                    outcomes.push(self.outcome(call));
                }
                if told.is_empty() {
                    let nothing = if how_many == Some(0) { "event-nothing" } else { "event-known" };
                    outcomes.push(without_call(nothing, None));
                }
            }
        }
        Event { when: say.moment_to_the_second(post.received_at), told, outcomes }
    }

    fn outcome(&self, of: &CallOfPosts) -> Outcome {
        let visit = self.visit;
        let teller = Teller { say: visit.say(), source: self.source };
        let callback = of.callback.and_then(|id| Some((id, self.callbacks.get(&id)?)));
        if let Some((id, callback)) = callback {
            let link = callback.is_seen.then(|| format!("/callbacks/{id}"));
            return Outcome { text: teller.callback(callback), link, reason: None };
        }
        let text = match of.settle_at {
            Some(at) if at > visit.now => {
                let when = visit.say().moment_to_the_second(at);
                visit.words.with("event-settles", [("when", when.into())])
            }
            Some(_) => visit.words.say("event-waiting"),
            None => {
                let policy = &visit.app.policy;
                let verdict = of.call.verdict(self.source, &visit.directory, policy);
                teller.not_owed(domain::settle::not_owed(&verdict, policy))
            }
        };
        Outcome { text, link: None, reason: None }
    }
}
