//! What may happen to a callback, and what comes of it: `(Callback, what happened, now) → Decision`.

mod contacts;
mod efforts;
mod endings;
mod following_up;

use crate::policy::Policy;
use workalendar::WorkCalendar;

/// What every transition weighs: the policy, and the working days of the owner's unit.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub policy: &'a Policy,
    pub calendar: &'a WorkCalendar,
}

#[cfg(test)]
mod tests;

pub use contacts::Opening;
