//! A year as an iCalendar file (RFC 5545), for calendars that people have.

use super::year::Year;
use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, Event, EventLike, Property};
use sha2::{Digest, Sha256};
use workalendar::Language;

/// One all-day event a day off or half-day, which takes nobody's time. Written again, an event has the same UID.
pub(super) fn write(year: &Year, whose: &str, language: Language, now: DateTime<Utc>) -> String {
    let (half_day, closes) = match language {
        Language::Swedish => ("Halvdag", "stänger"),
        Language::English => ("Half-day", "closes at"),
    };
    let mut calendar = Calendar::empty();
    let ours = [("VERSION", "2.0"), ("PRODID", "-//Aterkom//aterkom calendar//SV")];
    for (name, value) in ours {
        calendar.append_property(Property::new(name, value).done());
    }
    calendar.name(whose);
    let event = |day: chrono::NaiveDate, summary: String| {
        let whose = Sha256::digest(whose.as_bytes());
        let whose: String = whose.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Event::new()
            .uid(&format!("{day}-{whose}@aterkom"))
            .timestamp(now)
            .starts(day) // a date alone is that whole day
            .summary(&summary)
            .append_property(Property::new("TRANSP", "TRANSPARENT").done())
            .done()
    };
    for off in &year.off {
        let name = off.why.name(language).unwrap_or_default();
        let mut letters = name.chars();
        let name = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters);
        calendar.push(event(off.day, name.collect()));
    }
    for (day, closing) in &year.half {
        let closing = closing.format("%H:%M");
        calendar.push(event(*day, format!("{half_day}, {closes} {closing}")));
    }
    calendar.done().to_string()
}
