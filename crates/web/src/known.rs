//! The directory as it was read last: pages ask for its version, and read it again when that is another one.

use crate::App;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::calendars::UnitCalendars;
use domain::directory::Directory;
use std::sync::{Arc, Mutex, PoisonError};
use store::{StoreError, Tx, people};

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
    directory: Arc<Directory>,
    units: Arc<UnitCalendars>,
}

impl Known {
    /// Everybody and every line on this local day, as this transaction sees them, and the units' calendars.
    pub(crate) async fn directory(
        &self,
        tx: &Tx,
        app: &App,
        (day, now): (NaiveDate, DateTime<Utc>),
    ) -> Result<(Arc<Directory>, Arc<UnitCalendars>), StoreError> {
        let version = people::version(tx).await?;
        let last = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let is_fresh = |read: &Read| {
            let age = now - read.at;
            read.version == version && read.day == day && age >= TimeDelta::zero() && age <= AT_MOST
        };
        if let Some(read) = last.filter(is_fresh) {
            return Ok((read.directory, read.units));
        }
        let directory = Arc::new(people::directory(tx, day).await?);
        let units = Arc::new(app.closed_days.of_units(&directory, &app.calendar));
        let read = Read { version, day, at: now, directory, units };
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(read.clone());
        Ok((read.directory, read.units))
    }
}
