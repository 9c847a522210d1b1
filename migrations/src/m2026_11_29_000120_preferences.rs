//! What employees choose for themselves. In a table of its own: what a people file says is written over with the next one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, integer_null, string_null, timestamp_with_time_zone as instant, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut preferences = Table::create();
        preferences.table(Alias::new("preferences"));
        let mut employee = uuid("employee_id");
        employee.primary_key();
        preferences.col(employee);
        for column in [
            string_null("language"),
            // Minutes after midnight, by the local clock.
            integer_null("mails_from"),
            integer_null("mails_until"),
            boolean("wants_new"),
            instant("changed_at"),
        ] {
            preferences.col(column);
        }
        manager.create_table(preferences).await
    }
}
