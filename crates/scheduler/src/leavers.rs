//! Callbacks of those who have left, and what was offered to them, go to their units (R16). An import need not do it: a
//! crash between the two is harmless, since until then the reception answers for them.

use crate::{BATCH, Scheduler, Tried, tried};
use chrono::{DateTime, Days, NaiveTime, Utc};
use domain::directory::{Directory, Owner};
use domain::ids::{CallbackId, EmployeeId};
use domain::transitions::Rules;
use store::{StoreError, Tx, callbacks, leavers, people};

impl Scheduler {
    /// Moves what those who have left still had; says how much. Zero: there is nothing more for now.
    pub(crate) async fn move_some(&self) -> Result<u64, StoreError> {
        let now = self.clock.now();
        let today = self.calendar.local_date(now);
        let tx = self.store.read().await?;
        let Some(look) = leavers::due(&tx, today).await? else { return Ok(0) };
        let directory = people::directory(&tx, today).await?;
        let left_behind = left_behind(&tx, &directory).await?;
        tx.commit().await?;
        let units = self.closed_days.of_units(&directory, &self.calendar);
        let desk = (&directory, self.rules(&units));
        let (mut moved, mut put_off) = (0, 0);
        let all = left_behind.len();
        for (id, who) in left_behind {
            match tried(self.move_one(id, who, desk).await, &id)? {
                Tried::Done(done) => moved += u64::from(done),
                // It is looked at again tomorrow.
                Tried::Later => put_off += 1,
            }
        }
        if put_off == all {
            let tx = self.store.begin().await?;
            leavers::set_done(&tx, &look).await?;
            tx.commit().await?;
        }
        Ok(moved)
    }

    async fn move_one(
        &self,
        id: CallbackId,
        who: EmployeeId,
        (directory, rules): (&Directory, Rules<'_>),
    ) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let unit = directory.employee(who).map(|e| e.unit);
        let tx = self.store.begin().await?;
        let decision = match callbacks::get(&tx, id).await?.owner_left(who, unit, rules, now) {
            Ok(decision) => decision,
            // It has ended meanwhile.
            Err(refusal) => {
                tracing::debug!(callback = %id, %refusal, "whoever left has nothing here any more");
                return Ok(false);
            }
        };
        callbacks::apply(&tx, &decision).await?;
        tx.commit().await?;
        Ok(!decision.is_unchanged())
    }

    /// The midnight after which somebody has left.
    pub(crate) async fn next_leaving_at(
        &self,
        tx: &Tx,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let last = leavers::next_last_day(tx, self.calendar.local_date(self.clock.now())).await?;
        let after = last.and_then(|day| day.checked_add_days(Days::new(1)));
        Ok(after.and_then(|day| self.calendar.at(day, NaiveTime::MIN).ok()))
    }
}

/// What is open and held by somebody who has left, or offered to them, as much as one pass takes on.
async fn left_behind(
    tx: &Tx,
    directory: &Directory,
) -> Result<Vec<(CallbackId, EmployeeId)>, StoreError> {
    let has_left = |owner: Owner| match owner {
        Owner::Employee(id) => directory.employee(id).filter(|e| !e.active).map(|e| e.id),
        Owner::Unit(_) | Owner::Organisation => None,
    };
    let gone = |owners: Vec<Owner>| -> Vec<Owner> {
        owners.into_iter().filter(|owner| has_left(*owner).is_some()).collect()
    };
    let holders = gone(callbacks::list_owners(tx).await?);
    let receivers = gone(callbacks::list_handing_over(tx).await?);
    let mut left = Vec::new();
    if !holders.is_empty() {
        let held = callbacks::list_open_of_owners(tx, &holders).await?;
        left.extend(held.iter().filter_map(|c| Some((c.id, has_left(c.holder())?))));
    }
    if !receivers.is_empty() {
        let offered = callbacks::list_offered(tx, &receivers).await?;
        left.extend(offered.iter().filter_map(|c| Some((c.id, has_left(c.offered()?.to)?))));
    }
    left.truncate(BATCH as usize);
    Ok(left)
}
