//! Who reads of what is late in a unit: its manager, in time those above, at last the named officer (R26, R27, R28).

use super::whom::is_same;
use super::{Offices, Recipient, Unreachable};
use crate::callback::Callback;
use crate::directory::{Directory, Responsible, Unit};
use crate::ids::{EmployeeId, UnitId};
use chrono::{Datelike, Days, NaiveDate};
use std::collections::BTreeMap;
use workalendar::WorkCalendar;

/// Working days that each level has before the next is told (R27).
const WORKING_DAYS_EACH: i64 = 2;

/// Who there is to read lists, and whom mail does not reach.
#[derive(Debug, Clone, Copy)]
pub struct Readers<'a> {
    pub directory: &'a Directory,
    pub offices: &'a Offices,
    pub unreachable: &'a [Unreachable],
    /// Whoever stands in for a manager on this local day reads in the manager's place.
    pub today: NaiveDate,
    /// Whose telephone rang lately though they were away, and how often.
    pub unreferred: &'a BTreeMap<EmployeeId, usize>,
}

impl<'a> Readers<'a> {
    /// Where mail reaches everybody and no telephone rings in vain.
    pub fn of(directory: &'a Directory, offices: &'a Offices, today: NaiveDate) -> Self {
        static NOBODY: BTreeMap<EmployeeId, usize> = BTreeMap::new();
        Self { directory, offices, unreachable: &[], today, unreferred: &NOBODY }
    }
}

impl Readers<'_> {
    /// Everybody who gets lists. The officer is always among them: who cannot be told there is told of by an alarm.
    pub fn all(&self) -> Vec<Recipient> {
        let units = self.directory.units().iter();
        let managers = units.filter_map(|u| self.directory.manager_of(u.id, self.today));
        let managers = managers.map(|m| Responsible::Employee(m.id));
        let managers = self.offices.one_each(managers, self.directory);
        let mut all: Vec<Recipient> = managers.into_iter().map(Recipient::Responsible).collect();
        let officer = self.officer();
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
    ///
    /// A level is a manager's, whoever reads in their place today, so it keeps its number while they are away. Who stands
    /// in for two of them is there twice.
    pub(super) fn chain(&self, unit: UnitId) -> Vec<Recipient> {
        let officer = self.offices.officer(self.directory);
        let posts = self.directory.posts(unit, self.today);
        let posts = posts.map(|post| (person(post.manager), person(post.today)));
        let mut chain: Vec<(Recipient, Recipient)> = Vec::new();
        for (whose, today) in posts.chain([(officer, self.today_for(officer))]) {
            if chain.iter().all(|(known, _)| !self.is_same(*known, whose)) {
                chain.push((whose, today));
            }
        }
        chain.into_iter().map(|(_, today)| today).collect()
    }

    /// The levels at which one reads of a unit, in the order of [`Self::chain`].
    pub(super) fn levels(&self, chain: &[Recipient], me: Recipient) -> Vec<usize> {
        let levels = chain.iter().enumerate().filter(|(_, reader)| self.is_same(**reader, me));
        levels.map(|(level, _)| level).collect()
    }

    /// The officer; who manages a unit is stood in for in that, too.
    fn officer(&self) -> Recipient {
        self.today_for(self.offices.officer(self.directory))
    }

    fn today_for(&self, officer: Recipient) -> Recipient {
        let Recipient::Responsible(Responsible::Employee(id)) = officer else { return officer };
        let mut units = self.directory.units().iter();
        let own = units.find(|u| u.active && u.manager == Some(id));
        let post = own.and_then(|u| self.directory.posts(u.id, self.today).next());
        post.map_or(officer, |post| person(post.today))
    }

    /// At how many levels the whole unit is on the list: its manager's, and while that one cannot be reached, the next's (R28).
    pub(super) fn levels_of_the_whole(&self, chain: &[Recipient]) -> usize {
        let first = chain.iter().position(|reader| self.is_reachable(*reader));
        first.map_or(chain.len(), |first| first + 1)
    }

    /// Whether nobody is above this one.
    pub fn is_at_the_top(&self, reader: Recipient) -> bool {
        self.is_same(reader, self.officer())
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
                    Recipient::Responsible(self.directory.responsible_for(callback, today));
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

fn person(id: EmployeeId) -> Recipient {
    Recipient::Responsible(Responsible::Employee(id))
}

/// Monday, or the first working day of a week whose Monday is off.
pub(super) fn is_first_of_week(today: NaiveDate, calendar: &WorkCalendar) -> bool {
    let since_monday = u64::from(today.weekday().num_days_from_monday());
    (1..=since_monday)
        .filter_map(|n| today.checked_sub_days(Days::new(n)))
        .all(|day| !calendar.is_working_day(day))
}
