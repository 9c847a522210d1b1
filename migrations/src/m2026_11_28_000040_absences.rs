//! Absences that somebody else keeps (a file, a calendar), who took one back, and telephones that rang meanwhile (R17).
//!
//! An absence that was taken back stays as a row until it is too old: who came back early must be able to see who said so, and
//! what a file or calendar goes on saying must not bring it back.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, integer, pk_uuid, string, string_null, text_null,
    timestamp_with_time_zone as instant, timestamp_with_time_zone_null as instant_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [string_null("origin"), text_null("removed_by"), instant_null("removed_at")] {
            let mut absences = Table::alter();
            absences.table(Alias::new("absences")).add_column(column);
            manager.alter_table(absences).await?;
        }
        let of_origin = index("absences", &["origin", "to_day"]);
        manager.create_index(of_origin).await?;

        let mut calendars = Table::create();
        calendars.table(Alias::new("calendars"));
        let mut name = string("name");
        name.primary_key();
        calendars.col(name);
        for column in [
            big_integer("version"),
            instant("next_at"),
            instant_null("read_at"),
            instant_null("whole_at"),
            string_null("fingerprint"),
            string_null("etag"),
            string_null("last_modified"),
            integer("absences"),
            integer("skipped"),
            integer("failures"),
            text_null("error"),
        ] {
            calendars.col(column);
        }
        manager.create_table(calendars).await?;
        manager.create_index(index("calendars", &["next_at"])).await?;

        let mut unreferred = Table::create();
        unreferred.table(Alias::new("unreferred_calls"));
        for column in [pk_uuid("call_id"), uuid("employee_id"), date("day")] {
            unreferred.col(column);
        }
        manager.create_table(unreferred).await?;
        manager.create_index(index("unreferred_calls", &["employee_id", "day"])).await?;
        manager.create_index(index("unreferred_calls", &["day"])).await
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
