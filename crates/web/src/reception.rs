//! `GET /reception`: what somebody at a desk needs with a caller on the telephone. A note in ten seconds; whose a number is, and
//! whom to reach instead; who is away. Of colleagues only: callers are on lists, by scope (R36).

use crate::asks::Asks;
use crate::error::Trouble;
use crate::list::{self, Known, PAGE};
use crate::note::{self, Blank, NoteForm};
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::access::Seen;
use domain::callback::State;
use domain::directory::{Line, NotThere, Owner, Responsible, collated};
use domain::ids::UnitId;
use serde::Deserialize;
use store::seen;

/// So many are shown that a text may mean.
const FOUND: usize = 20;

#[derive(Debug, Template)]
#[template(path = "reception.html")]
struct Reception {
    page: Page,
    notice: Option<String>,
    note: Blank,
    q: String,
    found: Vec<Found>,
    /// Of what was looked for there is none, or there are more than are shown.
    told: Option<String>,
    /// Units to choose from: id, name, whether it is this one.
    units: Vec<(UnitId, String, bool)>,
    away: Vec<Away>,
    waiting: String,
    soonest: Option<String>,
}

/// Somebody, or a unit, that a text may mean.
#[derive(Debug)]
struct Found {
    name: String,
    unit: String,
    lines: Vec<(String, String)>,
    away: Option<Away>,
    /// Who answers for a unit.
    answers: Option<String>,
}

/// Somebody who is not at work.
#[derive(Debug)]
struct Away {
    name: String,
    unit: String,
    until: String,
    cover: String,
    /// The numbers that the cover is reached on.
    reached: String,
}

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    /// Only who is away of this unit and those below it; empty: of all.
    #[serde(default)]
    unit: String,
    did: Option<String>,
    to: Option<String>,
}

/// Whether the reader sits at a desk of ours.
pub(crate) fn is_at_desk(visit: &Visit) -> bool {
    visit.reader.is_at_desk(&visit.directory, visit.app.reception.as_deref())
}

/// `GET /reception`
pub(crate) async fn reception(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, StatusCode::OK, asked, None)).await
}

/// The page, with a note that could not be saved as it was written.
pub(crate) async fn make(
    visit: &Visit,
    status: StatusCode,
    asked: Asked,
    note: Option<Blank>,
) -> Result<Response, Trouble> {
    if !is_at_desk(visit) {
        return Err(Trouble::NotFound);
    }
    let words = visit.words;
    let unit = match asked.unit.as_str() {
        "" => None,
        id => Some(unit(visit, id).ok_or(Trouble::NotFound)?),
    };
    let (waiting, soonest) = queue(visit).await?;
    let notice = note::saved_notice(visit, asked.did.as_deref(), asked.to.as_deref());
    let q: String = asked.q.trim().chars().filter(|c| !c.is_control()).take(100).collect();
    // Who looks something up is not about to write a note.
    let begins_at = if q.is_empty() && unit.is_none() { "number" } else { "" };
    let note = note.unwrap_or_else(|| {
        let sent = NoteForm { back: "reception".to_owned(), ..NoteForm::default() };
        Blank { begins_at, ..Blank::of(visit, sent, None) }
    });
    let (found, told) = found(visit, &q);
    let page = Reception {
        page: Page::of(visit, words.say("reception-title"), "/reception"),
        notice,
        note,
        q,
        found,
        told,
        units: units(visit, unit),
        away: away(visit, unit),
        waiting,
        soonest,
    };
    Ok(show(status, &page))
}

/// How many wait on the reader's list, and how it stands with the first.
async fn queue(visit: &Visit) -> Result<(String, Option<String>), Trouble> {
    let tx = visit.app.store.read().await?;
    let list = seen::list_mine(&tx, &visit.scope(), None, PAGE).await?;
    tx.commit().await?;
    let waits = |c: &&Seen| matches!(c.state, State::Open);
    let waiting: Vec<&Seen> = list.callbacks.iter().filter(waits).collect();
    let id = if list.next.is_some() { "reception-waiting-many" } else { "reception-waiting" };
    let told = visit.words.with(id, [("n", waiting.len().into())]);
    let soonest = waiting.first().map(|first| {
        let row = list::one(visit, first, Known::Hidden);
        [row.standing, row.more].iter().filter(|t| !t.is_empty()).cloned().collect::<Vec<_>>()
    });
    Ok((told, soonest.map(|parts| parts.join(", "))))
}

fn found(visit: &Visit, q: &str) -> (Vec<Found>, Option<String>) {
    if q.is_empty() {
        return (Vec::new(), None);
    }
    let meant = visit.directory.meant(q, &visit.app.plan, visit.today);
    let told = match meant.len() {
        0 => Some(visit.words.say("reception-found-none")),
        n if n > FOUND => Some(visit.words.with("reception-found-many", [("n", FOUND.into())])),
        _ => None,
    };
    (meant.into_iter().take(FOUND).filter_map(|owner| one(visit, owner)).collect(), told)
}

fn one(visit: &Visit, owner: Owner) -> Option<Found> {
    let (directory, today) = (&visit.directory, visit.today);
    let (name, unit, away, answers) = match owner {
        Owner::Employee(id) => {
            let not_there = directory.not_there(id, today, calendars(visit));
            let away = not_there.and_then(|away| told(visit, &away));
            (directory.employee(id)?.name.clone(), unit_name(visit, owner), away, None)
        }
        Owner::Unit(id) => {
            let (who, _) = cover(visit, directory.responsible(owner, today));
            (directory.unit(id)?.name.clone(), String::new(), None, Some(who))
        }
        Owner::Organisation => return None,
    };
    let lines = directory.lines_of(owner, today);
    let lines = lines.iter().map(|line| (line.name.clone(), line.numbers().join(", "))).collect();
    Some(Found { name, unit, lines, away, answers })
}

fn away(visit: &Visit, unit: Option<UnitId>) -> Vec<Away> {
    let directory = &visit.directory;
    let is_of = |away: &NotThere| {
        let of = directory.unit_of(Owner::Employee(away.employee));
        unit.is_none_or(|unit| of.is_some_and(|of| directory.upwards(of).any(|u| u.id == unit)))
    };
    let all = directory.all_not_there(visit.today, calendars(visit));
    all.iter().filter(|away| is_of(away)).filter_map(|away| told(visit, away)).collect()
}

fn told(visit: &Visit, away: &NotThere) -> Option<Away> {
    let say = visit.say();
    let until = match away.back_on {
        Some(back) => {
            let days = [("until", say.day(away.until).into()), ("back", say.day(back).into())];
            visit.words.with("reception-until-back", days)
        }
        None => visit.words.with("reception-until", [("until", say.day(away.until).into())]),
    };
    let (cover, reached) = cover(visit, away.covered_by);
    let owner = Owner::Employee(away.employee);
    let name = visit.directory.employee(away.employee)?.name.clone();
    Some(Away { name, unit: unit_name(visit, owner), until, cover, reached })
}

/// Who answers, and on which numbers they are reached.
fn cover(visit: &Visit, who: Responsible) -> (String, String) {
    let directory = &visit.directory;
    let named = |id: UnitId| directory.unit(id).map_or_else(String::new, |u| u.name.clone());
    let (name, owner) = match who {
        Responsible::Employee(id) => (visit.say().employee(id), Some(Owner::Employee(id))),
        Responsible::UnitMailbox(id) => (
            visit.words.with("reception-mailbox", [("unit", named(id).into())]),
            Some(Owner::Unit(id)),
        ),
        Responsible::Reception(id) => (
            visit.words.with("reception-desk", [("unit", named(id).into())]),
            Some(Owner::Unit(id)),
        ),
        Responsible::Organisation => (visit.words.say("reception-desk-organisation"), None),
    };
    let owner = owner.or_else(|| directory.top().map(|top| Owner::Unit(top.id)));
    let lines = owner.map(|owner| directory.lines_of(owner, visit.today)).unwrap_or_default();
    let is_own = |line: &&&Line| matches!(owner, Some(Owner::Employee(_))) || !line.is_persons();
    let numbers: Vec<String> =
        lines.iter().filter(is_own).flat_map(|line| line.numbers()).collect();
    (name, numbers.join(", "))
}

fn calendars(visit: &Visit) -> (&workalendar::WorkCalendar, &domain::calendars::UnitCalendars) {
    (&visit.app.calendar, &visit.units)
}

fn unit(visit: &Visit, id: &str) -> Option<UnitId> {
    let id = UnitId(uuid::Uuid::try_parse(id).ok()?);
    visit.directory.unit(id).filter(|unit| unit.active).map(|unit| unit.id)
}

fn unit_name(visit: &Visit, owner: Owner) -> String {
    let unit = visit.directory.unit_of(owner).and_then(|id| visit.directory.unit(id));
    unit.map_or_else(String::new, |unit| unit.name.clone())
}

fn units(visit: &Visit, chosen: Option<UnitId>) -> Vec<(UnitId, String, bool)> {
    let mut units: Vec<_> = visit.directory.units().iter().filter(|unit| unit.active).collect();
    units.sort_by_cached_key(|unit| (collated(&unit.name), unit.id));
    units.into_iter().map(|u| (u.id, u.name.clone(), Some(u.id) == chosen)).collect()
}
