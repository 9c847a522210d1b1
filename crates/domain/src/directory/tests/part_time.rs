//! Weekdays off: what waits, and what somebody else answers for.

use super::*;
use crate::callback::Callback;
use crate::transitions::Opening;

const THURSDAY: &str = "2026-11-12";
const FRIDAY: &str = "2026-11-13";
const SATURDAY: &str = "2026-11-14";

/// Anna works from Monday to Thursday.
fn town(substitute: Option<EmployeeId>, absences: &[Absence]) -> Directory {
    let employee = |e: &Employee| match e.id {
        ANNA => Employee { workdays: "mon-thu".parse().unwrap(), substitute, ..e.clone() },
        // Siv has Fridays off as well, and nobody for them.
        SIV => Employee { workdays: "mon-thu".parse().unwrap(), ..e.clone() },
        _ => e.clone(),
    };
    let employees = TOWN.employees().iter().map(employee).collect();
    Directory::new(TOWN.units().to_vec(), employees, TOWN.lines().to_vec(), absences.to_vec())
}

fn away(employee: EmployeeId, substitute: Option<EmployeeId>) -> Absence {
    Absence { employee, from: date(THURSDAY), to: date(FRIDAY), substitute }
}

/// Anna's, for a message of that day.
fn annas(day: &str) -> Callback {
    let contact = message(1, &format!("{day} 10:00"));
    let now = contact.at;
    Callback::open(Opening { ..opening(contact) }, rules(), now).unwrap().callback
}

// R17: a pattern hands nothing over unless it falls due that day, or is late already.
#[test]
fn a_weekday_off_moves_only_what_presses() {
    let to = Responsible::Employee;
    let desk = Responsible::Reception(BUILDING);
    let later = "2026-11-12"; // the last day is Monday the 16th
    let today = "2026-11-11"; // Friday
    let late = "2026-11-09"; // Wednesday
    for (substitute, absences, left_on, on, expected, case) in [
        (Some(BO), &[][..], later, FRIDAY, to(ANNA), "it can wait"),
        (Some(BO), &[], today, FRIDAY, to(BO), "it falls due"),
        (Some(BO), &[], late, FRIDAY, to(BO), "it is late"),
        (None, &[], today, FRIDAY, desk, "nobody stands in"),
        (None, &[], later, FRIDAY, to(ANNA), "nobody has to"),
        (Some(BO), &[], late, THURSDAY, to(ANNA), "she is at work"),
        (Some(BO), &[], late, SATURDAY, to(ANNA), "a weekend is nobody's"),
        (Some(SIV), &[], today, FRIDAY, desk, "who stands in is off, too"),
        (Some(GONE), &[], today, FRIDAY, desk, "who stood in has left"),
        (Some(BO), &[away(BO, Some(CHEF))], today, FRIDAY, to(CHEF), "who stands in is away"),
        (Some(BO), &[away(ANNA, Some(CHEF))], today, FRIDAY, to(CHEF), "an absence comes first"),
        (Some(BO), &[away(ANNA, None)], later, FRIDAY, desk, "an absence moves everything"),
        (Some(BO), &[away(ANNA, Some(SIV))], later, FRIDAY, to(SIV), "with Siv it can wait"),
        (Some(BO), &[away(ANNA, Some(SIV))], today, FRIDAY, desk, "with Siv it cannot"),
    ] {
        let found = town(substitute, absences).responsible_for(&annas(left_on), date(on));
        assert_eq!(found, expected, "{case}");
    }
}

// R17: no mail on a weekday off; R23: an agreed day is a last day.
#[test]
fn nobody_is_told_of_what_can_wait() {
    let town = town(Some(BO), &[]);
    let bo = Some(Responsible::Employee(BO));
    let agreed = |on: &str| {
        let callback = annas("2026-11-09");
        callback.agree(date(on), ANNA, rules(), at("2026-11-10 10:00")).unwrap().callback
    };
    for (callback, expected, case) in [
        (annas("2026-11-12"), None, "it can wait"),
        (annas("2026-11-11"), bo, "it falls due"),
        (agreed("2026-11-13"), bo, "today was agreed"),
        (agreed("2026-11-16"), None, "another day was agreed"),
    ] {
        assert_eq!(town.told_of(&callback, date(FRIDAY)), expected, "{case}");
        let everybody = town.told_for(callback.holder(), date(FRIDAY));
        assert_eq!(everybody, Vec::from_iter(bo), "{case}");
    }
    let anna = Responsible::Employee(ANNA);
    assert_eq!(town.told_for(Owner::Employee(ANNA), date(THURSDAY)), [anna]);
    assert!(town.has_day_off(Owner::Employee(ANNA), date(FRIDAY)));
    assert!(!town.has_day_off(Owner::Employee(BO), date(FRIDAY)));
    assert!(!town.has_day_off(Owner::Unit(BUILDING), date(FRIDAY)));
}

// R21: who answers on her weekday off has called back for her, also from another unit.
#[test]
fn who_stands_in_on_a_weekday_off_answers_for_the_callback() {
    let phone = TOWN.lines().iter().find(|l| l.name == "Chef").unwrap();
    let town = town(Some(CHEF), &[]);
    for (day, expected) in [(THURSDAY, false), (FRIDAY, true), (SATURDAY, false)] {
        assert_eq!(town.answers_for(phone, date(day), Owner::Employee(ANNA)), expected, "{day}");
    }
}
