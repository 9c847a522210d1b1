//! `GET /admin/people/file`: the people file is fetched as it is now, or sent, what it would change is shown, and only then is it carried out. It is kept
//! by the page meanwhile, and not by us.

use super::{Tab, only_administrators};
use crate::callback::Sent;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::extract::Multipart;
use axum::extract::multipart::{MultipartError, MultipartRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use domain::people::{Change, LineError, describe, plan, read, write};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{Tx, people};

/// Megabytes that a file may have: a hundred times what two thousand employees need.
const LARGEST: usize = 2;
const MEGABYTE: usize = 1 << 20;
/// What a form may have that sends such a file with every letter escaped.
pub(crate) const LARGEST_FORM: usize = (3 * LARGEST + 1) * MEGABYTE;
/// So many errors are shown, and so many changes of a kind.
const SHOWN: usize = 100;

#[derive(Debug, Template)]
#[template(path = "admin_people_file.html")]
struct PeopleFile {
    page: Page,
    wrong: Option<String>,
    errors: Vec<Place>,
    /// What else is wrong.
    more: Option<String>,
    /// Something has changed since it was shown.
    stale: bool,
    effect: Option<Effect>,
    /// Nobody is known yet.
    is_first: bool,
}

/// An error: where, in words, and what.
#[derive(Debug)]
struct Place {
    place: String,
    message: String,
}

/// What a file would change.
#[derive(Debug)]
struct Effect {
    lead: String,
    parts: Vec<Part>,
    content: String,
    digest: String,
    /// The button's words; none where nothing changes.
    apply: Option<String>,
}

#[derive(Debug)]
struct Part {
    title: String,
    note: Option<String>,
    lines: Vec<String>,
    more: Option<String>,
}

/// The file as the page kept it, and what it was shown to change.
#[derive(Debug, Deserialize)]
pub(crate) struct ApplyForm {
    content: String,
    digest: String,
}

/// What came of reading a file.
enum Planned {
    Wrong(Vec<LineError>),
    /// The changes, each with its words.
    Changes(Vec<(Change, String)>),
}

/// `GET /admin/people/file`
pub(crate) async fn file(visit: Visit) -> Response {
    let made = async {
        only_administrators(&visit)?;
        Ok(show(StatusCode::OK, &page(&visit)))
    };
    visit.answer(made).await
}

/// `POST /admin/people/file`: what it would change. Nothing is done.
pub(crate) async fn look(visit: Visit, body: Result<Multipart, MultipartRejection>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let bytes = match sent(body.map_err(|_| Trouble::Form)?).await {
            Ok(bytes) if bytes.is_empty() => {
                return Ok(refuse(&visit, visit.words.say("people-file-none")));
            }
            Ok(bytes) if bytes.len() <= LARGEST * MEGABYTE => bytes,
            Err(error) if error.status() != StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(Trouble::Form);
            }
            Ok(_) | Err(_) => {
                let large = visit.words.with("people-file-large", [("n", LARGEST.into())]);
                return Ok(refuse(&visit, large));
            }
        };
        let tx = visit.app.store.read().await?;
        let planned = planned(&tx, &visit, &bytes).await?;
        tx.commit().await?;
        Ok(shown(&visit, &bytes, planned, false))
    };
    visit.answer(made).await
}

/// `POST /admin/people/file/apply`: all of it in one transaction, where it still changes what was shown.
pub(crate) async fn apply(visit: Visit, form: Sent<ApplyForm>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let form = form.read()?;
        let bytes = form.content.as_bytes();
        let tx = visit.app.store.begin().await?;
        people::hold(&tx).await?;
        match planned(&tx, &visit, bytes).await? {
            Planned::Changes(changes) if digest(&changes) == form.digest => {
                let n = changes.len();
                let changes: Vec<Change> = changes.into_iter().map(|(change, _)| change).collect();
                people::apply(&tx, &changes).await?;
                tx.commit().await?;
                tracing::info!(account = %visit.reader.account, changes = n, "a people file was imported");
                Ok(Redirect::to(&format!("/admin/people?did=imported&n={n}")).into_response())
            }
            planned => {
                tx.rollback().await?;
                Ok(shown(&visit, bytes, planned, true))
            }
        }
    };
    visit.answer(made).await
}

/// `GET /admin/people/file.csv`: what is known, as such a file.
pub(crate) async fn download(visit: Visit) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let name = visit.words.say("people-file-name");
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        ];
        let spoken = visit.words.language();
        Ok((headers, write(&visit.directory, spoken)).into_response())
    };
    visit.answer(made).await
}

async fn sent(mut form: Multipart) -> Result<Vec<u8>, MultipartError> {
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("file") {
            return Ok(field.bytes().await?.to_vec());
        }
    }
    Ok(Vec::new())
}

async fn planned(tx: &Tx, visit: &Visit, bytes: &[u8]) -> Result<Planned, Trouble> {
    let app = &visit.app;
    // Those that ended, too: what a line is called by them stands in the file that is fetched here.
    let sources: Vec<_> = app.sources.list(tx).await?.into_iter().map(|s| s.name).collect();
    let file = match read(bytes, &app.plan, &sources) {
        Ok(file) => file,
        Err(errors) => return Ok(Planned::Wrong(errors)),
    };
    let current = people::directory(tx, visit.today).await?;
    let changes = plan(&current, &file, visit.today, &mut || app.clock.new_id());
    let told = describe(&current, &changes);
    Ok(Planned::Changes(changes.into_iter().zip(told).collect()))
}

fn digest(changes: &[(Change, String)]) -> String {
    let told: Vec<&str> = changes.iter().map(|(_, told)| told.as_str()).collect();
    let digest = Sha256::digest(told.join("\n").as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn page(visit: &Visit) -> PeopleFile {
    let page = Page::of_administrator(visit, Tab::People);
    PeopleFile {
        page: Page { title: visit.words.say("people-file-title"), ..page },
        wrong: None,
        errors: Vec::new(),
        more: None,
        stale: false,
        effect: None,
        is_first: visit.directory.units().is_empty(),
    }
}

fn refuse(visit: &Visit, wrong: String) -> Response {
    let page = PeopleFile { wrong: Some(wrong), ..page(visit) };
    show(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

fn shown(visit: &Visit, bytes: &[u8], planned: Planned, is_late: bool) -> Response {
    let words = visit.words;
    match planned {
        Planned::Wrong(errors) => {
            let page = PeopleFile {
                wrong: Some(words.with("people-file-wrong", [("n", errors.len().into())])),
                more: more(visit, errors.len()),
                errors: errors.into_iter().take(SHOWN).map(|error| place(visit, error)).collect(),
                ..page(visit)
            };
            show(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        // It was pressed twice.
        Planned::Changes(changes) if is_late && changes.is_empty() => {
            Redirect::to("/admin/people?did=imported").into_response()
        }
        Planned::Changes(changes) => {
            let effect = effect(visit, bytes, changes);
            let page = PeopleFile { stale: is_late, effect: Some(effect), ..page(visit) };
            show(if is_late { StatusCode::CONFLICT } else { StatusCode::OK }, &page)
        }
    }
}

fn more(visit: &Visit, n: usize) -> Option<String> {
    let more = n.checked_sub(SHOWN).filter(|more| *more > 0)?;
    Some(visit.words.with("people-file-more", [("n", more.into())]))
}

fn place(visit: &Visit, error: LineError) -> Place {
    let line = ("line", error.line.into());
    let place = match error.column {
        Some(column) => visit.words.with("people-file-cell", [line, ("column", column.into())]),
        None => visit.words.with("people-file-line", [line]),
    };
    Place { place, message: error.message }
}

fn effect(visit: &Visit, bytes: &[u8], changes: Vec<(Change, String)>) -> Effect {
    let words = visit.words;
    let (n, digest) = (changes.len(), digest(&changes));
    let (mut added, mut changed, mut removed) = (Vec::new(), Vec::new(), Vec::new());
    for (change, told) in changes {
        let kind = match change {
            Change::AddUnit(_) | Change::AddEmployee(_) | Change::AddLine(_) => &mut added,
            Change::ChangeUnit { .. }
            | Change::ChangeEmployee { .. }
            | Change::ChangeLine { .. } => &mut changed,
            Change::RemoveUnit(_) | Change::RemoveEmployee(_) | Change::RemoveLine(_) => {
                &mut removed
            }
        };
        // The mark before it is said by the heading above it.
        let told = told.split_once(' ').map(|(_, told)| told.to_owned());
        kind.extend(told);
    }
    let part = |title: &str, note: Option<&str>, mut lines: Vec<String>| {
        let title = words.with(title, [("n", lines.len().into())]);
        let more = more(visit, lines.len());
        lines.truncate(SHOWN);
        Part { title, note: note.map(|id| words.say(id)), lines, more }
    };
    // Who is gone first: that is what a file that is not whole does by mistake.
    let parts = [
        part("people-file-removed", Some("people-file-removed-note"), removed),
        part("people-file-changed", None, changed),
        part("people-file-added", None, added),
    ];
    Effect {
        lead: if n == 0 {
            words.say("people-file-same")
        } else {
            words.with("people-file-effect", [("n", n.into())])
        },
        parts: parts.into_iter().filter(|part| !part.lines.is_empty()).collect(),
        content: String::from_utf8_lossy(bytes).into_owned(),
        digest,
        apply: (n > 0).then(|| words.with("people-file-apply", [("n", n.into())])),
    }
}
