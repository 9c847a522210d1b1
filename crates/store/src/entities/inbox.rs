//! Requests as they came.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "inbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub source: String,
    pub method: String,
    pub url: String,
    pub headers: String,
    pub body: Vec<u8>,
    pub received_at: DateTimeUtc,
    pub state: String,
    pub reason: Option<String>,
    pub repeat_key: Option<Vec<u8>>,
    pub told: Option<i64>,
    /// `body` holds url, headers and body, encrypted; none: in clear.
    pub key_id: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
