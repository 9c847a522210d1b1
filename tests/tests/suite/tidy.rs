//! What the project holds itself to, where neither the compiler nor a lint can.

mod adapters;
mod crates;
mod deliveries;
mod fixtures;
mod map;
mod phone_numbers;
mod reading;
mod sources;

use std::fs;
use std::path::{Path, PathBuf};

/// The folders that have our code: those of the workspace's members, and the fuzz targets.
const CODE: [&str; 6] = ["crates", "migrations", "tests", "xtask", "fuzz/src", "fuzz/fuzz_targets"];

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests lie in the workspace")
}

/// Every file under `folder`, which is given from the root.
fn files(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("a folder can be read to its end").path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    assert!(!found.is_empty(), "nothing under {folder}, so the test tests nothing: adapt it");
    found.sort();
    found
}

/// Path from the root and text of every Rust file.
fn rust_files() -> Vec<(String, String)> {
    let paths = CODE.into_iter().flat_map(files);
    let rust = paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs"));
    rust.map(|path| (shown(&path), fs::read_to_string(&path).expect("Rust is UTF-8"))).collect()
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root()).expect("files are looked for from the root").display().to_string()
}

/// Fails with everything that is wrong, and with what to do about it.
#[track_caller]
fn none_may_remain(wrong: &[String], advice: &str) {
    assert!(wrong.is_empty(), "{advice}:\n  {}", wrong.join("\n  "));
}
