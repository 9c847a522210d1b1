//! What is told of a month or a year (R31, R33): counted from the lines as they stand, but for what was signed.

use crate::signed_months::{self, SignedMonth};
use crate::{StoreError, Tx, follow_up};
use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Scope;
use domain::calendars::UnitCalendars;
use domain::directory::{Directory, Owner};
use domain::follow_up::{Followed, Period, UnitReport};
use std::ops::Range;
use workalendar::WorkCalendar;

/// One unit of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    pub figures: UnitReport,
    /// Who signed it and what they said, if its month is signed: then the figures are those of that day.
    pub signed: Option<SignedMonth>,
}

/// All units of a period, in the order of the tree; `received`: when that began and ended.
pub async fn of(
    tx: &Tx,
    period: Period,
    received: Range<DateTime<Utc>>,
    directory: &Directory,
    calendars: (&WorkCalendar, &UnitCalendars),
    today: NaiveDate,
) -> Result<Vec<Reported>, StoreError> {
    let lines = follow_up::list(tx, received).await?;
    let mut signed = match period {
        Period::Month(month) => signed_months::list(tx, month).await?,
        Period::Year(_) => Vec::new(),
    };
    let counted = domain::follow_up::report(&lines, directory, calendars, today);
    let of_unit = |figures: UnitReport| match signed
        .iter()
        .position(|signed| signed.figures.unit == figures.unit)
    {
        Some(i) => {
            let signed = signed.swap_remove(i);
            Reported { figures: signed.figures.clone(), signed: Some(signed) }
        }
        None => Reported { figures, signed: None },
    };
    Ok(counted.into_iter().map(of_unit).collect())
}

/// The lines of the reader's own callbacks that came in in that time, and of nobody else's (R32); none for who is no employee.
pub async fn own(
    tx: &Tx,
    scope: &Scope<'_>,
    received: Range<DateTime<Utc>>,
) -> Result<Vec<Followed>, StoreError> {
    match scope.asker().employee() {
        Some(employee) => follow_up::list_of(tx, Owner::Employee(employee), received).await,
        None => Ok(Vec::new()),
    }
}
