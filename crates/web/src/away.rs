//! `GET /away`: when somebody is away, and who answers meanwhile (R17). Why, is asked nowhere.
//!
//! Everybody for themselves; managers, and whoever reads the mailbox of a reception, also for those who fell ill.

use crate::asks::{Asks, Named};
use crate::callback::Sent;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::absences::Origin;
use domain::callback::Actor;
use domain::directory::{Absence, AbsenceRefusal, Employee};
use domain::ids::{AbsenceId, EmployeeId};
use serde::Deserialize;
use std::collections::BTreeSet;
use store::absences::{self, Entered};
use uuid::Uuid;

#[derive(Debug, Template)]
#[template(path = "away.html")]
struct Away {
    page: Page,
    notice: Option<String>,
    wrong: Option<String>,
    sent: AwayForm,
    today: NaiveDate,
    lead: String,
    /// Who it may be entered for: id and name. Empty where there is no choice.
    whose: Vec<(String, String)>,
    /// Who could stand in: id and name.
    others: Vec<(String, String)>,
    list: String,
    entered: Vec<Row>,
    /// Others who are or will be away: id and name.
    away: Vec<(String, String)>,
}

/// What was entered, in words.
#[derive(Debug)]
struct Row {
    id: AbsenceId,
    text: String,
    /// Where it comes from, unless they entered it themselves.
    by: Option<String>,
}

/// What the form sends; dates as a browser writes them, `2026-12-23`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AwayForm {
    /// Empty: the reader.
    #[serde(default)]
    who: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    substitute: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
    who: Option<String>,
}

/// `GET /away`
pub(crate) async fn away(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    let notice = match asked.did.as_deref() {
        Some("saved") => Some(visit.words.say("away-saved")),
        Some("removed") => Some(visit.words.say("away-removed")),
        Some(_) | None => None,
    };
    let sent = AwayForm { who: asked.who.unwrap_or_default(), ..AwayForm::default() };
    visit.answer(make(&visit, StatusCode::OK, notice, None, sent)).await
}

async fn make(
    visit: &Visit,
    status: StatusCode,
    notice: Option<String>,
    wrong: Option<String>,
    mut sent: AwayForm,
) -> Result<Response, Trouble> {
    let directory = &visit.directory;
    let whose = whose(visit);
    // Nobody to enter it for, and not somebody to be away: there is no such page.
    let first = whose.first().ok_or(Trouble::NotFound)?;
    let whom = if sent.who.is_empty() { first.id } else { whom(visit, &sent.who)? };
    let who = directory.employee(whom).ok_or(Trouble::NotFound)?;
    sent.who = whom.to_string();
    let tx = visit.app.store.read().await?;
    let entered = absences::list(&tx, whom).await?;
    tx.commit().await?;
    let shown = |e: &&Employee| (e.id.to_string(), e.name.clone());
    let mut others: Vec<_> =
        directory.employees().iter().filter(|e| e.active && e.id != whom).collect();
    others.sort_by_key(|e| (&e.name, e.id));
    let coming = directory.absences().iter().filter(|a| a.to >= visit.today);
    let coming: BTreeSet<EmployeeId> = coming.map(|a| a.employee).collect();
    let away = whose.iter().filter(|e| e.id != whom && coming.contains(&e.id)).map(shown).collect();
    let matters = entered.into_iter().filter(|e| e.absence.to >= visit.today);
    let (words, name) = (visit.words, || ("who", who.name.clone().into()));
    let own = visit.reader.employee == Some(whom);
    let page = Away {
        page: Page::of(visit, words.say("away-title"), "/away"),
        notice,
        wrong,
        sent,
        today: visit.today,
        lead: if own { words.say("away-lead") } else { words.with("away-lead-other", [name()]) },
        whose: if whose.len() > 1 { whose.iter().map(shown).collect() } else { Vec::new() },
        others: others.iter().map(shown).collect(),
        list: if own { words.say("away-list") } else { words.with("away-list-other", [name()]) },
        entered: matters.map(|e| told(visit, &e)).collect(),
        away,
    };
    Ok(show(status, &page))
}

/// Those that the reader may enter it for, the reader first, the others by name.
fn whose(visit: &Visit) -> Vec<&Employee> {
    let may = |e: &&Employee| visit.reader.may_enter_absence_of(e.id, &visit.directory);
    let mut whose: Vec<&Employee> = visit.directory.employees().iter().filter(may).collect();
    whose.sort_by_key(|e| (visit.reader.employee != Some(e.id), &e.name, e.id));
    whose
}

/// The employee of this id, where the reader may; to everybody else there is no such page.
fn whom(visit: &Visit, text: &str) -> Result<EmployeeId, Trouble> {
    let id = match text {
        "" => visit.reader.employee,
        text => Uuid::try_parse(text).ok().map(EmployeeId),
    };
    let may = |id: &EmployeeId| visit.reader.may_enter_absence_of(*id, &visit.directory);
    id.filter(may).ok_or(Trouble::NotFound)
}

fn told(visit: &Visit, entered: &Entered) -> Row {
    let (say, words, absence) = (visit.say(), visit.words, &entered.absence);
    let (from, to) = (say.day(absence.from), say.day(absence.to));
    let who = absence.substitute.and_then(|id| visit.directory.employee(id));
    let text = match who {
        Some(who) => words.with(
            "away-row-with",
            [("from", from.into()), ("to", to.into()), ("who", who.name.clone().into())],
        ),
        None => words.with("away-row", [("from", from.into()), ("to", to.into())]),
    };
    let by = match &entered.origin {
        Origin::Hand if entered.by == Actor::Employee(absence.employee) => None,
        Origin::Hand => Some(words.with("away-by", [("who", say.actor(entered.by).into())])),
        Origin::File(name) => Some(words.with("away-by-file", [("name", name.into())])),
        Origin::Calendar(name) => Some(words.with("away-by-calendar", [("name", name.into())])),
    };
    Row { id: entered.id, text, by }
}

/// The page of that employee, with what was done.
fn back(visit: &Visit, employee: EmployeeId, did: &str) -> Response {
    let path = match visit.reader.employee {
        Some(own) if own == employee => format!("/away?did={did}"),
        Some(_) | None => format!("/away?who={employee}&did={did}"),
    };
    Redirect::to(&path).into_response()
}

/// `POST /away`
pub(crate) async fn add(visit: Visit, sent: Sent<AwayForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let employee = whom(&visit, &form.who)?;
        let wrong = match read(&form, employee) {
            None => visit.words.say("away-refused-dates"),
            Some(absence) => match save(&visit, absence).await? {
                Err(refusal) => refused(&visit, &refusal),
                Ok(()) => return Ok(back(&visit, employee, "saved")),
            },
        };
        make(&visit, StatusCode::UNPROCESSABLE_ENTITY, None, Some(wrong), form).await
    };
    visit.answer(made).await
}

fn read(form: &AwayForm, employee: EmployeeId) -> Option<Absence> {
    let substitute = match form.substitute.as_str() {
        "" => None,
        id => Some(EmployeeId(Uuid::try_parse(id).ok()?)),
    };
    Some(Absence { employee, from: form.from.parse().ok()?, to: form.to.parse().ok()?, substitute })
}

async fn save(visit: &Visit, absence: Absence) -> Result<Result<(), AbsenceRefusal>, Trouble> {
    let (by, at, origin) = (visit.reader.actor(), visit.now, Origin::Hand);
    let id = AbsenceId(visit.app.clock.new_id());
    let tx = visit.app.store.begin().await?;
    let entered = absences::list(&tx, absence.employee).await?;
    let by_hand = entered.into_iter().filter(|e| e.origin == Origin::Hand).map(|e| e.absence);
    let by_hand: Vec<Absence> = by_hand.collect();
    let checked = absence.check(&visit.directory, visit.today, &by_hand);
    if checked.is_ok() {
        absences::insert(&tx, &Entered { id, absence, by, at, origin }).await?;
        tx.commit().await?;
    }
    Ok(checked)
}

/// `POST /away/{id}/remove`: by those who may enter it. The days that are over stay.
pub(crate) async fn remove(visit: Visit, Named(id): Named) -> Response {
    let made = async {
        let id = AbsenceId(Uuid::try_parse(&id).map_err(|_| Trouble::NotFound)?);
        let tx = visit.app.store.begin().await?;
        let found = absences::find(&tx, id).await?.ok_or(Trouble::NotFound)?;
        let employee = whom(&visit, &found.absence.employee.to_string())?;
        if !absences::take_back(&tx, id, visit.reader.actor(), visit.now).await? {
            return Err(Trouble::NotFound);
        }
        if let Some(absence) = found.absence.until_yesterday(visit.today) {
            let id = AbsenceId(visit.app.clock.new_id());
            absences::insert(&tx, &Entered { id, absence, ..found }).await?;
        }
        tx.commit().await?;
        Ok(back(&visit, employee, "removed"))
    };
    visit.answer(made).await
}

fn refused(visit: &Visit, refusal: &AbsenceRefusal) -> String {
    let words = visit.words;
    match refusal {
        AbsenceRefusal::EndsBeforeItBegins => words.say("away-refused-ends_before_it_begins"),
        AbsenceRefusal::IsOver { .. } => words.say("away-refused-is_over"),
        AbsenceRefusal::TooLong { .. } => words.say("away-refused-too_long"),
        AbsenceRefusal::TooFarAhead => words.say("away-refused-too_far_ahead"),
        AbsenceRefusal::NobodyOfUs => words.say("away-refused-nobody_of_us"),
        AbsenceRefusal::OwnSubstitute => words.say("away-refused-own_substitute"),
        AbsenceRefusal::SubstituteIsGone => words.say("away-refused-substitute_is_gone"),
        AbsenceRefusal::Overlaps { from, to } => {
            let (from, to) = (visit.say().day(*from), visit.say().day(*to));
            words.with("away-refused-overlaps", [("from", from.into()), ("to", to.into())])
        }
    }
}
