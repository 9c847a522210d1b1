//! Who waits, and how many promises that makes (R5, R7, R8).

use super::{ASA, JOHN, LISA, SVEN, call, due_on, lasting, messages, owner, resolve};
use aterkom_tests::{Engine, World, on_both};
use domain::callback::{Disposition, State};
use domain::decision::Entry;
use serde_json::json;

on_both! {
    // R5, R11
    async fn one_caller_waits_once_however_often_they_ring(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-16 16:59", "missed", call("1", LISA, ASA)).await;
        world.tell("2", "2026-11-17 09:30", "missed", call("2", LISA, ASA)).await;
        world.tell("3", "2026-11-17 14:00", "missed", call("3", LISA, ASA)).await;
        world.tell("4", "2026-11-17 14:01", "voicemail", lasting("4", LISA, ASA, 20)).await;
        let callback = world.only_open().await;
        assert_eq!((callback.contacts.len(), messages(&callback)), (4, 1));
        assert_eq!(due_on(&callback), "2026-11-18", "the earliest contact counts");
        let names: Vec<&str> = world.journal(callback.id).await.iter().map(Entry::name).collect();
        assert_eq!(names, ["opened", "joined", "joined", "joined"]);
    }

    // R5
    async fn two_callers_of_one_moment_are_two_promises(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, ASA)).await;
        world.tell("2", "2026-11-17 14:00", "missed", call("2", SVEN, ASA)).await;
        let open = world.open().await;
        assert_eq!(open.len(), 2);
        assert_ne!(open[0].caller, open[1].caller);
    }

    // R5: the promise is the owner's.
    async fn one_caller_of_two_people_is_two_promises(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, ASA)).await;
        world.tell("2", "2026-11-17 14:01", "missed", call("2", LISA, JOHN)).await;
        let open = world.open().await;
        assert_eq!(open.len(), 2);
        assert_eq!(open[0].caller, open[1].caller);
    }

    // R5
    async fn after_the_end_a_new_promise_begins_and_knows_the_old_one(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, ASA)).await;
        let old = world.only_open().await;
        resolve(world, old.clone(), "Åsa Öberg", Disposition::Reached).await;
        assert!(world.open().await.is_empty());
        world.tell("2", "2026-11-17 14:30", "missed", call("2", LISA, ASA)).await;
        let new = world.only_open().await;
        assert_eq!((new.previous, new.contacts.len()), (Some(old.id), 1));
    }

    // R5
    async fn a_new_message_makes_a_provisional_end_final_first(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 09:00", "voicemail", lasting("1", LISA, ASA, 20)).await;
        world.tell("2", "2026-11-17 10:00", "answered_outbound", lasting("2", ASA, LISA, 64)).await;
        let old = world.only_open().await;
        assert!(matches!(old.state, State::Provisional { .. }));
        world.tell("3", "2026-11-17 11:00", "voicemail", lasting("3", LISA, ASA, 20)).await;
        let new = world.only_open().await;
        assert_eq!((&new.state, new.previous), (&State::Open, Some(old.id)));
        let old = world.callback(old.id).await;
        assert!(matches!(old.state, State::Resolved { disposition: Disposition::ReachedByPbx, .. }));
    }

    // R7
    async fn one_number_in_five_spellings_is_one_caller(world at "2026-11-17 15:00") {
        let spellings = ["0701740605", "070-174 06 05", "0046701740605", "+46 (0)70 174 06 05", "46701740605"];
        for (n, spelling) in spellings.into_iter().enumerate() {
            let id = n.to_string();
            world.tell(&id, "2026-11-17 14:00", "missed", call(&id, spelling, ASA)).await;
        }
        assert_eq!(world.only_open().await.contacts.len(), 5);
    }

    // R7
    async fn a_colleague_who_rings_waits_like_anybody(world at "2026-11-17 15:00") {
        world.post("missed", json!({ "call_id": "1", "from": "233", "to": "232", "extension": "232" })).await;
        world.post("missed", json!({ "call_id": "2", "from": "0980-319 233", "to": ASA })).await;
        world.tell("3", "2026-11-17 14:00", "missed", call("3", JOHN, ASA)).await;
        let callback = world.only_open().await;
        assert_eq!((callback.contacts.len(), owner(world, &callback).await), (3, "Åsa Öberg".to_owned()));
        assert!(callback.caller.is_some());
    }
}

const NUMBERS: &str = r#"
[policy]
shared_numbers = ["070-174 06 05"]
blocked_numbers = ["+46701740606"]
"#;

#[tokio::test]
async fn a_shared_number_is_never_merged_and_a_blocked_one_opens_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut world = World::with(engine, "2026-11-17 15:00", NUMBERS).await;
        for id in ["1", "2", "3"] {
            // R5
            world.tell(id, "2026-11-17 14:00", "missed", call(id, LISA, ASA)).await;
        }
        let open = world.open().await;
        assert_eq!(open.len(), 3);
        assert!(open.iter().all(|c| c.contacts.len() == 1 && c.caller == open[0].caller));
        // R8
        world.tell("4", "2026-11-17 14:00", "missed", call("4", SVEN, ASA)).await;
        world.tell("5", "2026-11-17 14:00", "voicemail", lasting("5", SVEN, ASA, 20)).await;
        assert_eq!(world.open().await.len(), 3);
        let calls = world.status().await.calls;
        assert!(calls.contains(&("message".to_owned(), 1)), "blocked, but counted: {calls:?}");
        world.end().await;
    }
}
