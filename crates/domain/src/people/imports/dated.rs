//! Rows with days in them: when a line changes hands, when somebody leaves, on which weekdays they work.

use super::*;

const DATED: &str = "type,name,unit,email,language,kind,employee,from,aliases\n\
    unit,Bygglov,,,,,,,\n\
    employee,Anna,Bygglov,anna@k.example,,,,,\n\
    employee,Bo,Bygglov,bo@k.example,,,,,\n\
    employee,Siv,Bygglov,siv@k.example,,,,,\n";

// R15: from the day that its row says, past or to come; until then it stays whose it was.
#[test]
fn a_line_is_the_new_ones_from_the_day_that_its_row_says() {
    let plan = NumberPlan::sweden();
    let file = |who: &str, from: &str| {
        let who = if who.is_empty() { String::new() } else { format!("{who}@k.example") };
        let text = format!("{DATED}line,Disk,Bygglov,,,person,{who},{from},412\n");
        read(text.as_bytes(), &plan, &[]).unwrap()
    };
    let (first, today) = (date("2026-11-02"), date("2026-11-28"));
    // Anna has it since 2 November; now it is 28 November.
    for (imports, expected, case) in [
        (&[("bo", "2026-12-01")][..], "anna 11-02, bo 12-01", "to come"),
        (&[("bo", "2026-11-16")], "anna 11-02, bo 11-16", "past"),
        (&[("bo", "2026-10-01")], "bo 10-01", "before anybody had it"),
        (&[("bo", "2026-11-28")], "anna 11-02, bo 11-28", "today"),
        (&[("bo", "")], "anna 11-02, bo 11-28", "the day of the import"),
        (&[("bo", "2026-12-01"), ("bo", "2026-12-01")], "anna 11-02, bo 12-01", "said twice"),
        (&[("bo", "2026-12-01"), ("anna", "")], "anna 11-02", "taken back"),
        (&[("bo", "2026-12-01"), ("siv", "2026-12-15")], "anna 11-02, siv 12-15", "another"),
        (&[("bo", "2026-12-01"), ("bo", "2026-12-15")], "anna 11-02, bo 12-15", "put off"),
        (&[("anna", "2026-12-01")], "anna 11-02", "hers already"),
        (&[("", "2026-12-01")], "anna 11-02, nobody 12-01", "nobody's from then on"),
    ] {
        let (mut directory, _) = import(&Directory::default(), &file("anna", ""), first);
        let mut told = Vec::new();
        for (who, from) in imports {
            (directory, told) = import(&directory, &file(who, from), today);
        }
        let name = |id: Option<EmployeeId>| {
            id.and_then(|id| directory.employee(id))
                .map_or("nobody".into(), |e| e.name.to_lowercase())
        };
        let said = line(&directory, "Disk").assignments.iter();
        let said: Vec<String> =
            said.map(|a| format!("{} {}", name(a.employee), a.from.format("%m-%d"))).collect();
        assert_eq!(said.join(", "), expected, "{case}");
        assert_eq!(
            told.is_empty(),
            ["said twice", "hers already"].contains(&case),
            "{case}: {told:?}"
        );
        assert!(told.iter().all(|line| !line.ends_with(": ")), "{case}: {told:?}");
        // The same file on another day says nothing new once the day has come.
        let (who, from) = imports.last().unwrap();
        let later = import(&directory, &file(who, from), date("2027-02-01"));
        assert_eq!(later.1, [""; 0], "{case}");
    }
    let (directory, told) = import(&Directory::default(), &file("bo", "2026-12-01"), today);
    assert!(told.contains(&"+ line Disk (person), unit Bygglov, employee bo@k.example from 2026-12-01, aliases 412".to_owned()), "{told:?}");
    let disk = line(&directory, "Disk");
    let bo = employee(&directory, "bo@k.example");
    for (day, expected) in [("2026-11-01", None), ("2026-11-30", None), ("2026-12-01", Some(bo))] {
        assert_eq!(disk.employee_on(date(day)), expected, "a new line, {day}");
    }
}

const STAFF: &str = "type,name,unit,email,manager,deputy,until,workdays,substitute\n";

// R15, R17: what the dry run says of deputies, last days, work patterns and substitutes; the second time, nothing.
#[test]
fn last_days_patterns_and_stand_ins_are_told_and_come_to_rest() {
    let read =
        |rows: &str| read(format!("{STAFF}{rows}").as_bytes(), &NumberPlan::sweden(), &[]).unwrap();
    let first = read(
        "unit,Bygglov,,,anna@k.example,bo@k.example,,,\n\
        employee,Anna,Bygglov,anna@k.example,,,,,\n\
        employee,Bo,Bygglov,bo@k.example,,,2026-11-30,mån-tor,anna@k.example\n",
    );
    let (directory, told) = import(&Directory::default(), &first, date("2026-11-28"));
    assert_eq!(
        told,
        [
            "+ unit Bygglov, manager anna@k.example, deputy bo@k.example",
            "+ employee anna@k.example (Anna), unit Bygglov, language sv",
            "+ employee bo@k.example (Bo), unit Bygglov, language sv, until 2026-11-30, workdays mon-thu, substitute anna@k.example",
        ]
    );
    let is_there = |directory: &Directory| directory.employee_at("bo@k.example").is_some();
    assert!(is_there(&directory), "the last day is a day at work");
    let (gone, _) = import(&directory, &first, date("2026-12-01"));
    assert!(!is_there(&gone), "he has left, though his row is still there");
    assert_eq!(import(&gone, &first, date("2026-12-02")).1, [""; 0]);
    let second = read(
        "unit,Bygglov,,,anna@k.example,,,,\n\
        employee,Anna,Bygglov,anna@k.example,,,,mån-fre jämna mån-ons udda,bo@k.example\n\
        employee,Bo,Bygglov,bo@k.example,,,,,\n",
    );
    let (back, told) = import(&gone, &second, date("2026-12-02"));
    assert!(is_there(&back));
    assert_eq!(
        told,
        [
            "~ unit Bygglov: deputy bo@k.example → nobody",
            "~ employee anna@k.example: workdays mon-fri → mon-fri even, mon-wed odd; substitute nobody → bo@k.example",
            "~ employee bo@k.example: comes back; until 2026-11-30 → none; workdays mon-thu → mon-fri; substitute anna@k.example → nobody",
        ]
    );
}
