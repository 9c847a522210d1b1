//! Who is away and who stands in (R17), and an index to count what came in for somebody meanwhile.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    date, pk_uuid, text, timestamp_with_time_zone as instant, uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut absences = Table::create();
        absences.table(Alias::new("absences"));
        for column in [
            pk_uuid("id"),
            uuid("employee_id"),
            date("from_day"),
            date("to_day"),
            uuid_null("substitute_id"),
            text("entered_by"),
            instant("entered_at"),
        ] {
            absences.col(column);
        }
        manager.create_table(absences).await?;
        manager.create_index(index("absences", &["to_day"])).await?;
        manager.create_index(index("absences", &["employee_id", "from_day"])).await?;
        manager.create_index(index("callbacks", &["owner", "opened_at"])).await
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
