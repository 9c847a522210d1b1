//! Sources that are made in the browser, beside those of the configuration, and their secrets.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, pk_uuid, string, string_null, text, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut sources = Table::create();
        sources.table(Alias::new("sources"));
        for column in [
            string("name").primary_key().take(),
            string("adapter"),
            string_null("country"),
            string_null("area_code"),
            string_null("zone"),
            instant("created_at"),
            big_integer("version"),
            instant_null("retired_at"),
        ] {
            sources.col(column);
        }
        manager.create_table(sources).await?;
        let mut secrets = Table::create();
        secrets.table(Alias::new("source_secrets"));
        for column in [
            pk_uuid("id"),
            string("source"),
            text("secret"),
            string_null("key_id"),
            instant("created_at"),
            instant_null("until"),
        ] {
            secrets.col(column);
        }
        manager.create_table(secrets).await?;
        let mut index = Index::create();
        index.name("source_secrets_source").table(Alias::new("source_secrets"));
        manager.create_index(index.col(Alias::new("source")).to_owned()).await
    }
}
