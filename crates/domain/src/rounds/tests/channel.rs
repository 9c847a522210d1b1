//! What channels are told of their units.

use super::*;

fn told(kind: RoundKind, open: &[Callback], since: &str, today: &str) -> Option<[usize; 4]> {
    let notice = channel_notice(kind, open, at(since), date(today), &CALENDAR, &TOWN)?;
    assert_eq!((notice.kind, notice.day), (kind, date(today)));
    Some([notice.rows.len(), notice.late, notice.today, notice.broken_agreed])
}

// R25, R26
#[test]
fn a_channel_is_told_counts_of_what_stands_then() {
    let open = [
        annas(message(1, "2026-11-05 10:00")), // Thursday: the last day is Monday 9
        annas(message(2, "2026-11-06 10:00")), // the last day is Tuesday 10
        tried(annas(message(3, "2026-11-05 11:00")), "2026-11-06 09:00"),
        annas(listed(4, "2026-11-09 15:00")),
    ];
    let tuesday = "2026-11-10";
    for (kind, since, expected) in [
        (RoundKind::New, "2026-11-09 12:00", Some([1, 0, 0, 0])),
        (RoundKind::New, "2026-11-09 16:00", None),
        (RoundKind::Digest, tuesday_morning(), Some([4, 1, 1, 0])),
        (RoundKind::Nudge, tuesday_morning(), Some([1, 0, 1, 0])),
        (RoundKind::ManagerList, tuesday_morning(), Some([2, 1, 1, 0])),
        (RoundKind::Alarm, tuesday_morning(), None),
        (RoundKind::Silence, tuesday_morning(), None),
        (RoundKind::Faults, tuesday_morning(), None),
        (RoundKind::Test, tuesday_morning(), None),
    ] {
        assert_eq!(told(kind, &open, since, tuesday), expected, "{kind:?}");
    }
}

fn tuesday_morning() -> &'static str {
    "2026-11-10 08:00"
}

// Silence must not be mistaken for health.
#[test]
fn nothing_to_say_is_said_once_a_week_and_only_in_the_list() {
    for (kind, today, expected) in [
        (RoundKind::ManagerList, "2026-11-09", Some([0; 4])),
        (RoundKind::ManagerList, "2026-11-10", None),
        (RoundKind::Digest, "2026-11-09", None),
        (RoundKind::New, "2026-11-09", None),
    ] {
        assert_eq!(told(kind, &[], tuesday_morning(), today), expected, "{kind:?} {today}");
    }
}
