//! When it is a callback's turn: how a list is divided into days.

use super::{Standing, standing};
use crate::callback::Callback;
use chrono::NaiveDate;
use workalendar::WorkCalendar;

/// By which day somebody is to be in touch, seen from today; in the order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// Its day has ended.
    Late,
    Today,
    /// The next working day.
    Next,
    Later,
    /// Nothing was promised (R2).
    NoDay,
}

/// When it is the turn of this callback, and the day that counts: the last day; the agreed one; of one that was tried and not
/// reached the working day after the last try, which asks for the next (R19), and today when that is past.
pub fn turn(
    callback: &Callback,
    today: NaiveDate,
    calendar: &WorkCalendar,
) -> (Turn, Option<NaiveDate>) {
    let next = |day| calendar.add_working_days(day, 1).unwrap_or(day);
    let due_on = callback.due.as_ref().map(|due| due.due_on);
    let day = match standing(callback, today, calendar) {
        Standing::NoDeadline => return (Turn::NoDay, None),
        Standing::Late { .. } => return (Turn::Late, due_on),
        Standing::AgreedDayBroken { on, .. } => return (Turn::Late, Some(on)),
        Standing::Agreed { on } => on,
        Standing::DueToday | Standing::DueLater => due_on.unwrap_or(today),
        Standing::Tried => {
            let last = callback.counted_attempts().map(|attempt| attempt.at).max();
            last.map_or(today, |at| next(calendar.local_date(at))).max(today)
        }
    };
    let turn = if day < today {
        Turn::Late
    } else if day == today {
        Turn::Today
    } else if day <= next(today) {
        Turn::Next
    } else {
        Turn::Later
    };
    (turn, Some(day))
}
