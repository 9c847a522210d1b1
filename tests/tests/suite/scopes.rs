//! Who may see what (R36): every function that pages read callbacks with, for every kind of reader and every kind of callback,
//! against what the rule's own sentences say.

mod asking;
mod office;
mod sentences;

use super::tidy;
use asking::shown_by;
use aterkom_tests::{World, on_both};
use chrono::NaiveDate;
use domain::access::{Details, Reader, Scope};
use domain::callback::Callback;
use domain::directory::Directory;
use domain::ids::{AccountId, CallbackId};
use office::{PROMISES, READERS, Role};
use sentences::{details, expected};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The modules of `store` that pages read callbacks with.
const MODULES: [&str; 2] = ["seen", "read_log"];

/// What is there to be seen, by the names that the sentences use.
struct Office {
    directory: Directory,
    today: NaiveDate,
    callbacks: BTreeMap<&'static str, Callback>,
}

impl Office {
    fn key(&self, id: CallbackId) -> &'static str {
        let found = self.callbacks.iter().find(|(_, callback)| callback.id == id);
        found.map(|(key, _)| *key).expect("every callback of the office has a name")
    }

    /// Somebody who has signed in.
    fn reader(&self, world: &World, role: &Role) -> Reader {
        let account = AccountId(world.app.clock.new_id());
        let reception = Some(office::TOWN_DESK);
        Reader::of(
            account,
            role.address,
            role.administrator,
            &self.directory,
            reception,
            self.today,
        )
    }
}

/// `seen::get`, `read_log::open` …: the public functions of these modules, as their files have them.
fn functions() -> Vec<String> {
    let mut names = Vec::new();
    for module in MODULES {
        let file = tidy::root().join(format!("crates/store/src/{module}.rs"));
        let text = std::fs::read_to_string(file).expect("the module has a file of its name");
        let public = text.split("\npub async fn ").skip(1);
        let before = |rest: &str| rest.split(['(', '<']).next().unwrap_or_default().to_owned();
        names.extend(public.map(|rest| format!("{module}::{}", before(rest))));
    }
    assert!(names.len() > 15, "the functions are looked for where they are: {names:?}");
    names
}

on_both! {
    // R36. One that is new in the store fails here until `asking` and `sentences` know it.
    async fn every_reader_is_shown_by_every_query_what_the_rule_says(world at "2026-11-17 10:00") {
        let office = office::filled(world).await;
        let mut wrong = Vec::new();
        for name in functions() {
            for role in &READERS {
                let reader = office.reader(world, role);
                let shown = shown_by(&name, world, &office, &reader).await;
                let rule: BTreeSet<&str> = PROMISES.iter().filter(|p| expected(&name, role, p)).map(|p| p.key).collect();
                if shown != rule {
                    wrong.push(format!("{name} shows {} {shown:?}, and by the rule {rule:?}", role.english));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        world.forget_mails();
    }

    // R36
    async fn who_sees_what_is_a_table_that_an_auditor_can_read(world at "2026-11-17 10:00") {
        let office = office::filled(world).await;
        let mut table = legend();
        for role in &READERS {
            let reader = office.reader(world, role);
            let scope = Scope::of(&reader, &office.directory, office.today);
            let mut row = format!("| {} / {} |", role.swedish, role.english);
            for promise in &PROMISES {
                let seen = scope.see(office.callbacks[promise.key].clone());
                let way = seen.map(|seen| seen.details());
                assert_eq!(way, details(role, promise), "{} {}", role.english, promise.key);
                let _ = write!(row, " {} |", word(way));
            }
            table.push_str(&row);
            table.push('\n');
        }
        insta::assert_snapshot!("who_sees_what", table);
        world.forget_mails();
    }
}

fn word(way: Option<Details>) -> &'static str {
    match way {
        None => "–",
        Some(Details::AtHand) => "direkt",
        Some(Details::OnRequest) => "på begäran",
        Some(Details::WithReason) => "med skäl",
    }
}

fn legend() -> String {
    let mut text = "\
        Vem ser vilken återkoppling, och hur de får se nummer, namn och text?\n\
        Who sees which callback, and how do they come to see number, name and text?\n\n\
        –: finns inte för dem / does not exist for them\n\
        direkt: på sidan, och det antecknas / there, and it is noted\n\
        på begäran: dolt tills de trycker på \"Visa uppgifter\"; det antecknas / hidden until asked for; it is noted\n\
        med skäl: som på begäran, och de skriver varför / the same, and they write why\n\n"
        .to_owned();
    for promise in &PROMISES {
        let _ = writeln!(text, "{}: {} / {}", promise.key, promise.swedish, promise.english);
    }
    let keys: Vec<&str> = PROMISES.iter().map(|promise| promise.key).collect();
    let _ = writeln!(text, "\n| | {} |", keys.join(" | "));
    let _ = writeln!(text, "|---|{}", "---|".repeat(keys.len()));
    text
}
