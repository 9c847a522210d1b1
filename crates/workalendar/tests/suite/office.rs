use workalendar::WhyOff;

use crate::{date, instant, sweden, time};

fn holiday(name_sv: &str, name_en: &str) -> Option<WhyOff> {
    Some(WhyOff::Holiday { name_sv: name_sv.to_owned(), name_en: name_en.to_owned() })
}

fn closed(reason: &str) -> Option<WhyOff> {
    Some(WhyOff::Closed { reason: reason.to_owned() })
}

// R11
#[test]
fn a_closed_day_is_not_counted() {
    let received_at = instant("2026-05-11T07:59:59+02:00");
    let office = sweden().with_closed(date("2026-05-13"), "flytt");
    assert_eq!(sweden().due(received_at, 2).unwrap().due_on, date("2026-05-13"));
    assert_eq!(office.due(received_at, 2).unwrap().due_on, date("2026-05-15")); // over Ascension Day
    assert_eq!(office.add_working_days(date("2026-05-15"), -2), Ok(date("2026-05-11")));
    assert_eq!(office.working_days_between(date("2026-05-11"), date("2026-05-15")), 2);
}

// R11
#[test]
fn a_closed_day_that_is_off_anyway_changes_nothing() {
    let office = sweden()
        .with_closed(date("2026-12-25"), "stängt")
        .with_closed(date("2026-12-27"), "stängt");
    let (from, to) = (date("2026-12-20"), date("2027-01-10"));
    assert_eq!(office.working_days_between(from, to), sweden().working_days_between(from, to));
}

// R11
#[test]
fn eves_may_be_open() {
    let office = sweden().with_eves_open();
    for eve in ["2026-06-19", "2026-12-24", "2026-12-31"] {
        assert!(!sweden().is_working_day(date(eve)), "{eve}");
        assert!(office.is_working_day(date(eve)), "{eve}");
        assert_eq!(office.why_off(date(eve)), None);
    }
    assert!(!office.is_working_day(date("2026-12-25")));
    assert_eq!(office.why_off(date("2022-12-24")), Some(WhyOff::Weekend)); // still a Saturday
    assert_eq!(office.due(instant("2026-12-23T12:00:00Z"), 2).unwrap().due_on, date("2026-12-28"));
    assert_eq!(office.working_days_between(date("2026-12-23"), date("2026-12-31")), 5);
}

// R11
#[test]
fn a_day_may_be_worked_that_others_have_off() {
    let office = sweden()
        .with_open(date("2026-11-21")) // Saturday
        .with_open(date("2026-12-24"));
    assert_eq!(office.add_working_days(date("2026-11-20"), 2), Ok(date("2026-11-23")));
    assert_eq!(office.working_days_between(date("2026-11-20"), date("2026-11-23")), 2);
    assert!(office.is_working_day(date("2026-12-24")));
    assert_eq!(office.why_off(date("2026-12-24")), None);
    assert!(office.with_closed(date("2026-12-24"), "ändå").why_off(date("2026-12-24")).is_some());
}

// R11
#[test]
fn a_day_may_be_closed_every_year() {
    let office = sweden()
        .with_closed_every_year(6, 5, "dagen före nationaldagen")
        .with_closed_every_year(2, 29, "skottdag")
        .with_closed_every_year(4, 31, "aldrig")
        .with_open(date("2028-06-05"));
    for (day, is_worked) in [
        ("2026-06-05", false),
        ("2028-06-05", true),  // has a date of its own
        ("2028-02-29", false), // Tuesday
        ("2150-06-05", false), // Friday, beyond the years that are counted beforehand
        ("2028-04-28", true),
    ] {
        assert_eq!(office.is_working_day(date(day)), is_worked, "{day}");
    }
    assert_eq!(office.why_off(date("2026-06-05")), closed("dagen före nationaldagen"));
    assert_eq!(office.why_off(date("2027-06-05")), closed("dagen före nationaldagen")); // a Saturday
    assert_eq!(office.working_days_between(date("2026-06-03"), date("2026-06-08")), 2);
    let both = office.with_eves_open(); // counts anew, and forgets nothing
    assert!(!both.is_working_day(date("2026-06-05")) && both.is_working_day(date("2028-06-05")));
}

#[test]
fn a_bridge_day_stands_alone_between_days_off() {
    for (day, is_bridge) in [
        ("2026-05-15", true),  // Friday after Ascension Day
        ("2026-01-05", true),  // Monday before Epiphany
        ("2026-01-02", true),  // Friday after New Year's Day
        ("2026-12-23", false), // Wednesday before Christmas
        ("2026-05-14", false), // Ascension Day
        ("2026-11-24", false),
    ] {
        assert_eq!(sweden().is_bridge_day(date(day)), is_bridge, "{day}");
    }
}

// R12
#[test]
fn a_day_that_closes_early_counts_whole_and_ends_the_promise_early() {
    let office = sweden().with_early_closing(date("2026-04-02"), time("12:00")); // Maundy Thursday
    let on_the_day = office.due(instant("2026-03-31T09:00:00+02:00"), 2).unwrap();
    assert_eq!(on_the_day.due_at, instant("2026-04-02T12:00:00+02:00"));
    let over_the_day = office.due(instant("2026-04-01T09:00:00+02:00"), 2).unwrap();
    assert_eq!(over_the_day.due_at, instant("2026-04-07T17:00:00+02:00"));
}

// R12
#[test]
fn an_early_closing_is_never_later_than_the_ordinary_one() {
    let office = sweden().with_early_closing(date("2026-04-02"), time("18:00"));
    assert_eq!(office.closing_at(date("2026-04-02")), Ok(instant("2026-04-02T17:00:00+02:00")));
    let shorter = office.with_closing(time("15:00"));
    assert_eq!(shorter.closing_at(date("2026-04-02")), Ok(instant("2026-04-02T15:00:00+02:00")));
}

// R14
#[test]
fn of_several_reasons_the_one_that_says_most_is_given() {
    let office = sweden()
        .with_closed(date("2026-12-26"), "stängt")
        .with_closed(date("2026-12-27"), "inventering")
        .with_closed(date("2026-12-28"), "kompledigt")
        .with_closed(date("2026-12-28"), "klämdag");
    assert_eq!(
        office.why_off(date("2026-12-26")),
        holiday("annandag jul", "Second Day of Christmas")
    ); // Saturday
    assert_eq!(office.why_off(date("2026-12-27")), closed("inventering")); // Sunday
    assert_eq!(office.why_off(date("2026-12-28")), closed("klämdag")); // Monday; recorded twice
    assert_eq!(office.why_off(date("2026-12-29")), None);
    assert_eq!(office.why_off(date("2027-01-02")), Some(WhyOff::Weekend));
    assert_eq!(
        office.why_off(date("2008-05-01")),
        holiday("första maj och Kristi himmelsfärdsdag", "May Day and Ascension Day"),
    );
}
