//! The same report, counted again from the journal and from what the PBX told: day by day, with a list of holidays, and
//! with nothing of what the product counts with.

use aterkom_tests::World;
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta, Weekday};
use domain::callback::{Disposition, Withdrawal};
use domain::decision::Entry;
use domain::directory::Owner;
use domain::follow_up::Period;
use domain::ids::{CallId, CallbackId};
use std::collections::{BTreeMap, BTreeSet};
use store::journal;

/// Those from January 2026 to January 2027 that are no Saturday or Sunday.
const HOLIDAYS: [&str; 12] = [
    "2026-01-01",
    "2026-01-06",
    "2026-04-03",
    "2026-04-06",
    "2026-05-01",
    "2026-05-14",
    "2026-06-19",
    "2026-12-24",
    "2026-12-25",
    "2026-12-31",
    "2027-01-01",
    "2027-01-06",
];
const UNITS: [&str; 3] = ["Exempelby kommun", "Bygglov", "Äldreomsorg"];

/// What a PBX told of a call.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub at: NaiveDateTime,
    pub is_message: bool,
    pub unit: &'static str,
}

/// What a test heard of: all that the other count starts from.
#[derive(Debug, Default)]
pub(crate) struct Heard {
    pub told: BTreeMap<CallId, Told>,
    pub callbacks: BTreeSet<CallbackId>,
}

type Journal = Vec<(NaiveDateTime, Entry)>;

/// What the journal tells of one callback.
#[derive(Debug, Clone, Default)]
struct Read {
    unit: &'static str,
    contacts: BTreeSet<CallId>,
    gone: BTreeSet<CallId>,
    due_on: Option<NaiveDate>,
    /// By the PBX's call: when, and whether they spoke.
    seen: BTreeMap<CallId, (NaiveDateTime, bool)>,
    entered: Vec<(NaiveDateTime, bool)>,
    ended: Option<(Disposition, NaiveDate)>,
    by: Option<CallId>,
    /// Day by day that was agreed, in order, and whether it was kept; not known of the last one.
    agreed: Vec<(NaiveDate, Option<bool>)>,
    excluded: Option<&'static str>,
}

/// One callback in days.
#[derive(Debug)]
struct Case {
    unit: &'static str,
    is_message: bool,
    received_on: NaiveDate,
    due_on: NaiveDate,
    tried_on: Option<NaiveDate>,
    reached_on: Option<NaiveDate>,
    ended: Option<(Disposition, NaiveDate)>,
    agreed: Vec<(NaiveDate, Option<bool>)>,
    excluded: Option<&'static str>,
}

pub(crate) struct Naive {
    today: NaiveDate,
    cases: Vec<Case>,
}

impl Naive {
    pub(crate) async fn of(world: &World, heard: &Heard) -> Self {
        let zone = world.app.scheduler.calendar.zone();
        let tx = world.app.store.read().await.expect("storage works");
        let mut journals: BTreeMap<CallbackId, Journal> = BTreeMap::new();
        for id in &heard.callbacks {
            let entries = journal::list(&tx, *id).await.expect("a journal");
            let local =
                entries.into_iter().map(|(at, e)| (at.with_timezone(&zone).naive_local(), e));
            journals.insert(*id, local.collect());
        }
        tx.rollback().await.expect("storage works");
        let directory = world.directory().await;
        let unit_of = |owner| {
            let unit = directory.unit_of(owner).and_then(|id| directory.unit(id));
            let name = unit.map_or(UNITS[0], |unit| &unit.name);
            UNITS.into_iter().find(|known| *known == name).expect("a unit")
        };
        let cases = journals.keys().map(|id| case(read(*id, &journals, heard, &unit_of), heard));
        Self { today: world.today(), cases: cases.collect() }
    }

    /// The cells of one line that say something, by column.
    pub(crate) fn row(
        &self,
        period: Period,
        unit: &str,
        scope: &str,
        message: &str,
    ) -> BTreeMap<&'static str, String> {
        let is_message = message == "with";
        let of = |unit: &str| -> Vec<&Case> {
            let cases = self.cases.iter().filter(|c| c.unit == unit && c.is_message == is_message);
            cases
                .filter(|c| period.first() <= c.received_on && c.received_on <= period.last())
                .collect()
        };
        let cases: Vec<&Case> = match scope {
            "with_below" => UNITS.into_iter().flat_map(of).collect(),
            _ => of(unit),
        };
        let ended = |cases: &[&Case]| cases.iter().filter(|c| self.has_ended(c)).count();
        let hidden = hidden(UNITS.map(|unit| ended(&of(unit))));
        let is_hidden =
            scope == "own" && UNITS.iter().zip(hidden).any(|(u, hidden)| *u == unit && hidden);
        let shown = match (cases.is_empty(), is_hidden || ended(&cases) < 5) {
            (true, _) => "nothing",
            (false, true) => "too_few",
            (false, false) => "yes",
        };
        let mut row = BTreeMap::from([("shown", shown.to_owned())]);
        if shown == "yes" {
            row.extend(self.numbers(&cases));
        }
        row
    }

    fn has_ended(&self, case: &Case) -> bool {
        let over = working_day(case.received_on, 2).max(case.due_on);
        case.excluded.is_none() && over < self.today
    }

    /// Of the agreed days that are over or done with, whether each was kept.
    fn agreed_days(&self, case: &Case) -> Vec<bool> {
        let ended = case.ended.map(|(_, day)| day);
        let known = |(day, kept): &(NaiveDate, Option<bool>)| match (kept, ended) {
            (Some(kept), _) => Some(*kept),
            (None, Some(ended)) => Some(ended <= *day),
            (None, None) => (self.today > *day).then_some(false),
        };
        case.agreed.iter().filter_map(known).collect()
    }

    fn numbers(&self, cases: &[&Case]) -> Vec<(&'static str, String)> {
        let counted: Vec<_> = cases.iter().filter(|c| c.excluded.is_none()).collect();
        let ended: Vec<_> = counted.iter().filter(|c| self.has_ended(c)).collect();
        let within = |day: Option<NaiveDate>, c: &Case, n| {
            day.is_some_and(|day| day <= working_day(c.received_on, n))
        };
        let count = |is: &dyn Fn(&Case) -> bool| ended.iter().filter(|c| is(c)).count();
        let late = |c: &Case| c.tried_on.is_none_or(|day| day > c.due_on);
        let closed = |c: &Case| late(c) && c.ended.is_some_and(|(_, day)| day <= c.due_on);
        let mut numbers = Vec::from([
            ("counted", counted.len()),
            ("within_time", counted.len() - ended.len()),
            ("ended", ended.len()),
            ("attempted_1", count(&|c| within(c.tried_on, c, 1))),
            ("attempted_2", count(&|c| within(c.tried_on, c, 2))),
            ("reached_1", count(&|c| within(c.reached_on, c, 1))),
            ("reached_2", count(&|c| within(c.reached_on, c, 2))),
            ("kept", count(&|c| !late(c))),
            ("late", count(&|c| late(c) && !closed(c))),
            ("closed_untried", count(&closed)),
            ("resolved", count(&|c| c.ended.is_some())),
            (
                "reached_by_pbx",
                count(&|c| c.ended.is_some_and(|(how, _)| how == Disposition::ReachedByPbx)),
            ),
        ]);
        for (column, why) in [
            ("excluded_contradicted", "contradicted"),
            ("excluded_joined", "joined"),
            ("excluded_nothing_promised", "nothing promised"),
            ("excluded_not_a_request", "no request"),
            ("excluded_no_contact_details", "no details"),
        ] {
            numbers.push((column, cases.iter().filter(|c| c.excluded == Some(why)).count()));
        }
        let agreed: Vec<bool> = counted.iter().flat_map(|c| self.agreed_days(c)).collect();
        numbers.push(("agreed_kept", agreed.iter().filter(|kept| **kept).count()));
        numbers.push(("agreed_ended", agreed.len()));
        let waits = |day: fn(&Case) -> Option<NaiveDate>| -> Vec<Option<usize>> {
            let mut waits: Vec<_> =
                ended.iter().map(|c| Some(waited(c.received_on, day(c)?))).collect();
            waits.sort_by_key(|wait| wait.unwrap_or(usize::MAX));
            waits
        };
        let (tried, reached) = (waits(|c| c.tried_on), waits(|c| c.reached_on));
        // ⌈n / 2⌉ and ⌈9 n / 10⌉, counted from 1.
        let (middle, ninth) = (ended.len().div_ceil(2) - 1, (9 * ended.len()).div_ceil(10) - 1);
        let open = counted.iter().filter(|c| c.ended.is_none());
        let days = [
            ("attempted_median", tried[middle]),
            ("attempted_p90", tried[ninth]),
            ("reached_median", reached[middle]),
            ("reached_p90", reached[ninth]),
            ("longest_open", open.map(|c| working_days(c.received_on, self.today)).max()),
        ];
        let days = days.into_iter().filter_map(|(column, days)| Some((column, days?)));
        numbers.into_iter().chain(days).map(|(column, n)| (column, n.to_string())).collect()
    }
}

/// R32, for three parts and their sum: where the hidden ones are few together, the next smallest goes too.
fn hidden(sizes: [usize; 3]) -> [bool; 3] {
    let mut hidden = sizes.map(|size| (1..5).contains(&size));
    loop {
        let few: usize = (0..3).filter(|i| hidden[*i]).map(|i| sizes[i]).sum();
        let next = (0..3).filter(|i| !hidden[*i] && sizes[*i] > 0).min_by_key(|i| sizes[*i]);
        match next {
            Some(next) if (1..5).contains(&few) => hidden[next] = true,
            _ => return hidden,
        }
    }
}

/// Follows a journal entry by entry.
fn read(
    id: CallbackId,
    journals: &BTreeMap<CallbackId, Journal>,
    heard: &Heard,
    unit_of: &impl Fn(Owner) -> &'static str,
) -> Read {
    let mut r = Read::default();
    let mut offered_to = None;
    for (at, entry) in &journals[&id] {
        let told = |call: &CallId| heard.told.get(call).cloned().expect("the PBX told of it");
        match entry {
            Entry::Opened { call, due_on, .. } => {
                (r.unit, r.due_on) = (told(call).unit, *due_on);
                r.contacts.insert(*call);
            }
            Entry::Joined { call } => {
                r.contacts.insert(*call);
                r.gone.remove(call);
            }
            Entry::ContactWithdrawn { call } => drop(r.gone.insert(*call)),
            Entry::DueMoved { to, .. } => r.due_on = *to,
            Entry::Attempted { reached, call: Some(call), .. } => {
                r.seen.insert(*call, (told(call).at, *reached));
            }
            Entry::Attempted { reached, call: None, .. } => r.entered.push((*at, *reached)),
            Entry::ResolvedByPbx { call, disposition, .. } => {
                r.ended = Some((*disposition, told(call).at.date()));
                r.by = Some(*call);
            }
            Entry::ReopenedByPbx { .. } => r.ended = None,
            Entry::Resolved { disposition, .. } => {
                r.ended = Some((*disposition, at.date()));
                r.by = None;
                match disposition {
                    Disposition::Reached | Disposition::Emailed | Disposition::CallerReachedUs => {
                        r.entered.push((*at, true));
                    }
                    _ => {}
                }
            }
            Entry::Undone { .. } => {
                // What the PBX saw was a try all the same; what was entered was not.
                match (r.by, r.ended.take()) {
                    (Some(call), _) => drop(r.seen.entry(call).and_modify(|seen| seen.1 = false)),
                    (None, Some((Disposition::Reached | Disposition::Emailed, _))) => {
                        r.entered.pop();
                    }
                    (None, _) => {}
                }
            }
            Entry::HandedOver { to, .. } => offered_to = Some(*to),
            Entry::Accepted { .. } => r.unit = unit_of(offered_to.expect("it was offered")),
            Entry::HandOverUnanswered { to } => r.unit = unit_of(*to),
            Entry::Agreed { on, .. } => {
                replaced(&mut r.agreed, at.date());
                r.agreed.push((*on, None));
                // The talk that the PBX took for the end was not.
                (r.ended, r.by) = (None, None);
            }
            Entry::AgreedDayBroken { on } => {
                let last = r.agreed.last_mut().expect("a day was agreed");
                assert_eq!(last, &mut (*on, None));
                last.1 = Some(false);
            }
            Entry::JoinedFrom { other } => {
                let other = read(*other, journals, heard, unit_of);
                if !other.agreed.is_empty() {
                    replaced(&mut r.agreed, at.date());
                    r.agreed.extend(other.agreed);
                }
                r.contacts.extend(other.contacts);
                r.gone.extend(other.gone);
                for (call, seen) in other.seen {
                    r.seen.entry(call).or_insert(seen);
                }
                r.entered.extend(other.entered);
            }
            Entry::Withdrawn { why } => {
                r.excluded = Some(match why {
                    Withdrawal::Contradicted => "contradicted",
                    Withdrawal::JoinedTo(_) => "joined",
                    Withdrawal::Lapsed => "nothing promised",
                });
            }
            // Nothing of what is counted.
            _ => {}
        }
    }
    r
}

/// Another day takes the place of the last one: said in time, that keeps it.
fn replaced(agreed: &mut [(NaiveDate, Option<bool>)], on: NaiveDate) {
    if let Some((day, kept @ None)) = agreed.last_mut() {
        *kept = Some(on <= *day);
    }
}

fn case(r: Read, heard: &Heard) -> Case {
    let told = |call: &CallId| -> &Told { &heard.told[call] };
    let standing: Vec<&Told> = r.contacts.difference(&r.gone).map(told).collect();
    let all: Vec<&Told> = r.contacts.iter().map(told).collect();
    let earliest = if standing.is_empty() { &all } else { &standing }.iter().map(|t| t.at).min();
    let earliest = earliest.expect("a callback holds a contact");
    let since = earliest - TimeDelta::minutes(5);
    let tries =
        r.seen.values().chain(&r.entered).filter(|(at, _)| standing.is_empty() || *at >= since);
    let tries: Vec<_> = tries.collect();
    let by_ending = r.ended.and_then(|(how, _)| match how {
        Disposition::NotARequest => Some("no request"),
        Disposition::NoContactDetails => Some("no details"),
        _ => None,
    });
    let nobody = standing.is_empty().then_some("contradicted");
    Case {
        unit: r.unit,
        is_message: standing.iter().any(|told| told.is_message),
        received_on: earliest.date(),
        due_on: r.due_on.unwrap_or(NaiveDate::MAX),
        tried_on: tries.iter().map(|(at, _)| at.date()).min(),
        reached_on: tries.iter().filter(|(_, reached)| *reached).map(|(at, _)| at.date()).min(),
        ended: r.ended,
        agreed: r.agreed,
        excluded: r.excluded.or(by_ending).or(nobody),
    }
}

fn is_working_day(day: NaiveDate) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    !is_weekend && !HOLIDAYS.contains(&day.to_string().as_str())
}

/// The `n`-th working day after that day.
fn working_day(after: NaiveDate, n: usize) -> NaiveDate {
    if n == 0 {
        return after;
    }
    after.iter_days().skip(1).filter(|day| is_working_day(*day)).nth(n - 1).expect("time goes on")
}

/// The fewest working days that it was within.
fn waited(received_on: NaiveDate, on: NaiveDate) -> usize {
    (0..).find(|n| on <= working_day(received_on, *n)).expect("time goes on")
}

/// The working days after the first up to the second.
fn working_days(from: NaiveDate, to: NaiveDate) -> usize {
    from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| is_working_day(*day)).count()
}
