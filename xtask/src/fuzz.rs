//! `cargo xtask fuzz`

mod report;
mod seeds;

use self::report::Outcome as Found;
use crate::step::{Outcome, answers, cargo, root, step, succeeds};
use anyhow::{Context, Result};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::{env, fs};

/// Long enough to try some ten thousand inputs of each kind.
const SECONDS: u64 = 30;

/// One input takes well under a millisecond; one that takes longer than this is a way to stop the service.
const TIMEOUT: &str = "-timeout=10";

const MEMORY: &str = "-rss_limit_mb=2048";

/// Everything that comes of it, under the workspace's own folder for what is built.
const FOLDER: &str = "target/fuzz";

/// No sanitizer: it would take a nightly compiler, and the product has no unsafe code of its own.
const OPTIONS: [&str; 4] = ["--sanitizer", "none", "--target-dir", FOLDER];

/// Gives each target, or those that are named, so many seconds to find a panic, a hang, or memory without end.
///
/// # Errors
/// When there is no such target, or something could not be started.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    let all = targets()?;
    let (seconds, named) = match arguments.split_first() {
        Some((first, rest)) if first.parse::<u64>().is_ok() => (first.parse()?, rest),
        _ => (SECONDS, arguments),
    };
    if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
        eprintln!("xtask: there is no target \"{unknown}\"; there are: {}", all.join(", "));
        return Ok(ExitCode::from(2));
    }
    if step("cargo-fuzz", install)? == Outcome::Failed || step("build", build)? == Outcome::Failed {
        return Ok(ExitCode::FAILURE);
    }
    let mut found = Vec::new();
    for target in if named.is_empty() { &all } else { named } {
        step(target, || {
            let outcome = fuzz(target, seconds)?;
            let well = Outcome::of(outcome.is_well());
            found.push(outcome);
            Ok(well)
        })?;
    }
    println!("\n{}", report::table(&found));
    let ill: Vec<&Found> = found.iter().filter(|outcome| !outcome.is_well()).collect();
    for outcome in &ill {
        println!("{}", outcome.told(&OPTIONS));
    }
    Ok(if ill.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// By the names of their files, in alphabetical order.
fn targets() -> Result<Vec<String>> {
    let files = fs::read_dir(root().join("fuzz/fuzz_targets")).context("there are no targets")?;
    let paths = files.flatten().map(|file| file.path());
    let mut names: Vec<String> =
        paths.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    Ok(names)
}

fn install() -> Result<Outcome> {
    if answers(&mut cargo(["fuzz", "--version"])) {
        return Ok(Outcome::Done);
    }
    Ok(Outcome::of(succeeds(&mut cargo(["install", "cargo-fuzz", "--locked"]))?))
}

fn build() -> Result<Outcome> {
    Ok(Outcome::of(succeeds(cargo_fuzz("build").args(OPTIONS))?))
}

/// As typed by hand: what `cargo run` tells this chore about itself would have ring, and all above it, built anew.
fn cargo_fuzz(command: &str) -> Command {
    let mut cargo = cargo(["fuzz", command]);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

fn fuzz(target: &str, seconds: u64) -> Result<Found> {
    let [corpus, sown, artifacts] =
        ["corpus", "seeds", "artifacts"].map(|folder| folder_of(folder, target));
    for folder in [&corpus, &artifacts] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    seeds::sow(target, root(), &sown)?;
    let mut command = cargo_fuzz("run");
    command.args(OPTIONS).arg(target).args([&corpus, &sown]).args(["--", TIMEOUT, MEMORY]);
    command.arg(format!("-max_total_time={seconds}")).arg("-print_final_stats=1");
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    let output = command.output().with_context(|| format!("cannot start {target}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    Ok(Found::read(target, output.status.success(), &log))
}

fn folder_of(kind: &str, target: &str) -> PathBuf {
    root().join(FOLDER).join(kind).join(target)
}
