//! Inbox, callers, texts, calls, callbacks, journal, people, rounds, deliveries.
//!
//! Numbers, names and free text live in `callers` and `texts` only; everything else holds ids (R34). JSON is kept as
//! text: it is the content of one row, never asked for by its inside.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_pk_auto, boolean, date, integer, pk_uuid, string, string_null, text,
    text_null, timestamp_with_time_zone as instant, timestamp_with_time_zone_null as instant_null,
    uuid, uuid_null,
};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[expect(elided_lifetimes_in_paths, reason = "the trait's macro names this lifetime itself")]
#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn bytes(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().not_null().take()
}

fn bytes_null(name: &'static str) -> ColumnDef {
    ColumnDef::new(Alias::new(name)).blob().null().take()
}

fn table(name: &'static str, columns: impl IntoIterator<Item = ColumnDef>) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for column in columns {
        table.col(column);
    }
    table
}

fn tables() -> Vec<TableCreateStatement> {
    [inbox_and_calls(), callbacks(), people(), mail()].concat()
}

fn inbox_and_calls() -> Vec<TableCreateStatement> {
    Vec::from([
        table("settings", [string("name").primary_key().take(), text("value")]),
        table(
            "inbox",
            [
                pk_uuid("id"),
                string("source"),
                string("method"),
                text("url"),
                text("headers"),
                bytes("body"),
                instant("received_at"),
                string("state"),
                text_null("reason"),
                bytes_null("repeat_key"),
            ],
        ),
        table(
            "callers",
            [
                pk_uuid("id"),
                bytes("lookup_key"),
                string_null("number"),
                text("text"),
                text_null("name"),
            ],
        ),
        table("texts", [pk_uuid("id"), uuid("call_id"), text("body")]),
        table(
            "calls",
            [
                pk_uuid("id"),
                string("source"),
                big_integer("version"),
                instant("last_heard_at"),
                instant_null("settle_at"),
                string_null("verdict"),
                uuid_null("callback_id"),
            ],
        ),
        table(
            "call_refs",
            [
                big_pk_auto("id"),
                string("source"),
                string("kind"),
                text("value"),
                uuid("call_id"),
                instant("last_at"),
            ],
        ),
        table(
            "call_facts",
            [
                big_pk_auto("id"),
                string("source"),
                bytes("digest"),
                uuid("call_id"),
                instant("heard_at"),
                text("body"),
            ],
        ),
        table(
            "efforts",
            [big_pk_auto("id"), uuid("call_id"), uuid("caller_id"), instant("at"), text("body")],
        ),
    ])
}

fn callbacks() -> Vec<TableCreateStatement> {
    Vec::from([
        table(
            "callbacks",
            [
                pk_uuid("id"),
                big_integer("version"),
                uuid_null("caller_id"),
                string("owner"),
                uuid_null("unit_id"),
                string("state"),
                boolean("is_open"),
                boolean("has_message"),
                instant("opened_at"),
                instant_null("due_at"),
                instant_null("first_attempt_at"),
                instant_null("reached_at"),
                instant_null("wake_at"),
                string_null("open_key"),
                text("body"),
            ],
        ),
        table(
            "journal",
            [big_pk_auto("id"), uuid("callback_id"), instant("at"), string("entry"), text("body")],
        ),
    ])
}

fn people() -> Vec<TableCreateStatement> {
    Vec::from([
        table(
            "units",
            [
                pk_uuid("id"),
                text("name"),
                uuid_null("parent_id"),
                uuid_null("manager_id"),
                text_null("reception"),
                text_null("mailbox"),
                boolean("active"),
            ],
        ),
        table(
            "employees",
            [
                pk_uuid("id"),
                text("name"),
                text("email"),
                string("language"),
                uuid("unit_id"),
                boolean("active"),
            ],
        ),
        table(
            "lines",
            [pk_uuid("id"), text("name"), string("kind"), uuid("unit_id"), boolean("active")],
        ),
        table(
            "line_assignments",
            [big_pk_auto("id"), uuid("line_id"), date("from_day"), uuid_null("employee_id")],
        ),
        table(
            "line_aliases",
            [big_pk_auto("id"), uuid("line_id"), string_null("source"), text("alias")],
        ),
    ])
}

fn mail() -> Vec<TableCreateStatement> {
    Vec::from([
        table(
            "rounds",
            [
                pk_uuid("id"),
                string("recipient"),
                string("kind"),
                date("slot"),
                instant("at"),
                instant("expires_at"),
                string("state"),
            ],
        ),
        table(
            "deliveries",
            [
                pk_uuid("id"),
                uuid("round_id"),
                string("kind"),
                string("recipient"),
                text("address"),
                bytes("body"),
                string("state"),
                integer("tries"),
                big_integer("version"),
                instant("created_at"),
                instant("next_at"),
                instant("expires_at"),
                instant_null("leased_until"),
                instant_null("sent_at"),
                text_null("last_error"),
            ],
        ),
    ])
}

fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

fn unique(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, columns).unique().take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    Vec::from([
        index("inbox", &["state", "received_at"]),
        index("inbox", &["received_at"]),
        unique("inbox", &["repeat_key"]),
        unique("callers", &["lookup_key"]),
        index("texts", &["call_id"]),
        index("calls", &["settle_at"]),
        index("call_refs", &["source", "value"]),
        index("call_refs", &["call_id"]),
        unique("call_facts", &["source", "digest"]),
        index("call_facts", &["call_id"]),
        index("efforts", &["caller_id", "at"]),
        index("efforts", &["call_id"]),
        // R5: one open callback per caller and owner. Null, and so not unique, where it may not be joined or is not open.
        unique("callbacks", &["open_key"]),
        index("callbacks", &["wake_at"]),
        index("callbacks", &["caller_id", "owner", "opened_at"]),
        index("callbacks", &["is_open", "owner", "due_at"]),
        index("callbacks", &["is_open", "unit_id", "due_at"]),
        index("journal", &["callback_id"]),
        index("line_assignments", &["line_id"]),
        index("line_aliases", &["line_id"]),
        // R24: crash, restart or a second replica cannot double a round.
        unique("rounds", &["recipient", "kind", "slot"]),
        index("rounds", &["state", "at"]),
        unique("deliveries", &["round_id"]),
        index("deliveries", &["state", "next_at"]),
        index("deliveries", &["recipient", "created_at"]),
    ])
}
