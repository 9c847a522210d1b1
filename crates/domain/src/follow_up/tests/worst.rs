//! Those who waited longest for a promise that was broken.

use super::{line, measured};
use crate::follow_up::figures::Figures;
use crate::follow_up::{Followed, WaitedFor};
use crate::testing::date;

// R31: the worst cases; R32: days and nobody.
#[test]
fn the_worst_cases_are_the_longest_waits_of_broken_promises() {
    let monday = || line("2026-11-02 09:00", "2026-11-04");
    let friday = || line("2026-11-06 09:00", "2026-11-10");
    let lines = [
        monday().reached("2026-11-04 16:00"),
        monday().resolved("2026-11-03 09:00"),
        monday().attempted("2026-11-05 08:00"),
        friday().attempted("2026-11-12 08:00"),
        monday().resolved("2026-11-06 09:00"),
        friday(),
        monday().attempted("2026-11-16 09:00"),
        monday().attempted("2026-11-17 09:00").resolved("2026-11-18 09:00"),
        Followed { excluded: Some(crate::follow_up::Excluded::NotARequest), ..monday() },
        line("2026-11-19 09:00", "2026-11-23"),
    ];
    let measured = lines.map(|line| measured(&line, date("2026-11-20")));
    let figures = Figures::of(&measured.each_ref());
    let worst: Vec<_> = figures
        .worst
        .iter()
        .map(|one| (one.received_on.to_string(), one.waited, one.until))
        .collect();
    let (second, sixth) = ("2026-11-02".to_owned(), "2026-11-06".to_owned());
    assert_eq!(
        worst,
        [
            (second.clone(), 11, WaitedFor::Attempt),
            (second.clone(), 10, WaitedFor::Attempt),
            (sixth.clone(), 10, WaitedFor::Nothing),
            (second, 4, WaitedFor::End),
            (sixth, 4, WaitedFor::Attempt),
        ],
        "five at most, the worst first"
    );
}

// R33: a month that was signed before they were counted has none, and is read.
#[test]
fn figures_that_were_frozen_without_them_are_read() {
    let frozen = serde_json::to_value(Figures::of(&[])).unwrap();
    assert!(frozen.get("worst").is_none(), "{frozen}");
    let read: Figures = serde_json::from_value(frozen).unwrap();
    assert_eq!(read.worst, []);
}
