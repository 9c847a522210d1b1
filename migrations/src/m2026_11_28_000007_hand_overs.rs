//! To whom a callback is offered, and who offered it: it stands on both lists, though it is the sender's (R18).

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::string_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const COLUMNS: [&str; 2] = ["offered_to", "sent_by"];

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            let mut callbacks = Table::alter();
            callbacks.table(Alias::new("callbacks")).add_column(string_null(column));
            manager.alter_table(callbacks).await?;
            let mut index = Index::create();
            index.name(format!("callbacks_{column}")).table(Alias::new("callbacks"));
            index.col(Alias::new(column));
            manager.create_index(index).await?;
        }
        Ok(())
    }
}
