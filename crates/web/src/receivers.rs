//! Who a callback can be for, as forms have them: an employee or a unit.

use crate::visit::Visit;
use domain::directory::Owner;
use domain::ids::{EmployeeId, UnitId};
use uuid::Uuid;

/// Everybody and every unit here: people by name, then units. As a form sends them, and in words.
pub(crate) fn all(visit: &Visit) -> Vec<(Owner, String, String)> {
    let directory = &visit.directory;
    let unit = |id| directory.unit(id).map(|u| u.name.clone()).unwrap_or_default();
    let mut people: Vec<_> = directory.employees().iter().filter(|e| e.active).collect();
    people.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    let mut units: Vec<_> = directory.units().iter().filter(|u| u.active).collect();
    units.sort_by(|a, b| a.name.cmp(&b.name));
    let people = people
        .into_iter()
        .map(|e| (Owner::Employee(e.id), format!("{}, {}", e.name, unit(e.unit))));
    let units = units.into_iter().map(|u| (Owner::Unit(u.id), u.name.clone()));
    people.chain(units).filter_map(|(owner, name)| Some((owner, written(owner)?, name))).collect()
}

fn written(owner: Owner) -> Option<String> {
    match owner {
        Owner::Employee(id) => Some(format!("employee-{id}")),
        Owner::Unit(id) => Some(format!("unit-{id}")),
        Owner::Organisation => None,
    }
}

/// Reads it back; nobody who has left.
pub(crate) fn read(visit: &Visit, text: &str) -> Option<(Owner, Option<UnitId>)> {
    let (kind, id) = text.split_once('-')?;
    let id = Uuid::try_parse(id).ok()?;
    match kind {
        "employee" => {
            let employee = visit.directory.employee(EmployeeId(id)).filter(|e| e.active)?;
            Some((Owner::Employee(employee.id), Some(employee.unit)))
        }
        "unit" => {
            let unit = visit.directory.unit(UnitId(id)).filter(|u| u.active)?;
            Some((Owner::Unit(unit.id), Some(unit.id)))
        }
        _ => None,
    }
}
