//! Protected lines, and who opened which caller's details, when and why; of what was refused, too (R36). It holds no number and
//! no name. A callback's reference stands in it, so that one can be looked for after it was erased.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, pk_uuid, string, string_null, text_null, timestamp_with_time_zone as instant, uuid,
    uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut lines = Table::alter();
        lines.table(Alias::new("lines")).add_column(boolean("protected").default(false));
        manager.alter_table(lines).await?;
        let mut log = Table::create();
        log.table(Alias::new("read_log"));
        for column in [
            pk_uuid("id"),
            instant("at"),
            uuid("account_id"),
            uuid_null("employee_id"),
            uuid("callback_id"),
            string("reference"),
            string("shown"),
            boolean("refused"),
            text_null("reason"),
            string_null("key_id"),
        ] {
            log.col(column);
        }
        manager.create_table(log).await?;
        manager.create_index(index(&["callback_id", "at"])).await?;
        manager.create_index(index(&["reference", "id"])).await
    }
}

fn index(columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("read_log_{}", columns.join("_"))).table(Alias::new("read_log"));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}
