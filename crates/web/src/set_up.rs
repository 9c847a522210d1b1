//! `GET /admin/set-up`: what is left to do before the first call counts, step by step, and a test call seen at its end. The steps
//! are seen from what is there, and never ticked off.

use crate::admin::only_administrators;
use crate::asks::Asks;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::source::{Event, events};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, DurationRound, TimeDelta};
use domain::ids::SourceName;
use domain::rounds::{Recipient, RoundKind, Slot};
use domain::set_up::SetUp;
use serde::Deserialize;
use store::deliveries::{self, Way};
use store::links::{self, Links};
use store::rounds;

/// So often a test mail is sent to one reader at most: a button that is pressed twice sends one.
const MAIL_EVERY: TimeDelta = TimeDelta::minutes(1);
/// A test mail that comes later than this surprises more than it says.
const MAIL_LASTS: TimeDelta = TimeDelta::hours(1);

#[derive(Debug, Template)]
#[template(path = "set_up.html")]
struct SetUpPage {
    page: Page,
    notice: Option<String>,
    state: SetUp,
    /// Who works here, in numbers.
    people: String,
    reception: String,
    /// Mails are written to a folder.
    to_folder: bool,
    /// How far the last test mail to the reader came, and what the mail server said.
    mail: Option<(String, Option<String>)>,
    /// Those that posts are taken from.
    sources: Vec<String>,
    /// Where a test call begins.
    now: i64,
    /// What came last: from where, and what it was.
    latest: Option<(String, Vec<Event>)>,
}

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
}

/// `GET /admin/set-up`
pub(crate) async fn set_up(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

/// `POST /admin/set-up/mail`: a test mail to the reader, at once (R24).
pub(crate) async fn test_mail(visit: Visit) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let (app, now) = (&visit.app, visit.now);
        let at = now.duration_trunc(MAIL_EVERY).unwrap_or(now);
        let (kind, expires_at) = (RoundKind::Test, now + MAIL_LASTS);
        let slot = Slot { kind, day: visit.today, at, expires_at };
        let tx = app.store.begin().await?;
        rounds::insert(&tx, &[(reader(&visit), slot, app.clock.new_id())]).await?;
        tx.commit().await?;
        Ok(Redirect::to("/admin/set-up?did=mail").into_response())
    };
    visit.answer(made).await
}

/// What is there.
pub(crate) fn state(visit: &Visit, live: &[SourceName], links: &Links) -> SetUp {
    let app = &visit.app;
    let rest = (app.mails_leave && links.has_sent, !live.is_empty(), links.has_read);
    SetUp::of(&visit.directory, app.reception.as_deref(), rest)
}

fn reader(visit: &Visit) -> Recipient {
    Recipient::Account { account: visit.reader.account }
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    only_administrators(visit)?;
    let (words, app) = (visit.words, &visit.app);
    let tx = app.store.read().await?;
    let live = app.sources.live(&tx).await?;
    let links = links::of(&tx).await?;
    let state = state(visit, &live, &links);
    let way = deliveries::latest_way(&tx, reader(visit), RoundKind::Test).await?;
    // The last post of all, with what was understood.
    let latest = events(&tx, visit, &live, (DateTime::UNIX_EPOCH, 1)).await?;
    tx.commit().await?;
    let employees = visit.directory.employees().iter().filter(|e| e.active).count();
    let lines = visit.directory.lines().iter().filter(|line| line.active).count();
    let people = [("employees", employees.into()), ("lines", lines.into())];
    let page = SetUpPage {
        page: Page::of(visit, words.say("set-up-title"), "/admin"),
        notice: (asked.did.as_deref() == Some("mail")).then(|| words.say("set-up-mail-asked")),
        state,
        people: words.with("set-up-people-there", people),
        reception: app.reception.clone().unwrap_or_default(),
        to_folder: !app.mails_leave,
        mail: way.map(|way| came(visit, way)),
        sources: live.into_iter().map(|name| name.0).collect(),
        now: visit.now.timestamp(),
        latest: latest.into_iter().next().map(|(source, event)| (source.0, Vec::from([event]))),
    };
    Ok(show(StatusCode::OK, &page))
}

fn came(visit: &Visit, way: Way) -> (String, Option<String>) {
    let words = visit.words;
    match way {
        Way::Sent { at } => {
            let when = visit.say().moment(at).into();
            (words.with("set-up-mail-sent", [("when", when)]), None)
        }
        Way::Queued { error } => (words.say("set-up-mail-queued"), error),
        Way::Over { error } => (words.say("set-up-mail-over"), error),
    }
}
