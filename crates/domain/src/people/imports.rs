//! What importing one people file after another does to what is known.

mod dated;
mod written;

use super::{People, apply, describe, plan, read};
use crate::directory::{
    Alias, Assignment, Directory, Employee, Line, LineKind, Owner, Responsible,
};
use crate::ids::{EmployeeId, SourceName};
use crate::number::NumberPlan;
use crate::party::Party;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use uuid::Uuid;

const SAMPLES: &[u8] = include_bytes!("../../../../tests/fixtures/samples.people.csv");
const EXAMPLE: &[u8] = include_bytes!("../../../../docs/people.example.csv");
const VENDORS: [&str; 21] = [
    "aircall",
    "native",
    "ringcentral",
    "zoom-phone",
    "46elks",
    "vonage",
    "twilio",
    "telnyx",
    "sipgate",
    "placetel",
    "asterisk",
    "freeswitch",
    "wazo",
    "kazoo",
    "yeastar",
    "3cx",
    "webex",
    "ms-graph",
    "dialpad",
    "plivo",
    "zammad-cti",
];
const HEADER: &str = "type,name,unit,email,manager,reception,language,kind,employee,aliases\n";
const KOMMUN: &str = "unit,Kommun,,,chef@k.example,exp@k.example,,,,\n\
    unit,Bygglov,Kommun,,,,,,,\n\
    employee,Chef,Kommun,chef@k.example,,,,,,\n\
    employee,Anna,Bygglov,anna@k.example,,,,,,\n\
    employee,Bo,Bygglov,bo@k.example,,,,,,\n";

fn people(rows: &str) -> People {
    read(format!("{HEADER}{rows}").as_bytes(), &NumberPlan::sweden(), &VENDORS.map(SourceName::new))
        .unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The directory after this import, with what the dry run said.
fn import(current: &Directory, people: &People, day: NaiveDate) -> (Directory, Vec<String>) {
    let mut next = current.units().len() + current.employees().len() + current.lines().len();
    let mut new_id = || {
        next += 1;
        Uuid::from_u128(next as u128)
    };
    let changes = plan(current, people, day, &mut new_id);
    (apply(current, &changes), describe(current, &changes))
}

fn line<'a>(directory: &'a Directory, name: &str) -> &'a Line {
    directory.lines().iter().find(|line| line.name == name).unwrap()
}

fn employee(directory: &Directory, email: &str) -> EmployeeId {
    directory.employees().iter().find(|one| one.email == email).unwrap().id
}

#[test]
fn the_dry_run_says_in_words_what_an_import_would_do() {
    let first = people(&format!(
        "{KOMMUN}line,Anna,Bygglov,,,,,person,anna@k.example,08-465 004 12|zoom-phone=412\n\
        line,Kö,Bygglov,,,,,queue,,700\n"
    ));
    let (directory, told) = import(&Directory::default(), &first, date("2026-11-02"));
    assert_eq!(
        told,
        [
            "+ unit Kommun, manager chef@k.example, reception exp@k.example",
            "+ unit Bygglov, under Kommun",
            "+ employee chef@k.example (Chef), unit Kommun, language sv",
            "+ employee anna@k.example (Anna), unit Bygglov, language sv",
            "+ employee bo@k.example (Bo), unit Bygglov, language sv",
            "+ line Anna (person), unit Bygglov, employee anna@k.example, aliases +46846500412 | zoom-phone=412",
            "+ line Kö (queue), unit Bygglov, aliases 700",
        ]
    );
    let second = people(
        "unit,Kommun,,,bo@k.example,,,,,\n\
        unit,BYGGLOV,,bygglov@k.example,,,,,,\n\
        unit,Kök,Bygglov,,,,,,,\n\
        employee,Bo Ek,Kommun,bo@k.example,,,en,,,\n\
        employee,Anna,Bygglov,anna@k.example,,,,,,\n\
        line,Anna,Kommun,,,,,person,bo@k.example,08-465 004 13|zoom-phone=412\n",
    );
    let (directory, told) = import(&directory, &second, date("2026-11-23"));
    assert_eq!(
        told,
        [
            "~ unit Kommun: manager chef@k.example → bo@k.example; reception exp@k.example → none",
            "~ unit BYGGLOV: name Bygglov → BYGGLOV; under Kommun → none; email none → bygglov@k.example",
            "+ unit Kök, under BYGGLOV",
            "~ employee bo@k.example: name Bo → Bo Ek; unit BYGGLOV → Kommun; language sv → en",
            "~ line Anna: unit BYGGLOV → Kommun; employee anna@k.example → bo@k.example from 2026-11-23; \
                alias +46846500413 added; alias +46846500412 removed",
            "- line Kö",
            "- employee chef@k.example (Chef)",
        ]
    );
    let (_, told) = import(&directory, &first, date("2026-11-23"));
    assert_eq!(told[2], "~ employee chef@k.example: comes back");
    assert_eq!(
        told[4..],
        [
            "~ line Anna: unit Kommun → Bygglov; employee bo@k.example → anna@k.example; \
                alias +46846500412 added; alias +46846500413 removed",
            "~ line Kö: comes back",
            "- unit Kök",
        ]
    );
}

// R36
#[test]
fn a_line_is_protected_by_a_column_that_older_files_do_not_have() {
    let header = HEADER.replace('\n', ",skyddad\n");
    let file = |cell: &str| {
        let unit = "unit,Bygglov,,,,,,,,,\n";
        let text = format!("{header}{unit}line,Jour,Bygglov,,,,,group,,412,{cell}\n");
        read(text.as_bytes(), &NumberPlan::sweden(), &[])
    };
    let (directory, told) = import(&Directory::default(), &file("Ja").unwrap(), date("2026-11-02"));
    assert!(line(&directory, "Jour").protected);
    assert_eq!(told[1], "+ line Jour (group), unit Bygglov, protected, aliases 412");
    let old = people("unit,Bygglov,,,,,,,,\nline,Jour,Bygglov,,,,,group,,412\n");
    let (directory, told) = import(&directory, &old, date("2026-11-03"));
    assert!(!line(&directory, "Jour").protected);
    assert_eq!(told, ["~ line Jour: protected yes → no"]);
    let wrong = file("kanske").unwrap_err();
    assert_eq!(
        wrong[0].to_string(),
        "line 3, column skyddad: \"kanske\" is neither yes nor no; write yes or no"
    );
    assert!(
        !line(&import(&directory, &file("nej").unwrap(), date("2026-11-03")).0, "Jour").protected
    );
}

// R15: assignments are dated; a line that changes hands moves no old callback.
#[test]
fn a_line_that_changes_hands_is_the_new_ones_from_that_day() {
    let rows = |who: &str| people(&format!("{KOMMUN}line,Disk,Bygglov,,,,,person,{who},412\n"));
    let (directory, _) = import(&Directory::default(), &rows("anna@k.example"), date("2026-11-02"));
    let (anna, bo) = (employee(&directory, "anna@k.example"), employee(&directory, "bo@k.example"));
    let id = line(&directory, "Disk").id;
    let (directory, _) = import(&directory, &rows("bo@k.example"), date("2026-11-23"));
    let disk = line(&directory, "Disk");
    assert_eq!(disk.id, id);
    assert_eq!(directory.owner(Some(disk), date("2026-11-22")), Owner::Employee(anna));
    assert_eq!(directory.owner(Some(disk), date("2026-11-23")), Owner::Employee(bo));

    // The second change of one day takes the place of the first, the third takes both back.
    let (vacant, _) = import(&directory, &rows(""), date("2026-11-23"));
    let first = Assignment { from: date("2026-11-02"), employee: Some(anna) };
    let nobody = Assignment { from: date("2026-11-23"), employee: None };
    assert_eq!(line(&vacant, "Disk").assignments, [first.clone(), nobody]);
    let disk = line(&vacant, "Disk");
    assert_eq!(vacant.owner(Some(disk), date("2026-11-23")), Owner::Unit(disk.unit));
    let (back, _) = import(&vacant, &rows("anna@k.example"), date("2026-11-23"));
    assert_eq!(line(&back, "Disk").assignments, [first]);
}

// R15: a line that was nobody's is the unit's, also when it has got somebody since.
#[test]
fn a_vacant_line_stays_the_units_for_the_days_it_was_vacant() {
    let rows = |who: &str| people(&format!("{KOMMUN}line,Disk,Bygglov,,,,,person,{who},412\n"));
    let (directory, _) = import(&Directory::default(), &rows(""), date("2026-11-02"));
    let (directory, _) = import(&directory, &rows("bo@k.example"), date("2026-11-23"));
    let disk = line(&directory, "Disk");
    assert_eq!(directory.owner(Some(disk), date("2026-11-20")), Owner::Unit(disk.unit));
}

// R16: never nobody; who has left is followed by the unit's reception, or that of the unit above.
#[test]
fn who_is_gone_from_the_file_has_left_and_may_come_back() {
    let with = people(&format!("{KOMMUN}line,Disk,Bygglov,,,,,person,anna@k.example,412\n"));
    let without = people(&KOMMUN.replace("employee,Anna,Bygglov,anna@k.example,,,,,,\n", ""));
    let (directory, _) = import(&Directory::default(), &with, date("2026-11-02"));
    let anna = employee(&directory, "anna@k.example");
    let (left, told) = import(&directory, &without, date("2026-11-23"));
    assert_eq!(told, ["- line Disk", "- employee anna@k.example (Anna)"]);
    let kommun = left.units().iter().find(|unit| unit.name == "Kommun").unwrap().id;
    assert_eq!(
        left.responsible(Owner::Employee(anna), date("2026-11-23")),
        Responsible::Reception(kommun)
    );
    let call = Party::alias("412");
    assert_eq!(left.line_of(&SourceName::new("native"), &call), None);
    assert_eq!(left.lines().len(), 1, "its history stays");

    let (back, told) = import(&left, &with, date("2026-12-01"));
    assert_eq!(told, ["~ employee anna@k.example: comes back", "~ line Disk: comes back"]);
    assert_eq!(back.employees(), directory.employees());
    assert_eq!(back.lines(), directory.lines());
}

#[test]
fn who_is_there_goes_before_a_namesake_who_is_gone() {
    let file = people(KOMMUN);
    let (directory, _) = import(&Directory::default(), &file, date("2026-11-02"));
    let mut employees = directory.employees().to_vec();
    let gone = Employee { id: EmployeeId(Uuid::max()), active: false, ..employees[0].clone() };
    employees.push(gone.clone());
    employees.insert(0, gone);
    let both = Directory::new(directory.units().to_vec(), employees, Vec::new(), Vec::new());
    assert_eq!(import(&both, &file, date("2026-11-03")).1, [""; 0]);
}

// R26: a manager is an employee, who may be of the very unit, added by the same import.
#[test]
fn what_a_change_refers_to_is_there_when_all_are_made() {
    let (directory, _) = import(&Directory::default(), &people(KOMMUN), date("2026-11-02"));
    let bygglov = directory.units().iter().find(|unit| unit.name == "Bygglov").unwrap();
    assert_eq!(
        directory.manager_of(bygglov.id, date("2026-11-23")).unwrap().email,
        "chef@k.example"
    );
    let parents = directory.units().iter().filter_map(|unit| unit.parent);
    assert_eq!(parents.collect::<Vec<_>>(), [directory.units()[0].id]);
}

#[test]
fn two_lines_may_exchange_their_numbers() {
    let rows = |a: &str, b: &str| {
        people(&format!("{KOMMUN}line,A,Bygglov,,,,,group,,{a}\nline,B,Bygglov,,,,,group,,{b}\n"))
    };
    let (directory, _) = import(&Directory::default(), &rows("1", "2"), date("2026-11-02"));
    let (directory, told) = import(&directory, &rows("2", "1"), date("2026-11-02"));
    assert_eq!(told.len(), 2);
    let call = Party::alias("1");
    assert_eq!(directory.line_of(&SourceName::new("native"), &call).unwrap().name, "B");
}

#[test]
fn the_order_in_which_a_store_gives_aliases_is_no_change() {
    let file = people(&format!("{KOMMUN}line,A,Bygglov,,,,,group,,1|2|3\n"));
    let (directory, _) = import(&Directory::default(), &file, date("2026-11-02"));
    let mut turned = directory.lines().to_vec();
    turned[0].aliases.reverse();
    let (units, employees) = (directory.units().to_vec(), directory.employees().to_vec());
    let turned = Directory::new(units, employees, turned, Vec::new());
    assert_eq!(import(&turned, &file, date("2026-11-03")).1, [""; 0]);
}

// DIRECTORY.md of the samples; an alias belongs to a source: `1042` may exist in two PBXs (R15).
#[test]
fn the_samples_people_are_the_organisation_of_the_samples() {
    let sources = VENDORS.map(SourceName::new);
    let plan = NumberPlan::sweden();
    let people = read(SAMPLES, &plan, &sources).unwrap();
    let (directory, _) = import(&Directory::default(), &people, date("2026-01-01"));
    let of = |source: &str, text: &str| {
        directory
            .line_of(&SourceName::new(source), &Party::from_text(text, &plan))
            .map(|l| (l.name.as_str(), l.kind))
    };
    for (texts, sources, name) in [
        ("+46846500412 08-46500412 412", "native", "Anna Åkesson"),
        ("+46846500413 413", "native", "Björn Öberg"),
        ("+46846500442 1042", "asterisk", "Anna Åström"),
        ("+46846500443 1043", "asterisk", "Bo Öhman"),
        ("+46846500444 1044", "asterisk", "Sofia Wall"),
        ("+46313900600 1050", "asterisk", "Ingrid Hägg"),
    ] {
        for source in sources.split(' ') {
            for text in texts.split(' ') {
                assert_eq!(of(source, text), Some((name, LineKind::Person)), "{source} {text}");
            }
        }
    }
    assert_eq!(of("native", "+46846500400").unwrap().1, LineKind::Switchboard);
    assert_eq!(of("asterisk", "600").unwrap().1, LineKind::Group);
    for (source, text) in [("native", "1042"), ("asterisk", "412"), ("native", "+46701740699")] {
        assert_eq!(of(source, text), None, "{source} {text}: not listed, so a caller's");
    }
}

#[test]
fn the_example_in_the_manual_can_be_imported_and_every_number_in_it_is_one() {
    let people = read(EXAMPLE, &NumberPlan::sweden(), &[SourceName::new("asterisk")]).unwrap();
    assert_eq!((people.units.len(), people.employees.len()), (3, 6));
    let aliases = people.lines.iter().flat_map(|line| &line.aliases);
    assert!(
        aliases.filter(|a: &&Alias| a.source.is_none()).all(|alias| alias.text.starts_with("+46"))
    );
}

prop_compose! {
    /// A file of some of a few units, employees and lines, in any order.
    fn some_rows()(
        units in prop::collection::vec((any::<bool>(), 0..3usize, 0..4usize, any::<bool>()), 3),
        employees in prop::collection::vec((any::<bool>(), 0..4usize, any::<bool>()), 3),
        lines in prop::collection::vec((any::<bool>(), 0..4usize, 0..5usize, 0..4usize), 4),
        turn in 0..4usize,
    )(
        rows in {
            let unit = |n: usize| if n < 3 && units[n].0 { format!("U{n}") } else { "Top".to_owned() };
            let who = |n: usize| {
                if n < 3 && employees[n].0 { format!("e{n}@k.example") } else { String::new() }
            };
            let mut rows = Vec::from(["unit,Top,,,,,,,,".to_owned()]);
            for (n, (_, parent, manager, reception)) in units.iter().enumerate().filter(|(_, u)| u.0) {
                let parent = if *parent < n { unit(*parent) } else { "Top".to_owned() };
                let reception = if *reception { "exp@k.example" } else { "" };
                rows.push(format!("unit,U{n},{parent},,{},{reception},,,,", who(*manager)));
            }
            for (n, (_, of, english)) in employees.iter().enumerate().filter(|(_, e)| e.0) {
                let language = if *english { "en" } else { "" };
                rows.push(format!("employee,E{n},{},e{n}@k.example,,,{language},,,", unit(*of)));
            }
            for (n, (_, of, kind, has)) in lines.iter().enumerate().filter(|(_, l)| l.0) {
                let kind = ["person", "person", "person", "group", "ivr"][*kind];
                let who = if kind == "person" { who(*has) } else { String::new() };
                let (of, number) = (unit(*of), (n + turn) % 4);
                rows.push(format!("line,L{n},{of},,,,,{kind},{who},4{number}|native={has}{n}"));
            }
            Just(rows).prop_shuffle()
        },
    ) -> String {
        rows.join("\n")
    }
}

proptest! {
    #[test]
    fn importing_twice_changes_nothing_and_no_past_day(
        files in prop::collection::vec((some_rows(), 0..3u64), 1..6),
    ) {
        let mut day = date("2026-11-02");
        let mut directory = Directory::default();
        for (rows, later) in files {
            let file = people(&rows);
            day = day + Days::new(later);
            let (after, _) = import(&directory, &file, day);
            let changes = plan(&after, &file, day + Days::new(later), &mut || Uuid::nil());
            prop_assert!(changes.is_empty(), "{:?}", describe(&after, &changes));
            prop_assert_eq!(after.lines().iter().filter(|l| l.active).count(), file.lines.len());
            // R15
            for (before, after) in directory.lines().iter().zip(after.lines()) {
                prop_assert_eq!(before.id, after.id);
                let first = before.assignments.iter().map(|a| a.from).min();
                let past = first.into_iter().flat_map(|first| first.iter_days().take_while(|d| *d < day));
                for past in past {
                    prop_assert_eq!(before.employee_on(past), after.employee_on(past));
                }
            }
            for line in after.lines() {
                let mut days: Vec<_> = line.assignments.iter().map(|a| a.from).collect();
                days.dedup();
                prop_assert_eq!(days.len(), line.assignments.len());
            }
            directory = after;
        }
    }
}
