//! What people are told of while somebody is away, and on the first morning back.

use super::*;
use crate::directory::{Absence, Directory};
use crate::ids::EmployeeId;

fn away(who: EmployeeId, from: &str, to: &str, substitute: Option<EmployeeId>) -> Absence {
    Absence { employee: who, from: date(from), to: date(to), substitute }
}

fn town(absences: impl Into<Vec<Absence>>) -> Directory {
    let (units, lines) = (TOWN.units().to_vec(), TOWN.lines().to_vec());
    Directory::new(units, TOWN.employees().to_vec(), lines, absences.into())
}

fn days(town: &Directory, today: &str) -> Option<(String, String)> {
    let days = days_away(ANNA, date(today), &CALENDAR, town)?;
    Some((days.from.to_string(), days.to.to_string()))
}

// R17: on the first working morning back; what no working day parts is one absence.
#[test]
fn one_is_back_on_the_first_working_day_and_only_then() {
    let week = away(ANNA, "2026-11-09", "2026-11-13", Some(BO)); // Monday to Friday
    let next = away(ANNA, "2026-11-16", "2026-11-17", None);
    let later = away(ANNA, "2026-11-19", "2026-11-19", None);
    let christmas = away(ANNA, "2026-12-21", "2026-12-23", None);
    let other = away(BO, "2026-11-09", "2026-11-13", None);
    for (absences, today, expected, case) in [
        (Vec::from([week.clone()]), "2026-11-13", None, "still away"),
        (Vec::from([week.clone()]), "2026-11-14", None, "Saturday"),
        (Vec::from([week.clone()]), "2026-11-16", Some(("2026-11-09", "2026-11-13")), "Monday"),
        (Vec::from([week.clone()]), "2026-11-17", None, "the day after"),
        (Vec::from([christmas]), "2026-12-28", Some(("2026-12-21", "2026-12-23")), "Christmas"),
        (Vec::from([week.clone(), next.clone()]), "2026-11-16", None, "away again"),
        (Vec::from([week, next.clone()]), "2026-11-18", Some(("2026-11-09", "2026-11-17")), "both"),
        (
            Vec::from([next, later]),
            "2026-11-20",
            Some(("2026-11-19", "2026-11-19")),
            "a day between",
        ),
        (Vec::from([other]), "2026-11-16", None, "somebody else"),
        (Vec::new(), "2026-11-16", None, "never away"),
    ] {
        let expected = expected.map(|(from, to)| (from.to_owned(), to.to_owned()));
        assert_eq!(days(&town(absences), today), expected, "{case}");
    }
    let back = away(GONE, "2026-11-09", "2026-11-13", None);
    let town = town([back, away(BO, "2026-11-09", "2026-11-13", None)]);
    let told = back_on(date("2026-11-16"), &CALENDAR, &town);
    assert_eq!(Vec::from_iter(told), [BO], "who has left comes back no more");
}

// R17: the first morning at work, which a weekday off is not; and nobody comes back from a weekday off.
#[test]
fn one_with_a_weekday_off_is_back_on_the_next_day_at_work() {
    let until_thursday = away(ANNA, "2026-11-09", "2026-11-12", None);
    let part_time = |absences| {
        let town = town(absences);
        let mut employees = town.employees().to_vec();
        for anna in employees.iter_mut().filter(|e| e.id == ANNA) {
            anna.workdays = "mon-thu".parse().unwrap();
        }
        let absences = town.absences().to_vec();
        Directory::new(town.units().to_vec(), employees, Vec::new(), absences)
    };
    let week = part_time(Vec::from([until_thursday]));
    assert_eq!(days(&week, "2026-11-13"), None, "Friday is off");
    let expected = Some(("2026-11-09".to_owned(), "2026-11-12".to_owned()));
    assert_eq!(days(&week, "2026-11-16"), expected);
    assert_eq!(days(&week, "2026-11-17"), None);
    assert_eq!(days(&part_time(Vec::new()), "2026-11-16"), None, "Friday was off");
}

// R17: what came in meanwhile, who covered, how it went.
#[test]
fn who_comes_back_reads_who_answered_and_how_it_went() {
    let town = town([
        away(ANNA, "2026-11-09", "2026-11-13", Some(BO)),
        away(BO, "2026-11-11", "2026-11-11", None),
        away(SIV, "2026-11-09", "2026-11-13", Some(BO)),
    ]);
    let days = DaysAway { from: date("2026-11-09"), to: date("2026-11-13") };
    let came_in = CameIn { open: 1, done: 2, rang: 0 };
    let told = while_away(ANNA, days, came_in, &town).unwrap();
    assert_eq!((told.covered_by.as_slice(), told.reception), (&["Bo".to_owned()][..], true));
    assert_eq!(told.came_in, came_in);
    assert_eq!(while_away(ANNA, days, CameIn::default(), &town), None, "nothing came in");

    let rang = CameIn { rang: 1, ..CameIn::default() };
    assert!(
        while_away(ANNA, days, rang, &town).is_some(),
        "a telephone that rang is worth telling"
    );

    let today = date("2026-11-16");
    let only = Digest::with_while_away(None, Some(told.clone()), today).unwrap();
    assert_eq!((only.day, only.rows.len()), (today, 0));
    let open = digest(&[annas(message(1, "2026-11-10 10:00"))], today, &CALENDAR, &town);
    let both = Digest::with_while_away(open, Some(told), today).unwrap();
    assert_eq!((both.rows.len(), both.away.is_some()), (1, true));
    assert_eq!(Digest::with_while_away(None, None, today), None);
}

// R26: owners absent without cover, while they have something open.
#[test]
fn a_manager_sees_who_is_away_with_nobody_who_stands_in() {
    let today = "2026-11-10";
    let week = |who, substitute| away(who, "2026-11-09", "2026-11-13", substitute);
    let annas_open = annas(message(1, "2026-11-09 10:00"));
    let bos_done = of(Owner::Employee(BO), message(2, "2026-11-09 10:00"));
    let open = [annas_open, talked(bos_done, "2026-11-09 11:00")];
    for (absences, expected, case) in [
        (Vec::from([week(ANNA, None)]), Some("Anna"), "nobody stands in"),
        (Vec::from([week(ANNA, Some(GONE))]), Some("Anna"), "one who has left stands in"),
        (Vec::from([week(ANNA, Some(BO))]), None, "Bo stands in"),
        (Vec::from([week(ANNA, Some(BO)), week(BO, None)]), Some("Anna"), "Bo is away too"),
        (Vec::from([week(BO, None)]), None, "nothing of Bo's is open"),
        (Vec::from([away(ANNA, "2026-11-11", "2026-11-13", None)]), None, "from tomorrow"),
        (Vec::new(), None, "nobody is away"),
    ] {
        let (town, offices) = (town(absences), Offices::default());
        let readers = Readers::of(&town, &offices, date(today));
        let chef = crate::directory::Responsible::Employee(CHEF).into();
        let listing = manager_list(chef, &open, readers, rules());
        let units = listing.into_iter().flat_map(|l| l.list.units);
        let told: Vec<String> = units.flat_map(|u| u.uncovered).collect();
        assert_eq!(told, Vec::from_iter(expected.map(str::to_owned)), "{case}");
    }
}
