//! Which calls are a sign of a telephone that is not referred.

use super::*;
use crate::directory::Absence;
use crate::fact::CallFact;
use crate::testing::*;

/// The town while Anna is away, Monday 9 to Friday 13 November.
fn town() -> Directory {
    let absence = Absence {
        employee: ANNA,
        from: date("2026-11-09"),
        to: date("2026-11-13"),
        substitute: Some(BO),
    };
    let (units, employees) = (TOWN.units().to_vec(), TOWN.employees().to_vec());
    Directory::new(units, employees, TOWN.lines().to_vec(), Vec::from([absence]))
}

/// So many seconds after ten on Monday morning.
fn rang(facts: &[CallFact]) -> Option<(EmployeeId, NaiveDate)> {
    let (call, town) = (folded(facts), town());
    let verdict = call.verdict(&source(), &town, &POLICY);
    unreferred(&call, &verdict, &source(), (&town, &POLICY), &CALENDAR)
}

// R17: absence refers to the reception; a telephone that rings out is not referred.
#[test]
fn a_telephone_that_rings_out_while_its_owner_is_away_is_a_sign() {
    let anna = Some((ANNA, date("2026-11-09")));
    for (facts, expected, case) in [
        (vec![missed("412", 0, 20)], anna, "it rang out"),
        (vec![missed("412", 0, 20).ending(Why::NoAnswer, None)], anna, "for nobody knows how long"),
        (
            vec![missed("412", 0, 20).ending(Why::Abandoned, Some(20))],
            anna,
            "until the caller hung up",
        ),
        (
            vec![missed("412", 0, 20).ending(Why::Unknown, Some(20))],
            anna,
            "why is not told, but that it rang",
        ),
        (vec![missed("412", 0, 20).ending(Why::Unknown, None)], None, "nothing tells that it rang"),
        (
            vec![missed("412", 0, 20).ending(Why::Abandoned, Some(2))],
            None,
            "hung up almost at once",
        ),
        (
            vec![missed("412", 0, 20), voicemail("412", 20, 40)],
            anna,
            "and then the mailbox answered",
        ),
        (vec![missed("412", 0, 20), voicemail("412", 20, 21)], anna, "where nothing was said"),
        (vec![voicemail("412", 0, 40)], None, "the mailbox answered at once"),
        (vec![missed("412", 0, 20).ending(Why::NoAnswer, Some(0))], None, "it did not ring"),
        (vec![missed("412", 0, 20).ending(Why::DoNotDisturb, None)], None, "do not disturb"),
        (vec![missed("412", 0, 20).ending(Why::Busy, None)], None, "engaged"),
        (vec![missed("412", 0, 20).ending(Why::Offline, None)], None, "off"),
        (
            vec![missed("412", 0, 20), answered("0", 20, 90, 60), answered("413", 90, 180, 60)],
            None,
            "a colleague answered",
        ),
        (vec![missed("413", 0, 20)], None, "Bo is not away"),
        (vec![missed("412", 0, 20).dialled("700")], None, "the group rang, and it is the unit's"),
        (vec![missed("412", 9 * 3600, 9 * 3600 + 20)], None, "in the evening"),
        (vec![missed("412", 5 * 86_400, 5 * 86_400 + 20)], None, "she is back"),
        (Vec::new(), None, "nothing happened"),
    ] {
        assert_eq!(rang(&facts), expected, "{case}");
    }
}
