//! Pages read callbacks by a reader's scope, and in no other way (R36).

use super::{none_may_remain, root, rust_files};
use std::collections::BTreeSet;
use std::fs;

/// Modules of the store that pages may name whole: each function of the first two takes a scope or what proves one, as the
/// table in `scopes` shows; the others hold nothing of any callback.
/// The last two hold figures of groups, and no callback; `closed_days` counts promises, and shows none.
const MODULES: [&str; 17] = [
    "seen",
    "read_log",
    "notes",
    "absences",
    "accounts",
    "calendars",
    "closed_days",
    "health",
    "links",
    "people",
    "sessions",
    "sign_in_links",
    "sources",
    "status",
    "token",
    "reports",
    "signed_months",
];

/// Of the others only this, each with why.
const FUNCTIONS: [(&str, &str); 16] = [
    ("follow_up::is_complete", "yes or no"),
    ("callbacks::apply", "writes what was decided about a callback that was seen"),
    ("preferences::keep", "writes what its reader chose, and shows nothing"),
    ("deliveries::list_dead", "addresses of our own people, and errors"),
    ("deliveries::waiting", "a count, a time and an error"),
    ("retention::protocol", "how much of what was erased, and on what grounds"),
    ("deliveries::latest_way", "how far a mail to the reader came"),
    ("deliveries::Way", "the same"),
    ("rounds::list_latest", "kinds and times"),
    ("rounds::insert", "a test mail to the reader"),
    ("faults::posting", "counts of posts"),
    ("inbox::replay", "shows nothing"),
    ("inbox::list_unread", "source, time and why it could not be read"),
    ("inbox::list_latest", "times, and how far each post came"),
    ("inbox::last_posts", "times"),
    ("calls::CallOfPosts", "is given out by seen::events alone"),
];

const TYPES: [&str; 2] = ["inbox::Kept", "inbox::Progress"];

#[test]
fn pages_ask_the_store_for_callbacks_by_scope_only() {
    let modules = modules();
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        if !path.starts_with("crates/web/src") {
            continue;
        }
        for name in named(&text, &modules) {
            let module = name.split("::").next().unwrap_or_default();
            let is_known = MODULES.contains(&module)
                || FUNCTIONS.iter().any(|(function, _)| *function == name)
                || TYPES.contains(&name.as_str());
            if !is_known {
                wrong.push(format!("{path}: {name}"));
            }
        }
    }
    none_may_remain(
        &wrong,
        "read callbacks and what hangs on them with store::seen and a scope; what holds nothing of them may be added to this test, with why",
    );
}

#[test]
fn a_page_that_reads_around_the_scope_is_found_out() {
    let modules = BTreeSet::from(["callbacks".to_owned(), "texts".to_owned(), "seen".to_owned()]);
    let found = |text: &str| named(text, &modules);
    assert_eq!(
        found("use store::{callbacks, seen};\n callbacks::get(&tx, id)"),
        ["callbacks::get"]
    );
    assert_eq!(found("let t = store::texts::of_call(tx, call);"), ["texts::of_call"]);
    assert_eq!(found("use store::callbacks::{self as c, get};"), ["callbacks::{self"]);
    assert_eq!(found("use store::callbacks as c;"), ["callbacks::as"]);
    assert_eq!(found("use store::{StoreError, callbacks as c};"), ["callbacks::as"]);
    assert_eq!(found("use store::{self as s};"), ["store::as"]);
    assert_eq!(found("use store::*;"), ["store::*"]);
}

/// The public modules of the store.
fn modules() -> BTreeSet<String> {
    let text =
        fs::read_to_string(root().join("crates/store/src/lib.rs")).expect("the store is there");
    let public = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let modules: BTreeSet<String> = public.map(str::to_owned).collect();
    assert!(modules.len() > 20, "the modules are looked for where they are: {modules:?}");
    modules
}

/// `callbacks::apply` and the like, and what would hide one: another name, or all at once.
fn named(text: &str, modules: &BTreeSet<String>) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let words: Vec<&str> = code.flat_map(str::split_whitespace).collect();
    // As if nobody had broken the lines.
    let code = words.join(" ").replace("{ ", "{").replace(", }", "}").replace(" }", "}");
    code.split(';').flat_map(|statement| named_in(statement, modules)).collect()
}

fn named_in(statement: &str, modules: &BTreeSet<String>) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (module, at) in
        modules.iter().flat_map(|m| statement.match_indices(m.as_str()).map(move |(at, _)| (m, at)))
    {
        let (before, rest) = (&statement[..at], &statement[at + module.len()..]);
        let elsewhere = before.ends_with("::") && !before.ends_with("store::");
        if before.ends_with(is_word) || elsewhere {
            continue;
        }
        let name = |name: &str| format!("{module}::{name}");
        if let Some(more) = rest.strip_prefix("::{self, ") {
            found.extend(more.split('}').next().unwrap_or_default().split(", ").map(name));
        } else if let Some(after) = rest.strip_prefix("::").filter(|after| *after != "{self}") {
            found
                .push(name(after.split([' ', ',', '(', '<', ')', '}']).next().unwrap_or_default()));
        } else if rest.starts_with(" as ") && statement.contains("store::") {
            found.push(name("as"));
        }
    }
    let hidden =
        [("store::*", "store::*"), ("store::{self as", "store::as"), ("use store as", "store::as")];
    found.extend(
        hidden
            .iter()
            .filter(|(text, _)| statement.contains(text))
            .map(|(_, name)| (*name).to_owned()),
    );
    found
}
