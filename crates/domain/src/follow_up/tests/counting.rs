//! From lines to figures.

use super::{line, measured};
use crate::follow_up::figures::{Figures, Spread, Within};
use crate::follow_up::measured::{Measured, Outcome};
use crate::follow_up::{Excluded, Followed};
use crate::testing::{CALENDAR, date};
use proptest::prelude::*;

/// Left on Wednesday 23 December; Thursday to Sunday are off; the last day is Tuesday 29 December.
fn christmas() -> Followed {
    line("2026-12-23 15:00", "2026-12-29")
}

// R11, R12, R31: working days, local days, whole days.
#[test]
fn what_became_of_a_promise_is_known_when_its_time_has_ended() {
    use Outcome::{ClosedUntried, Kept, Late, WithinTime};
    for (case, today, expected) in [
        (christmas(), "2026-12-29", WithinTime),
        (christmas(), "2026-12-30", Late),
        (christmas().attempted("2026-12-28 08:00"), "2026-12-29", WithinTime),
        (christmas().attempted("2026-12-29 23:59"), "2026-12-30", Kept),
        (christmas().attempted("2026-12-30 00:00"), "2026-12-30", Late),
        (christmas().resolved("2026-12-29 10:00"), "2026-12-30", ClosedUntried),
        (christmas().resolved("2026-12-30 10:00"), "2026-12-30", Late),
        (line("2026-11-27 09:00", "2026-12-01"), "2026-12-02", Late),
        // The organisation promises one day; the share within two is not known before the second has ended.
        (line("2026-11-27 09:00", "2026-11-30"), "2026-12-01", WithinTime),
        (line("2026-11-27 09:00", "2026-11-30"), "2026-12-02", Late),
        // It promises five; a case whose last day is to come is not late after two.
        (line("2026-11-27 09:00", "2026-12-04"), "2026-12-02", WithinTime),
        // The second working day is a Friday: it has ended on the Saturday.
        (line("2026-11-25 09:00", "2026-11-27"), "2026-11-28", Late),
    ] {
        assert_eq!(measured(&case, date(today)).outcome, expected, "{case:?} on {today}");
    }
}

// R11: the day it came in is not counted, a day off on the way neither.
#[test]
fn waiting_is_counted_in_working_days() {
    for (received, tried, days) in [
        ("2026-11-27 09:00", "2026-11-27 16:00", 0),
        ("2026-11-27 09:00", "2026-11-28 10:00", 1),
        ("2026-11-27 23:59", "2026-11-30 00:01", 1),
        ("2026-11-28 10:00", "2026-12-01 08:00", 2),
        // The last of two was Friday: a try on the Saturday is late, and within three.
        ("2026-11-25 09:00", "2026-11-27 23:59", 2),
        ("2026-11-25 09:00", "2026-11-28 10:00", 3),
        ("2026-12-23 15:00", "2026-12-28 08:00", 1),
        ("2026-12-23 15:00", "2027-01-07 08:00", 6),
    ] {
        let case = line(received, "2026-12-29").reached(tried);
        let waited = measured(&case, date("2027-02-01"));
        assert_eq!(waited.attempted_after, Some(days), "{received} to {tried}");
        assert_eq!(waited.reached_after, Some(days), "{received} to {tried}");
    }
    // R11: a unit that is closed on a day does not count it.
    let closed = CALENDAR.clone().with_closed(date("2026-12-28"), "planeringsdag");
    let case = christmas().attempted("2026-12-29 08:00");
    assert_eq!(Measured::of(&case, &closed, date("2027-02-01")).attempted_after, Some(1));
}

// R31, R21: numerators, denominators, and what is beside.
#[test]
fn figures_count_only_what_has_ended_and_everything_else_beside_it() {
    let monday = || line("2026-11-02 09:00", "2026-11-04");
    let excluded = |why| Followed { excluded: Some(why), ..monday() };
    let lines = [
        monday().reached("2026-11-02 10:00"),
        Followed { reached_by_pbx: true, ..monday().reached("2026-11-03 10:00") },
        monday().attempted("2026-11-03 11:00"),
        monday().attempted("2026-11-04 11:00").resolved("2026-11-20 09:00"),
        monday().resolved("2026-11-03 09:00"),
        monday(),
        line("2026-11-26 09:00", "2026-11-30").reached("2026-11-26 10:00"),
        excluded(Excluded::NotARequest),
        excluded(Excluded::NotARequest),
        excluded(Excluded::Joined),
    ];
    let cases: Vec<Measured> = lines.iter().map(|l| measured(l, date("2026-11-28"))).collect();
    let figures = Figures::of(&cases.iter().collect::<Vec<_>>());
    assert_eq!((figures.counted, figures.ended, figures.within_time()), (7, 6, 1));
    assert_eq!(figures.attempted, Within { one: 3, two: 4 });
    assert_eq!(figures.reached, Within { one: 2, two: 2 });
    assert_eq!((figures.kept, figures.closed_untried, figures.late), (4, 1, 1));
    assert_eq!((figures.resolved, figures.reached_by_pbx), (4, 1));
    assert_eq!(figures.until_attempted, Spread { median: Some(1), ninetieth: None });
    assert_eq!(figures.until_reached, Spread { median: None, ninetieth: None });
    assert_eq!(figures.longest_open, Some(19), "Tuesday 3 to Friday 27 November");
    assert_eq!(figures.excluded_in_all(), 3);
    assert_eq!(figures.excluded[&Excluded::NotARequest], 2);
}

// R31: nearest rank, never a day between two; what was never done is the longest.
#[test]
fn median_and_ninetieth_are_ranks() {
    let spread = |days: &[u32], never: usize| {
        let waited = days.iter().copied().map(Some).chain(std::iter::repeat_n(None, never));
        let Spread { median, ninetieth } = Spread::of(waited.collect());
        (median, ninetieth)
    };
    assert_eq!(spread(&[], 0), (None, None));
    assert_eq!(spread(&[3], 0), (Some(3), Some(3)));
    assert_eq!(spread(&[2, 1], 0), (Some(1), Some(2)));
    assert_eq!(spread(&[9, 1, 5], 0), (Some(5), Some(9)));
    assert_eq!(spread(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], 0), (Some(4), Some(8)));
    assert_eq!(spread(&[0, 1, 2, 3, 4, 5, 6, 7, 8], 1), (Some(4), Some(8)));
    assert_eq!(spread(&[0, 1, 2, 3, 4, 5, 6, 7], 2), (Some(4), None));
    assert_eq!(spread(&[1, 1], 3), (None, None));
}

proptest! {
    // R31: at least that share of the cases waited no longer, and fewer would not do.
    #[test]
    fn a_rank_is_the_smallest_wait_that_covers_its_share(waited in prop::collection::vec(prop::option::weighted(0.8, 0..30_u32), 1..60)) {
        let spread = Spread::of(waited.clone());
        for (percent, told) in [(50, spread.median), (90, spread.ninetieth)] {
            let covers = |days: u32| {
                waited.iter().flatten().filter(|w| **w <= days).count() * 100 >= percent * waited.len()
            };
            match told {
                Some(days) => prop_assert!(covers(days) && (days == 0 || !covers(days - 1))),
                None => prop_assert!(!covers(u32::MAX)),
            }
        }
    }

    // R12, R31: every case that has ended is one of three, and nobody is reached before being tried.
    #[test]
    fn every_case_is_counted_once(cases in prop::collection::vec((0..40_u64, prop::option::of(0..400_i64), prop::option::of(0..400_i64), any::<bool>()), 0..40)) {
        let today = date("2026-11-28");
        let lines: Vec<Followed> = cases.iter().map(|(day, tried, ended, reached)| {
            let received = date("2026-10-12") + chrono::Days::new(*day);
            let case = line(&format!("{received} 10:00"), "2026-11-11");
            let later = |hours: &i64| case.received_at + chrono::TimeDelta::hours(*hours);
            let attempted_at = tried.as_ref().map(later);
            let reached_at = attempted_at.filter(|_| *reached);
            let due_on = CALENDAR.add_working_days(received, 2).ok();
            Followed { due_on, attempted_at, reached_at, resolved_at: ended.as_ref().map(later), ..case }
        }).collect();
        let cases: Vec<Measured> = lines.iter().map(|l| measured(l, today)).collect();
        let f = Figures::of(&cases.iter().collect::<Vec<_>>());
        prop_assert_eq!(f.kept + f.late + f.closed_untried, f.ended);
        prop_assert_eq!(f.counted, lines.len());
        prop_assert!(f.attempted.one <= f.attempted.two && f.attempted.two <= f.ended);
        prop_assert!(f.reached.one <= f.attempted.one && f.reached.two <= f.attempted.two);
        // Two working days are promised here, so what is tried within two is what is kept.
        prop_assert_eq!(f.kept, f.attempted.two);
    }
}
