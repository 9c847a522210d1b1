//! Units beside and above each other, and what is not shown of them (R32).

use super::line;
use crate::calendars::UnitCalendars;
use crate::directory::{Directory, Unit};
use crate::follow_up::{Followed, Group, UnitReport, report};
use crate::ids::UnitId;
use crate::testing::{BUILDING, CALENDAR, SCHOOL, TOP, TOWN, date};
use proptest::prelude::*;
use uuid::Uuid;

fn reported(lines: &[Followed], directory: &Directory) -> Vec<UnitReport> {
    report(lines, directory, (&CALENDAR, &UnitCalendars::NONE), date("2026-11-28"))
}

fn of(unit: impl Into<Option<UnitId>>, cases: usize) -> Vec<Followed> {
    let late = line("2026-11-02 09:00", "2026-11-04");
    vec![Followed { unit: unit.into(), ..late }; cases]
}

/// How many cases that have ended a group is shown to have.
fn size(group: &Group) -> Option<usize> {
    match group {
        Group::Nothing => Some(0),
        Group::TooFew => None,
        Group::Shown(figures) => Some(figures.ended),
    }
}

/// Depth, own, and the sum of each unit, with a message.
fn sizes(reports: &[UnitReport]) -> Vec<(usize, Option<usize>, Option<Option<usize>>)> {
    let sum = |r: &UnitReport| r.with_below.as_ref().map(|sum| size(&sum.with));
    reports.iter().map(|r| (r.depth, size(&r.own.with), sum(r))).collect()
}

// R31: each unit by itself, and summed in those above it; what is nobody's is the top's.
#[test]
fn a_unit_is_shown_by_itself_and_in_the_one_above_it() {
    let mut lines = [of(BUILDING, 7), of(SCHOOL, 6), of(None, 5)].concat();
    let silent = of(SCHOOL, 5).into_iter().map(|l| Followed { has_message: false, ..l });
    lines.extend(silent);
    let reports = reported(&lines, &TOWN);
    let units: Vec<UnitId> = reports.iter().map(|r| r.unit).collect();
    assert_eq!(units, [TOP, BUILDING, SCHOOL]);
    let expected = [(0, Some(5), Some(Some(18))), (1, Some(7), None), (1, Some(6), None)];
    assert_eq!(sizes(&reports), expected);
    assert_eq!(size(&reports[2].own.without), Some(5));
    assert_eq!(reports[1].own.without, Group::Nothing);
}

// R32
#[test]
fn a_group_below_five_is_not_shown_and_cannot_be_worked_out() {
    let shown = |top, building, school| {
        let lines = [of(TOP, top), of(BUILDING, building), of(SCHOOL, school)].concat();
        let reports = reported(&lines, &TOWN);
        (
            size(&reports[0].with_below.as_ref().unwrap().with),
            reports.iter().map(|r| size(&r.own.with)).collect::<Vec<_>>(),
        )
    };
    assert_eq!(shown(0, 9, 5), (Some(14), vec![Some(0), Some(9), Some(5)]));
    // Four, and the sum would give them away: the smaller of the others goes too.
    assert_eq!(shown(0, 9, 4), (Some(13), vec![Some(0), None, None]));
    assert_eq!(shown(6, 9, 4), (Some(19), vec![None, Some(9), None]));
    assert_eq!(shown(10, 9, 4), (Some(23), vec![Some(10), None, None]));
    // Two small ones hide each other, when together they are five.
    assert_eq!(shown(10, 1, 4), (Some(15), vec![Some(10), None, None]));
    assert_eq!(shown(0, 2, 2), (None, vec![Some(0), None, None]));
}

// R31: a case whose time is not over is in no share, so a group of such cases is none yet.
#[test]
fn cases_that_have_not_ended_make_no_group() {
    let young = line("2026-11-27 09:00", "2026-12-01");
    let reports = reported(&[vec![young; 9], of(BUILDING, 4)].concat(), &TOWN);
    assert_eq!(reports[1].own.with, Group::TooFew);
    let reports = reported(&[vec![young; 9], of(BUILDING, 5)].concat(), &TOWN);
    let Group::Shown(figures) = &reports[1].own.with else { panic!("{reports:?}") };
    assert_eq!((figures.counted, figures.ended, figures.within_time()), (14, 5, 9));
}

#[test]
fn a_unit_that_is_gone_is_shown_while_it_has_cases() {
    let gone = |u: &Unit| Unit { active: u.id != SCHOOL, ..u.clone() };
    let town = Directory::new(TOWN.units().iter().map(gone).collect(), vec![], vec![], vec![]);
    assert_eq!(reported(&of(SCHOOL, 5), &town).len(), 3);
    assert_eq!(reported(&of(BUILDING, 5), &town).len(), 2);
}

/// Units 0 to 7, each below one before it.
fn tree(above: &[usize]) -> Directory {
    let id = |n: usize| UnitId(Uuid::from_u128(n as u128 + 1));
    let units = (0..=above.len()).map(|n| Unit {
        id: id(n),
        name: n.to_string(),
        parent: n.checked_sub(1).map(|n| id(above[n] % (n + 1))),
        manager: None,
        deputy: None,
        reception: None,
        mailbox: None,
        active: true,
    });
    Directory::new(units.collect(), vec![], vec![], vec![])
}

proptest! {
    // R32: whoever subtracts from a sum what is shown of its parts is left with nothing, or with at least five.
    #[test]
    fn no_sum_gives_away_a_small_group(above in prop::collection::vec(0..8_usize, 0..8), cases in prop::collection::vec(0..9_usize, 9)) {
        let directory = tree(&above);
        let units: Vec<UnitId> = directory.units().iter().map(|u| u.id).collect();
        let lines: Vec<Followed> = units.iter().zip(&cases).flat_map(|(u, n)| of(*u, *n)).collect();
        let reports = reported(&lines, &directory);
        prop_assert_eq!(reports.len(), units.len());
        let whole = |r: &UnitReport| size(r.with_below.as_ref().map_or(&r.own.with, |sum| &sum.with));
        for r in &reports {
            prop_assert!(!matches!(size(&r.own.with), Some(1..5)) && !matches!(whole(r), Some(1..5)));
            let (Some(sum), true) = (whole(r), r.with_below.is_some()) else { continue };
            let below = reports.iter().filter(|b| directory.unit(b.unit).unwrap().parent == Some(r.unit));
            let parts: usize = below.filter_map(whole).chain(size(&r.own.with)).sum();
            prop_assert!(sum == parts || sum >= parts + 5, "{} of {:?}", sum - parts, sizes(&reports));
        }
    }
}
