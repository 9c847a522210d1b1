//! What the page of a callback shows of handing it over, and of a day to agree on (R18, R23).

use crate::visit::Visit;
use chrono::Days;
use domain::access::Seen;
use domain::callback::Callback;

/// So many working days ahead a day may be (R23).
const FARTHEST: i32 = 20;

/// A hand-over that waits for an answer.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) text: String,
    /// The reader accepts or declines; else it can be taken back.
    pub(super) is_for_reader: bool,
}

pub(super) fn shown(visit: &Visit, callback: &Seen) -> Option<Shown> {
    let offered = callback.offered().filter(|_| callback.is_open())?;
    let text = visit.say().hand_over(offered);
    Some(Shown { text, is_for_reader: callback.is_offered() })
}

/// The first and the last day that can be agreed on; whether one between is off is said when it is sent.
pub(super) fn days(visit: &Visit, callback: &Callback) -> Option<(String, String)> {
    let calendar = visit.rules().calendar_of(callback.unit);
    let first = visit.today.checked_add_days(Days::new(1))?;
    let last = calendar.add_working_days(visit.today, FARTHEST).ok()?;
    Some((first.to_string(), last.to_string()))
}
