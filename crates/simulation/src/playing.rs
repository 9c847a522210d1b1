//! Day by day: calls come in, rounds go out, people call back.

use crate::Town;
use crate::behaviour::Behaviour;
use crate::desk::Desk;
use crate::people::Away;
use crate::tally::Tally;
use crate::telling::Telling;
use crate::traffic::{SimulatedCall, Traffic, party};
use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::callback::{Actor, Callback, Disposition, How, State};
use domain::directory::{Directory, Responsible};
use domain::fact::{What, Why};
use domain::ids::{AccountId, CallbackId, EmployeeId, LineId};
use domain::rounds::{RoundKind, Schedule, Slot, Standing, standing};
use domain::transitions::Rules;
use fastrand::Rng;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};
use uuid::Uuid;

/// What is played, besides calls and people.
#[derive(Debug, Clone, Copy)]
pub struct Played<'a> {
    pub rules: Rules<'a>,
    pub schedule: &'a Schedule,
    pub behaviour: Behaviour,
    pub first: NaiveDate,
    pub days: u64,
    /// The same seed gives the same year.
    pub seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// The call of that place in the day's.
    Call(usize),
    /// The round of that place in the day's.
    Round(usize),
    Try(CallbackId),
}

/// Plays it. `day_done` is told after each day how many calls there have been.
pub fn simulate(
    town: &Town,
    played: Played<'_>,
    traffic: &mut Traffic,
    mut day_done: impl FnMut(u64),
) -> Tally {
    let mut rng = Rng::with_seed(played.seed);
    // Of its own, so that every policy and behaviour is played on the same calls.
    let of_calls = rng.fork();
    let away = Away::of(town, (played.first, played.days), &mut rng);
    let mut tally = Tally::default();
    let mut year = Year {
        telling: Telling::new(town, played.first, &mut tally),
        desk: Desk::new(played.rules),
        phones: phones(town),
        tally,
        of_calls,
        rng,
        played,
        directory: Directory::default(),
        events: BinaryHeap::new(),
        calls: Vec::new(),
        slots: Vec::new(),
        planned: HashSet::new(),
        posts: 0,
    };
    for n in 0..played.days {
        let day = played.first + Days::new(n);
        year.directory = town.with_absences(away.around(day));
        year.play(day, traffic);
        day_done(year.tally.whole.calls);
    }
    let end = played.first + Days::new(played.days);
    year.desk.close(end, &mut year.tally);
    year.tally
}

struct Year<'a> {
    played: Played<'a>,
    desk: Desk<'a>,
    telling: Telling<'a>,
    tally: Tally,
    of_calls: Rng,
    rng: Rng,
    /// As it is today.
    directory: Directory,
    /// The telephone of each.
    phones: HashMap<EmployeeId, LineId>,
    events: BinaryHeap<Reverse<(DateTime<Utc>, Event)>>,
    /// The day's.
    calls: Vec<SimulatedCall>,
    slots: Vec<Slot>,
    /// Of which it is known when they will be tried today.
    planned: HashSet<CallbackId>,
    posts: u64,
}

impl Year<'_> {
    fn play(&mut self, day: NaiveDate, traffic: &mut Traffic) {
        let calendar = self.played.rules.calendar;
        self.calls = traffic.of_day(day, calendar, &mut self.of_calls);
        self.planned.clear();
        let calls = self.calls.iter().enumerate();
        self.events.extend(calls.map(|(n, call)| Reverse((call.ended_at, Event::Call(n)))));
        self.slots = self.played.schedule.of_day(day, calendar);
        let slots = self.slots.iter().enumerate();
        self.events.extend(slots.map(|(n, slot)| Reverse((slot.at, Event::Round(n)))));
        while let Some(Reverse((at, event))) = self.events.pop() {
            self.desk.wake(at, &mut self.tally);
            match event {
                Event::Call(n) => self.call(n, at),
                Event::Round(n) => self.round(self.slots[n]),
                Event::Try(id) => self.try_once(id, at),
            }
        }
        if calendar.is_working_day(day) {
            self.telling.end_of_day(&mut self.tally);
            self.tally.open.add(self.desk.open.len() as u32);
        }
    }

    fn call(&mut self, n: usize, at: DateTime<Utc>) {
        let month = self.desk.month(at);
        self.tally.count(&month, |counts| counts.calls += 1);
        let holds = self.desk.settle(&self.calls[n], &self.directory, &mut self.tally);
        if let Some(id) = holds {
            self.may_be_tried(id, at);
        }
    }

    fn round(&mut self, slot: Slot) {
        let told = self.telling.round(&slot, &mut self.desk, &self.directory, &mut self.tally);
        match slot.kind {
            RoundKind::Digest => self.morning(slot.at, slot.day),
            RoundKind::Nudge => {
                for id in told {
                    self.plan(id, self.played.behaviour.after_nudge, slot.at);
                }
            }
            RoundKind::New
            | RoundKind::ManagerList
            | RoundKind::Alarm
            | RoundKind::Silence
            | RoundKind::Faults
            | RoundKind::Test => {}
        }
    }

    /// Whoever has something looks at it, told or not.
    fn morning(&mut self, at: DateTime<Utc>, day: NaiveDate) {
        let behaviour = self.played.behaviour;
        let mut open: Vec<CallbackId> = self.desk.open.keys().copied().collect();
        open.sort_unstable();
        for id in open {
            let callback = &self.desk.open[&id];
            let chance = match standing(callback, day, self.played.rules.calendar) {
                Standing::Late { .. } | Standing::AgreedDayBroken { .. } => behaviour.when_late,
                Standing::DueToday => behaviour.last_day,
                Standing::DueLater
                | Standing::Tried
                | Standing::NoDeadline
                | Standing::Agreed { .. } => self.each_day(callback),
            };
            let rings_again = callback.first_attempt_at().is_none()
                && callback.contacts.len() == 1
                && self.rng.f64() < behaviour.rings_again;
            if rings_again {
                self.ring_again(id, at);
            }
            self.plan(id, chance, at);
        }
    }

    fn each_day(&self, callback: &Callback) -> f64 {
        match callback.has_message() {
            true => self.played.behaviour.each_day,
            false => self.played.behaviour.each_day_without_message,
        }
    }

    /// It came in while people work: perhaps it is tried yet today.
    fn may_be_tried(&mut self, id: CallbackId, at: DateTime<Utc>) {
        let calendar = self.played.rules.calendar;
        let day = calendar.local_date(at);
        let (Ok(opening), Ok(closing)) = (calendar.opening_at(day), calendar.closing_at(day))
        else {
            return;
        };
        let Some(callback) = self.desk.open.get(&id) else { return };
        if !calendar.is_working_day(day) || at < opening || at >= closing {
            return;
        }
        let left = (closing - at).num_seconds() as f64 / (closing - opening).num_seconds() as f64;
        let chance = self.each_day(callback) * left;
        self.plan(id, chance, at);
    }

    /// With that chance it is tried before closing.
    fn plan(&mut self, id: CallbackId, chance: f64, now: DateTime<Utc>) {
        let calendar = self.played.rules.calendar;
        let Ok(closing) = calendar.closing_at(calendar.local_date(now)) else { return };
        let minutes = (closing - now).num_minutes();
        let is_open = self.desk.open.get(&id).is_some_and(|c| matches!(c.state, State::Open));
        if minutes < 10 || !is_open || self.planned.contains(&id) || self.rng.f64() >= chance {
            return;
        }
        self.planned.insert(id);
        let at = now + TimeDelta::seconds(60 * self.rng.i64(5..minutes) + self.rng.i64(0..60));
        self.events.push(Reverse((at, Event::Try(id))));
    }

    fn ring_again(&mut self, id: CallbackId, now: DateTime<Utc>) {
        let Some(callback) = self.desk.open.get(&id) else { return };
        let line = callback.contacts.last().and_then(|c| self.directory.line(c.line?));
        let (Some(line), Some(caller)) = (line.and_then(party), self.desk.party(callback)) else {
            return;
        };
        let at = now + TimeDelta::minutes(self.rng.i64(5..480));
        let answered = self.rng.f64() < 0.5;
        let what = match answered {
            true => What::answered(Some(TimeDelta::seconds(self.rng.i64(30..300)))),
            false => What::not_answered(Why::NoAnswer, Some(TimeDelta::seconds(25))),
        };
        self.posts += 1;
        self.calls.push(SimulatedCall::incoming(self.posts, caller, line, what, at));
        self.events.push(Reverse((at, Event::Call(self.calls.len() - 1))));
    }

    /// Whoever is responsible calls back.
    fn try_once(&mut self, id: CallbackId, at: DateTime<Utc>) {
        let rules = self.played.rules;
        let Some(callback) = self.desk.open.get(&id) else { return };
        if !matches!(callback.state, State::Open) {
            return;
        }
        let behaviour = self.played.behaviour;
        let reaches = self.rng.f64() < behaviour.caller_answers;
        let day = rules.calendar.local_date(at);
        let who = self.directory.responsible_for(callback, day);
        let phone = match who {
            Responsible::Employee(employee) => self.phones.get(&employee).copied(),
            Responsible::UnitMailbox(_) | Responsible::Reception(_) | Responsible::Organisation => {
                None
            }
        };
        let line = phone.and_then(|id| self.directory.line(id)).and_then(party);
        let seen =
            line.zip(self.desk.party(callback)).filter(|_| self.rng.f64() >= behaviour.by_hand);
        if let Some((line, caller)) = seen {
            let what = match reaches {
                true => What::answered(Some(TimeDelta::seconds(self.rng.i64(25..400)))),
                false => What::not_answered(Why::NoAnswer, None),
            };
            self.posts += 1;
            let call = SimulatedCall::outgoing(self.posts, line, caller, what, at);
            self.desk.settle(&call, &self.directory, &mut self.tally);
        } else {
            let by = match who {
                Responsible::Employee(employee) => Actor::Employee(employee),
                Responsible::UnitMailbox(_)
                | Responsible::Reception(_)
                | Responsible::Organisation => Actor::Account(AccountId(Uuid::nil())),
            };
            self.desk.act(id, &mut self.tally, |callback| match reaches {
                true => callback.resolve(by, Disposition::Reached, rules, at),
                false => callback.attempt(by, How::Phone, at),
            });
        }
        // Who has tried often enough says so; too few, and it is refused.
        let by = Actor::System;
        self.desk.act(id, &mut self.tally, |callback| match callback.state {
            State::Open => callback.resolve(by, Disposition::NotReachable, rules, at),
            State::Provisional { .. } | State::Resolved { .. } | State::Withdrawn { .. } => {
                Ok(domain::decision::Decision::unchanged(callback, at))
            }
        });
    }
}

fn phones(town: &Town) -> HashMap<EmployeeId, LineId> {
    let lines = town.directory.lines().iter().filter(|line| line.active);
    let of =
        lines.flat_map(|line| line.assignments.iter().filter_map(|a| Some((a.employee?, line.id))));
    of.collect()
}
