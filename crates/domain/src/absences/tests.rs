//! What files and calendars come to: what is read, and what replaces what.

use super::*;
use crate::directory::Directory;
use crate::ids::EmployeeId;
use crate::testing::{ANNA, BO, SIV, TOWN, date};
use uuid::Uuid;

const TODAY: &str = "2026-11-09";

fn away(employee: EmployeeId, from: &str, to: &str) -> Absence {
    Absence { employee, from: date(from), to: date(to), substitute: None }
}

fn known(id: u128, absence: &Absence, taken_back: bool) -> Known {
    Known { id: AbsenceId(Uuid::from_u128(id)), absence: absence.clone(), taken_back }
}

/// What is there after these changes, as the store would have it.
fn after(known: &[Known], changes: &[Change]) -> Vec<Known> {
    let gone = |k: &&Known| {
        !changes.iter().any(|c| matches!(c, Change::TakeBack { id, .. } if *id == k.id))
    };
    let mut left: Vec<Known> = known.iter().filter(gone).cloned().collect();
    for (n, change) in (100..).zip(changes) {
        match change {
            Change::Enter(absence) => left.push(self::known(n, absence, false)),
            Change::TakeBack { .. } => {}
        }
    }
    left
}

// R17: what the source says today replaces what it said before; said twice it says nothing the second time.
#[test]
fn what_is_stated_replaces_what_was_and_twice_changes_nothing() {
    let running = away(ANNA, "2026-11-05", "2026-11-20");
    let coming = away(BO, "2026-12-01", "2026-12-04");
    let over = away(SIV, "2026-11-02", "2026-11-06");
    let before = [known(1, &running, false), known(2, &coming, false)];
    for (stated, expected, case) in [
        (Vec::from([running.clone(), coming.clone()]), Vec::new(), "the same"),
        (
            Vec::from([coming.clone(), over.clone(), coming.clone(), running.clone()]),
            Vec::new(),
            "twice, and what is over",
        ),
        (
            Vec::from([coming.clone()]),
            Vec::from([Change::TakeBack {
                id: before[0].id,
                absence: running.clone(),
                rest: Some(away(ANNA, "2026-11-05", "2026-11-08")),
            }]),
            "back early: the days that are over stay",
        ),
        (
            Vec::from([coming.clone(), away(ANNA, "2026-11-05", "2026-12-20")]),
            Vec::from([
                Change::TakeBack { id: before[0].id, absence: running.clone(), rest: None },
                Change::Enter(away(ANNA, "2026-11-05", "2026-12-20")),
            ]),
            "longer: the days that are over are in the new one",
        ),
        (
            Vec::from([running.clone()]),
            Vec::from([Change::TakeBack { id: before[1].id, absence: coming.clone(), rest: None }]),
            "never to be",
        ),
    ] {
        let changes = reconcile(&stated, &before, date(TODAY));
        assert_eq!(changes, expected, "{case}");
        let again = reconcile(&stated, &after(&before, &changes), date(TODAY));
        assert_eq!(again, [], "the second time: {case}");
    }
}

// R17: somebody says here that they are at work after all; the calendar does not know that.
#[test]
fn what_somebody_took_back_is_not_entered_again() {
    let coming = away(BO, "2026-12-01", "2026-12-04");
    let stated = [coming.clone()];
    assert_eq!(reconcile(&stated, &[known(1, &coming, true)], date(TODAY)), []);
    assert_eq!(reconcile(&[], &[known(1, &coming, true)], date(TODAY)), []);
}

// R17
#[test]
fn the_days_that_are_over_stay_as_they_were() {
    let absence = away(ANNA, "2026-11-05", "2026-11-20");
    for (today, rest) in [
        ("2026-11-05", None),
        ("2026-11-06", Some("2026-11-05")),
        ("2026-11-20", Some("2026-11-19")),
        ("2026-11-25", Some("2026-11-20")),
    ] {
        let left = absence.until_yesterday(date(today)).map(|a| a.to);
        assert_eq!(left, rest.map(date), "{today}");
    }
}

#[test]
fn an_origin_is_read_as_it_was_written() {
    for origin in [
        Origin::Hand,
        Origin::File("hr".to_owned()),
        Origin::Calendar("semester".to_owned()),
        Origin::File("a:b".to_owned()),
    ] {
        assert_eq!(Origin::read(origin.written().as_deref()), origin);
    }
}

fn told(file: &str) -> Vec<String> {
    let errors = read(file.as_bytes(), &TOWN, date(TODAY)).unwrap_err();
    errors.iter().map(ToString::to_string).collect()
}

// R17: Swedish Excel's mark, semicolons and titles; no reason of absence is read.
#[test]
fn a_file_of_a_staff_system_is_read_without_its_reasons() {
    let file = "\u{feff}Medarbetare;Orsak;Från;Till;Ersättare\r\n\
        Anna@Kommun.example;Sjuk;2026-11-09;2026-11-13;bo@kommun.example\r\n\
        ;;;;\r\n\
        bo@kommun.example;VAB;2026-12-01 00:00;2026-12-01;\r\n\
        siv@kommun.example;Semester;2026-10-01;2026-11-08;\r\n\
        siv@kommun.example;Semester;2028-07-01;2028-07-31;\r\n";
    let read = read(file.as_bytes(), &TOWN, date(TODAY)).unwrap();
    let anna = Absence { substitute: Some(BO), ..away(ANNA, "2026-11-09", "2026-11-13") };
    let bo = away(BO, "2026-12-01", "2026-12-01");
    assert_eq!(read, File { absences: Vec::from([anna, bo]), over: 1, not_yet: 1 });
}

#[test]
fn a_file_with_no_rows_says_that_nobody_is_away() {
    let read = read(b"employee,from,to\n", &TOWN, date(TODAY)).unwrap();
    assert_eq!(read, File::default());
}

#[test]
fn everything_that_is_wrong_is_told_by_line_and_nothing_is_read() {
    let file = "employee,from,to,substitute\n\
        nobody@kommun.example,2026-11-09,2026-11-10,\n\
        gone@kommun.example,2026-11-09,2026-11-10,\n\
        anna@kommun.example,9/11 2026,,\n\
        anna@kommun.example,2026-11-10,2026-11-09,\n\
        anna@kommun.example,2026-11-09,2036-11-09,\n\
        anna@kommun.example,2026-11-09,2026-11-09,anna@kommun.example\n\
        bo@kommun.example,2026-11-09,2026-11-10,\n";
    assert_eq!(
        told(file),
        [
            "line 2, column employee: no employee has the address \"nobody@kommun.example\"; write one that is in the people file",
            "line 3, column employee: no employee has the address \"gone@kommun.example\"; write one that is in the people file",
            "line 4, column from: \"9/11 2026\" is not a date; write for example 2026-12-23",
            "line 4, column to: write the last day away",
            "line 5, column to: the last day is before the first; write it again",
            "line 6, column to: 3654 days is longer than 1100; divide it",
            "line 7, column substitute: nobody stands in for themselves; empty the cell",
        ]
    );
}

#[test]
fn a_file_that_is_none_is_told_so() {
    for (file, said) in [
        ("", "line 1: the first row names the columns"),
        ("a,b\n1,2\n", "line 1: the header has no column employee, from, to;"),
        ("employee,from,from,to\n", "line 1, column from: this column is there twice"),
    ] {
        assert!(told(file)[0].starts_with(said), "{:?}", told(file));
    }
    let errors = read(b"employee,from,to\n\xe5sa,,\n", &TOWN, date(TODAY)).unwrap_err();
    assert!(errors[0].to_string().starts_with("line 2: this is not UTF-8"), "{errors:?}");
    assert_eq!(
        read(b"employee,from,to\n", &Directory::default(), date(TODAY)),
        Ok(File::default())
    );
}

proptest::proptest! {
    // Bytes from outside: all of a file, or what is wrong with it.
    #[test]
    fn any_file_is_read_or_refused_with_a_reason(
        head in "(employee|from|to|substitute|;|,|\t|x){0,9}",
        rows in "([a-z0-9@.;,\"\t-]|2026-1[0-2]-[0-3][0-9]|\n|å|\u{feff}){0,200}",
        noise in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..60),
    ) {
        let today = date("2026-11-18");
        for bytes in [format!("{head}\n{rows}").into_bytes(), noise] {
            if let Err(errors) = read(&bytes, &TOWN, today) {
                proptest::prop_assert!(!errors.is_empty());
            }
        }
    }
}
