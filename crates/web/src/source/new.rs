//! `GET /admin/sources/new`: a PBX is connected in the browser.
//!
//! The secret that comes of it stands on the page that answers the form, and on no other: that page has no address to come
//! back to.

use super::{Besides, Wrong, chosen, page, pbx, title};
use crate::admin::only_administrators;
use crate::callback::Sent;
use crate::error::Trouble;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::SourceName;
use domain::source::{self, Unfit, Written};
use serde::Deserialize;
use store::sources::{self, Secret};
use uuid::Uuid;

#[derive(Debug, Template)]
#[template(path = "source_new.html")]
struct New {
    page: Page,
    wrong: Option<Wrong>,
    sent: NewForm,
    /// What there is to choose from: adapter, and what people call it.
    pbxs: Vec<(&'static str, String)>,
    /// Those that make their secret themselves.
    vendors: String,
    address: String,
}

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct NewForm {
    /// Made with the page, so that a form that is sent twice makes one source.
    #[serde(default)]
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    adapter: String,
    #[serde(default)]
    country: String,
    #[serde(default)]
    area_code: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    secret: String,
}

/// `GET /admin/sources/new`
pub(crate) async fn new(visit: Visit) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let plan = &visit.app.plan;
        let code = plan.area_code();
        let sent = NewForm {
            country: plan.country().to_owned(),
            area_code: if code.is_empty() { String::new() } else { format!("0{code}") },
            zone: visit.app.calendar.zone().name().to_owned(),
            ..NewForm::default()
        };
        Ok(form(&visit, sent, None))
    };
    visit.answer(made).await
}

fn form(visit: &Visit, sent: NewForm, wrong: Option<Wrong>) -> Response {
    let titled = |by_vendor: Option<bool>| {
        let pbxs = visit.app.pbxs.iter();
        let pbxs = pbxs.filter(|pbx| by_vendor.is_none_or(|by| pbx.secret_by_vendor == by));
        let mut pbxs: Vec<_> = pbxs.map(|pbx| (pbx.adapter, title(visit, pbx.adapter))).collect();
        pbxs.sort_by_key(|(_, title)| title.to_lowercase());
        pbxs
    };
    let vendors: Vec<String> = titled(Some(true)).into_iter().map(|(_, title)| title).collect();
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let id = Uuid::try_parse(&sent.id).unwrap_or_else(|_| visit.app.clock.new_id());
    let page = New {
        page: Page::of(visit, visit.words.say("source-new-title"), "/admin"),
        wrong,
        sent: NewForm { id: id.to_string(), secret: String::new(), ..sent },
        pbxs: titled(None),
        vendors: visit.words.with("source-new-secret-lead", [("pbxs", vendors.join(", ").into())]),
        address: format!("{}/hooks/", visit.app.public_url.trim_end_matches('/')),
    };
    show(status, &page)
}

/// `POST /admin/sources/new`
pub(crate) async fn make(visit: Visit, sent: Sent<NewForm>) -> Response {
    let made = async {
        only_administrators(&visit)?;
        let sent = sent.read()?;
        match kept(&visit, &sent).await? {
            Ok(response) => Ok(response),
            Err(wrong) => Ok(form(&visit, sent, Some(wrong))),
        }
    };
    visit.answer(made).await
}

/// Keeps the source and shows its secret, or says what is wrong with it.
async fn kept(visit: &Visit, sent: &NewForm) -> Result<Result<Response, Wrong>, Trouble> {
    let (app, now) = (&visit.app, visit.now);
    let id = Uuid::try_parse(&sent.id).map_err(|_| Trouble::Form)?;
    let tx = app.store.begin().await?;
    let name = SourceName::new(sent.name.trim());
    let before = sources::secrets(&tx, &name).await?.into_iter().find(|s| s.span.id == id);
    if let Some(before) = before {
        tx.rollback().await?;
        return Ok(Ok(shown_once(visit, &name, &before, sent.secret.trim().is_empty()).await?));
    }
    let taken = app.sources.list(&tx).await?.into_iter().map(|source| source.name);
    let taken: Vec<SourceName> = taken.collect();
    let adapters: Vec<&str> = app.pbxs.iter().map(|pbx| pbx.adapter).collect();
    let NewForm { name: written, adapter, country, area_code, zone, .. } = sent;
    let written = Written { name: written, adapter, country, area_code, zone };
    let house = (&app.plan, app.calendar.zone());
    let source = match source::read(written, &adapters, &taken, house, now) {
        Ok(source) => source,
        Err(unfit) => return Ok(Err(refused(visit, unfit))),
    };
    let Some(pbx) = pbx(visit, &source.adapter) else {
        return Ok(Err(refused(visit, Unfit::Adapter)));
    };
    let secret = match chosen(visit, pbx, &sent.secret)? {
        Ok(secret) => Secret::new(id, now, secret),
        Err(wrong) => return Ok(Err(wrong)),
    };
    if !sources::make(&tx, &source, &secret).await? {
        return Ok(Err(refused(visit, Unfit::NameTaken)));
    }
    tx.commit().await?;
    let name = &source.name;
    tracing::info!(source = %name, adapter = source.adapter, by = %visit.reader.account, "a source was made");
    Ok(Ok(shown_once(visit, name, &secret, sent.secret.trim().is_empty()).await?))
}

/// The page of the source with the secret that we made; without it where somebody else made it, or it was shown before.
pub(super) async fn shown_once(
    visit: &Visit,
    name: &SourceName,
    secret: &Secret,
    is_ours: bool,
) -> Result<Response, Trouble> {
    if !is_ours || !secret.span.is_same_click(visit.now) {
        return Ok(Redirect::to(&format!("/admin/sources/{name}?did=made")).into_response());
    }
    let secret = Some(secret.expose().to_owned());
    page(visit, &name.0, Besides { secret, ..Besides::default() }).await
}

fn refused(visit: &Visit, unfit: Unfit) -> Wrong {
    let text = visit.words.say(&format!("source-refused-{}", unfit.name()));
    Wrong { text, reason: None }
}
