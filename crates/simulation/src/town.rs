//! Who works here: the municipality's own people file, or an invented one of a given size.

use chrono::NaiveDate;
use domain::directory::{
    Absence, Alias, Assignment, Directory, Employee, Language, Line, LineKind, Unit, Workdays,
};
use domain::ids::{EmployeeId, LineId, UnitId};
use domain::people::{People, apply, plan};
use domain::rounds::Offices;
use uuid::Uuid;

/// So many work in one unit of an invented town.
const IN_A_UNIT: usize = 12;
/// So many units have one unit above them.
const UNITS_IN_ONE: usize = 8;

/// Who works here, and the addresses that stand in no people file.
#[derive(Debug, Clone)]
pub struct Town {
    pub directory: Directory,
    pub offices: Offices,
}

impl Town {
    /// Those of a people file, as on that day.
    pub fn of_people(people: &People, offices: Offices, today: NaiveDate) -> Self {
        let nobody = Directory::default();
        // In the order of the file, so that the same file plays the same year.
        let mut ids = 0_u128;
        let mut next = || {
            ids += 1;
            Uuid::from_u128(ids)
        };
        let directory = apply(&nobody, &plan(&nobody, people, today, &mut next));
        Self { directory, offices }
    }

    /// An invented municipality: units of a dozen, each with a manager, a group line and a reception; one telephone each; a
    /// switchboard. The same every time.
    pub fn invented(employees: usize) -> Self {
        let employees = employees.max(1);
        let units = employees.div_ceil(IN_A_UNIT);
        let above = units.div_ceil(UNITS_IN_ONE);
        let manager_of = |unit: usize| employee_id((unit * IN_A_UNIT).min(employees - 1));
        let mut all = Vec::from([unit(unit_id(0), "Kommunen", None, Some(manager_of(0)))]);
        all.extend((0..above).map(|n| {
            let manager = manager_of((n * UNITS_IN_ONE).min(units - 1));
            unit(unit_id(1 + n), &format!("Förvaltning {n}"), Some(unit_id(0)), Some(manager))
        }));
        all.extend((0..units).map(|n| {
            let parent = unit_id(1 + n / UNITS_IN_ONE);
            let id = unit_id(1 + above + n);
            unit(id, &format!("Enhet {n}"), Some(parent), Some(manager_of(n)))
        }));
        let unit_of = |n: usize| unit_id(1 + above + n / IN_A_UNIT);
        let people = (0..employees).map(|n| Employee {
            id: employee_id(n),
            name: format!("Medarbetare {n}"),
            email: format!("m{n}@kommun.example"),
            language: Language::Swedish,
            unit: unit_of(n),
            until: None,
            workdays: Workdays::default(),
            substitute: None,
            active: true,
        });
        let phones = (0..employees).map(|n| Line {
            assignments: Vec::from([Assignment {
                from: NaiveDate::MIN,
                employee: Some(employee_id(n)),
            }]),
            ..line(n, &format!("anknytning {n}"), LineKind::Person, unit_of(n))
        });
        let groups = (0..units).map(|n| {
            let unit = unit_id(1 + above + n);
            line(employees + n, &format!("grupp {n}"), LineKind::Group, unit)
        });
        let switchboard = line(employees + units, "växeln", LineKind::Switchboard, unit_id(0));
        let lines = phones.chain(groups).chain([switchboard]).collect();
        let offices = Offices {
            reception: Some("vaxel@kommun.example".to_owned()),
            officer: Some("kommundirektor@kommun.example".to_owned()),
        };
        Self { directory: Directory::new(all, people.collect(), lines, Vec::new()), offices }
    }

    /// The same people, of whom these are away.
    pub(crate) fn with_absences(&self, absences: Vec<Absence>) -> Directory {
        let directory = &self.directory;
        let (units, employees) = (directory.units().to_vec(), directory.employees().to_vec());
        Directory::new(units, employees, directory.lines().to_vec(), absences)
    }
}

fn unit_id(n: usize) -> UnitId {
    UnitId(Uuid::from_u128(n as u128))
}

fn employee_id(n: usize) -> EmployeeId {
    EmployeeId(Uuid::from_u128(n as u128))
}

fn unit(id: UnitId, name: &str, parent: Option<UnitId>, manager: Option<EmployeeId>) -> Unit {
    Unit {
        id,
        name: name.to_owned(),
        parent,
        manager,
        deputy: None,
        reception: Some(format!("reception.{}@kommun.example", id.0.as_u128())),
        mailbox: None,
        active: true,
    }
}

fn line(n: usize, name: &str, kind: LineKind, unit: UnitId) -> Line {
    Line {
        id: LineId(Uuid::from_u128(n as u128)),
        name: name.to_owned(),
        kind,
        unit,
        assignments: Vec::new(),
        aliases: Vec::from([Alias { source: None, text: format!("{}", 10_000 + n) }]),
        protected: false,
        active: true,
    }
}
