//! What an administrator does with a source: reads again what could not be read; gives it another secret, ends the old one, ends
//! the source, where it was made here.

use super::new::shown_once;
use super::{Besides, chosen, listed, page, pbx};
use crate::admin::only_administrators;
use crate::asks::Named;
use crate::callback::Sent;
use crate::error::Trouble;
use crate::visit::Visit;
use axum::response::{IntoResponse, Redirect, Response};
use domain::source::{MadeSource, rotation_ends};
use serde::Deserialize;
use store::sources::{self, Secret};
use store::{StoreError, Tx, inbox};
use uuid::Uuid;

/// Another secret.
#[derive(Debug, Deserialize)]
pub(crate) struct RotateForm {
    /// Made with the page, so that a form that is sent twice makes one secret.
    id: Uuid,
    /// The version that the page showed.
    version: i64,
    /// So long the old one counts on.
    days: i64,
    #[serde(default)]
    secret: String,
}

/// A button.
#[derive(Debug, Deserialize)]
pub(crate) struct ChangeForm {
    version: i64,
}

/// `POST /admin/sources/{name}/replay`: reads again what could not be read of this source.
pub(crate) async fn replay(visit: Visit, Named(name): Named) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let tx = visit.app.store.begin().await?;
        let source = listed(&tx, &visit, &name).await?;
        inbox::replay(&tx, Some(&source.name)).await?;
        tx.commit().await?;
        Ok(did(&source.name.0, "replay"))
    };
    visit.answer(made).await
}

/// `POST /admin/sources/{name}/rotate`: another secret; the old one counts on for the time that was chosen.
pub(crate) async fn rotate(visit: Visit, Named(name): Named, sent: Sent<RotateForm>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let sent = sent.read()?;
        let (app, now, is_ours) = (&visit.app, visit.now, sent.secret.trim().is_empty());
        let tx = app.store.begin().await?;
        let source = made_here(&tx, &visit, &name).await?;
        let secrets = sources::secrets(&tx, &source.name).await?;
        if let Some(before) = secrets.iter().find(|secret| secret.span.id == sent.id) {
            tx.rollback().await?;
            return shown_once(&visit, &source.name, before, is_ours).await;
        }
        let until = rotation_ends(sent.days, now).ok_or(Trouble::Form)?;
        let pbx = pbx(&visit, &source.adapter).ok_or(Trouble::NotFound)?;
        let secret = match chosen(&visit, pbx, &sent.secret)? {
            Ok(secret) => Secret::new(sent.id, now, secret),
            Err(wrong) => {
                tx.rollback().await?;
                let besides = Besides { wrong: Some(wrong), ..Besides::default() };
                return page(&visit, &source.name.0, besides).await;
            }
        };
        sources::rotate(&tx, (&source.name, sent.version), &secret, until).await?;
        tx.commit().await?;
        tracing::info!(source = %source.name, by = %visit.reader.account, "a source has another secret");
        shown_once(&visit, &source.name, &secret, is_ours).await
    };
    visit.answer(made).await
}

/// `POST /admin/sources/{name}/end-old`: of its secrets only the newest counts from now on.
pub(crate) async fn end_old_secrets(
    visit: Visit,
    Named(name): Named,
    sent: Sent<ChangeForm>,
) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let sent = sent.read()?;
        let tx = visit.app.store.begin().await?;
        let source = made_here(&tx, &visit, &name).await?;
        let secrets = sources::secrets(&tx, &source.name).await?;
        if secrets.iter().any(|secret| secret.span.until.is_some()) {
            sources::end_old_secrets(&tx, &source.name, sent.version).await?;
            tracing::info!(source = %source.name, by = %visit.reader.account, "the old secret of a source was ended");
        }
        tx.commit().await?;
        Ok(did(&source.name.0, "old-ended"))
    };
    visit.answer(made).await
}

/// `POST /admin/sources/{name}/end`: nothing is taken from it any more; what it told stays.
pub(crate) async fn end(visit: Visit, Named(name): Named, sent: Sent<ChangeForm>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let sent = sent.read()?;
        let tx = visit.app.store.begin().await?;
        let source = listed(&tx, &visit, &name).await?.made.ok_or(Trouble::NotFound)?;
        if source.retired_at.is_none() {
            sources::retire(&tx, &source.name, sent.version, visit.now).await?;
            tracing::info!(source = %source.name, by = %visit.reader.account, "a source was ended");
        }
        tx.commit().await?;
        Ok(did(&source.name.0, "ended"))
    };
    visit.answer(made).await
}

/// One whose secrets are changed here: made here, and not in the configuration, which would count.
async fn made_here(tx: &Tx, visit: &Visit, name: &str) -> Result<MadeSource, Trouble> {
    let source = listed(tx, visit, name).await?;
    let made = source.made.filter(|_| !source.is_configured).ok_or(Trouble::NotFound)?;
    // The page is of before it ended.
    if made.retired_at.is_some() { Err(StoreError::Stale.into()) } else { Ok(made) }
}

fn did(name: &str, what: &str) -> Response {
    Redirect::to(&format!("/admin/sources/{name}?did={what}")).into_response()
}
