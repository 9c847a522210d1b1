//! Parties of calls: the only table with numbers and names.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "callers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub lookup_key: Vec<u8>,
    pub number: Option<String>,
    pub text: String,
    pub name: Option<String>,
    /// Number, text and name are encrypted; none: they are in clear.
    pub key_id: Option<String>,
    /// When it was last heard of, to a day; none for what an older version wrote.
    pub last_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
