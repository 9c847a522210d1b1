//! What can go wrong with a page, as a page.

use crate::App;
use crate::page::{Page, show};
use crate::visit::Visit;
use crate::words::Words;
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::decision::Refusal;
use domain::ids::CallbackId;
use store::{StoreError, read_log, seen};

/// Why a request was not done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// No such thing, or nothing that this reader may know of: the same answer.
    #[error("there is no such page for this reader")]
    NotFound,
    /// The same, of a callback; that somebody asked for another's is written down.
    #[error("there is no such callback for this reader")]
    NoCallback(CallbackId),
    #[error("a protected line takes a reason")]
    Reason,
    /// Somebody was faster; nothing was done.
    #[error("the callback has moved on since the page was made")]
    Stale(CallbackId),
    #[error("the callback refused")]
    Refused(#[from] Refusal),
    #[error("the form is not the one that the page has")]
    Form,
    #[error("the form came from another site")]
    OtherSite,
    #[error("storage refused")]
    Store(#[source] StoreError),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoCallback(id) => Self::NoCallback(id),
            error => Self::Store(error),
        }
    }
}

/// An answer that says what went wrong.
#[derive(Debug)]
pub(crate) struct PageError(StatusCode, Message);

#[derive(Debug, Template)]
#[template(path = "message.html")]
struct Message {
    page: Page,
    lead: String,
    /// When, and what.
    story: Vec<(String, String)>,
    onward: (String, String),
}

impl PageError {
    /// For a reader.
    pub(crate) async fn of(visit: &Visit, trouble: Trouble) -> Self {
        if let Trouble::Stale(id) = trouble {
            return match stale(visit, id).await {
                Ok(page) => page,
                Err(error) => Self::made(trouble_page(visit.words, &error.into()), |title| {
                    Page::of(visit, title, "/")
                }),
            };
        }
        if let Trouble::NoCallback(id) = trouble {
            refuse(visit, id).await;
        }
        let told = match &trouble {
            Trouble::Refused(refusal) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                visit.words.say("refused-title"),
                refused(visit, refusal),
            ),
            other => trouble_page(visit.words, other),
        };
        Self::made(told, |title| Page::of(visit, title, "/"))
    }

    /// For whoever is not signed in.
    pub(crate) fn outside(app: &App, words: &'static Words, trouble: Trouble) -> Self {
        Self::made(trouble_page(words, &trouble), |title| Page::outside(app, words, title, "/"))
    }

    fn made(
        (status, title, lead): (StatusCode, String, String),
        page: impl FnOnce(String) -> Page,
    ) -> Self {
        let page = page(title);
        let onward = ("/".to_owned(), page.t("to-start"));
        Self(status, Message { page, lead, story: Vec::new(), onward })
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        show(self.0, &self.1)
    }
}

fn trouble_page(words: &Words, trouble: &Trouble) -> (StatusCode, String, String) {
    let say = |status, title, lead| (status, words.say(title), words.say(lead));
    match trouble {
        Trouble::NotFound | Trouble::NoCallback(_) => {
            say(StatusCode::NOT_FOUND, "missing-title", "missing-lead")
        }
        Trouble::Reason => say(StatusCode::UNPROCESSABLE_ENTITY, "reason-title", "reason-lead"),
        Trouble::OtherSite => say(StatusCode::FORBIDDEN, "forbidden-title", "forbidden-lead"),
        Trouble::Form => say(StatusCode::UNPROCESSABLE_ENTITY, "form-title", "form-lead"),
        Trouble::Stale(_) | Trouble::Refused(_) | Trouble::Store(StoreError::Stale) => {
            say(StatusCode::CONFLICT, "refused-title", "refused-other")
        }
        Trouble::Store(error) => {
            tracing::error!(error = error.told(), "a page could not be made");
            say(StatusCode::SERVICE_UNAVAILABLE, "trouble-title", "trouble-lead")
        }
    }
}

/// Somebody asked for what is not theirs: written down once an hour. That this fails is no reason to answer otherwise.
async fn refuse(visit: &Visit, id: CallbackId) {
    let written = async {
        let tx = visit.app.store.begin().await?;
        read_log::refuse(tx, &visit.scope(), id, visit.stamp()).await
    };
    let account = visit.reader.account;
    match written.await {
        Ok(true) => {
            tracing::warn!(%account, callback = %id, "somebody asked for another's callback")
        }
        Ok(false) => {}
        Err(error) => tracing::error!(
            error = error.told(), %account, callback = %id, "who was refused could not be written down"
        ),
    }
}

/// Who did what since, so that nobody has to ask around.
async fn stale(visit: &Visit, id: CallbackId) -> Result<PageError, StoreError> {
    let tx = visit.app.store.read().await?;
    let callback = seen::get(&tx, &visit.scope(), id).await?;
    let story = seen::journal(&tx, &callback).await?;
    tx.commit().await?;
    let say = visit.say();
    let told = story.iter().rev().map(|(at, entry)| (say.moment(*at), say.entry(entry)));
    let page = Page::of(visit, visit.words.say("stale-title"), "/");
    let onward = (format!("/callbacks/{id}"), page.t("stale-now"));
    let lead = page.t("stale-lead");
    Ok(PageError(StatusCode::CONFLICT, Message { page, lead, story: told.collect(), onward }))
}

fn refused(visit: &Visit, refusal: &Refusal) -> String {
    let (words, policy) = (visit.words, &visit.app.policy);
    match refusal {
        Refusal::AlreadyResolved { .. } => words.say("refused-already_resolved"),
        Refusal::Withdrawn { .. } => words.say("refused-withdrawn"),
        Refusal::TooFewAttempts { attempts, .. } => words.with(
            "refused-too_few_attempts",
            [
                ("needed", policy.attempts_before_not_reachable.into()),
                ("days", policy.days_before_not_reachable.into()),
                ("attempts", (*attempts).into()),
            ],
        ),
        Refusal::OnlyByPbx { .. } => words.say("refused-only_by_pbx"),
        Refusal::HasContactDetails => words.say("refused-has_contact_details"),
        Refusal::TooLateToUndo { until } => {
            words.with("refused-too_late_to_undo", [("day", visit.say().day(*until).into())])
        }
        Refusal::NotResolved => words.say("refused-not_resolved"),
        Refusal::NotTheManager => words.say("refused-not_the_manager"),
        Refusal::AlreadyTheirs => words.say("refused-already_theirs"),
        Refusal::NotOffered => words.say("refused-not_offered"),
        Refusal::NoDayToAgreeOn { until } => {
            words.with("refused-no_day_to_agree_on", [("day", visit.say().day(*until).into())])
        }
        Refusal::OutOfCalendar => words.say("refused-out_of_calendar"),
    }
}
