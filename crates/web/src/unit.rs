//! `GET /unit`: who waits for an answer in the units of one manager, and why they stand there (R26).

use crate::error::Trouble;
use crate::list::{self, PAGE, Shown};
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Seen;
use domain::callback::State;
use domain::ids::UnitId;
use serde::Deserialize;
use store::seen::{self, Place};
use store::{StoreError, Tx};

#[derive(Debug, Template)]
#[template(path = "unit.html")]
struct UnitPage {
    page: Page,
    units: Vec<OneUnit>,
    notice: Option<String>,
}

#[derive(Debug)]
struct OneUnit {
    name: String,
    counts: String,
    first: Option<String>,
    rows: Vec<Shown>,
    /// Where the next page begins, and what the link says.
    next: Option<(String, String)>,
}

/// What the address says besides: one unit, from there on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    of: Option<UnitId>,
    after: Option<String>,
    did: Option<String>,
}

/// `GET /unit`
pub(crate) async fn unit(visit: Visit, Query(asked): Query<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    if visit.reader.manages.is_empty() {
        return Err(Trouble::NotFound);
    }
    let after = asked.after.as_deref().map(list::read_place).transpose()?;
    let is_asked = |id: &&UnitId| asked.of.is_none_or(|of| of == **id);
    let ids: Vec<UnitId> = visit.reader.manages.iter().filter(is_asked).copied().collect();
    let tx = visit.app.store.read().await?;
    let mut units = Vec::new();
    for id in ids {
        units.extend(one(&tx, visit, id, after).await?);
    }
    tx.commit().await?;
    let title = visit.words.with("unit-title", [("units", visit.reader.manages.len().into())]);
    let notice = (asked.did.as_deref() == Some("take")).then(|| visit.words.say("taken-notice"));
    Ok(show(StatusCode::OK, &UnitPage { page: Page::of(visit, title, "/unit"), units, notice }))
}

/// A unit that is gone is shown as long as it has something open.
async fn one(
    tx: &Tx,
    visit: &Visit,
    id: UnitId,
    after: Option<Place>,
) -> Result<Option<OneUnit>, StoreError> {
    let Some(unit) = visit.directory.unit(id) else { return Ok(None) };
    let seen::Page { callbacks, next } =
        seen::list_of_unit(tx, &visit.scope(), id, after, PAGE).await?;
    let more = next.is_some();
    // What the PBX saw resolved waits to become final: nobody has to do anything about it.
    let waits = |c: &Seen| matches!(c.state, State::Open);
    let rows =
        list::shown(tx, visit, &callbacks.into_iter().filter(waits).collect::<Vec<_>>()).await?;
    if rows.is_empty() && !unit.active {
        return Ok(None);
    }
    let words = visit.words;
    let count = |look| rows.iter().filter(|r| r.look == look).count();
    let counts = [
        ("late", count("late").into()),
        ("today", count("today").into()),
        ("tried", count("tried").into()),
    ];
    Ok(Some(OneUnit {
        name: unit.name.clone(),
        counts: words.with("unit-counts", counts),
        first: (more || after.is_some())
            .then(|| words.with("unit-first", [("n", rows.len().into())])),
        next: next.map(|place| {
            let link = format!("/unit?of={id}&after={}", list::write_place(place));
            (link, words.with("unit-more", [("unit", unit.name.clone().into())]))
        }),
        rows,
    }))
}
