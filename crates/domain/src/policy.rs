//! The numbers of the policy that an organisation may tune; defaults are those of the rules.

use crate::number::E164;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// The policy, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Working days within which one comes back (R11).
    pub working_days: u32,
    /// What a missed call without a message opens, where its line does not say otherwise (R2).
    pub missed_calls: MissedCalls,
    /// Working days that a callback without deadline stays on lists (R2).
    pub list_days: i32,
    /// A shorter voicemail is a missed call (R1).
    pub shortest_message: TimeDelta,
    /// A caller who hangs up sooner than this while it rings opens nothing (R2).
    pub shortest_ring: TimeDelta,
    /// A call-back at least this long counts as having spoken (R21).
    pub shortest_talk: TimeDelta,
    /// A call is settled this long after its last fact (R4).
    pub settle_after: TimeDelta,
    /// A call is settled this long after its last fact even while a leg seems to be going on (R4).
    pub give_up_after: TimeDelta,
    /// Working days during which a disposition can be undone (R20).
    pub undo_days: i32,
    /// Attempts it takes before a caller is "not reachable" (R20).
    pub attempts_before_not_reachable: usize,
    /// Different working days those attempts must lie on (R20).
    pub days_before_not_reachable: usize,
    /// Working days after the first attempt until "tried, not reached" is on the manager list (R19).
    pub not_reached_days: i32,
    /// Numbers that are never merged: a hospital's, our own switchboard's (R5).
    pub shared: Vec<E164>,
    /// Numbers that make no callback (R8).
    pub blocked: Vec<E164>,
}

/// What a missed call without a message opens (R2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MissedCalls {
    /// A callback with a last day.
    Deadline,
    /// A callback without one, shown for some working days.
    List,
    /// Nothing.
    Ignore,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            working_days: 2,
            missed_calls: MissedCalls::Deadline,
            list_days: 5,
            shortest_message: TimeDelta::seconds(3),
            shortest_ring: TimeDelta::seconds(5),
            shortest_talk: TimeDelta::seconds(20),
            settle_after: TimeDelta::seconds(60),
            give_up_after: TimeDelta::hours(4),
            undo_days: 5,
            attempts_before_not_reachable: 3,
            days_before_not_reachable: 2,
            not_reached_days: 5,
            shared: Vec::new(),
            blocked: Vec::new(),
        }
    }
}
