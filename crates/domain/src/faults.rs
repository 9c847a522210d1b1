//! What somebody who looks after the installation has to see to: a PBX that fell silent against its own habit, posts
//! that came with a wrong clock, posts that could not be read (R37).

use crate::ids::SourceName;
use crate::rounds::RoundKind;
use chrono::{DateTime, Days, DurationRound, NaiveDate, NaiveTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use workalendar::WorkCalendar;

/// How many posts a source sent, by the hour they came in (its beginning).
pub type Hours = BTreeMap<DateTime<Utc>, i64>;

/// So many weeks back a habit is looked for.
pub const WEEKS: u64 = 8;
/// On fewer days like this one there is no habit yet.
const FEWEST_DAYS: usize = 3;
/// Half of those days had as many posts in the hours in question, or the quiet may be chance.
const FEWEST_POSTS: i64 = 5;
const HOUR: TimeDelta = TimeDelta::hours(1);

/// What one source sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// Posts that were taken.
    pub posts: Hours,
    /// Genuine posts that were refused because the time they are signed with is off.
    pub stale: Hours,
}

/// How sources post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posting {
    /// As far back as a habit is looked for.
    pub sent: BTreeMap<SourceName, Sent>,
    /// How many posts wait because they could not be read.
    pub unread: Vec<(SourceName, i64)>,
    /// How many are not read yet.
    pub waiting: Vec<(SourceName, i64)>,
}

impl Posting {
    /// What there is to see to now. A source that is not among `live` any more is silent by right.
    pub fn faults(
        self,
        live: &[SourceName],
        now: DateTime<Utc>,
        calendar: &WorkCalendar,
    ) -> Faults {
        let day = calendar.local_date(now);
        let midnight = calendar.at(day, NaiveTime::MIN).unwrap_or(now);
        let (mut silent, mut stale) = (Vec::new(), Vec::new());
        for (source, sent) in self.sent.iter().filter(|(source, _)| live.contains(source)) {
            if let Some(since) = silent_since(&sent.posts, now, calendar) {
                silent.push((source.clone(), since));
            }
            let refused: i64 = sent.stale.range(midnight..).map(|(_, posts)| posts).sum();
            if refused > 0 {
                stale.push((source.clone(), refused));
            }
        }
        Faults { day, silent, stale, unread: self.unread }
    }
}

/// What there is to see to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    pub day: NaiveDate,
    /// Sources that fell silent, and the end of the hour in which they were last heard.
    pub silent: Vec<(SourceName, DateTime<Utc>)>,
    /// How many genuine posts were refused since midnight because the time they are signed with is off.
    pub stale: Vec<(SourceName, i64)>,
    /// How many posts wait because they could not be read.
    pub unread: Vec<(SourceName, i64)>,
}

impl Faults {
    /// What of it a mail of this kind tells; `None` for nothing.
    pub fn told_as(mut self, kind: RoundKind) -> Option<Self> {
        match kind {
            RoundKind::Silence => (self.stale, self.unread) = (Vec::new(), Vec::new()),
            RoundKind::Faults => self.silent = Vec::new(),
            RoundKind::New
            | RoundKind::Digest
            | RoundKind::Nudge
            | RoundKind::ManagerList
            | RoundKind::Alarm
            | RoundKind::Test => return None,
        }
        let is_nothing = self.silent.is_empty() && self.stale.is_empty() && self.unread.is_empty();
        (!is_nothing).then_some(self)
    }
}

/// Since when a source is silent against its own habit; `None` while it is as usual, has no habit yet, or the office is
/// closed.
///
/// Compared are the whole hours that are quiet now, within the opening hours of today, with the same hours of the same
/// weekday in the [`WEEKS`] before, as far as those were working days. `hours` reaches as far back.
pub fn silent_since(
    hours: &Hours,
    now: DateTime<Utc>,
    calendar: &WorkCalendar,
) -> Option<DateTime<Utc>> {
    let today = calendar.local_date(now);
    if !calendar.is_working_day(today) {
        return None;
    }
    let heard = hours.iter().rev().find(|(_, posts)| **posts > 0);
    let heard_until = *heard?.0 + HOUR;
    let opening = calendar.opening_at(today).ok()?;
    let begin = heard_until.max(opening).duration_round_up(HOUR).ok()?;
    let end = calendar.closing_at(today).ok()?.min(now).duration_trunc(HOUR).ok()?;
    if end - begin < HOUR {
        return None;
    }
    let mut like_today: Vec<i64> = (1..=WEEKS)
        .filter_map(|weeks| posts_then(hours, (begin, end), weeks, today, calendar))
        .collect();
    like_today.sort_unstable();
    let median = *like_today.get(like_today.len().checked_sub(1)? / 2)?;
    (like_today.len() >= FEWEST_DAYS && median >= FEWEST_POSTS).then_some(heard_until)
}

/// The posts between the same two hours so many weeks before; none where that was no working day, or was before the
/// source was first heard.
fn posts_then(
    hours: &Hours,
    (begin, end): (DateTime<Utc>, DateTime<Utc>),
    weeks: u64,
    today: NaiveDate,
    calendar: &WorkCalendar,
) -> Option<i64> {
    let day = today.checked_sub_days(Days::new(7 * weeks))?;
    if !calendar.is_working_day(day) {
        return None;
    }
    let then = |at: DateTime<Utc>| calendar.at(day, at.with_timezone(&calendar.zone()).time()).ok();
    let (begin, end) = (then(begin)?, then(end)?);
    let (first, _) = hours.first_key_value()?;
    (*first <= begin).then(|| hours.range(begin..end).map(|(_, posts)| posts).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{CALENDAR, at, date};

    /// Ten posts an hour from 8 to 17 on the working days of the weeks before Tuesday 24 November 2026.
    fn weeks(weeks: u64) -> Hours {
        let today = date("2026-11-24");
        let days = (1..=7 * weeks).filter_map(|n| today.checked_sub_days(Days::new(n)));
        let days = days.filter(|day| CALENDAR.is_working_day(*day));
        let hours = days.flat_map(|day| (8..17).map(move |hour| at(&format!("{day} {hour}:00"))));
        hours.map(|hour| (hour, 10)).collect()
    }

    fn silent(hours: &Hours, now: &str) -> Option<DateTime<Utc>> {
        silent_since(hours, at(now), &CALENDAR)
    }

    // R37
    #[test]
    fn a_source_that_always_posts_and_does_not_is_silent_after_a_whole_hour() {
        let mut hours = weeks(8);
        assert_eq!(silent(&hours, "2026-11-24 08:59"), None);
        assert_eq!(silent(&hours, "2026-11-24 09:00"), Some(at("2026-11-23 17:00")));
        hours.insert(at("2026-11-24 09:00"), 1);
        assert_eq!(silent(&hours, "2026-11-24 10:59"), None, "it may still be as usual");
        assert_eq!(silent(&hours, "2026-11-24 11:00"), Some(at("2026-11-24 10:00")));
        assert_eq!(silent(&hours, "2026-11-24 23:00"), Some(at("2026-11-24 10:00")));
    }

    // R37
    #[test]
    fn nights_weekends_holidays_and_closed_days_are_quiet_by_right() {
        let hours = weeks(8);
        for quiet in ["2026-11-24 07:30", "2026-11-28 12:00", "2026-12-24 12:00"] {
            assert_eq!(silent(&hours, quiet), None, "{quiet}");
        }
        let closed = CALENDAR.clone().with_closed(date("2026-11-24"), "flytt");
        assert_eq!(silent_since(&hours, at("2026-11-24 12:00"), &closed), None);
    }

    // R37
    #[test]
    fn a_source_without_a_habit_is_never_silent() {
        assert_eq!(silent(&Hours::new(), "2026-11-24 12:00"), None, "never heard of");
        assert_eq!(silent(&weeks(2), "2026-11-24 12:00"), None, "too new");
        assert!(silent(&weeks(3), "2026-11-24 12:00").is_some());
        // Few calls: an hour without one is chance, a day is not.
        let rare: Hours = weeks(8).into_keys().map(|hour| (hour, 1)).collect();
        assert_eq!(silent(&rare, "2026-11-24 11:00"), None);
        assert!(silent(&rare, "2026-11-24 15:00").is_some());
        // Tuesdays are its quiet days.
        let mut no_tuesdays = weeks(8);
        no_tuesdays.retain(|hour, _| {
            use chrono::Datelike;
            hour.weekday() != chrono::Weekday::Tue
        });
        assert_eq!(silent(&no_tuesdays, "2026-11-24 15:00"), None);
    }

    // R37: the same hours on the wall clock, whatever the offset was then.
    #[test]
    fn a_habit_survives_the_change_of_the_clock() {
        let mut hours = weeks(8);
        hours.retain(|hour, _| *hour < at("2026-10-20 00:00"));
        let now = "2026-10-27 09:00"; // the first Tuesday of winter time
        assert_eq!(silent(&hours, now), Some(at("2026-10-19 17:00")));
    }

    #[test]
    fn the_ends_of_time_do_not_panic() {
        for now in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
            assert_eq!(silent_since(&weeks(8), now, &CALENDAR), None);
        }
    }
}
