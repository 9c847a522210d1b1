//! How a list is divided into days.

use super::*;
use crate::rounds::{Turn, turn};

// R12, R19, R23: today is Tuesday the 10th.
#[test]
fn it_is_its_turn_on_its_day_and_after_a_try_on_the_next_working_day() {
    let promise = |left: &str| annas(message(1, left));
    let (due_friday, due_monday) = ("2026-11-11 10:00", "2026-11-05 10:00");
    for (callback, today, expected, case) in [
        (promise(due_monday), "2026-11-10", (Turn::Late, Some("2026-11-09")), "its day is over"),
        (promise(due_monday), "2026-11-09", (Turn::Today, Some("2026-11-09")), "its last day"),
        (promise(due_monday), "2026-11-06", (Turn::Next, Some("2026-11-09")), "a weekend between"),
        (promise(due_monday), "2026-11-07", (Turn::Next, Some("2026-11-09")), "seen on a Saturday"),
        (promise(due_monday), "2026-11-05", (Turn::Later, Some("2026-11-09")), "in two days"),
        (promise(due_friday), "2026-11-12", (Turn::Next, Some("2026-11-13")), "tomorrow"),
        (
            tried(promise(due_monday), "2026-11-06 09:00"),
            "2026-11-06",
            (Turn::Next, Some("2026-11-09")),
            "tried today",
        ),
        (
            tried(promise(due_monday), "2026-11-06 09:00"),
            "2026-11-09",
            (Turn::Today, Some("2026-11-09")),
            "tried on Friday",
        ),
        (
            tried(promise(due_monday), "2026-11-06 09:00"),
            "2026-11-12",
            (Turn::Today, Some("2026-11-12")),
            "and not since",
        ),
        (
            annas(listed(1, "2026-11-05 10:00")),
            "2026-11-10",
            (Turn::NoDay, None),
            "nothing promised",
        ),
    ] {
        let expected = (expected.0, expected.1.map(date));
        assert_eq!(turn(&callback, date(today), &CALENDAR), expected, "{case}");
    }
    let reached = promise(due_monday);
    let agreed = reached.agree(date("2026-11-12"), ANNA, rules(), at("2026-11-06 10:00")).unwrap();
    for (today, expected) in [
        ("2026-11-06", Turn::Later),
        ("2026-11-11", Turn::Next),
        ("2026-11-12", Turn::Today),
        ("2026-11-13", Turn::Late),
    ] {
        let (turn, day) = turn(&agreed.callback, date(today), &CALENDAR);
        assert_eq!((turn, day), (expected, Some(date("2026-11-12"))), "{today}");
    }
    assert!(Turn::Late < Turn::Today && Turn::Today < Turn::Next && Turn::Later < Turn::NoDay);
}
