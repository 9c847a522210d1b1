//! Dependencies point inward, as drawn in `ARCHITECTURE.md`.

use super::{none_may_remain, root};
use serde_json::Value;
use std::process::Command;

/// What each member may build on. `webhook-receiver`, `scheduler`, `notifier` and `web` never know each other: they
/// talk through rows. What is only there to test with is not looked at, except between these four.
const MAY_USE: [(&str, &[&str]); 13] = [
    ("workalendar", &[]),
    ("domain", &["workalendar"]),
    ("simulation", &["domain", "workalendar"]),
    ("clock", &[]),
    ("outbound", &[]),
    ("migrations", &[]),
    ("store", &["migrations", "domain", "clock", "workalendar"]),
    ("webhook-receiver", INNER),
    ("scheduler", OUTGOING),
    ("notifier", OUTGOING),
    ("web", INNER),
    ("aterkom", ALL),
    ("xtask", &[]),
];

const INNER: &[&str] = &["store", "clock", "domain", "workalendar"];

/// Of those that ask other servers for something.
const OUTGOING: &[&str] = &["store", "clock", "domain", "workalendar", "outbound"];

const SIBLINGS: [&str; 4] = ["webhook-receiver", "scheduler", "notifier", "web"];

const ALL: &[&str] = &[
    "simulation",
    "webhook-receiver",
    "scheduler",
    "notifier",
    "web",
    "store",
    "migrations",
    "domain",
    "clock",
    "outbound",
    "workalendar",
];

/// May use anything, and nothing may use it.
const TESTS: &str = "aterkom-tests";

const KNOW_SQL: [&str; 2] = ["store", "migrations"];

const READ_THE_CLOCK: [&str; 2] = ["now", "clock"];

#[test]
fn crates_depend_inward_only() {
    let members = members();
    let mut wrong = Vec::new();
    for (member, dependency) in dependencies(&members) {
        let name = text(dependency, "name");
        if !members.iter().any(|other| text(other, "name") == name) {
            continue;
        }
        let for_tests_only = text(dependency, "kind") == "dev";
        let between_siblings = SIBLINGS.contains(&member) && SIBLINGS.contains(&name);
        if (!for_tests_only || between_siblings) && !allowed(member, name) {
            wrong.push(format!("{member} uses {name}"));
        }
    }
    none_may_remain(
        &wrong,
        "dependencies point inward (ARCHITECTURE.md); move the code, or argue for another picture",
    );
}

#[test]
fn every_crate_has_its_place_in_the_picture() {
    let members = members();
    let mut names: Vec<&str> = members.iter().map(|member| text(member, "name")).collect();
    let mut drawn: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).chain([TESTS]).collect();
    names.sort_unstable();
    drawn.sort_unstable();
    assert_eq!(
        names, drawn,
        "say in MAY_USE what a new crate may build on, and draw it in ARCHITECTURE.md"
    );
}

#[test]
fn only_the_storage_crates_know_sql() {
    let members = members();
    let names_sql =
        |name: &str| ["sea-orm", "sea-query", "sqlx"].iter().any(|prefix| name.starts_with(prefix));
    let wrong: Vec<String> = dependencies(&members)
        .filter(|(member, dependency)| {
            names_sql(text(dependency, "name")) && !KNOW_SQL.contains(member)
        })
        .map(|(member, dependency)| format!("{member} uses {}", text(dependency, "name")))
        .collect();
    none_may_remain(&wrong, "ask the store crate for a function instead of writing SQL here");
}

#[test]
fn only_the_clock_crate_can_tell_the_time() {
    let members = members();
    let reads_clock = |chrono: &Value| {
        let asks = |feature: &Value| READ_THE_CLOCK.iter().any(|name| feature == name);
        chrono["uses_default_features"] == true || list(chrono, "features").iter().any(asks)
    };
    let wrong: Vec<String> = dependencies(&members)
        .filter(|(member, dependency)| {
            *member != "clock" && text(dependency, "name") == "chrono" && reads_clock(dependency)
        })
        .map(|(member, _)| format!("{member} lets chrono read the machine's clock"))
        .collect();
    none_may_remain(
        &wrong,
        "write `chrono.workspace = true` and take `now` from outside, or ask the clock crate",
    );
}

fn allowed(member: &str, dependency: &str) -> bool {
    member == TESTS
        || MAY_USE.iter().any(|(name, may_use)| *name == member && may_use.contains(&dependency))
}

fn dependencies(members: &[Value]) -> impl Iterator<Item = (&str, &Value)> {
    let of =
        |member| list(member, "dependencies").iter().map(move |one| (text(member, "name"), one));
    members.iter().flat_map(of)
}

fn members() -> Vec<Value> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let arguments = ["metadata", "--no-deps", "--format-version=1"];
    let output = Command::new(cargo).args(arguments).current_dir(root()).output();
    let output = output.expect("cargo runs this test, so it can be started");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value =
        serde_json::from_slice(&output.stdout).expect("cargo metadata writes JSON");
    list(&metadata, "packages").to_vec()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("cargo metadata writes no list of {key}"))
}

/// Empty where cargo writes null, as it does for the kind of a normal dependency.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
