//! `GET /mine/figures`: how one employee kept promises, this month and the last; for that employee alone (R32).

use crate::error::Trouble;
use crate::page::{Page, show};
use crate::report::{Row, Told};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::follow_up::{Followed, Line, Month, Period, own};
use store::reports;

/// What is told of a month: the policy's days, and what they are shares of.
const LINES: [Line; 6] = [
    Line::Counted,
    Line::WithinTime,
    Line::AttemptedOne,
    Line::AttemptedTwo,
    Line::ReachedOne,
    Line::ReachedTwo,
];
const EXPLAINED: [&str; 4] = ["own", "shares", "days", "words"];

#[derive(Debug, Template)]
#[template(path = "figures.html")]
struct Figures {
    page: Page,
    /// After an update: they are not all there yet.
    incomplete: bool,
    heads: [String; 2],
    months: Vec<OneMonth>,
    explained: Vec<String>,
}

#[derive(Debug)]
struct OneMonth {
    name: String,
    goes_on: Option<String>,
    rows: Vec<Row>,
}

/// `GET /mine/figures`
pub(crate) async fn figures(visit: Visit) -> Response {
    visit.answer(make(&visit)).await
}

async fn make(visit: &Visit) -> Result<Response, Trouble> {
    if visit.reader.employee.is_none() {
        return Err(Trouble::NotFound);
    }
    let (app, words, today) = (&visit.app, visit.words, visit.today);
    let told = Told::new(words);
    let this = Month::of(today);
    let mut months = Vec::new();
    let tx = app.store.read().await?;
    let incomplete = !store::follow_up::is_complete(&tx).await?;
    let instants = |month: Month| {
        let instants = Period::Month(month).instants(&app.calendar);
        instants.map_err(|_| Trouble::NotFound)
    };
    let both = instants(this.before())?.start..instants(this)?.end;
    let all = reports::own(&tx, &visit.scope(), both).await?;
    for month in [this, this.before()] {
        let received = instants(month)?;
        let came_in = all.iter().filter(|line| received.contains(&line.received_at));
        let lines: Vec<Followed> = came_in.copied().collect();
        let groups = own(&lines, (&app.calendar, &visit.units), today);
        months.push(OneMonth {
            name: told.period(Period::Month(month)),
            goes_on: (today <= month.last()).then(|| told.goes_on()),
            rows: told.lines(LINES.into_iter(), &groups),
        });
    }
    tx.commit().await?;
    let page = Figures {
        page: Page::of(visit, words.say("figures-title"), "/mine/figures"),
        incomplete,
        heads: told.heads(),
        months,
        explained: EXPLAINED.map(|what| words.say(&format!("report-counts-{}", what))).to_vec(),
    };
    Ok(show(StatusCode::OK, &page))
}
