//! What mails say has a table of its own: leasing and settling them writes some bytes then, not the whole of each mail.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{binary, pk_uuid, string_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut bodies = Table::create();
        bodies.table(Alias::new("mail_bodies"));
        for column in [pk_uuid("id"), binary("body"), string_null("key_id")] {
            bodies.col(column);
        }
        manager.create_table(bodies).await?;
        let moved = ["id", "body", "key_id"].map(Alias::new);
        let from = Query::select()
            .columns(moved.clone())
            .from(Alias::new("deliveries"))
            .and_where(Expr::col(Alias::new("body")).ne(Vec::<u8>::new()))
            .to_owned();
        let mut copy = Query::insert();
        copy.into_table(Alias::new("mail_bodies")).columns(moved);
        copy.select_from(from).map_err(|error| DbErr::Migration(error.to_string()))?;
        manager.execute(copy).await?;
        for column in ["body", "key_id"] {
            let mut deliveries = Table::alter();
            deliveries.table(Alias::new("deliveries")).drop_column(Alias::new(column));
            manager.alter_table(deliveries).await?;
        }
        Ok(())
    }
}
