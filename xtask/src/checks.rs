//! Formatting and lints.

use crate::step::{Outcome, answers, cargo, in_ci, succeeds};
use anyhow::Result;

/// `cargo fmt`, which changes nothing here.
pub(crate) fn formatting() -> Result<Outcome> {
    if !answers(&mut cargo(["fmt", "--version"])) {
        return Ok(without("rustfmt"));
    }
    let workspace = succeeds(&mut cargo(["fmt", "--all", "--check"]))?;
    let targets = ["fmt", "--manifest-path", "fuzz/Cargo.toml", "--check"];
    Ok(Outcome::of(succeeds(&mut cargo(targets))? && workspace))
}

/// `cargo clippy` over every target; a warning fails.
pub(crate) fn lints() -> Result<Outcome> {
    if !answers(&mut cargo(["clippy", "--version"])) {
        return Ok(without("clippy"));
    }
    Ok(Outcome::of(succeeds(&mut cargo([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?))
}

fn without(component: &str) -> Outcome {
    let advice = format!("{component} is not installed: rustup component add {component}");
    if in_ci() {
        println!("    {advice}");
        return Outcome::Failed;
    }
    Outcome::Skipped(advice)
}
