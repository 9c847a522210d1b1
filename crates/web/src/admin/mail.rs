//! `GET /admin/mail`: what waits, what never arrived, the latest rounds, and what mails say.

use super::{Tab, only_administrators};
use crate::asks::Asks;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::directory::Language;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};
use store::{deliveries, rounds};

/// So many of each are shown.
const SHOWN: u64 = 20;
/// The latest rounds are gathered from so many.
const ROUNDS: u64 = 500;

type Write = Box<dyn FnOnce() -> Vec<MailText> + Send>;

/// Every mail in every state; written when somebody looks first. Clones share them.
#[derive(Debug, Clone)]
pub struct MailTexts(Arc<LazyLock<Vec<MailText>, Write>>);

/// One mail as it would be, to nobody who exists.
#[derive(Debug)]
pub struct MailText {
    /// The text's name: `digest`, `manager_list` …
    pub name: &'static str,
    pub language: Language,
    pub subject: String,
    pub plain: String,
}

impl MailTexts {
    /// What `write` will have written.
    pub fn new(write: impl FnOnce() -> Vec<MailText> + Send + 'static) -> Self {
        Self(Arc::new(LazyLock::new(Box::new(write))))
    }
}

#[derive(Debug, Template)]
#[template(path = "admin_mail.html")]
struct Mail {
    page: Page,
    lead: String,
    waiting: String,
    /// Why those that wait were not sent yet.
    error: Option<String>,
    dead: Vec<OneDead>,
    rounds: Vec<(String, String, String)>,
    texts: Vec<Texts>,
}

#[derive(Debug)]
struct OneDead {
    when: String,
    kind: String,
    address: String,
    error: String,
}

/// The texts of one kind in the reader's language.
#[derive(Debug)]
struct Texts {
    name: &'static str,
    kind: String,
    states: usize,
    /// Subject and text of each state, where this kind is looked at.
    shown: Vec<(String, String)>,
}

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The kind whose texts are looked at.
    text: Option<String>,
}

/// `GET /admin/mail`
pub(crate) async fn mail(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    only_administrators(visit)?;
    let (words, say, app) = (visit.words, visit.say(), &visit.app);
    let tx = app.store.read().await?;
    let waiting = deliveries::waiting(&tx).await?;
    let dead = deliveries::list_dead(&tx, SHOWN).await?;
    let latest = rounds::list_latest(&tx, ROUNDS).await?;
    tx.commit().await?;
    let lead = if app.mails_leave { "mail-lead-server" } else { "mail-lead-folder" };
    let told = match waiting.oldest {
        None => words.say("mail-waiting-none"),
        Some(oldest) => words.with(
            "mail-waiting-n",
            [("n", waiting.mails.into()), ("when", say.moment(oldest).into())],
        ),
    };
    let held = app.mail_held.get() > 0;
    let page = Mail {
        page: Page::of_administrator(visit, Tab::Mail),
        lead: words.say(lead),
        waiting: if held { format!("{told} {}", words.say("health-mail-held")) } else { told },
        error: waiting.error,
        dead: dead
            .into_iter()
            .map(|dead| OneDead {
                when: say.moment(dead.created_at),
                kind: kind(visit, &dead.kind),
                address: dead.address,
                error: dead.error,
            })
            .collect(),
        rounds: gathered(visit, latest),
        texts: texts(visit, asked.text.as_deref()),
    };
    Ok(show(StatusCode::OK, &page))
}

/// Whole only of the kind that is asked for: all of them are half a megabyte.
fn texts(visit: &Visit, asked: Option<&str>) -> Vec<Texts> {
    let mut texts: Vec<Texts> = Vec::new();
    let all = visit.app.mail_texts.0.iter();
    for text in all.filter(|text| text.language == visit.words.language()) {
        if texts.last().is_none_or(|last| last.name != text.name) {
            let (kind, shown) = (kind(visit, text.name), Vec::new());
            texts.push(Texts { name: text.name, kind, states: 0, shown });
        }
        let Some(of_kind) = texts.last_mut() else { continue };
        of_kind.states += 1;
        if asked == Some(text.name) {
            of_kind.shown.push((text.subject.clone(), text.plain.clone()));
        }
    }
    texts
}

fn kind(visit: &Visit, kind: &str) -> String {
    // What happened to callbacks is told to other systems, in their words.
    if kind.contains('.') {
        return kind.to_owned();
    }
    visit.words.say(&format!("kind-{}", kind))
}

/// Rounds of one kind and moment in one row, with how many came to what.
fn gathered(
    visit: &Visit,
    latest: Vec<(String, DateTime<Utc>, String)>,
) -> Vec<(String, String, String)> {
    let mut rounds: BTreeMap<(DateTime<Utc>, String), BTreeMap<String, usize>> = BTreeMap::new();
    for (kind, at, state) in latest {
        *rounds.entry((at, kind)).or_default().entry(state).or_default() += 1;
    }
    let row = |((at, name), states): ((DateTime<Utc>, String), BTreeMap<String, usize>)| {
        let told = states
            .into_iter()
            .map(|(state, n)| format!("{n} {}", visit.words.say(&format!("result-{}", state))));
        let told: Vec<String> = told.collect();
        (visit.say().moment(at), kind(visit, &name), told.join(", "))
    };
    rounds.into_iter().rev().take(SHOWN as usize).map(row).collect()
}
