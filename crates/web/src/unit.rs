//! `GET /unit`: what concerns a manager today, as tiles; each is a list that says why things stand on it (R26).

use crate::asks::Asks;
use crate::error::Trouble;
use crate::list::{self, PAGE, Shown};
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::UnitId;
use domain::rounds::{Concern, Cut};
use serde::Deserialize;
use std::collections::HashMap;
use store::seen::{self, Concerns};

#[derive(Debug, Template)]
#[template(path = "unit.html")]
struct UnitPage {
    page: Page,
    notice: Option<String>,
    tiles: Vec<Tile>,
    /// What the list is about, and why what stands on it stands there.
    title: String,
    lead: String,
    empty: String,
    rows: Vec<(Shown, String)>,
    /// Rows say whose unit's they are.
    has_units: bool,
    is_first: bool,
    here: String,
    next: Option<String>,
    units: Vec<OneUnit>,
}

/// One list and how long it is.
#[derive(Debug)]
struct Tile {
    link: String,
    /// How it looks; nothing where nobody has to do anything.
    look: &'static str,
    n: usize,
    text: String,
    here: bool,
}

/// A unit among others, with how much there is of each concern and in all.
#[derive(Debug)]
struct OneUnit {
    link: String,
    name: String,
    counts: Vec<(String, usize)>,
}

/// What the address says besides: one unit, one list, from there on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    of: Option<UnitId>,
    show: Option<String>,
    after: Option<String>,
    did: Option<String>,
}

/// `GET /unit`
pub(crate) async fn unit(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    let manages = &visit.reader.manages;
    let units: Vec<UnitId> = match asked.of {
        Some(unit) => manages.iter().copied().filter(|id| *id == unit).collect(),
        None => manages.clone(),
    };
    if units.is_empty() {
        return Err(Trouble::NotFound);
    }
    let after = asked.after.as_deref().map(list::read_place).transpose()?;
    let named = |name: &str| Concern::named(name).ok_or(Trouble::NotFound);
    let concern = asked.show.as_deref().map(named).transpose()?;
    let (app, scope) = (&visit.app, visit.scope());
    let cuts = Concern::ALL
        .map(|c| c.cut(&units, &visit.directory, visit.today, &app.calendar, &app.policy));
    let of_all = Concern::ALL.iter().zip(&cuts);
    let cut = of_all.filter(|(c, _)| Some(**c) == concern).map(|(_, cut)| cut).next();
    let tx = app.store.read().await?;
    let counts = seen::count_concerns(&tx, &scope, &units, &cuts).await?;
    let cut = cut.unwrap_or(&Cut::Everything);
    let found = seen::list_concern(&tx, &scope, (&units, cut), after, PAGE).await?;
    let names = found.callbacks.iter().map(|callback| visit.say().unit_or_top(callback.unit));
    let names: Vec<String> = names.collect();
    let rows = list::shown(&tx, visit, &found.callbacks).await?;
    tx.commit().await?;
    let words = visit.words;
    let here = Here { of: asked.of, concern };
    let (title, lead) = said(visit, concern);
    let page = UnitPage {
        page: Page::of(visit, heading(visit, &units), "/unit"),
        notice: (asked.did.as_deref() == Some("take")).then(|| words.say("taken-notice")),
        tiles: tiles(visit, here, &counts),
        title,
        lead,
        empty: words.say(if concern.is_none() { "unit-empty" } else { "concern-empty" }),
        rows: rows.into_iter().zip(names).collect(),
        has_units: units.len() > 1,
        is_first: after.is_none(),
        here: here.link(None),
        next: found.next.map(|place| here.link(Some(list::write_place(place)))),
        units: if units.len() > 1 { by_unit(visit, &units, &counts) } else { Vec::new() },
    };
    Ok(show(StatusCode::OK, &page))
}

/// The list that is shown.
#[derive(Debug, Clone, Copy)]
struct Here {
    of: Option<UnitId>,
    concern: Option<Concern>,
}

impl Here {
    fn link(self, after: Option<String>) -> String {
        let of = self.of.map(|unit| format!("of={unit}"));
        let concern = self.concern.map(|concern| format!("show={}", concern.name()));
        let after = after.map(|place| format!("after={place}"));
        let asked: Vec<String> = [of, concern, after].into_iter().flatten().collect();
        if asked.is_empty() { "/unit".to_owned() } else { format!("/unit?{}", asked.join("&")) }
    }
}

fn heading(visit: &Visit, units: &[UnitId]) -> String {
    match units {
        [one] => visit
            .words
            .with("unit-title-of", [("unit", visit.say().unit_or_top(Some(*one)).into())]),
        _ => visit.words.say("unit-title"),
    }
}

/// The name of a list, and why something stands on it.
fn said(visit: &Visit, concern: Option<Concern>) -> (String, String) {
    let Some(concern) = concern else {
        return (visit.words.say("concern-all"), visit.words.say("unit-lead"));
    };
    let days = visit.app.policy.not_reached_days;
    let lead = format!("concern-{}-lead", concern.name());
    (title(visit, concern), visit.words.with(&lead, [("days", days.into())]))
}

fn title(visit: &Visit, concern: Concern) -> String {
    visit.words.say(&format!("concern-{}", concern.name()))
}

fn tiles(visit: &Visit, here: Here, counts: &HashMap<UnitId, Concerns>) -> Vec<Tile> {
    let all = counts.values().fold(Concerns::default(), |all, unit| all.and(*unit));
    let tile = |concern: Option<Concern>, n, text| Tile {
        link: Here { concern, ..here }.link(None),
        look: concern.filter(|_| n > 0).map_or("", look),
        n,
        text,
        here: concern == here.concern,
    };
    let concerns = Concern::ALL.map(|c| tile(Some(c), all.count(c), title(visit, c)));
    let open = tile(None, all.open, visit.words.say("concern-all"));
    concerns.into_iter().chain([open]).collect()
}

fn look(concern: Concern) -> &'static str {
    match concern {
        Concern::Late | Concern::AgreedDayBroken => "late",
        Concern::DueToday | Concern::Waiting | Concern::Uncovered => "today",
        Concern::NotReached => "tried",
    }
}

/// One that is gone is shown as long as it has something open.
fn by_unit(visit: &Visit, units: &[UnitId], counts: &HashMap<UnitId, Concerns>) -> Vec<OneUnit> {
    let known = units.iter().filter_map(|id| visit.directory.unit(*id));
    let with_counts = known.map(|unit| (unit, counts.get(&unit.id).copied().unwrap_or_default()));
    let shown = with_counts.filter(|(unit, counts)| unit.active || counts.open > 0);
    let one = |(unit, counts): (&domain::directory::Unit, Concerns)| OneUnit {
        link: Here { of: Some(unit.id), concern: None }.link(None),
        name: unit.name.clone(),
        counts: Concern::ALL
            .iter()
            .map(|c| (title(visit, *c), counts.count(*c)))
            .chain([(visit.words.say("concern-all"), counts.open)])
            .collect(),
    };
    shown.map(one).collect()
}
