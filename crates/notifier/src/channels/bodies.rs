//! What goes over the wire: JSON for Standard Webhooks, a card for Teams, blocks for Slack. Names and texts stand where the receiver
//! reads no markup, so that nothing in them can become a link or call everybody.

use super::shown;
use super::texts::Lines;
use crate::callers::{Callers, Field, MailDetail};
use crate::render::ShownBy;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::directory::{Directory, Language, Owner};
use domain::event::Event;
use domain::ids::CallbackId;
use domain::rounds::{ChannelNotice, Row, Standing};
use serde_json::{Map, Value, json};

/// The version of everything in `data`: it only grows by fields that may be overlooked.
const SCHEMA: u32 = 1;
/// A notice holds so many callbacks, and says how many more there are.
const MOST_ROWS: usize = 500;
/// Teams takes messages of 28 KB.
const LONGEST_LINE: usize = 200;
const MOST_LINES: usize = 30;
/// Slack takes blocks of 3,000 letters.
const LONGEST_BLOCK: usize = 2_900;

/// What is shown of callers in JSON.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    pub(super) callers: &'a Callers,
    pub(super) detail: MailDetail,
    pub(super) language: Language,
}

/// Something that happened, as JSON.
pub(super) fn event(
    event: &Event,
    directory: &Directory,
    by: ShownBy<'_>,
    shown: Shown<'_>,
) -> Vec<u8> {
    let unit = event.unit.and_then(|id| directory.unit(id)).map(|unit| &unit.name);
    let mut data = json!({
        "schema": SCHEMA,
        "callback": event.callback,
        "version": event.version,
        "reference": event.reference(by.calendar.zone()),
        "unit": unit,
        "owner": owner(event.holder, directory),
        "opened_at": moment(event.opened_at),
        "due_on": event.due_on,
        "agreed_on": event.agreed_on,
        "state": event.state,
        "disposition": event.disposition,
        "has_message": event.has_message,
        "contacts": event.contacts,
        "attempts": event.attempts,
        "reached": event.reached,
        "link": format!("{}/callbacks/{}", by.public_url, event.callback),
    });
    put_caller(&mut data, event.callback, shown);
    bytes(&json!({ "type": event.kind, "timestamp": moment(event.at), "data": data }))
}

/// A round, as JSON.
pub(super) fn notice(
    notice: &ChannelNotice,
    units: &[String],
    at: DateTime<Utc>,
    by: ShownBy<'_>,
    shown: Shown<'_>,
) -> Vec<u8> {
    let rows = notice.rows.iter().take(MOST_ROWS).map(|row| {
        let mut data = of_row(row, by);
        put_caller(&mut data, row.id, shown);
        data
    });
    let data = json!({
        "schema": SCHEMA,
        "day": notice.day,
        "units": units,
        "open": notice.rows.len(),
        "late": notice.late,
        "due_today": notice.today,
        "agreed_days_broken": notice.broken_agreed,
        "callbacks": rows.collect::<Vec<_>>(),
        "more": notice.rows.len().saturating_sub(MOST_ROWS),
        "link": shown::link_of(notice.kind, by),
    });
    let kind = format!("notice.{}", notice.kind.name());
    bytes(&json!({ "type": kind, "timestamp": moment(at), "data": data }))
}

fn of_row(row: &Row, by: ShownBy<'_>) -> Value {
    let (standing, days_late, agreed_on) = match row.standing {
        Standing::Late { working_days } => ("late", working_days, None),
        Standing::DueToday => ("due_today", 0, None),
        Standing::DueLater => ("due_later", 0, None),
        Standing::Tried => ("tried", 0, None),
        Standing::NoDeadline => ("no_deadline", 0, None),
        Standing::Agreed { on } => ("agreed", 0, Some(on)),
        Standing::AgreedDayBroken { on, working_days } => {
            ("agreed_day_broken", working_days, Some(on))
        }
    };
    json!({
        "callback": row.id,
        "reference": row.reference,
        "received_at": moment(row.received_at),
        "due_on": row.due.as_ref().map(|due| due.due_on),
        "agreed_on": agreed_on,
        "standing": standing,
        "working_days_late": days_late,
        "has_message": row.has_message,
        "contacts": row.contacts,
        "attempts": row.attempts,
        "link": format!("{}/callbacks/{}", by.public_url, row.id),
    })
}

/// To try a channel out.
pub(super) fn test(at: DateTime<Utc>) -> Vec<u8> {
    bytes(&json!({ "type": "test", "timestamp": moment(at), "data": { "schema": SCHEMA } }))
}

fn owner(owner: Owner, directory: &Directory) -> Value {
    match owner {
        Owner::Employee(id) => {
            json!({ "kind": "employee", "name": directory.employee(id).map(|e| &e.name) })
        }
        Owner::Unit(id) => json!({ "kind": "unit", "name": directory.unit(id).map(|u| &u.name) }),
        Owner::Organisation => json!({ "kind": "organisation", "name": null }),
    }
}

/// R29: only where it is to be shown; of a protected line it says that it is protected.
fn put_caller(data: &mut Value, callback: CallbackId, shown: Shown<'_>) {
    if shown.detail == MailDetail::None {
        return;
    }
    let fields = shown.callers.of(&callback.to_string(), shown.detail, shown.language);
    let caller = fields.into_iter().map(|(field, value)| {
        let name = match field {
            Field::Number => "number",
            Field::Name => "name",
        };
        (name.to_owned(), value.as_str().map_or(Value::Null, Value::from))
    });
    data["caller"] = Value::Object(caller.collect::<Map<_, _>>());
}

/// An Adaptive Card as a workflow of Teams takes it. Of text runs nothing is read as markup.
///
/// Described in <https://adaptivecards.io/explorer/RichTextBlock.html> and
/// <https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using>, read 2026-11.
pub(super) fn teams(lines: &Lines, link: &str, open: &str) -> Vec<u8> {
    let block = |text: &str, weight: &str| {
        let run = json!({ "type": "TextRun", "text": cut(text), "weight": weight });
        json!({ "type": "RichTextBlock", "inlines": [run] })
    };
    let head = [block(&lines.heading, "bolder")];
    let body = lines.body.iter().take(MOST_LINES).map(|line| block(line, "default"));
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": head.into_iter().chain(body).collect::<Vec<_>>(),
        "actions": [{ "type": "Action.OpenUrl", "title": open, "url": link }],
    });
    let attachment = json!({
        "contentType": "application/vnd.microsoft.card.adaptive",
        "contentUrl": null,
        "content": card,
    });
    bytes(&json!({ "type": "message", "attachments": [attachment] }))
}

/// Blocks as an incoming webhook of Slack takes them. Plain text is not read as markup; `text`, which stands in notifications, is, and
/// so is escaped.
///
/// Described in <https://api.slack.com/reference/block-kit/blocks> and <https://api.slack.com/messaging/webhooks>, read 2026-11.
pub(super) fn slack(lines: &Lines, link: &str, open: &str) -> Vec<u8> {
    let plain = |text: &str| json!({ "type": "plain_text", "text": text, "emoji": false });
    let section = |text: &Value| json!({ "type": "section", "text": text });
    let mut blocks = Vec::from([section(&plain(&cut(&lines.heading)))]);
    let body: Vec<String> = lines.body.iter().take(MOST_LINES).map(|line| cut(line)).collect();
    if !body.is_empty() {
        let body = body.join("\n").chars().take(LONGEST_BLOCK).collect::<String>();
        blocks.push(section(&plain(&body)));
    }
    let to_page = format!("<{}|{}>", escaped(link), escaped(open));
    blocks.push(section(&json!({ "type": "mrkdwn", "text": to_page })));
    let text = escaped(&cut(&lines.heading));
    bytes(&json!({ "text": text, "blocks": blocks, "unfurl_links": false }))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST_LINE).collect()
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn bytes(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}
