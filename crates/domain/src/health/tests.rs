//! What an administrator is told to put right, and what is well.

use super::*;
use crate::directory::{Absence, Alias, Employee, Line, LineKind, Responsible, Unit};
use crate::ids::EmployeeId;
use crate::ids::SourceName;
use crate::testing::*;

const MONDAY: &str = "2026-11-09";
const DESK: Option<&str> = Some("vaxel@kommun.example");

/// The town of the tests, with each of these otherwise.
#[derive(Default)]
struct Otherwise {
    unit: Option<fn(Unit) -> Unit>,
    employee: Option<fn(Employee) -> Employee>,
    lines: Vec<Line>,
    absences: Vec<Absence>,
}

fn town(otherwise: Otherwise) -> Directory {
    let unit = otherwise.unit.unwrap_or(|u| u);
    let employee = otherwise.employee.unwrap_or(|e| e);
    let lines = [TOWN.lines().to_vec(), otherwise.lines].concat();
    Directory::new(
        TOWN.units().iter().cloned().map(unit).collect(),
        TOWN.employees().iter().cloned().map(employee).collect(),
        lines,
        otherwise.absences,
    )
}

fn told(town: &Directory, seen: &Seen) -> Vec<String> {
    ills(town, DESK, seen, date(MONDAY)).iter().map(Ill::to_string).collect()
}

fn away(employee: EmployeeId, substitute: Option<EmployeeId>) -> Absence {
    Absence { employee, from: date(MONDAY), to: date("2026-11-13"), substitute }
}

#[test]
fn a_directory_that_is_well_says_nothing() {
    assert_eq!(told(&TOWN, &Seen::default()), [""; 0]);
    let empty = ills(&Directory::default(), Some(""), &Seen::default(), date(MONDAY));
    assert_eq!(empty, [Ill::NoReception, Ill::NoUnits]);
}

// R16, R17, R26: each says what, where, and what to do.
#[test]
fn what_is_wrong_with_units_and_lines_is_told() {
    let nowhere = town(Otherwise {
        unit: Some(|u| Unit { reception: None, manager: None, ..u }),
        ..Otherwise::default()
    });
    let without = ills(&nowhere, None, &Seen::default(), date(MONDAY));
    let of = |unit: &str| {
        let unit = unit.to_owned();
        [Ill::NoManager { unit: unit.clone() }, Ill::NoDesk { unit }]
    };
    let all = ["Kommun", "Bygg", "Skola"].map(of).concat();
    assert_eq!(without, [Vec::from([Ill::NoReception]), all].concat());

    let left = Otherwise {
        unit: Some(|u| Unit {
            manager: if u.id == BUILDING { Some(GONE) } else { u.manager },
            ..u
        }),
        ..Otherwise::default()
    };
    assert_eq!(
        told(&town(left), &Seen::default()),
        ["unit Bygg: its manager Gone has left; write the new one in the people file"]
    );
    let is_away = |deputy: Option<EmployeeId>, substitute| {
        let with: fn(Unit) -> Unit = match deputy {
            Some(_) => |u| Unit { deputy: u.manager.map(|_| SIV), ..u },
            None => |u| u,
        };
        let absences = Vec::from([away(CHEF, substitute)]);
        town(Otherwise { unit: Some(with), absences, ..Otherwise::default() })
    };
    assert_eq!(
        told(&is_away(None, None), &Seen::default()),
        [
            "unit Kommun: its manager Chef is away and nobody of the unit stands in; write a deputy in the people file"
        ]
    );
    for there in [is_away(Some(SIV), None), is_away(None, Some(BO))] {
        assert_eq!(told(&there, &Seen::default()), [""; 0]);
    }
    let person = |n, alias| line(n, "Vakant", LineKind::Person, BUILDING, alias);
    for line in [person(20, "480"), person(20, "480").assigned("2020-01-01", GONE)] {
        let lines = Vec::from([line]);
        let town = town(Otherwise { lines, ..Otherwise::default() });
        assert_eq!(
            told(&town, &Seen::default()),
            ["line Vakant: nobody's; its calls go to the unit's reception"]
        );
    }
    // From 1 December it is Bo's.
    let to_come = person(20, "480").assigned("2020-01-01", ANNA).assigned("2026-12-01", BO);
    let town = town(Otherwise { lines: Vec::from([to_come]), ..Otherwise::default() });
    assert_eq!(told(&town, &Seen::default()), [""; 0]);
}

// R15: an alias of one source and of all.
#[test]
fn one_alias_in_two_places_is_told() {
    let mut queue = line(20, "Kö", LineKind::Queue, BUILDING, "480");
    queue.aliases.push(Alias { source: Some(SourceName::new("zoom")), text: "412".to_owned() });
    let town = town(Otherwise { lines: Vec::from([queue]), ..Otherwise::default() });
    assert_eq!(
        told(&town, &Seen::default()),
        [
            "line Anna: zoom knows Kö by the same alias 412, which goes before; write it for one of them only"
        ]
    );
}

// R28: the address whose mail died last, whoever reads it.
#[test]
fn whose_mail_does_not_arrive_is_told() {
    let dead = |address: &str| Unreachable {
        who: Responsible::Organisation.into(),
        address: address.to_owned(),
    };
    let unreachable =
        Vec::from([dead("ANNA@kommun.example"), dead("bygg@kommun.example"), dead("x@y.example")]);
    assert_eq!(
        told(&TOWN, &Seen { unreachable, ..Seen::default() }),
        [
            "Anna: mail to anna@kommun.example does not arrive; correct the address in the people file, or see to the mailbox",
            "Bygg: mail to bygg@kommun.example does not arrive; correct the address in the people file, or see to the mailbox",
        ]
    );
}

// R17: at most 3 deep; a loop ends at reception.
#[test]
fn substitutes_that_go_round_are_told_once_with_their_day() {
    let each_other: fn(Employee) -> Employee = |e| Employee {
        substitute: match e.id {
            ANNA => Some(BO),
            BO => Some(ANNA),
            _ => None,
        },
        ..e
    };
    let pair = |anna: &'static str, bo: &'static str| {
        let pair = town(Otherwise { employee: Some(each_other), ..Otherwise::default() });
        let days = |e: &Employee| match e.id {
            ANNA => anna.parse().unwrap(),
            BO => bo.parse().unwrap(),
            _ => e.workdays,
        };
        let with = |e: &Employee| Employee { workdays: days(e), ..e.clone() };
        let employees = pair.employees().iter().map(with).collect();
        Directory::new(pair.units().to_vec(), employees, pair.lines().to_vec(), Vec::new())
    };
    let said = |names: &str, day: &str| {
        format!(
            "{names}: on {day} they stand in for each other in a circle, or more than three deep, and a reception answers; enter somebody else"
        )
    };
    assert_eq!(told(&pair("mon-thu", "tue-fri"), &Seen::default()), [""; 0], "one is there");
    assert_eq!(
        told(&pair("mon-thu", "mon-thu"), &Seen::default()),
        [said("Anna → Bo → Anna", "2026-11-13")]
    );
    let absences = |all: &[Absence]| Otherwise { absences: all.to_vec(), ..Otherwise::default() };
    let round = absences(&[away(ANNA, Some(BO)), away(BO, Some(ANNA))]);
    assert_eq!(told(&town(round), &Seen::default()), [said("Anna → Bo → Anna", MONDAY)]);
    let ends = absences(&[away(ANNA, Some(BO)), away(BO, None)]);
    assert_eq!(told(&town(ends), &Seen::default()), [""; 0], "a reception is meant");
}

// R1: where missed calls come in and messages never do.
#[test]
fn a_mailbox_that_is_perhaps_not_on_is_told() {
    let of = |owner, with_message, without| Received { owner, with_message, without };
    let [anna, bo, siv] = [ANNA, BO, SIV].map(Owner::Employee);
    let seen = |received: &[Received]| Seen { received: received.to_vec(), ..Seen::default() };
    let odd = seen(&[of(anna, 0, 7), of(bo, 1, 9), of(siv, 0, 4), of(Owner::Unit(BUILDING), 0, 9)]);
    assert_eq!(
        told(&TOWN, &odd),
        ["Anna: missed calls for 90 days and never a message; is the mailbox on?"]
    );
    let nowhere = seen(&[of(anna, 0, 7), of(bo, 0, 9)]);
    assert_eq!(
        told(&TOWN, &nowhere),
        ["no PBX told of any message in 90 days; see in docs/pbx how yours tells of voicemail"]
    );
    assert_eq!(told(&TOWN, &seen(&[of(anna, 0, 3)])), [""; 0], "too few to say");
}
