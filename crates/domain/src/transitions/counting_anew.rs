//! Working days changed after a promise was made (R14): it stays, unless an administrator orders otherwise.

use super::Rules;
use crate::callback::{Actor, Callback};
use crate::decision::{Decision, Entry, Refusal};
use chrono::{DateTime, Utc};

impl Callback {
    /// An administrator has the last day counted again, by the working days as they are recorded now: a unit will be closed,
    /// and nobody could keep what was promised. Where that comes to the same day, the promise stays as it was explained.
    ///
    /// # Errors
    /// That it has ended; [`Refusal::OutOfCalendar`] as for [`Callback::open`].
    pub fn count_anew(
        self,
        by: impl Into<Actor>,
        rules: Rules<'_>,
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.must_be_open()?;
        let from = self.due.as_ref().map(|due| due.due_on);
        let anew = Self { due: None, ..self.clone() }.with_due(rules)?;
        let to = anew.due.as_ref().map(|due| due.due_on);
        if from == to {
            return Ok(Decision::unchanged(self, now));
        }
        Ok(Decision::to(anew, [Entry::CountedAnew { by: by.into(), from, to }], now))
    }
}
