//! Pages. Who signs in: accounts, mailed links, sessions. When a callback ended, and the order that lists are shown in.
//!
//! Of a link and of a session only the hash is kept: who reads the database cannot sign in with it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    boolean, pk_uuid, string, timestamp_with_time_zone as instant,
    timestamp_with_time_zone_null as instant_null, uuid,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [accounts(), links(), sessions()] {
            manager.create_table(table).await?;
        }
        let ended_at = instant_null("ended_at").take();
        let callbacks =
            Table::alter().table(Alias::new("callbacks")).add_column(ended_at).to_owned();
        manager.alter_table(callbacks).await?;
        for index in indexes() {
            manager.create_index(index).await?;
        }
        for replaced in ["callbacks_is_open_owner_due_at", "callbacks_is_open_unit_id_due_at"] {
            let drop = Index::drop().name(replaced).table(Alias::new("callbacks")).to_owned();
            manager.drop_index(drop).await?;
        }
        Ok(())
    }
}

fn hash(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().null().unique_key().take()
}

fn accounts() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("accounts"))
        .col(pk_uuid("id"))
        .col(string("address").unique_key())
        .col(boolean("administrator"))
        .col(instant("created_at"))
        .to_owned()
}

fn links() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("sign_in_links"))
        .col(pk_uuid("id"))
        .col(uuid("account_id"))
        .col(hash("hash"))
        .col(instant("asked_at"))
        .col(instant("expires_at"))
        .col(instant_null("used_at"))
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table(Alias::new("sessions"))
        .col(pk_uuid("id"))
        .col(uuid("account_id"))
        .col(hash("hash"))
        .col(instant("created_at"))
        .col(instant("expires_at"))
        .col(instant_null("ended_at"))
        .to_owned()
}

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

/// As lists are shown: the soonest first, of one day those with a message first (R2, R25).
fn shown(name: &'static str, of: &'static str) -> IndexCreateStatement {
    Index::create()
        .name(name)
        .table(Alias::new("callbacks"))
        .col(Alias::new("is_open"))
        .col(Alias::new(of))
        .col(Alias::new("due_at"))
        .col((Alias::new("has_message"), IndexOrder::Desc))
        .col(Alias::new("id"))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    Vec::from([
        shown("callbacks_shown_by_owner", "owner"),
        shown("callbacks_shown_by_unit", "unit_id"),
        index("callbacks", &["owner", "ended_at"]),
        // The administrator's page: what each source posted last, what the latest rounds were.
        index("inbox", &["source", "state", "received_at"]),
        index("rounds", &["at"]),
        index("sign_in_links", &["account_id", "asked_at"]),
        index("sign_in_links", &["expires_at"]),
        index("sessions", &["account_id"]),
        index("sessions", &["expires_at"]),
    ])
}
