//! What came in while somebody was away, counted for the digest of the first working morning back (R17).

use crate::Notifier;
use chrono::{NaiveDate, NaiveTime};
use domain::directory::{Directory, Owner, Responsible};
use domain::rounds::{CameIn, WhileAway, days_away, while_away};
use store::{StoreError, Tx, callbacks, unreferred};

impl Notifier {
    pub(crate) async fn while_away(
        &self,
        tx: &Tx,
        recipient: Responsible,
        (directory, today): (&Directory, NaiveDate),
    ) -> Result<Option<WhileAway>, StoreError> {
        let Responsible::Employee(id) = recipient else { return Ok(None) };
        let Some(days) = days_away(id, today, &self.calendar, directory) else { return Ok(None) };
        // A day whose midnight the calendar does not know has no callbacks either.
        let Ok(since) = self.calendar.at(days.from, NaiveTime::MIN) else { return Ok(None) };
        let came_in = callbacks::count_since(tx, Owner::Employee(id), since).await?;
        let rang = unreferred::count(tx, id, (days.from, days.to)).await?;
        let came_in = CameIn { rang: usize::try_from(rang).unwrap_or(usize::MAX), ..came_in };
        Ok(while_away(id, days, came_in, directory))
    }
}
