//! Who is away, and who entered it (R17). Whether one may be entered is for `Absence::check` to say.

use crate::entities::absences::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, settings};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::absences::{Change, Known, Origin};
use domain::callback::Actor;
use domain::directory::{Absence, FARTHEST_ABSENCE};
use domain::ids::{AbsenceId, EmployeeId};
use domain::retention::ABSENCE_DAYS;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

/// So many of one employee are shown.
const SHOWN: u64 = 100;

/// An absence, who entered it, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    pub id: AbsenceId,
    pub absence: Absence,
    pub by: Actor,
    pub at: DateTime<Utc>,
    pub origin: Origin,
}

/// Writes one that was checked.
pub async fn insert(tx: &Tx, entered: &Entered) -> Result<(), StoreError> {
    let absence = &entered.absence;
    let row = ActiveModel {
        id: Set(entered.id.0),
        employee_id: Set(absence.employee.0),
        from_day: Set(absence.from),
        to_day: Set(absence.to),
        substitute_id: Set(absence.substitute.map(|id| id.0)),
        entered_by: Set(to_json(&entered.by)),
        entered_at: Set(entered.at),
        origin: Set(entered.origin.written()),
        removed_by: Set(None),
        removed_at: Set(None),
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    settings::change_directory(tx).await
}

/// Takes one back, and remembers who did it and when; `false` when there is none any more.
pub async fn take_back(
    tx: &Tx,
    id: AbsenceId,
    by: Actor,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let updated = Entity::update_many()
        .col_expr(Column::RemovedBy, Expr::value(to_json(&by)))
        .col_expr(Column::RemovedAt, Expr::value(at))
        .filter(Column::Id.eq(id.0))
        .filter(Column::RemovedAt.is_null())
        .exec(&tx.db)
        .await?;
    settings::change_directory(tx).await?;
    Ok(updated.rows_affected > 0)
}

/// The one with this id.
pub async fn find(tx: &Tx, id: AbsenceId) -> Result<Option<Entered>, StoreError> {
    let row = Entity::find_by_id(id.0).filter(Column::RemovedAt.is_null()).one(&tx.db).await?;
    row.map(entered).transpose()
}

/// Who took it back, and when; none while it stands, or when it is too old.
pub async fn taken_back(
    tx: &Tx,
    id: AbsenceId,
) -> Result<Option<(Actor, DateTime<Utc>)>, StoreError> {
    let row = Entity::find_by_id(id.0).one(&tx.db).await?;
    let removed = row.and_then(|row| row.removed_by.zip(row.removed_at));
    removed.map(|(by, at)| Ok((from_json("absences", &by)?, at))).transpose()
}

/// Carries out what a file or a calendar changes: all of it, in this transaction.
pub async fn apply(
    tx: &Tx,
    changes: &[Change],
    origin: &Origin,
    at: DateTime<Utc>,
    new_id: &mut impl FnMut() -> Uuid,
) -> Result<(), StoreError> {
    for change in changes {
        let absence = match change {
            Change::Enter(absence) => Some(absence),
            Change::TakeBack { id, rest, .. } => {
                take_back(tx, *id, Actor::System, at).await?;
                rest.as_ref()
            }
        };
        let Some(absence) = absence.cloned() else { continue };
        let (id, origin) = (AbsenceId(new_id()), origin.clone());
        insert(tx, &Entered { id, absence, by: Actor::System, at, origin }).await?;
    }
    Ok(())
}

/// Those of one origin that are not over on this local day, with those that somebody here took back.
pub async fn list_of(tx: &Tx, origin: &Origin, today: NaiveDate) -> Result<Vec<Known>, StoreError> {
    // Two imports, or an import and a calendar that is read, do not know of each other's rows yet.
    settings::hold_directory(tx).await?;
    let rows = Entity::find()
        .filter(Column::Origin.eq(origin.written()))
        .filter(Column::ToDay.gte(today))
        .order_by_asc(Column::FromDay)
        .order_by_asc(Column::Id)
        .all(&tx.db)
        .await?;
    let mut known = Vec::new();
    for row in rows {
        let by: Option<Actor> =
            row.removed_by.as_deref().map(|by| from_json("absences", by)).transpose()?;
        let taken_back = match by {
            None => false,
            Some(Actor::Employee(_) | Actor::Account(_) | Actor::Line(_)) => true,
            // What it comes from took it back by itself, and may state it again.
            Some(Actor::System) => continue,
        };
        known.push(Known { id: AbsenceId(row.id), absence: absence(&row), taken_back });
    }
    Ok(known)
}

/// The latest hundred of this employee, what begins last first.
pub async fn list(tx: &Tx, employee: EmployeeId) -> Result<Vec<Entered>, StoreError> {
    let rows = Entity::find()
        .filter(Column::EmployeeId.eq(employee.0))
        .filter(Column::RemovedAt.is_null())
        .order_by_desc(Column::FromDay)
        .limit(SHOWN)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(entered).collect()
}

/// Those that matter on this local day: that ended not long ago, run, or come as early as one can be entered.
pub(crate) async fn list_around(tx: &Tx, today: NaiveDate) -> Result<Vec<Absence>, StoreError> {
    let since = today.checked_sub_days(Days::new(ABSENCE_DAYS)).unwrap_or(today);
    let until = today.checked_add_days(Days::new(u64::from(FARTHEST_ABSENCE))).unwrap_or(today);
    let rows = Entity::find()
        .filter(Column::ToDay.gte(since))
        .filter(Column::FromDay.lte(until))
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::FromDay)
        .order_by_asc(Column::Id)
        .all(&tx.db)
        .await?;
    Ok(rows.iter().map(absence).collect())
}

fn absence(row: &Model) -> Absence {
    Absence {
        employee: EmployeeId(row.employee_id),
        from: row.from_day,
        to: row.to_day,
        substitute: row.substitute_id.map(EmployeeId),
    }
}

fn entered(row: Model) -> Result<Entered, StoreError> {
    Ok(Entered {
        id: AbsenceId(row.id),
        absence: absence(&row),
        by: from_json("absences", &row.entered_by)?,
        at: row.entered_at,
        origin: Origin::read(row.origin.as_deref()),
    })
}
