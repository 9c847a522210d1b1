//! What each source said last of telephones that do not ring for now (R17). No call and no caller is in it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, string, timestamp_with_time_zone as instant};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut referrals = Table::create();
        referrals.table(Alias::new("referrals"));
        for column in
            [string("source"), string("alias"), string("kind"), boolean("is_on"), instant("since")]
        {
            referrals.col(column);
        }
        let mut key = Index::create();
        for column in ["source", "alias", "kind"] {
            key.col(Alias::new(column));
        }
        referrals.primary_key(key.name("referrals_source_alias_kind"));
        manager.create_table(referrals).await
    }
}
