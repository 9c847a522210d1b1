//! `cargo xtask bench`

use crate::needs;
use crate::step::{Outcome, cargo, step, succeeds};
use anyhow::{Context, Result};
use std::process::ExitCode;

/// Sets up what it takes, builds the product and the benchmark as they are released, and runs it with `arguments`.
///
/// # Errors
/// [`needs::Missing`] when a need can neither be found nor installed; otherwise what could not be started.
pub(crate) fn run(arguments: &[String]) -> Result<ExitCode> {
    step("needs", needs::meet)?;
    // Both at once, so that they are built with the same features and once only.
    let build = ["build", "--release", "-p", "aterkom", "-p", "aterkom-tests", "--bins"];
    if step("the release build", || Ok(Outcome::of(succeeds(&mut cargo(build))?)))?
        == Outcome::Failed
    {
        return Ok(ExitCode::FAILURE);
    }
    let mut bench = cargo(["run", "--quiet", "--release", "-p", "aterkom-tests", "--bin", "bench"]);
    bench.arg("--").args(arguments);
    let status = bench.status().context("cannot start the benchmark")?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
