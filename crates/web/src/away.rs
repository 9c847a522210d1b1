//! `GET /away`: when the reader is away, and who answers meanwhile (R17). Why, is asked nowhere.

use crate::callback::Sent;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::directory::{Absence, AbsenceRefusal};
use domain::ids::{AbsenceId, EmployeeId};
use serde::Deserialize;
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
    /// Who could stand in: id and name.
    others: Vec<(String, String)>,
    /// What was entered: id, and in words.
    entered: Vec<(AbsenceId, String)>,
}

/// What the form sends; dates as a browser writes them, `2026-12-23`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct AwayForm {
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
}

/// `GET /away`
pub(crate) async fn away(visit: Visit, Query(asked): Query<Asked>) -> Response {
    let notice = match asked.did.as_deref() {
        Some("saved") => Some(visit.words.say("away-saved")),
        Some("removed") => Some(visit.words.say("away-removed")),
        Some(_) | None => None,
    };
    visit.answer(make(&visit, StatusCode::OK, notice, None, AwayForm::default())).await
}

async fn make(
    visit: &Visit,
    status: StatusCode,
    notice: Option<String>,
    wrong: Option<String>,
    sent: AwayForm,
) -> Result<Response, Trouble> {
    let employee = employee(visit)?;
    let tx = visit.app.store.read().await?;
    let entered = absences::list(&tx, employee).await?;
    tx.commit().await?;
    let others = visit.directory.employees().iter().filter(|e| e.active && e.id != employee);
    let mut others: Vec<_> = others.map(|e| (e.id.to_string(), e.name.clone())).collect();
    others.sort_by(|a, b| a.1.cmp(&b.1));
    let matters = entered.into_iter().filter(|e| e.absence.to >= visit.today);
    let page = Away {
        page: Page::of(visit, visit.words.say("away-title"), "/away"),
        notice,
        wrong,
        sent,
        today: visit.today,
        others,
        entered: matters.map(|e| (e.id, told(visit, &e.absence))).collect(),
    };
    Ok(show(status, &page))
}

fn told(visit: &Visit, absence: &Absence) -> String {
    let say = visit.say();
    let (from, to) = (say.day(absence.from), say.day(absence.to));
    let who = absence.substitute.and_then(|id| visit.directory.employee(id));
    match who {
        Some(who) => visit.words.with(
            "away-row-with",
            [("from", from.into()), ("to", to.into()), ("who", who.name.clone().into())],
        ),
        None => visit.words.with("away-row", [("from", from.into()), ("to", to.into())]),
    }
}

/// A mailbox that several read is never away.
fn employee(visit: &Visit) -> Result<EmployeeId, Trouble> {
    visit.reader.employee.ok_or(Trouble::NotFound)
}

/// `POST /away`
pub(crate) async fn add(visit: Visit, sent: Sent<AwayForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let employee = employee(&visit)?;
        let wrong = match read(&form, employee) {
            None => visit.words.say("away-refused-dates"),
            Some(absence) => match absence.check(&visit.directory, visit.today) {
                Err(refusal) => refused(&visit, &refusal),
                Ok(()) => {
                    save(&visit, absence).await?;
                    return Ok(Redirect::to("/away?did=saved").into_response());
                }
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

async fn save(visit: &Visit, absence: Absence) -> Result<(), Trouble> {
    let (by, at) = (visit.reader.actor(), visit.now);
    let id = AbsenceId(visit.app.clock.new_id());
    let tx = visit.app.store.begin().await?;
    absences::insert(&tx, &Entered { id, absence, by, at }).await?;
    tx.commit().await?;
    Ok(())
}

/// `POST /away/{id}/remove`: only one's own.
pub(crate) async fn remove(visit: Visit, Path(id): Path<String>) -> Response {
    let made = async {
        let employee = employee(&visit)?;
        let id = AbsenceId(Uuid::try_parse(&id).map_err(|_| Trouble::NotFound)?);
        let tx = visit.app.store.begin().await?;
        let found = absences::find(&tx, id).await?;
        let own = found.filter(|e| e.absence.employee == employee).ok_or(Trouble::NotFound)?;
        absences::remove(&tx, own.id).await?;
        tx.commit().await?;
        Ok(Redirect::to("/away?did=removed").into_response())
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
