//! The project's chores. `cargo xtask test` sets up what the tests need and runs everything; `cargo xtask bench` measures.

mod bench;
mod browser_binaries;
mod checks;
mod fuzz;
mod needs;
mod postgres_binaries;
mod purity;
mod screenshots;
mod step;
mod tally;
mod test;

use std::env;
use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask test [FILTER AND OTHER ARGUMENTS OF `cargo test`]
       cargo xtask bench [--quick] [intake|passes|pages|readers|sending|simulating|idle …]
       cargo xtask fuzz [SECONDS] [TARGET …]
       cargo xtask screenshots [mails [FOLDER]]
       cargo xtask needs

  test   without more words: install what the tests need, check formatting, lints and purity, run every test;
         with more words: only `cargo test` with them
  bench  measure speed beside a baseline on this machine, all of it or the parts that are named; prints Markdown
  fuzz   search what reads bytes from outside for panics, hangs and memory without end: 30 seconds for each target in fuzz/,
         or as many as are said; prints how to see again what it found
  screenshots
         take the pictures in docs/pictures anew; with more words: only those of mails, or of the .eml files in that folder
  needs  only install what the tests need
";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let done = match words.split_first() {
        Some((chore, rest)) if chore == "test" => test::run(rest),
        Some((chore, rest)) if chore == "bench" => bench::run(rest),
        Some((chore, rest)) if chore == "fuzz" => fuzz::run(rest),
        Some((chore, [])) if chore == "needs" => {
            step::step("needs", needs::meet).map(|_| ExitCode::SUCCESS)
        }
        Some((chore, rest)) if chore == "screenshots" => screenshots::run(rest),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    done.unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::from(if error.is::<needs::Missing>() { 2 } else { 1 })
    })
}
