//! What a measurement was taken on.

use aterkom_tests::postgres;
use clock::Clock;
use std::fs;
use std::process::Command;

/// The first lines of the report.
pub(crate) fn tell() {
    let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let cpu = cpu.trim_start_matches(['\t', ' ', ':']);
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "Measured {} with `cargo xtask bench` on {cores} cores of {cpu}, {}, {}, SQLite built in, Återkom {}. Databases lie on {}.",
        Clock::system().now().format("%Y-%m-%d"),
        said("uname", &["-sr"]),
        postgres::version(),
        env!("CARGO_PKG_VERSION"),
        file_system(),
    );
    println!(
        "Each number is a median (least–most) of repetitions that alternate with their baseline."
    );
}

/// Where nothing is ever written to a disk, commits cost nothing and the ratios mean little.
fn file_system() -> String {
    let folder = std::env::temp_dir();
    let kind = said("stat", &["--file-system", "--format=%T", &folder.display().to_string()]);
    if kind == "tmpfs" {
        "tmpfs, so commits cost nothing: set TMPDIR to a folder on a disk".to_owned()
    } else {
        kind
    }
}

fn said(program: &str, words: &[&str]) -> String {
    let output = Command::new(program).args(words).output();
    output.map_or_else(
        |_| format!("unknown {program}"),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
