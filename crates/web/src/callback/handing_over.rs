//! Handing a callback over, answering that, and agreeing on a day with the caller (R18, R23).

use super::form::{AgreeForm, AnswerForm, OfferForm, Sent};
use super::{act, act_if, make, seen};
use crate::asks::Named;
use crate::error::Trouble;
use crate::receivers;
use crate::visit::Visit;
use axum::response::Response;
use domain::access::Seen;
use domain::decision::Decline;

/// `POST /callbacks/{id}/offer`
pub(crate) async fn offer(visit: Visit, Named(id): Named, sent: Sent<OfferForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let tx = visit.app.store.read().await?;
        let may_act = seen(&tx, &visit, &id).await?.may_act();
        tx.commit().await?;
        let (to, unit) = match receivers::read(&visit, &form.to) {
            Ok(whose) => whose,
            Err(not_one) if may_act => {
                let wrong = not_one.told(&visit, "offer-refused-nothing");
                return make(&visit, &id, Some((form.to, wrong))).await;
            }
            Err(_) => return Err(Trouble::NotFound),
        };
        let by = visit.reader.actor();
        act(&visit, &id, form.version, async |_, c| {
            Ok(c.into_callback()
                .offer(to, unit, by, visit.rules(), visit.now)
                .map(|d| Vec::from([d])))
        })
        .await?;
        Ok(form.back.redirect("offer", &id))
    };
    visit.answer(made).await
}

/// `POST /callbacks/{id}/accept`: by whom it is offered to.
pub(crate) async fn accept(visit: Visit, Named(id): Named, sent: Sent<AnswerForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let by = visit.reader.actor();
        act_if(&visit, &id, form.version, Seen::is_offered, async |_, c| {
            Ok(c.into_callback().accept(by, visit.rules(), visit.now).map(|d| Vec::from([d])))
        })
        .await?;
        Ok(form.back.redirect("accept", &id))
    };
    visit.answer(made).await
}

/// `POST /callbacks/{id}/decline`: by whom it is offered to, with a reason; or taken back by those who have it.
pub(crate) async fn decline(visit: Visit, Named(id): Named, sent: Sent<AnswerForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let why = form.why.ok_or(Trouble::Form)?;
        let by = visit.reader.actor();
        let may = |c: &Seen| match why {
            Decline::NotOurs | Decline::NoTime => c.is_offered(),
            Decline::TakenBack => c.may_act(),
        };
        act_if(&visit, &id, form.version, may, async |_, c| {
            Ok(c.into_callback().decline(by, why, visit.rules(), visit.now).map(|d| Vec::from([d])))
        })
        .await?;
        // Whoever declines sees it no more.
        Ok(form.back.redirect("decline", &id))
    };
    visit.answer(made).await
}

/// `POST /callbacks/{id}/agree`: reached, not done, and a day was agreed on.
pub(crate) async fn agree(visit: Visit, Named(id): Named, sent: Sent<AgreeForm>) -> Response {
    let made = async {
        let form = sent.read()?;
        let by = visit.reader.actor();
        act(&visit, &id, form.version, async |_, c| {
            Ok(c.into_callback()
                .agree(form.on, by, visit.rules(), visit.now)
                .map(|d| Vec::from([d])))
        })
        .await?;
        Ok(form.back.redirect("agree", &id))
    };
    visit.answer(made).await
}
