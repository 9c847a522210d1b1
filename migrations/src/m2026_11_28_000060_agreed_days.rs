//! What became of the days that were agreed with callers (R23, R31): of each callback, beside what else is followed up.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, date_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column at a time.
        for column in [
            big_integer("agreed_kept").default(0).take(),
            big_integer("agreed_broken").default(0).take(),
            date_null("agreed_on"),
        ] {
            let mut table = Table::alter();
            table.table(Alias::new("follow_up")).add_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
