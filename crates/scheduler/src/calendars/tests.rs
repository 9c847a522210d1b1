//! What calendars say, as tables: rules R17, and RFC 5545.

mod noise;

use super::events::{Read, Reading, Unreadable, read, window};
use super::*;
use domain::directory::{Employee, Language, Workdays};
use domain::ids::{EmployeeId, UnitId};

const TODAY: &str = "2026-11-17"; // a Tuesday
const PEOPLE: [&str; 4] = ["Anna Ek", "Anna Ek Lund", "Bo Åker", "Bo Åker"];

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id(n: usize) -> EmployeeId {
    EmployeeId(store_id(n))
}

fn store_id(n: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128(n as u128)
}

fn town() -> Directory {
    let employee = |(n, name): (usize, &&str)| Employee {
        id: id(n),
        name: (*name).to_owned(),
        email: format!("{n}@kommun.example"),
        language: Language::Swedish,
        unit: UnitId(store_id(0)),
        until: None,
        workdays: Workdays::default(),
        substitute: None,
        active: true,
    };
    let employees = PEOPLE.iter().enumerate().map(employee).collect();
    Directory::new(Vec::new(), employees, Vec::new(), Vec::new())
}

fn reading(of_a_team: bool, all_day_only: bool) -> Reading {
    let calendar = Arc::new(WorkCalendar::sweden());
    Reading { calendar, window: window(date(TODAY)), all_day_only, of_a_team }
}

fn calendar(events: &[&str]) -> String {
    let event = |event: &&str| format!("BEGIN:VEVENT\n{}\nEND:VEVENT\n", event.replace('|', "\n"));
    let events: String = events.iter().map(event).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

/// The days of a team's calendar with these events, each as `from/to`; lines of an event have `|` between.
fn days(events: &[&str], all_day_only: bool) -> (Vec<String>, usize) {
    let Read { away, skipped } =
        read(calendar(events).as_bytes(), &reading(true, all_day_only)).unwrap();
    let mut days: Vec<String> = away.iter().map(|a| format!("{}/{}", a.from, a.to)).collect();
    days.sort();
    (days, skipped)
}

#[track_caller]
fn assert_days(events: &[&str], expected: &[&str]) {
    let expected: Vec<String> = expected
        .iter()
        .map(|d| if d.contains('/') { (*d).to_owned() } else { format!("{d}/{d}") })
        .collect();
    assert_eq!(days(events, false), (expected, 0), "{events:?}");
}

// R17: whole local days, whatever way a calendar has to say so.
#[test]
fn whole_days_are_whole_days_in_every_way_of_saying_so() {
    for (event, expected) in [
        ("DTSTART;VALUE=DATE:20261118|DTEND;VALUE=DATE:20261121", "2026-11-18/2026-11-20"),
        ("DTSTART;VALUE=DATE:20261118", "2026-11-18/2026-11-18"),
        ("DTSTART;VALUE=DATE:20261118|DTEND;VALUE=DATE:20261118", "2026-11-18/2026-11-18"),
        ("DTSTART;VALUE=DATE:20261118|DURATION:P1W", "2026-11-18/2026-11-24"),
        ("DTSTART:20261118T000000|DTEND:20261120T000000", "2026-11-18/2026-11-19"),
        ("DTSTART:20261117T230000Z|DTEND:20261119T230000Z", "2026-11-18/2026-11-19"),
        (
            "DTSTART;TZID=W. Europe Standard Time:20261118T000000|DTEND;TZID=W. Europe Standard Time:20261119T000000",
            "2026-11-18/2026-11-18",
        ),
        ("DTSTART;TZID=\"Europe/Stockholm\":20261118T000000|DURATION:P2D", "2026-11-18/2026-11-19"),
        // Written in Helsinki, where the day begins an hour earlier.
        (
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE|DTSTART;TZID=FLE Standard Time:20261118T000000|DTEND;TZID=FLE Standard Time:20261119T000000",
            "2026-11-18/2026-11-18",
        ),
        // All hours that the office is open, in other ways of telling them.
        ("DTSTART:20261118T080000|DTEND:20261118T170000", "2026-11-18/2026-11-18"),
        ("DTSTART:20261118T070000Z|DTEND:20261118T160000Z", "2026-11-18/2026-11-18"),
        ("DTSTART;TZID=Tokyo Standard Time:20261118T160000|DURATION:PT9H", "2026-11-18/2026-11-18"),
    ] {
        assert_days(&[event], &[expected]);
    }
    for event in [
        "DTSTART:20261118T080100|DTEND:20261118T170000",
        "DTSTART:20261118T080000|DTEND:20261118T165900",
        "DTSTART;TZID=Tokyo Standard Time:20261118T080000|DURATION:PT9H",
        "DTSTART:20261118T120000",
    ] {
        assert_days(&[event], &[]);
    }
    let (whole, _) = days(&["DTSTART:20261118T080000|DTEND:20261118T170000"], true);
    assert_eq!(whole, [""; 0], "all_day_only");
    let mut long = days(&["DTSTART:20261120T080000|DTEND:20261123T120000"], false).0;
    assert_eq!(long.pop().as_deref(), Some("2026-11-22/2026-11-22"), "Monday is half a day");
}

// RFC 5545, 3.8.5: rules, exceptions, additions, and one time that was moved.
#[test]
fn what_repeats_is_away_each_time_but_the_excepted() {
    let fridays = "UID:1|DTSTART;VALUE=DATE:20261120|RRULE:FREQ=WEEKLY;COUNT=4";
    assert_days(&[fridays], &["2026-11-20", "2026-11-27", "2026-12-04", "2026-12-11"]);
    let but = format!("{fridays}|EXDATE;VALUE=DATE:20261127,20261204|RDATE;VALUE=DATE:20261224");
    assert_days(&[&but], &["2026-11-20", "2026-12-11", "2026-12-24"]);
    let moved = "UID:1|RECURRENCE-ID;VALUE=DATE:20261127|DTSTART;VALUE=DATE:20261126";
    assert_days(&[fridays, moved], &["2026-11-20", "2026-11-26", "2026-12-04", "2026-12-11"]);
    let off = "UID:1|RECURRENCE-ID:20261127T000000|DTSTART;VALUE=DATE:20261127|STATUS:CANCELLED";
    assert_days(&[fridays, off], &["2026-11-20", "2026-12-04", "2026-12-11"]);
    for (until, last) in [
        ("20261204", "2026-12-04"),
        ("20261204T000000Z", "2026-12-04"),
        ("20261203T235959Z", "2026-11-27"),
    ] {
        let event = format!("DTSTART;VALUE=DATE:20261120|RRULE:FREQ=WEEKLY;UNTIL={until}");
        assert_eq!(days(&[&event], true).0.last(), Some(&format!("{last}/{last}")), "{until}");
    }
    // On the wall: eight o'clock stays eight o'clock when the clocks change.
    let office = "DTSTART;TZID=W. Europe Standard Time:20261019T080000|DTEND;TZID=W. Europe Standard Time:20261019T170000|RRULE:FREQ=WEEKLY;UNTIL=20261102T070000Z|EXDATE;TZID=W. Europe Standard Time:20261026T080000";
    assert_days(&[office], &["2026-10-19", "2026-11-02"]);
    let last_friday = "DTSTART;VALUE=DATE:20261127|RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2;WKST=MO";
    assert_days(&[last_friday], &["2026-11-27", "2026-12-25"]);
    let leap = "DTSTART;VALUE=DATE:20240229|RRULE:FREQ=YEARLY";
    assert_days(&[leap], &[]);
}

#[test]
fn what_repeats_for_ever_ends_with_the_window() {
    let (found, skipped) = days(&["DTSTART;VALUE=DATE:20200101|RRULE:FREQ=WEEKLY"], true);
    let (from, until) = window(date(TODAY));
    assert_eq!((from, until), (date("2025-10-13"), date("2027-12-01")));
    assert_eq!(skipped, 0);
    assert!((110..113).contains(&found.len()), "{}", found.len());
    // The end moves once a month only.
    assert_eq!(window(date("2026-11-18")).1, until);
}

// Nobody waits for a file that was made to keep one busy, or is refused everything for one odd event.
#[test]
fn what_makes_no_sense_or_too_much_of_it_costs_only_itself() {
    let good = "DTSTART;VALUE=DATE:20261118";
    for bad in [
        "SUMMARY:no start",
        "DTSTART:tomorrow",
        "DTSTART;TZID=Atlantis Standard Time:20261118T000000",
        "DTSTART;VALUE=DATE:20261118|DTEND;VALUE=DATE:20261117",
        "DTSTART;VALUE=DATE:20261118|DTEND;VALUE=DATE:20391117",
        "DTSTART;VALUE=DATE:20261118|RRULE:FREQ=SECONDLY",
        "DTSTART;VALUE=DATE:20261118|RRULE:FREQ=SOMETIMES",
        "DTSTART;VALUE=DATE:20261118|RRULE:FREQ=DAILY;UNTIL=x",
        "DTSTART;VALUE=DATE:20261118|RRULE:FREQ=DAILY;BYDAY=XX",
        "DTSTART;VALUE=DATE:20250101|RRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:16000101|RRULE:FREQ=DAILY",
        "DTSTART;VALUE=DATE:20261118|EXDATE:never",
        "DTSTART;VALUE=DATE:20261118|DURATION:-P1D",
    ] {
        let (found, skipped) = days(&[bad, good], true);
        assert_eq!((found, skipped), (Vec::from(["2026-11-18/2026-11-18".to_owned()]), 1), "{bad}");
    }
    // A day that never comes: looked for as long as is decent.
    let never = "DTSTART;VALUE=DATE:20261118|RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30";
    let (found, _) = days(&[never, good], true);
    assert!(found.contains(&"2026-11-18/2026-11-18".to_owned()));
    let greedy = ["DTSTART;VALUE=DATE:19700101|RRULE:FREQ=DAILY"; 20];
    let file = calendar(&greedy);
    assert_eq!(read(file.as_bytes(), &reading(true, true)).unwrap_err(), Unreadable::TooMuch);
}

#[test]
fn what_is_no_calendar_or_broken_off_is_refused_whole() {
    let whole = calendar(&["DTSTART;VALUE=DATE:20261118"]);
    for file in ["", "<html>sign in</html>", "x", "BEGIN:VCARD\nEND:VCARD\n", "\u{0}\u{1}"] {
        let refused = read(file.as_bytes(), &reading(true, true)).unwrap_err();
        assert_eq!(refused, Unreadable::NoCalendar, "{file}");
    }
    for end in 18..whole.trim_end().len() {
        let cut = &whole.as_bytes()[..end];
        assert!(read(cut, &reading(true, true)).is_err(), "{end}");
    }
}

// R17: in one's own calendar only what says "out of office"; in a team's everything, unless it says that one is there.
#[test]
fn what_counts_as_away_depends_on_whose_calendar_it_is() {
    for (more, own, team) in [
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", 1, 1),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF|TRANSP:TRANSPARENT", 1, 1),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF|STATUS:CANCELLED", 0, 0),
        ("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", 0, 1),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", 0, 0),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", 0, 0),
        ("SUMMARY:x", 0, 1),
        ("TRANSP:OPAQUE", 0, 1),
        ("TRANSP:TRANSPARENT", 0, 0),
        ("BEGIN:VALARM|TRANSP:TRANSPARENT|DTSTART:x|END:VALARM", 0, 1),
    ] {
        let file = calendar(&[&format!("DTSTART;VALUE=DATE:20261118|{more}")]);
        for (of_a_team, expected) in [(false, own), (true, team)] {
            let read = read(file.as_bytes(), &reading(of_a_team, true)).unwrap();
            assert_eq!(read.away.len(), expected, "{more} {of_a_team}");
        }
    }
}

// R17: who was invited; else who is named first; else who wrote it. Days that follow upon each other are one absence.
#[test]
fn an_event_is_about_who_is_invited_named_or_wrote_it() {
    for (event, expected) in [
        ("ATTENDEE;PARTSTAT=ACCEPTED:mailto:2@Kommun.example|SUMMARY:Anna Ek", &[2][..]),
        ("ATTENDEE:mailto:0@kommun.example|ATTENDEE:mailto:2@kommun.example", &[0, 2]),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:2@kommun.example|SUMMARY:Anna Ek - ledig", &[0]),
        ("SUMMARY:anna  ek: semester|ORGANIZER:mailto:2@kommun.example", &[0]),
        ("SUMMARY:Anna Ek Lund semester", &[1]),
        ("SUMMARY:Anna Ekman semester", &[]),
        ("SUMMARY:Semester Anna Ek", &[]),
        ("SUMMARY:Bo Åker", &[]),
        ("SUMMARY:Stängt|ORGANIZER:mailto:2@kommun.example", &[2]),
        ("SUMMARY:Stängt|ORGANIZER:mailto:9@other.example", &[]),
    ] {
        let file = calendar(&[&format!("DTSTART;VALUE=DATE:20261118|{event}")]);
        let read = read(file.as_bytes(), &reading(true, true)).unwrap();
        let absences = whose::absences(&read.away, &About::Team, &town());
        let found: Vec<EmployeeId> = absences.iter().map(|a| a.employee).collect();
        assert_eq!(found, expected.iter().map(|n| id(*n)).collect::<Vec<_>>(), "{event}");
    }
    let own = About::Employee("2@kommun.example".to_owned());
    let events = [
        "DTSTART;VALUE=DATE:20261118|DTEND;VALUE=DATE:20261120",
        "DTSTART;VALUE=DATE:20261120|DTEND;VALUE=DATE:20261121",
        "DTSTART;VALUE=DATE:20261119",
        "DTSTART;VALUE=DATE:20261122",
    ];
    let read = read(calendar(&events).as_bytes(), &reading(true, true)).unwrap();
    let absences = whose::absences(&read.away, &own, &town());
    let found: Vec<String> = absences.iter().map(|a| format!("{}/{}", a.from, a.to)).collect();
    assert_eq!(found, ["2026-11-18/2026-11-20", "2026-11-22/2026-11-22"]);
}

// R17: why somebody is away is in no message and no log.
#[test]
fn what_an_event_says_is_shown_nowhere() {
    let file = calendar(&["DTSTART;VALUE=DATE:20261118|SUMMARY:Anna Ek sjuk"]);
    let shown = format!("{:?}", read(file.as_bytes(), &reading(true, true)));
    assert!(!shown.contains("sjuk"), "{shown}");
}
