//! `GET /note`: somebody spoke to one of us and wants to be called back by another (R1). A note in ten seconds: the number,
//! for whom, what about.

use crate::asks::Asks;
use crate::callback::Sent;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::receivers::{self, Choice, NotOne};
use crate::reception;
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::directory::Owner;
use domain::ids::{CallId, CallbackId, SourceName, UnitId};
use domain::party::Party;
use domain::settle::noted;
use serde::Deserialize;
use std::sync::Arc;
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
    note: Blank,
}

/// The form, with what was written in it.
#[derive(Debug)]
pub(crate) struct Blank {
    pub(crate) sent: NoteForm,
    pub(crate) wrong: Option<Wrong>,
    pub(crate) receivers: Arc<[Choice]>,
    /// Where the cursor stands when the page opens: where something is wrong, and at a desk where the next one begins.
    pub(crate) begins_at: &'static str,
}

/// What is wrong with a note.
#[derive(Debug)]
pub(crate) struct Wrong {
    /// The field.
    pub(crate) at: &'static str,
    pub(crate) text: String,
    /// Whom it may be for: each a button that saves it.
    pub(crate) several: Vec<String>,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct NoteForm {
    /// Made with the page, so that a note that is sent twice is one.
    #[serde(default)]
    pub(crate) id: String,
    #[serde(default)]
    pub(crate) number: String,
    #[serde(default)]
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) to: String,
    /// Instead of `to`: one of several.
    #[serde(default)]
    pub(crate) pick: String,
    #[serde(default)]
    pub(crate) about: String,
    /// `reception`: it was written there.
    #[serde(default)]
    pub(crate) back: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    did: Option<String>,
    to: Option<String>,
}

/// `GET /note`
pub(crate) async fn note(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    let notice = saved_notice(&visit, asked.did.as_deref(), asked.to.as_deref());
    let made = async {
        takes_notes(&visit)?;
        Ok(make(&visit, StatusCode::OK, notice, Blank::of(&visit, NoteForm::default(), None)))
    };
    visit.answer(made).await
}

/// That a note was saved, and for whom.
pub(crate) fn saved_notice(visit: &Visit, did: Option<&str>, to: Option<&str>) -> Option<String> {
    let who = to.and_then(|to| receivers::name(visit, to));
    match (did, who) {
        (Some("saved"), Some(who)) => {
            Some(visit.words.with("note-saved-for", [("who", who.into())]))
        }
        (Some("saved"), None) => Some(visit.words.say("note-saved")),
        (Some(_) | None, _) => None,
    }
}

fn make(visit: &Visit, status: StatusCode, notice: Option<String>, note: Blank) -> Response {
    let page = Page::of(visit, visit.words.say("note-title"), "/note");
    show(status, &NotePage { page, notice, note })
}

impl Blank {
    pub(crate) fn of(visit: &Visit, sent: NoteForm, wrong: Option<Wrong>) -> Self {
        let id = Uuid::try_parse(&sent.id).unwrap_or_else(|_| visit.app.clock.new_id());
        let begins_at = wrong.as_ref().map_or("", |wrong| wrong.at);
        let sent = NoteForm { id: id.to_string(), ..sent };
        Self { sent, wrong, receivers: receivers::all(visit), begins_at }
    }

    /// What is wrong with this field.
    pub(crate) fn is_wrong(&self, field: &str) -> bool {
        self.wrong.as_ref().is_some_and(|wrong| wrong.at == field)
    }
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
        let at_desk = form.back == "reception" && reception::is_at_desk(&visit);
        let wrong = match saved(&visit, &form).await? {
            Ok(whom) => {
                let page = if at_desk { "/reception" } else { "/note" };
                let to = format!("{page}?did=saved&to={}", receivers::written(whom));
                return Ok(Redirect::to(&to).into_response());
            }
            Err(wrong) => wrong,
        };
        let (status, blank) =
            (StatusCode::UNPROCESSABLE_ENTITY, Blank::of(&visit, form, Some(wrong)));
        if at_desk {
            return reception::make(&visit, status, reception::Asked::default(), Some(blank)).await;
        }
        Ok(make(&visit, status, None, blank))
    };
    visit.answer(made).await
}

/// Opens a callback for it, or joins the one that the caller has; or says what is wrong.
async fn saved(visit: &Visit, form: &NoteForm) -> Result<Result<Owner, Wrong>, Trouble> {
    let wrong = |at, id: &str| Wrong { at, text: visit.words.say(id), several: Vec::new() };
    let caller = Party::from_text(&form.number, &visit.app.plan).named(&form.name);
    if caller.is_nobody() {
        return Ok(Err(wrong("number", "note-refused-number")));
    }
    let to = if form.pick.is_empty() { &form.to } else { &form.pick };
    let whose = match receivers::read(visit, to) {
        Ok(whose) => whose,
        Err(not_one) => {
            let text = not_one.told(visit, "note-refused-to");
            let several = match not_one {
                NotOne::Several(names) => names,
                NotOne::Nothing | NotOne::Nobody => Vec::new(),
            };
            return Ok(Err(Wrong { at: "to", text, several }));
        }
    };
    if form.about.chars().count() > LONGEST {
        return Ok(Err(wrong("about", "note-refused-long")));
    }
    let id = Uuid::try_parse(&form.id).map_err(|_| Trouble::Form)?;
    // Somebody else may open a callback for the same caller at the same moment.
    for _ in 0..2 {
        match write(visit, CallId(id), caller.clone(), whose, &form.about).await {
            Err(Trouble::Store(StoreError::Stale)) => {}
            written => return written.map(|()| Ok(whose.0)),
        }
    }
    Err(Trouble::Store(StoreError::Stale))
}

async fn write(
    visit: &Visit,
    call: CallId,
    caller: Party,
    whose: (Owner, Option<UnitId>),
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
