//! Whose line from which day.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "line_assignments")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub line_id: Uuid,
    pub from_day: Date,
    pub employee_id: Option<Uuid>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
