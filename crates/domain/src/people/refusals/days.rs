//! What bad days and stand-ins are told.

use super::*;

const MORE: &str = "type,name,unit,email,manager,deputy,kind,employee,from,until,workdays,substitute,aliases\n\
    unit,Bygglov,,,,,,,,,,,\n\
    employee,Anna,Bygglov,anna@kommun.example,,,,,,,,,\n\
    employee,Bo,Bygglov,bo@kommun.example,,,,,,,,,\n";

// R15, R17: days, patterns, and who stands in for whom.
#[test]
fn a_bad_day_or_stand_in_is_told_by_line_and_column_with_what_to_write() {
    // From line 5 on, below MORE.
    let line = |from: &str| format!("line,A,Bygglov,,,,person,anna@kommun.example,{from},,,,412");
    let until = |day: &str| format!("employee,Siv,Bygglov,siv@kommun.example,,,,,,{day},,,");
    let works = |days: &str| format!("employee,Siv,Bygglov,siv@kommun.example,,,,,,,{days},,");
    for (row, expected) in [
        (
            line("1 december 2026"),
            "column from: \"1 december 2026\" is no date; write one such as 2026-12-01",
        ),
        (line("2026-1-5"), "column from: \"2026-1-5\" is no date; write one such as 2026-12-01"),
        (
            line("2026-02-29"),
            "column from: there is no day 2026-02-29 in the calendar; write one such as 2026-12-01",
        ),
        (line("0226-12-01"), "column from: the year 226 is not meant; write one from 2000 to 2099"),
        (until("46357"), "column until: \"46357\" is no date; write one such as 2026-12-01"),
        (until("20261201"), "column until: \"20261201\" is no date; write one such as 2026-12-01"),
        (
            works("mån-lör"),
            "column workdays: \"mån-lör\" is no weekday; write days from mon to fri, such as mon-thu or mon wed fri",
        ),
        (
            works("mån-fre jämna mån-ons"),
            "column workdays: say even or odd after each group of days, such as mon-fri even, mon-wed odd",
        ),
        (
            "line,Kö,Bygglov,,,,queue,,2026-12-01,,,,800".to_owned(),
            "column from: only a person line becomes somebody's; empty the cell, or write person as its kind",
        ),
        (
            "unit,Kök,,,,bo@kommun.example,,,,,,,".to_owned(),
            "column deputy: there is no manager to stand in for; write one, or empty the cell",
        ),
        (
            "unit,Kök,,,bo@kommun.example,BO@kommun.example,,,,,,,".to_owned(),
            "column deputy: the manager and the deputy are the same; write somebody else, or empty the cell",
        ),
        (
            "unit,Kök,,,bo@kommun.example,siv@kommun.example,,,,,,,".to_owned(),
            "column deputy: no employee has the address siv@kommun.example; add a row of type employee",
        ),
        (
            "employee,Siv,Bygglov,siv@kommun.example,,,,,,,,Siv@kommun.example,".to_owned(),
            "column substitute: nobody stands in for themselves; write somebody else, or empty the cell",
        ),
        (
            "employee,Siv,Bygglov,siv@kommun.example,,,,,,,,leo@kommun.example,".to_owned(),
            "column substitute: no employee has the address leo@kommun.example; add a row of type employee",
        ),
        (
            "unit,Kök,,,,,,,,2026-12-01,,,".to_owned(),
            "column until: a unit has no until; empty the cell",
        ),
    ] {
        assert_eq!(told(format!("{MORE}{row}\n")), [format!("line 5, {expected}")], "{row}");
    }
    for good in ["2024-02-29", "2000-01-01", "2099-12-31"] {
        assert!(read_text(format!("{MORE}{}\n{}\n", line(good), until(good))).is_ok(), "{good}");
    }
}
