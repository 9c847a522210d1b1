//! Who is away, and who entered it (R17). Whether one may be entered is for `Absence::check` to say.

use crate::entities::absences::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::callback::Actor;
use domain::directory::{Absence, FARTHEST_ABSENCE};
use domain::ids::{AbsenceId, EmployeeId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// One that ended so many days ago still says who answered then: for posts that come late, and for the first morning
/// back after a long row of days off.
const LOOK_BACK: u64 = 60;
/// So many of one employee are shown.
const SHOWN: u64 = 100;

/// An absence, and who entered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    pub id: AbsenceId,
    pub absence: Absence,
    pub by: Actor,
    pub at: DateTime<Utc>,
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
    };
    Entity::insert(row).exec_without_returning(&tx.db).await?;
    Ok(())
}

/// Takes one back; `false` when there is none.
pub async fn remove(tx: &Tx, id: AbsenceId) -> Result<bool, StoreError> {
    let deleted = Entity::delete_by_id(id.0).exec(&tx.db).await?;
    Ok(deleted.rows_affected > 0)
}

/// The one with this id.
pub async fn find(tx: &Tx, id: AbsenceId) -> Result<Option<Entered>, StoreError> {
    Entity::find_by_id(id.0).one(&tx.db).await?.map(entered).transpose()
}

/// The latest hundred of this employee, what begins last first.
pub async fn list(tx: &Tx, employee: EmployeeId) -> Result<Vec<Entered>, StoreError> {
    let rows = Entity::find()
        .filter(Column::EmployeeId.eq(employee.0))
        .order_by_desc(Column::FromDay)
        .limit(SHOWN)
        .all(&tx.db)
        .await?;
    rows.into_iter().map(entered).collect()
}

/// Those that matter on this local day: that ended not long ago, run, or come as early as one can be entered.
pub(crate) async fn list_around(tx: &Tx, today: NaiveDate) -> Result<Vec<Absence>, StoreError> {
    let since = today.checked_sub_days(Days::new(LOOK_BACK)).unwrap_or(today);
    let until = today.checked_add_days(Days::new(u64::from(FARTHEST_ABSENCE))).unwrap_or(today);
    let rows = Entity::find()
        .filter(Column::ToDay.gte(since))
        .filter(Column::FromDay.lte(until))
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
    })
}
