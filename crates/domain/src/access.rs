//! Who may see and do what (R36): the reader of a page, and what the directory says they are.

use crate::callback::{Actor, Callback};
use crate::directory::{Directory, Employee, Language, Owner, Responsible, Unit};
use crate::ids::{AccountId, EmployeeId, UnitId};
use chrono::NaiveDate;

mod details;
mod scope;
#[cfg(test)]
mod tests;

pub use details::{Ask, Details, NoReason, Reason};
pub use scope::{Administrator, Asker, Outcome, Scope, Seen, Sent};

/// Somebody who is signed in. What they are is found in the directory at each request: who left sees nothing from then on.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reader {
    pub account: AccountId,
    /// What they signed in with, in lower case.
    pub address: String,
    pub employee: Option<EmployeeId>,
    /// The mailboxes that are read at this address: receptions and function mailboxes.
    pub mailboxes: Vec<Responsible>,
    /// Units whose manager they are, or stand in for today, or are above; from the top down, and by name.
    pub manages: Vec<UnitId>,
    pub administrator: bool,
    pub language: Language,
}

impl Reader {
    /// What somebody is who signed in with this address; `reception`: the organisation's.
    pub fn of(
        account: AccountId,
        address: &str,
        administrator: bool,
        directory: &Directory,
        reception: Option<&str>,
        today: NaiveDate,
    ) -> Self {
        let address = address.to_lowercase();
        let is_here = |other: Option<&str>| other.is_some_and(|o| o.to_lowercase() == address);
        let active = || directory.units().iter().filter(|u| u.active);
        let read = active().flat_map(|unit| {
            let mailbox =
                is_here(unit.mailbox.as_deref()).then_some(Responsible::UnitMailbox(unit.id));
            let desk =
                is_here(unit.reception.as_deref()).then_some(Responsible::Reception(unit.id));
            mailbox.into_iter().chain(desk)
        });
        let mut mailboxes: Vec<Responsible> = read.collect();
        if is_here(reception) {
            mailboxes.push(Responsible::Organisation);
        }
        let employee = directory.employee_at(&address);
        Self {
            account,
            employee: employee.map(|e| e.id),
            mailboxes,
            manages: employee.map(|e| managed(e, directory, today)).unwrap_or_default(),
            administrator,
            language: employee.map_or(Language::Swedish, |e| directory.language_of(e)),
            address,
        }
    }

    /// Whether there is anything here for them: nobody else is let in.
    pub fn is_somebody(&self) -> bool {
        self.employee.is_some() || !self.mailboxes.is_empty() || self.administrator
    }

    /// Whether they see how this unit keeps its promises, and sign its months: its managers (R31, R33).
    pub fn follows_up(&self, unit: UnitId) -> bool {
        self.manages.contains(&unit)
    }

    /// Whether they answer for a desk, and so tell callers where colleagues are: whoever reads one of our mailboxes, and those
    /// who work in a unit whose own mailbox is somebody's reception. `reception`: the organisation's.
    pub fn is_at_desk(&self, directory: &Directory, reception: Option<&str>) -> bool {
        let mailbox = || {
            let unit = directory.unit(directory.employee(self.employee?)?.unit)?;
            unit.mailbox.as_deref().filter(|_| unit.active)
        };
        let receptions = directory.units().iter().filter_map(|u| u.reception.as_deref());
        let is_reception = |mailbox: &str| {
            let mut all = receptions.chain(reception);
            all.any(|one| one.trim().to_lowercase() == mailbox.trim().to_lowercase())
        };
        !self.mailboxes.is_empty() || mailbox().is_some_and(is_reception)
    }

    /// As what they act on a callback.
    pub fn actor(&self) -> Actor {
        self.employee.map_or(Actor::Account(self.account), Actor::Employee)
    }

    /// Of whom callbacks stand on their own list today: their own, those they are responsible for now, their unit's own.
    /// Of somebody who has a weekday off it is only some; which, [`Self::has`] says.
    pub fn owners(&self, directory: &Directory, today: NaiveDate) -> Vec<Owner> {
        let own = self.employee.and_then(|id| directory.employee(id)).map(|own| own.unit);
        let theirs = [self.employee.map(Owner::Employee), own.map(Owner::Unit)];
        let all = theirs.into_iter().flatten().chain([Owner::Organisation]);
        let mut owners: Vec<Owner> = all.filter(|owner| self.owns(*owner, directory)).collect();
        let me = self.employee.map(Responsible::Employee);
        let me: Vec<Responsible> = me.into_iter().chain(self.mailboxes.iter().copied()).collect();
        owners.extend(directory.answered_by(&me, today));
        owners.sort_unstable();
        owners.dedup();
        owners
    }

    /// Whether they may see this callback. To everybody else it does not exist.
    pub fn may_see(&self, callback: &Callback, directory: &Directory, today: NaiveDate) -> bool {
        self.may_act_on(callback, directory, today) || self.is_offered(callback, directory, today)
    }

    /// Whether they may do something about it: those who have it, and the managers of its unit.
    pub fn may_act_on(&self, callback: &Callback, directory: &Directory, today: NaiveDate) -> bool {
        let unit = callback.unit.or_else(|| directory.top().map(|u| u.id));
        self.has(callback, directory, today)
            || unit.is_some_and(|unit| self.manages.contains(&unit))
    }

    /// Whether it stands on their own list: it is theirs or their unit's own, or they are responsible for it today. While an
    /// owner has a weekday off that goes for both, the owner and who answers meanwhile (R17).
    pub fn has(&self, callback: &Callback, directory: &Directory, today: NaiveDate) -> bool {
        self.answers_for(callback.holder(), directory, today)
            || self.is(directory.responsible_for(callback, today))
    }

    /// Whether it waits for their answer: they accept or decline (R18).
    pub fn is_offered(&self, callback: &Callback, directory: &Directory, today: NaiveDate) -> bool {
        callback.offered().is_some_and(|offered| self.answers_for(offered.to, directory, today))
    }

    /// Who takes this callback on as its manager (R27); none when the reader is not.
    pub fn takes_on(&self, callback: &Callback, directory: &Directory) -> Option<EmployeeId> {
        let unit = callback.unit.or_else(|| directory.top().map(|u| u.id))?;
        self.employee.filter(|_| self.manages.contains(&unit))
    }

    /// Whether they may enter that this employee is away, and take it back: the employee, a manager of the unit, and whoever
    /// reads the mailbox of its reception, for who falls ill rings there (R17). Nobody who has left is away.
    pub fn may_enter_absence_of(&self, employee: EmployeeId, directory: &Directory) -> bool {
        directory.employee(employee).filter(|e| e.active).is_some_and(|e| {
            self.employee == Some(e.id)
                || self.manages.contains(&e.unit)
                || self.mailboxes.contains(&directory.reception_of(e.unit))
        })
    }

    /// Whether there is anybody whose absence they may enter.
    pub fn enters_absences(&self, directory: &Directory) -> bool {
        let may = |employee| self.may_enter_absence_of(employee, directory);
        // Nearly everybody may enter their own; the rest are asked about everybody.
        self.employee.is_some_and(may) || directory.employees().iter().any(|e| may(e.id))
    }

    fn answers_for(&self, owner: Owner, directory: &Directory, today: NaiveDate) -> bool {
        self.owns(owner, directory) || self.is(directory.responsible(owner, today))
    }

    /// Whether it is this reader, or their unit, or the organisation where they work at its top.
    fn owns(&self, owner: Owner, directory: &Directory) -> bool {
        let mine = |unit: UnitId| {
            let unit_of = |id| directory.employee(id).map(|e| e.unit);
            self.employee.and_then(unit_of) == Some(unit)
        };
        match owner {
            Owner::Employee(id) => self.employee == Some(id),
            Owner::Unit(id) => mine(id),
            Owner::Organisation => directory.top().is_some_and(|top| mine(top.id)),
        }
    }

    fn is(&self, who: Responsible) -> bool {
        match who {
            Responsible::Employee(id) => self.employee == Some(id),
            Responsible::UnitMailbox(_) | Responsible::Reception(_) | Responsible::Organisation => {
                self.mailboxes.contains(&who)
            }
        }
    }
}

/// Their own units and all below, and those of the managers they stand in for today. A unit without a manager is that of the
/// one above.
fn managed(manager: &Employee, directory: &Directory, today: NaiveDate) -> Vec<UnitId> {
    let is_theirs = |unit: &&Unit| {
        let above = directory.upwards(unit.id).any(|u| u.manager == Some(manager.id));
        above || directory.posts(unit.id, today).any(|post| post.today == manager.id)
    };
    let mut units: Vec<&Unit> = directory.units().iter().filter(is_theirs).collect();
    units.sort_by_key(|u| (directory.upwards(u.id).count(), &u.name));
    units.into_iter().map(|u| u.id).collect()
}
