//! What the people file says of people besides: a unit's deputy; an employee's last day, work pattern (null: Monday to
//! Friday) and who answers for what is urgent on days off. And how many
//! callbacks each had of late, with a message and without, from the index alone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, string_null, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, column) in [
            ("units", uuid_null("deputy_id")),
            ("employees", date_null("until_day")),
            ("employees", string_null("workdays")),
            ("employees", uuid_null("substitute_id")),
        ] {
            let mut altered = Table::alter();
            manager.alter_table(altered.table(Alias::new(table)).add_column(column).take()).await?;
        }
        let mut received = Index::create();
        received.name("callbacks_received").table(Alias::new("callbacks"));
        for column in ["opened_at", "owner", "has_message"] {
            received.col(Alias::new(column));
        }
        manager.create_index(received).await
    }
}
