//! The real binary at its edges: exit codes, messages, and what it never says.

mod asterisk_kit;
mod backup;
mod bounces;
mod calendar;
mod calls;
mod configuration;
mod mail;
mod report;
mod running;
mod simulate;
mod systemd;
mod tables;
mod texts;

use aterkom_tests::binary;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use tempfile::TempDir;

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs it in this folder.
pub(crate) fn run(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> Ended {
    fed(folder, words, variables, "")
}

/// The same beside this test, whose own servers it may ask for something.
pub(crate) async fn run_beside(folder: &Path, words: &'static [&'static str]) -> Ended {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || run(&folder, words, &[])).await.expect("it ends")
}

/// Runs it with this on standard input.
fn fed(folder: &Path, words: &[&str], variables: &[(&str, &str)], input: &str) -> Ended {
    let mut command = binary::command(folder, words);
    command.envs(variables.iter().copied());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary can be started");
    let mut stdin = child.stdin.take().expect("stdin is piped");
    // One that does not read may have ended before this.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it speaks UTF-8");
    Ended { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// A folder with this `aterkom.toml`.
fn folder(configuration: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "aterkom.toml", configuration);
    folder
}

pub(crate) fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    std::fs::write(folder.join(name), text).expect("a file can be written");
}
