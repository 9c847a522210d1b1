//! The figures of one group (R31).

use super::distribution::Distribution;
use super::followed::Excluded;
use super::measured::{Measured, Outcome};
use super::worst::Worst;
use crate::callback::AgreedDays;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is shown of a group, and frozen when its month is signed (R33).
///
/// All shares are of `ended`: a case whose time is not over is in none of them, tried or not, or the quick ones would
/// count before the slow. Agreed days are apart: their shares are of the agreed days that are over or kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Callbacks that count: not the excluded ones.
    pub counted: usize,
    /// Of them, those whose last day and second working day are over: the denominator of every share.
    pub ended: usize,
    /// Somebody tried, after so many working days at most.
    pub attempted: Within,
    /// The two spoke, or the answer was mailed.
    pub reached: Within,
    /// First tried on or before the last day (R12).
    pub kept: usize,
    /// The last day ended without a try, while it was open.
    pub late: usize,
    /// Closed by the last day without a try: a colleague had handled it.
    pub closed_untried: usize,
    pub resolved: usize,
    /// Of the resolved ones, those that rest on the PBX's word (R21).
    pub reached_by_pbx: usize,
    pub until_attempted: Spread,
    pub until_reached: Spread,
    /// Of `ended`: after how many working days somebody tried. Months that were signed before it was counted have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempted_after: Option<Distribution>,
    /// Those of `ended` whose promise was broken and who waited longest, the worst first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub worst: Vec<Worst>,
    /// Of all that count: what became of the days that were agreed with callers (R23). Months that were signed before
    /// they were counted have none.
    #[serde(default)]
    pub agreed: AgreedDays,
    /// Of all that count: the working days that the longest open one has waited.
    pub longest_open: Option<u32>,
    /// Counted beside, by why.
    pub excluded: BTreeMap<Excluded, usize>,
}

/// So many within 1 working day of the day it came in, and within 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Within {
    pub one: usize,
    pub two: usize,
}

/// Working days, by nearest rank: of `n` values in order the one at place ⌈n · p / 100⌉, never one between two.
///
/// What has not happened comes last, so that what is never done makes nothing look quicker; none when the rank falls on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    pub median: Option<u32>,
    pub ninetieth: Option<u32>,
}

impl Figures {
    pub(super) fn of(cases: &[&Measured]) -> Self {
        let counted: Vec<&Measured> =
            cases.iter().copied().filter(|c| c.excluded.is_none()).collect();
        let ended: Vec<&Measured> = counted.iter().copied().filter(|c| c.has_ended()).collect();
        let attempted: Vec<Option<u32>> = ended.iter().map(|c| c.attempted_after).collect();
        let reached: Vec<Option<u32>> = ended.iter().map(|c| c.reached_after).collect();
        let count = |is: &dyn Fn(&Measured) -> bool| ended.iter().filter(|c| is(c)).count();
        let mut excluded = BTreeMap::new();
        for why in cases.iter().filter_map(|c| c.excluded) {
            *excluded.entry(why).or_default() += 1;
        }
        Self {
            counted: counted.len(),
            ended: ended.len(),
            attempted: Within::of(&attempted),
            reached: Within::of(&reached),
            kept: count(&|c| c.outcome == Outcome::Kept),
            late: count(&|c| c.outcome == Outcome::Late),
            closed_untried: count(&|c| c.outcome == Outcome::ClosedUntried),
            resolved: count(&|c| c.resolved_after.is_some()),
            reached_by_pbx: count(&|c| c.reached_by_pbx),
            attempted_after: Some(Distribution::of(&attempted)),
            worst: Worst::of(&ended),
            until_attempted: Spread::of(attempted),
            until_reached: Spread::of(reached),
            agreed: counted.iter().fold(AgreedDays::default(), |sum, c| sum.with(c.agreed)),
            longest_open: counted.iter().filter_map(|c| c.open_for).max(),
            excluded,
        }
    }

    /// Those whose time was not over.
    pub fn within_time(&self) -> usize {
        self.counted.saturating_sub(self.ended)
    }

    /// How many were excluded, whatever the reason.
    pub fn excluded_in_all(&self) -> usize {
        self.excluded.values().sum()
    }
}

impl Within {
    fn of(waited: &[Option<u32>]) -> Self {
        let within = |days| waited.iter().flatten().filter(|waited| **waited <= days).count();
        Self { one: within(1), two: within(2) }
    }
}

impl Spread {
    pub(super) fn of(mut waited: Vec<Option<u32>>) -> Self {
        waited.sort_by_key(|days| (days.is_none(), *days));
        let at = |percent: usize| {
            let rank = (waited.len() * percent).div_ceil(100);
            rank.checked_sub(1).and_then(|i| waited.get(i).copied().flatten())
        };
        Self { median: at(50), ninetieth: at(90) }
    }
}
