//! What was counted, kept for some minutes: a month of a large organisation is tens of thousands of lines, and a year of them
//! stands on every page of follow-up.

use crate::error::Trouble;
use crate::visit::Visit;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::follow_up::{Month, Period};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError};
use store::reports::{self, Reported};
use tokio::sync::Mutex;

/// So long the figures of a month that goes on, or has just ended, are shown without counting again.
const LASTS: TimeDelta = TimeDelta::minutes(5);
/// And those of months in which little happens any more.
const OLD_LASTS: TimeDelta = TimeDelta::hours(1);
/// A month is old, so long after its end.
const OLD: TimeDelta = TimeDelta::days(62);
/// No more months are kept.
const MOST: usize = 48;

/// A month of all units.
#[derive(Debug, Clone)]
pub(crate) struct OneMonth {
    pub(crate) month: Month,
    /// When it was counted, and on which local day.
    pub(crate) at: DateTime<Utc>,
    today: NaiveDate,
    pub(crate) units: Arc<[Reported]>,
}

/// The months that were counted lately. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Counted(Arc<std::sync::Mutex<HashMap<Month, Slot>>>);

/// Who finds a month being counted waits for it, instead of counting it too.
type Slot = Arc<Mutex<Option<OneMonth>>>;

impl Counted {
    /// These months, counted some minutes ago at most.
    pub(crate) async fn of(
        &self,
        visit: &Visit,
        months: Vec<Month>,
    ) -> Result<Vec<OneMonth>, Trouble> {
        let mut counted = Vec::with_capacity(months.len());
        for month in months {
            let slot = self.slot(month);
            let mut kept = slot.lock().await;
            let fresh = kept.as_ref().filter(|kept| kept.is_fresh(visit)).cloned();
            counted.push(match fresh {
                Some(fresh) => fresh,
                None => kept.insert(count(visit, month).await?).clone(),
            });
        }
        Ok(counted)
    }

    /// This month is counted again at the next look.
    pub(crate) fn forget(&self, month: Month) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&month);
    }

    fn slot(&self, month: Month) -> Slot {
        let mut months = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if months.len() >= MOST && !months.contains_key(&month) {
            months.clear();
        }
        months.entry(month).or_default().clone()
    }
}

impl OneMonth {
    fn is_fresh(&self, visit: &Visit) -> bool {
        let is_old = visit.today - self.month.last() > OLD;
        let lasts = if is_old { OLD_LASTS } else { LASTS };
        // A clock that was set back makes nothing last longer.
        self.today == visit.today && (self.at..self.at + lasts).contains(&visit.now)
    }
}

async fn count(visit: &Visit, month: Month) -> Result<OneMonth, Trouble> {
    let calendar = &*visit.app.calendar;
    let period = Period::Month(month);
    let received = period.instants(calendar).map_err(|_| Trouble::NotFound)?;
    let tx = visit.app.store.read().await?;
    let calendars = (calendar, &*visit.units);
    let units =
        reports::of(&tx, period, received, &visit.directory, calendars, visit.today).await?;
    tx.commit().await?;
    Ok(OneMonth { month, at: visit.now, today: visit.today, units: units.into() })
}
