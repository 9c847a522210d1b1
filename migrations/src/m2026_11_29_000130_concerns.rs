//! How an open promise stands apart from the day, so that what concerns a manager is counted without being read; and the
//! version of the directory, so that it is read when it changed.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{date_null, string_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [string_null("promise"), date_null("promise_on")] {
            let mut callbacks = Table::alter();
            callbacks.table(Alias::new("callbacks")).add_column(column);
            manager.alter_table(callbacks).await?;
        }
        // With everything that counting asks for and a list is ordered by: the rows themselves stay unread.
        let mut index = Index::create();
        index.name("callbacks_concerns").table(Alias::new("callbacks"));
        for column in
            ["unit_id", "promise", "promise_on", "due_at", "has_message", "id", "owner", "sent_by"]
        {
            index.col(Alias::new(column));
        }
        index.and_where(Expr::col(Alias::new("promise")).is_not_null());
        manager.create_index(index).await
    }
}
