//! Shared calendars that say who is away: how reading each went. Their addresses are secrets, and not here.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "calendars")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub version: i64,
    pub next_at: DateTimeUtc,
    pub read_at: Option<DateTimeUtc>,
    pub whole_at: Option<DateTimeUtc>,
    pub fingerprint: Option<String>,
    pub etag: Option<String>,
    pub last_modified: Option<String>,
    pub absences: i32,
    pub skipped: i32,
    pub failures: i32,
    pub error: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
