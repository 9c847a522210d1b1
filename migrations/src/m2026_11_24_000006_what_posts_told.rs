//! Which post told a fact first, and how many facts a post told: what the administrator sees of a source. The posts of one
//! source are found by its name; by time alone nobody looks for them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer_null, uuid_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut facts = Table::alter();
        facts.table(Alias::new("call_facts")).add_column(uuid_null("post_id"));
        manager.alter_table(facts).await?;
        let mut inbox = Table::alter();
        inbox.table(Alias::new("inbox")).add_column(big_integer_null("told"));
        manager.alter_table(inbox).await?;
        manager.create_index(index("call_facts", &["post_id"])).await?;
        manager.create_index(index("inbox", &["source", "received_at"])).await?;
        let mut by_time = Index::drop();
        by_time.name("inbox_received_at").table(Alias::new("inbox"));
        manager.drop_index(by_time).await
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
