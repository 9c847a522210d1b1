//! Days on which units are closed, as administrators record them (R11). They are part of the directory.

use crate::entities::closed_days::{ActiveModel, Column, Entity};
use crate::json::to_json;
use crate::{StoreError, Tx, callbacks, settings};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendars::RecordedDay;
use domain::callback::Actor;
use domain::decision::Decision;
use domain::ids::{ClosedDayId, UnitId};
use domain::transitions::Rules;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait, QueryOrder};
use std::collections::BTreeMap;

/// From which last day to which, and how many.
pub type Moves = BTreeMap<(NaiveDate, NaiveDate), usize>;

/// Records it. A unit is closed once on a day: of two reasons the first stays.
pub async fn insert(
    tx: &Tx,
    day: &RecordedDay,
    by: Actor,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = ActiveModel {
        id: Set(day.id.0),
        unit_id: Set(day.unit.0),
        closed_on: Set(day.day),
        reason: Set(day.reason.clone()),
        recorded_by: Set(to_json(&by)),
        recorded_at: Set(now),
    };
    let once = OnConflict::columns([Column::UnitId, Column::ClosedOn]).do_nothing().to_owned();
    Entity::insert(row).on_conflict(once).exec_without_returning(&tx.db).await?;
    settings::change_directory(tx).await
}

/// Takes it back; promises that were made by it stay.
pub async fn remove(tx: &Tx, id: ClosedDayId) -> Result<(), StoreError> {
    Entity::delete_by_id(id.0).exec(&tx.db).await?;
    settings::change_directory(tx).await
}

/// Which open promises of these units would have another last day, were they counted by these rules (R14).
pub async fn would_move(
    tx: &Tx,
    units: &[UnitId],
    rules: Rules<'_>,
    (by, now): (Actor, DateTime<Utc>),
) -> Result<Moves, StoreError> {
    let mut moves = Moves::new();
    for (from, decision) in anew(tx, units, rules, (by, now)).await? {
        if let Some(to) = decision.callback.due.map(|due| due.due_on) {
            *moves.entry((from, to)).or_default() += 1;
        }
    }
    Ok(moves)
}

/// Counts them by these rules, each with an entry in its journal; says how many moved (R14).
pub async fn count_anew(
    tx: &Tx,
    units: &[UnitId],
    rules: Rules<'_>,
    (by, now): (Actor, DateTime<Utc>),
) -> Result<usize, StoreError> {
    let decisions = anew(tx, units, rules, (by, now)).await?;
    for (_, decision) in &decisions {
        callbacks::apply(tx, decision).await?;
    }
    Ok(decisions.len())
}

/// What would be decided, with the last day as it is, about those that would change.
async fn anew(
    tx: &Tx,
    units: &[UnitId],
    rules: Rules<'_>,
    (by, now): (Actor, DateTime<Utc>),
) -> Result<Vec<(NaiveDate, Decision)>, StoreError> {
    let open = callbacks::list_open_of_units(tx, units, false).await?;
    let decided = open.into_iter().filter_map(|callback| {
        let from = callback.due.as_ref()?.due_on;
        // One whose day lies beyond the calendar keeps the one it has.
        let decision = callback.count_anew(by, rules, now).ok()?;
        (!decision.is_unchanged()).then_some((from, decision))
    });
    Ok(decided.collect())
}

/// All of them, by day.
pub(crate) async fn list(tx: &Tx) -> Result<Vec<RecordedDay>, StoreError> {
    let rows = Entity::find().order_by_asc(Column::ClosedOn).order_by_asc(Column::Id);
    let rows = rows.all(&tx.db).await?;
    let day = |row: crate::entities::closed_days::Model| RecordedDay {
        id: ClosedDayId(row.id),
        unit: UnitId(row.unit_id),
        day: row.closed_on,
        reason: row.reason,
    };
    Ok(rows.into_iter().map(day).collect())
}
