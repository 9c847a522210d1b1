//! What the buttons of a callback send.

use crate::error::Trouble;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, FromRequest, Request};
use chrono::NaiveDate;
use domain::callback::Disposition;
use domain::decision::Decline;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A form as it was sent, read or not.
pub(crate) struct Sent<T>(Result<Form<T>, FormRejection>);

impl<T> Sent<T> {
    /// What was sent.
    ///
    /// # Errors
    /// [`Trouble::Form`] when it is not what the page asked for.
    pub(crate) fn read(self) -> Result<T, Trouble> {
        self.0.map(|Form(form)| form).map_err(|_| Trouble::Form)
    }
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Form::from_request(request, state).await))
    }
}

/// Attempt, undo.
#[derive(Debug, Deserialize)]
pub(crate) struct ActForm {
    /// The version that the page showed.
    pub(crate) version: i64,
    #[serde(default)]
    pub(crate) back: Back,
}

/// How it ended.
#[derive(Debug, Deserialize)]
pub(crate) struct EndForm {
    pub(crate) version: i64,
    pub(crate) disposition: Disposition,
    #[serde(default)]
    pub(crate) back: Back,
}

/// Why somebody asks for the details; nothing but of a protected line.
#[derive(Debug, Deserialize)]
pub(crate) struct OpenForm {
    #[serde(default)]
    pub(crate) reason: String,
}

/// To whom it is offered.
#[derive(Debug, Deserialize)]
pub(crate) struct OfferForm {
    pub(crate) version: i64,
    pub(crate) to: String,
    #[serde(default)]
    pub(crate) back: Back,
}

/// The answer to an offer.
#[derive(Debug, Deserialize)]
pub(crate) struct AnswerForm {
    pub(crate) version: i64,
    pub(crate) why: Option<Decline>,
    #[serde(default)]
    pub(crate) back: Back,
}

/// The day that was agreed on.
#[derive(Debug, Deserialize)]
pub(crate) struct AgreeForm {
    pub(crate) version: i64,
    pub(crate) on: NaiveDate,
    #[serde(default)]
    pub(crate) back: Back,
}

/// The page to go back to: one of ours.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Back {
    #[default]
    Mine,
    Unit,
    Callback,
}
