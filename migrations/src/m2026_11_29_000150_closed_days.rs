//! Days on which units are closed, as administrators record them; those of the configuration file stay there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date, string, timestamp_with_time_zone as instant, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut days = Table::create();
        days.table(Alias::new("closed_days"));
        let mut id = uuid("id");
        id.primary_key();
        days.col(id);
        for column in [
            uuid("unit_id"),
            date("closed_on"),
            string("reason"),
            string("recorded_by"),
            instant("recorded_at"),
        ] {
            days.col(column);
        }
        manager.create_table(days).await?;
        let mut once = Index::create();
        once.name("closed_days_once").table(Alias::new("closed_days")).unique();
        once.col(Alias::new("unit_id")).col(Alias::new("closed_on"));
        manager.create_index(once).await
    }
}
