//! `GET /mine`: everybody who waits for the reader to get in touch, day by day, the soonest first.

pub(crate) mod figures;

use crate::asks::Asks;
use crate::error::Trouble;
use crate::list::{self, Callers, PAGE, Shown};
use crate::page::{Page, show};
use crate::receivers::{self, Choice};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{Days, NaiveDate, NaiveTime};
use domain::access::Seen;
use domain::callback::State;
use domain::ids::CallbackId;
use domain::rounds::{Standing, Turn, standing, turn};
use serde::Deserialize;
use std::sync::Arc;
use store::seen;
use store::{StoreError, Tx};

/// So many that ended lately are shown.
const ENDED: u64 = 10;

#[derive(Debug, Template)]
#[template(path = "mine.html")]
struct Mine {
    page: Page,
    lead: String,
    notice: Option<String>,
    /// What others offer, and how it stands.
    offered: Vec<(Shown, String)>,
    /// What was offered to others: its reference, and how it stands.
    sent: Vec<(String, String)>,
    days: Vec<Day>,
    /// To whom one may hand over.
    receivers: Arc<[Choice]>,
    /// Who has figures of their own.
    has_figures: bool,
    by_pbx: Vec<Shown>,
    done: Vec<Shown>,
    done_lead: String,
    next: Option<String>,
    is_first: bool,
    back: &'static str,
}

/// Those whose turn it is on one day, or in one time.
#[derive(Debug)]
struct Day {
    id: &'static str,
    heading: String,
    rows: Vec<Shown>,
}

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    after: Option<String>,
    /// What was just done, and to which.
    did: Option<String>,
    to: Option<CallbackId>,
}

/// `GET /mine`
pub(crate) async fn mine(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    let after = asked.after.as_deref().map(list::read_place).transpose()?;
    let scope = visit.scope();
    let tx = visit.app.store.read().await?;
    let page = seen::list_mine(&tx, &scope, after, PAGE).await?;
    let is_provisional = |c: &Seen| matches!(c.state, State::Provisional { .. });
    let (by_pbx, open): (Vec<_>, Vec<_>) = page.callbacks.into_iter().partition(is_provisional);
    let (mut done, mut offered, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    if after.is_none() {
        done = ended(&tx, visit).await?;
        offered = seen::list_offered(&tx, &scope).await?;
        sent = seen::list_sent(&tx, &scope).await?;
    }
    let callers = Callers::of(&tx, &[&open, &by_pbx, &done, &offered]).await?;
    let notice = notice(&tx, visit, &asked).await?;
    tx.commit().await?;
    let days = days(visit, open, &callers);
    let by_pbx = callers.shown(visit, &by_pbx);
    let done = callers.shown(visit, &done);
    let (say, zone) = (visit.say(), visit.app.calendar.zone());
    let sent = sent.iter().map(|s| (s.reference(zone), say.hand_over(s.hand_over()))).collect();
    let how = offered.iter().map(|c| c.hand_over.map_or_else(String::new, |h| say.hand_over(&h)));
    let offered = callers.shown(visit, &offered).into_iter().zip(how).collect();
    let words = visit.words;
    let desk = visit.reader.employee.is_none();
    let undo_days = visit.app.policy.undo_days;
    let mine = Mine {
        page: Page::of(visit, words.say("mine-title"), "/mine"),
        lead: words.say(if desk { "mine-lead-desk" } else { "mine-lead" }),
        notice,
        offered,
        sent,
        receivers: if days.is_empty() { Arc::default() } else { receivers::all(visit) },
        days,
        has_figures: visit.reader.employee.is_some(),
        by_pbx,
        done,
        done_lead: words.with("mine-done-lead", [("days", undo_days.into())]),
        next: page.next.map(list::write_place),
        is_first: after.is_none(),
        back: "mine",
    };
    Ok(show(StatusCode::OK, &mine))
}

/// Divided by when it is their turn; of one day those that nobody has tried first, and of these the messages (R2, R25).
fn days(visit: &Visit, mut open: Vec<Seen>, callers: &Callers) -> Vec<Day> {
    let calendar = &visit.app.calendar;
    let turn = |callback: &Seen| turn(callback, visit.today, calendar);
    open.sort_by_cached_key(|callback| {
        let (turn, day) = turn(callback);
        let is_tried = standing(callback, visit.today, calendar) == Standing::Tried;
        (turn, day, is_tried, !callback.has_message())
    });
    let mut days = Vec::new();
    for part in open.chunk_by(|one, other| turn(one).0 == turn(other).0) {
        let (turn, day) = part.first().map_or((Turn::NoDay, None), &turn);
        let (id, heading) = heading(visit, turn, day);
        days.push(Day { id, heading, rows: callers.shown(visit, part) });
    }
    days
}

/// As people say it.
fn heading(visit: &Visit, turn: Turn, day: Option<NaiveDate>) -> (&'static str, String) {
    let (words, say) = (visit.words, visit.say());
    let day = day.unwrap_or(visit.today);
    match turn {
        Turn::Late => ("late", words.say("mine-late")),
        Turn::Today => ("today", words.with("mine-today", [("day", say.date(day).into())])),
        Turn::Next if (day - visit.today).num_days() == 1 => {
            ("next", words.with("mine-tomorrow", [("day", say.date(day).into())]))
        }
        Turn::Next => ("next", words.with("mine-next", [("day", say.date(day).into())])),
        Turn::Later => ("later", words.say("mine-later")),
        Turn::NoDay => ("no-day", words.say("mine-no-day")),
    }
}

/// What ended so lately that it can be undone.
async fn ended(tx: &Tx, visit: &Visit) -> Result<Vec<Seen>, StoreError> {
    let calendar = &visit.app.calendar;
    let first = calendar.add_working_days(visit.today, -visit.app.policy.undo_days).ok();
    let day = first.or_else(|| visit.today.checked_sub_days(Days::new(7))).unwrap_or(visit.today);
    let since = calendar.at(day, NaiveTime::MIN).unwrap_or(visit.now);
    let mut ended = seen::list_ended(tx, &visit.scope(), since, ENDED).await?;
    ended.retain(|c| matches!(c.state, State::Resolved { .. }));
    Ok(ended)
}

/// What was just done, said once more where everybody can see it.
async fn notice(tx: &Tx, visit: &Visit, asked: &Asked) -> Result<Option<String>, StoreError> {
    let words = visit.words;
    Ok(match asked.did.as_deref() {
        Some("attempt") => Some(words.say("attempt-notice")),
        Some("accept") => Some(words.say("accept-notice")),
        Some("decline") => Some(words.say("decline-notice")),
        Some("undo") => Some(words.say("undone-notice")),
        Some("agree") => Some(words.say("agree-notice")),
        Some("offer") => Some(words.say("offer-notice")),
        Some("resolve") => {
            let Some(id) = asked.to else { return Ok(None) };
            let callback = seen::find(tx, &visit.scope(), id).await?;
            let what = callback.and_then(|c| match c.state {
                State::Resolved { disposition, .. } => Some(visit.say().disposition(disposition)),
                State::Open | State::Provisional { .. } | State::Withdrawn { .. } => None,
            });
            what.map(|what| words.with("done-notice", [("what", what.into())]))
        }
        Some(_) | None => None,
    })
}
