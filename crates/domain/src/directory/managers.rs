//! Who manages a unit on a given day, and who stands in meanwhile (R17, R26).

use super::{Directory, Employee, Unit};
use crate::ids::{EmployeeId, UnitId};
use chrono::NaiveDate;

/// The post of a manager, and who holds it on a given day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// Whose it is. By this one a level keeps its place in the row of those who are told, whoever stands in.
    pub manager: EmployeeId,
    /// Who is told, and may do what the manager may.
    pub today: EmployeeId,
}

impl Directory {
    /// Who gets the list of this unit on that local day: its manager, or who stands in; where it has none, that of the
    /// nearest unit above that has one.
    pub fn manager_of(&self, unit: UnitId, day: NaiveDate) -> Option<&Employee> {
        self.posts(unit, day).next().and_then(|post| self.employee(post.today))
    }

    /// The managers of the unit and of those above it, nearest first, and who holds their posts on that local day.
    ///
    /// While a manager is not there, the deputy does; else whoever stands in for the manager; else the nearest above who is
    /// there. Where nobody is, the manager stays: never nobody. Who has left manages nothing.
    pub fn posts(&self, unit: UnitId, day: NaiveDate) -> impl Iterator<Item = Post> {
        self.upwards(unit).filter_map(move |unit| {
            let manager = self.employee(unit.manager?)?;
            let above = || self.upwards(unit.id).skip(1).find_map(|u| self.stands_in(u, day));
            match self.stands_in(unit, day) {
                Some(today) => Some(Post { manager: manager.id, today }),
                None if manager.active => {
                    let today = above().unwrap_or(manager.id);
                    Some(Post { manager: manager.id, today })
                }
                None => None,
            }
        })
    }

    /// Who of this unit itself manages it on that day: the manager, the deputy, or who stands in for the manager.
    pub(crate) fn stands_in(&self, unit: &Unit, day: NaiveDate) -> Option<EmployeeId> {
        let manager = unit.manager?;
        let here = |id: EmployeeId| Some(id).filter(|id| self.is_at_work(*id, day));
        let substitute = || self.there(manager, day, true);
        here(manager).or_else(|| here(unit.deputy?)).or_else(substitute)
    }
}
