//! Files that can be read in one sitting, begin with what they are for, and leave nothing for later.

use super::{none_may_remain, rust_files};

const MOST_LINES_OF_CODE: usize = 400;

/// Each with what to do instead. Put together here, so that this file does not find itself.
const NOT_IN_CODE: [(&str, &str); 5] = [
    (concat!("#[", "ignore"), "repair the test or take it out"),
    (concat!("todo", "!("), "finish it, or leave the case out of the type"),
    (concat!("unimplemented", "!("), "finish it, or leave the case out of the type"),
    (concat!("dbg", "!("), "use tracing"),
    (concat!("[", "allow("), "use #[expect(lint, reason = \"…\")]"),
];

#[test]
fn files_stay_short_enough_to_be_read() {
    let long = rust_files().into_iter().map(|(path, text)| (path, lines_of_code(&text)));
    let wrong: Vec<String> = long
        .filter(|(_, lines)| *lines > MOST_LINES_OF_CODE)
        .map(|(path, lines)| format!("{path}: {lines}"))
        .collect();
    none_may_remain(
        &wrong,
        "divide files of over 400 lines of code, each part named for a noun or a verb",
    );
}

#[test]
fn every_file_of_the_product_begins_with_what_it_is_for() {
    let product = rust_files()
        .into_iter()
        .filter(|(path, _)| path.starts_with("crates/") && path.contains("/src/"));
    let wrong: Vec<String> =
        product.filter(|(_, text)| !text.starts_with("//!")).map(|(path, _)| path).collect();
    none_may_remain(&wrong, "begin the file with a `//!` line");
}

#[test]
fn nothing_is_silenced_or_left_for_later() {
    let mut wrong = Vec::new();
    for (path, text) in rust_files() {
        for (number, line) in text.lines().enumerate() {
            for (needle, instead) in NOT_IN_CODE {
                if line.contains(needle) {
                    wrong.push(format!("{path}:{}: {needle}: {instead}", number + 1));
                }
            }
        }
    }
    none_may_remain(&wrong, "these do not belong in the code");
}

#[test]
fn neither_comments_nor_blank_lines_are_lines_of_code() {
    assert_eq!(lines_of_code("//! Says why.\n\nfn main() {\n    // trap\n    run();\n}\n"), 3);
}

fn lines_of_code(text: &str) -> usize {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).count()
}
