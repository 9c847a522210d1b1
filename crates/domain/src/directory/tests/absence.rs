//! Who is away, and who answers meanwhile.

use super::*;

const MONDAY: &str = "2026-11-09";

/// Away this week, Monday to Friday.
fn away(employee: EmployeeId, substitute: impl Into<Option<EmployeeId>>) -> Absence {
    Absence { employee, from: date(MONDAY), to: date("2026-11-13"), substitute: substitute.into() }
}

/// The town, with two more who work in its school.
fn town(absences: impl Into<Vec<Absence>>) -> Directory {
    let mut employees = TOWN.employees().to_vec();
    for id in [MIA, LEO] {
        employees.push(Employee { id, ..TOWN.employee(SIV).unwrap().clone() });
    }
    let (units, lines) = (TOWN.units().to_vec(), TOWN.lines().to_vec());
    Directory::new(units, employees, lines, absences.into())
}

const MIA: EmployeeId = EmployeeId(Uuid::from_u128(11));
const LEO: EmployeeId = EmployeeId(Uuid::from_u128(12));

// R16: employee → while absent the substitute → without one the unit's reception. R17: at most 3 deep.
#[test]
fn while_somebody_is_away_the_substitute_answers_else_the_reception() {
    let reception = Responsible::Reception(BUILDING);
    let long = Vec::from([away(ANNA, BO), away(BO, SIV), away(SIV, MIA)]);
    let longer = [long.clone(), Vec::from([away(MIA, LEO)])].concat();
    let next_week = Absence { from: date("2026-11-10"), ..away(BO, SIV) };
    let twice = [away(ANNA, BO), Absence { from: date("2026-11-08"), ..away(ANNA, SIV) }];
    for (absences, expected, case) in [
        (Vec::new(), Responsible::Employee(ANNA), "nobody is away"),
        (Vec::from([away(SIV, ANNA)]), Responsible::Employee(ANNA), "somebody else is away"),
        (Vec::from([away(ANNA, BO)]), Responsible::Employee(BO), "a substitute"),
        (Vec::from([away(ANNA, None)]), reception, "no substitute"),
        (Vec::from([away(ANNA, GONE)]), reception, "the substitute has left"),
        (Vec::from([away(ANNA, EmployeeId(Uuid::max()))]), reception, "one unheard of"),
        (Vec::from([away(ANNA, BO), away(BO, SIV)]), Responsible::Employee(SIV), "two deep"),
        (Vec::from([away(ANNA, BO), next_week]), Responsible::Employee(BO), "away from tomorrow"),
        (long, Responsible::Employee(MIA), "three deep"),
        (longer, reception, "four deep"),
        (Vec::from([away(ANNA, BO), away(BO, None)]), reception, "all of them are away"),
        (Vec::from([away(ANNA, BO), away(BO, ANNA)]), reception, "a loop of two"),
        (Vec::from([away(ANNA, ANNA)]), reception, "a loop of one"),
        (twice.to_vec(), Responsible::Employee(BO), "what began last counts"),
    ] {
        let found = town(absences).responsible(Owner::Employee(ANNA), date(MONDAY));
        assert_eq!(found, expected, "{case}");
    }
}

// R17: from the first to the last day, both whole.
#[test]
fn an_absence_begins_and_ends_with_its_days() {
    let town = town([away(ANNA, BO)]);
    for (day, is_away) in
        [("2026-11-08", false), (MONDAY, true), ("2026-11-13", true), ("2026-11-14", false)]
    {
        assert_eq!(town.is_away(ANNA, date(day)), is_away, "{day}");
        let who = if is_away { BO } else { ANNA };
        let expected = Responsible::Employee(who);
        assert_eq!(town.responsible(Owner::Employee(ANNA), date(day)), expected, "{day}");
    }
}

// R17: the substitute answers for both; the owner may still see and close the own.
#[test]
fn one_answers_for_the_own_and_for_those_one_stands_in_for() {
    let town = town([away(ANNA, BO), away(BO, SIV), away(CHEF, None)]);
    let own = Owner::Employee;
    for (who, expected, case) in [
        (SIV, Vec::from([own(SIV), own(ANNA), own(BO)]), "there, for two"),
        (MIA, Vec::from([own(MIA)]), "there, for nobody"),
        (ANNA, Vec::from([own(ANNA)]), "away"),
        (BO, Vec::from([own(BO)]), "away, and stood in for"),
        (GONE, Vec::new(), "has left"),
    ] {
        assert_eq!(town.covers(who, date(MONDAY)), expected, "{case}");
    }
    assert_eq!(town.covers(SIV, date("2026-11-14")), [own(SIV)]);
}

// R17: a calendar that knows of no substitute does not send away the one that somebody entered.
#[test]
fn of_several_absences_the_one_with_a_substitute_counts() {
    let later = Absence { from: date("2026-11-09"), ..away(ANNA, None) };
    for absences in [[away(ANNA, BO), later.clone()], [later.clone(), away(ANNA, BO)]] {
        let absences = absences.map(|a| Absence { to: date("2026-11-20"), ..a });
        let responsible = town(&absences).responsible(Owner::Employee(ANNA), date("2026-11-10"));
        assert_eq!(responsible, Responsible::Employee(BO));
    }
}

// R26: owners absent without cover.
#[test]
fn who_is_away_and_has_nobody_there_is_without_cover() {
    let names = |absences: &[Absence], day: &str| -> Vec<String> {
        let town = town(absences);
        town.away_without_cover(date(day)).map(|e| e.name.clone()).collect()
    };
    let absences = [away(CHEF, None), away(ANNA, BO), away(SIV, GONE), away(GONE, None)];
    assert_eq!(names(&absences, MONDAY), ["Chef", "Siv"]);
    assert_eq!(names(&absences, "2026-11-14"), [""; 0]);
    assert_eq!(names(&[away(ANNA, BO), away(BO, None)], MONDAY), ["Anna", "Bo"]);
}

// R21, R22: the substitute answers for a callback, also of another unit; who was it last week does not.
#[test]
fn a_substitute_of_another_unit_answers_for_the_callback() {
    let phone = line(20, "L", LineKind::Person, SCHOOL, "480").assigned("2026-01-01", SIV);
    let town = town([away(ANNA, SIV)]);
    for (day, expected) in [("2026-11-08", false), (MONDAY, true), ("2026-11-14", false)] {
        let answers = town.answers_for(&phone, date(day), Owner::Employee(ANNA));
        assert_eq!(answers, expected, "{day}");
    }
}

// R17
#[test]
fn an_absence_that_makes_no_sense_is_refused() {
    let town = town([away(ANNA, BO)]);
    let (from, to) = (date(MONDAY), date("2026-11-13"));
    let of = |employee, from: &str, to: &str, substitute: Option<EmployeeId>| Absence {
        employee,
        from: date(from),
        to: date(to),
        substitute,
    };
    let overlaps = Err(AbsenceRefusal::Overlaps { from, to });
    for (absence, expected, case) in [
        (of(BO, MONDAY, MONDAY, None), Ok(()), "one day"),
        (of(BO, "2026-11-01", MONDAY, Some(ANNA)), Ok(()), "began before it was entered"),
        (of(BO, "2026-11-13", "2026-11-12", None), Err(AbsenceRefusal::EndsBeforeItBegins), ""),
        (
            of(BO, "2026-11-01", "2026-11-08", None),
            Err(AbsenceRefusal::IsOver { to: date("2026-11-08") }),
            "",
        ),
        (of(BO, MONDAY, "2027-12-13", None), Ok(()), "400 days"),
        (of(BO, MONDAY, "2027-12-14", None), Err(AbsenceRefusal::TooLong { days: 401 }), ""),
        (of(BO, "2027-12-14", "2027-12-14", None), Ok(()), "in 400 days"),
        (of(BO, "2027-12-15", "2027-12-15", None), Err(AbsenceRefusal::TooFarAhead), ""),
        (of(GONE, MONDAY, MONDAY, None), Err(AbsenceRefusal::NobodyOfUs), "has left"),
        (of(BO, MONDAY, MONDAY, Some(BO)), Err(AbsenceRefusal::OwnSubstitute), ""),
        (of(BO, MONDAY, MONDAY, Some(GONE)), Err(AbsenceRefusal::SubstituteIsGone), ""),
        (of(ANNA, "2026-11-13", "2026-11-20", None), overlaps.clone(), "the last day is the first"),
        (of(ANNA, "2026-11-10", "2026-11-11", None), overlaps.clone(), "inside"),
        (of(ANNA, "2026-11-01", "2026-11-30", None), overlaps, "around"),
        (of(ANNA, "2026-11-14", "2026-11-20", Some(BO)), Ok(()), "the day after"),
    ] {
        assert_eq!(
            absence.check(&town, date(MONDAY), town.absences()),
            expected,
            "{case} {absence:?}"
        );
    }
}
