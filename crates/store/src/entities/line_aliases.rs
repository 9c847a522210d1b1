//! The names of lines.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "line_aliases")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: i64,
    pub line_id: Uuid,
    pub source: Option<String>,
    pub alias: String,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
