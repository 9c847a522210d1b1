//! One callback: its story, and what people do about it.

mod details;
mod form;
mod handing_over;
mod offer;

pub(crate) use details::open;
pub(crate) use handing_over::{accept, agree, decline, offer};

use crate::asks::Named;
use crate::error::Trouble;
use crate::list::{self, Known, Shown};
use crate::page::{Page, show as answer};
use crate::receivers::{self, Choice};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::{Details, Seen};
use domain::callback::How;
use domain::decision::{Decision, Refusal};
use domain::ids::CallbackId;
pub(crate) use form::Sent;
use form::{ActForm, EndForm};
use std::collections::HashMap;
use std::sync::Arc;
use store::{StoreError, Tx, callbacks, seen};
use uuid::Uuid;

/// One time that the caller was in touch.
#[derive(Debug)]
struct OneContact {
    /// When and where.
    when: String,
    /// How long a message is, or why nobody answered.
    more: Option<String>,
    /// Where the PBX keeps the message.
    link: Option<String>,
    /// What one of us wrote down.
    note: Option<String>,
}

#[derive(Debug, Template)]
#[template(path = "callback.html")]
struct OnePage {
    page: Page,
    it: Shown,
    /// They may do something about it.
    acts: bool,
    /// The hand-over that waits for an answer.
    offer: Option<offer::Shown>,
    receivers: Arc<[Choice]>,
    /// To whom it was to be handed over, and why that was not done.
    misnamed: Option<(String, String)>,
    responsible: String,
    contacts: Vec<OneContact>,
    story: Vec<(String, String)>,
    /// Details wait to be asked for; with a reason or without.
    hidden: Option<bool>,
    /// Who has opened the details, and when.
    openers: Vec<(String, String)>,
    back: &'static str,
}

/// `GET /callbacks/{id}`
pub(crate) async fn show(visit: Visit, Named(id): Named) -> Response {
    visit.answer(make(&visit, &id, None)).await
}

/// The page; with what was written of whom to hand it over to, and what is wrong with that.
async fn make(
    visit: &Visit,
    id: &str,
    misnamed: Option<(String, String)>,
) -> Result<Response, Trouble> {
    let tx = visit.app.store.read().await?;
    let callback = seen(&tx, visit, id).await?;
    tx.commit().await?;
    // Written down before anything of the caller is read.
    let opened = details::opened(visit, &callback).await?;
    let tx = visit.app.store.read().await?;
    let (known, texts) = match &opened {
        Some(opened) => {
            (Known::Open(seen::caller(&tx, opened).await?), seen::texts(&tx, opened).await?)
        }
        None => (Known::Hidden, HashMap::new()),
    };
    let it = list::one(visit, &callback, known);
    let story = seen::journal(&tx, &callback).await?;
    let openers = details::openers(&tx, visit, &callback).await?;
    let mut contacts = Vec::new();
    for contact in callback.standing() {
        let text = texts.get(&contact.call).cloned();
        let is_link = |text: &String| text.starts_with("https://") || text.starts_with("http://");
        let (note, link) = match contact.is_note() {
            true => (text, None),
            false => (None, text.filter(is_link)),
        };
        let (when, more) = (visit.say().contact(contact), list::more(visit, contact.kind));
        contacts.push(OneContact { when, more, link, note });
    }
    tx.commit().await?;
    let say = visit.say();
    let acts = callback.is_open() && callback.may_act();
    let page = OnePage {
        page: Page::of(visit, it.reference.clone(), "/callback"),
        responsible: visit
            .words
            .with("callback-responsible", [("who", it.responsible.clone().into())]),
        hidden: opened.is_none().then(|| callback.details() == Details::WithReason),
        openers,
        it,
        acts,
        offer: offer::shown(visit, &callback),
        receivers: if acts { receivers::all(visit) } else { Arc::default() },
        contacts,
        story: story.iter().map(|(at, entry)| (say.moment(*at), say.entry(entry))).collect(),
        back: "callback",
        misnamed,
    };
    let is_wrong = page.misnamed.is_some();
    Ok(answer(if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &page))
}

/// The callback, if this reader may see it: to others it does not exist (R36).
async fn seen(tx: &Tx, visit: &Visit, id: &str) -> Result<Seen, Trouble> {
    let id = Uuid::try_parse(id).map_err(|_| Trouble::NotFound)?;
    Ok(seen::get(tx, &visit.scope(), CallbackId(id)).await?)
}

/// `POST /callbacks/{id}/attempt`: tried, not reached.
pub(crate) async fn attempt(visit: Visit, Named(id): Named, sent: Sent<ActForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let by = visit.reader.actor();
        act(&visit, &id, form.version, async |_, c| {
            let c = c.into_callback();
            Ok(c.attempt(by, How::Phone, visit.now).map(|decision| Vec::from([decision])))
        })
        .await?;
        Ok(form.back.redirect("attempt", &id))
    };
    visit.answer(made).await
}

/// `POST /callbacks/{id}/resolve`
pub(crate) async fn resolve(visit: Visit, Named(id): Named, sent: Sent<EndForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let by = visit.reader.actor();
        act(&visit, &id, form.version, async |_, c| {
            let c = c.into_callback();
            let decided = c.resolve(by, form.disposition, visit.rules(), visit.now);
            Ok(decided.map(|decision| Vec::from([decision])))
        })
        .await?;
        Ok(form.back.redirect("resolve", &id))
    };
    visit.answer(made).await
}

/// `POST /callbacks/{id}/undo`: while a newer one is open, the two become one (R20).
pub(crate) async fn undo(visit: Visit, Named(id): Named, sent: Sent<ActForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let by = visit.reader.actor();
        act(&visit, &id, form.version, async |tx, c| {
            let newer = seen::newer(tx, &c).await?;
            Ok(c.into_callback().undo(newer, by, visit.rules(), visit.now))
        })
        .await?;
        Ok(form.back.redirect("undo", &id))
    };
    visit.answer(made).await
}

/// `POST /callbacks/{id}/take`: "Jag tar den", by a manager (R27).
pub(crate) async fn take(visit: Visit, Named(id): Named, sent: Sent<ActForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        act(&visit, &id, form.version, async |_, c| {
            let Some(by) = visit.reader.takes_on(&c, &visit.directory) else {
                return Ok(Err(Refusal::NotTheManager));
            };
            let decided = c.into_callback().take(by, visit.rules(), visit.now);
            Ok(decided.map(|decision| Vec::from([decision])))
        })
        .await?;
        Ok(form.back.redirect("take", &id))
    };
    visit.answer(made).await
}

/// By those who have it.
async fn act(
    visit: &Visit,
    id: &str,
    version: i64,
    decide: impl AsyncFnOnce(&Tx, Seen) -> Result<Result<Vec<Decision>, Refusal>, StoreError>,
) -> Result<(), Trouble> {
    act_if(visit, id, version, Seen::may_act, decide).await
}

/// Decides and writes, in one transaction. Somebody was faster: nothing is done, unless it comes to the same.
async fn act_if(
    visit: &Visit,
    id: &str,
    version: i64,
    may: impl FnOnce(&Seen) -> bool,
    decide: impl AsyncFnOnce(&Tx, Seen) -> Result<Result<Vec<Decision>, Refusal>, StoreError>,
) -> Result<(), Trouble> {
    let tx = visit.app.store.begin().await?;
    let callback = seen(&tx, visit, id).await?;
    // What is only offered is to be answered first, and that is another act.
    if !may(&callback) {
        return Err(Trouble::NotFound);
    }
    let (id, is_stale) = (callback.id, callback.changed_at_version != version);
    let decided = decide(&tx, callback).await?;
    if is_stale && !decided.as_ref().is_ok_and(|all| all.iter().all(Decision::is_unchanged)) {
        tx.rollback().await?;
        return Err(Trouble::Stale(id));
    }
    for decision in decided? {
        match callbacks::apply(&tx, &decision).await {
            Err(StoreError::Stale) => {
                tx.rollback().await?;
                return Err(Trouble::Stale(id));
            }
            applied => applied?,
        }
    }
    tx.commit().await?;
    Ok(())
}

impl form::Back {
    fn redirect(self, did: &str, id: &str) -> Response {
        let to = match self {
            Self::Mine => format!("/mine?did={did}&to={id}"),
            Self::Unit => format!("/unit?did={did}"),
            Self::Callback => format!("/callbacks/{id}"),
        };
        Redirect::to(&to).into_response()
    }
}
