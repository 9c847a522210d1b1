//! Whom a text means.

use super::*;

const TODAY: &str = "2026-11-09";
const ASA: EmployeeId = EmployeeId(Uuid::from_u128(11));
const OSA: EmployeeId = EmployeeId(Uuid::from_u128(12));
const TWINS: [EmployeeId; 2] = [EmployeeId(Uuid::from_u128(13)), EmployeeId(Uuid::from_u128(14))];

fn town() -> Directory {
    let mut employees = TOWN.employees().to_vec();
    for (id, name, email) in [
        (ASA, "Åsa Öberg", "asa.oberg@kommun.example"),
        (OSA, "Osa Oberg-Ek", "osa@kommun.example"),
        (TWINS[0], "Eva Sund", "eva.sund@kommun.example"),
        (TWINS[1], "Eva Sund", "eva.sund2@kommun.example"),
    ] {
        let (name, email) = (name.to_owned(), email.to_owned());
        employees.push(Employee { id, name, email, ..TOWN.employee(SIV).unwrap().clone() });
    }
    Directory::new(TOWN.units().to_vec(), employees, TOWN.lines().to_vec(), Vec::new())
}

fn meant(text: &str) -> Vec<Owner> {
    town().meant(text, &NumberPlan::new("SE", "08").unwrap(), date(TODAY))
}

// R15, R16: whose line it is says whose the number is.
#[test]
fn a_name_a_number_an_extension_or_a_unit_is_enough() {
    let [anna, bo, asa] = [ANNA, BO, ASA].map(Owner::Employee);
    let (building, top) = (Owner::Unit(BUILDING), Owner::Unit(TOP));
    for (text, expected, case) in [
        ("Anna, Bygg", &[anna][..], "as it is offered"),
        ("  anna ", &[anna], "a name"),
        ("ANNA@kommun.example", &[anna], "a mail address"),
        ("412", &[anna], "an extension"),
        ("08-465 004 12", &[anna], "a number"),
        ("+46 8 465 004 12", &[anna], "the same number"),
        ("46500412", &[anna], "the same without the area code"),
        ("00412", &[anna], "its end"),
        ("084650041", &[anna, bo, Owner::Employee(CHEF), Owner::Employee(SIV)], "its beginning"),
        ("4", &[], "one digit says nothing"),
        ("701", &[building], "a queue is its unit's"),
        ("bygg", &[building], "a unit, and not all who work there"),
        ("Switchboard", &[top], "the name of a line"),
        ("an", &[anna], "a beginning"),
        ("an by", &[anna], "a beginning of each word"),
        ("an sk", &[], "not in that unit"),
        ("öberg", &[asa], "written as it is"),
        ("Åsa ö", &[asa], "written as it is"),
        ("oberg", &[Owner::Employee(OSA), asa], "a name, and an address"),
        ("asa", &[asa], "from a foreign keyboard"),
        ("Gone", &[], "who has left"),
        ("070-174 06 05", &[], "a caller is nobody of ours"),
        ("", &[], "nothing"),
        (" , ", &[], "nothing"),
        ("Ö'; drop", &[], "nobody"),
    ] {
        assert_eq!(meant(text), expected, "{text}: {case}");
    }
}

#[test]
fn who_shares_a_name_is_told_apart_by_the_address() {
    let [first, second] = TWINS.map(Owner::Employee);
    assert_eq!(meant("eva sund"), [second, first]);
    let town = town();
    let mut names: Vec<String> = town.named().into_iter().map(|(_, name)| name).collect();
    for (owner, name) in town.named() {
        assert_eq!(meant(&name), [owner], "{name}");
    }
    assert!(names.contains(&"Eva Sund, Skola, eva.sund2@kommun.example".to_owned()), "{names:?}");
    names.dedup();
    assert_eq!(names.len(), town.named().len());
}

#[test]
fn names_are_in_the_order_of_the_alphabet() {
    let mut names = ["Ödman", "Zetterberg", "Åberg", "Änglund", "Alm", "Édel"].map(str::to_owned);
    names.sort_by_cached_key(|name| collated(name));
    assert_eq!(names, ["Alm", "Édel", "Zetterberg", "Åberg", "Änglund", "Ödman"]);
}

#[test]
fn a_line_shows_the_numbers_that_people_dial() {
    let numbers = |aliases: &str| line(20, "L", LineKind::Person, BUILDING, aliases).numbers();
    assert_eq!(numbers("412 +46846500412"), ["08-465 004 12", "412"]);
    assert_eq!(numbers("sip:anna@pbx.example 412 412"), ["412"]);
    assert_eq!(numbers("anna"), [""; 0]);
}

proptest! {
    #[test]
    fn any_text_means_somebody_or_nobody(text: String) {
        meant(&text);
    }
}
