//! Who stands in for whom, where that leads back or too far.

use super::Ill;
use crate::directory::Directory;
use crate::ids::EmployeeId;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// An even and an odd week: all that a work pattern can say.
const DAYS_AHEAD: usize = 14;

/// Each circle once, on its first day. That two stand in for each other is none, as long as one of them is there.
pub(super) fn going_round(directory: &Directory, today: NaiveDate) -> Vec<Ill> {
    let entered = |id: EmployeeId| {
        directory.absences().iter().any(|a| a.employee == id && a.substitute.is_some())
    };
    let employees = directory.employees().iter();
    let has_substitute =
        employees.filter(|e| e.active && (e.substitute.is_some() || entered(e.id)));
    let has_substitute: Vec<EmployeeId> = has_substitute.map(|e| e.id).collect();
    let mut known: BTreeSet<BTreeSet<EmployeeId>> = BTreeSet::new();
    let mut ills = Vec::new();
    for day in today.iter_days().take(DAYS_AHEAD) {
        for employee in &has_substitute {
            let Some(chain) = directory.chain_that_fails(*employee, day) else { continue };
            if known.insert(chain.iter().copied().collect()) {
                let names = chain.iter().filter_map(|id| directory.employee(*id));
                ills.push(Ill::SubstituteLoop {
                    who: names.map(|e| e.name.clone()).collect(),
                    day,
                });
            }
        }
    }
    ills
}
