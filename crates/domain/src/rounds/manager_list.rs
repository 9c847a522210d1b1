//! The manager list: what is late in the own units, and what is about to be (R26).

use super::climbing::{Readers, is_first_of_week};
use super::whom::is_same;
use super::{Recipient, Row, Standing, is_open, order, row, standing};
use crate::callback::{Callback, State};
use crate::directory::{Directory, Owner, Responsible, Unit};
use crate::ids::{CallbackId, UnitId};
use crate::policy::Policy;
use crate::transitions::Rules;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use workalendar::WorkCalendar;

/// So often it goes from one to another before a manager has to know (R18).
const TOO_MANY_HOPS: u32 = 3;

/// What one manager's list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagerList {
    pub day: NaiveDate,
    /// Every unit of the manager, also those with nothing to say.
    pub units: Vec<UnitList>,
    /// What is still late though the managers below were told (R27).
    pub from_below: Vec<OfUnit>,
}

/// What climbed from one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfUnit {
    pub name: String,
    /// Its own manager.
    pub manager: Option<String>,
    pub late: Vec<OfPerson>,
}

/// One unit's part of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitList {
    pub name: String,
    /// It is the unit of these, whom mail does not reach; so it stands here (R28).
    pub instead_of: Vec<String>,
    pub late: Vec<OfPerson>,
    /// Due today, and nobody has tried.
    pub due_today: Vec<OfPerson>,
    /// Tried, and still not reached 5 working days after the first attempt (R19).
    pub not_reached: Vec<OfPerson>,
    /// A day that was agreed with the caller, and is over (R23).
    pub broken_agreed: Vec<OfPerson>,
    /// Handed over and accepted by nobody, or gone from one to another three times (R18).
    pub hand_overs: Vec<OfPerson>,
    /// Whose reminders could not be delivered: names of people, addresses of mailboxes (R28).
    pub undeliverable: Vec<String>,
    /// Names of those who are away today with nobody who stands in, and have something open (R26).
    pub uncovered: Vec<String>,
    /// Names of those who are away today, and whose telephone rings all the same.
    pub unreferred: Vec<String>,
    /// How many calls rang there in vain lately, at all of them together: nobody is counted alone (R32).
    pub unreferred_calls: usize,
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
    pub who: Recipient,
    pub address: String,
}

impl Unreachable {
    /// How it stands on this unit's list, if it does: a person by name, a mailbox by its address. Whoever has left,
    /// and an address that was corrected, concern nobody any more.
    fn on_list_of<'a>(&'a self, unit: &Unit, directory: &'a Directory) -> Option<&'a str> {
        let has = |address: &Option<String>| {
            address.as_deref().is_some_and(|a| is_same(a, &self.address))
        };
        // One mail may have been for several: who reads the mailbox of two units, or a mailbox and their own.
        let shared = (has(&unit.mailbox) || has(&unit.reception)).then_some(&*self.address);
        match self.who {
            Recipient::Responsible(Responsible::Employee(id)) => {
                let employee = directory.employee(id).filter(|e| e.active && e.unit == unit.id);
                employee.map(|e| e.name.as_str()).or(shared)
            }
            Recipient::Responsible(Responsible::UnitMailbox(_) | Responsible::Reception(_)) => {
                shared
            }
            Recipient::Responsible(Responsible::Organisation) | Recipient::Officer => {
                let is_top = directory.top().is_some_and(|top| top.id == unit.id);
                shared.or_else(|| is_top.then_some(&*self.address))
            }
            Recipient::Account { .. } => None,
        }
    }
}

impl ManagerList {
    /// Nothing that a manager has to know today.
    pub fn is_quiet(&self) -> bool {
        self.from_below.is_empty() && self.units.iter().all(UnitList::is_quiet)
    }
}

impl UnitList {
    /// Nothing that a manager has to know today.
    pub fn is_quiet(&self) -> bool {
        self.late.is_empty()
            && self.due_today.is_empty()
            && self.not_reached.is_empty()
            && self.broken_agreed.is_empty()
            && self.hand_overs.is_empty()
            && self.undeliverable.is_empty()
            && self.uncovered.is_empty()
            && self.unreferred.is_empty()
    }
}

/// What a list says, and what is to be noted once it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    pub list: ManagerList,
    /// Late ones that stand on it, and at which level; see [`Callback::list`].
    pub listed: Vec<(CallbackId, usize)>,
}

/// The list of `me`; `None` when there is nothing to say, but never on a Monday, or the day after one that is off:
/// silence must not be mistaken for health. `callbacks` are the open ones of [`Readers::units_below`]. A unit that is
/// gone is told of as long as it has something open.
pub fn manager_list(
    me: Recipient,
    callbacks: &[Callback],
    readers: Readers<'_>,
    rules: Rules<'_>,
) -> Option<Listing> {
    let Readers { directory, today, .. } = readers;
    let (mut units, mut from_below, mut listed) = (Vec::new(), Vec::new(), Vec::new());
    for unit in readers.units_below(me).into_iter().filter_map(|id| directory.unit(id)) {
        let own: Vec<&Callback> =
            callbacks.iter().filter(|c| belongs(c, unit.id, directory)).collect();
        let chain = readers.chain(unit.id);
        let levels = readers.levels(&chain, me);
        let Some(&level) = levels.first() else { continue };
        let climbs = |c: &Callback, at| readers.climbs(c, (&chain, at), today, rules.calendar);
        let is_late = |c: &&Callback| stands_late(c, today, rules.calendar);
        let whole = level < readers.levels_of_the_whole(&chain);
        let late = own.iter().copied().filter(is_late);
        let mut climbed: Vec<&Callback> = Vec::new();
        for callback in late.clone() {
            // Who stands in for somebody has their level and the own: both are noted, and it is told once.
            let at: Vec<usize> =
                levels.iter().copied().filter(|at| climbs(callback, *at)).collect();
            listed.extend(at.iter().map(|at| (callback.id, *at)));
            climbed.extend((!at.is_empty()).then_some(callback));
        }
        if whole {
            // Who lists the unit for a manager who cannot be reached is that unit's first reader.
            listed.extend(late.map(|c| (c.id, 0)));
            let told = readers.unreachable.iter().filter_map(|u| u.on_list_of(unit, directory));
            let undeliverable = told.map(str::to_owned).collect();
            let instead_of = chain[..level].iter().filter_map(|r| name(*r, directory)).collect();
            let list = unit_list(&own, today, rules, directory);
            let (name, uncovered) = (unit.name.clone(), uncovered(&own, today, directory));
            let list = UnitList { name, instead_of, undeliverable, uncovered, ..list };
            let list = with_unreferred(list, unit.id, readers);
            if unit.active || list.open > 0 || !list.is_quiet() {
                units.push(list);
            }
        } else if !climbed.is_empty() {
            let mut late = Groups::default();
            for callback in climbed {
                late.add(callback.holder(), row(callback, today, rules.calendar, directory));
            }
            let manager = chain.first().and_then(|r| name(*r, directory));
            let (name, late) = (unit.name.clone(), late.named(directory));
            from_below.push(OfUnit { name, manager, late });
        }
    }
    let list = ManagerList { day: today, units, from_below };
    let weekly = !list.units.is_empty() && is_first_of_week(today, rules.calendar);
    (weekly || !list.is_quiet()).then_some(Listing { list, listed })
}

fn name(reader: Recipient, directory: &Directory) -> Option<String> {
    match reader {
        Recipient::Responsible(Responsible::Employee(id)) => {
            directory.employee(id).map(|e| e.name.clone())
        }
        Recipient::Responsible(
            Responsible::UnitMailbox(_) | Responsible::Reception(_) | Responsible::Organisation,
        )
        | Recipient::Officer
        | Recipient::Account { .. } => None,
    }
}

fn stands_late(callback: &Callback, today: NaiveDate, calendar: &WorkCalendar) -> bool {
    let late = matches!(standing(callback, today, calendar), Standing::Late { .. });
    is_open(callback) && late
}

/// What belongs to no unit is the organisation's own: it stands with the unit at the top.
fn belongs(callback: &Callback, unit: UnitId, directory: &Directory) -> bool {
    callback.unit.or_else(|| directory.top().map(|u| u.id)) == Some(unit)
}

fn unit_list(
    own: &[&Callback],
    today: NaiveDate,
    Rules { calendar, policy, .. }: Rules<'_>,
    directory: &Directory,
) -> UnitList {
    let mut late = Groups::default();
    let mut due_today = Groups::default();
    let mut not_reached = Groups::default();
    let mut broken_agreed = Groups::default();
    let mut hand_overs = Groups::default();
    let mut count = 0;
    for callback in own.iter().filter(|c| is_open(c)) {
        count += 1;
        let row = row(callback, today, calendar, directory);
        if (row.unanswered && row.attempts == 0) || row.hops >= TOO_MANY_HOPS {
            hand_overs.add(callback.holder(), row.clone());
        }
        match row.standing {
            Standing::AgreedDayBroken { .. } => broken_agreed.add(callback.holder(), row),
            Standing::Late { .. } => late.add(callback.holder(), row),
            Standing::DueToday => due_today.add(callback.holder(), row),
            Standing::Tried if tried_long_ago(callback, today, calendar, policy) => {
                not_reached.add(callback.holder(), row)
            }
            Standing::Tried
            | Standing::DueLater
            | Standing::NoDeadline
            | Standing::Agreed { .. } => {}
        }
    }
    UnitList {
        late: late.named(directory),
        due_today: due_today.named(directory),
        not_reached: not_reached.named(directory),
        broken_agreed: broken_agreed.named(directory),
        hand_overs: hand_overs.named(directory),
        open: count,
        ..UnitList::default()
    }
}

/// By name.
fn uncovered(own: &[&Callback], today: NaiveDate, directory: &Directory) -> Vec<String> {
    let waits = |owner| {
        let open = own.iter().filter(|c| matches!(c.state, State::Open));
        open.filter(|c| c.standing().next().is_some()).any(|c| c.holder() == owner)
    };
    let away = directory.away_without_cover(today);
    let mut names: Vec<String> =
        away.filter(|e| waits(Owner::Employee(e.id))).map(|e| e.name.clone()).collect();
    names.sort();
    names
}

/// By name.
fn with_unreferred(list: UnitList, unit: UnitId, readers: Readers<'_>) -> UnitList {
    let Readers { directory, today, .. } = readers;
    let rang = readers.unreferred.iter().filter_map(|(id, n)| Some((directory.employee(*id)?, n)));
    let away = rang.filter(|(e, _)| e.active && e.unit == unit && directory.is_away(e.id, today));
    let (mut unreferred, calls): (Vec<String>, Vec<usize>) =
        away.map(|(e, calls)| (e.name.clone(), calls)).unzip();
    unreferred.sort();
    UnitList { unreferred, unreferred_calls: calls.into_iter().sum(), ..list }
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
