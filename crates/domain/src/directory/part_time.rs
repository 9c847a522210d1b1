//! Weekdays off: nothing is handed over but what falls due that day or is late (R17).

use super::{Directory, Owner, Responsible};
use crate::callback::Callback;
use crate::ids::EmployeeId;
use chrono::NaiveDate;

impl Directory {
    /// Whether it is a weekday on which this employee does not work. A weekend is nobody's day off: nothing falls due then.
    pub fn is_off(&self, employee: EmployeeId, day: NaiveDate) -> bool {
        self.employee(employee).is_some_and(|e| e.workdays.is_off(day))
    }

    /// Whether this employee works here, is not away, and has no weekday off.
    pub fn is_at_work(&self, employee: EmployeeId, day: NaiveDate) -> bool {
        let works_here = self.employee(employee).is_some_and(|e| e.active);
        works_here && !self.is_away(employee, day) && !self.is_off(employee, day)
    }

    /// Who answers for this callback on that local day: never nobody (R16).
    ///
    /// An absence moves everything to whoever stands in. A weekday off moves only what falls due that day or is late; the
    /// rest waits for the next day at work (R17).
    pub fn responsible_for(&self, callback: &Callback, on: NaiveDate) -> Responsible {
        self.responsible_when(callback.presses_on(on), callback.holder(), on)
    }

    /// Who is told of this callback on that local day; nobody where it waits for somebody's next day at work.
    pub fn told_of(&self, callback: &Callback, on: NaiveDate) -> Option<Responsible> {
        Some(self.responsible_for(callback, on)).filter(|who| !self.is_day_off_of(*who, on))
    }

    /// Everybody who may have to be told of something of this owner on that local day: of one callback it is one at most.
    pub fn told_for(&self, owner: Owner, on: NaiveDate) -> Vec<Responsible> {
        let mut told: Vec<Responsible> = self.answering(owner, on).into();
        told.dedup();
        told.retain(|who| !self.is_day_off_of(*who, on));
        told
    }

    /// Who answers for what this owner has that does not press, and for what does.
    pub(crate) fn answering(&self, owner: Owner, on: NaiveDate) -> [Responsible; 2] {
        [false, true].map(|presses| self.responsible_when(presses, owner, on))
    }

    /// Whether only some of what this owner has may be told on that local day: whoever answers for it has a weekday off.
    pub fn has_day_off(&self, owner: Owner, on: NaiveDate) -> bool {
        let [rest, pressing] = self.answering(owner, on);
        rest != pressing
    }

    fn is_day_off_of(&self, who: Responsible, on: NaiveDate) -> bool {
        match who {
            Responsible::Employee(id) => self.is_off(id, on),
            Responsible::UnitMailbox(_) | Responsible::Reception(_) | Responsible::Organisation => {
                false
            }
        }
    }
}
