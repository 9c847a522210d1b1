//! Shared calendars that say who is away (R17): each is read from time to time, by one of all processes, and what it says
//! replaces what it said before. One that cannot be read stays as it was.
//!
//! Why somebody is away may stand in a calendar; it is stored nowhere, and in no log.

mod content;
mod events;
mod fetch;
mod repeats;
#[cfg(test)]
mod tests;
mod times;
mod whose;
mod zones;

pub use fetch::{FetchError, Fetcher};

use crate::Scheduler;
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::absences::{Origin, reconcile};
use domain::directory::{Absence, Directory, FARTHEST_ABSENCE};
use fetch::Fetched;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::calendars::{self, Leased, Outcome, Seen};
use store::{StoreError, absences, people};
use workalendar::WorkCalendar;

/// Longer than reading one takes; after that it is anybody's again.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// The longest pause that one can configure.
const LONGEST_PAUSE: TimeDelta = TimeDelta::days(1);

/// The shared calendars, and how they are read.
#[derive(Debug, Clone)]
pub struct Calendars {
    pub shared: Arc<[SharedCalendar]>,
    /// The pause between two readings.
    pub every: TimeDelta,
    pub fetcher: Fetcher,
}

/// One shared calendar.
#[derive(Debug, Clone)]
pub struct SharedCalendar {
    pub name: String,
    /// As good as a password.
    pub url: SecretString,
    pub about: About,
    /// What is only a part of a day is nobody's absence.
    pub all_day_only: bool,
}

/// Whom a calendar is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The employee with this address: what says that they are out of office.
    Employee(String),
    /// Many: whatever stands in it, of whoever it names.
    Team,
}

/// What a calendar says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub absences: Vec<Absence>,
    /// Events that could not be understood.
    pub skipped: usize,
}

/// Why a calendar could not be read. Worded for the administrator; says neither its address nor what stands in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error(transparent)]
    Fetch(#[from] FetchError),
    #[error("{0}")]
    Unreadable(String),
    #[error("no employee has the address that is written as its `employee`; see the people file")]
    NobodyOfUs,
    #[error("reading it broke down: please report this")]
    Broke,
}

impl SharedCalendar {
    /// Changes with everything by which it is read: what was seen under another one does not count.
    fn fingerprint(&self) -> String {
        let how = format!("{:?} {} {}", self.about, self.all_day_only, self.url.expose_secret());
        Sha256::digest(how.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl Calendars {
    /// Reads one of them, without writing anything.
    ///
    /// # Errors
    /// [`CalendarError`].
    pub async fn look(
        &self,
        shared: &SharedCalendar,
        calendar: &Arc<WorkCalendar>,
        directory: &Directory,
        today: NaiveDate,
    ) -> Result<Stated, CalendarError> {
        match self.fetcher.fetch(shared.url.expose_secret(), None).await? {
            Fetched::Unchanged => Err(CalendarError::Broke),
            Fetched::Calendar { bytes, .. } => {
                state(shared, bytes, calendar, (directory, today)).await
            }
        }
    }
}

/// What a file says on this local day. The work of it is done beside the others: a file may be made to keep one busy.
async fn state(
    shared: &SharedCalendar,
    bytes: Vec<u8>,
    calendar: &Arc<WorkCalendar>,
    (directory, today): (&Directory, NaiveDate),
) -> Result<Stated, CalendarError> {
    if let About::Employee(address) = &shared.about
        && directory.employee_at(address).is_none()
    {
        return Err(CalendarError::NobodyOfUs);
    }
    let reading = events::Reading {
        calendar: calendar.clone(),
        window: events::window(today),
        all_day_only: shared.all_day_only,
        of_a_team: shared.about == About::Team,
    };
    let read = tokio::task::spawn_blocking(move || events::read(&bytes, &reading));
    let read = read.await.map_err(|_| CalendarError::Broke)?;
    let read = read.map_err(|error| CalendarError::Unreadable(error.to_string()))?;
    let farthest = today.checked_add_days(Days::new(u64::from(FARTHEST_ABSENCE)));
    let mut stated = whose::absences(&read.away, &shared.about, directory);
    stated.retain(|a| a.to >= today && farthest.is_none_or(|farthest| a.from <= farthest));
    Ok(Stated { absences: stated, skipped: read.skipped })
}

impl Scheduler {
    /// Reads the shared calendars that are due; says how many.
    ///
    /// # Errors
    /// [`StoreError`]; a calendar that cannot be read is no error, but noted with it.
    pub async fn read_calendars(&self) -> Result<u64, StoreError> {
        let names = self.calendar_names();
        self.keep_in_step(&names).await?;
        let mut read = 0;
        while let Some(leased) = self.lease_calendar(&names).await? {
            let Some(shared) = self.calendars.shared.iter().find(|s| s.name == leased.name) else {
                continue;
            };
            match self.read_calendar(shared, &leased).await {
                // Somebody else has taken it on, because this took too long.
                Ok(()) | Err(StoreError::Stale) => {}
                Err(error) => return Err(error),
            }
            read += 1;
        }
        Ok(read)
    }

    pub(crate) async fn next_calendar_at(
        &self,
        tx: &store::Tx,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let names = self.calendar_names();
        if names.is_empty() { Ok(None) } else { calendars::next_at(tx, &names).await }
    }

    fn calendar_names(&self) -> Vec<String> {
        self.calendars.shared.iter().map(|shared| shared.name.clone()).collect()
    }

    /// New ones are read at once; of those that are configured no longer, nothing is believed any more.
    async fn keep_in_step(&self, names: &[String]) -> Result<(), StoreError> {
        let tx = self.store.read().await?;
        let known = calendars::list(&tx).await?;
        tx.commit().await?;
        let is_new = |name: &&String| !known.iter().any(|status| status.name == **name);
        let new: Vec<&String> = names.iter().filter(is_new).collect();
        let gone: Vec<&str> = known
            .iter()
            .map(|s| s.name.as_str())
            .filter(|n| !names.iter().any(|m| m == n))
            .collect();
        if new.is_empty() && gone.is_empty() {
            return Ok(());
        }
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        for name in new {
            calendars::keep(&tx, name, now).await?;
        }
        for name in gone {
            self.write_absences(&tx, name, &[], now).await?;
            calendars::remove(&tx, name).await?;
        }
        tx.commit().await
    }

    async fn lease_calendar(&self, names: &[String]) -> Result<Option<Leased>, StoreError> {
        if names.is_empty() {
            return Ok(None);
        }
        let tx = self.store.begin().await?;
        let leased = calendars::lease(&tx, names, self.clock.now(), (LEASE, LONGEST_PAUSE)).await?;
        tx.commit().await?;
        Ok(leased)
    }

    async fn read_calendar(
        &self,
        shared: &SharedCalendar,
        leased: &Leased,
    ) -> Result<(), StoreError> {
        let now = self.clock.now();
        let today = self.calendar.local_date(now);
        let fingerprint = shared.fingerprint();
        // Once a day it is read whole: the window moves, and people come and go.
        let seen = leased.seen.as_ref().filter(|seen| {
            seen.fingerprint == fingerprint && self.calendar.local_date(seen.at) == today
        });
        let fetched = self.calendars.fetcher.fetch(shared.url.expose_secret(), seen).await;
        let tx = self.store.read().await?;
        let directory = people::directory(&tx, today).await?;
        tx.commit().await?;
        let (outcome, absences) = match fetched {
            Ok(Fetched::Unchanged) => (Outcome::Unchanged, None),
            Ok(Fetched::Calendar { bytes, etag, last_modified }) => {
                match state(shared, bytes, &self.calendar, (&directory, today)).await {
                    Ok(Stated { absences, skipped }) => {
                        let seen = Seen { at: now, fingerprint, etag, last_modified };
                        let n = absences.len();
                        (Outcome::Read { seen, absences: n, skipped }, Some(absences))
                    }
                    Err(error) => (Outcome::Failed { error: error.to_string() }, None),
                }
            }
            Err(error) => (Outcome::Failed { error: error.to_string() }, None),
        };
        if let Outcome::Failed { error } = &outcome {
            tracing::warn!(calendar = shared.name, error, "a shared calendar could not be read");
        }
        let next_at = now + self.calendars.every;
        let tx = self.store.begin().await?;
        calendars::settle(&tx, leased, &outcome, (now, next_at)).await?;
        if let Some(absences) = absences {
            self.write_absences(&tx, &shared.name, &absences, now).await?;
        }
        tx.commit().await
    }

    async fn write_absences(
        &self,
        tx: &store::Tx,
        name: &str,
        stated: &[Absence],
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let today = self.calendar.local_date(now);
        let origin = Origin::Calendar(name.to_owned());
        let known = absences::list_of(tx, &origin, today).await?;
        let changes = reconcile(stated, &known, today);
        absences::apply(tx, &changes, &origin, now, &mut || self.clock.new_id()).await
    }
}
