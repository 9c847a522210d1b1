//! Who opened which caller's details, and who was refused.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "read_log")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub at: DateTimeUtc,
    pub account_id: Uuid,
    pub employee_id: Option<Uuid>,
    pub callback_id: Uuid,
    pub reference: String,
    /// What was shown, by words: nothing where it was refused.
    pub shown: String,
    pub refused: bool,
    pub reason: Option<String>,
    /// The reason is encrypted; none: it is in clear.
    pub key_id: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
