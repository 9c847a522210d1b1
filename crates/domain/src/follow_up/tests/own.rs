//! One person's own figures.

use super::line;
use crate::calendars::UnitCalendars;
use crate::follow_up::{ByMessage, Followed, Group, own};
use crate::testing::{CALENDAR, date};

fn counted(lines: &[Followed]) -> ByMessage {
    own(lines, (&CALENDAR, &UnitCalendars::NONE), date("2026-11-30"))
}

// R31, R32: counted as a unit's, and shown however few there are: nobody else is told.
#[test]
fn ones_own_are_counted_as_a_units_and_shown_however_few() {
    let silent = Followed { has_message: false, ..line("2026-11-09 10:00", "2026-11-11") };
    let figures = counted(&[
        line("2026-11-09 10:00", "2026-11-11").attempted("2026-11-10 09:00"),
        line("2026-11-09 10:00", "2026-11-11").reached("2026-11-11 09:00"),
        line("2026-11-27 10:00", "2026-12-01"),
        silent,
    ]);
    let (Group::Shown(with), Group::Shown(without)) = (&figures.with, &figures.without) else {
        panic!("both are shown: {figures:?}")
    };
    assert_eq!((with.counted, with.ended), (3, 2));
    assert_eq!((with.attempted.one, with.attempted.two), (1, 2));
    assert_eq!((with.reached.one, with.reached.two), (0, 1));
    assert_eq!((without.counted, without.ended, without.attempted.two), (1, 1, 0));
    assert_eq!(counted(&[]), ByMessage { with: Group::Nothing, without: Group::Nothing });
}
