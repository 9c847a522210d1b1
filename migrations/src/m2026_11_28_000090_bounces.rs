//! Mails that came back after they were sent (R28), and how reading the mailbox goes that they come back to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, integer, string, text_null, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut deliveries = Table::alter();
        deliveries.table(Alias::new("deliveries")).add_column(instant_null("bounced_at"));
        manager.alter_table(deliveries).await?;

        let mut mailbox = Table::create();
        mailbox.table(Alias::new("bounce_mailbox"));
        let mut name = string("name");
        name.primary_key();
        mailbox.col(name);
        for column in [
            big_integer("version"),
            instant("next_at"),
            instant_null("read_at"),
            integer("failures"),
            text_null("error"),
        ] {
            mailbox.col(column);
        }
        manager.create_table(mailbox).await
    }
}
