//! Every transition in every state, and what the second time says.

mod agreeing;
mod dates;
mod efforts;
mod endings;
mod handing_over;
mod leaving;
mod life;

use crate::callback::{Callback, Contact, State};
use crate::decision::Decision;
use crate::testing::*;

/// Anna's, for a message left on Monday 9 November 2026 at 10:00: the last day is Wednesday.
pub(super) fn opened() -> Callback {
    opened_by(message(1, "2026-11-09 10:00"))
}

pub(super) fn opened_by(contact: Contact) -> Callback {
    let now = contact.at;
    Callback::open(opening(contact), rules(), now).unwrap().callback
}

/// The names of a decision's entries.
pub(super) fn entries(decision: &Decision) -> Vec<&'static str> {
    decision.entries.iter().map(|e| e.name()).collect()
}

pub(super) fn state(callback: &Callback) -> &'static str {
    match callback.state {
        State::Open => "open",
        State::Provisional { .. } => "provisional",
        State::Resolved { .. } => "resolved",
        State::Withdrawn { .. } => "withdrawn",
    }
}
