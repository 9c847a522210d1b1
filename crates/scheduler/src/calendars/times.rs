//! When an event is: days, or times in a zone (RFC 5545, 3.3.4–3.3.6, 3.8.2).

use super::content::Line;
use super::zones::Zones;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use chrono_tz::Tz;

/// A day, or a time on the wall of some place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Moment {
    Day(NaiveDate),
    Time(NaiveDateTime, Tz),
}

impl Moment {
    /// On the wall of the place that it is of.
    pub(super) fn on_the_wall(self) -> NaiveDateTime {
        match self {
            Self::Day(day) => day.and_time(NaiveTime::MIN),
            Self::Time(at, _) => at,
        }
    }

    /// On the wall where `other` is: what is compared has to be of one place.
    pub(super) fn as_seen_from(self, other: Self) -> NaiveDateTime {
        match (self, other) {
            (Self::Time(at, zone), Self::Time(_, other)) if zone != other => {
                instant(at, zone).with_timezone(&other).naive_local()
            }
            // A day and a time of it: calendars mix them for events of whole days.
            (Self::Time(at, _), Self::Day(_)) => at.date().and_time(NaiveTime::MIN),
            (Self::Day(day), Self::Time(at, _)) => day.and_time(at.time()),
            (Self::Time(at, _), Self::Time(..)) => at,
            (Self::Day(_), Self::Day(_)) => self.on_the_wall(),
        }
    }
}

/// The moment of a time on a wall: the first of two, and after a gap what the clock shows then.
pub(super) fn instant(at: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let found = [at, at + TimeDelta::hours(1)]
        .into_iter()
        .find_map(|at| at.and_local_timezone(zone).earliest());
    found.map_or(DateTime::<Utc>::MIN_UTC, |at| at.with_timezone(&Utc))
}

/// Reads what a line says, several with `,` between. `local` is the zone of times that have none.
pub(super) fn read(line: &Line, zones: &Zones, local: Tz) -> Option<Vec<Moment>> {
    let zone = match line.parameter("TZID") {
        Some(id) => zones.find(id),
        None => Some(local),
    };
    line.value.split(',').map(|text| one(text.trim(), zone)).collect()
}

fn one(text: &str, zone: Option<Tz>) -> Option<Moment> {
    // A period of RDATE begins with its start.
    let text = text.split('/').next()?;
    let Some((day, time)) = text.split_once('T') else {
        return Some(Moment::Day(NaiveDate::parse_from_str(text, "%Y%m%d").ok()?));
    };
    let day = NaiveDate::parse_from_str(day, "%Y%m%d").ok()?;
    let (time, zone) = match time.strip_suffix('Z') {
        Some(time) => (time, Some(Tz::UTC)),
        None => (time, zone),
    };
    let time = NaiveTime::parse_from_str(time, "%H%M%S").ok()?;
    Some(Moment::Time(day.and_time(time), zone?))
}

/// `P1W`, `P2D`, `PT8H30M`; nothing else than forwards.
pub(super) fn duration(text: &str) -> Option<TimeDelta> {
    let text = text.trim().trim_start_matches('+').strip_prefix('P')?;
    let mut sum = TimeDelta::zero();
    let mut digits = String::new();
    for c in text.chars() {
        let seconds = match c {
            'T' if digits.is_empty() => continue,
            '0'..='9' if digits.len() < 6 => {
                digits.push(c);
                continue;
            }
            'W' => 7 * 86_400,
            'D' => 86_400,
            'H' => 3_600,
            'M' => 60,
            'S' => 1,
            _ => return None,
        };
        let n: i64 = digits.parse().ok()?;
        sum += TimeDelta::try_seconds(n * seconds)?;
        digits.clear();
    }
    digits.is_empty().then_some(sum)
}

/// How long from `start` to `end`; without an end a day lasts its day, and a time no time (3.6.1).
pub(super) fn length(
    start: Moment,
    end: Option<Moment>,
    duration: Option<TimeDelta>,
) -> Option<TimeDelta> {
    let length = match (start, end, duration) {
        (start, Some(end), _) => end.as_seen_from(start) - start.on_the_wall(),
        (_, None, Some(duration)) => duration,
        (Moment::Day(_), None, None) => TimeDelta::days(1),
        (Moment::Time(..), None, None) => TimeDelta::zero(),
    };
    let of_a_day = matches!(start, Moment::Day(_)) && length.is_zero();
    let length = if of_a_day { TimeDelta::days(1) } else { length };
    (length >= TimeDelta::zero()).then_some(length)
}

/// The last day of whole days that begin on `from`; both the begin and the end are midnights.
pub(super) fn last_day(from: NaiveDate, length: TimeDelta) -> Option<NaiveDate> {
    let days = u64::try_from(length.num_days()).ok()?;
    from.checked_add_days(Days::new(days.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_read_or_refused() {
        for (text, seconds) in [
            ("P1D", Some(86_400)),
            ("P1W", Some(604_800)),
            ("PT8H30M", Some(30_600)),
            ("+P1DT1S", Some(86_401)),
            ("-P1D", None),
            ("P1", None),
            ("P99999999999D", None),
            ("1D", None),
            ("", None),
        ] {
            assert_eq!(duration(text).map(|d| d.num_seconds()), seconds, "{text}");
        }
    }
}
