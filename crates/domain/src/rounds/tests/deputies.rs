//! Lists while a manager is away. In this town Anna manages Bygg, and Chef the whole.

use super::*;
use crate::access::Reader;
use crate::directory::{Absence, Responsible};
use crate::ids::{AccountId, UnitId};

/// Away from Thursday 12 November to Wednesday the 25th.
fn away(employee: EmployeeId) -> Absence {
    let (from, to) = (date("2026-11-12"), date("2026-11-25"));
    Absence { employee, from, to, substitute: None }
}

fn town(deputy: Option<EmployeeId>, absences: &[EmployeeId]) -> Directory {
    let managed = town_of(|u| match u.id {
        BUILDING => Some(ANNA),
        _ => Some(CHEF).filter(|_| u.id == TOP),
    });
    let unit = |u: &Unit| Unit { deputy: deputy.filter(|_| u.id == BUILDING), ..u.clone() };
    let units = managed.units().iter().map(unit).collect();
    let absences = absences.iter().map(|who| away(*who)).collect();
    Directory::new(units, TOWN.employees().to_vec(), TOWN.lines().to_vec(), absences)
}

/// Whose list tells of the callback that day, and how: `whole` with the unit, or `climbed`. What is told is noted.
fn told(town: &Directory, callback: &mut Callback, day: &str) -> Vec<String> {
    let offices = Offices { reception: None, officer: Some("kd@kommun.example".to_owned()) };
    let (today, now) = (date(day), at(&format!("{day} 08:30")));
    let offices = &offices;
    let readers = Readers::of(town, offices, today);
    let mut told = Vec::new();
    for me in readers.all() {
        let Some(listing) = manager_list(me, std::slice::from_ref(callback), readers, rules())
        else {
            continue;
        };
        let name = match me {
            Recipient::Responsible(Responsible::Employee(id)) => &town.employee(id).unwrap().name,
            _ => "officer",
        };
        for (_, level) in listing.listed {
            *callback = callback.clone().list(level, today, now).callback;
        }
        if listing.list.units.iter().any(|u| !u.late.is_empty()) {
            told.push(format!("{name} whole"));
        }
        if !listing.list.from_below.is_empty() {
            told.push(format!("{name} climbed"));
        }
    }
    told
}

/// Siv's of Bygg's reception, left on Tuesday 10 November: late from Friday the 13th on.
fn late() -> Callback {
    of(Owner::Unit(BUILDING), message(1, "2026-11-10 10:00"))
}

// R17, R26, R27: the deputy reads what the manager would have; those above keep their days.
#[test]
fn the_deputy_reads_the_list_and_those_above_still_wait_their_days() {
    let (town, mut callback) = (town(Some(BO), &[ANNA]), late());
    for (day, expected) in [
        ("2026-11-13", &["Bo whole"][..]),
        ("2026-11-16", &["Bo whole"]),
        ("2026-11-17", &["Chef climbed", "Bo whole"]),
        ("2026-11-19", &["Bo whole", "officer climbed"]),
        ("2026-11-26", &["Anna whole"]), // she is back
    ] {
        assert_eq!(told(&town, &mut callback, day), expected, "{day}");
    }
}

// R26, R27: nobody stands in: the manager above reads it, once, and has the own two days before the officer hears of it.
#[test]
fn a_manager_above_who_stands_in_has_both_levels() {
    let (town, mut callback) = (town(None, &[ANNA]), late());
    for (day, expected) in [
        ("2026-11-13", &["Chef whole"][..]),
        ("2026-11-17", &["Chef whole"]),
        ("2026-11-18", &["Chef whole"]),
        ("2026-11-19", &["Chef whole", "officer climbed"]),
        ("2026-11-26", &["Anna whole"]),
    ] {
        assert_eq!(told(&town, &mut callback, day), expected, "{day}");
    }
    assert_eq!(callback.listed_on, ["2026-11-13", "2026-11-17", "2026-11-19"].map(date));
}

// R26: never nobody.
#[test]
fn a_manager_who_is_away_with_nobody_at_all_still_gets_the_list() {
    let town = town(None, &[ANNA, CHEF]);
    assert_eq!(told(&town, &mut late(), "2026-11-13"), ["Anna whole"]);
}

// R17, R36: the deputy sees and does what the manager may, on the days they stand in.
#[test]
fn a_deputy_manages_the_unit_on_those_days_only() {
    let town = town(Some(SIV), &[ANNA]);
    let manages = |name: &str, day: &str| -> Vec<UnitId> {
        let address = format!("{name}@kommun.example");
        let account = AccountId(uuid::Uuid::nil());
        Reader::of(account, &address, false, &town, None, date(day)).manages
    };
    for (day, sivs) in [
        ("2026-11-11", &[][..]),
        ("2026-11-12", &[BUILDING]),
        ("2026-11-25", &[BUILDING]),
        ("2026-11-26", &[]),
    ] {
        assert_eq!(manages("siv", day), sivs, "{day}");
        assert_eq!(manages("anna", day), [BUILDING], "she keeps what is hers, {day}");
        assert_eq!(manages("chef", day), [TOP, BUILDING, SCHOOL], "{day}");
    }
}
