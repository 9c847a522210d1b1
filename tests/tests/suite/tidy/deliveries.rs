//! `docs/mails.md` tells what happens when a mail server does not take a mail; each row is a test, and each test a row.

use super::{none_may_remain, root, rust_files};
use std::collections::BTreeSet;
use std::fs;

#[test]
fn each_way_in_which_a_mail_server_fails_is_a_row_and_a_test() {
    let page = fs::read_to_string(root().join("docs/mails.md")).expect("the page is there");
    let rows = page.split("| the server | this mail |").nth(1).unwrap_or_default();
    let rows = rows.lines().skip(2).take_while(|line| line.starts_with('|'));
    let rows: BTreeSet<String> = rows
        .filter_map(|row| row.trim_end_matches([' ', '|']).rsplit('|').next())
        .map(|cell| cell.trim().trim_matches('`').to_owned())
        .collect();
    let stories = rust_files()
        .into_iter()
        .filter(|(path, _)| path.starts_with("tests/tests/suite/rounds/delivery/"));
    let tests: BTreeSet<String> = stories
        .flat_map(|(_, text)| {
            let names = text.split("async fn ").skip(1);
            let is_story = |name: &&str| {
                name.split_once('(').is_some_and(|(_, rest)| rest.starts_with("world at "))
            };
            let names = names.filter(is_story).filter_map(|name| name.split('(').next());
            names.map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    assert!(tests.len() > 20, "only {} tests were found", tests.len());
    let wrong: Vec<String> = rows.symmetric_difference(&tests).cloned().collect();
    none_may_remain(&wrong, "keep the table in docs/mails.md and rounds/delivery the same");
}
