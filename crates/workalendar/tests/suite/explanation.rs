use workalendar::Language::{English, Swedish};
use workalendar::format_day;

use crate::{date, instant, sweden};

// R14
#[test]
fn a_date_over_christmas_is_explained() {
    let due = sweden().due(instant("2026-12-23T14:00:00Z"), 2).unwrap();
    assert_eq!(
        due.explain(Swedish),
        "Kom onsdag 23 december 2026; räknas inte: torsdag 24 december (julafton), \
         fredag 25 december (juldagen), lördag 26 december (annandag jul), söndag 27 december; \
         sista dag tisdag 29 december 2026.",
    );
    assert_eq!(
        due.explain(English),
        "Left Wednesday 23 December 2026; not counted: Thursday 24 December (Christmas Eve), \
         Friday 25 December (Christmas Day), Saturday 26 December (Second Day of Christmas), \
         Sunday 27 December; last day Tuesday 29 December 2026.",
    );
}

// R14
#[test]
fn a_date_without_days_off_is_explained_in_two_parts() {
    let due = sweden().due(instant("2026-11-23T14:00:00Z"), 2).unwrap();
    assert_eq!(
        due.explain(Swedish),
        "Kom måndag 23 november 2026; sista dag onsdag 25 november 2026."
    );
    assert_eq!(
        due.explain(English),
        "Left Monday 23 November 2026; last day Wednesday 25 November 2026."
    );
}

// R14
#[test]
fn a_closed_day_is_explained_by_its_reason_if_it_has_one() {
    let office =
        sweden().with_closed(date("2026-11-24"), "flytt").with_closed(date("2026-11-25"), "");
    let due = office.due(instant("2026-11-23T14:00:00Z"), 1).unwrap();
    assert_eq!(
        due.explain(Swedish),
        "Kom måndag 23 november 2026; räknas inte: tisdag 24 november (flytt), onsdag 25 november; \
         sista dag torsdag 26 november 2026.",
    );
}

#[test]
fn a_day_is_written_in_full_without_the_year() {
    assert_eq!(format_day(date("2026-11-24"), Swedish), "tisdag 24 november");
    assert_eq!(format_day(date("2026-11-24"), English), "Tuesday 24 November");
    assert_eq!(format_day(date("2026-03-01"), Swedish), "söndag 1 mars");
    assert_eq!(format_day(date("2026-01-31"), English), "Saturday 31 January");
}
