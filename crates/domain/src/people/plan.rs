//! What an import would change: the least that makes what is known say what the file says.

use super::{Change, EmployeeRow, Key, LineRow, People, UnitRow};
use crate::directory::{Alias, Assignment, Directory, Employee, Line, LineKind, Unit};
use crate::ids::{EmployeeId, LineId, UnitId};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap, HashSet};
use uuid::Uuid;

/// The changes that an import would make on local day `today`; none for a file that says what is known.
///
/// Who was there keeps the id, also after having been gone. A line that changes hands is the new employee's from the day
/// that its row says, else from `today` (R15); what it was on earlier days stays, and so does every callback opened then. Units come first, each after the
/// one above it, then employees, then lines; last, who is gone. `new_id` is asked once for each new one.
pub fn plan(
    current: &Directory,
    people: &People,
    today: NaiveDate,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Vec<Change> {
    let known = Known::of(current);
    let ids = Ids::of(&known, people, new_id);
    let mut changes = Vec::new();
    changes.extend(people.units.iter().filter_map(|row| unit(row, &known, &ids)));
    changes.extend(people.employees.iter().filter_map(|row| employee(row, &known, &ids, today)));
    let lines: Vec<_> =
        people.lines.iter().filter_map(|row| line(row, &known, &ids, today, new_id)).collect();
    changes.extend(lines);
    changes.extend(gone(current, people, &known));
    changes
}

/// What is known, by what the file knows it by; who is there goes before a namesake who is gone.
struct Known<'a> {
    units: HashMap<Key, &'a Unit>,
    employees: HashMap<Key, &'a Employee>,
    lines: HashMap<Key, &'a Line>,
}

impl<'a> Known<'a> {
    fn of(current: &'a Directory) -> Self {
        Self {
            units: by_key(current.units(), |u| (&u.name, u.active)),
            employees: by_key(current.employees(), |e| (&e.email, e.active)),
            lines: by_key(current.lines(), |l| (&l.name, l.active)),
        }
    }
}

fn by_key<T>(all: &[T], key: impl Fn(&T) -> (&String, bool)) -> HashMap<Key, &T> {
    let mut known = HashMap::new();
    for active in [false, true] {
        for one in all.iter().filter(|one| key(one).1 == active) {
            known.insert(Key::of(key(one).0), one);
        }
    }
    known
}

/// The ids that units and employees will have.
struct Ids {
    units: HashMap<Key, UnitId>,
    employees: HashMap<Key, EmployeeId>,
}

impl Ids {
    fn of(known: &Known<'_>, people: &People, new_id: &mut dyn FnMut() -> Uuid) -> Self {
        let mut ids = Self { units: HashMap::new(), employees: HashMap::new() };
        for row in &people.units {
            let key = Key::of(&row.name);
            let id = known.units.get(&key).map_or_else(|| UnitId(new_id()), |unit| unit.id);
            ids.units.insert(key, id);
        }
        for row in &people.employees {
            let key = Key::of(&row.email);
            let id = known.employees.get(&key).map_or_else(|| EmployeeId(new_id()), |one| one.id);
            ids.employees.insert(key, id);
        }
        ids
    }

    fn unit(&self, key: &Key) -> UnitId {
        *self
            .units
            .get(key)
            .expect("the file was read only because each unit it refers to is there")
    }

    fn employee(&self, key: &Key) -> EmployeeId {
        *self.employees.get(key).expect("the file was read only because each employee is there")
    }
}

fn unit(row: &UnitRow, known: &Known<'_>, ids: &Ids) -> Option<Change> {
    let key = Key::of(&row.name);
    let after = Unit {
        id: ids.unit(&key),
        name: row.name.clone(),
        parent: row.parent.as_ref().map(|key| ids.unit(key)),
        manager: row.manager.as_ref().map(|key| ids.employee(key)),
        deputy: row.deputy.as_ref().map(|key| ids.employee(key)),
        reception: row.reception.clone(),
        mailbox: row.mailbox.clone(),
        active: true,
    };
    match known.units.get(&key) {
        None => Some(Change::AddUnit(after)),
        Some(before) if **before == after => None,
        Some(before) => Some(Change::ChangeUnit { before: (*before).clone(), after }),
    }
}

fn employee(row: &EmployeeRow, known: &Known<'_>, ids: &Ids, today: NaiveDate) -> Option<Change> {
    let key = Key::of(&row.email);
    let after = Employee {
        id: ids.employee(&key),
        name: row.name.clone(),
        email: row.email.clone(),
        language: row.language,
        unit: ids.unit(&row.unit),
        until: row.until,
        workdays: row.workdays,
        substitute: row.substitute.as_ref().map(|key| ids.employee(key)),
        active: row.until.is_none_or(|last| today <= last),
    };
    match known.employees.get(&key) {
        None => Some(Change::AddEmployee(after)),
        Some(before) if **before == after => None,
        Some(before) => Some(Change::ChangeEmployee { before: (*before).clone(), after }),
    }
}

fn line(
    row: &LineRow,
    known: &Known<'_>,
    ids: &Ids,
    today: NaiveDate,
    new_id: &mut dyn FnMut() -> Uuid,
) -> Option<Change> {
    let before = known.lines.get(&Key::of(&row.name)).copied();
    let employee = row.employee.as_ref().map(|key| ids.employee(key));
    let after = Line {
        id: before.map_or_else(|| LineId(new_id()), |line| line.id),
        name: row.name.clone(),
        kind: row.kind,
        unit: ids.unit(&row.unit),
        assignments: match (before, row.kind, row.from) {
            (line, LineKind::Person, Some(from)) => {
                let known = line.map(|line| &*line.assignments).unwrap_or_default();
                dated(known, Assignment { from, employee }, today)
            }
            (Some(line), ..) => handed_over(line, employee, today),
            (None, LineKind::Person, None) => Vec::from([Assignment { from: today, employee }]),
            (None, ..) => Vec::new(),
        },
        aliases: match before {
            Some(line) if set(&line.aliases) == set(&row.aliases) => line.aliases.clone(),
            Some(_) | None => row.aliases.clone(),
        },
        active: true,
        protected: row.protected,
    };
    match before {
        None => Some(Change::AddLine(after)),
        Some(before) if *before == after => None,
        Some(before) => Some(Change::ChangeLine { before: before.clone(), after }),
    }
}

/// R15: earlier days stay as they were; a second change on one day takes the place of the first. What an earlier file
/// said of days to come, and this one no longer says, is off.
fn handed_over(line: &Line, employee: Option<EmployeeId>, today: NaiveDate) -> Vec<Assignment> {
    let known = line.assignments.iter().filter(|assignment| assignment.from <= today);
    let known: Vec<Assignment> = known.cloned().collect();
    let until_now = Line { assignments: known.clone(), ..line.clone() };
    if until_now.employee_on(today) == employee {
        return known;
    }
    let earlier = known.into_iter().filter(|assignment| assignment.from < today).collect();
    with(earlier, Assignment { from: today, employee })
}

/// R15: from that day on, past or to come; until then it stays whose it is.
fn dated(known: &[Assignment], new: Assignment, today: NaiveDate) -> Vec<Assignment> {
    let earlier = known.iter().filter(|known| known.from < new.from && known.from <= today);
    let mut earlier: Vec<Assignment> = earlier.cloned().collect();
    if earlier.is_empty() && today < new.from {
        // The first one counts for all days before it, too.
        earlier.push(Assignment { from: today, employee: None });
    }
    with(earlier, new)
}

fn with(mut earlier: Vec<Assignment>, new: Assignment) -> Vec<Assignment> {
    let last = earlier.iter().max_by_key(|assignment| assignment.from);
    if last.is_none_or(|last| last.employee != new.employee) {
        earlier.push(new);
    }
    earlier
}

/// A store may give aliases in any order.
fn set(aliases: &[Alias]) -> BTreeSet<&Alias> {
    aliases.iter().collect()
}

/// What is known and active but no longer in the file: lines first, then employees, then units.
fn gone(current: &Directory, people: &People, known: &Known<'_>) -> Vec<Change> {
    let units: HashSet<_> = people
        .units
        .iter()
        .filter_map(|row| known.units.get(&Key::of(&row.name)))
        .map(|u| u.id)
        .collect();
    let employees: HashSet<_> = people
        .employees
        .iter()
        .filter_map(|row| known.employees.get(&Key::of(&row.email)))
        .map(|e| e.id)
        .collect();
    let lines: HashSet<_> = people
        .lines
        .iter()
        .filter_map(|row| known.lines.get(&Key::of(&row.name)))
        .map(|l| l.id)
        .collect();
    let lines = current.lines().iter().filter(|l| l.active && !lines.contains(&l.id));
    let employees = current.employees().iter().filter(|e| e.active && !employees.contains(&e.id));
    let units = current.units().iter().filter(|u| u.active && !units.contains(&u.id));
    lines
        .map(|line| Change::RemoveLine(Line { active: false, ..line.clone() }))
        .chain(employees.map(|e| Change::RemoveEmployee(Employee { active: false, ..e.clone() })))
        .chain(units.map(|unit| Change::RemoveUnit(Unit { active: false, ..unit.clone() })))
        .collect()
}
