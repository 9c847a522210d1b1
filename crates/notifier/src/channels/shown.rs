//! What the texts for channels are given.

use crate::render::{self, ShownBy, ShownRow};
use domain::callback;
use domain::directory::{Directory, Language};
use domain::event::{Event, EventKind};
use domain::ids::CallbackId;
use domain::rounds::{ChannelNotice, RoundKind};
use serde::Serialize;
use workalendar::format_day;

/// A message in a chat shows so many rows, and says how many more there are.
const MOST_ROWS: usize = 15;
/// A longer name of a unit is cut: an SMS is short.
const LONGEST_NAME: usize = 30;

/// The units that a notice is about, in few words; empty where it is about all.
pub(super) fn label(units: &[String]) -> String {
    let Some(first) = units.first() else { return String::new() };
    let cut: String = first.chars().take(LONGEST_NAME).collect();
    let cut = cut.trim_end();
    let dots = if cut.len() < first.trim_end().len() { "…" } else { "" };
    let more = if units.len() > 1 { " m.fl." } else { "" };
    format!("{cut}{dots}{more}")
}

#[derive(Serialize)]
pub(super) struct ShownNotice {
    kind: &'static str,
    units: String,
    day: String,
    open: usize,
    late: usize,
    today: usize,
    broken_agreed: usize,
    rows: Vec<ShownRow>,
    /// Rows that are not shown.
    more: usize,
    pub(super) link: String,
}

pub(super) fn notice(
    notice: &ChannelNotice,
    units: &[String],
    language: Language,
    by: ShownBy<'_>,
) -> ShownNotice {
    let shown = notice.rows.len().min(MOST_ROWS);
    ShownNotice {
        kind: notice.kind.name(),
        units: label(units),
        day: format_day(notice.day, render::spoken(language)),
        open: notice.rows.len(),
        late: notice.late,
        today: notice.today,
        broken_agreed: notice.broken_agreed,
        rows: render::shown(&notice.rows[..shown], language, by),
        more: notice.rows.len() - shown,
        link: link_of(notice.kind, by),
    }
}

/// Where whoever reads it goes on: managers to their units, others to their own.
pub(super) fn link_of(kind: RoundKind, by: ShownBy<'_>) -> String {
    let page = match kind {
        RoundKind::ManagerList => "unit",
        RoundKind::New
        | RoundKind::Digest
        | RoundKind::Nudge
        | RoundKind::Alarm
        | RoundKind::Silence
        | RoundKind::Faults
        | RoundKind::Test => "mine",
    };
    format!("{}/{page}", by.public_url)
}

#[derive(Serialize)]
pub(super) struct ShownEvent {
    /// Taken out again before a text is given it.
    id: CallbackId,
    #[serde(rename = "type")]
    kind: EventKind,
    reference: String,
    unit: Option<String>,
    due: Option<String>,
    agreed: Option<String>,
    pub(super) link: String,
}

pub(super) fn event(
    event: &Event,
    directory: &Directory,
    language: Language,
    by: ShownBy<'_>,
) -> ShownEvent {
    let day = |day| format_day(day, render::spoken(language));
    ShownEvent {
        id: event.callback,
        kind: event.kind,
        reference: callback::reference(event.callback, event.opened_at, by.calendar.zone()),
        unit: event.unit.and_then(|id| directory.unit(id)).map(|unit| unit.name.clone()),
        due: event.due_on.map(day),
        agreed: event.agreed_on.map(day),
        link: format!("{}/callbacks/{}", by.public_url, event.callback),
    }
}
