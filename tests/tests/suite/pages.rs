//! What people open in a browser, as far as HTTP goes; a real browser opens them in `browser`.

mod administration;
mod away;
mod closing;
mod desk;
mod details;
mod events;
pub(crate) mod every;
mod figures;
mod health;
mod help;
mod life;
mod lists;
mod matrix;
mod nonsense;
mod notes;
mod people_file;
mod queries;
mod refused;
mod set_up;
mod settings;
mod sign_in;
mod unit;

use aterkom_tests::visitor::Answer;
use serde_json::{Value, json};

const LISA: &str = "+46701740605";
const SVEN: &str = "+46701740606";
const ASA: &str = "+46980319232";
const JOHN: &str = "+46980319233";
const GROUP: &str = "+46980319211";
const AMIR: &str = "+46980319241";

const TO_ASA: &str = "asa.oberg@exempelby.example";
const TO_JOHN: &str = "john.hill@exempelby.example";
const TO_PER: &str = "per.alm@exempelby.example";
const TO_MARIA: &str = "maria.ek@exempelby.example";
const TO_AMIR: &str = "amir.nouri@exempelby.example";

fn call(id: &str, from: &str, to: &str) -> Value {
    json!({ "call_id": id, "from": from, "to": to, "duration_s": 30 })
}

/// What a page has between `before` and the next `"`.
fn value<'a>(page: &'a Answer, before: &str) -> &'a str {
    let from = page.body.find(before).unwrap_or_else(|| panic!("no {before} on {}", page.body));
    page.body[from + before.len()..].split('"').next().unwrap_or_default()
}

/// The first callback of a page: its path, and the version that the page shows.
fn first(page: &Answer) -> (String, String) {
    let path = format!(
        "/callbacks/{}",
        value(page, "action=\"/callbacks/").split('/').next().unwrap_or_default()
    );
    (path, value(page, "name=\"version\" value=\"").to_owned())
}
