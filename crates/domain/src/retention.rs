//! What may be erased, and when: from dates and settings alone (R35). What needs a disposal decision stays without one.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveTime, Utc};
use workalendar::WorkCalendar;

/// Requests that were emptied when they were read are still counted for so long.
const EMPTIED_DAYS: u32 = 14;

/// An absence that ended so many days ago still says who answered then: for posts that come late, and for the first morning
/// back after a long row of days off.
pub const ABSENCE_DAYS: u64 = 60;

/// The settings; defaults are those of the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retention {
    /// Days that requests of PBXs are kept; 0: until they are read.
    pub raw_days: u32,
    /// Days until a number is erased that touched no callback.
    pub call_days: u32,
    /// Days that the bodies of mails are kept.
    pub mail_days: u32,
    /// Months after the end of a callback until its number and texts are erased.
    pub number_months: u32,
    /// Months that calls, and the hashes by which repeats of them are known, are kept.
    pub call_months: u32,
    /// Months that the read log is kept.
    pub read_log_months: u32,
    /// Months after their end until callbacks and their journals are erased, where a decision says so.
    pub callback_months: u32,
    /// Names the recorded disposal decision. None: callbacks and journals stay.
    pub decision: Option<String>,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            raw_days: 14,
            call_days: 8,
            mail_days: 30,
            number_months: 3,
            call_months: 24,
            read_log_months: 24,
            callback_months: 24,
            decision: None,
        }
    }
}

/// What is erased, each by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    RawRequests,
    /// Of callers who never had a callback.
    NumbersOfCalls,
    /// Of callers whose callbacks all ended.
    Numbers,
    Texts,
    MailBodies,
    /// Who opened which caller's details (R36).
    ReadLog,
    /// With their facts and hashes.
    Calls,
    /// Over or taken back, with the calls that came in meanwhile.
    Absences,
    /// With their journals; only by a decision.
    Callbacks,
    /// By hand, for one caller.
    Forgotten,
}

impl Kind {
    /// What the nightly chore goes through. Callbacks come last: what hangs on them is judged while they are there.
    pub const NIGHTLY: [Self; 9] = [
        Self::RawRequests,
        Self::NumbersOfCalls,
        Self::Numbers,
        Self::Texts,
        Self::MailBodies,
        Self::ReadLog,
        Self::Calls,
        Self::Absences,
        Self::Callbacks,
    ];

    /// As the protocol calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::RawRequests => "raw_requests",
            Self::NumbersOfCalls => "numbers_of_calls",
            Self::Numbers => "numbers",
            Self::Texts => "texts",
            Self::MailBodies => "mail_bodies",
            Self::ReadLog => "read_log",
            Self::Calls => "calls",
            Self::Absences => "absences",
            Self::Callbacks => "callbacks",
            Self::Forgotten => "forgotten",
        }
    }
}

/// Before these moments things may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub raw: DateTime<Utc>,
    pub numbers_of_calls: DateTime<Utc>,
    pub mails: DateTime<Utc>,
    /// What ended before this.
    pub ended: DateTime<Utc>,
    pub read_log: DateTime<Utc>,
    pub calls: DateTime<Utc>,
    /// What ended before this local day.
    pub absences: NaiveDate,
    /// None without a decision.
    pub callbacks: Option<DateTime<Utc>>,
}

impl Retention {
    /// The limits of that local day: whole days and months, so that nothing goes an hour early.
    pub fn limits(&self, day: NaiveDate, calendar: &WorkCalendar) -> Limits {
        let begin = |day: Option<NaiveDate>| {
            day.and_then(|day| calendar.at(day, NaiveTime::MIN).ok())
                .unwrap_or(DateTime::<Utc>::MIN_UTC)
        };
        let days = |n: u32| begin(day.checked_sub_days(Days::new(u64::from(n))));
        let months = |n: u32| begin(day.checked_sub_months(Months::new(n)));
        Limits {
            raw: days(if self.raw_days == 0 { EMPTIED_DAYS } else { self.raw_days }),
            numbers_of_calls: days(self.call_days),
            mails: days(self.mail_days),
            ended: months(self.number_months),
            read_log: months(self.read_log_months),
            calls: months(self.call_months),
            absences: day.checked_sub_days(Days::new(ABSENCE_DAYS)).unwrap_or(NaiveDate::MIN),
            callbacks: self.decision.as_ref().map(|_| months(self.callback_months)),
        }
    }

    /// Under which setting, or which decision, this is erased.
    pub fn decision_of(&self, kind: Kind) -> String {
        match kind {
            Kind::RawRequests => format!("retention.raw_days = {}", self.raw_days),
            Kind::NumbersOfCalls => format!("retention.call_days = {}", self.call_days),
            Kind::Numbers | Kind::Texts => {
                format!("retention.number_months = {}", self.number_months)
            }
            Kind::MailBodies => format!("retention.mail_days = {}", self.mail_days),
            Kind::ReadLog => format!("retention.read_log_months = {}", self.read_log_months),
            Kind::Calls => format!("retention.call_months = {}", self.call_months),
            Kind::Absences => format!("{ABSENCE_DAYS} days after their end"),
            Kind::Callbacks => self.decision.clone().unwrap_or_default(),
            Kind::Forgotten => "aterkom forget".to_owned(),
        }
    }
}

/// An hour at which hardly anybody rings, and that every night has once, also when the clocks change.
fn night(day: NaiveDate, calendar: &WorkCalendar) -> Option<DateTime<Utc>> {
    calendar.at(day, NaiveTime::from_hms_opt(1, 30, 0)?).ok()
}

/// The day whose night is to be made up for; `done` is the last one that was. After downtime the newest only.
pub fn due(
    now: DateTime<Utc>,
    done: Option<NaiveDate>,
    calendar: &WorkCalendar,
) -> Option<NaiveDate> {
    let today = calendar.local_date(now);
    let begun = night(today, calendar).is_some_and(|at| at <= now);
    let day = if begun { today } else { today.pred_opt()? };
    done.is_none_or(|done| done < day).then_some(day)
}

/// When the next night is, after `now`.
pub fn next_at(now: DateTime<Utc>, calendar: &WorkCalendar) -> Option<DateTime<Utc>> {
    let today = calendar.local_date(now);
    [Some(today), today.succ_opt()]
        .into_iter()
        .flatten()
        .filter_map(|day| night(day, calendar))
        .find(|at| *at > now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    // R35
    #[test]
    fn limits_are_whole_local_days_and_months() {
        let limits = Retention::default().limits(date("2026-11-28"), &WorkCalendar::sweden());
        assert_eq!(limits.raw, at("2026-11-13T23:00:00Z"));
        assert_eq!(limits.numbers_of_calls, at("2026-11-19T23:00:00Z"));
        assert_eq!(limits.mails, at("2026-10-28T23:00:00Z"));
        assert_eq!(limits.ended, at("2026-08-27T22:00:00Z"), "in summer time");
        assert_eq!(limits.absences, date("2026-09-29"));
        assert_eq!(limits.calls, at("2024-11-27T23:00:00Z"));
        assert_eq!(limits.read_log, at("2024-11-27T23:00:00Z"));
    }

    // R35: the bare callback and its journal only by a recorded disposal decision.
    #[test]
    fn callbacks_stay_without_a_decision() {
        let (day, calendar) = (date("2026-11-28"), WorkCalendar::sweden());
        assert_eq!(Retention::default().limits(day, &calendar).callbacks, None);
        let decision = Some("KS 2026/12 § 7".to_owned());
        let decided = Retention { decision, ..Retention::default() };
        assert_eq!(decided.limits(day, &calendar).callbacks, Some(at("2024-11-27T23:00:00Z")));
        assert_eq!(decided.decision_of(Kind::Callbacks), "KS 2026/12 § 7");
    }

    // R34: emptied when read; that it came is still counted.
    #[test]
    fn requests_that_are_emptied_when_read_are_counted_for_two_weeks() {
        let now = Retention { raw_days: 0, ..Retention::default() };
        let (day, calendar) = (date("2026-11-28"), WorkCalendar::sweden());
        assert_eq!(now.limits(day, &calendar), Retention::default().limits(day, &calendar));
    }

    #[test]
    fn every_night_has_its_chore_once_also_when_the_clocks_change() {
        let calendar = WorkCalendar::sweden();
        let mut now = at("2026-01-01T12:00:00Z");
        let mut nights = 0;
        while let Some(next) = next_at(now, &calendar)
            .filter(|at| *at < "2027-01-01T12:00:00Z".parse::<DateTime<Utc>>().unwrap())
        {
            let day = due(next, Some(calendar.local_date(now).max(date("2026-01-01"))), &calendar);
            assert_eq!(day, Some(calendar.local_date(next)));
            (now, nights) = (next, nights + 1);
        }
        assert_eq!(nights, 365);
    }

    #[test]
    fn a_night_that_was_slept_through_is_made_up_for_once() {
        let (calendar, now) = (WorkCalendar::sweden(), at("2026-11-28T09:00:00Z"));
        assert_eq!(due(now, None, &calendar), Some(date("2026-11-28")));
        assert_eq!(due(now, Some(date("2026-11-20")), &calendar), Some(date("2026-11-28")));
        assert_eq!(due(now, Some(date("2026-11-28")), &calendar), None);
        let before = at("2026-11-28T00:00:00Z");
        assert_eq!(due(before, Some(date("2026-11-27")), &calendar), None);
    }
}
