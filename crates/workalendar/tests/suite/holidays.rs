use chrono::{Datelike, NaiveDate};
use workalendar::{Holiday, HolidayCalendar, HolidayKind, Sweden};

use crate::{date, sweden};

fn names_on(day: &str) -> Vec<&'static str> {
    Sweden.holidays_on(date(day)).iter().map(|holiday| holiday.name_sv).collect()
}

// R11
#[test]
fn a_whole_year_has_these_holidays_and_no_other() {
    let mut of_2026 = Sweden.holidays_in(2026);
    of_2026.sort_by_key(|(day, _)| *day);
    let of_2026: Vec<_> = of_2026
        .iter()
        .map(|(day, holiday)| (day.to_string(), holiday.name_sv, holiday.name_en))
        .collect();
    let expected = [
        ("2026-01-01", "nyårsdagen", "New Year's Day"),
        ("2026-01-06", "trettondedag jul", "Epiphany"),
        ("2026-04-03", "långfredagen", "Good Friday"),
        ("2026-04-05", "påskdagen", "Easter Sunday"),
        ("2026-04-06", "annandag påsk", "Easter Monday"),
        ("2026-05-01", "första maj", "May Day"),
        ("2026-05-14", "Kristi himmelsfärdsdag", "Ascension Day"),
        ("2026-05-24", "pingstdagen", "Whit Sunday"),
        ("2026-06-06", "nationaldagen", "National Day"),
        ("2026-06-19", "midsommarafton", "Midsummer Eve"),
        ("2026-06-20", "midsommardagen", "Midsummer Day"),
        ("2026-10-31", "alla helgons dag", "All Saints' Day"),
        ("2026-12-24", "julafton", "Christmas Eve"),
        ("2026-12-25", "juldagen", "Christmas Day"),
        ("2026-12-26", "annandag jul", "Second Day of Christmas"),
        ("2026-12-31", "nyårsafton", "New Year's Eve"),
    ];
    assert_eq!(of_2026, expected.map(|(day, sv, en)| (day.to_owned(), sv, en)));
}

// R11: SFS 2004:1320
#[test]
fn the_sixth_of_june_replaced_whit_monday_in_2005() {
    assert_eq!(names_on("2003-06-06"), [""; 0]);
    assert_eq!(names_on("2004-05-31"), ["annandag pingst"]);
    assert_eq!(names_on("2005-05-16"), [""; 0]);
    assert_eq!(names_on("2005-06-06"), ["nationaldagen"]);
    assert!(sweden().is_working_day(date("2003-06-06"))); // Friday
    assert!(!sweden().is_working_day(date("2004-05-31"))); // Monday
    assert!(sweden().is_working_day(date("2005-05-16"))); // Monday
    assert!(!sweden().is_working_day(date("2005-06-06"))); // Monday
}

// R11
#[test]
fn a_national_day_on_a_weekend_is_not_moved() {
    assert!(sweden().is_working_day(date("2026-06-05"))); // before the Saturday
    assert!(sweden().is_working_day(date("2026-06-08"))); // after it
    assert!(sweden().is_working_day(date("2027-06-07"))); // after the Sunday
}

// R11
#[test]
fn midsummer_s_day_is_the_saturday_from_20_to_26_june() {
    for (eve, day) in [
        ("2020-06-19", "2020-06-20"), // the earliest
        ("2021-06-25", "2021-06-26"), // the latest
        ("2024-06-21", "2024-06-22"),
    ] {
        assert_eq!(names_on(eve), ["midsommarafton"]);
        assert_eq!(names_on(day), ["midsommardagen"]);
        assert!(!sweden().is_working_day(date(eve)));
    }
}

// R11
#[test]
fn all_saints_day_is_the_saturday_from_31_october_to_6_november() {
    for day in ["2026-10-31", "2027-11-06", "2025-11-01", "2100-11-06"] {
        assert_eq!(names_on(day), ["alla helgons dag"], "{day}");
    }
    assert!(sweden().is_working_day(date("2026-10-30"))); // its eve is worked
}

// R11
#[test]
fn two_holidays_may_share_a_day() {
    assert_eq!(names_on("2008-05-01"), ["första maj", "Kristi himmelsfärdsdag"]);
    let april_and_may = sweden().working_days_between(date("2008-04-30"), date("2008-05-02"));
    assert_eq!(april_and_may, 1); // one day off, not two
}

#[test]
fn each_holiday_names_its_law() {
    let easter_monday = Sweden.holidays_on(date("2026-04-06"));
    let (kind, law) = (HolidayKind::PublicHoliday, "SFS 1989:253");
    assert_eq!(
        easter_monday,
        [Holiday { name_sv: "annandag påsk", name_en: "Easter Monday", kind, law }]
    );
    let christmas_eve = Sweden.holidays_on(date("2026-12-24"));
    let (kind, law) = (HolidayKind::Eve, "SFS 1930:173 2 §");
    assert_eq!(
        christmas_eve,
        [Holiday { name_sv: "julafton", name_en: "Christmas Eve", kind, law }]
    );
}

#[test]
fn every_year_chrono_holds_has_its_holidays_and_no_other_year_has_any() {
    for year in [NaiveDate::MIN.year(), -1, 0, 1, 1899, NaiveDate::MAX.year()] {
        assert_eq!(Sweden.holidays_in(year).len(), 16, "{year}");
    }
    for year in [i32::MIN, NaiveDate::MIN.year() - 1, NaiveDate::MAX.year() + 1, i32::MAX] {
        assert_eq!(Sweden.holidays_in(year), [], "{year}");
    }
}
