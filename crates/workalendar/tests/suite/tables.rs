//! Lists that others published, row by row.
//!
//! `holidays-se.csv` and `due-dates.csv` were each computed twice by programs that share no code and compared with
//! `workalendar` 17.0.0 and `holidays` 0.109 (Python), `date_holidays` 3.37.0 (npm) and QuantLib 1.44.
//! `holidays-dk.csv`, `-fi` and `-no` list the years as `holidays` 0.109 (Python) has them; `workalendar` 17.0.0
//! differs only where it keeps Denmark's Great Day of Prayer after 2023, does not know Denmark's Constitution Day and
//! New Year's Eve, and has Finland's Ascension Day of 1990 on a Thursday.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate};
use csv::StringRecord;
use workalendar::{
    CachedCalendar, Denmark, Finland, Holiday, HolidayCalendar, HolidayKind, Norway, Sweden,
    WorkCalendar,
};

use crate::{date, sweden, time};

fn rows(table: &str) -> Vec<StringRecord> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.records().map(|row| row.expect("a row of the table")).collect()
}

fn kind(text: &str) -> HolidayKind {
    match text {
        "public_holiday" => HolidayKind::PublicHoliday,
        "de_facto_eve" => HolidayKind::Eve,
        other => panic!("no kind of holiday: {other}"),
    }
}

// R11
#[test]
fn every_swedish_holiday_from_1990_to_2100_is_named_with_its_kind_and_law() {
    let table = rows(include_str!("../tables/holidays-se.csv"));
    let expected: BTreeSet<_> = table
        .iter()
        .map(|row| {
            let law = if &row[3] == "de_facto_eve" { "SFS 1930:173 2 §" } else { "SFS 1989:253" };
            let names = (row[1].to_owned(), row[2].to_owned());
            (date(&row[0]), names, kind(&row[3]) == HolidayKind::Eve, law)
        })
        .collect();
    let ours: BTreeSet<_> = (1990..=2100)
        .flat_map(|year| Sweden.holidays_in(year))
        .map(|(day, Holiday { name_sv, name_en, kind, law })| {
            (day, (name_sv.to_owned(), name_en.to_owned()), kind == HolidayKind::Eve, law)
        })
        .collect();
    assert_eq!(expected.len(), 1776);
    assert_eq!(ours, expected);
}

// R11, R12
#[test]
fn eight_hundred_and_twenty_due_dates_are_those_of_two_other_programs() {
    let table = rows(include_str!("../tables/due-dates.csv"));
    assert_eq!(table.len(), 820);
    for row in table {
        let mut office = sweden().with_closing(time(&row[3]));
        if &row[4] == "open" {
            office = office.with_eves_open();
        }
        for closed in row[5].split_whitespace() {
            office = office.with_closed(date(closed), "stängt");
        }
        for early in row[6].split_whitespace() {
            let (day, closing) = early.split_once('=').expect("date=HH:MM");
            office = office.with_early_closing(date(day), time(closing));
        }
        let instant = |text: &str| DateTime::parse_from_rfc3339(text).expect("an instant").to_utc();
        let (received_at, days) = (instant(&row[1]), row[2].parse().expect("a number of days"));
        assert_eq!(office.due_at(received_at, days), Ok(instant(&row[7])), "case {}", &row[0]);
        let due = office.due(received_at, days).unwrap();
        assert_eq!(due.due_at, instant(&row[7]), "case {}", &row[0]);
        assert_eq!(Ok(due.due_on), office.due_on(received_at, days));
    }
}

#[test]
fn the_neighbours_holidays_are_those_others_list() {
    agree(Denmark, include_str!("../tables/holidays-dk.csv"));
    agree(Finland, include_str!("../tables/holidays-fi.csv"));
    agree(Norway, include_str!("../tables/holidays-no.csv"));
}

fn agree(country: impl HolidayCalendar + Copy + 'static, table: &str) {
    let cached = CachedCalendar::new(country, 1990..=2100);
    let office = WorkCalendar::new(country, chrono_tz::Tz::UTC);
    let table = rows(table);
    assert_eq!(table.len(), 111);
    for row in table {
        let year: i32 = row[0].parse().expect("a year");
        let listed = |column: &str| -> BTreeSet<NaiveDate> {
            column.split_whitespace().map(|day| date(&format!("{year}-{day}"))).collect()
        };
        let ours = |kind| -> BTreeSet<NaiveDate> {
            let holidays = country.holidays_in(year).into_iter();
            holidays.filter(|(_, holiday)| holiday.kind == kind).map(|(day, _)| day).collect()
        };
        let (public, eves) = (listed(&row[1]), listed(&row[2]));
        assert_eq!(ours(HolidayKind::PublicHoliday), public, "{country:?} {year}");
        assert_eq!(ours(HolidayKind::Eve), eves, "{country:?} {year}");
        let first = date(&format!("{year}-01-01"));
        for day in first.iter_days().take_while(|day| day.year() == year) {
            let is_off = public.contains(&day)
                || eves.contains(&day)
                || matches!(day.weekday(), chrono::Weekday::Sat | chrono::Weekday::Sun);
            assert_eq!(cached.is_working_day(day), !is_off, "{country:?} {day}");
            assert_eq!(office.is_working_day(day), !is_off, "{country:?} {day}");
        }
    }
}

#[test]
fn a_holiday_belongs_to_the_years_its_law_gives_it() {
    let named = |country: &dyn HolidayCalendar, day: &str| -> Vec<&'static str> {
        country.holidays_on(date(day)).iter().map(|holiday| holiday.name_en).collect()
    };
    assert_eq!(named(&Denmark, "2023-05-05"), ["Great Day of Prayer"]);
    assert_eq!(named(&Denmark, "2024-04-26"), [""; 0]);
    assert_eq!(named(&Finland, "1990-05-19"), ["Ascension Day"]); // kept on a Saturday
    assert_eq!(named(&Finland, "1991-05-09"), ["Ascension Day"]); // a Thursday again
    assert_eq!(named(&Norway, "2008-05-01"), ["May Day", "Ascension Day"]);
    for country in [&Denmark as &dyn HolidayCalendar, &Finland, &Norway, &Sweden] {
        for (day, holiday) in country.holidays_in(2026) {
            assert!(!holiday.law.is_empty() && !holiday.name_sv.is_empty(), "{day}");
        }
    }
}
