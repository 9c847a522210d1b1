//! `cargo xtask screenshots [mails [FOLDER]]`

use crate::needs;
use crate::step::{Outcome, cargo, step, succeeds};
use anyhow::Result;
use std::process::ExitCode;

/// Where the pictures go, from the workspace's root.
const FOLDER: &str = "docs/pictures";

/// Takes the pictures of the documentation anew: all of them, or those that `words` ask for.
///
/// # Errors
/// [`needs::Missing`] when there is no browser; otherwise what could not be started.
pub(crate) fn run(words: &[String]) -> Result<ExitCode> {
    step("needs", needs::meet)?;
    let taken = step("pictures", || {
        let mut take =
            cargo(["run", "--quiet", "-p", "aterkom-tests", "--bin", "screenshots", "--", FOLDER]);
        take.args(words);
        Ok(Outcome::of(succeeds(&mut take)?))
    })?;
    Ok(if taken == Outcome::Done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
