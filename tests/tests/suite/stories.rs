//! Whole stories: what PBXs tell goes in, and what people have promised comes out.

mod asterisk;
mod coming_back;
mod imports;
mod joining;
mod late_posts;
mod leaving;
mod policy;
mod responsible;

use aterkom_tests::World;
use domain::callback::{Callback, ContactKind, Disposition};
use domain::directory::{Owner, Responsible};
use domain::ids::EmployeeId;
use domain::transitions::Rules;
use serde_json::{Value, json};
use store::callbacks;

const LISA: &str = "+46701740605";
const SVEN: &str = "+46701740606";
const ASA: &str = "+46980319232";
const JOHN: &str = "+46980319233";
const AMIR: &str = "+46980319241";

/// A call from `from` to `to`.
pub(super) fn call(id: &str, from: &str, to: &str) -> Value {
    json!({ "call_id": id, "from": from, "to": to })
}

/// The same, of so many seconds.
pub(super) fn lasting(id: &str, from: &str, to: &str, seconds: u32) -> Value {
    json!({ "call_id": id, "from": from, "to": to, "duration_s": seconds })
}

async fn employee(world: &World, name: &str) -> EmployeeId {
    let directory = world.directory().await;
    let found = directory.employees().iter().find(|e| e.name == name);
    found.unwrap_or_else(|| panic!("{name} does not work here")).id
}

/// The name of whoever a callback belongs to.
async fn owner(world: &World, callback: &Callback) -> String {
    let directory = world.directory().await;
    match callback.owner {
        Owner::Employee(id) => directory.employee(id).expect("somebody").name.clone(),
        Owner::Unit(id) => directory.unit(id).expect("a unit").name.clone(),
        Owner::Organisation => "the organisation".to_owned(),
    }
}

async fn responsible(world: &World, callback: &Callback) -> Responsible {
    world.directory().await.responsible(callback.owner, world.today())
}

/// Somebody says that it is done.
async fn resolve(world: &World, callback: Callback, by: &str, disposition: Disposition) {
    let by = employee(world, by).await;
    let (policy, calendar) = (&*world.app.scheduler.policy, &*world.app.scheduler.calendar);
    let now = world.app.clock.now();
    let decision = callback.resolve(by, disposition, Rules::new(policy, calendar), now);
    let tx = world.app.store.begin().await.expect("storage works");
    callbacks::apply(&tx, &decision.expect("it can be resolved")).await.expect("storage works");
    tx.commit().await.expect("storage works");
}

fn due_on(callback: &Callback) -> String {
    callback.due.as_ref().map_or("none".to_owned(), |due| due.due_on.to_string())
}

fn messages(callback: &Callback) -> usize {
    callback.contacts.iter().filter(|c| matches!(c.kind, ContactKind::Message { .. })).count()
}
