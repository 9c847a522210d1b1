//! Everything that is kept of one caller, found and erased (R34, R35): number and name, texts, requests, mails. What happened
//! stays, in ids.
//!
//! Whole tables are read to find it, a few hundred rows at a time: who asks for this is one person in a year.

use crate::entities::{
    call_facts, callbacks as callback, callers, deliveries, efforts, inbox, mail_bodies as body,
    texts,
};
use crate::inbox::{READ, UNREAD, WAITING, sealing};
use crate::{Store, StoreError, Tx, callbacks, mail_bodies};
use domain::callback::Callback;
use domain::ids::{CallerId, SourceName};
use domain::party::Party;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use std::collections::{BTreeSet, HashSet};
use uuid::Uuid;

const PAGE: u64 = 200;
const AT_ONCE: usize = 1_000;
/// Fewer digits than this are an extension, and in half of all requests.
const TELLING: usize = 6;

/// What there is of a caller.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub callers: BTreeSet<CallerId>,
    /// Open and ended.
    pub callbacks: Vec<Callback>,
    pub calls: BTreeSet<Uuid>,
    pub texts: BTreeSet<Uuid>,
    pub posts: BTreeSet<Uuid>,
    pub mails: BTreeSet<Uuid>,
    /// Requests that wait to be read, and mails that wait to be sent: they are not erased, and are found the next time.
    pub waiting: u64,
}

impl Found {
    /// Whether there is anything to be erased. That there were calls and callbacks stays.
    pub fn is_nothing(&self) -> bool {
        self.callers.is_empty()
            && self.texts.is_empty()
            && self.posts.is_empty()
            && self.mails.is_empty()
            && self.waiting == 0
    }
}

/// Looks for whoever one of these sources calls so. `digits` are those of the number that it has in every spelling, or none.
///
/// # Errors
/// [`StoreError`].
pub async fn find(
    store: &Store,
    parties: &[(SourceName, Party)],
    digits: &str,
) -> Result<Found, StoreError> {
    let tx = store.read().await?;
    let mut found = Found::default();
    for (source, party) in parties {
        found.callers.extend(crate::callers::find(&tx, source, party).await?);
    }
    for caller in found.callers.clone() {
        of_caller(&tx, caller, &mut found).await?;
    }
    for calls in Vec::from_iter(found.calls.clone()).chunks(AT_ONCE) {
        of_calls(&tx, calls, &mut found).await?;
    }
    let digits = if digits.len() < TELLING { "" } else { digits };
    posts(&tx, digits, &mut found).await?;
    mails(&tx, digits, &mut found).await?;
    tx.commit().await?;
    Ok(found)
}

async fn of_caller(tx: &Tx, caller: CallerId, found: &mut Found) -> Result<(), StoreError> {
    let rows = callback::Entity::find()
        .filter(callback::Column::CallerId.eq(caller.0))
        .order_by_asc(callback::Column::OpenedAt)
        .all(&tx.db)
        .await?;
    for row in rows {
        let callback = callbacks::callback(row)?;
        found.calls.extend(callback.contacts.iter().map(|contact| contact.call.0));
        found.callbacks.push(callback);
    }
    let seen =
        efforts::Entity::find().filter(efforts::Column::CallerId.eq(caller.0)).all(&tx.db).await?;
    found.calls.extend(seen.into_iter().map(|row| row.call_id));
    // Whoever was in a call of which nothing came is named in its facts only.
    let named: Vec<Uuid> = call_facts::Entity::find()
        .select_only()
        .column(call_facts::Column::CallId)
        .distinct()
        .filter(call_facts::Column::Body.contains(caller.to_string()))
        .into_tuple()
        .all(&tx.db)
        .await?;
    found.calls.extend(named);
    Ok(())
}

async fn of_calls(tx: &Tx, calls: &[Uuid], found: &mut Found) -> Result<(), StoreError> {
    let told: Vec<Option<Uuid>> = call_facts::Entity::find()
        .select_only()
        .column(call_facts::Column::PostId)
        .filter(call_facts::Column::CallId.is_in(calls.to_vec()))
        .into_tuple()
        .all(&tx.db)
        .await?;
    found.posts.extend(told.into_iter().flatten());
    let said: Vec<Uuid> = texts::Entity::find()
        .select_only()
        .column(texts::Column::Id)
        .filter(texts::Column::CallId.is_in(calls.to_vec()))
        .into_tuple()
        .all(&tx.db)
        .await?;
    found.texts.extend(said);
    Ok(())
}

/// Of those that told of the calls, what is still there; and any other in which the number is.
async fn posts(tx: &Tx, digits: &str, found: &mut Found) -> Result<(), StoreError> {
    use inbox::{Column, Entity};
    let told = std::mem::take(&mut found.posts);
    let mut after = Uuid::nil();
    loop {
        let page = Entity::find()
            .filter(Column::Id.gt(after))
            .order_by_asc(Column::Id)
            .limit(PAGE)
            .all(&tx.db)
            .await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        for row in page {
            let (id, state, is_empty) = (row.id, row.state.clone(), row.body.is_empty());
            let is_told = told.contains(&id) && !(is_empty && row.url.is_empty());
            // What does not open is nobody's to read; it goes when its days are over.
            let names = || {
                let post = sealing::opened(&tx.keys, row).ok()?;
                let headers = post.headers.iter().map(|(_, value)| value.as_str());
                let text = [post.url.as_str()].into_iter().chain(headers);
                let texts: Vec<String> = text.map(str::to_owned).collect();
                let body = String::from_utf8_lossy(&post.body).into_owned();
                Some(texts.iter().chain([&body]).any(|text| holds(text, digits)))
            };
            match (is_told || names().unwrap_or(false), state == WAITING) {
                (true, true) => found.waiting += 1,
                (true, false) => drop(found.posts.insert(id)),
                (false, _) => {}
            }
        }
    }
}

async fn mails(tx: &Tx, digits: &str, found: &mut Found) -> Result<(), StoreError> {
    use body::{Column, Entity};
    let mut after = Uuid::nil();
    loop {
        let page = Entity::find()
            .filter(Column::Id.gt(after))
            .order_by_asc(Column::Id)
            .limit(PAGE)
            .all(&tx.db)
            .await?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.id;
        let over = over(tx, page.iter().map(|row| row.id)).await?;
        for row in page {
            let (id, is_over) = (row.id, over.contains(&row.id));
            let body = mail_bodies::opened(tx, row).unwrap_or_default();
            let text = String::from_utf8_lossy(&body).replace("=\r\n", "");
            match (holds(&text, digits), is_over) {
                (true, true) => drop(found.mails.insert(id)),
                (true, false) => found.waiting += 1,
                (false, _) => {}
            }
        }
    }
}

/// Those of these mails that nobody will send again.
async fn over(tx: &Tx, ids: impl Iterator<Item = Uuid>) -> Result<HashSet<Uuid>, StoreError> {
    use deliveries::{Column, Entity};
    let ids: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::Id.is_in(ids))
        .filter(Column::State.is_in(crate::deliveries::OVER))
        .into_tuple()
        .all(&tx.db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Whether the digits are there in a row, whatever is written between them: blanks, hyphens, brackets, `%20`.
fn holds(text: &str, digits: &str) -> bool {
    if digits.is_empty() {
        return false;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let escaped =
            sign == '%' && rest.get(1..3).is_some_and(|hex| u8::from_str_radix(hex, 16).is_ok());
        rest = &rest[if escaped { 3 } else { sign.len_utf8() }..];
        match sign {
            '0'..='9' => plain.push(sign),
            ' ' | '-' | '(' | ')' | '+' | '.' | '/' | '%' | '\u{a0}' => {}
            _ => plain.push(' '),
        }
    }
    plain.contains(digits)
}

/// Erases it, in one transaction; calls and callbacks stay, without number, name or text.
///
/// # Errors
/// [`StoreError`]; then nothing was erased.
pub async fn erase(tx: &Tx, found: &Found) -> Result<(), StoreError> {
    for ids in Vec::from_iter(found.callers.iter().map(|id| id.0)).chunks(AT_ONCE) {
        let these = callers::Column::Id.is_in(ids.to_vec());
        callers::Entity::delete_many().filter(these).exec(&tx.db).await?;
    }
    for ids in Vec::from_iter(found.texts.iter().copied()).chunks(AT_ONCE) {
        let these = texts::Column::Id.is_in(ids.to_vec());
        texts::Entity::delete_many().filter(these).exec(&tx.db).await?;
    }
    for ids in Vec::from_iter(found.posts.iter().copied()).chunks(AT_ONCE) {
        crate::inbox::emptied(inbox::Entity::update_many())
            .filter(inbox::Column::Id.is_in(ids.to_vec()))
            .filter(inbox::Column::State.is_in([READ, UNREAD]))
            .exec(&tx.db)
            .await?;
    }
    for ids in Vec::from_iter(found.mails.iter().copied()).chunks(AT_ONCE) {
        mail_bodies::erase(tx, ids).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_written() {
        for text in [
            "from=%2B46701740605&x=1",
            "\"070-174 06 05\"",
            "070-174%2006%2005",
            "+46 (0)70 174 06 05",
            "sip:0701740605@pbx.example",
        ] {
            assert!(holds(text, "701740605"), "{text}");
        }
        for text in ["0701740606", "70174:0605", "", "1701740, 605"] {
            assert!(!holds(text, "701740605"), "{text}");
        }
        assert!(!holds("anything", ""));
    }
}
