//! Times as PBXs write them: how long something took, instants counted from 1970, and which instants are believed.

use chrono::{DateTime, TimeDelta, Utc};

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
