//! `GET /admin/read-log`: who opened which caller's details, and who was refused (R36). It shows references, and nothing of any
//! caller.

use crate::admin::{Tab, only_administrators};
use crate::asks::Asks;
use crate::error::Trouble;
use crate::list::PAGE;
use crate::page::{Page, show};
use crate::visit::Visit;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::AccountId;
use serde::Deserialize;
use std::collections::HashMap;
use store::read_log::{self, Line};
use store::{StoreError, Tx, accounts};
use uuid::Uuid;

#[derive(Debug, Template)]
#[template(path = "read_log.html")]
struct ReadLog {
    page: Page,
    /// The reference that is looked for.
    of: String,
    rows: Vec<Row>,
    /// Where the next page begins.
    next: Option<String>,
    is_first: bool,
}

#[derive(Debug)]
struct Row {
    when: String,
    who: String,
    reference: String,
    what: String,
    reason: String,
}

/// What the address says besides.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    of: String,
    before: Option<String>,
}

/// `GET /admin/read-log`
pub(crate) async fn read_log(visit: Visit, Asks(asked): Asks<Asked>) -> Response {
    visit.answer(make(&visit, asked)).await
}

async fn make(visit: &Visit, asked: Asked) -> Result<Response, Trouble> {
    only_administrators(visit)?;
    let scope = visit.scope();
    let administrator = scope.administrator().ok_or(Trouble::NotFound)?;
    let before = asked.before.as_deref().map(Uuid::try_parse).transpose();
    let before = before.map_err(|_| Trouble::NotFound)?;
    // As people say and write it.
    let of = asked.of.trim().to_uppercase();
    let only = (!of.is_empty()).then_some(of.as_str());
    let tx = visit.app.store.read().await?;
    let mut lines = read_log::list(&tx, &administrator, only, before, PAGE as u64 + 1).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().map(|line| line.id.to_string()).filter(|_| more);
    let addresses = addresses(&tx, &lines).await?;
    tx.commit().await?;
    let page = ReadLog {
        page: Page::of_administrator(visit, Tab::ReadLog),
        rows: lines.into_iter().map(|line| row(visit, line, &addresses)).collect(),
        next,
        is_first: before.is_none(),
        of,
    };
    Ok(show(StatusCode::OK, &page))
}

/// Who signed in without being an employee: a mailbox that several share.
async fn addresses(tx: &Tx, lines: &[Line]) -> Result<HashMap<AccountId, String>, StoreError> {
    let mut addresses = HashMap::new();
    for line in lines.iter().filter(|line| line.employee.is_none()) {
        if !addresses.contains_key(&line.account) {
            let account = accounts::find(tx, line.account).await?;
            addresses.extend(account.map(|account| (account.id, account.address)));
        }
    }
    Ok(addresses)
}

fn row(visit: &Visit, line: Line, addresses: &HashMap<AccountId, String>) -> Row {
    let (words, say) = (visit.words, visit.say());
    let address = addresses.get(&line.account).cloned();
    let who = match line.employee {
        Some(id) => say.employee(id),
        None => address.unwrap_or_else(|| words.say("who-mailbox")),
    };
    let shown = line.shown.iter().map(|what| words.say(&format!("read-log-{}", what)));
    Row {
        when: say.moment(line.at),
        who,
        reference: line.reference,
        what: match line.refused {
            true => words.say("read-log-refused"),
            false => shown.collect::<Vec<_>>().join(", "),
        },
        reason: line.reason.unwrap_or_default(),
    }
}
