//! Settles calls into callbacks, wakes what time is to change, moves what leavers had, plans rounds, reads shared calendars, erases what may go. Every
//! step is a short transaction of its own, and doing it twice, or from two processes at once, changes nothing more.

pub mod calendars;
mod counting;
mod leavers;
mod retention;
mod rounds;
mod settle;
mod wake;

use calendars::Calendars;
use chrono::{DateTime, TimeDelta, Utc};
use clock::{Beat, Clock};
use domain::calendars::{ClosedDays, UnitCalendars};
use domain::channel::Channel;
use domain::policy::Policy;
use domain::retention::Retention;
use domain::rounds::{Offices, Schedule};
use domain::transitions::Rules;
use std::sync::Arc;
use store::sources::Sources;
use store::{Store, StoreError, callbacks, calls, news};
use workalendar::WorkCalendar;

/// So many calls, and so many callbacks, one pass takes on.
const BATCH: u64 = 200;

/// What the scheduler works with. Clones share everything.
#[derive(Debug, Clone)]
pub struct Scheduler {
    pub store: Store,
    pub clock: Clock,
    pub policy: Arc<Policy>,
    pub calendar: Arc<WorkCalendar>,
    /// Days on which only some units are closed.
    pub closed_days: Arc<ClosedDays>,
    pub sources: Sources,
    pub schedule: Schedule,
    /// What is erased at night.
    pub retention: Arc<Retention>,
    /// Shared calendars that say who is away.
    pub calendars: Calendars,
    /// Channels besides mail: some are told rounds as well.
    pub channels: Arc<[Channel]>,
    /// Who reads one address is told once.
    pub offices: Arc<Offices>,
    /// When a pass last came to its end.
    pub passed: Beat,
}

/// What a pass did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Passed {
    pub settled: u64,
    pub woken: u64,
    /// Callbacks of those who have left, which are their units' now.
    pub moved: u64,
    /// Rounds that were planned; the notifier takes them from there.
    pub planned: u64,
    /// What was erased because its time is over.
    pub erased: u64,
}

impl Passed {
    /// Whether there was nothing to do.
    pub fn is_quiet(&self) -> bool {
        *self == Self::default()
    }
}

impl Scheduler {
    /// Does what is to be done by now: settles calls, wakes callbacks, moves what leavers had, plans rounds, erases at night what may go.
    ///
    /// # Errors
    /// [`StoreError`]; what was done before it stays done, the rest is done at the next pass.
    pub async fn pass(&self) -> Result<Passed, StoreError> {
        let settled = self.settle_some().await?;
        let woken = self.wake_some().await?;
        let moved = self.move_some().await?;
        // A round says what is so now: what was heard before comes first.
        let caught_up = [settled, woken, moved].into_iter().all(|done| done < BATCH);
        let planned = if caught_up { self.plan_rounds().await? } else { 0 };
        // A call that is not judged yet may still need what would be erased.
        let erased = if settled == 0 && woken == 0 { self.retain_some().await? } else { 0 };
        self.passed.strike(self.clock.now());
        Ok(Passed { settled, woken, moved, planned, erased })
    }

    /// When there is something to be done next, as far as is known now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn next_at(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        let tx = self.store.read().await?;
        let settle_at = calls::next_settle_at(&tx).await?;
        let wake_at = callbacks::next_wake_at(&tx).await?;
        let leaving_at = self.next_leaving_at(&tx).await?;
        let has_news = news::is_any(&tx).await?;
        let calendar_at = self.next_calendar_at(&tx).await?;
        tx.commit().await?;
        let round_at = self.schedule.next_at(self.clock.now(), has_news, &self.calendar);
        let night = domain::retention::next_at(self.clock.now(), &self.calendar);
        let times = [settle_at, wake_at, leaving_at, round_at, night, calendar_at];
        Ok(times.into_iter().flatten().min())
    }

    fn rules<'a>(&'a self, units: &'a UnitCalendars) -> Rules<'a> {
        Rules { policy: &self.policy, calendar: &self.calendar, units }
    }
}

/// One thing that cannot be done must not hold up the others: it is looked at again after this time.
const LATER: TimeDelta = TimeDelta::hours(1);

/// What came of trying one thing.
enum Tried {
    Done(bool),
    /// It cannot be done as it is, and that is not storage's fault altogether.
    Later,
}

/// Somebody else was there first: the next pass looks again. A row that cannot be read is put off. Anything else is an error.
fn tried(
    result: Result<bool, StoreError>,
    what: &dyn std::fmt::Display,
) -> Result<Tried, StoreError> {
    match result {
        Ok(done) => Ok(Tried::Done(done)),
        Err(StoreError::Stale) => Ok(Tried::Done(false)),
        Err(error) if error.is_for_all() => Err(error),
        Err(error) => {
            let error = &error as &dyn std::error::Error;
            tracing::error!(error, %what, "this is put off for an hour; the others go on");
            Ok(Tried::Later)
        }
    }
}
