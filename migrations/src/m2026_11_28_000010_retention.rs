//! Encryption and retention. A row says which key it is encrypted with; nothing: it is in clear. A caller says when it was
//! last heard of, and a protocol what was erased, under which decision.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, date, string, string_null, text, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["inbox", "callers", "texts", "deliveries"] {
            let mut table = Table::alter();
            table.table(Alias::new(name)).add_column(string_null("key_id"));
            manager.alter_table(table).await?;
        }
        let mut callers = Table::alter();
        callers.table(Alias::new("callers")).add_column(instant_null("last_at"));
        manager.alter_table(callers).await?;
        let mut log = Table::create();
        log.table(Alias::new("retention_log"));
        for column in [
            big_pk_auto("id"),
            date("day"),
            instant("at"),
            string("kind"),
            big_integer("erased"),
            text("decision"),
        ] {
            log.col(column);
        }
        manager.create_table(log).await?;
        manager.create_index(index("retention_log", &["day", "kind"])).await?;
        manager.create_index(index("callers", &["last_at"])).await
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
