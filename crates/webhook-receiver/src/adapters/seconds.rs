//! Times as PBXs write them: how long something took, instants counted from 1970, and which instants are believed.

use chrono::{DateTime, LocalResult, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// No call and no message lasts a week; a longer time is a mistake.
const LONGEST: f64 = 7.0 * 86_400.0;
/// The year 2200; later is a mistake, and far below what a date can hold.
const LATEST: f64 = 7_258_118_400.0;
const MILLIS: f64 = 1_000.0;
const MICROS: f64 = 1_000_000.0;

/// A length of time, whole or with a fraction; `None` for what is none: words, negative, endless.
pub(super) fn length(text: &str) -> Option<TimeDelta> {
    let seconds = number(text).filter(|s| (0.0..=LONGEST).contains(s))?;
    TimeDelta::try_milliseconds((seconds * MILLIS).round() as i64)
}

/// An instant to the microsecond; `None` for 0, which means "never", and for what is no instant.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    let seconds = number(text).filter(|s| *s > 0.0 && *s < LATEST)?;
    DateTime::from_timestamp_micros((seconds * MICROS).round() as i64)
}

/// An instant that was written as a date, to the microsecond that databases keep; `None` before 1970 and after 2200.
pub(super) fn believable(at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let at = DateTime::from_timestamp_micros(at.timestamp_micros())?;
    (at.timestamp() > 0 && (at.timestamp() as f64) < LATEST).then_some(at)
}

/// A length in milliseconds.
pub(super) fn length_of_millis(text: &str) -> Option<TimeDelta> {
    let millis = number(text).filter(|ms| (0.0..=LONGEST * MILLIS).contains(ms))?;
    TimeDelta::try_milliseconds(millis.round() as i64)
}

/// An instant in milliseconds since 1970; `None` for 0 and for what is no instant.
pub(super) fn instant_of_millis(text: &str) -> Option<DateTime<Utc>> {
    let millis = number(text).filter(|ms| *ms > 0.0 && *ms < LATEST * MILLIS)?;
    DateTime::from_timestamp_millis(millis.round() as i64)
}

/// An instant as RFC 3339 writes it, with its zone.
pub(super) fn written(text: &str) -> Option<DateTime<Utc>> {
    believable(DateTime::parse_from_rfc3339(text.trim()).ok()?.to_utc())
}

/// How long it was from one instant to another; `None` where one is unknown, or the other way round, or mad.
pub(super) fn between(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Option<TimeDelta> {
    let length = to? - from?;
    (0.0..=LONGEST * MILLIS).contains(&(length.num_milliseconds() as f64)).then_some(length)
}

/// A length of time as a clock shows it, `hh:mm:ss`, with a fraction or without; `None` for what is none.
pub(super) fn clock(text: &str) -> Option<TimeDelta> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let [hours, minutes, seconds] = <[&str; 3]>::try_from(parts).ok()?.map(length);
    let total = hours?.checked_mul(3_600)?.checked_add(&minutes?.checked_mul(60)?)?;
    let total = total.checked_add(&seconds?)?;
    (total.num_seconds() <= LONGEST as i64).then_some(total)
}

/// An instant that a PBX writes in its own zone, `2026-11-09 14:20:00`, or with slashes; of the two of an hour that comes twice in autumn,
/// the one that is nearer to `near`, or the first.
pub(super) fn local(text: &str, zone: Tz, near: Option<DateTime<Utc>>) -> Option<DateTime<Utc>> {
    let text = text.trim().replace('T', " ").replace('/', "-");
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S%.f").ok()?;
    let at = match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => at.to_utc(),
        LocalResult::Ambiguous(first, second) => {
            let distance = |at: &DateTime<Utc>| near.map(|near| (*at - near).abs());
            [first.to_utc(), second.to_utc()].into_iter().min_by_key(distance)?
        }
        // An hour that spring leaves out: the PBX's clock has not been put forward yet.
        LocalResult::None => {
            let before = local.checked_sub_signed(TimeDelta::hours(1))?;
            zone.from_local_datetime(&before).single()?.to_utc() + TimeDelta::hours(1)
        }
    };
    believable(at)
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_whole_and_with_a_fraction() {
        assert_eq!(length("122"), Some(TimeDelta::seconds(122)));
        assert_eq!(length(" 0 "), Some(TimeDelta::zero()));
        assert_eq!(length("2.008"), Some(TimeDelta::milliseconds(2008)));
        assert_eq!(length("604800"), Some(TimeDelta::days(7)));
    }

    #[test]
    fn instants_keep_their_microseconds_and_zero_is_never() {
        let at = instant("1794215430.104233").unwrap();
        assert_eq!(at.to_rfc3339(), "2026-11-09T09:10:30.104233+00:00");
        assert_eq!(instant("0.000000"), None);
    }

    #[test]
    fn milliseconds_and_written_instants_are_read_as_the_same() {
        let at = written("2026-11-09T10:10:30.104+01:00");
        assert_eq!(at, instant_of_millis("1794215430104"));
        assert_eq!(between(instant("1794215430"), at), length_of_millis("104"));
        assert_eq!(between(at, instant("1794215430")), None, "the other way round");
        assert_eq!(between(instant("1"), at), None, "56 years");
        assert_eq!(length_of_millis("64000.0"), length("64"));
        for text in
            ["", "0", "-1", "NaN", "1e300", "x", "2026-02-30T10:00:00Z", "2026-11-09T10:10:30"]
        {
            assert_eq!((instant_of_millis(text), written(text)), (None, None), "{text}");
        }
    }

    #[test]
    fn a_clock_shows_hours_minutes_and_seconds() {
        assert_eq!(clock("00:02:02"), Some(TimeDelta::seconds(122)));
        assert_eq!(clock(" 1:00:00.5 "), Some(TimeDelta::milliseconds(3_600_500)));
        assert_eq!(clock("168:00:00"), Some(TimeDelta::days(7)));
        for text in
            ["", "122", "02:02", "1:2:3:4", "::", "a:b:c", "-1:00:00", "604800:604800:604800"]
        {
            assert_eq!(clock(text), None, "{text}");
        }
    }

    // R9
    #[test]
    fn a_local_time_is_read_in_its_zone_also_when_clocks_change() {
        let stockholm = chrono_tz::Europe::Stockholm;
        let at = |text: &str, near: Option<&str>| {
            let near = near.map(|near| near.parse().unwrap());
            local(text, stockholm, near).map(|at| at.to_rfc3339())
        };
        let utc = |text: &str| Some(format!("{text}+00:00"));
        assert_eq!(at("2026-11-09 14:20:00", None), utc("2026-11-09T13:20:00"));
        assert_eq!(at("2026-07-09T14:20:00.5", None), utc("2026-07-09T12:20:00.500"));
        assert_eq!(at("2026/07/09 14:20:00", None), utc("2026-07-09T12:20:00"));
        assert_eq!(at("2026-10-25 02:30:00", None), utc("2026-10-25T00:30:00"));
        let second = Some("2026-10-25T01:29:59Z");
        assert_eq!(at("2026-10-25 02:30:00", second), utc("2026-10-25T01:30:00"));
        assert_eq!(at("2026-03-29 02:30:00", None), utc("2026-03-29T01:30:00"));
        for text in ["", "2026-13-01 00:00:00", "1969-12-31 00:00:00", "9999-12-31 23:59:59", "now"]
        {
            assert_eq!(at(text, None), None, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_or_a_mad_one_is_unknown() {
        let endless = "9".repeat(1_000_000);
        for text in [
            "",
            "-1",
            "NaN",
            "inf",
            "1e300",
            "two",
            "1,5",
            "\u{0}",
            "1794215430.1.2",
            "٣",
            &endless,
        ] {
            assert_eq!(length(text), None);
            assert_eq!(instant(text), None);
        }
        assert_eq!(length("604801"), None, "longer than a week");
        assert_eq!(instant("1831400000000"), None, "the year 60000, or milliseconds");
    }
}
