//! A quarter in an invented town.

use crate::{Behaviour, Kept, Played, Role, Tally, Town, Traffic, simulate};
use chrono::NaiveDate;
use domain::policy::{MissedCalls, Policy};
use domain::rounds::Schedule;
use domain::transitions::Rules;
use workalendar::WorkCalendar;

const FIRST: NaiveDate = NaiveDate::from_ymd_opt(2026, 9, 1).expect("a day");
const DAYS: u64 = 90;

fn played(behaviour: Behaviour, missed_calls: MissedCalls, seed: u64) -> Tally {
    let (town, calendar) = (Town::invented(30), WorkCalendar::sweden());
    let policy = Policy { missed_calls, ..Policy::default() };
    let schedule = Schedule::default();
    let mut traffic = Traffic::invented(&town, 3_000, (FIRST, DAYS), &calendar);
    let rules = Rules::new(&policy, &calendar);
    let played = Played { rules, schedule: &schedule, behaviour, first: FIRST, days: DAYS, seed };
    simulate(&town, played, &mut traffic, |_| {})
}

fn share(kept: Kept) -> f64 {
    kept.share().expect("something was promised")
}

#[test]
fn the_same_seed_gives_the_same_year_and_another_one_another() {
    let first = played(Behaviour::ORDINARY, MissedCalls::Deadline, 7);
    assert_eq!(first, played(Behaviour::ORDINARY, MissedCalls::Deadline, 7));
    assert_ne!(first, played(Behaviour::ORDINARY, MissedCalls::Deadline, 8));
}

#[test]
fn all_calls_are_played_and_everything_that_opened_is_counted_once() {
    for behaviour in Behaviour::ALL {
        let tally = played(behaviour, MissedCalls::Deadline, 1);
        let whole = tally.whole;
        assert!(whole.calls >= 3_000, "{whole:?}");
        let (with, without) = (whole.with_message, whole.without_message);
        let over = with.ended + without.ended + whole.excluded;
        assert!(over <= whole.callbacks && whole.callbacks > 300, "{whole:?}");
        for kept in [with, without] {
            assert!(kept.kept + kept.late <= kept.ended && kept.reached <= kept.ended, "{kept:?}");
        }
        let months = tally.months.values();
        assert_eq!(months.clone().map(|m| m.mails).sum::<u64>(), whole.mails);
        assert_eq!(months.map(|m| m.with_message.ended).sum::<u64>(), with.ended);
        let of_kinds: u64 = tally.mails_of_kind.values().sum();
        let of_days: u64 = tally.mails_a_day.values().map(crate::Histogram::sum).sum();
        assert_eq!((of_kinds, of_days), (whole.mails, whole.mails));
        // R25: two a day besides those of *new*, of which there are 17 at most.
        let most = tally.mails_a_day[&Role::Employee].max().expect("there are mails");
        assert!(most <= 19, "{most}");
        assert!(tally.mails_a_day[&Role::Manager].max() <= Some(1), "one list a day");
    }
}

#[test]
fn who_calls_back_sooner_keeps_more_and_is_told_less() {
    let [diligent, ordinary, pressed] =
        [Behaviour::DILIGENT, Behaviour::ORDINARY, Behaviour::PRESSED]
            .map(|behaviour| played(behaviour, MissedCalls::Deadline, 3));
    let kept = [&diligent, &ordinary, &pressed].map(|t| share(t.whole.with_message));
    assert!(kept.is_sorted_by(|a, b| a > b), "{kept:?}");
    let lists = [&diligent, &ordinary, &pressed].map(|t| t.rows[&Role::Manager].mean());
    assert!(lists.is_sorted_by(|a, b| a < b), "{lists:?}");
}

// R2
#[test]
fn a_policy_that_promises_less_tells_less() {
    let [all, listed, ignored] = [MissedCalls::Deadline, MissedCalls::List, MissedCalls::Ignore]
        .map(|missed_calls| played(Behaviour::ORDINARY, missed_calls, 5));
    assert!(all.whole.without_message.ended > 0);
    assert_eq!(listed.whole.without_message.ended, 0, "nothing was promised");
    assert!(listed.whole.excluded > 0);
    assert_eq!(ignored.whole.without_message.ended, 0);
    assert!(ignored.whole.callbacks < all.whole.callbacks);
    let nudges = [&all, &listed, &ignored].map(|t| t.mails_of_kind["nudge"]);
    assert!(nudges[1] < nudges[0] && ignored.whole.mails < all.whole.mails, "{nudges:?}");
}

#[test]
fn a_percentile_is_a_value_that_was_seen() {
    let mut histogram = crate::Histogram::default();
    assert_eq!((histogram.percentile(50), histogram.max(), histogram.mean()), (None, None, 0.0));
    histogram.add_many(0, 90);
    histogram.add_many(3, 9);
    histogram.add(7);
    assert_eq!([50, 90, 91, 99, 100].map(|p| histogram.percentile(p)), [0, 0, 3, 3, 7].map(Some));
    assert_eq!((histogram.len(), histogram.sum()), (100, 34));
}
