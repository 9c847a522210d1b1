//! Whose line it is, and who answers for it.

mod absence;
mod finding;
mod managers;
mod part_time;
mod presence;

use super::*;
use crate::testing::*;
use chrono::TimeDelta;
use proptest::prelude::*;
use uuid::Uuid;

fn kinds() -> [LineKind; 5] {
    use LineKind::{Group, Ivr, Person, Queue, Switchboard};
    [Person, Group, Queue, Switchboard, Ivr]
}

// R15: a person's line is the person's, any other its unit's, whoever is written on it.
#[test]
fn only_a_persons_line_is_a_persons() {
    for kind in kinds() {
        let line = line(20, "L", kind, BUILDING, "480").assigned("2026-01-01", ANNA);
        let owner = TOWN.owner(Some(&line), date("2026-11-09"));
        let expected = match kind {
            LineKind::Person => Owner::Employee(ANNA),
            _ => Owner::Unit(BUILDING),
        };
        assert_eq!(owner, expected, "{kind:?}");
    }
}

// R15: assignments are dated: the last one on or before the day counts. R16: never nobody.
#[test]
fn a_line_that_changes_hands_is_each_ones_in_their_time() {
    let person = |name| line(20, name, LineKind::Person, BUILDING, "480");
    let unused = person("unused");
    let used = person("used")
        .assigned("2026-06-01", BO)
        .assigned("2026-01-01", ANNA)
        .assigned("2026-09-01", None)
        .assigned("2026-11-01", GONE);
    let unit = Owner::Unit(BUILDING);
    for (line, day, expected) in [
        (&used, "2025-01-01", Owner::Employee(ANNA)), // before the first, as the first
        (&used, "2026-01-01", Owner::Employee(ANNA)),
        (&used, "2026-05-31", Owner::Employee(ANNA)),
        (&used, "2026-06-01", Owner::Employee(BO)),
        (&used, "2026-09-01", unit),
        (&used, "2026-10-31", unit),
        (&used, "2026-11-01", Owner::Employee(GONE)),
        (&unused, "2026-11-01", unit),
    ] {
        assert_eq!(TOWN.owner(Some(line), date(day)), expected, "{} {day}", line.name);
    }
    assert_eq!(TOWN.owner(None, date("2026-11-09")), Owner::Organisation);
}

// R15, R16: the last day is a day at work; from the day after, the line is its unit's.
#[test]
fn the_line_of_somebody_who_leaves_is_its_units_from_the_day_after() {
    let last = date("2026-11-30");
    let until = |e: &Employee| Employee { until: (e.id == ANNA).then_some(last), ..e.clone() };
    let employees = TOWN.employees().iter().map(until).collect();
    let town = Directory::new(TOWN.units().to_vec(), employees, TOWN.lines().to_vec(), Vec::new());
    let annas = town.lines().iter().find(|l| l.name == "Anna");
    for (day, expected) in [
        ("2026-11-30", Owner::Employee(ANNA)),
        ("2026-12-01", Owner::Unit(BUILDING)),
        ("2027-01-01", Owner::Unit(BUILDING)),
    ] {
        assert_eq!(town.owner(annas, date(day)), expected, "{day}");
    }
}

// R16: employee, else the unit's reception, else that above, else the organisation's.
#[test]
fn whoever_is_not_there_is_answered_for_by_a_reception() {
    let mut units = TOWN.units().to_vec();
    units.push(Unit {
        id: UnitId(Uuid::from_u128(4)),
        mailbox: Some("post@k.example".into()),
        ..units[2].clone()
    });
    units.push(Unit { id: UnitId(Uuid::from_u128(5)), active: false, ..units[3].clone() });
    units.push(Unit { id: UnitId(Uuid::from_u128(6)), parent: None, ..units[2].clone() });
    let town = Directory::new(units, TOWN.employees().to_vec(), Vec::new(), Vec::new());
    let unit = |n| UnitId(Uuid::from_u128(n));
    for (owner, expected, case) in [
        (Owner::Employee(ANNA), Responsible::Employee(ANNA), "there"),
        (Owner::Employee(GONE), Responsible::Reception(BUILDING), "has left"),
        (Owner::Employee(EmployeeId(Uuid::from_u128(99))), Responsible::Organisation, "unheard of"),
        (Owner::Unit(BUILDING), Responsible::Reception(BUILDING), "a unit with a reception"),
        (Owner::Unit(SCHOOL), Responsible::Reception(TOP), "a unit without one"),
        (Owner::Unit(unit(4)), Responsible::UnitMailbox(unit(4)), "a unit with a mailbox"),
        (Owner::Unit(unit(5)), Responsible::Reception(TOP), "a unit that is gone"),
        (Owner::Unit(unit(6)), Responsible::Organisation, "a unit alone without a reception"),
        (Owner::Unit(unit(99)), Responsible::Organisation, "a unit unheard of"),
        (Owner::Organisation, Responsible::Organisation, "nobody's line"),
    ] {
        assert_eq!(town.responsible(owner, date("2026-11-09")), expected, "{case}");
    }
}

// R15: an alias of one source goes before one of all; a number before a text.
#[test]
fn the_sources_own_name_for_a_line_goes_first() {
    let alias = |source: Option<&str>, text: &str| Alias {
        source: source.map(SourceName::new),
        text: text.to_owned(),
    };
    let with = |id, name: &str, aliases: Vec<Alias>| Line {
        aliases,
        ..line(id, name, LineKind::Person, BUILDING, "")
    };
    let lines = Vec::from([
        with(1, "everybody's", vec![alias(None, "412"), alias(None, "w7")]),
        with(2, "the pbx's", vec![alias(Some("pbx"), "412"), alias(None, "+46846500412")]),
        Line { active: false, ..with(3, "gone", vec![alias(None, "500")]) },
    ]);
    let town = Directory::new(Vec::new(), Vec::new(), lines, Vec::new());
    let found = |source: &str, text: &str| {
        town.line_of(&SourceName::new(source), &party(text)).map(|l| l.name.as_str())
    };
    assert_eq!(found("pbx", "412"), Some("the pbx's"));
    assert_eq!(found("other", "412"), Some("everybody's"));
    assert_eq!(found("other", "W7"), Some("everybody's"), "in any case");
    assert_eq!(found("other", "08-465 004 12"), Some("the pbx's"), "as any number is written");
    assert_eq!(found("pbx", "500"), None, "the line is gone");
    assert_eq!(found("pbx", ""), None);
    assert_eq!(town.line_of(&SourceName::new("pbx"), &Party::withheld()), None);
}

// R7: an own extension and its public number are one caller.
#[test]
fn an_extension_is_known_under_its_public_number() {
    let of = |text: &str| TOWN.canonical(&source(), &party(text));
    assert_eq!(of("412").key("pbx"), of("+46846500412").key("other"));
    assert_eq!(of("412").text, "412", "what the PBX wrote is kept beside");
    assert_eq!(of("700"), party("700"), "a line without a public number stays as it is");
    assert_eq!(of(LISA), party(LISA));
    assert_eq!(TOWN.canonical(&source(), &Party::withheld()), Party::withheld());
}

// R26: a unit without a manager has that of the nearest above; one who has left manages nothing.
#[test]
fn the_nearest_manager_who_is_there_gets_the_list() {
    let unit = |n: u128, parent: Option<u128>, manager| Unit {
        id: UnitId(Uuid::from_u128(n)),
        parent: parent.map(|p| UnitId(Uuid::from_u128(p))),
        manager,
        ..TOWN.units()[2].clone()
    };
    let units = Vec::from([
        unit(1, None, Some(CHEF)),
        unit(2, Some(1), Some(GONE)),
        unit(3, Some(2), None),
        unit(4, Some(3), Some(SIV)),
        unit(5, Some(6), None),
        unit(6, Some(5), None),
    ]);
    let town = Directory::new(units, TOWN.employees().to_vec(), Vec::new(), Vec::new());
    for (n, manager) in
        [(1, Some(CHEF)), (2, Some(CHEF)), (3, Some(CHEF)), (4, Some(SIV)), (5, None), (9, None)]
    {
        let found = town.manager_of(UnitId(Uuid::from_u128(n)), date("2026-11-09")).map(|m| m.id);
        assert_eq!(found, manager, "unit {n}");
    }
}

// R21, R22: the responsible person, or anyone of the same unit, answers for a callback.
#[test]
fn colleagues_of_the_same_unit_answer_for_each_other() {
    let phone =
        |unit, who| line(20, "L", LineKind::Person, unit, "480").assigned("2026-01-01", who);
    let (anna, building, chef) =
        (Owner::Employee(ANNA), Owner::Unit(BUILDING), Owner::Employee(CHEF));
    for (line, owner, expected, case) in [
        (phone(BUILDING, ANNA), anna, true, "herself"),
        (phone(BUILDING, BO), anna, true, "a colleague"),
        (phone(SCHOOL, SIV), anna, false, "another unit"),
        (phone(TOP, BO), anna, true, "a colleague whose phone is another unit's"),
        (phone(TOP, BO), chef, false, "the unit that only pays for the phone"),
        (phone(BUILDING, ANNA), building, true, "a member, for the unit"),
        (phone(BUILDING, SIV), building, false, "a phone lent to somebody else"),
        (line(20, "L", LineKind::Group, BUILDING, "480"), anna, true, "the unit's group"),
        (line(20, "L", LineKind::Person, BUILDING, "480"), anna, true, "a phone of the unit"),
        (line(20, "L", LineKind::Switchboard, TOP, "480"), anna, false, "the switchboard"),
        (phone(BUILDING, ANNA), Owner::Organisation, false, "nobody's line"),
    ] {
        assert_eq!(TOWN.answers_for(&line, date("2026-11-09"), owner), expected, "{case}");
    }
}

fn some_town() -> impl Strategy<Value = Directory> {
    let unit = (0..6_u128, any::<[bool; 4]>());
    let units = prop::collection::vec(unit, 0..6);
    let of_employee = (0..6_u128, any::<bool>(), any::<bool>(), prop::option::of(0..5_u128));
    let employees = prop::collection::vec(of_employee, 0..4);
    let absence = (0..5_u128, 0..3_i64, 0..4_i64, prop::option::of(0..5_u128));
    let absences = prop::collection::vec(absence, 0..8);
    (units, employees, absences).prop_map(|(units, employees, absences)| {
        let units = (0..).zip(units).map(|(n, (parent, [active, reception, mailbox, top]))| Unit {
            id: UnitId(Uuid::from_u128(n)),
            parent: (!top).then_some(UnitId(Uuid::from_u128(parent))),
            manager: Some(EmployeeId(Uuid::from_u128(n % 4))),
            deputy: top.then_some(EmployeeId(Uuid::from_u128((n + 1) % 4))),
            reception: reception.then(|| "exp@k.example".to_owned()),
            mailbox: mailbox.then(|| "post@k.example".to_owned()),
            active,
            ..TOWN.units()[0].clone()
        });
        let workdays = |part_time| if part_time { "tue-fri" } else { "mon-fri" };
        let one = |(n, (unit, active, part_time, substitute))| Employee {
            id: EmployeeId(Uuid::from_u128(n)),
            unit: UnitId(Uuid::from_u128(unit)),
            active,
            workdays: workdays(part_time).parse().unwrap(),
            substitute: Option::<u128>::map(substitute, |n| EmployeeId(Uuid::from_u128(n))),
            ..TOWN.employees()[0].clone()
        };
        let employees = (0..).zip(employees).map(one);
        let id = |n| EmployeeId(Uuid::from_u128(n));
        let absences = absences.into_iter().map(|(employee, from, days, substitute)| Absence {
            employee: id(employee),
            from: date("2026-11-08") + TimeDelta::days(from),
            to: date("2026-11-08") + TimeDelta::days(from + days),
            substitute: substitute.map(id),
        });
        let (units, employees) = (units.collect(), employees.collect());
        Directory::new(units, employees, Vec::new(), absences.collect())
    })
}

proptest! {
    // R16, R17: never nobody, and never somebody who is not there, also where units or substitutes stand in a loop.
    #[test]
    fn every_owner_has_somebody_who_is_responsible(town in some_town(), n in 0..8_u128) {
        let owners = [
            Owner::Employee(EmployeeId(Uuid::from_u128(n))),
            Owner::Unit(UnitId(Uuid::from_u128(n))),
            Owner::Organisation,
        ];
        let day = date("2026-11-09");
        for owner in owners {
            let responsible = town.responsible(owner, day);
            let there = match responsible {
                Responsible::Employee(id) => {
                    let covered = town.covers(id, day).contains(&owner);
                    covered && !town.is_away(id, day) && town.employee(id).is_some_and(|e| e.active)
                }
                Responsible::UnitMailbox(id) => town.unit(id).is_some_and(|u| u.active && u.mailbox.is_some()),
                Responsible::Reception(id) => town.unit(id).is_some_and(|u| u.active && u.reception.is_some()),
                Responsible::Organisation => true,
            };
            prop_assert!(there, "{:?}", owner);
            // What presses is never left with somebody who has the day off.
            let told = town.told_for(owner, day);
            let [_, pressing] = town.answering(owner, day);
            prop_assert!(told.contains(&pressing), "{:?}", owner);
            let off = |r: &Responsible| matches!(r, Responsible::Employee(id) if !town.is_at_work(*id, day));
            prop_assert!(!told.iter().any(off), "{:?}", told);
        }
        let manager = town.manager_of(UnitId(Uuid::from_u128(n)), day);
        prop_assert!(manager.is_none_or(|m| m.active));
    }
}
