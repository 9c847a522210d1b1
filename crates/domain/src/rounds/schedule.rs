//! When rounds go out: on working days, inside the send window, the newest one only (R24, R25).

use super::RoundKind;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use workalendar::WorkCalendar;

/// Local times of the rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// Mails that wait for no time of their own go out from here on,
    pub window_from: NaiveTime,
    /// and no more from here on.
    pub window_until: NaiveTime,
    /// How long *new* is gathered; none: it is not told, and waits for the digest.
    pub new_every: Option<TimeDelta>,
    pub digest: NaiveTime,
    pub digest_until: NaiveTime,
    pub nudge: NaiveTime,
    pub nudge_until: NaiveTime,
    pub manager_list: NaiveTime,
    pub manager_list_until: NaiveTime,
}

/// One round of one moment. With the recipient it is unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    pub kind: RoundKind,
    /// The local day.
    pub day: NaiveDate,
    /// When its time came.
    pub at: DateTime<Utc>,
    /// From then on the next round says it better.
    pub expires_at: DateTime<Utc>,
}

/// How far ahead the next round is looked for; no row of days off is longer.
const LOOK_AHEAD: u64 = 60;
/// So long before the digest nothing *new* is told: the digest tells it (R25).
const BEFORE_DIGEST: TimeDelta = TimeDelta::minutes(30);

impl Schedule {
    /// The round of this kind whose time has come and not passed. After downtime that is the newest one, or none.
    pub fn current(
        &self,
        kind: RoundKind,
        now: DateTime<Utc>,
        calendar: &WorkCalendar,
    ) -> Option<Slot> {
        let slots = self.on(kind, calendar.local_date(now), calendar);
        let newest = slots.into_iter().take_while(|slot| slot.at <= now).last();
        newest.filter(|slot| now < slot.expires_at)
    }

    /// When the next round begins, after `now`. Those of *new* only count when there is news.
    pub fn next_at(
        &self,
        now: DateTime<Utc>,
        has_news: bool,
        calendar: &WorkCalendar,
    ) -> Option<DateTime<Utc>> {
        let kinds = RoundKind::ALL.into_iter().filter(|kind| match kind {
            RoundKind::Digest
            | RoundKind::Nudge
            | RoundKind::ManagerList
            | RoundKind::Silence
            | RoundKind::Faults => true,
            RoundKind::New => has_news,
            RoundKind::Alarm | RoundKind::Test => false,
        });
        kinds.filter_map(|kind| self.next_of(kind, now, calendar)).min()
    }

    fn next_of(
        &self,
        kind: RoundKind,
        now: DateTime<Utc>,
        calendar: &WorkCalendar,
    ) -> Option<DateTime<Utc>> {
        let today = calendar.local_date(now);
        let days = (0..LOOK_AHEAD).filter_map(|n| today.checked_add_days(Days::new(n)));
        let slots = days.flat_map(|day| self.on(kind, day, calendar));
        slots.map(|slot| slot.at).find(|at| *at > now)
    }

    /// All rounds of that day, the earliest first; at one moment in the order of [`RoundKind::ALL`].
    pub fn of_day(&self, day: NaiveDate, calendar: &WorkCalendar) -> Vec<Slot> {
        let all = RoundKind::ALL.into_iter().flat_map(|kind| self.on(kind, day, calendar));
        let mut all: Vec<Slot> = all.collect();
        all.sort_by_key(|slot| slot.at);
        all
    }

    /// The rounds of this kind on that day, the earliest first.
    fn on(&self, kind: RoundKind, day: NaiveDate, calendar: &WorkCalendar) -> Vec<Slot> {
        let (times, until) = match kind {
            RoundKind::New => (self.times_of_new(), self.window_until),
            RoundKind::Digest => (Vec::from([self.digest]), self.digest_until),
            RoundKind::Nudge => (Vec::from([self.nudge]), self.nudge_until),
            RoundKind::ManagerList => (Vec::from([self.manager_list]), self.manager_list_until),
            // These wait for no time of day.
            RoundKind::Alarm | RoundKind::Test => return Vec::new(),
            RoundKind::Silence | RoundKind::Faults if !calendar.is_working_day(day) => {
                return Vec::new();
            }
            RoundKind::Silence | RoundKind::Faults => return open_hours(kind, day, calendar),
        };
        if !calendar.is_working_day(day) {
            return Vec::new();
        }
        let Ok(expires_at) = calendar.at(day, until) else { return Vec::new() };
        let times = times.into_iter().filter_map(|time| calendar.at(day, time).ok());
        times.map(|at| Slot { kind, day, at, expires_at }).collect()
    }

    /// Whether what is new so long before a digest is left to it.
    pub(super) fn is_told_by_digest(before: TimeDelta) -> bool {
        (TimeDelta::zero()..=BEFORE_DIGEST).contains(&before)
    }

    fn times_of_new(&self) -> Vec<NaiveTime> {
        let Some(every) = self.new_every.filter(|every| *every > TimeDelta::zero()) else {
            return Vec::new();
        };
        let next = |time: &NaiveTime| {
            let (next, days) = time.overflowing_add_signed(every);
            (days == 0).then_some(next)
        };
        let told_by_digest =
            |time: &NaiveTime| Self::is_told_by_digest(self.digest.signed_duration_since(*time));
        std::iter::successors(Some(self.window_from), next)
            .take_while(|time| *time < self.window_until)
            .filter(|time| !told_by_digest(time))
            .collect()
    }
}

/// Each whole hour of opening that has passed, until closing; looked at for an hour.
fn open_hours(kind: RoundKind, day: NaiveDate, calendar: &WorkCalendar) -> Vec<Slot> {
    let hour = TimeDelta::hours(1);
    let (Ok(opening), Ok(closing)) = (calendar.opening_at(day), calendar.closing_at(day)) else {
        return Vec::new();
    };
    let hours = std::iter::successors(Some(opening + hour), |at| Some(*at + hour));
    let hours = hours.take_while(|at| *at <= closing);
    hours.map(|at| Slot { kind, day, at, expires_at: at + hour }).collect()
}

impl Default for Schedule {
    fn default() -> Self {
        let time = |h, m| NaiveTime::from_hms_opt(h, m, 0).expect("a time of day written here");
        Self {
            window_from: time(8, 0),
            window_until: time(17, 0),
            new_every: Some(TimeDelta::minutes(30)),
            digest: time(8, 15),
            digest_until: time(12, 0),
            nudge: time(13, 0),
            nudge_until: time(16, 0),
            manager_list: time(8, 30),
            manager_list_until: time(17, 0),
        }
    }
}
