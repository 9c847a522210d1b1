//! `ARCHITECTURE.md` stays true: every test that it names is there.

use super::{none_may_remain, root, rust_files};
use std::fs;

/// The names in backticks in the last column of the table of invariants.
fn named(map: &str) -> Vec<String> {
    let table = map.split("## Invariants").nth(1).unwrap_or_default();
    let table = table.split("\n## ").next().unwrap_or_default();
    let rows = table.lines().filter(|line| line.starts_with('|') && !line.starts_with("|---"));
    let last = rows.filter_map(|row| row.trim_end_matches('|').rsplit('|').next());
    let names = last.flat_map(|cell| cell.split('`').skip(1).step_by(2));
    names.map(|name| name.rsplit("::").next().unwrap_or(name).to_owned()).collect()
}

#[test]
fn every_invariant_names_a_test_that_exists() {
    let map = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map is there");
    let names = named(&map);
    assert!(names.len() >= 10, "the table of invariants names only {} tests", names.len());
    let text: String = rust_files().into_iter().map(|(_, text)| text).collect();
    // A story that runs on both databases is a module of that name.
    let is_there = |name: &String| {
        text.contains(&format!("fn {name}(")) || text.contains(&format!("mod {name} {{"))
    };
    let missing = names.into_iter().filter(|name| !is_there(name));
    let missing: Vec<String> = missing.collect();
    none_may_remain(&missing, "name tests that exist in the invariants of ARCHITECTURE.md");
}
