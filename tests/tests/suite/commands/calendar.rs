//! `aterkom calendar`: a year for people, and for their calendars.

use super::{folder, run, write};
use insta::assert_snapshot;

const CALENDAR: &str = "[organisation]\nname = \"Exempelby kommun\"\narea_code = \"0980\"\n\
    [calendar]\n\
    closed = [\n\
      { date = \"2026-05-15\", reason = \"klämdag\" },\n\
      { date = \"2026-10-12\", reason = \"Flytt\", units = [\"Bygglov\"] },\n\
    ]\n\
    closed_every_year = [{ day = \"12-23\", reason = \"Dan före dan\" }]\n\
    open = [\"2026-11-21\"]\n\
    early_closing_before_holidays = \"13:00\"\n";

// R11
#[test]
fn a_year_is_shown_with_every_day_off_and_why() {
    let folder = folder(CALENDAR);
    let swedish = run(folder.path(), &["calendar", "2026"], &[]);
    assert_eq!(swedish.code, Some(0), "{swedish:?}");
    assert_snapshot!("calendar_sv", swedish.out);
    let english = run(folder.path(), &["calendar", "2026", "--lang", "en"], &[]);
    assert_snapshot!("calendar_en", english.out);
}

// R11
#[test]
fn a_unit_has_the_organisation_s_days_and_its_own() {
    let folder = folder(CALENDAR);
    write(
        folder.path(),
        "people.csv",
        "type,name,unit,email,manager\n\
         unit,Kommunen,,,maria.ek@exempelby.example\n\
         unit,Bygglov,Kommunen,,maria.ek@exempelby.example\n\
         employee,Maria Ek,Kommunen,maria.ek@exempelby.example,\n",
    );
    let imported = run(folder.path(), &["people", "import", "people.csv"], &[]);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let of = |words: &[&str]| run(folder.path(), &[&["calendar", "2026"], words].concat(), &[]);
    let (whole, unit) = (of(&[]), of(&["--unit", "Bygglov"]));
    let own: Vec<&str> = unit.out.lines().filter(|line| !whole.out.contains(*line)).collect();
    assert_eq!(
        own,
        [
            "2026 Bygglov",
            "Arbetsdagar: 249",
            "  måndag 12 oktober    Flytt (stängt)",
            "  oktober    21"
        ]
    );
    let nowhere = of(&["--unit", "Parken"]);
    assert_eq!(nowhere.code, Some(2), "{nowhere:?}");
    assert!(nowhere.err.contains("there is no unit \"Parken\"; there are "), "{nowhere:?}");
}

#[test]
fn an_icalendar_file_has_one_event_a_day_off_or_half_day() {
    let folder = folder(CALENDAR);
    let ended = run(folder.path(), &["calendar", "2026", "--ics"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let lines: Vec<&str> = ended.out.split("\r\n").collect();
    assert!(lines.iter().all(|line| line.len() <= 75 && !line.contains('\n')), "RFC 5545, 3.1");
    let (begun, ended_) = ("BEGIN:VEVENT", "END:VEVENT");
    let count = |wanted: &str| lines.iter().filter(|line| **line == wanted).count();
    assert_eq!((count(begun), count(ended_)), (18 + 6, 18 + 6));
    let has = |wanted: &str| assert!(lines.contains(&wanted), "{wanted} in {}", ended.out);
    for wanted in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "DTSTART;VALUE=DATE:20261224",
        "SUMMARY:Julafton",
        "SUMMARY:Halvdag\\, stänger 13:00",
        "TRANSP:TRANSPARENT",
        "END:VCALENDAR",
    ] {
        has(wanted);
    }
    let uids = |text: &str| -> Vec<String> {
        let lines = text.split("\r\n").filter(|line| line.starts_with("UID:"));
        lines.map(str::to_owned).collect()
    };
    let again = run(folder.path(), &["calendar", "2026", "--ics", "--lang", "en"], &[]);
    let (first, second) = (uids(&ended.out), uids(&again.out));
    assert_eq!(first, second, "an event is the same when it is written again");
    let unique: std::collections::BTreeSet<_> = first.iter().collect();
    assert_eq!(unique.len(), first.len());
}

#[test]
fn a_year_that_is_not_known_is_refused() {
    let folder = folder("");
    for year in ["1989", "2101", "-4"] {
        let ended = run(folder.path(), &["calendar", "--", year], &[]);
        let expected = format!(
            "aterkom: the holidays of {year} are not known; write a year from 1990 to 2100\n"
        );
        assert_eq!((ended.code, ended.err), (Some(2), expected));
    }
}
