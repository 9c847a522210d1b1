//! What employees choose for themselves; it stays as it is when a people file is read.

use crate::entities::preferences::{ActiveModel, Column, Entity, Model};
use crate::json::{from_json, to_json};
use crate::{StoreError, Tx, settings};
use chrono::{DateTime, NaiveTime, Timelike, Utc};
use domain::ids::EmployeeId;
use domain::preferences::Preferences;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, EntityTrait};
use std::collections::HashMap;

/// Keeps what this employee chose, instead of what they chose before.
pub async fn keep(
    tx: &Tx,
    employee: EmployeeId,
    preferences: &Preferences,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let minutes = |time: NaiveTime| {
        i32::try_from(time.num_seconds_from_midnight() / 60).expect("a day has 1440 minutes")
    };
    let row = ActiveModel {
        employee_id: Set(employee.0),
        language: Set(preferences.language.map(|language| to_json(&language))),
        mails_from: Set(preferences.mails_from.map(minutes)),
        mails_until: Set(preferences.mails_until.map(minutes)),
        wants_new: Set(preferences.wants_new),
        changed_at: Set(now),
    };
    let columns = [
        Column::Language,
        Column::MailsFrom,
        Column::MailsUntil,
        Column::WantsNew,
        Column::ChangedAt,
    ];
    let replace = OnConflict::column(Column::EmployeeId).update_columns(columns).to_owned();
    Entity::insert(row).on_conflict(replace).exec_without_returning(&tx.db).await?;
    settings::change_directory(tx).await
}

/// What everybody chose who chose anything.
pub(crate) async fn list(tx: &Tx) -> Result<HashMap<EmployeeId, Preferences>, StoreError> {
    let rows = Entity::find().all(&tx.db).await?;
    rows.into_iter().map(|row| Ok((EmployeeId(row.employee_id), preferences(row)?))).collect()
}

fn preferences(row: Model) -> Result<Preferences, StoreError> {
    let time = |minutes: i32| {
        let seconds = u32::try_from(minutes).ok()?.checked_mul(60)?;
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)
    };
    Ok(Preferences {
        language: row.language.map(|l| from_json("preferences", &l)).transpose()?,
        mails_from: row.mails_from.and_then(time),
        mails_until: row.mails_until.and_then(time),
        wants_new: row.wants_new,
    })
}
