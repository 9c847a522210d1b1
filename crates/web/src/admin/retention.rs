//! `GET /admin/retention`: what is erased when, and the protocol of what was (R35).

use super::{Tab, only_administrators};
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::retention::{ABSENCE_DAYS, Kind};
use store::retention;

/// So many lines of the protocol are shown: some weeks.
const SHOWN: u64 = 100;

#[derive(Debug, Template)]
#[template(path = "admin_retention.html")]
struct RetentionPage {
    page: Page,
    /// What, for how long, and the key of the configuration.
    rules: Vec<(String, String, &'static str)>,
    /// Whether callbacks may be erased, and by what decision.
    decision: String,
    lines: Vec<Line>,
}

/// One line of the protocol.
#[derive(Debug)]
struct Line {
    when: String,
    what: String,
    erased: i64,
    decision: String,
}

/// `GET /admin/retention`
pub(crate) async fn protocol(visit: Visit) -> Response {
    visit.answer(make(&visit)).await
}

async fn make(visit: &Visit) -> Result<Response, Trouble> {
    only_administrators(visit)?;
    let (say, words, rules) = (visit.say(), visit.words, &visit.app.retention);
    let tx = visit.app.store.read().await?;
    let lines = retention::protocol(&tx, SHOWN).await?;
    tx.commit().await?;
    let days = |n: u32| words.with("retention-days", [("n", n.into())]);
    let months = |n: u32| words.with("retention-months", [("n", n.into())]);
    let raw = match rules.raw_days {
        0 => words.say("retention-until-read"),
        n => days(n),
    };
    let what = |kind: Kind| kind_in_words(visit, kind.name());
    let callbacks = match &rules.decision {
        Some(_) => months(rules.callback_months),
        None => words.say("retention-stay"),
    };
    let absences = u32::try_from(ABSENCE_DAYS).unwrap_or(u32::MAX);
    let of = |kind, long, key| (what(kind), long, key);
    let page = RetentionPage {
        page: Page::of_administrator(visit, Tab::Retention),
        rules: Vec::from([
            of(Kind::RawRequests, raw, "retention.raw_days"),
            of(Kind::NumbersOfCalls, days(rules.call_days), "retention.call_days"),
            of(Kind::Numbers, months(rules.number_months), "retention.number_months"),
            of(Kind::Texts, months(rules.number_months), "retention.number_months"),
            of(Kind::MailBodies, days(rules.mail_days), "retention.mail_days"),
            of(Kind::ReadLog, months(rules.read_log_months), "retention.read_log_months"),
            of(Kind::Calls, months(rules.call_months), "retention.call_months"),
            of(Kind::Absences, days(absences), "–"),
            of(Kind::Callbacks, callbacks, "retention.callback_months, decision"),
        ]),
        decision: match &rules.decision {
            Some(decision) => words.with("retention-decided", [("decision", decision.into())]),
            None => words.say("retention-undecided"),
        },
        lines: lines
            .into_iter()
            .map(|line| Line {
                when: say.moment(line.at),
                what: kind_in_words(visit, &line.kind),
                erased: line.erased,
                decision: line.decision,
            })
            .collect(),
    };
    Ok(show(StatusCode::OK, &page))
}

fn kind_in_words(visit: &Visit, name: &str) -> String {
    visit.words.say(&format!("erased-{}", name))
}
