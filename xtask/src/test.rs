//! `cargo xtask test`

use crate::step::{Outcome, cargo, in_ci, step, succeeds};
use crate::tally::Tally;
use crate::{checks, needs, purity};
use anyhow::{Context, Result};
use std::env;
use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, ExitCode, Stdio};

type Check = fn() -> Result<Outcome>;

const CHECKS: [(&str, Check); 3] =
    [("formatting", checks::formatting), ("lints", checks::lints), ("purity", purity::check)];

/// Everything without `arguments`; with them `cargo test` alone.
///
/// # Errors
/// [`needs::Missing`] when a need can neither be found nor installed; otherwise what could not be started.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let mut failed = Vec::new();
    if arguments.is_empty() {
        step("needs", needs::meet)?;
        for (name, check) in CHECKS {
            if step(name, check)? == Outcome::Failed {
                failed.push(name);
            }
        }
    } else {
        println!(
            "    only `cargo test` with these arguments: needs, formatting, lints and purity are left out"
        );
    }

    let mut tally = Tally::default();
    // The tests start the product's own binary, which `cargo test` alone would not build. It is built with the features that
    // the tests ask for, or everything from the database drivers up would be compiled twice.
    let words = ["build", "--workspace", "--bin", "aterkom", "--features", "workalendar/bdays"];
    if step("the binary", || Ok(Outcome::of(succeeds(&mut cargo(words))?)))? == Outcome::Failed {
        failed.push("the binary (not compiled)");
    }
    let ended_well = step("tests", || tests(arguments, &mut tally))? == Outcome::Done;
    // A binary that did not compile, or died, gives no count of its own; the last line must not look well then.
    if !ended_well && tally.failed == 0 {
        failed.push("tests (not compiled, or ended before their summary)");
    }
    Ok(report(&tally, &failed))
}

fn tests(arguments: &[String], tally: &mut Tally) -> Result<Outcome> {
    let mut child =
        command(arguments).stdout(Stdio::piped()).spawn().context("cannot start cargo test")?;
    let mut lines = BufReader::new(child.stdout.take().expect("stdout is piped"));
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        io::stdout().write_all(&line)?;
        tally.hear(String::from_utf8_lossy(&line).trim_end());
        line.clear();
    }
    Ok(Outcome::of(child.wait()?.success()))
}

fn command(arguments: &[String]) -> Command {
    let mut command = cargo(["test", "--no-fail-fast"]);
    if !arguments
        .iter()
        .any(|argument| argument.starts_with("-p") || argument.starts_with("--package"))
    {
        command.arg("--workspace");
    }
    // A run compares snapshots and writes none, unless somebody at a keyboard asked for it.
    if in_ci() || env::var_os("INSTA_UPDATE").is_none() {
        command.env("INSTA_UPDATE", "no");
    }
    command.args(arguments);
    command
}

/// Failed checks count as failed, so that the last line says `0 failed` only when all is well.
fn report(tally: &Tally, failed: &[&str]) -> ExitCode {
    let ran = tally.passed + tally.failed;
    let not_well = tally.failed + u32::try_from(failed.len()).expect("there are few checks");
    println!();
    println!(
        "{ran} tests ran: {} on SQLite, {} on PostgreSQL; {} ignored",
        tally.on_sqlite, tally.on_postgres, tally.ignored
    );
    for name in failed {
        println!("failed besides tests: {name}");
    }
    if ran == 0 {
        println!("no test ran, which proves nothing");
    }
    println!("{} passed, {not_well} failed", tally.passed);
    if not_well == 0 && ran > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
