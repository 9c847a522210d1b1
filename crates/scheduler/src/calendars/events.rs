//! A file of iCalendar becomes days that somebody is away. `docs/absence.md` says to people what counts.

use super::content::{Line, lines};
use super::repeats::{Budget, Repeats, Unknown, beginnings};
use super::times::{self, Moment, instant};
use super::zones::Zones;
use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};
use domain::absences::LONGEST_KEPT;
use std::collections::BTreeMap;
use std::sync::Arc;
use workalendar::WorkCalendar;

/// A calendar that has more is not one of absences.
const MOST_EVENTS: usize = 20_000;

/// How a calendar is read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The organisation's days and hours.
    pub(super) calendar: Arc<WorkCalendar>,
    /// The first day that is looked at, and the first that is not any more.
    pub(super) window: (NaiveDate, NaiveDate),
    pub(super) all_day_only: bool,
    /// Of many people: whatever stands in it is an absence, unless it says that one is there.
    pub(super) of_a_team: bool,
}

/// Days that somebody is away.
#[derive(Debug, Clone)]
pub(super) struct Away {
    pub(super) who: Arc<Who>,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

/// What an event says of whom it is about. Never stored, and never shown: it may say why somebody is away.
#[derive(Clone, Default)]
pub(super) struct Who {
    /// Addresses in lower case, without those who declined.
    pub(super) attendees: Vec<String>,
    pub(super) organizer: Option<String>,
    pub(super) summary: String,
}

impl std::fmt::Debug for Who {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Who(…)")
    }
}

/// What a file says.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) away: Vec<Away>,
    /// Events that could not be understood.
    pub(super) skipped: usize,
}

/// Why nothing of a file is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unreadable {
    #[error(
        "what came is no calendar; ask for the address of the calendar as iCalendar (.ics), not of a web page"
    )]
    NoCalendar,
    #[error("the calendar breaks off before its end; it is read again later")]
    BreaksOff,
    #[error(
        "there are more than {MOST_EVENTS} events, or they repeat too often; share a calendar of absences only"
    )]
    TooMuch,
}

/// Reads a file.
///
/// # Errors
/// [`Unreadable`]; one event that makes no sense is only counted.
pub(super) fn read(bytes: &[u8], reading: &Reading) -> Result<Read, Unreadable> {
    let (events, zones) = components(bytes)?;
    let mut budget = Budget::new();
    let mut read = Read::default();
    let local = reading.calendar.zone();
    // What is said of one time of an event that repeats, stands in place of that time (3.8.4.4).
    let mut replaced: BTreeMap<String, Vec<Moment>> = BTreeMap::new();
    for event in &events {
        let at = event.line("RECURRENCE-ID").and_then(|line| times::read(line, &zones, local));
        if let (Some(uid), Some(at)) = (event.uid(), at) {
            replaced.entry(uid.to_owned()).or_default().extend(at);
        }
    }
    for event in events.iter().filter(|event| event.is_away(reading.of_a_team)) {
        let except = event.uid().filter(|_| event.line("RECURRENCE-ID").is_none());
        let except = except.and_then(|uid| replaced.get(uid)).map_or(&[][..], Vec::as_slice);
        match days(event, except, &zones, reading, &mut budget) {
            Ok(days) => {
                let who = Arc::new(event.who());
                let away = |(from, to)| Away { who: who.clone(), from, to };
                read.away.extend(days.into_iter().map(away));
            }
            Err(Unknown::Event) => read.skipped += 1,
            Err(Unknown::File) => return Err(Unreadable::TooMuch),
        }
    }
    Ok(read)
}

/// The lines of one event, without those of its alarms.
#[derive(Debug, Default)]
struct Event(Vec<Line>);

fn components(bytes: &[u8]) -> Result<(Vec<Event>, Zones), Unreadable> {
    let (mut events, mut zones) = (Vec::new(), Zones::default());
    let mut within: Vec<String> = Vec::new();
    let (mut event, mut zone) = (Event::default(), Event::default());
    let mut ended = false;
    for line in lines(bytes) {
        match (line.name.as_str(), within.last().map(String::as_str)) {
            ("BEGIN", None) if line.value.trim().eq_ignore_ascii_case("VCALENDAR") => {
                within.push("VCALENDAR".to_owned());
            }
            (_, None) if ended => {}
            (_, None) => return Err(Unreadable::NoCalendar),
            ("BEGIN", Some(_)) => within.push(line.value.trim().to_uppercase()),
            // The end of something else, or half the word: it is cut off.
            ("END", Some(name)) if !line.value.trim().eq_ignore_ascii_case(name) => {}
            ("END", Some("VEVENT")) => {
                if events.len() == MOST_EVENTS {
                    return Err(Unreadable::TooMuch);
                }
                events.push(std::mem::take(&mut event));
                within.pop();
            }
            ("END", Some("VTIMEZONE")) => {
                let zone = std::mem::take(&mut zone);
                if let Some(id) = zone.line("TZID") {
                    let location = zone.line("X-LIC-LOCATION").map(|l| l.value.trim());
                    zones.describe(id.value.trim(), location);
                }
                within.pop();
            }
            ("END", Some(_)) => {
                within.pop();
                ended |= within.is_empty();
            }
            (_, Some("VEVENT")) => event.0.push(line),
            (_, Some("VTIMEZONE")) => zone.0.push(line),
            (_, Some(_)) => {}
        }
    }
    match (ended, within.is_empty()) {
        (true, true) => Ok((events, zones)),
        (false, true) => Err(Unreadable::NoCalendar),
        (_, false) => Err(Unreadable::BreaksOff),
    }
}

impl Event {
    fn line(&self, name: &str) -> Option<&Line> {
        self.0.iter().find(|line| line.name == name)
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Line> {
        self.0.iter().filter(move |line| line.name == name)
    }

    fn says(&self, name: &str, value: &str) -> bool {
        self.line(name).is_some_and(|line| line.value.trim().eq_ignore_ascii_case(value))
    }

    fn uid(&self) -> Option<&str> {
        self.line("UID").map(|line| line.value.trim())
    }

    fn is_away(&self, of_a_team: bool) -> bool {
        const BUSY: &str = "X-MICROSOFT-CDO-BUSYSTATUS";
        let is_there = || {
            self.says("TRANSP", "TRANSPARENT")
                || self.says(BUSY, "FREE")
                || self.says(BUSY, "WORKINGELSEWHERE")
        };
        !self.says("STATUS", "CANCELLED") && (self.says(BUSY, "OOF") || (of_a_team && !is_there()))
    }

    fn who(&self) -> Who {
        let address = |line: &Line| {
            let value = line.value.trim().to_lowercase();
            value.strip_prefix("mailto:").map(|address| address.trim().to_owned())
        };
        let comes = |line: &&Line| {
            !line.parameter("PARTSTAT").is_some_and(|p| p.eq_ignore_ascii_case("DECLINED"))
        };
        Who {
            attendees: self.all("ATTENDEE").filter(comes).filter_map(address).collect(),
            organizer: self.line("ORGANIZER").and_then(address),
            summary: self.line("SUMMARY").map(Line::text).unwrap_or_default(),
        }
    }
}

/// The days that count of every time it takes place.
fn days(
    event: &Event,
    except: &[Moment],
    zones: &Zones,
    reading: &Reading,
    budget: &mut Budget,
) -> Result<Vec<(NaiveDate, NaiveDate)>, Unknown> {
    let local = reading.calendar.zone();
    let moments = |line: &Line| times::read(line, zones, local).ok_or(Unknown::Event);
    let first = |line: &Line| moments(line)?.first().copied().ok_or(Unknown::Event);
    let start = event.line("DTSTART").map(first).transpose()?.ok_or(Unknown::Event)?;
    let end = event.line("DTEND").map(first).transpose()?;
    let duration = event.line("DURATION").map(|line| times::duration(&line.value));
    let duration = duration.map(|d| d.ok_or(Unknown::Event)).transpose()?;
    let length = times::length(start, end, duration)
        .filter(|length| length.num_days() <= LONGEST_KEPT)
        .ok_or(Unknown::Event)?;
    let seen = |name: &str| -> Result<Vec<NaiveDateTime>, Unknown> {
        let all: Result<Vec<Vec<Moment>>, Unknown> = event.all(name).map(moments).collect();
        Ok(all?.into_iter().flatten().map(|at| at.as_seen_from(start)).collect())
    };
    let mut repeats = Repeats::default();
    // One time of an event that repeats repeats no more.
    if event.line("RECURRENCE-ID").is_none() {
        repeats.rules = event.all("RRULE").map(|line| line.value.clone()).collect();
        repeats.also = seen("RDATE")?;
        repeats.except = seen("EXDATE")?.into_iter().collect();
        repeats.except.extend(except.iter().map(|at| at.as_seen_from(start)));
    }
    let mut days = Vec::new();
    for begin in beginnings(start, length, &repeats, reading.window, budget)? {
        if !budget.spend() {
            return Err(Unknown::File);
        }
        let begin = match start {
            Moment::Day(_) => Moment::Day(begin.date()),
            Moment::Time(_, zone) => Moment::Time(begin, zone),
        };
        days.extend(of_one(event, begin, length, reading));
    }
    Ok(days)
}

/// The days of one time that it takes place.
fn of_one(
    event: &Event,
    begin: Moment,
    length: TimeDelta,
    reading: &Reading,
) -> Vec<(NaiveDate, NaiveDate)> {
    let whole = |from: NaiveDateTime, to: NaiveDateTime| {
        let is_midnight = |at: NaiveDateTime| at.time() == chrono::NaiveTime::MIN;
        let days = (is_midnight(from) && is_midnight(to)).then(|| to - from)?;
        Some((from.date(), times::last_day(from.date(), days)?))
    };
    let (begin, zone) = match begin {
        Moment::Day(day) => {
            let last = times::last_day(day, length);
            return last.map(|last| (day, last)).into_iter().collect();
        }
        Moment::Time(begin, zone) => (begin, zone),
    };
    let local = reading.calendar.zone();
    let seen = |at: NaiveDateTime| instant(at, zone).with_timezone(&local).naive_local();
    let (from, to) = (begin, begin + length);
    if let Some(days) = whole(from, to).or_else(|| whole(seen(from), seen(to))) {
        return Vec::from([days]);
    }
    // Exchange says so of days that begin at midnight where they were written, and not here.
    if event.says("X-MICROSOFT-CDO-ALLDAYEVENT", "TRUE") {
        let last = (to - TimeDelta::seconds(1)).date().max(from.date());
        return Vec::from([(from.date(), last)]);
    }
    if reading.all_day_only {
        return Vec::new();
    }
    let (from, to) = (instant(from, zone), instant(to, zone));
    let holds = |day: &NaiveDate| {
        let hours =
            reading.calendar.opening_at(*day).ok().zip(reading.calendar.closing_at(*day).ok());
        hours.is_some_and(|(opens, closes)| opens < closes && from <= opens && closes <= to)
    };
    let begin = from.with_timezone(&local).date_naive();
    let end = to.with_timezone(&local).date_naive();
    let on = begin.iter_days().take_while(|day| *day <= end).filter(holds);
    on.map(|day| (day, day)).collect()
}

/// The window around this local day: what is over still tells since when somebody has been away, and its end moves once a
/// month only, so that one who is away for good is not away anew every day.
pub(super) fn window(today: NaiveDate) -> (NaiveDate, NaiveDate) {
    const BEFORE: u64 = 400;
    const AFTER: u64 = 370;
    let from = today.checked_sub_days(Days::new(BEFORE)).unwrap_or(today);
    let until = today.checked_add_days(Days::new(AFTER)).unwrap_or(today);
    let first = chrono::Datelike::with_day(&until, 1).unwrap_or(until);
    (from, first.checked_add_months(chrono::Months::new(1)).unwrap_or(until))
}
