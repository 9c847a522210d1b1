//! Bytes from outside, right and wrong: what comes of them is days that make sense, or a reason.

use super::*;
use proptest::prelude::*;

const NAMES: &str = "(DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|SUMMARY|UID|ATTENDEE|RECURRENCE-ID|STATUS|TRANSP|BEGIN|END|X)";
const PARAMETERS: &str =
    "(;VALUE=DATE|;TZID=Europe/Stockholm|;TZID=\"W. Europe\"|;TZID=Nowhere|;)?";
const VALUES: &str = "(2026(1[0-3])([0-3][0-9])(T[0-2][0-9]0000Z?)?|P[0-9]{1,9}[DWH]|PT[0-9]{1,3}H|\
    FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY|SECONDLY)(;COUNT=[0-9]{1,6})?(;INTERVAL=[0-9]{1,6})?(;BYDAY=(MO|-1SU|9FR))?|\
    VEVENT|VCALENDAR|Anna Ek|mailto:0@kommun.example|CANCELLED|TRANSPARENT|å{0,5}|[ -~]{0,20})";

fn line() -> impl Strategy<Value = String> {
    (NAMES, PARAMETERS, VALUES).prop_map(|(name, how, value)| format!("{name}{how}:{value}"))
}

proptest! {
    #[test]
    fn any_event_is_days_within_sight_or_is_skipped(
        lines in proptest::collection::vec(line(), 0..8),
        of_a_team: bool,
        all_day_only: bool,
    ) {
        let file = calendar(&[&lines.join("\r\n")]);
        let reading = reading(of_a_team, all_day_only);
        let (first, end) = reading.window;
        if let Ok(Read { away, .. }) = read(file.as_bytes(), &reading) {
            for away in away {
                prop_assert!(away.from <= away.to, "{away:?}");
                prop_assert!(away.to >= first && away.from < end, "{away:?}");
            }
        }
    }

    #[test]
    fn any_bytes_are_a_calendar_or_none(noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        let mut file = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n".to_vec();
        file.extend(&noise);
        for bytes in [file, noise] {
            if let Ok(Read { away, .. }) = read(&bytes, &reading(true, false)) {
                prop_assert!(away.iter().all(|away| away.from <= away.to));
            }
        }
    }
}
