//! What may happen to a callback, and what comes of it: `(Callback, what happened, now) → Decision`.

mod agreeing;
mod contacts;
mod counting_anew;
mod efforts;
mod endings;
mod following_up;
mod handing_over;
mod leaving;

use crate::calendars::UnitCalendars;
use crate::ids::UnitId;
use crate::policy::Policy;
use workalendar::WorkCalendar;

/// What every transition weighs: the policy, and the working days of the owner's unit.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    pub policy: &'a Policy,
    /// The organisation's working days.
    pub calendar: &'a WorkCalendar,
    /// Those of the units that have others.
    pub units: &'a UnitCalendars,
}

impl<'a> Rules<'a> {
    /// Where every unit works on the organisation's days.
    pub fn new(policy: &'a Policy, calendar: &'a WorkCalendar) -> Self {
        static NO_UNITS: UnitCalendars = UnitCalendars::NONE;
        Self { policy, calendar, units: &NO_UNITS }
    }

    /// The working days of a callback's unit; the organisation's, for what is nobody's.
    pub fn calendar_of(&self, unit: Option<UnitId>) -> &'a WorkCalendar {
        unit.and_then(|unit| self.units.find(unit)).unwrap_or(self.calendar)
    }
}

#[cfg(test)]
mod tests;

pub use contacts::Opening;
