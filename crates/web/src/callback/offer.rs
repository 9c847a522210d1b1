//! What the page of a callback shows of handing it over, and of a day to agree on (R18, R23).

use crate::visit::Visit;
use chrono::Days;
use domain::callback::Callback;
use domain::directory::Owner;
use domain::ids::{EmployeeId, UnitId};
use uuid::Uuid;

/// So many working days ahead a day may be (R23).
const FARTHEST: i32 = 20;

/// A hand-over that waits for an answer.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    /// The reader accepts or declines; else it can be taken back.
    pub(super) is_for_reader: bool,
}

pub(super) fn shown(visit: &Visit, callback: &Callback) -> Option<Shown> {
    let offered = callback.offered().filter(|_| callback.is_open())?;
    let text = visit.say().hand_over(offered);
    Some(Shown { text, is_for_reader: visit.is_offered(callback) })
}

/// To whom it can be handed over: people by name, then units. As a form sends them, and in words.
pub(super) fn receivers(visit: &Visit, callback: &Callback) -> Vec<(String, String)> {
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
    let all = people.chain(units).filter(|(owner, _)| *owner != callback.holder());
    all.filter_map(|(owner, name)| Some((written(owner)?, name))).collect()
}

fn written(owner: Owner) -> Option<String> {
    match owner {
        Owner::Employee(id) => Some(format!("employee-{id}")),
        Owner::Unit(id) => Some(format!("unit-{id}")),
        Owner::Organisation => None,
    }
}

/// Reads it back; nobody who has left.
pub(super) fn read(visit: &Visit, text: &str) -> Option<(Owner, Option<UnitId>)> {
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

/// The first and the last day that can be agreed on; whether one between is off is said when it is sent.
pub(super) fn days(visit: &Visit, callback: &Callback) -> Option<(String, String)> {
    let calendar = visit.rules().calendar_of(callback.unit);
    let first = visit.today.checked_add_days(Days::new(1))?;
    let last = calendar.add_working_days(visit.today, FARTHEST).ok()?;
    Some((first.to_string(), last.to_string()))
}
