//! A manager comments a month and signs it: from then on it stays as it was (R33).

use super::{Chosen, make};
use crate::callback::Sent;
use crate::error::Trouble;
use crate::visit::Visit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::follow_up::Period;
use domain::ids::{AccountId, UnitId};
use serde::Deserialize;
use store::signed_months::{self, SignedMonth};
use store::{StoreError, Tx, accounts, reports};

/// No longer text is taken; people do not read more.
const LONGEST: usize = 2_000;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct SignForm {
    #[serde(default)]
    unit: Option<UnitId>,
    #[serde(default)]
    month: String,
    #[serde(default)]
    pub(super) comment: String,
    #[serde(default)]
    pub(super) action: String,
}

/// A signature, in words.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) told: String,
    pub(super) comment: String,
    pub(super) action: String,
}

impl Signature {
    pub(super) fn of(visit: &Visit, signed: SignedMonth, by: String) -> Self {
        let at = visit.say().moment(signed.at);
        let told = visit.words.with("follow-up-signature", [("who", by.into()), ("at", at.into())]);
        Self { told, comment: signed.comment, action: signed.action }
    }
}

/// Whose account it is: a name, or an address of somebody who is no employee any more.
pub(super) async fn who(tx: &Tx, visit: &Visit, by: AccountId) -> Result<String, StoreError> {
    let account = accounts::find(tx, by).await?;
    let address = account.map_or_else(String::new, |account| account.address);
    let employee = visit.directory.employee_at(&address);
    Ok(employee.map_or(address, |employee| employee.name.clone()))
}

/// `POST /follow-up/sign`
pub(crate) async fn sign(visit: Visit, sent: Sent<SignForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let chosen = Chosen::of(&visit, form.unit, Some(&form.month))?;
        let wrong = match (form.comment.trim(), form.action.trim()) {
            ("", _) => Some("follow-up-no-comment"),
            (comment, action) if [comment, action].iter().any(|t| t.chars().count() > LONGEST) => {
                Some("follow-up-too-long")
            }
            _ => None,
        };
        if let Some(id) = wrong {
            let said = visit.words.with(id, [("most", LONGEST.to_string().into())]);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return make(&visit, chosen, status, None, Some(said), form).await;
        }
        if !chosen.month.is_over(visit.today) {
            return Err(Trouble::Form);
        }
        freeze(&visit, chosen, &form).await?;
        visit.app.counted.forget(chosen.month);
        // Who was second finds the page as the first one signed it.
        Ok(Redirect::to(&format!("{}&did=signed", chosen.path())).into_response())
    };
    visit.answer(made).await
}

/// The figures of this moment. Signed twice, the first signature stands.
async fn freeze(visit: &Visit, chosen: Chosen, form: &SignForm) -> Result<(), Trouble> {
    let calendar = &*visit.app.calendar;
    let period = Period::Month(chosen.month);
    let received = period.instants(calendar).map_err(|_| Trouble::NotFound)?;
    let tx = visit.app.store.begin().await?;
    let calendars = (calendar, &*visit.units);
    let units =
        reports::of(&tx, period, received, &visit.directory, calendars, visit.today).await?;
    let figures = units.into_iter().map(|r| r.figures).find(|figures| figures.unit == chosen.unit);
    let signed = SignedMonth {
        month: chosen.month,
        figures: figures.ok_or(Trouble::NotFound)?,
        comment: form.comment.trim().to_owned(),
        action: form.action.trim().to_owned(),
        by: visit.reader.account,
        at: visit.now,
    };
    signed_months::sign(&tx, &signed).await?;
    tx.commit().await?;
    Ok(())
}
