//! When an event that repeats takes place, within bounds: some repeat for ever, and some are made to keep a reader busy.

use super::times::{Moment, instant};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz as Zone;
use clock::Stopwatch;
use rrule::{Frequency, RRule, RRuleSet, Tz, Unvalidated};
use std::collections::BTreeSet;
use std::time::Duration;

/// So often one event may take place within the window.
const MOST_OF_ONE: usize = 500;
/// So many repetitions are looked at in one file.
const MOST: usize = 200_000;
/// So long all of them may take.
const LONGEST: Duration = Duration::from_secs(5);
/// Nobody who is away now has been since then.
const FIRST_YEAR: i32 = 1970;

/// What is left to be spent on one file.
#[derive(Debug)]
pub(super) struct Budget {
    since: Stopwatch,
    left: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self { since: Stopwatch::start(), left: MOST }
    }

    /// Whether there is any left.
    pub(super) fn spend(&mut self) -> bool {
        self.left = self.left.saturating_sub(1);
        self.left > 0 && self.since.elapsed() < LONGEST
    }
}

/// What an event says of its repetition.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    pub(super) rules: Vec<String>,
    /// On the wall of the event's own place, as are those that follow.
    pub(super) also: Vec<NaiveDateTime>,
    pub(super) except: BTreeSet<NaiveDateTime>,
}

/// Why the times of an event are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unknown {
    /// This event's rule makes no sense, or it takes place too often.
    Event,
    /// The file asks for too much.
    File,
}

/// The beginnings that make it touch the window, on the wall of its own place.
pub(super) fn beginnings(
    start: Moment,
    length: TimeDelta,
    repeats: &Repeats,
    (from, until): (NaiveDate, NaiveDate),
    budget: &mut Budget,
) -> Result<BTreeSet<NaiveDateTime>, Unknown> {
    let first = start.on_the_wall();
    let (from, until) = (from.and_time(NaiveTime::MIN), until.and_time(NaiveTime::MIN));
    let touches = |at: &NaiveDateTime| {
        *at < until && at.checked_add_signed(length).is_some_and(|end| end > from)
    };
    let mut found: BTreeSet<NaiveDateTime> = repeats.also.iter().copied().filter(touches).collect();
    found.extend(Some(first).filter(touches));
    for text in &repeats.rules {
        if first.year() < FIRST_YEAR {
            return Err(Unknown::Event);
        }
        // Walls are read as if they were in Greenwich: a rule is about hours on a wall, whatever its summer time.
        let begin = DateTime::<Utc>::from_naive_utc_and_offset(first, Utc).with_timezone(&Tz::UTC);
        let rule: RRule<Unvalidated> =
            on_the_wall(text, start).and_then(|text| text.parse().ok()).ok_or(Unknown::Event)?;
        match rule.get_freq() {
            Frequency::Yearly | Frequency::Monthly | Frequency::Weekly | Frequency::Daily => {}
            Frequency::Hourly | Frequency::Minutely | Frequency::Secondly => {
                return Err(Unknown::Event);
            }
        }
        let rule = rule.validate(begin).map_err(|_| Unknown::Event)?;
        for at in &RRuleSet::new(begin).rrule(rule).limit() {
            if !budget.spend() {
                return Err(Unknown::File);
            }
            let at = at.naive_utc();
            if at >= until {
                break;
            }
            found.extend(Some(at).filter(touches));
            if found.len() > MOST_OF_ONE {
                return Err(Unknown::Event);
            }
        }
        if !budget.spend() {
            return Err(Unknown::File);
        }
    }
    found.retain(|at| !repeats.except.contains(at));
    Ok(found)
}

/// The rule with its end on the wall of the event's place, as the beginning is.
fn on_the_wall(rule: &str, start: Moment) -> Option<String> {
    let mut parts = Vec::new();
    for part in rule.split(';').filter(|part| !part.trim().is_empty()) {
        let (name, value) = part.split_once('=')?;
        if !name.trim().eq_ignore_ascii_case("UNTIL") {
            parts.push(part.trim().to_uppercase());
            continue;
        }
        parts.push(format!("UNTIL={}Z", until(value.trim(), start)?.format("%Y%m%dT%H%M%S")));
    }
    Some(parts.join(";"))
}

fn until(text: &str, start: Moment) -> Option<NaiveDateTime> {
    let day = NaiveDate::parse_from_str(text.get(..8)?, "%Y%m%d").ok()?;
    let Some((_, time)) = text.split_once('T') else {
        return day.and_hms_opt(23, 59, 59);
    };
    let at = NaiveTime::parse_from_str(time.trim_end_matches('Z'), "%H%M%S").ok()?;
    let at = day.and_time(at);
    match start {
        Moment::Time(_, zone) if time.ends_with('Z') => {
            Some(instant(at, Zone::UTC).with_timezone(&zone).naive_local())
        }
        Moment::Time(..) => Some(at),
        // The midnight that ends the last day, in whatever zone: that day still counts.
        Moment::Day(_) => at.date().and_hms_opt(23, 59, 59),
    }
}
