//! Whose line is it, and who answers for it: units, employees, lines and their aliases (R15, R16).

use crate::calendars::RecordedDay;
use crate::callback::Callback;
use crate::ids::{EmployeeId, LineId, SourceName, UnitId};
use crate::number::{E164, NumberPlan};
use crate::party::Party;
use crate::preferences::Preferences;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

mod absence;
mod duties;
mod finding;
mod managers;
mod part_time;
mod presence;
#[cfg(test)]
mod tests;
mod workdays;

pub use absence::{Absence, AbsenceRefusal, FARTHEST_ABSENCE, LONGEST_ABSENCE};
pub use finding::collated;
pub use managers::Post;
pub use presence::NotThere;
pub use workdays::{NotWorkdays, Workdays};

/// The organisation as it is known now. Aliases and employees are found by hash; the rest are short lists.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    units: Vec<Unit>,
    employees: Vec<Employee>,
    lines: Vec<Line>,
    absences: Vec<Absence>,
    preferences: HashMap<EmployeeId, Preferences>,
    closed_days: Vec<RecordedDay>,
    by_alias: HashMap<Alias, LineId>,
    /// Where each employee stands in the list: a round asks for them once for every owner.
    by_employee: HashMap<EmployeeId, usize>,
    duties: duties::Kept,
}

/// A unit ("enhet").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: UnitId,
    pub name: String,
    /// The unit above; none at the top.
    pub parent: Option<UnitId>,
    pub manager: Option<EmployeeId>,
    /// Who stands in for the manager ("ställföreträdare").
    pub deputy: Option<EmployeeId>,
    /// The e-mail address of the unit's reception ("expeditionen").
    pub reception: Option<String>,
    /// The unit's own function mailbox, read by its members.
    pub mailbox: Option<String>,
    /// Gone from the people file; its history stays.
    pub active: bool,
}

/// An employee ("medarbetare").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Employee {
    pub id: EmployeeId,
    pub name: String,
    pub email: String,
    pub language: Language,
    pub unit: UnitId,
    /// The last day at work, where it is known.
    pub until: Option<NaiveDate>,
    pub workdays: Workdays,
    /// Who answers for what is urgent on weekdays off.
    pub substitute: Option<EmployeeId>,
    /// Has not left, on the day for which the directory was read.
    pub active: bool,
}

/// The language somebody reads (R30).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    #[default]
    #[serde(rename = "sv")]
    Swedish,
    #[serde(rename = "en")]
    English,
}

/// Where calls arrive ("nummer/anknytning").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: LineId,
    pub name: String,
    pub kind: LineKind,
    pub unit: UnitId,
    /// Who has had a `person` line, and from which day; the last one on or before a day counts.
    pub assignments: Vec<Assignment>,
    pub aliases: Vec<Alias>,
    /// Still in the people file.
    pub active: bool,
    /// Whoever rings here is not shown until somebody asks, with a reason ("skyddad", R36).
    pub protected: bool,
}

/// From this local day on the line is this employee's; nobody's where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    pub from: NaiveDate,
    pub employee: Option<EmployeeId>,
}

/// What kind of line it is (R15).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineKind {
    Person,
    Group,
    Queue,
    Switchboard,
    Ivr,
}

impl LineKind {
    /// Whether a call goes on from here to somebody else: answering on it is not yet an answer (R3).
    pub fn passes_on(self) -> bool {
        match self {
            Self::Switchboard | Self::Ivr => true,
            Self::Person | Self::Group | Self::Queue => false,
        }
    }

    /// Whether it is its unit's, whoever's phone rang (R15).
    pub fn is_shared(self) -> bool {
        match self {
            Self::Group | Self::Queue => true,
            Self::Person | Self::Switchboard | Self::Ivr => false,
        }
    }
}

/// A name that PBXs have for a line: of one source, or of all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alias {
    pub source: Option<SourceName>,
    /// A number in E.164, else the PBX's text in lower case.
    pub text: String,
}

/// Who a callback belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    Employee(EmployeeId),
    Unit(UnitId),
    /// Nobody's line: the organisation's reception (R16).
    Organisation,
}

/// Who is responsible, and so gets the mail (R16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Responsible {
    /// The employee.
    Employee(EmployeeId),
    /// The unit's function mailbox, else its reception.
    UnitMailbox(UnitId),
    /// The unit's reception.
    Reception(UnitId),
    /// The organisation's reception.
    Organisation,
}

impl Directory {
    /// A directory of these; the aliases of lines that are gone no longer lead anywhere.
    pub fn new(
        units: Vec<Unit>,
        employees: Vec<Employee>,
        lines: Vec<Line>,
        absences: Vec<Absence>,
    ) -> Self {
        let by_alias = lines
            .iter()
            .filter(|line| line.active)
            .flat_map(|line| line.aliases.iter().map(|alias| (alias.clone(), line.id)))
            .collect();
        let by_employee = employees.iter().zip(0..).map(|(e, place)| (e.id, place)).collect();
        Self { units, employees, lines, absences, by_alias, by_employee, ..Self::default() }
    }

    /// With the days on which units are closed, as administrators recorded them.
    pub fn closing(self, closed_days: Vec<RecordedDay>) -> Self {
        Self { closed_days, ..self }
    }

    /// The days that administrators recorded; those of the configuration are not among them.
    pub fn closed_days(&self) -> &[RecordedDay] {
        &self.closed_days
    }

    /// With what employees chose for themselves.
    pub fn choosing(self, preferences: HashMap<EmployeeId, Preferences>) -> Self {
        Self { preferences, ..self }
    }

    /// What this employee chose; who chose nothing has the mails of everybody.
    pub fn preferences(&self, employee: EmployeeId) -> Preferences {
        self.preferences.get(&employee).copied().unwrap_or_default()
    }

    /// The language that this employee reads: the chosen one, else that of the people file (R30).
    pub fn language_of(&self, employee: &Employee) -> Language {
        self.preferences(employee.id).language.unwrap_or(employee.language)
    }

    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    pub fn employees(&self) -> &[Employee] {
        &self.employees
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|u| u.id == id)
    }

    pub fn employee(&self, id: EmployeeId) -> Option<&Employee> {
        self.by_employee.get(&id).and_then(|place| self.employees.get(*place))
    }

    /// The employee with this mail address, whatever the case of its letters.
    pub fn employee_at(&self, address: &str) -> Option<&Employee> {
        self.employees.iter().find(|e| e.active && e.email.eq_ignore_ascii_case(address))
    }

    pub fn line(&self, id: LineId) -> Option<&Line> {
        self.lines.iter().find(|l| l.id == id)
    }

    /// Whether its caller was in touch on a protected line. Contacts that were withdrawn count as well: what a PBX told wrongly
    /// is no reason to show whoever rang there.
    pub fn is_protected(&self, callback: &Callback) -> bool {
        let lines = callback.contacts.iter().filter_map(|contact| self.line(contact.line?));
        lines.into_iter().any(|line| line.protected)
    }

    /// The line that a party of a call is, if it is one of ours: the source's own alias first, then everybody's.
    pub fn line_of(&self, source: &SourceName, party: &Party) -> Option<&Line> {
        let number = party.number.as_ref().map(|n| n.as_str().to_owned());
        let text = (!party.text.is_empty()).then(|| party.text.to_lowercase());
        let texts = [number, text];
        let of_source = texts.iter().flatten().map(|t| (Some(source.clone()), t));
        let of_all = texts.iter().flatten().map(|t| (None, t));
        of_source
            .chain(of_all)
            .find_map(|(source, text)| self.by_alias.get(&Alias { source, text: text.clone() }))
            .and_then(|id| self.line(*id))
    }

    /// A party under the name by which all sources know it: an own extension under its line's public number.
    ///
    /// So an internal caller is one caller whatever PBX tells of it (R7).
    pub fn canonical(&self, source: &SourceName, party: &Party) -> Party {
        let public = || {
            self.line_of(source, party)?.aliases.iter().find_map(|a| E164::from_canonical(&a.text))
        };
        match (&party.number, public()) {
            (None, Some(number)) => Party { number: Some(number), ..party.clone() },
            _ => party.clone(),
        }
    }

    /// Who a call to this line belonged to on that local day (R15); an unknown line is the organisation's.
    pub fn owner(&self, line: Option<&Line>, on: NaiveDate) -> Owner {
        let Some(line) = line else { return Owner::Organisation };
        match (line.kind, self.employee_on(line, on)) {
            (LineKind::Person, Some(employee)) => Owner::Employee(employee),
            // A person line that is nobody's now is its unit's: never nobody (R16).
            (LineKind::Person | LineKind::Group | LineKind::Queue, _)
            | (LineKind::Switchboard | LineKind::Ivr, _) => Owner::Unit(line.unit),
        }
    }

    /// Whose the line was on that local day; nobody's after the last day of whoever it is written for.
    fn employee_on(&self, line: &Line, on: NaiveDate) -> Option<EmployeeId> {
        let stays = |id: &EmployeeId| {
            self.employee(*id).and_then(|e| e.until).is_none_or(|last| on <= last)
        };
        line.employee_on(on).filter(stays)
    }

    /// The unit that answers for an owner; none for the organisation's own.
    pub fn unit_of(&self, owner: Owner) -> Option<UnitId> {
        match owner {
            Owner::Employee(id) => self.employee(id).map(|e| e.unit),
            Owner::Unit(id) => Some(id),
            Owner::Organisation => None,
        }
    }

    /// Who is responsible on that local day: never nobody (R16). While an employee is away, the substitute; where
    /// nobody stands in, the reception of the employee's own unit (R17). Of a given callback ask
    /// [`Self::responsible_for`], which knows weekdays off as well.
    pub fn responsible(&self, owner: Owner, on: NaiveDate) -> Responsible {
        self.responsible_when(false, owner, on)
    }

    /// `presses`: what falls due that day or is late, and so cannot wait for the next day at work.
    fn responsible_when(&self, presses: bool, owner: Owner, on: NaiveDate) -> Responsible {
        match owner {
            Owner::Employee(id) => match (self.there(id, on, presses), self.employee(id)) {
                (Some(there), _) => Responsible::Employee(there),
                (None, Some(e)) => self.reception_of(e.unit),
                (None, None) => Responsible::Organisation,
            },
            Owner::Unit(id) => match self.unit(id) {
                Some(u) if u.active && u.mailbox.is_some() => Responsible::UnitMailbox(id),
                Some(_) => self.reception_of(id),
                None => Responsible::Organisation,
            },
            Owner::Organisation => Responsible::Organisation,
        }
    }

    /// The reception of the unit, else of the units above it, else the organisation's.
    pub fn reception_of(&self, unit: UnitId) -> Responsible {
        self.upwards(unit)
            .find(|u| u.active && u.reception.is_some())
            .map_or(Responsible::Organisation, |u| Responsible::Reception(u.id))
    }

    /// The unit at the top: what belongs to no unit is at hand to those who work in it.
    pub fn top(&self) -> Option<&Unit> {
        self.units.iter().find(|u| u.active && u.parent.is_none())
    }

    /// The unit and those above it, nearest first; ends also where the file made a loop.
    pub fn upwards(&self, unit: UnitId) -> impl Iterator<Item = &Unit> {
        std::iter::successors(self.unit(unit), |u| self.unit(u.parent?)).take(self.units.len())
    }

    /// Whether the one who rang or answered on `line` that day answers for a callback of `owner`: the
    /// responsible person, the substitute, or anyone of the same unit (R21, R22).
    pub fn answers_for(&self, line: &Line, on: NaiveDate, owner: Owner) -> bool {
        if owner == self.owner(Some(line), on) {
            return true;
        }
        // Whose phone it is counts, not where the phone is counted: the line may be another unit's.
        let who = self.employee_on(line, on).and_then(|id| self.employee(id));
        let answering = self.answering(owner, on);
        if who.is_some_and(|e| answering.contains(&Responsible::Employee(e.id))) {
            return true;
        }
        let unit = who.map_or(line.unit, |employee| employee.unit);
        self.unit_of(owner).or_else(|| self.top().map(|u| u.id)) == Some(unit)
    }
}

impl Line {
    /// Whose the line is on a local day; a day before the first assignment counts as the first.
    pub fn employee_on(&self, day: NaiveDate) -> Option<EmployeeId> {
        let on_that_day = self.assignments.iter().filter(|a| a.from <= day).max_by_key(|a| a.from);
        let first = self.assignments.iter().min_by_key(|a| a.from);
        on_that_day.or(first)?.employee
    }
}

impl Alias {
    /// An alias as people write it in the people file; a number is read with the organisation's plan.
    pub fn read(text: &str, source: Option<SourceName>, plan: &NumberPlan) -> Self {
        let text = match plan.read(text) {
            Some(number) => number.as_str().to_owned(),
            None => text.trim().to_lowercase(),
        };
        Self { source, text }
    }
}
