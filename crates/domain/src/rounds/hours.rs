//! When one person wants mails: inside bounds in which digest and nudge still come in time (R24, R25).

use super::{Recipient, RoundKind, Schedule, Slot};
use crate::directory::{Directory, Responsible};
use crate::preferences::Preferences;
use chrono::{NaiveTime, TimeDelta};
use workalendar::WorkCalendar;

/// So long before it expires a digest may be sent at the latest, and so long after the nudge mails go on at least: time for a
/// mail server to come back.
const TO_TRY: TimeDelta = TimeDelta::hours(1);
/// Times are offered every half hour.
const STEP: TimeDelta = TimeDelta::minutes(30);

impl Schedule {
    /// The times from which somebody may want mails.
    pub fn mails_from(&self) -> Vec<NaiveTime> {
        let next = |time: &NaiveTime| {
            let (next, days) = time.overflowing_add_signed(STEP);
            (days == 0 && next <= self.latest_from()).then_some(next)
        };
        std::iter::successors(Some(self.window_from), next).collect()
    }

    /// The times until which somebody may want mails.
    pub fn mails_until(&self) -> Vec<NaiveTime> {
        let before = |time: &NaiveTime| {
            let (before, days) = time.overflowing_sub_signed(STEP);
            (days == 0 && before >= self.earliest_until()).then_some(before)
        };
        let mut until: Vec<NaiveTime> =
            std::iter::successors(Some(self.window_until), before).collect();
        until.reverse();
        until
    }

    /// The hours of this person, inside the bounds: what was chosen under another configuration holds as far as it can.
    pub fn hours_of(&self, preferences: &Preferences) -> (NaiveTime, NaiveTime) {
        let from = preferences.mails_from.map(|t| t.clamp(self.window_from, self.latest_from()));
        let until = preferences.mails_until;
        let until = until.map(|t| t.clamp(self.earliest_until(), self.window_until));
        (from.unwrap_or(self.window_from), until.unwrap_or(self.window_until))
    }

    /// When this round goes to them, for an employee may want mails at some hours only; none when they are not told it.
    ///
    /// *New* waits for the digest where it is not wanted, and for the next round before their hours and just before their
    /// digest. What managers, officers and administrators are told waits for nobody's hours.
    pub fn of_recipient(
        &self,
        slot: &Slot,
        who: Recipient,
        directory: &Directory,
        calendar: &WorkCalendar,
    ) -> Option<Slot> {
        match who {
            Recipient::Responsible(Responsible::Employee(id)) => {
                self.of_person(slot, &directory.preferences(id), calendar)
            }
            Recipient::Responsible(
                Responsible::UnitMailbox(_) | Responsible::Reception(_) | Responsible::Organisation,
            )
            | Recipient::Officer
            | Recipient::Account { .. } => Some(*slot),
        }
    }

    fn of_person(
        &self,
        slot: &Slot,
        preferences: &Preferences,
        calendar: &WorkCalendar,
    ) -> Option<Slot> {
        let (from, until) = self.hours_of(preferences);
        let at = |time| calendar.at(slot.day, time).ok();
        let (from, until) = (at(from)?, at(until)?);
        match slot.kind {
            RoundKind::ManagerList
            | RoundKind::Alarm
            | RoundKind::Silence
            | RoundKind::Faults
            | RoundKind::Test => Some(*slot),
            RoundKind::Digest | RoundKind::Nudge => Some(Slot {
                at: slot.at.max(from),
                expires_at: slot.expires_at.min(until),
                ..*slot
            }),
            RoundKind::New => {
                let digest = at(self.digest)?.max(from);
                let told_by_digest = Self::is_told_by_digest(digest - slot.at);
                let is_told = preferences.wants_new && (from..until).contains(&slot.at);
                (is_told && !told_by_digest)
                    .then_some(Slot { expires_at: slot.expires_at.min(until), ..*slot })
            }
        }
    }

    /// A digest later than this could expire before a mail server is back; a nudge must come in the hours as well.
    fn latest_from(&self) -> NaiveTime {
        let (latest, days) = self.digest_until.overflowing_sub_signed(TO_TRY);
        let latest = if days == 0 { latest.max(self.digest) } else { self.digest };
        latest.min(self.nudge).max(self.window_from)
    }

    fn earliest_until(&self) -> NaiveTime {
        let (earliest, days) = self.nudge.overflowing_add_signed(TO_TRY);
        let earliest = if days == 0 { earliest } else { self.window_until };
        earliest.max(self.digest_until).min(self.window_until)
    }
}
