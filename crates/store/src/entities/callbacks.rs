//! Promises; the whole of one is its `body`, the rest is for looking it up.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "callbacks")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub version: i64,
    pub caller_id: Option<Uuid>,
    pub owner: String,
    pub unit_id: Option<Uuid>,
    pub state: String,
    pub is_open: bool,
    pub has_message: bool,
    pub opened_at: DateTimeUtc,
    pub due_at: Option<DateTimeUtc>,
    pub first_attempt_at: Option<DateTimeUtc>,
    pub reached_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    pub wake_at: Option<DateTimeUtc>,
    pub open_key: Option<String>,
    pub offered_to: Option<String>,
    pub sent_by: Option<String>,
    /// How it stands apart from the day, while it is open and somebody waits, and the day that counts.
    pub promise: Option<String>,
    pub promise_on: Option<Date>,
    pub body: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
