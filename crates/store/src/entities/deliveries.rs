//! Mails as rendered, until they are sent; what they say is in `mail_bodies`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deliveries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub round_id: Uuid,
    pub kind: String,
    pub recipient: String,
    pub address: String,
    pub state: String,
    pub tries: i32,
    pub version: i64,
    pub created_at: DateTimeUtc,
    pub next_at: DateTimeUtc,
    pub expires_at: DateTimeUtc,
    pub leased_until: Option<DateTimeUtc>,
    pub sent_at: Option<DateTimeUtc>,
    pub last_error: Option<String>,
    /// When it came back, although a server had taken it.
    pub bounced_at: Option<DateTimeUtc>,
    /// The channel it goes by; none: mail.
    pub channel: Option<String>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
