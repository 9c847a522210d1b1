//! Rounds of one kind may come several times a day: their key becomes the moment. And what is new, until it is told.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{timestamp_with_time_zone as instant, uuid};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let (rounds, news) = (|| Alias::new("rounds"), || Alias::new("news"));
        // R24: crash, restart or a second replica cannot double a round.
        let key = Index::create()
            .name("rounds_recipient_kind_at")
            .table(rounds())
            .col(Alias::new("recipient"))
            .col(Alias::new("kind"))
            .col(Alias::new("at"))
            .unique()
            .to_owned();
        manager.create_index(key).await?;
        let before = Index::drop().name("rounds_recipient_kind_slot").table(rounds()).to_owned();
        manager.drop_index(before).await?;
        let table = Table::create()
            .table(news())
            .col(uuid("callback_id").primary_key())
            .col(instant("at"))
            .to_owned();
        manager.create_table(table).await?;
        let at = Index::create().name("news_at").table(news()).col(Alias::new("at")).to_owned();
        manager.create_index(at).await
    }
}
