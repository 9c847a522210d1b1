//! The directory: read whole, changed by what a people file says.

use crate::entities::{employees, line_aliases, line_assignments, lines, units};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, absences, closed_days, leavers, preferences, settings};
use chrono::NaiveDate;
use domain::directory::{
    Alias, Assignment, Directory, Employee, Line, NotWorkdays, Unit, Workdays,
};
use domain::ids::{EmployeeId, LineId, SourceName, UnitId};
use domain::people::Change;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use std::collections::HashMap;
use uuid::Uuid;

/// Everybody and every line, as known now, and who is away around this local day (R17). Whose last day is past has left.
pub async fn directory(tx: &Tx, today: NaiveDate) -> Result<Directory, StoreError> {
    let units = units::Entity::find().order_by_asc(units::Column::Id).all(&tx.db).await?;
    let employees =
        employees::Entity::find().order_by_asc(employees::Column::Id).all(&tx.db).await?;
    let lines = lines::Entity::find().order_by_asc(lines::Column::Id).all(&tx.db).await?;
    let assignments = line_assignments::Entity::find()
        .order_by_asc(line_assignments::Column::Id)
        .all(&tx.db)
        .await?;
    let aliases =
        line_aliases::Entity::find().order_by_asc(line_aliases::Column::Id).all(&tx.db).await?;
    let mut assignments = by_line(assignments, |a| a.line_id);
    let mut aliases = by_line(aliases, |a| a.line_id);
    let lines = lines.into_iter().map(|row| {
        let (assignments, aliases) = (assignments.remove(&row.id), aliases.remove(&row.id));
        line(row, assignments.unwrap_or_default(), aliases.unwrap_or_default())
    });
    let directory = Directory::new(
        units.into_iter().map(unit).collect(),
        employees.into_iter().map(|row| employee(row, today)).collect::<Result<_, _>>()?,
        lines.collect::<Result<_, _>>()?,
        absences::list_around(tx, today).await?,
    );
    Ok(directory.choosing(preferences::list(tx).await?).closing(closed_days::list(tx).await?))
}

fn unit(row: units::Model) -> Unit {
    Unit {
        id: UnitId(row.id),
        name: row.name,
        parent: row.parent_id.map(UnitId),
        manager: row.manager_id.map(EmployeeId),
        deputy: row.deputy_id.map(EmployeeId),
        reception: row.reception,
        mailbox: row.mailbox,
        active: row.active,
    }
}

fn employee(row: employees::Model, today: NaiveDate) -> Result<Employee, StoreError> {
    let workdays = match row.workdays {
        Some(written) => written.parse().map_err(|wrong: NotWorkdays| StoreError::Corrupt {
            table: "employees",
            source: serde::de::Error::custom(wrong),
        })?,
        None => Workdays::default(),
    };
    Ok(Employee {
        id: EmployeeId(row.id),
        name: row.name,
        email: row.email,
        language: from_json("employees", &row.language)?,
        unit: UnitId(row.unit_id),
        until: row.until_day,
        workdays,
        substitute: row.substitute_id.map(EmployeeId),
        active: row.active && row.until_day.is_none_or(|last| today <= last),
    })
}

fn by_line<T>(rows: Vec<T>, line: impl Fn(&T) -> Uuid) -> HashMap<Uuid, Vec<T>> {
    let mut by_line: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in rows {
        by_line.entry(line(&row)).or_default().push(row);
    }
    by_line
}

fn line(
    row: lines::Model,
    assignments: Vec<line_assignments::Model>,
    aliases: Vec<line_aliases::Model>,
) -> Result<Line, StoreError> {
    let assignment = |a: line_assignments::Model| Assignment {
        from: a.from_day,
        employee: a.employee_id.map(EmployeeId),
    };
    let alias = |a: line_aliases::Model| Alias { source: a.source.map(SourceName), text: a.alias };
    Ok(Line {
        id: LineId(row.id),
        name: row.name,
        kind: from_json("lines", &row.kind)?,
        unit: UnitId(row.unit_id),
        assignments: assignments.into_iter().map(assignment).collect(),
        aliases: aliases.into_iter().map(alias).collect(),
        active: row.active,
        protected: row.protected,
    })
}

/// Nobody else imports until this transaction ends: what is planned from here on is planned for what is there.
pub async fn hold(tx: &Tx) -> Result<(), StoreError> {
    settings::hold_directory(tx).await
}

/// Carries out what a people file changes: all of it, in this transaction. Nobody and nothing is ever deleted.
pub async fn apply(tx: &Tx, changes: &[Change]) -> Result<(), StoreError> {
    if !changes.is_empty() {
        settings::change_directory(tx).await?;
        leavers::look_again(tx).await?;
    }
    for change in changes {
        match change {
            Change::AddUnit(unit) | Change::ChangeUnit { after: unit, .. } => {
                put_unit(tx, unit).await?
            }
            Change::RemoveUnit(unit) => {
                put_unit(tx, &Unit { active: false, ..unit.clone() }).await?
            }
            Change::AddEmployee(employee) | Change::ChangeEmployee { after: employee, .. } => {
                put_employee(tx, employee).await?;
            }
            Change::RemoveEmployee(employee) => {
                put_employee(tx, &Employee { active: false, ..employee.clone() }).await?;
            }
            Change::AddLine(line) | Change::ChangeLine { after: line, .. } => {
                put_line(tx, line).await?
            }
            Change::RemoveLine(line) => {
                put_line(tx, &Line { active: false, ..line.clone() }).await?
            }
        }
    }
    Ok(())
}

async fn put_unit(tx: &Tx, unit: &Unit) -> Result<(), StoreError> {
    use units::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        id: Set(unit.id.0),
        name: Set(unit.name.clone()),
        parent_id: Set(unit.parent.map(|u| u.0)),
        manager_id: Set(unit.manager.map(|e| e.0)),
        deputy_id: Set(unit.deputy.map(|e| e.0)),
        reception: Set(unit.reception.clone()),
        mailbox: Set(unit.mailbox.clone()),
        active: Set(unit.active),
    };
    let columns = [
        Column::Name,
        Column::ParentId,
        Column::ManagerId,
        Column::DeputyId,
        Column::Reception,
        Column::Mailbox,
        Column::Active,
    ];
    let replace = OnConflict::column(Column::Id).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.db).await?;
    Ok(())
}

async fn put_employee(tx: &Tx, employee: &Employee) -> Result<(), StoreError> {
    use employees::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        id: Set(employee.id.0),
        name: Set(employee.name.clone()),
        email: Set(employee.email.clone()),
        language: Set(to_json(&employee.language)),
        unit_id: Set(employee.unit.0),
        until_day: Set(employee.until),
        workdays: Set(
            (employee.workdays != Workdays::default()).then(|| employee.workdays.to_string())
        ),
        substitute_id: Set(employee.substitute.map(|e| e.0)),
        active: Set(employee.active),
    };
    let columns = [
        Column::Name,
        Column::Email,
        Column::Language,
        Column::UnitId,
        Column::UntilDay,
        Column::Workdays,
        Column::SubstituteId,
        Column::Active,
    ];
    let replace = OnConflict::column(Column::Id).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.db).await?;
    Ok(())
}

async fn put_line(tx: &Tx, line: &Line) -> Result<(), StoreError> {
    use lines::{ActiveModel, Column, Entity};
    let row = ActiveModel {
        id: Set(line.id.0),
        name: Set(line.name.clone()),
        kind: Set(to_json(&line.kind)),
        unit_id: Set(line.unit.0),
        active: Set(line.active),
        protected: Set(line.protected),
    };
    let columns = [Column::Name, Column::Kind, Column::UnitId, Column::Active, Column::Protected];
    let replace = OnConflict::column(Column::Id).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.db).await?;
    put_assignments(tx, line.id.0, &line.assignments).await?;
    put_aliases(tx, line.id.0, &line.aliases).await
}

async fn put_assignments(
    tx: &Tx,
    line_id: Uuid,
    assignments: &[Assignment],
) -> Result<(), StoreError> {
    use line_assignments::{ActiveModel, Column, Entity};
    Entity::delete_many().filter(Column::LineId.eq(line_id)).exec(&tx.db).await?;
    let rows = assignments.iter().map(|a| ActiveModel {
        id: ActiveValue::NotSet,
        line_id: Set(line_id),
        from_day: Set(a.from),
        employee_id: Set(a.employee.map(|e| e.0)),
    });
    Entity::insert_many(rows).exec_without_returning(&tx.db).await?;
    Ok(())
}

async fn put_aliases(tx: &Tx, line_id: Uuid, aliases: &[Alias]) -> Result<(), StoreError> {
    use line_aliases::{ActiveModel, Column, Entity};
    Entity::delete_many().filter(Column::LineId.eq(line_id)).exec(&tx.db).await?;
    let rows = aliases.iter().map(|a| ActiveModel {
        id: ActiveValue::NotSet,
        line_id: Set(line_id),
        source: Set(a.source.as_ref().map(|s| s.0.clone())),
        alias: Set(a.text.clone()),
    });
    Entity::insert_many(rows).exec_without_returning(&tx.db).await?;
    Ok(())
}
