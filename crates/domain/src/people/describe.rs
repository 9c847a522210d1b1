//! Changes in plain English, one line each, for the dry run of an import.

use super::{Change, apply};
use crate::directory::{
    Alias, Assignment, Directory, Employee, Language, Line, LineKind, Unit, Workdays,
};
use crate::ids::{EmployeeId, UnitId};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::fmt::Display;

/// What each of the changes would do to `current`: `+` something new, `~` something changed, `-` something gone.
pub fn describe(current: &Directory, changes: &[Change]) -> Vec<String> {
    let after = apply(current, changes);
    let names = Names {
        units: after.units().iter().map(|unit| (unit.id, unit.name.as_str())).collect(),
        addresses: after.employees().iter().map(|one| (one.id, one.email.as_str())).collect(),
    };
    changes.iter().map(|change| names.told(change)).collect()
}

/// A change knows ids only; people know names.
struct Names<'a> {
    units: HashMap<UnitId, &'a str>,
    addresses: HashMap<EmployeeId, &'a str>,
}

impl Names<'_> {
    fn told(&self, change: &Change) -> String {
        match change {
            Change::AddUnit(unit) => self.new_unit(unit),
            Change::ChangeUnit { before, after } => {
                sentence(format!("~ unit {}", after.name), self.unit_differences(before, after))
            }
            Change::RemoveUnit(unit) => format!("- unit {}", unit.name),
            Change::AddEmployee(one) => self.new_employee(one),
            Change::ChangeEmployee { before, after } => sentence(
                format!("~ employee {}", after.email),
                self.employee_differences(before, after),
            ),
            Change::RemoveEmployee(one) => format!("- employee {} ({})", one.email, one.name),
            Change::AddLine(line) => self.new_line(line),
            Change::ChangeLine { before, after } => {
                sentence(format!("~ line {}", after.name), self.line_differences(before, after))
            }
            Change::RemoveLine(line) => format!("- line {}", line.name),
        }
    }

    fn new_unit(&self, unit: &Unit) -> String {
        let parent = unit.parent.map(|id| format!("under {}", self.unit(Some(id))));
        let manager = unit.manager.map(|id| format!("manager {}", self.address(Some(id))));
        let deputy = unit.deputy.map(|id| format!("deputy {}", self.address(Some(id))));
        let reception = unit.reception.as_ref().map(|address| format!("reception {address}"));
        let mailbox = unit.mailbox.as_ref().map(|address| format!("email {address}"));
        let name = Some(format!("+ unit {}", unit.name));
        let parts = [name, parent, manager, deputy, reception, mailbox];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    fn unit_differences(&self, before: &Unit, after: &Unit) -> Vec<String> {
        let or_none =
            |address: &Option<String>| address.clone().unwrap_or_else(|| "none".to_owned());
        [
            comes_back(before.active, after.active),
            moved("name", &before.name, &after.name),
            moved("under", self.unit(before.parent), self.unit(after.parent)),
            moved("manager", self.address(before.manager), self.address(after.manager)),
            moved("deputy", self.address(before.deputy), self.address(after.deputy)),
            moved("reception", or_none(&before.reception), or_none(&after.reception)),
            moved("email", or_none(&before.mailbox), or_none(&after.mailbox)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn new_employee(&self, one: &Employee) -> String {
        let unit = self.unit(Some(one.unit));
        let language = language_name(one.language);
        let name = format!("+ employee {} ({})", one.email, one.name);
        let more = [
            one.until.map(|day| format!("until {day}")),
            (one.workdays != Workdays::default()).then(|| format!("workdays {}", one.workdays)),
            one.substitute.map(|id| format!("substitute {}", self.address(Some(id)))),
        ];
        let said = [Some(name), Some(format!("unit {unit}")), Some(format!("language {language}"))];
        said.into_iter().chain(more).flatten().collect::<Vec<_>>().join(", ")
    }

    fn employee_differences(&self, before: &Employee, after: &Employee) -> Vec<String> {
        [
            comes_back(before.active, after.active),
            moved("email", &before.email, &after.email),
            moved("name", &before.name, &after.name),
            moved("unit", self.unit(Some(before.unit)), self.unit(Some(after.unit))),
            moved("language", language_name(before.language), language_name(after.language)),
            moved("until", day_name(before.until), day_name(after.until)),
            moved("workdays", before.workdays, after.workdays),
            moved("substitute", self.address(before.substitute), self.address(after.substitute)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn new_line(&self, line: &Line) -> String {
        let from = |one: &Assignment| match line.assignments.len() {
            0 | 1 => String::new(),
            _ => format!(" from {}", one.from),
        };
        let employee = latest(line)
            .map(|one| format!(", employee {}{}", self.address(one.employee), from(one)));
        let aliases: Vec<_> = line.aliases.iter().map(alias_name).collect();
        format!(
            "+ line {} ({}), unit {}{}{}, aliases {}",
            line.name,
            kind_name(line.kind),
            self.unit(Some(line.unit)),
            employee.unwrap_or_default(),
            if line.protected { ", protected" } else { "" },
            aliases.join(" | ")
        )
    }

    fn line_differences(&self, before: &Line, after: &Line) -> Vec<String> {
        let more = after.aliases.iter().filter(|alias| !before.aliases.contains(alias));
        let fewer = before.aliases.iter().filter(|alias| !after.aliases.contains(alias));
        [
            comes_back(before.active, after.active),
            moved("name", &before.name, &after.name),
            moved("kind", kind_name(before.kind), kind_name(after.kind)),
            moved("unit", self.unit(Some(before.unit)), self.unit(Some(after.unit))),
            moved("protected", yes_or_no(before.protected), yes_or_no(after.protected)),
            self.hands(before, after),
        ]
        .into_iter()
        .flatten()
        .chain(more.map(|alias| format!("alias {} added", alias_name(alias))))
        .chain(fewer.map(|alias| format!("alias {} removed", alias_name(alias))))
        .collect()
    }

    fn hands(&self, before: &Line, after: &Line) -> Option<String> {
        let (was, is) = (latest(before), latest(after));
        let from = is.filter(|is| !before.assignments.contains(is)).map(|is| is.from);
        let address = |one: Option<&Assignment>| self.address(one.and_then(|one| one.employee));
        Some(match (moved("employee", address(was), address(is)), from) {
            (Some(change), Some(day)) => format!("{change} from {day}"),
            // What was changed earlier today is taken back.
            (Some(change), None) => change,
            (None, Some(day)) => format!("employee {} from {day}", address(is)),
            (None, None) if before.assignments != after.assignments => {
                format!("employee {} on earlier days, too", address(is))
            }
            (None, None) => return None,
        })
    }

    fn unit(&self, id: Option<UnitId>) -> &str {
        id.and_then(|id| self.units.get(&id)).copied().unwrap_or("none")
    }

    fn address(&self, id: Option<EmployeeId>) -> &str {
        id.and_then(|id| self.addresses.get(&id)).copied().unwrap_or("nobody")
    }
}

fn latest(line: &Line) -> Option<&Assignment> {
    line.assignments.iter().max_by_key(|assignment| assignment.from)
}

fn sentence(subject: String, differences: Vec<String>) -> String {
    format!("{subject}: {}", differences.join("; "))
}

fn moved<T: Display + PartialEq>(what: &str, before: T, after: T) -> Option<String> {
    (before != after).then(|| format!("{what} {before} → {after}"))
}

fn comes_back(was_active: bool, is_active: bool) -> Option<String> {
    (!was_active && is_active).then(|| "comes back".to_owned())
}

fn day_name(day: Option<NaiveDate>) -> String {
    day.map_or_else(|| "none".to_owned(), |day| day.to_string())
}

pub(super) fn alias_name(alias: &Alias) -> String {
    match &alias.source {
        Some(source) => format!("{source}={}", alias.text),
        None => alias.text.clone(),
    }
}

fn yes_or_no(it_is: bool) -> &'static str {
    if it_is { "yes" } else { "no" }
}

pub(super) fn kind_name(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Person => "person",
        LineKind::Group => "group",
        LineKind::Queue => "queue",
        LineKind::Switchboard => "switchboard",
        LineKind::Ivr => "ivr",
    }
}

pub(super) fn language_name(language: Language) -> &'static str {
    match language {
        Language::Swedish => "sv",
        Language::English => "en",
    }
}
