//! An office between Christmas and New Year, for pictures: somebody is late, somebody was tried, something is done.
//!
//! Everybody is invented. The clock stands, so that a picture of it is the same tomorrow.

mod months;

use crate::{Engine, World};
use domain::callback::{Callback, Disposition};
use domain::transitions::Rules;
use serde_json::{Value, json};
use store::callbacks;

/// The one whose list is full.
pub const EMPLOYEE: &str = "asa.oberg@exempelby.example";
/// A colleague who reads English.
pub const READS_ENGLISH: &str = "john.hill@exempelby.example";
/// The one who answers for the unit.
pub const MANAGER: &str = "per.alm@exempelby.example";
/// Who answers for everybody who is away.
pub const RECEPTION: &str = "expeditionen@exempelby.example";
/// The one who looks after the installation.
pub const ADMINISTRATOR: &str = "it@exempelby.example";

const ASA: &str = "+46980319232";
const PER: &str = "+46980319231";
const JOHN: &str = "+46980319233";

/// When, what, from, to, seconds, and the caller's name where the PBX knows it.
type Told = (&'static str, &'static str, &'static str, &'static str, u32, Option<&'static str>);

/// What the PBX told, in order.
const TOLD: [Told; 10] = [
    ("2026-12-22 14:20", "voicemail", "+46701740611", ASA, 48, Some("Lisa Ek")),
    ("2026-12-22 15:05", "missed", "+46701740612", PER, 20, None),
    ("2026-12-23 09:40", "voicemail", "+46846500421", ASA, 33, Some("Bygg & Betong AB")),
    ("2026-12-23 11:15", "missed", "+46701740613", ASA, 25, None),
    ("2026-12-28 10:02", "voicemail", "+46313900644", JOHN, 71, Some("Kent Ros")),
    ("2026-12-28 13:30", "missed", "+46701740614", ASA, 22, Some("Mona Holm")),
    ("2026-12-28 14:10", "voicemail", "anonymous", ASA, 19, None),
    ("2026-12-28 15:45", "missed", "+46406280455", ASA, 18, None),
    ("2026-12-29 08:40", "unanswered_outbound", ASA, "+46701740613", 0, None),
    ("2026-12-29 09:05", "answered_outbound", ASA, "+46701740614", 94, None),
];

/// The office on Tuesday 29 December 2026, a quarter past ten.
pub async fn office() -> World {
    let mut world = until_morning("").await;
    let directory = world.directory().await;
    let employee = directory.employee_at(EMPLOYEE).expect("she works here");
    months::pass(&world, employee.unit, employee.id).await.expect("storage works");
    world.advance_to("2026-12-29 10:15").await;
    let newest = world.open().await.into_iter().max_by_key(|callback| callback.opened_at);
    resolve(&world, newest.expect("somebody waits")).await;
    world.make_administrator(ADMINISTRATOR).await;
    world.forget_mails();
    world
}

/// The same office, in which nobody has done anything; its mails until that afternoon were sent.
pub async fn office_with_mails() -> World {
    let world = until_morning("[rounds]\nnew_every_minutes = 30\n").await;
    world.advance_to("2026-12-29 13:30").await;
    world
}

async fn until_morning(extra: &str) -> World {
    let mut world = World::with(Engine::Sqlite, "2026-12-22 08:00", extra).await;
    for (n, (at, event, from, to, seconds, name)) in TOLD.into_iter().enumerate() {
        world.advance_to(at).await;
        world.post(event, data(n, event, (from, to), seconds, name)).await;
    }
    world
}

fn data(
    n: usize,
    event: &str,
    (from, to): (&str, &str),
    seconds: u32,
    name: Option<&str>,
) -> Value {
    let mut data = json!({ "call_id": n.to_string(), "from": from, "to": to });
    if event != "missed" && event != "unanswered_outbound" {
        data["duration_s"] = seconds.into();
    }
    if let Some(name) = name {
        data["caller_name"] = name.into();
    }
    data
}

/// The employee has reached this one.
async fn resolve(world: &World, callback: Callback) {
    let directory = world.directory().await;
    let by = directory.employee_at(EMPLOYEE).expect("she works here").id;
    let (policy, calendar) = (&*world.app.scheduler.policy, &*world.app.scheduler.calendar);
    let rules = Rules::new(policy, calendar);
    let decision = callback.resolve(by, Disposition::Reached, rules, world.app.clock.now());
    let tx = world.app.store.begin().await.expect("storage works");
    callbacks::apply(&tx, &decision.expect("it is open")).await.expect("storage works");
    tx.commit().await.expect("storage works");
}
