//! What people are told, and when.

mod away;
mod channel;
mod climbing;
mod concerns;
mod deputies;
mod hours;
mod lists;
mod times;
mod turns;
mod whom;

use super::*;
use crate::callback::{Contact, How};
use crate::directory::{Directory, Owner, Unit};
use crate::ids::EmployeeId;
use crate::testing::*;

/// A callback of this owner.
fn of(owner: Owner, contact: Contact) -> Callback {
    let now = contact.at;
    let n = 1_000 * contact.call.0.as_u128() + 7;
    let opening = crate::transitions::Opening {
        id: callback_id(n),
        owner,
        unit: TOWN.unit_of(owner),
        ..opening(contact)
    };
    Callback::open(opening, rules(), now).unwrap().callback
}

/// The town with other managers.
fn town_of(manager: impl Fn(&Unit) -> Option<EmployeeId>) -> Directory {
    let units = TOWN.units().iter().map(|u| Unit { manager: manager(u), ..u.clone() }).collect();
    Directory::new(units, TOWN.employees().to_vec(), TOWN.lines().to_vec(), Vec::new())
}

fn annas(contact: Contact) -> Callback {
    of(Owner::Employee(ANNA), contact)
}

fn tried(callback: Callback, time: &str) -> Callback {
    callback.attempt(ANNA, How::Phone, at(time)).unwrap().callback
}

/// Resolved provisionally by a talk of a minute.
fn talked(callback: Callback, time: &str) -> Callback {
    callback.hear(&we_rang(99, time, Some(60)), rules(), at(time)).unwrap().callback
}

// R12: kept is the first attempt on or before the last day; late is that it has ended without one.
#[test]
fn a_promise_is_late_when_its_last_day_has_ended_without_an_attempt() {
    let late = |working_days| Standing::Late { working_days };
    let promise = || annas(message(1, "2026-11-05 10:00")); // Thursday: the last day is Monday 9
    let listed = || annas(listed(1, "2026-11-05 10:00"));
    for (callback, today, expected, case) in [
        (promise(), "2026-11-06", Standing::DueLater, "the day before"),
        (promise(), "2026-11-09", Standing::DueToday, "on the day"),
        (promise(), "2026-11-10", late(1), "the day after"),
        (promise(), "2026-11-16", late(5), "a week after"),
        (tried(promise(), "2026-11-09 23:59"), "2026-11-10", Standing::Tried, "kept at midnight"),
        (tried(promise(), "2026-11-10 00:00"), "2026-11-10", late(1), "tried too late"),
        (tried(promise(), "2026-11-05 10:01"), "2026-11-16", Standing::Tried, "kept at once"),
        (listed(), "2026-11-20", Standing::NoDeadline, "nothing was promised"),
    ] {
        assert_eq!(standing(&callback, date(today), &CALENDAR), expected, "{case}");
    }
}
