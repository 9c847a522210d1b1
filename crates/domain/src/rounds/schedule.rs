//! When rounds go out: on working days, inside the send window, the newest one only (R24).

use super::RoundKind;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use workalendar::WorkCalendar;

/// Local times of the rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    pub digest: NaiveTime,
    pub digest_until: NaiveTime,
    pub manager_list: NaiveTime,
    pub manager_list_until: NaiveTime,
}

/// One round of one day. With the recipient it is unique.
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

impl Schedule {
    /// The round of this kind whose time has come and not passed. After downtime that is the newest one, or none.
    pub fn current(
        &self,
        kind: RoundKind,
        now: DateTime<Utc>,
        calendar: &WorkCalendar,
    ) -> Option<Slot> {
        let slot = self.on(kind, calendar.local_date(now), calendar)?;
        (slot.at <= now && now < slot.expires_at).then_some(slot)
    }

    /// When the next round of any kind begins, after `now`.
    pub fn next_at(&self, now: DateTime<Utc>, calendar: &WorkCalendar) -> Option<DateTime<Utc>> {
        let today = calendar.local_date(now);
        let days = (0..LOOK_AHEAD).filter_map(|n| today.checked_add_days(Days::new(n)));
        days.filter_map(|day| {
            let slots = RoundKind::ALL.into_iter().filter_map(|kind| self.on(kind, day, calendar));
            slots.map(|slot| slot.at).filter(|at| *at > now).min()
        })
        .next()
    }

    fn on(&self, kind: RoundKind, day: NaiveDate, calendar: &WorkCalendar) -> Option<Slot> {
        let (from, until) = match kind {
            RoundKind::Digest => (self.digest, self.digest_until),
            RoundKind::ManagerList => (self.manager_list, self.manager_list_until),
        };
        if !calendar.is_working_day(day) {
            return None;
        }
        let at = calendar.at(day, from).ok()?;
        let expires_at = calendar.at(day, until).ok()?;
        Some(Slot { kind, day, at, expires_at })
    }
}

impl Default for Schedule {
    fn default() -> Self {
        let time = |h, m| NaiveTime::from_hms_opt(h, m, 0).expect("a time of day written here");
        Self {
            digest: time(8, 15),
            digest_until: time(12, 0),
            manager_list: time(8, 30),
            manager_list_until: time(17, 0),
        }
    }
}
