//! `GET /note`: somebody spoke to one of us and wants to be called back by another (R1). A note in ten seconds: the number,
//! for whom, what about.

use crate::callback::Sent;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::receivers;
use crate::visit::Visit;
use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{CallId, CallbackId, SourceName};
use domain::party::Party;
use domain::settle::noted;
use serde::Deserialize;
use store::StoreError;
use store::notes::{self, Note};
use uuid::Uuid;

/// What a note is about has room for a few sentences, and is no place for more.
const LONGEST: usize = 1_000;
/// Where a number is written down that is none, it means something here only.
const SOURCE: &str = "notes";

#[derive(Debug, Template)]
#[template(path = "note.html")]
struct NotePage {
    page: Page,
    notice: Option<String>,
    wrong: Option<String>,
    sent: NoteForm,
    receivers: Vec<(String, String)>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct NoteForm {
    /// Made with the page, so that a note that is sent twice is one.
    #[serde(default)]
    id: String,
    #[serde(default)]
    number: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    about: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
}

/// `GET /note`
pub(crate) async fn note(visit: Visit, Query(asked): Query<Asked>) -> Response {
    let notice = (asked.did.as_deref() == Some("saved")).then(|| visit.words.say("note-saved"));
    visit.answer(async { make(&visit, StatusCode::OK, notice, None, NoteForm::default()) }).await
}

fn make(
    visit: &Visit,
    status: StatusCode,
    notice: Option<String>,
    wrong: Option<String>,
    sent: NoteForm,
) -> Result<Response, Trouble> {
    takes_notes(visit)?;
    let id = match Uuid::try_parse(&sent.id) {
        Ok(id) => id,
        Err(_) => visit.app.clock.new_id(),
    };
    let page = NotePage {
        page: Page::of(visit, visit.words.say("note-title"), "/note"),
        notice,
        wrong,
        sent: NoteForm { id: id.to_string(), ..sent },
        receivers: receivers::all(visit)
            .into_iter()
            .map(|(_, value, name)| (value, name))
            .collect(),
    };
    Ok(show(status, &page))
}

/// Everybody who works here, and whoever reads a mailbox of ours.
fn takes_notes(visit: &Visit) -> Result<(), Trouble> {
    let reader = &visit.reader;
    if reader.employee.is_some() || !reader.mailboxes.is_empty() {
        Ok(())
    } else {
        Err(Trouble::NotFound)
    }
}

/// `POST /note`
pub(crate) async fn take(visit: Visit, sent: Sent<NoteForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        takes_notes(&visit)?;
        let wrong = match saved(&visit, &form).await? {
            Ok(()) => return Ok(Redirect::to("/note?did=saved").into_response()),
            Err(wrong) => visit.words.say(wrong),
        };
        make(&visit, StatusCode::UNPROCESSABLE_ENTITY, None, Some(wrong), form)
    };
    visit.answer(made).await
}

/// Opens a callback for it, or joins the one that the caller has; or says what is wrong.
async fn saved(visit: &Visit, form: &NoteForm) -> Result<Result<(), &'static str>, Trouble> {
    let caller = Party::from_text(&form.number, &visit.app.plan).named(&form.name);
    if caller.is_nobody() {
        return Ok(Err("note-refused-number"));
    }
    let Some(whose) = receivers::read(visit, &form.to) else { return Ok(Err("note-refused-to")) };
    if form.about.chars().count() > LONGEST {
        return Ok(Err("note-refused-long"));
    }
    let id = Uuid::try_parse(&form.id).map_err(|_| Trouble::Form)?;
    // Somebody else may open a callback for the same caller at the same moment.
    for _ in 0..2 {
        match write(visit, CallId(id), caller.clone(), whose, &form.about).await {
            Err(Trouble::Store(StoreError::Stale)) => {}
            written => return written.map(Ok),
        }
    }
    Err(Trouble::Store(StoreError::Stale))
}

async fn write(
    visit: &Visit,
    call: CallId,
    caller: Party,
    whose: (domain::directory::Owner, Option<domain::ids::UnitId>),
    about: &str,
) -> Result<(), Trouble> {
    let app = &visit.app;
    let tx = app.store.begin().await?;
    let wanted = noted(call, caller, whose, &app.policy, visit.now);
    let visible = |line: &str| line.chars().filter(|c| !c.is_control()).collect::<String>();
    let about: Vec<String> = about.lines().map(visible).collect();
    let about = about.join("\n");
    let source = SourceName::new(SOURCE);
    let note = Note { call, source: &source, wanted, about: about.trim() };
    let ids = (app.clock.new_id(), CallbackId(app.clock.new_id()));
    notes::take(&tx, note, ids, visit.rules(), visit.now).await??;
    tx.commit().await?;
    Ok(())
}
