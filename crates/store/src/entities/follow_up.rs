//! What follow-up needs of each callback; it follows from the callback.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "follow_up")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub callback_id: Uuid,
    /// The callback's, when this was made of it.
    pub version: i64,
    pub unit_id: Option<Uuid>,
    pub has_message: bool,
    pub received_at: DateTimeUtc,
    pub due_on: Option<Date>,
    pub attempted_at: Option<DateTimeUtc>,
    pub reached_at: Option<DateTimeUtc>,
    pub resolved_at: Option<DateTimeUtc>,
    pub reached_by_pbx: bool,
    pub agreed_kept: i64,
    pub agreed_broken: i64,
    pub agreed_on: Option<Date>,
    pub excluded: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
