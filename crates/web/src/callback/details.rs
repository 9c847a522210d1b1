//! A caller's details on the page of a callback: there for those who are to call back, else hidden until asked for; written
//! down in any case (R36).

use super::form::{OpenForm, Sent};
use super::seen;
use crate::asks::Named;
use crate::error::Trouble;
use crate::visit::Visit;
use axum::response::{IntoResponse, Redirect, Response};
use domain::access::{Details, Reason, Seen};
use store::read_log::{self, Opened};
use store::{StoreError, Tx};

/// So many of those who have opened them are shown.
const OPENERS: u64 = 20;

/// `POST /callbacks/{id}/open`: "Visa uppgifter".
pub(crate) async fn open(visit: Visit, Named(id): Named, sent: Sent<OpenForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let tx = visit.app.store.begin().await?;
        let callback = seen(&tx, &visit, &id).await?;
        let ask = callback.ask(Reason::read(&form.reason).ok()).ok_or(Trouble::Reason)?;
        read_log::open(tx, &ask, visit.stamp()).await?;
        Ok(Redirect::to(&format!("/callbacks/{}", callback.id)).into_response())
    };
    visit.answer(made).await
}

/// What shows the details now. What is at hand is opened by looking at it.
pub(super) async fn opened(visit: &Visit, callback: &Seen) -> Result<Option<Opened>, StoreError> {
    let tx = visit.app.store.read().await?;
    let opened = read_log::find(&tx, callback, visit.now).await?;
    tx.commit().await?;
    let ask = match callback.details() {
        Details::AtHand => callback.ask(None).filter(|_| opened.is_none()),
        Details::OnRequest | Details::WithReason => None,
    };
    let Some(ask) = ask else { return Ok(opened) };
    let tx = visit.app.store.begin().await?;
    Ok(Some(read_log::open(tx, &ask, visit.stamp()).await?))
}

/// Who has opened them, and when.
pub(super) async fn openers(
    tx: &Tx,
    visit: &Visit,
    callback: &Seen,
) -> Result<Vec<(String, String)>, StoreError> {
    let say = visit.say();
    let openers = read_log::list_openers(tx, callback, OPENERS).await?;
    Ok(openers.into_iter().map(|(at, by)| (say.moment(at), say.actor(by))).collect())
}
