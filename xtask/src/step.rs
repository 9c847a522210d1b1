//! One step of a chore: announced, timed, and remembered when it failed.

use anyhow::{Context, Result};
use std::env;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// How a step ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Failed,
    Skipped(String),
}

impl Outcome {
    pub(crate) fn of(success: bool) -> Self {
        if success { Self::Done } else { Self::Failed }
    }
}

/// Runs `work` under a line that announces it and one that says how it went and how long it took.
pub(crate) fn step(name: &str, work: impl FnOnce() -> Result<Outcome>) -> Result<Outcome> {
    println!("==> {name}");
    let started = now();
    let outcome = work().with_context(|| format!("{name} could not be carried out"))?;
    let word = match &outcome {
        Outcome::Done => "done".to_owned(),
        Outcome::Failed => "FAILED".to_owned(),
        Outcome::Skipped(why) => format!("skipped, {why}"),
    };
    println!("    {name}: {word} ({:.1} s)", now().duration_since(started).as_secs_f32());
    Ok(outcome)
}

/// The cargo that runs this chore, in the workspace's root.
pub(crate) fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// Whether the command ends well; what it prints is shown.
pub(crate) fn succeeds(command: &mut Command) -> Result<bool> {
    Ok(command
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?
        .success())
}

/// Whether the command exists and ends well; nothing is shown.
pub(crate) fn answers(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

/// Whether this runs unattended, where leaving a check out must not go unseen.
pub(crate) fn in_ci() -> bool {
    env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the workspace")
}

#[expect(
    clippy::disallowed_methods,
    reason = "a chore is timed for whoever waits for it; nothing is decided by it"
)]
fn now() -> Instant {
    Instant::now()
}
