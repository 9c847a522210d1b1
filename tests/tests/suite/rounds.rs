//! Rounds: who is told what, when, and what happens when it cannot be delivered (R24 to R30).

mod away;
mod bounces;
mod climbing;
mod delivery;
mod failing;
mod faults;
mod hours;
mod mails;
mod news;
mod nudge;
mod part_time;
mod texts;
mod when;
mod whom;

use aterkom_tests::mailbox::RANDOM;
use aterkom_tests::world::PEOPLE;
use serde_json::{Value, json};

const LISA: &str = "+46701740605";
const SVEN: &str = "+46701740606";
const ASA: &str = "+46980319232";
const JOHN: &str = "+46980319233";
const AMIR: &str = "+46980319241";

const TO_ASA: &str = "asa.oberg@exempelby.example";
const TO_JOHN: &str = "john.hill@exempelby.example";
const TO_PER: &str = "per.alm@exempelby.example";
const TO_SARA: &str = "sara.lind@exempelby.example";
const TO_MARIA: &str = "maria.ek@exempelby.example";

fn call(id: &str, from: &str, to: &str) -> Value {
    json!({ "call_id": id, "from": from, "to": to, "duration_s": 20 })
}

/// The people file with each of these replaced; what is not in it is a mistake in the test.
fn people(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(PEOPLE.to_owned(), |file, (from, to)| {
        assert!(file.contains(from), "{from}");
        file.replace(from, to)
    })
}

fn assert_text(name: &str, text: &str) {
    insta::with_settings!({ filters => RANDOM, snapshot_path => "snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(format!("mail_{name}"), text.replace("&#x2f;", "/"));
    });
}

/// As a reader would see it without a mistake of ours.
fn assert_tidy(text: &str) {
    assert!(!text.contains("\n\n\n"), "two blank lines: {text}");
    assert!(
        text.lines().all(|line| line == line.trim_end()),
        "white space at the end of a line: {text}"
    );
    assert!(!text.contains("  ,") && !text.contains(" .") && !text.contains(",,"), "{text}");
    assert!(text.ends_with('\n') || !text.ends_with(' '), "{text}");
}

/// What stands between the head and the end; the style is of no interest here.
fn body_of(html: &str) -> &str {
    let (_, body) = html.split_once("<body>").expect("a body");
    body.trim()
}
