//! Who is not there, until when, and who answers.

use super::*;
use crate::calendars::{ClosedDay, ClosedDays, UnitCalendars};

fn town(absences: &[Absence]) -> Directory {
    let employee = |e: &Employee| match e.id {
        // Bo works from Monday to Thursday.
        BO => {
            let workdays = "mon-thu".parse().unwrap();
            Employee { workdays, substitute: Some(ANNA), ..e.clone() }
        }
        _ => e.clone(),
    };
    let employees = TOWN.employees().iter().map(employee).collect();
    Directory::new(TOWN.units().to_vec(), employees, TOWN.lines().to_vec(), absences.to_vec())
}

fn away(employee: EmployeeId, from: &str, to: &str, substitute: Option<EmployeeId>) -> Absence {
    Absence { employee, from: date(from), to: date(to), substitute }
}

// R16, R17
#[test]
fn who_is_not_there_is_back_on_a_working_day_and_somebody_answers_meanwhile() {
    let week = away(ANNA, "2026-11-09", "2026-11-13", Some(SIV));
    let one_week = [week.clone()];
    let next = away(ANNA, "2026-11-16", "2026-11-17", None);
    let endless = away(ANNA, "2026-11-09", "2028-11-13", None);
    let bo = away(BO, "2026-11-12", "2026-11-12", None);
    let christmas = away(ANNA, "2026-12-21", "2026-12-23", Some(BO));
    let (siv, anna) = (Responsible::Employee(SIV), Responsible::Employee(ANNA));
    let desk = Responsible::Reception(BUILDING);
    for (absences, who, on, expected, case) in [
        (&one_week[..], ANNA, "2026-11-08", None, "not yet"),
        (&one_week, ANNA, "2026-11-09", Some(("2026-11-13", Some("2026-11-16"), siv)), "a week"),
        (
            &one_week,
            ANNA,
            "2026-11-13",
            Some(("2026-11-13", Some("2026-11-16"), siv)),
            "its last day",
        ),
        (&one_week, ANNA, "2026-11-14", None, "a weekend is nobody's absence"),
        (
            &[week.clone(), next.clone()],
            ANNA,
            "2026-11-09",
            Some(("2026-11-17", Some("2026-11-18"), siv)),
            "one after the other",
        ),
        (&[endless], ANNA, "2026-11-09", Some(("2027-12-13", None, desk)), "beyond what is known"),
        (&[], BO, "2026-11-13", Some(("2026-11-13", Some("2026-11-16"), anna)), "a weekday off"),
        (&[], BO, "2026-11-12", None, "a day at work"),
        (
            &[bo],
            BO,
            "2026-11-12",
            Some(("2026-11-13", Some("2026-11-16"), desk)),
            "away, and then off",
        ),
        (
            &[christmas],
            ANNA,
            "2026-12-22",
            Some(("2026-12-23", Some("2026-12-28"), Responsible::Employee(BO))),
            "holidays after it",
        ),
        (&[], GONE, "2026-11-09", None, "who has left is not away"),
    ] {
        let found = town(absences).not_there(who, date(on), (&CALENDAR, &UnitCalendars::NONE));
        let found =
            found.map(|f| (f.until.to_string(), f.back_on.map(|d| d.to_string()), f.covered_by));
        let expected =
            expected.map(|(until, back, who)| (until.to_owned(), back.map(str::to_owned), who));
        assert_eq!(found, expected, "{case}");
    }
}

// R11: nobody is back on a day on which their unit is closed.
#[test]
fn a_closed_day_of_the_unit_is_no_day_to_come_back_on() {
    let day =
        ClosedDay { unit: "Bygg".to_owned(), day: date("2026-11-16"), reason: "x".to_owned() };
    let town = town(&[away(ANNA, "2026-11-13", "2026-11-13", None)]);
    let units = ClosedDays::new(Vec::from([day])).of_units(&town, &CALENDAR);
    let found = town.not_there(ANNA, date("2026-11-13"), (&CALENDAR, &units)).unwrap();
    assert_eq!((found.until, found.back_on), (date("2026-11-13"), Some(date("2026-11-17"))));
}

#[test]
fn all_who_are_not_there_are_in_the_order_of_their_names() {
    let town = town(&[
        away(SIV, "2026-11-13", "2026-11-13", None),
        away(ANNA, "2026-11-13", "2026-11-13", None),
        away(GONE, "2026-11-13", "2026-11-13", None),
    ]);
    let all = town.all_not_there(date("2026-11-13"), (&CALENDAR, &UnitCalendars::NONE));
    let all: Vec<EmployeeId> = all.into_iter().map(|one| one.employee).collect();
    assert_eq!(all, [ANNA, BO, SIV]);
}
