//! The directory as it was read last: pages ask for its version, and read it again when that is another one.

use crate::App;
use crate::receivers::Receivers;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendars::UnitCalendars;
use domain::directory::Directory;
use domain::health::Seen;
use std::sync::{Arc, Mutex, PoisonError};
use store::{StoreError, Tx, health, people};
use tokio::sync::OnceCell;

/// A replica of a version that did not count its changes is believed again after so long.
const AT_MOST: TimeDelta = TimeDelta::seconds(60);

/// What was read last. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Known(Arc<Mutex<Option<Read>>>);

#[derive(Debug, Clone)]
struct Read {
    version: u64,
    day: NaiveDate,
    at: DateTime<Utc>,
    known: Today,
}

/// The directory on a day, and what follows from it.
#[derive(Debug, Clone)]
pub(crate) struct Today {
    pub(crate) directory: Arc<Directory>,
    pub(crate) units: Arc<UnitCalendars>,
    pub(crate) receivers: Receivers,
    pub(crate) practice: Practice,
}

/// How the directory does in practice, as [`health::seen`] found it for who asked first since the directory was read; so long
/// after it nobody is told anything else. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Practice(Arc<OnceCell<Seen>>);

impl Practice {
    /// What was seen.
    pub(crate) async fn seen(
        &self,
        tx: &Tx,
        directory: &Directory,
        app: &App,
        now: DateTime<Utc>,
    ) -> Result<&Seen, StoreError> {
        self.0.get_or_try_init(|| health::seen(tx, directory, &app.policy, now)).await
    }
}

impl Known {
    /// Everybody and every line on this local day, at this version or a later one, and the units' calendars.
    pub(crate) async fn today(
        &self,
        app: &App,
        version: u64,
        (day, now): (NaiveDate, DateTime<Utc>),
    ) -> Result<Today, StoreError> {
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_fresh = |read: &Read| {
            let age = now - read.at;
            read.version == version && read.day == day && age >= TimeDelta::zero() && age <= AT_MOST
        };
        if let Some(read) = last.filter(is_fresh) {
            return Ok(read.known);
        }
        let tx = app.store.read().await?;
        let directory = Arc::new(people::directory(&tx, day).await?);
        tx.commit().await?;
        let units = Arc::new(app.closed_days.of_units(&directory, &app.calendar));
        let (receivers, practice) = (Receivers::default(), Practice::default());
        let known = Today { directory, units, receivers, practice };
        let read = Read { version, day, at: now, known: known.clone() };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(read);
        Ok(known)
    }
}
