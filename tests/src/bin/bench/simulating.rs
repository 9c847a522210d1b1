//! `aterkom simulate`: calls a second, beside inventing the same calls without playing them.

use crate::Plan;
use crate::samples::{Samples, head, row};
use aterkom_tests::binary;
use chrono::NaiveDate;
use clock::Stopwatch;
use simulation::{Town, Traffic};
use workalendar::WorkCalendar;

const EMPLOYEES: usize = 500;
const DAYS: u64 = 365;

/// Plays a year with the released binary, in turns with its calls alone.
pub(crate) fn measure(plan: Plan) {
    println!("\n### `aterkom simulate`, {EMPLOYEES} employees, a year of {} calls", plan.calls);
    let (mut ours, mut theirs, mut ratio) =
        (Samples::default(), Samples::default(), Samples::default());
    for _ in 0..plan.repetitions {
        let (played, invented) = (play(plan.calls), invent(plan.calls));
        ours.add(played);
        theirs.add(invented);
        ratio.add(played / invented);
    }
    head(&["played, calls/s", "only invented, calls/s", "ratio"]);
    row(&[ours.told(0), theirs.told(0), ratio.told(2)]);
}

fn play(calls: u64) -> f64 {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (employees, number) = (EMPLOYEES.to_string(), calls.to_string());
    let words = ["simulate", "--csv", "--employees", &employees, "--calls", &number];
    let more = ["--behaviour", "ordinary", "--from", "2026-01-01"];
    let mut command = binary::command(folder.path(), &[&words[..], &more[..]].concat());
    let began = Stopwatch::start();
    let played = command.output().expect("the binary starts");
    let took = began.elapsed();
    assert!(played.status.success(), "{}", String::from_utf8_lossy(&played.stderr));
    calls as f64 / took.as_secs_f64()
}

fn invent(calls: u64) -> f64 {
    let began = Stopwatch::start();
    let calendar = WorkCalendar::sweden();
    let town = Town::invented(EMPLOYEES);
    let first = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
    let mut traffic = Traffic::invented(&town, calls, (first, DAYS), &calendar);
    let mut rng = fastrand::Rng::with_seed(1);
    let days = first.iter_days().take(365);
    let invented: usize = days.map(|day| traffic.of_day(day, &calendar, &mut rng).len()).sum();
    assert!(invented as u64 > calls / 2, "{invented} of {calls} calls were invented");
    invented as f64 / began.elapsed().as_secs_f64()
}
