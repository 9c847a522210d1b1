//! What deliveries say, as long as it is kept.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_bodies")]
pub struct Model {
    /// The delivery's.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub body: Vec<u8>,
    /// The body is encrypted; none: in clear.
    pub key_id: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
