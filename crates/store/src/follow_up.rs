//! What is followed up of each callback (R31): written with every decision, and made again from the callbacks when the
//! rule is another one than it was made by.

use crate::entities::callbacks::{Column as Of, Entity as Callbacks};
use crate::entities::follow_up::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, callbacks, settings, union};
use chrono::{DateTime, TimeDelta, Utc};
use domain::callback::{AgreedDays, Callback};
use domain::directory::Owner;
use domain::follow_up::Followed;
use domain::ids::{CallbackId, UnitId};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect,
};
use std::ops::Range;
use uuid::Uuid;

/// Counts the forms of [`Followed::of`]. Another number here makes all lines again before the next report.
const RULE: &str = "3";
/// So many callbacks are read and written in one transaction: others do not wait long for it.
const AT_A_TIME: u64 = 500;

/// How far the making of all lines has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rebuilt {
    /// There are more; ask again. It goes on from here also after a restart.
    Some(usize),
    /// Every callback has its line.
    All(usize),
}

/// Writes the lines of these callbacks as they now are. One that was made of a later version stays.
pub(crate) async fn keep(tx: &Tx, callbacks: &[Callback]) -> Result<(), StoreError> {
    if callbacks.is_empty() {
        return Ok(());
    }
    let made_of = |name: &str| Expr::col((Alias::new(name.to_owned()), Column::Version));
    let replace = OnConflict::column(Column::CallbackId)
        .update_columns([
            Column::Version,
            Column::UnitId,
            Column::HasMessage,
            Column::ReceivedAt,
            Column::DueOn,
            Column::AttemptedAt,
            Column::ReachedAt,
            Column::ResolvedAt,
            Column::ReachedByPbx,
            Column::AgreedKept,
            Column::AgreedBroken,
            Column::AgreedOn,
            Column::Excluded,
        ])
        // Who makes all lines again may have read a callback just before somebody wrote it.
        .action_and_where(made_of("follow_up").lte(made_of("excluded")))
        .to_owned();
    Entity::insert_many(callbacks.iter().map(row))
        .on_conflict(replace)
        .exec_without_returning(&tx.db)
        .await?;
    Ok(())
}

/// The lines of what came in in that time, whichever unit's.
pub async fn list(tx: &Tx, received: Range<DateTime<Utc>>) -> Result<Vec<Followed>, StoreError> {
    let rows = Entity::find()
        .filter(Column::ReceivedAt.gte(received.start))
        .filter(Column::ReceivedAt.lt(received.end))
        .order_by_asc(Column::ReceivedAt)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(followed).collect()
}

#[derive(Debug, FromQueryResult)]
struct Theirs {
    id: Uuid,
}

/// The same of what this owner has.
pub(crate) async fn list_of(
    tx: &Tx,
    owner: Owner,
    received: Range<DateTime<Utc>>,
) -> Result<Vec<Followed>, StoreError> {
    // Nothing comes in for one that has ended. A post may be dated a little ahead (R9).
    let ended_before = received.start - TimeDelta::days(1);
    // Each of the two by the index of owner and end: asked for together, all that the owner ever had is read.
    let ended = [Of::EndedAt.is_null(), Of::EndedAt.gte(ended_before)];
    let parts = ended.map(|ended| {
        let of_owner = Of::Owner.eq(callbacks::owner_key(owner));
        Callbacks::find().select_only().column(Of::Id).filter(of_owner).filter(ended)
    });
    let theirs: Vec<Theirs> = union::all_of(tx, parts.into()).await?;
    if theirs.is_empty() {
        return Ok(Vec::new());
    }
    let theirs = theirs.into_iter().map(|row| row.id);
    // By their keys alone: of a time there are far more lines, of all owners.
    let rows = Entity::find().filter(Column::CallbackId.is_in(theirs)).all(&tx.db).await?;
    let lines = rows.into_iter().map(followed);
    let came_in = |line: &Result<Followed, StoreError>| match line {
        Ok(line) => received.contains(&line.received_at),
        Err(_) => true,
    };
    lines.filter(came_in).collect()
}

/// Whether every callback has a line by the rule of this version.
pub async fn is_complete(tx: &Tx) -> Result<bool, StoreError> {
    Ok(settings::follow_up(tx).await?.is_some_and(|made| made == complete()))
}

/// From now on all lines are made again; until then [`is_complete`] is false.
pub async fn begin_again(tx: &Tx) -> Result<(), StoreError> {
    settings::set_follow_up(tx, place(Uuid::nil())).await
}

/// Makes some more lines, from where the last one ended. Safe while others write.
///
/// # Errors
/// [`StoreError::Stale`] when somebody wrote the same lines in another order: ask again.
pub async fn rebuild_some(tx: &Tx) -> Result<Rebuilt, StoreError> {
    tx.one_at_a_time("aterkom follow-up").await?;
    let made = settings::follow_up(tx).await?.unwrap_or_default();
    if made == complete() {
        return Ok(Rebuilt::All(0));
    }
    // What another version began is begun again.
    let rest = made.strip_prefix(&*place_of_rule()).and_then(|id| id.parse().ok());
    let some = callbacks::list_after(tx, rest.unwrap_or_default(), AT_A_TIME).await?;
    keep(tx, &some).await?;
    callbacks::keep_promises(tx, &some).await?;
    match some.last() {
        Some(last) if some.len() as u64 == AT_A_TIME => {
            settings::set_follow_up(tx, place(last.id.0)).await?;
            Ok(Rebuilt::Some(some.len()))
        }
        Some(_) | None => {
            settings::set_follow_up(tx, complete()).await?;
            Ok(Rebuilt::All(some.len()))
        }
    }
}

fn complete() -> String {
    format!("rule {RULE}")
}

fn place_of_rule() -> String {
    format!("rule {RULE}, after ")
}

fn place(after: Uuid) -> String {
    format!("{}{after}", place_of_rule())
}

fn row(callback: &Callback) -> ActiveModel {
    let line = Followed::of(callback);
    ActiveModel {
        callback_id: Set(line.callback.0),
        version: Set(callback.version),
        unit_id: Set(line.unit.map(|unit| unit.0)),
        has_message: Set(line.has_message),
        received_at: Set(line.received_at),
        due_on: Set(line.due_on),
        attempted_at: Set(line.attempted_at),
        reached_at: Set(line.reached_at),
        resolved_at: Set(line.resolved_at),
        reached_by_pbx: Set(line.reached_by_pbx),
        agreed_kept: Set(line.agreed.kept.into()),
        agreed_broken: Set(line.agreed.broken.into()),
        agreed_on: Set(line.agreed_on),
        excluded: Set(line.excluded.as_ref().map(to_json)),
    }
}

fn followed(row: Model) -> Result<Followed, StoreError> {
    Ok(Followed {
        callback: CallbackId(row.callback_id),
        unit: row.unit_id.map(UnitId),
        has_message: row.has_message,
        received_at: row.received_at,
        due_on: row.due_on,
        attempted_at: row.attempted_at,
        reached_at: row.reached_at,
        resolved_at: row.resolved_at,
        reached_by_pbx: row.reached_by_pbx,
        agreed: AgreedDays { kept: count(row.agreed_kept), broken: count(row.agreed_broken) },
        agreed_on: row.agreed_on,
        excluded: row.excluded.map(|why| from_json("follow_up", &why)).transpose()?,
    })
}

fn count(stored: i64) -> u32 {
    u32::try_from(stored).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;
    use clock::Clock;
    use domain::callback::{Contact, ContactKind};
    use domain::fact::Why;
    use domain::ids::{CallId, EmployeeId};
    use domain::policy::Policy;
    use domain::transitions::{Opening, Rules};
    use workalendar::WorkCalendar;

    #[tokio::test]
    async fn a_line_is_never_made_of_an_older_version_than_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("lines.db").display());
        let store = Store::open(&url).await.unwrap();
        let (clock, policy, calendar) =
            (Clock::system(), Policy::default(), WorkCalendar::sweden());
        let now = clock.now();
        let contact = Contact {
            call: CallId(clock.new_id()),
            at: now,
            at_marked: false,
            line: None,
            kind: ContactKind::Missed { why: Why::NoAnswer },
            promised: true,
            withdrawn: false,
        };
        let opening = Opening {
            id: CallbackId(clock.new_id()),
            caller: None,
            owner: Owner::Organisation,
            unit: None,
            contact,
            previous: None,
            may_be_joined: false,
        };
        let opened = Callback::open(opening, Rules::new(&policy, &calendar), now).unwrap();
        let older = opened.written();
        let by = EmployeeId(clock.new_id());
        let newer = older.clone().attempt(by, domain::callback::How::Phone, now).unwrap().written();
        let tx = store.begin().await.unwrap();
        for (written, is_tried) in [(&older, false), (&newer, true), (&older, true), (&newer, true)]
        {
            keep(&tx, std::slice::from_ref(written)).await.unwrap();
            let day = chrono::TimeDelta::days(1);
            let lines = list(&tx, now - day..now + day).await.unwrap();
            let tried: Vec<bool> = lines.iter().map(|l| l.attempted_at.is_some()).collect();
            assert_eq!(tried, [is_tried]);
        }
    }
}
