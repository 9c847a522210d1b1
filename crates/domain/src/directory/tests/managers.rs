//! Who manages a unit while its manager is not there.

use super::*;

const MONDAY: &str = "2026-11-09";
const FRIDAY: &str = "2026-11-13";

/// Away on Monday.
fn away(employee: EmployeeId, substitute: impl Into<Option<EmployeeId>>) -> Absence {
    Absence { employee, from: date(MONDAY), to: date(MONDAY), substitute: substitute.into() }
}

/// Anna manages Bygg, and nobody Skola; Chef manages the whole.
fn town(deputies: [Option<EmployeeId>; 2], absences: &[Absence]) -> Directory {
    let unit = |u: &Unit| Unit {
        manager: if u.id == BUILDING { Some(ANNA) } else { u.manager },
        deputy: deputies[usize::from(u.id == TOP)].filter(|_| u.id != SCHOOL),
        ..u.clone()
    };
    // Anna does not work on Fridays, and Bo answers for what presses then.
    let employee = |e: &Employee| match e.id {
        ANNA => {
            Employee { workdays: "mon-thu".parse().unwrap(), substitute: Some(BO), ..e.clone() }
        }
        _ => e.clone(),
    };
    let units = TOWN.units().iter().map(unit).collect();
    let employees = TOWN.employees().iter().map(employee).collect();
    Directory::new(units, employees, Vec::new(), absences.to_vec())
}

// R17, R26: the deputy, else who stands in for the manager, else the nearest above who is there; never nobody.
#[test]
fn somebody_reads_the_list_of_a_manager_who_is_not_there() {
    let siv = [Some(SIV), None];
    let both = [Some(SIV), Some(BO)];
    for (deputies, absences, of_building, of_school, case) in [
        (siv, &[][..], ANNA, CHEF, "everybody is there"),
        (siv, &[away(ANNA, BO)], SIV, CHEF, "the deputy before the substitute"),
        (siv, &[away(ANNA, BO), away(SIV, None)], BO, CHEF, "the deputy is away, too"),
        (siv, &[away(ANNA, None), away(SIV, None)], CHEF, CHEF, "nobody in the unit"),
        ([None, None], &[away(ANNA, GONE)], CHEF, CHEF, "a substitute who has left"),
        ([Some(GONE), None], &[away(ANNA, BO)], BO, CHEF, "a deputy who has left"),
        (both, &[away(ANNA, None), away(SIV, None), away(CHEF, None)], BO, BO, "the deputy above"),
        ([None, None], &[away(ANNA, None), away(CHEF, None)], ANNA, CHEF, "never nobody"),
    ] {
        let town = town(deputies, absences);
        let of = |unit| town.manager_of(unit, date(MONDAY)).map(|m| m.id);
        assert_eq!((of(BUILDING), of(SCHOOL)), (Some(of_building), Some(of_school)), "{case}");
        // The day before and after, everything is as it was.
        for day in ["2026-11-10", "2026-11-12"] {
            let of = |unit| town.manager_of(unit, date(day)).map(|m| m.id);
            assert_eq!((of(BUILDING), of(SCHOOL)), (Some(ANNA), Some(CHEF)), "{case} {day}");
        }
    }
}

// R17: no mail on a weekday off, so somebody else reads the list.
#[test]
fn a_manager_with_a_weekday_off_is_stood_in_for_as_one_who_is_away() {
    for (deputies, expected) in [([Some(SIV), None], SIV), ([None, None], BO)] {
        let town = town(deputies, &[]);
        assert_eq!(town.manager_of(BUILDING, date(FRIDAY)).map(|m| m.id), Some(expected));
    }
}

// R26: where the manager has left, the deputy holds the post until there is a new one.
#[test]
fn a_deputy_stands_in_for_a_manager_who_has_left() {
    for (deputy, expected) in [(Some(SIV), SIV), (None, CHEF)] {
        let town = town([deputy, None], &[]);
        let left = |u: &Unit| Unit {
            manager: u.manager.map(|m| if m == ANNA { GONE } else { m }),
            ..u.clone()
        };
        let units = town.units().iter().map(left).collect();
        let town = Directory::new(units, town.employees().to_vec(), Vec::new(), Vec::new());
        assert_eq!(town.manager_of(BUILDING, date(MONDAY)).map(|m| m.id), Some(expected));
        let posts: Vec<_> = town.posts(BUILDING, date(MONDAY)).map(|post| post.today).collect();
        assert_eq!(posts.last(), Some(&CHEF));
    }
}

// R27: a level keeps its place, whoever reads; by the manager it is known.
#[test]
fn who_stands_in_for_two_levels_holds_both_posts() {
    let town = town([None, None], &[away(ANNA, None)]);
    let posts: Vec<_> = town.posts(BUILDING, date(MONDAY)).collect();
    let of = |manager| Post { manager, today: CHEF };
    assert_eq!(posts, [of(ANNA), of(CHEF)]);
}
