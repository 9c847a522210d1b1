//! What the page of a callback shows of handing it over (R18).

use crate::visit::Visit;
use domain::access::Seen;

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
