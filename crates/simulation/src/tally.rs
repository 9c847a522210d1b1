//! What is counted. Sizes do not depend on how many calls there were.

use domain::follow_up::{Excluded, Followed};
use std::collections::BTreeMap;

/// Who a mail is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Employee,
    /// A reception or a function mailbox.
    Mailbox,
    /// Somebody who gets the list of units.
    Manager,
    /// The named officer, at the top.
    Officer,
}

impl Role {
    /// In the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Employee, Self::Mailbox, Self::Manager, Self::Officer];
}

/// How often each value was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram(BTreeMap<u32, u64>);

impl Histogram {
    /// Once more.
    pub(crate) fn add(&mut self, value: u32) {
        self.add_many(value, 1);
    }

    pub(crate) fn add_many(&mut self, value: u32, times: u64) {
        if times > 0 {
            *self.0.entry(value).or_default() += times;
        }
    }

    /// How many values were seen.
    pub fn len(&self) -> u64 {
        self.0.values().sum()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them summed.
    pub fn sum(&self) -> u64 {
        self.0.iter().map(|(value, times)| u64::from(*value) * times).sum()
    }

    /// The mean; 0 where nothing was seen.
    pub fn mean(&self) -> f64 {
        if self.is_empty() { 0.0 } else { self.sum() as f64 / self.len() as f64 }
    }

    /// By nearest rank: the smallest value that so many of a hundred do not exceed. None where nothing was seen.
    pub fn percentile(&self, percent: u64) -> Option<u32> {
        let rank = (self.len() * percent).div_ceil(100).max(1);
        let mut seen = 0;
        self.0.iter().find_map(|(value, times)| {
            seen += times;
            (seen >= rank).then_some(*value)
        })
    }

    /// The largest.
    pub fn max(&self) -> Option<u32> {
        self.0.keys().next_back().copied()
    }
}

/// What became of promises whose time is over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    pub ended: u64,
    /// First tried on or before the last day (R12).
    pub kept: u64,
    /// The last day ended without a try.
    pub late: u64,
    pub reached: u64,
}

impl Kept {
    /// In percent; none where nothing was promised.
    pub fn share(&self) -> Option<f64> {
        (self.ended > 0).then(|| 100.0 * self.kept as f64 / self.ended as f64)
    }
}

/// Counts of a time: a month, or all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub calls: u64,
    pub callbacks: u64,
    pub with_message: Kept,
    pub without_message: Kept,
    pub mails: u64,
    /// Not counted: nothing was promised, or nobody waited.
    pub excluded: u64,
}

/// All that a simulation tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    pub whole: Counts,
    /// By month, such as `2026-11`; of a callback the month in which it came in.
    pub months: BTreeMap<String, Counts>,
    /// For each role: how many mails one of them got on one working day, days without any among them.
    pub mails_a_day: BTreeMap<Role, Histogram>,
    /// How many mails of each kind.
    pub mails_of_kind: BTreeMap<&'static str, u64>,
    /// How many callbacks stood in one mail: of an employee's or a mailbox' digest, of a manager's list.
    pub rows: BTreeMap<Role, Histogram>,
    /// How many were open at the end of a working day, all in all.
    pub open: Histogram,
    /// How many people and mailboxes there are in each role.
    pub people: BTreeMap<Role, u64>,
}

impl Tally {
    /// A callback has ended, or its time is long over.
    pub(crate) fn end(&mut self, line: &Followed, is_kept: bool, is_late: bool, month: &str) {
        let month = self.months.entry(month.to_owned()).or_default();
        for counts in [&mut self.whole, month] {
            match line.excluded {
                Some(
                    Excluded::Contradicted
                    | Excluded::Joined
                    | Excluded::NothingPromised
                    | Excluded::NotARequest
                    | Excluded::NoContactDetails,
                ) => counts.excluded += 1,
                None => {
                    let kept = match line.has_message {
                        true => &mut counts.with_message,
                        false => &mut counts.without_message,
                    };
                    kept.ended += 1;
                    kept.kept += u64::from(is_kept);
                    kept.late += u64::from(is_late);
                    kept.reached += u64::from(line.reached_at.is_some());
                }
            }
        }
    }

    pub(crate) fn count(&mut self, month: &str, add: impl Fn(&mut Counts)) {
        add(&mut self.whole);
        if !self.months.contains_key(month) {
            self.months.insert(month.to_owned(), Counts::default());
        }
        if let Some(counts) = self.months.get_mut(month) {
            add(counts);
        }
    }
}
