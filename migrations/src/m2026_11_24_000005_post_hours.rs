//! How many posts came in each hour, by source: the habit that silence is measured against (R37).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, text, timestamp_with_time_zone as instant};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut hours = Table::create();
        hours.table(Alias::new("post_hours"));
        for column in [text("source"), instant("hour"), big_integer("posts"), big_integer("stale")]
        {
            hours.col(column);
        }
        let mut key = Index::create();
        key.name("post_hours_source_hour").col(Alias::new("source")).col(Alias::new("hour"));
        hours.primary_key(&mut key);
        manager.create_table(hours).await?;
        let mut by_hour = Index::create();
        by_hour.name("post_hours_hour").table(Alias::new("post_hours")).col(Alias::new("hour"));
        manager.create_index(by_hour).await
    }
}
