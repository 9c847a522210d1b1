//! The worst cases of a group: how long, and when. Whose they were is nobody's to see here (R32).

use super::measured::{Measured, Outcome};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// So many are shown.
const MOST: usize = 5;

/// One whose promise was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Worst {
    pub received_on: NaiveDate,
    /// Working days until what ended the wait, or until now.
    pub waited: u32,
    pub until: WaitedFor,
}

/// What a wait ended with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitedFor {
    /// Somebody tried.
    Attempt,
    /// It ended, and nobody had tried: a colleague had handled it, or the caller reached us.
    End,
    /// Nobody has tried, and it is open.
    Nothing,
}

impl WaitedFor {
    /// Names its words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attempt => "attempt",
            Self::End => "end",
            Self::Nothing => "nothing",
        }
    }
}

impl Worst {
    pub(super) fn of(ended: &[&Measured]) -> Vec<Self> {
        let late = ended.iter().filter(|case| case.outcome == Outcome::Late);
        let mut worst: Vec<Self> = late.filter_map(|case| Self::one(case)).collect();
        worst.sort_by_key(|one| (Reverse(one.waited), one.received_on));
        worst.truncate(MOST);
        worst
    }

    fn one(case: &Measured) -> Option<Self> {
        let attempt = case.attempted_after.map(|days| (days, WaitedFor::Attempt));
        let end = case.resolved_after.map(|days| (days, WaitedFor::End));
        let nothing = case.open_for.map(|days| (days, WaitedFor::Nothing));
        let (waited, until) = attempt.or(end).or(nothing)?;
        Some(Self { received_on: case.received_on, waited, until })
    }
}
