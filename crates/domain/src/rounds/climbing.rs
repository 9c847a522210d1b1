//! Who reads of what is late in a unit: its manager, in time those above, at last the named officer (R26, R27, R28).

use super::whom::is_same;
use super::{Offices, Recipient, Unreachable};
use crate::callback::Callback;
use crate::directory::{Directory, Responsible, Unit};
use crate::ids::{EmployeeId, UnitId};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeSet;
use workalendar::WorkCalendar;

/// Working days that each level has before the next is told (R27).
const WORKING_DAYS_EACH: i64 = 2;

/// Who there is to read lists, and whom mail does not reach.
#[derive(Debug, Clone, Copy)]
pub struct Readers<'a> {
    pub directory: &'a Directory,
    pub offices: &'a Offices,
    pub unreachable: &'a [Unreachable],
    /// Whose telephone rang lately though they were away.
    pub unreferred: &'a BTreeSet<EmployeeId>,
}

impl Readers<'_> {
    /// Everybody who gets lists. The officer is always among them: who cannot be told there is told of by an alarm.
    pub fn all(&self) -> Vec<Recipient> {
        let units = self.directory.units().iter();
        let managers = units.filter_map(|u| self.directory.manager_of(u.id));
        let managers = managers.map(|m| Responsible::Employee(m.id));
        let managers = self.offices.one_each(managers, self.directory);
        let mut all: Vec<Recipient> = managers.into_iter().map(Recipient::Responsible).collect();
        let officer = self.offices.officer(self.directory);
        if !all.contains(&officer) {
            all.push(officer);
        }
        all
    }

    /// Units of which `me` may be told something today or in time, from the top down and by name. Also those that are
    /// gone: what they promised still stands.
    pub fn units_below(&self, me: Recipient) -> Vec<UnitId> {
        let below = |u: &&Unit| self.chain(u.id).iter().any(|reader| self.is_same(*reader, me));
        let mut below: Vec<&Unit> = self.directory.units().iter().filter(below).collect();
        below.sort_by_key(|u| (self.directory.upwards(u.id).count(), &u.name));
        below.into_iter().map(|u| u.id).collect()
    }

    /// Who reads of this unit, level by level: its manager, or the nearest above; then each one above; the officer last.
    pub(super) fn chain(&self, unit: UnitId) -> Vec<Recipient> {
        let managers = self.directory.upwards(unit).filter_map(|u| u.manager);
        let managers = managers.filter(|id| self.directory.employee(*id).is_some_and(|m| m.active));
        let managers = managers.map(|id| Recipient::Responsible(Responsible::Employee(id)));
        let officer = self.offices.officer(self.directory);
        let mut chain: Vec<Recipient> = Vec::new();
        for reader in managers.chain([officer]) {
            if chain.iter().all(|known| !self.is_same(*known, reader)) {
                chain.push(reader);
            }
        }
        chain
    }

    /// At how many levels the whole unit is on the list: its manager's, and while that one cannot be reached, the next's (R28).
    pub(super) fn levels_of_the_whole(&self, chain: &[Recipient]) -> usize {
        let first = chain.iter().position(|reader| self.is_reachable(*reader));
        first.map_or(chain.len(), |first| first + 1)
    }

    /// Whether nobody is above this one.
    pub fn is_at_the_top(&self, reader: Recipient) -> bool {
        self.is_same(reader, self.offices.officer(self.directory))
    }

    /// Whether mail gets to this one: there is an address, and the latest mail to it did not die.
    pub fn is_reachable(&self, reader: Recipient) -> bool {
        let address = self.address(reader);
        address.is_some_and(|a| self.unreachable.iter().all(|u| !is_same(&u.address, a)))
    }

    /// R27: whether the list of `level`, above the own manager's, tells of this late callback today: when the level below
    /// has had it for its days, or at once where the own manager is the one responsible; from then on weekly.
    pub(super) fn climbs(
        &self,
        callback: &Callback,
        (chain, level): (&[Recipient], usize),
        today: NaiveDate,
        calendar: &WorkCalendar,
    ) -> bool {
        let Some(below) = level.checked_sub(1) else { return false };
        if callback.taken_on(today).is_some() {
            return false;
        }
        match (callback.listed_on.get(level), callback.listed_on.get(below)) {
            (Some(first), _) => *first == today || is_first_of_week(today, calendar),
            (None, Some(told_on))
                if calendar.working_days_between(*told_on, today) >= WORKING_DAYS_EACH =>
            {
                true
            }
            (None, _) => {
                let responsible =
                    Recipient::Responsible(self.directory.responsible(callback.holder(), today));
                level == 1 && chain.first().is_some_and(|own| self.is_same(*own, responsible))
            }
        }
    }

    /// One person, or one address that is read as one.
    pub(super) fn is_same(&self, one: Recipient, other: Recipient) -> bool {
        let same_address = || Some(is_same(self.address(one)?, self.address(other)?));
        one == other || same_address().unwrap_or(false)
    }

    fn address(&self, reader: Recipient) -> Option<&str> {
        match reader {
            Recipient::Responsible(who) => self.offices.address(who, self.directory),
            Recipient::Officer => self.offices.officer.as_deref().filter(|a| !a.is_empty()),
            Recipient::Account { .. } => None,
        }
    }
}

/// Monday, or the first working day of a week whose Monday is off.
pub(super) fn is_first_of_week(today: NaiveDate, calendar: &WorkCalendar) -> bool {
    let since_monday = u64::from(today.weekday().num_days_from_monday());
    (1..=since_monday)
        .filter_map(|n| today.checked_sub_days(Days::new(n)))
        .all(|day| !calendar.is_working_day(day))
}
