//! Where PostgreSQL's own programs lie. Debian keeps those that run a server off the `PATH`.
//!
//! The tests include this file too, so that both find the same ones and `cargo test` works by itself.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a server of the tests' own takes; libraries for clients bring some of these without the others.
const PROGRAMS: [&str; 8] =
    ["initdb", "postgres", "pg_ctl", "createdb", "dropdb", "psql", "pg_dump", "pg_restore"];

/// Folders with one folder for each installed version, and their `bin` in it.
const VERSIONED: [&str; 1] = ["/usr/lib/postgresql"];

/// The folder of one complete installation: `ATERKOM_TEST_PG_BIN`, what `pg_config` names, the highest
/// version installed side by side, or what the `PATH` leads to.
pub(crate) fn directory() -> Option<PathBuf> {
    let named = env::var_os("ATERKOM_TEST_PG_BIN").map(PathBuf::from);
    let found = || by_pg_config().into_iter().chain(by_version()).chain(by_path());
    named
        .into_iter()
        .chain(found())
        .find(|folder| PROGRAMS.iter().all(|program| folder.join(program).is_file()))
}

fn by_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim_end()))
}

fn by_version() -> Vec<PathBuf> {
    let folders =
        VERSIONED.iter().filter_map(|parent| fs::read_dir(parent).ok()).flatten().flatten();
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.sort_by_key(|folder| version(folder));
    folders.into_iter().rev().map(|folder| folder.join("bin")).collect()
}

/// `9.6` comes before `17`.
fn version(folder: &Path) -> Vec<u32> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

/// Links are followed: a distribution may link single programs from their folder into the `PATH`.
fn by_path() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    let programs = env::split_paths(&path)
        .filter_map(|folder| fs::canonicalize(folder.join(PROGRAMS[0])).ok());
    programs.filter_map(|program| program.parent().map(Path::to_path_buf)).collect()
}
