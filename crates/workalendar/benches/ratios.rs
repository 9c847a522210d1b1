//! How fast counting is beside the `bdays` crate with the same holidays, and beside the time zone's own work.
//!
//! `cargo bench -p workalendar` prints criterion's figures, then a table of ratios, and fails when a goal is missed.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use bdays::{HolidayCalendar as _, HolidayCalendarCache};
use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use criterion::Criterion;
use workalendar::{CachedCalendar, HolidayCalendar, Sweden, WorkCalendar};

/// One question, asked of two that answer it.
struct Pair {
    name: &'static str,
    goal: Goal,
}

enum Goal {
    /// So many times as fast as the other, or more.
    Faster(f64),
    /// At most so many times the other's time.
    Within(f64),
    /// At most so many milliseconds, whatever the other takes.
    Milliseconds(f64),
}

const PAIRS: [Pair; 5] = [
    Pair { name: "add 2 days", goal: Goal::Faster(3.0) },
    Pair { name: "add 250 days", goal: Goal::Faster(50.0) },
    Pair { name: "count between", goal: Goal::Faster(2.0) },
    Pair { name: "due_at of an instant", goal: Goal::Within(1.5) },
    Pair { name: "build 111 years", goal: Goal::Milliseconds(5.0) },
];

const OURS: &str = "workalendar";
const OTHER: &str = "beside";

fn main() -> ExitCode {
    let results = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ratios");
    // What an earlier run measured is not what this one did.
    let _ = std::fs::remove_dir_all(&results);
    let mut criterion = Criterion::default().output_directory(&results).configure_from_args();
    counting(&mut criterion);
    due(&mut criterion);
    building(&mut criterion);
    criterion.final_summary();
    if std::env::args().any(|argument| argument == "--test") {
        return ExitCode::SUCCESS; // run once each, and not measured
    }
    report(&results)
}

/// Days of this and the next decades in no order that a processor could learn.
fn days() -> Vec<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1991, 1, 1).expect("a date");
    (0..1000_i64).map(|n| first + TimeDelta::days(n * 7_919 % 36_000)).collect()
}

fn counting(criterion: &mut Criterion) {
    let days = days();
    let ours = CachedCalendar::new(Sweden, 1990..=2100);
    let [first, last] = [(1990, 1, 1), (2100, 12, 31)]
        .map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).expect("a date"));
    let other = HolidayCalendarCache::new(Sweden, first, last);
    for (pair, n) in PAIRS[..2].iter().zip([2, 250]) {
        let mut group = criterion.benchmark_group(pair.name);
        group.bench_function(OURS, |bencher| {
            bencher.iter(|| {
                for day in &days {
                    black_box(ours.add_working_days(black_box(*day), n)).expect("within its years");
                }
            });
        });
        group.bench_function(OTHER, |bencher| {
            bencher.iter(|| {
                for day in &days {
                    black_box(other.advance_bdays(black_box(*day), n));
                }
            });
        });
    }
    let mut group = criterion.benchmark_group(PAIRS[2].name);
    group.bench_function(OURS, |bencher| {
        bencher.iter(|| {
            for pair in days.windows(2) {
                black_box(ours.working_days_between(black_box(pair[0]), black_box(pair[1])));
            }
        });
    });
    group.bench_function(OTHER, |bencher| {
        bencher.iter(|| {
            for pair in days.windows(2) {
                black_box(other.bdays(black_box(pair[0]), black_box(pair[1])));
            }
        });
    });
}

fn due(criterion: &mut Criterion) {
    let office = WorkCalendar::sweden();
    let zone = Tz::Europe__Stockholm;
    let received: Vec<DateTime<Utc>> = days()
        .iter()
        .enumerate()
        .map(|(n, day)| {
            day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::minutes(n as i64)
        })
        .collect();
    let mut group = criterion.benchmark_group(PAIRS[3].name);
    group.bench_function(OURS, |bencher| {
        bencher.iter(|| {
            for at in &received {
                black_box(office.due_at(black_box(*at), 2)).expect("within its years");
            }
        });
    });
    // What nobody can do without: the local date of the instant, and the instant of a closing time.
    let closing: Vec<_> = received.iter().map(|at| office.due_on(*at, 2).expect("a day")).collect();
    group.bench_function(OTHER, |bencher| {
        bencher.iter(|| {
            for (at, day) in received.iter().zip(&closing) {
                black_box(black_box(*at).with_timezone(&zone).date_naive());
                let wall = black_box(*day).and_hms_opt(17, 0, 0).expect("17:00");
                black_box(zone.from_local_datetime(&wall).earliest()).expect("never skipped");
            }
        });
    });
}

fn building(criterion: &mut Criterion) {
    let [first, last] = [(1990, 1, 1), (2100, 12, 31)]
        .map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).expect("a date"));
    let mut group = criterion.benchmark_group(PAIRS[4].name);
    group.bench_function(OURS, |bencher| bencher.iter(|| CachedCalendar::new(Sweden, 1990..=2100)));
    group.sample_size(10);
    group.bench_function(OTHER, |bencher| {
        bencher.iter(|| HolidayCalendarCache::new(Sweden, first, last));
    });
}

fn report(results: &Path) -> ExitCode {
    println!("| question | workalendar | beside it | ratio | goal | holds |");
    println!("|---|---|---|---|---|---|");
    let mut all_hold = true;
    for Pair { name, goal } in PAIRS {
        let [ours, other] =
            [OURS, OTHER].map(|function| median(&results.join(name).join(function)));
        let (Some(ours), Some(other)) = (ours, other) else {
            println!("| {name} | not measured | | | | |"); // filtered out on the command line
            continue;
        };
        let (ratio, goal, holds) = match goal {
            Goal::Faster(times) => {
                let ratio = other / ours;
                (format!("{ratio:.1} times as fast"), format!("at least {times}"), ratio >= times)
            }
            Goal::Within(times) => {
                let ratio = ours / other;
                (format!("{ratio:.2} times its time"), format!("at most {times}"), ratio <= times)
            }
            Goal::Milliseconds(most) => {
                let ratio = other / ours;
                let holds = ours <= most * 1e6;
                (format!("{ratio:.1} times as fast"), format!("under {most} ms"), holds)
            }
        };
        all_hold &= holds;
        let holds = if holds { "yes" } else { "NO" };
        println!("| {name} | {} | {} | {ratio} | {goal} | {holds} |", show(ours), show(other));
    }
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Nanoseconds of one iteration, as criterion found them in this run.
fn median(function: &Path) -> Option<f64> {
    let estimates: PathBuf = function.join("new").join("estimates.json");
    let text = std::fs::read_to_string(estimates).ok()?;
    let estimates: serde_json::Value = serde_json::from_str(&text).ok()?;
    estimates["median"]["point_estimate"].as_f64()
}

/// Of a thousand questions, or of one building.
fn show(nanoseconds: f64) -> String {
    format!("{:.1} µs", nanoseconds / 1e3)
}
