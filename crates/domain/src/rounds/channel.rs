//! What a channel is told of its units when a round goes out: counts, and the callbacks they are made of.

use super::climbing::is_first_of_week;
use super::{Digest, RoundKind, Row, Standing, digest, new, nudge};
use crate::callback::Callback;
use crate::directory::Directory;
use chrono::{DateTime, NaiveDate, Utc};
use workalendar::WorkCalendar;

/// One round of the units of a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelNotice {
    pub kind: RoundKind,
    pub day: NaiveDate,
    /// The last day has ended without an attempt.
    pub late: usize,
    /// Due today, and nobody has tried.
    pub today: usize,
    /// The day that was agreed with the caller has ended.
    pub broken_agreed: usize,
    /// The soonest first.
    pub rows: Vec<Row>,
}

/// The notice of these open callbacks; none when there is nothing to say, but of managers' lists one on the first working
/// day of a week: silence must not be mistaken for health (R25, R26). `since`: what opened later is new.
pub fn channel_notice(
    kind: RoundKind,
    open: &[Callback],
    since: DateTime<Utc>,
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> Option<ChannelNotice> {
    let digest = match kind {
        RoundKind::New => {
            let lately: Vec<Callback> =
                open.iter().filter(|c| c.opened_at > since).cloned().collect();
            new(&lately, today, calendar, directory)
        }
        RoundKind::Digest => digest(open, today, calendar, directory),
        RoundKind::Nudge => nudge(open, today, calendar, directory),
        RoundKind::ManagerList => listed(open, today, calendar, directory),
        RoundKind::Alarm | RoundKind::Silence | RoundKind::Faults | RoundKind::Test => None,
    };
    let rows = digest?.rows;
    let count = |is: fn(Standing) -> bool| rows.iter().filter(|row| is(row.standing)).count();
    Some(ChannelNotice {
        kind,
        day: today,
        late: count(|s| matches!(s, Standing::Late { .. })),
        today: count(|s| s == Standing::DueToday),
        broken_agreed: count(|s| matches!(s, Standing::AgreedDayBroken { .. })),
        rows,
    })
}

fn listed(
    open: &[Callback],
    today: NaiveDate,
    calendar: &WorkCalendar,
    directory: &Directory,
) -> Option<Digest> {
    let mut list = digest(open, today, calendar, directory).unwrap_or_else(|| Digest::empty(today));
    list.rows.retain(|row| match row.standing {
        Standing::Late { .. } | Standing::DueToday | Standing::AgreedDayBroken { .. } => true,
        Standing::DueLater | Standing::Tried | Standing::NoDeadline | Standing::Agreed { .. } => {
            false
        }
    });
    (!list.rows.is_empty() || is_first_of_week(today, calendar)).then_some(list)
}
