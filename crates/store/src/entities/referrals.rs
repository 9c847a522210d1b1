//! What each source said last of telephones that do not ring for now.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "referrals")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub source: String,
    /// As the people file has it: a number in E.164, else the PBX's text in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub alias: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub is_on: bool,
    pub since: DateTimeUtc,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
