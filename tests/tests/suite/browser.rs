//! The pages in a real browser: by mouse and by keyboard, light and dark, wide and narrow, with scripts and without.

mod administration;
mod coming;
mod demo;
mod desk;
mod every_page;
mod manager;
mod promises;
mod responsible;
mod script;
mod sources;

use serde_json::{Value, json};

const LISA: &str = "+46701740605";
const SVEN: &str = "+46701740606";
const ASA: &str = "+46980319232";
const JOHN: &str = "+46980319233";

const TO_ASA: &str = "asa.oberg@exempelby.example";
const TO_JOHN: &str = "john.hill@exempelby.example";
const TO_PER: &str = "per.alm@exempelby.example";

/// A message of 20 s that `from` left for `to`.
fn message(id: &str, from: &str, to: &str) -> Value {
    json!({ "call_id": id, "from": from, "to": to, "duration_s": 20 })
}
