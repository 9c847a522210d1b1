//! Channels besides mail: what happened and is to be told, by which channel a delivery goes, and which channels have ended.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_pk_auto, string, string_null, text, timestamp_with_time_zone as instant,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // None: mail.
        let mut deliveries = Table::alter();
        deliveries.table(Alias::new("deliveries")).add_column(string_null("channel"));
        manager.alter_table(deliveries).await?;
        manager.create_index(index("deliveries", &["state", "channel", "next_at"])).await?;
        let mut events = Table::create();
        events.table(Alias::new("events"));
        for column in [big_pk_auto("id"), string("kind"), instant("at"), text("body")] {
            events.col(column);
        }
        manager.create_table(events).await?;
        let mut ended = Table::create();
        ended.table(Alias::new("ended_channels"));
        ended.col(string("name").primary_key()).col(instant("at"));
        manager.create_table(ended).await
    }
}

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}
