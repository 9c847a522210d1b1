//! Mails are counted, not written: each round is decided by `domain::rounds`, as `notifier` asks it.

use crate::Town;
use crate::desk::Desk;
use crate::tally::{Role, Tally};
use chrono::NaiveDate;
use domain::callback::Callback;
use domain::directory::{Directory, Responsible};
use domain::ids::CallbackId;
use domain::rounds::{
    Digest, Readers, Recipient, RoundKind, Slot, digest, manager_list, new, nudge,
};
use std::collections::{BTreeMap, HashMap};

/// What has been told today, and to whom.
#[derive(Debug)]
pub(crate) struct Telling<'a> {
    town: &'a Town,
    /// Of several roles that one address reads, the one that is written to (R25).
    told_as: HashMap<Responsible, Responsible>,
    today: HashMap<(Role, Recipient), u32>,
}

impl<'a> Telling<'a> {
    pub(crate) fn new(town: &'a Town, today: NaiveDate, tally: &mut Tally) -> Self {
        let directory = &town.directory;
        let employees = directory.employees().iter().filter(|e| e.active).map(|e| e.id);
        let employees: Vec<Responsible> = employees.map(Responsible::Employee).collect();
        let units = || directory.units().iter().filter(|u| u.active);
        let mailboxes = units().filter(|u| u.mailbox.is_some());
        let receptions = units().filter(|u| u.reception.is_some());
        let mailboxes: Vec<Responsible> = mailboxes
            .map(|u| Responsible::UnitMailbox(u.id))
            .chain(receptions.map(|u| Responsible::Reception(u.id)))
            .chain([Responsible::Organisation])
            .collect();
        let one = |role: &Responsible| {
            let told_as = town.offices.one_each([*role], directory).into_iter().next();
            (*role, told_as.unwrap_or(*role))
        };
        let told_as: HashMap<_, _> = employees.iter().chain(&mailboxes).map(one).collect();
        let addresses = |roles: &[Responsible]| {
            let one_each = town.offices.one_each(roles.iter().copied(), directory);
            one_each.len() as u64
        };
        let readers = Readers::of(directory, &town.offices, today);
        let lists = readers.all().len() as u64;
        tally.people = BTreeMap::from([
            (Role::Employee, addresses(&employees)),
            (Role::Mailbox, addresses(&mailboxes)),
            (Role::Manager, lists.saturating_sub(1)),
            (Role::Officer, 1),
        ]);
        Self { town, told_as, today: HashMap::new() }
    }

    /// The day is over: how many mails each one got, also those who got none.
    pub(crate) fn end_of_day(&mut self, tally: &mut Tally) {
        let mut told: BTreeMap<Role, u64> = BTreeMap::new();
        for ((role, _), mails) in self.today.drain() {
            *told.entry(role).or_default() += 1;
            tally.mails_a_day.entry(role).or_default().add(mails);
        }
        for (role, people) in tally.people.clone() {
            let none = people.saturating_sub(told.get(&role).copied().unwrap_or_default());
            tally.mails_a_day.entry(role).or_default().add_many(0, none);
        }
    }

    /// A round goes out. Says of which callbacks whoever is responsible was told.
    pub(crate) fn round(
        &mut self,
        slot: &Slot,
        desk: &mut Desk<'_>,
        directory: &Directory,
        tally: &mut Tally,
    ) -> Vec<CallbackId> {
        match slot.kind {
            RoundKind::New | RoundKind::Digest | RoundKind::Nudge => {
                self.callbacks(slot, desk, directory, tally)
            }
            RoundKind::ManagerList => {
                self.lists(slot, desk, directory, tally);
                Vec::new()
            }
            // Nothing here fails to be delivered, and no PBX falls silent.
            RoundKind::Alarm | RoundKind::Silence | RoundKind::Faults | RoundKind::Test => {
                Vec::new()
            }
        }
    }

    fn callbacks(
        &mut self,
        slot: &Slot,
        desk: &mut Desk<'_>,
        directory: &Directory,
        tally: &mut Tally,
    ) -> Vec<CallbackId> {
        // Nobody where it waits for somebody's next day at work (R17).
        let told_as = |callback: &Callback| {
            let who = directory.told_of(callback, slot.day)?;
            Some(self.told_as.get(&who).copied().unwrap_or(who))
        };
        let ids: Vec<CallbackId> = if slot.kind == RoundKind::New {
            desk.news.iter().copied().collect()
        } else {
            desk.held.values().flatten().copied().collect()
        };
        let mut groups: BTreeMap<Responsible, Vec<Callback>> = BTreeMap::new();
        for callback in ids.iter().filter_map(|id| desk.open.get(id)) {
            if let Some(who) = told_as(callback) {
                groups.entry(who).or_default().push(callback.clone());
                if slot.kind != RoundKind::Nudge {
                    desk.news.remove(&callback.id);
                }
            }
        }
        let mut told = Vec::new();
        for (who, open) in groups {
            if self.town.offices.address(who, directory).is_none() {
                continue;
            }
            let calendar = desk.rules.calendar;
            let mail: Option<Digest> = match slot.kind {
                RoundKind::New => new(&open, slot.day, calendar, directory),
                RoundKind::Digest => digest(&open, slot.day, calendar, directory),
                RoundKind::Nudge => nudge(&open, slot.day, calendar, directory),
                RoundKind::ManagerList
                | RoundKind::Alarm
                | RoundKind::Silence
                | RoundKind::Faults
                | RoundKind::Test => None,
            };
            let Some(mail) = mail else { continue };
            let role = match who {
                Responsible::Employee(_) => Role::Employee,
                Responsible::UnitMailbox(_)
                | Responsible::Reception(_)
                | Responsible::Organisation => Role::Mailbox,
            };
            if slot.kind == RoundKind::Digest {
                tally.rows.entry(role).or_default().add(mail.rows.len() as u32);
            }
            self.sent((role, who.into()), slot, desk, tally);
            told.extend(mail.rows.iter().map(|row| row.id));
        }
        told
    }

    /// R26, R27.
    fn lists(
        &mut self,
        slot: &Slot,
        desk: &mut Desk<'_>,
        directory: &Directory,
        tally: &mut Tally,
    ) {
        let readers = Readers::of(directory, &self.town.offices, slot.day);
        for me in readers.all() {
            let units = readers.units_below(me).into_iter().map(Some).chain([None]);
            let ids = units.filter_map(|unit| desk.of_unit.get(&unit)).flatten();
            let open: Vec<Callback> = ids.filter_map(|id| desk.open.get(id)).cloned().collect();
            let Some(listing) = manager_list(me, &open, readers, desk.rules) else {
                continue;
            };
            let role = if me == Recipient::Officer { Role::Officer } else { Role::Manager };
            if listing.list.is_quiet() && role == Role::Officer {
                continue;
            }
            let rows: usize = listing.list.units.iter().map(rows_of).sum::<usize>()
                + listing
                    .list
                    .from_below
                    .iter()
                    .flat_map(|of| &of.late)
                    .map(|p| p.rows.len())
                    .sum::<usize>();
            tally.rows.entry(role).or_default().add(rows as u32);
            self.sent((role, me), slot, desk, tally);
            for (id, level) in listing.listed {
                desk.act(id, tally, |c| Ok(c.list(level, slot.day, slot.at)));
            }
        }
    }

    fn sent(&mut self, to: (Role, Recipient), slot: &Slot, desk: &Desk<'_>, tally: &mut Tally) {
        *self.today.entry(to).or_default() += 1;
        *tally.mails_of_kind.entry(slot.kind.name()).or_default() += 1;
        tally.count(&desk.month(slot.at), |counts| counts.mails += 1);
    }
}

fn rows_of(unit: &domain::rounds::UnitList) -> usize {
    let parts =
        [&unit.late, &unit.due_today, &unit.not_reached, &unit.broken_agreed, &unit.hand_overs];
    parts.into_iter().flatten().map(|person| person.rows.len()).sum()
}
