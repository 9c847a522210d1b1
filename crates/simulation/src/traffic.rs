//! The calls of a year: invented by a seed, or what a PBX kept of one.

use crate::Town;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use domain::directory::{Line, LineKind};
use domain::fact::{CallFact, CallRef, Direction, What, Why};
use domain::number::E164;
use domain::party::Party;
use fastrand::Rng;
use std::collections::VecDeque;
use workalendar::WorkCalendar;

/// One call, as a PBX tells of it when it is over.
#[derive(Debug, Clone)]
pub struct SimulatedCall {
    pub ended_at: DateTime<Utc>,
    pub facts: Vec<CallFact>,
}

/// Calls day by day.
#[derive(Debug)]
pub enum Traffic {
    /// Invented.
    Invented(Invented),
    /// What is recorded, in the order of time.
    Recorded(VecDeque<SimulatedCall>),
}

/// How invented calls are spread and how they end. Shares of all calls, after what Swedish municipalities tell of theirs.
#[derive(Debug)]
pub struct Invented {
    calls: u64,
    /// The weight of a whole time, and what of it has passed.
    weight: f64,
    passed: f64,
    told: u64,
    phones: Vec<Party>,
    groups: Vec<Party>,
    callers: u64,
}

/// A colleague or a customer who rings the telephone of one person.
const TO_A_PERSON: f64 = 0.75;
const ANSWERED: f64 = 0.72;
/// Of those that nobody answers.
const LEAVES_A_MESSAGE: f64 = 0.35;
const HANGS_UP_AT_ONCE: f64 = 0.15;
/// So many who ring for each telephone there is.
const CALLERS_EACH: u64 = 80;
/// On days off hardly anybody rings.
const DAY_OFF: f64 = 0.03;

impl Traffic {
    /// So many calls in so many days from `first` on.
    pub fn invented(
        town: &Town,
        calls: u64,
        (first, days): (NaiveDate, u64),
        calendar: &WorkCalendar,
    ) -> Self {
        let of = |is: fn(LineKind) -> bool| -> Vec<Party> {
            let lines = town.directory.lines().iter().filter(|l| l.active && is(l.kind));
            lines.filter_map(party).collect()
        };
        let phones = of(|kind| kind == LineKind::Person);
        let callers = CALLERS_EACH * phones.len().max(1) as u64;
        let weight = (0..days).map(|n| weight(first + Days::new(n), calendar)).sum();
        let groups = of(LineKind::is_shared);
        Self::Invented(Invented { calls, weight, passed: 0.0, told: 0, phones, groups, callers })
    }

    /// The calls of that day, in the order in which they ended.
    pub fn of_day(
        &mut self,
        day: NaiveDate,
        calendar: &WorkCalendar,
        rng: &mut Rng,
    ) -> Vec<SimulatedCall> {
        match self {
            Self::Invented(invented) => invented.of_day(day, calendar, rng),
            Self::Recorded(calls) => {
                let until = calendar.end_of(day).unwrap_or(DateTime::<Utc>::MAX_UTC);
                let n = calls.partition_point(|call| call.ended_at < until);
                calls.drain(..n).collect()
            }
        }
    }
}

impl Invented {
    fn of_day(
        &mut self,
        day: NaiveDate,
        calendar: &WorkCalendar,
        rng: &mut Rng,
    ) -> Vec<SimulatedCall> {
        self.passed += weight(day, calendar);
        let until = (self.calls as f64 * self.passed / self.weight).round() as u64;
        let midnight = calendar.at(day, NaiveTime::MIN).unwrap_or_default();
        let calls = (self.told..until.min(self.calls)).filter_map(|n| self.call(n, midnight, rng));
        let mut calls: Vec<SimulatedCall> = calls.collect();
        self.told = until;
        calls.sort_by_key(|call| call.ended_at);
        calls
    }

    fn call(&self, n: u64, midnight: DateTime<Utc>, rng: &mut Rng) -> Option<SimulatedCall> {
        let to_a_person = self.groups.is_empty() || rng.f64() < TO_A_PERSON;
        let lines = if to_a_person { &self.phones } else { &self.groups };
        let line = lines.get(rng.usize(0..lines.len().max(1)))?;
        // Some ring often: of two throws the smaller.
        let caller = rng.u64(0..self.callers).min(rng.u64(0..self.callers));
        let from = Party::alias(&format!("kund-{caller}"));
        // Before noon more than after, and some outside hours.
        let minute = match rng.f64() {
            x if x < 0.6 => 8 * 60 + rng.i64(0..240),
            x if x < 0.96 => 12 * 60 + rng.i64(0..300),
            _ => rng.i64(0..24 * 60),
        };
        let ended_at = midnight + TimeDelta::seconds(60 * minute + rng.i64(0..60));
        let what = how_it_ends(rng);
        Some(SimulatedCall::incoming(n, from, line.clone(), what, ended_at))
    }
}

fn how_it_ends(rng: &mut Rng) -> What {
    let seconds = |n: i64| Some(TimeDelta::seconds(n));
    if rng.f64() < ANSWERED {
        What::answered(seconds(rng.i64(20..600)))
    } else if rng.f64() < LEAVES_A_MESSAGE {
        What::voicemail(seconds(rng.i64(4..60)), None)
    } else if rng.f64() < HANGS_UP_AT_ONCE {
        What::not_answered(Why::Abandoned, seconds(rng.i64(1..5)))
    } else {
        What::not_answered(Why::NoAnswer, seconds(rng.i64(10..45)))
    }
}

fn weight(day: NaiveDate, calendar: &WorkCalendar) -> f64 {
    if !calendar.is_working_day(day) {
        return DAY_OFF;
    }
    let of_weekday = match day.weekday() {
        Weekday::Mon => 1.25,
        Weekday::Tue => 1.05,
        Weekday::Wed => 1.0,
        Weekday::Thu => 0.95,
        Weekday::Fri | Weekday::Sat | Weekday::Sun => 0.75,
    };
    let of_month = if day.month() == 7 { 0.5 } else { 1.0 };
    of_weekday * of_month
}

/// As the PBX names this line.
pub(crate) fn party(line: &Line) -> Option<Party> {
    let alias = line.aliases.first()?;
    let number = E164::from_canonical(&alias.text);
    Some(Party { number, ..Party::alias(&alias.text) })
}

impl SimulatedCall {
    /// Somebody rang this line.
    pub(crate) fn incoming(
        n: u64,
        from: Party,
        line: Party,
        what: What,
        ended_at: DateTime<Utc>,
    ) -> Self {
        let (to, direction) = (line.clone(), Direction::Inbound);
        Self::told(n, (from, to, line), direction, what, ended_at)
    }

    /// From this line somebody was rung.
    pub(crate) fn outgoing(
        n: u64,
        line: Party,
        to: Party,
        what: What,
        ended_at: DateTime<Utc>,
    ) -> Self {
        let from = line.clone();
        Self::told(n, (from, to, line), Direction::Outbound, what, ended_at)
    }

    fn told(
        n: u64,
        (from, to, line): (Party, Party, Party),
        direction: Direction,
        what: What,
        ended_at: DateTime<Utc>,
    ) -> Self {
        let name = n.to_string();
        let fact = CallFact {
            key: name.clone(),
            refs: Vec::from([CallRef::Call(name)]),
            direction,
            from,
            to,
            line,
            leg: None,
            what,
            began_at: None,
            ended_at: Some(ended_at),
            complete: true,
        };
        Self { ended_at, facts: Vec::from([fact]) }
    }
}
