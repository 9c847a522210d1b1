//! Adapters are driven by fixtures, and these name nobody.

use super::{files, none_may_remain, phone_numbers, root, shown};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const FEWEST: usize = 3;

#[test]
fn every_adapter_has_fixtures() {
    let mut wrong = Vec::new();
    let mut adapters = 0;
    for path in files("crates/webhook-receiver/src/adapters") {
        let text = fs::read_to_string(&path).unwrap();
        if !text.contains("impl Adapter for ") {
            continue;
        }
        adapters += 1;
        let name = name(&text).unwrap_or_else(|| {
            panic!("{}: write `fn name` as the other adapters do", shown(&path))
        });
        let found = fixtures(&root().join("tests/fixtures").join(name));
        if found < FEWEST {
            wrong.push(format!("{name}: {found} in tests/fixtures/{name}/"));
        }
    }
    assert!(adapters > 0, "no file says `impl Adapter for`, so the test tests nothing: adapt it");
    none_may_remain(&wrong, "an adapter needs at least 3 requests as its PBX sends them");
}

/// A number that somebody could be called at has no business in a fixture. The Swedish telecom authority keeps a few
/// series free for fiction; [`phone_numbers`] has them.
#[test]
fn fixtures_ring_nobody() {
    let mut wrong = Vec::new();
    for path in files("tests/fixtures") {
        for number in phone_numbers::real_swedish(&fs::read(&path).unwrap()) {
            wrong.push(format!("{}: {number}", shown(&path)));
        }
    }
    none_may_remain(
        &wrong,
        "use a number reserved for fiction: 031-3900600 to 699, 040-6280400 to 499, 08-46500400 to 499, \
         0980-319200 to 299 or 070-1740605 to 699",
    );
}

/// What the adapter calls itself; its fixtures' folder bears the same name.
fn name(text: &str) -> Option<&str> {
    let (_, body) = text.split_once("fn name(&self)")?;
    body.split('"').nth(1)
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
