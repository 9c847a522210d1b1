//! The manager list: what is late in the own units, and what is about to be (R26).

use super::{Row, Standing, order, row};
use crate::callback::{Callback, State};
use crate::directory::{Directory, Owner, Responsible, Unit};
use crate::ids::UnitId;
use crate::policy::Policy;
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;
use workalendar::WorkCalendar;

/// What one manager's list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagerList {
    pub day: NaiveDate,
    /// Every unit of the manager, also those with nothing to say.
    pub units: Vec<UnitList>,
}

/// One unit's part of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitList {
    pub name: String,
    pub late: Vec<OfPerson>,
    /// Due today, and nobody has tried.
    pub due_today: Vec<OfPerson>,
    /// Tried, and still not reached 5 working days after the first attempt (R19).
    pub not_reached: Vec<OfPerson>,
    /// Whose reminders could not be delivered: names of people, addresses of mailboxes (R28).
    pub undeliverable: Vec<String>,
    /// Names of those who are away today with nobody who stands in, and have something open (R26).
    pub uncovered: Vec<String>,
    /// Everything open, listed above or not.
    pub open: usize,
}

/// What is one person's, or, where `who` is none, the unit's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfPerson {
    pub who: Option<String>,
    pub rows: Vec<Row>,
}

/// Whose mail is dead, and the address that it was for (R28).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreachable {
    pub who: Responsible,
    pub address: String,
}

impl Unreachable {
    /// How it stands on this unit's list, if it does: a person by name, a mailbox by its address. Whoever has left,
    /// and an address that was corrected, concern nobody any more.
    fn on_list_of<'a>(&'a self, unit: &Unit, directory: &'a Directory) -> Option<&'a str> {
        let is_of = |id: UnitId, address: &Option<String>| {
            (unit.id == id && address.as_ref() == Some(&self.address)).then_some(&*self.address)
        };
        match self.who {
            Responsible::Employee(id) => {
                let employee = directory.employee(id).filter(|e| e.active && e.unit == unit.id);
                employee.map(|e| e.name.as_str())
            }
            Responsible::UnitMailbox(id) => is_of(id, &unit.mailbox),
            Responsible::Reception(id) => is_of(id, &unit.reception),
            Responsible::Organisation => {
                (top(directory) == Some(unit.id)).then_some(&*self.address)
            }
        }
    }
}

impl UnitList {
    /// Nothing that a manager has to know today.
    pub fn is_quiet(&self) -> bool {
        self.late.is_empty()
            && self.due_today.is_empty()
            && self.not_reached.is_empty()
            && self.undeliverable.is_empty()
            && self.uncovered.is_empty()
    }
}

/// The list of one manager over `units`; `None` when there is nothing to say, but never on a Monday, or the day after
/// one that is off: silence must not be mistaken for health. `callbacks` are the open ones of those units,
/// `undeliverable` whose mail is dead. A unit that is gone is told of as long as it has something open.
pub fn manager_list(
    units: &[UnitId],
    callbacks: &[Callback],
    undeliverable: &[Unreachable],
    today: NaiveDate,
    rules: (&WorkCalendar, &Policy, &Directory),
) -> Option<ManagerList> {
    let (calendar, _, directory) = rules;
    let units: Vec<UnitList> = units
        .iter()
        .filter_map(|id| directory.unit(*id))
        .filter_map(|unit| {
            let own: Vec<&Callback> =
                callbacks.iter().filter(|c| belongs(c, unit.id, directory)).collect();
            let told = undeliverable.iter().filter_map(|u| u.on_list_of(unit, directory));
            let undeliverable = told.map(str::to_owned).collect();
            let list = unit_list(&own, today, rules);
            let uncovered = uncovered(&own, today, directory);
            let list = UnitList { name: unit.name.clone(), undeliverable, uncovered, ..list };
            (unit.active || list.open > 0 || !list.is_quiet()).then_some(list)
        })
        .collect();
    let quiet = units.iter().all(UnitList::is_quiet);
    let speaks = !quiet || is_first_of_week(today, calendar);
    (!units.is_empty() && speaks).then_some(ManagerList { day: today, units })
}

/// Monday, or the first working day of a week whose Monday is off.
fn is_first_of_week(today: NaiveDate, calendar: &WorkCalendar) -> bool {
    let since_monday = u64::from(today.weekday().num_days_from_monday());
    (1..=since_monday)
        .filter_map(|n| today.checked_sub_days(Days::new(n)))
        .all(|day| !calendar.is_working_day(day))
}

/// What belongs to no unit is the organisation's own: it stands with the unit at the top.
fn belongs(callback: &Callback, unit: UnitId, directory: &Directory) -> bool {
    callback.unit.or_else(|| top(directory)) == Some(unit)
}

fn top(directory: &Directory) -> Option<UnitId> {
    directory.units().iter().find(|u| u.active && u.parent.is_none()).map(|u| u.id)
}

fn unit_list(
    own: &[&Callback],
    today: NaiveDate,
    (calendar, policy, directory): (&WorkCalendar, &Policy, &Directory),
) -> UnitList {
    let mut late = Groups::default();
    let mut due_today = Groups::default();
    let mut not_reached = Groups::default();
    let open = own.iter().filter(|c| match c.state {
        State::Open => c.standing().next().is_some(),
        State::Provisional { .. } | State::Resolved { .. } | State::Withdrawn { .. } => false,
    });
    let mut count = 0;
    for callback in open {
        count += 1;
        let row = row(callback, today, calendar, directory);
        match row.standing {
            Standing::Late { .. } => late.add(callback.owner, row),
            Standing::DueToday => due_today.add(callback.owner, row),
            Standing::Tried if tried_long_ago(callback, today, calendar, policy) => {
                not_reached.add(callback.owner, row)
            }
            Standing::Tried | Standing::DueLater | Standing::NoDeadline => {}
        }
    }
    UnitList {
        late: late.named(directory),
        due_today: due_today.named(directory),
        not_reached: not_reached.named(directory),
        open: count,
        ..UnitList::default()
    }
}

/// By name.
fn uncovered(own: &[&Callback], today: NaiveDate, directory: &Directory) -> Vec<String> {
    let waits = |owner| {
        let open = own.iter().filter(|c| matches!(c.state, State::Open));
        open.filter(|c| c.standing().next().is_some()).any(|c| c.owner == owner)
    };
    let away = directory.away_without_cover(today);
    let mut names: Vec<String> =
        away.filter(|e| waits(Owner::Employee(e.id))).map(|e| e.name.clone()).collect();
    names.sort();
    names
}

fn tried_long_ago(
    callback: &Callback,
    today: NaiveDate,
    calendar: &WorkCalendar,
    policy: &Policy,
) -> bool {
    callback.first_attempt_at().is_some_and(|at| {
        let days = calendar.working_days_between(calendar.local_date(at), today);
        days >= i64::from(policy.not_reached_days)
    })
}

#[derive(Default)]
struct Groups(BTreeMap<Owner, Vec<Row>>);

impl Groups {
    fn add(&mut self, owner: Owner, row: Row) {
        self.0.entry(owner).or_default().push(row);
    }

    /// By name, the unit's own last: no order that could be read as a ranking (R32).
    fn named(self, directory: &Directory) -> Vec<OfPerson> {
        let who = |owner| match owner {
            Owner::Employee(id) => directory.employee(id).map(|e| e.name.clone()),
            Owner::Unit(_) | Owner::Organisation => None,
        };
        let mut groups: Vec<OfPerson> = self
            .0
            .into_iter()
            .map(|(owner, mut rows)| {
                rows.sort_by_key(order);
                OfPerson { who: who(owner), rows }
            })
            .collect();
        groups.sort_by_key(|g| (g.who.is_none(), g.who.clone()));
        groups
    }
}
