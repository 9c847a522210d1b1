//! Agreed days in figures (R23, R31).

use super::measured;
use crate::callback::{AgreedDays, Callback, Disposition, How};
use crate::follow_up::Followed;
use crate::testing::{ANNA, at, callback_id, date, message, opening, rules};
use crate::transitions::Opening;
use chrono::NaiveDate;

/// Left on a Monday; on Tuesday they spoke and agreed on that day.
fn agreed_on(day: &str) -> Callback {
    let opening = opening(message(1, "2026-11-09 10:00"));
    let open = Callback::open(opening, rules(), at("2026-11-09 10:01")).unwrap().callback;
    agree(open, day, "2026-11-10 10:00")
}

fn agree(callback: Callback, day: &str, now: &str) -> Callback {
    callback.agree(date(day), ANNA, rules(), at(now)).unwrap().callback
}

fn done(callback: Callback, now: &str) -> Callback {
    callback.resolve(ANNA, Disposition::Emailed, rules(), at(now)).unwrap().callback
}

fn woken(callback: Callback, now: &str) -> Callback {
    callback.wake(rules(), at(now)).unwrap().callback
}

fn counted(callback: &Callback, today: NaiveDate) -> (u32, u32) {
    let AgreedDays { kept, broken } = measured(&Followed::of(callback), today).agreed;
    (kept, broken)
}

// R23, R31: kept by "klar" or "ej klar, ny dag" while there is time; broken when the day ends.
#[test]
fn an_agreed_day_is_kept_or_broken_once() {
    let monday = "2026-11-16";
    let open = agreed_on(monday);
    let moved = || agree(open.clone(), "2026-11-20", "2026-11-16 16:00");
    let broken = || woken(open.clone(), "2026-11-17 00:00");
    let tried = || open.clone().attempt(ANNA, How::Phone, at("2026-11-16 09:00")).unwrap().callback;
    for (callback, today, expected, case) in [
        (open.clone(), monday, (0, 0), "not over"),
        (done(open.clone(), "2026-11-12 10:00"), "2026-11-12", (1, 0), "done before"),
        (done(open.clone(), "2026-11-16 23:59"), "2026-12-01", (1, 0), "done that evening"),
        (open.clone(), "2026-11-17", (0, 1), "over, and nothing woke it yet"),
        (
            done(open.clone(), "2026-11-17 00:00"),
            "2026-12-01",
            (0, 1),
            "done before anything woke it",
        ),
        (broken(), "2026-11-17", (0, 1), "over"),
        (done(broken(), "2026-11-17 09:00"), "2026-12-01", (0, 1), "done too late"),
        (woken(tried(), "2026-11-17 00:00"), "2026-11-17", (0, 1), "a try is not the answer"),
        (moved(), "2026-11-17", (1, 0), "a new day in time"),
        (woken(moved(), "2026-11-21 00:00"), "2026-11-21", (1, 1), "which was not kept"),
        (
            agree(broken(), "2026-11-20", "2026-11-18 10:00"),
            "2026-11-18",
            (0, 1),
            "a new day too late",
        ),
        (
            agree(open.clone(), "2026-11-20", "2026-11-18 10:00"),
            "2026-11-18",
            (0, 1),
            "the same, not woken",
        ),
    ] {
        assert_eq!(counted(&callback, date(today)), expected, "{case}");
    }
}

// R20, R23: an end that is taken back keeps nothing.
#[test]
fn an_end_that_is_undone_leaves_the_agreed_day_as_it_was() {
    let done = done(agreed_on("2026-11-16"), "2026-11-12 10:00");
    let undone = done.undo(None, ANNA, rules(), at("2026-11-13 10:00")).unwrap().remove(0).callback;
    assert_eq!(counted(&undone, date("2026-11-13")), (0, 0));
    assert_eq!(counted(&woken(undone, "2026-11-17 00:00"), date("2026-11-17")), (0, 1));
}

// R20, R23: two that become one have kept and broken what either did, and the day agreed last is still to be kept.
#[test]
fn two_that_become_one_keep_all_their_agreed_days() {
    let older = done(agreed_on("2026-11-16"), "2026-11-12 10:00");
    let opening = Opening { id: callback_id(2), ..opening(message(2, "2026-11-12 13:00")) };
    let newer = Callback::open(opening, rules(), at("2026-11-12 13:01")).unwrap().callback;
    let newer = agree(newer, "2026-11-18", "2026-11-12 14:00");
    let mut both = older.undo(Some(newer), ANNA, rules(), at("2026-11-13 10:00")).unwrap();
    let joined = both.pop().unwrap().callback;
    assert_eq!(joined.agreed.map(|a| a.on), Some(date("2026-11-18")));
    assert_eq!(counted(&joined, date("2026-11-13")), (1, 0));
    assert_eq!(counted(&woken(joined, "2026-11-19 00:00"), date("2026-11-19")), (1, 1));
}
