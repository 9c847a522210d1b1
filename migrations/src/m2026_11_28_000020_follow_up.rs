//! What follow-up needs of each callback, made from it whenever it is written, and the months that managers signed (R31–R33).
//!
//! The lines are found by when they came in, all units together: which group is too small to be shown depends on the
//! groups beside it (R32), so no report reads one unit alone.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, date_null, pk_uuid, string, string_null, text,
    timestamp_with_time_zone as instant, timestamp_with_time_zone_null as instant_null, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut lines = Table::create();
        lines.table(Alias::new("follow_up"));
        for column in [
            pk_uuid("callback_id"),
            big_integer("version"),
            uuid_null("unit_id"),
            boolean("has_message"),
            instant("received_at"),
            date_null("due_on"),
            instant_null("attempted_at"),
            instant_null("reached_at"),
            instant_null("resolved_at"),
            boolean("reached_by_pbx"),
            string_null("excluded"),
        ] {
            lines.col(column);
        }
        manager.create_table(lines).await?;
        let mut by_time = Index::create();
        by_time.name("follow_up_received_at").table(Alias::new("follow_up"));
        manager.create_index(by_time.col(Alias::new("received_at")).take()).await?;

        let mut signed = Table::create();
        signed.table(Alias::new("signed_months"));
        for column in [
            string("month"),
            uuid("unit_id"),
            text("figures"),
            text("comment"),
            text("action"),
            uuid("signed_by"),
            instant("signed_at"),
        ] {
            signed.col(column);
        }
        let mut key = Index::create();
        key.name("signed_months_month_unit").col(Alias::new("month")).col(Alias::new("unit_id"));
        signed.primary_key(&mut key);
        manager.create_table(signed).await
    }
}
