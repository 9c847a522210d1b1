//! An adapter is more than its file: it is listed, described to people, and driven by fixtures.

use super::{files, none_may_remain, root, shown};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use webhook_receiver::adapters;

const FEWEST: usize = 3;

#[test]
fn every_adapter_has_fixtures() {
    let found = |name: &String| fixtures(&root().join("tests/fixtures").join(name));
    let too_few = names().into_iter().map(|name| (found(&name), name)).filter(|(n, _)| *n < FEWEST);
    let wrong: Vec<String> =
        too_few.map(|(n, name)| format!("{name}: {n} in tests/fixtures/{name}/")).collect();
    none_may_remain(&wrong, "an adapter needs at least 3 requests as its PBX sends them");
}

#[test]
fn every_adapter_is_listed_and_described() {
    let table = fs::read_to_string(root().join("docs/pbx.md")).expect("there is a table");
    let mut wrong = Vec::new();
    for name in names() {
        if adapters::find(&name).is_none() {
            wrong.push(format!("{name}: put it into adapters::all()"));
        }
        if !root().join(format!("docs/pbx/{name}.md")).is_file() {
            wrong.push(format!("{name}: write docs/pbx/{name}.md"));
        }
        let link = format!("](pbx/{name}.md) |");
        if !table.lines().any(|line| line.starts_with("| [") && line.contains(&link)) {
            wrong.push(format!("{name}: give it a row in docs/pbx.md"));
        }
    }
    none_may_remain(&wrong, "an adapter that nobody can find is none (docs/adding-a-pbx.md)");
}

/// What the adapters call themselves that have a file.
fn names() -> Vec<String> {
    let mut names = Vec::new();
    for path in files("crates/webhook-receiver/src/adapters") {
        let text = fs::read_to_string(&path).expect("Rust is UTF-8");
        if text.contains("impl Adapter for ") {
            let name = name(&text);
            names.push(name.unwrap_or_else(|| {
                panic!("{}: write `fn name` as the other adapters do", shown(&path))
            }));
        }
    }
    assert!(
        !names.is_empty(),
        "no file says `impl Adapter for`, so the test tests nothing: adapt it"
    );
    names
}

fn name(text: &str) -> Option<String> {
    let (_, body) = text.split_once("fn name(&self)")?;
    body.split('"').nth(1).map(str::to_owned)
}

/// One fixture may have several files (`missed.json`, `missed.headers`, `missed.expect.json`).
fn fixtures(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let requests = names.filter(|name| !name.starts_with("README"));
    requests
        .filter_map(|name| name.split('.').next().map(str::to_owned))
        .collect::<BTreeSet<_>>()
        .len()
}
