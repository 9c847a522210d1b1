//! How we stand with the outside, but for what PBXs post: whether our mails and messages leave, and whether what we read
//! elsewhere can be read.

use crate::deliveries::{DEAD, SENT};
use crate::entities::{bounce_mailbox, calendars, deliveries, ended_channels, inbox};
use crate::inbox::READ;
use crate::{StoreError, Tx, bounces};
use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, UnionType};
use sea_orm::{ColumnTrait, ConnectionTrait, FromQueryResult};

/// What there is to say of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// A mail left at some time.
    pub has_sent: bool,
    /// A post was read at some time.
    pub has_read: bool,
    /// Mails and messages that were given up.
    pub dead: i64,
    /// Channels whose receivers are gone for good, by name, and since when.
    pub ended_channels: Vec<(String, DateTime<Utc>)>,
    /// Calendars that cannot be read, by name, and how often in a row they could not.
    pub calendars: Vec<(String, i64)>,
    /// Why the mailbox that mails come back to cannot be read, and how often in a row it could not.
    pub mailbox: Option<(String, i64)>,
}

#[derive(Debug, FromQueryResult)]
struct Row {
    what: String,
    said: Option<String>,
    at: Option<DateTime<Utc>>,
    n: i64,
}

/// How we stand, in one statement.
pub async fn of(tx: &Tx) -> Result<Links, StoreError> {
    use {
        bounce_mailbox::Column as M, calendars::Column as C, deliveries::Column as D,
        ended_channels::Column as E, inbox::Column as I,
    };
    let nothing = || Expr::value(None::<String>);
    let never = || Expr::value(None::<DateTime<Utc>>);
    let one = || Expr::value(1_i64);
    let mut dead = row("dead", nothing(), never(), Expr::col(D::Id).count());
    dead.from(deliveries::Entity).and_where(D::State.eq(DEAD));
    let mut sent = Query::select();
    sent.expr(one()).from(deliveries::Entity);
    sent.and_where(D::State.eq(SENT)).and_where(D::Channel.is_null());
    let mut sent_at_all = row("sent", nothing(), never(), one());
    sent_at_all.and_where(Expr::exists(sent));
    let mut read = Query::select();
    read.expr(one()).from(inbox::Entity).and_where(I::State.eq(READ));
    let mut read_at_all = row("read", nothing(), never(), one());
    read_at_all.and_where(Expr::exists(read));
    let mut channels = row("channel", Expr::col(E::Name), Expr::col(E::At), one());
    channels.from(ended_channels::Entity);
    let mut unread = row("calendar", Expr::col(C::Name), never(), Expr::col(C::Failures));
    unread.from(calendars::Entity).and_where(C::Failures.gt(0));
    let mut mailbox = row("mailbox", Expr::col(M::Error), never(), Expr::col(M::Failures));
    mailbox.from(bounce_mailbox::Entity);
    mailbox.and_where(M::Name.eq(bounces::NAME)).and_where(M::Error.is_not_null());
    for part in [sent_at_all, read_at_all, channels, unread, mailbox] {
        dead.union(UnionType::All, part);
    }
    let statement = tx.db.get_database_backend().build(&dead);
    let mut links = Links::default();
    for Row { what, said, at, n } in Row::find_by_statement(statement).all(&tx.db).await? {
        let said = said.unwrap_or_default();
        match what.as_str() {
            "dead" => links.dead = n,
            "sent" => links.has_sent = true,
            "read" => links.has_read = true,
            "channel" => links.ended_channels.extend(at.map(|at| (said, at))),
            "calendar" => links.calendars.push((said, n)),
            _ => links.mailbox = Some((said, n)),
        }
    }
    links.ended_channels.sort();
    links.calendars.sort();
    Ok(links)
}

fn row(what: &str, said: Expr, at: Expr, n: Expr) -> SelectStatement {
    let mut row = Query::select();
    row.expr_as(Expr::value(what.to_owned()), "what");
    row.expr_as(said, "said").expr_as(at, "at").expr_as(n, "n");
    row
}
