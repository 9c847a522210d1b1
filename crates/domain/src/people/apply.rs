//! Changes carried out in memory, as the store does in the database.

use super::Change;
use crate::directory::Directory;
use std::collections::HashMap;
use std::hash::Hash;

/// The directory after these changes.
pub fn apply(current: &Directory, changes: &[Change]) -> Directory {
    let mut units = Shelf::of(current.units(), |unit| unit.id);
    let mut employees = Shelf::of(current.employees(), |employee| employee.id);
    let mut lines = Shelf::of(current.lines(), |line| line.id);
    for change in changes {
        match change {
            Change::AddUnit(unit)
            | Change::RemoveUnit(unit)
            | Change::ChangeUnit { after: unit, .. } => units.put(unit.id, unit),
            Change::AddEmployee(employee)
            | Change::RemoveEmployee(employee)
            | Change::ChangeEmployee { after: employee, .. } => {
                employees.put(employee.id, employee)
            }
            Change::AddLine(line)
            | Change::RemoveLine(line)
            | Change::ChangeLine { after: line, .. } => lines.put(line.id, line),
        }
    }
    Directory::new(units.all, employees.all, lines.all, current.absences().to_vec())
}

/// A list whose members can be exchanged by id.
struct Shelf<Id, T> {
    all: Vec<T>,
    place: HashMap<Id, usize>,
}

impl<Id: Eq + Hash, T: Clone> Shelf<Id, T> {
    fn of(all: &[T], id: impl Fn(&T) -> Id) -> Self {
        let place = all.iter().enumerate().map(|(place, one)| (id(one), place)).collect();
        Self { all: all.to_vec(), place }
    }

    fn put(&mut self, id: Id, one: &T) {
        let place = *self.place.entry(id).or_insert(self.all.len());
        match self.all.get_mut(place) {
            Some(old) => *old = one.clone(),
            None => self.all.push(one.clone()),
        }
    }
}
