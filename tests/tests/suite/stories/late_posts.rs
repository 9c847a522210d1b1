//! Posts come late, twice, in any order, and from clocks that are off (R4, R9).

use super::{ASA, LISA, SVEN, call, due_on, lasting};
use aterkom_tests::world::instant;
use aterkom_tests::{Engine, World, on_both};
use domain::callback::{Callback, State, Withdrawal};
use domain::decision::Entry;
use serde_json::Value;

on_both! {
    // R4
    async fn a_late_word_that_it_was_answered_withdraws_the_callback(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, ASA)).await;
        let callback = world.only_open().await;
        world.sleep_until("2026-11-17 17:00");
        world.tell("2", "2026-11-17 14:02", "answered_inbound", lasting("1", LISA, ASA, 90)).await;
        assert!(world.open().await.is_empty());
        let gone = world.callback(callback.id).await;
        assert!(matches!(gone.state, State::Withdrawn { why: Withdrawal::Contradicted, .. }));
        let names: Vec<&str> = world.journal(gone.id).await.iter().map(Entry::name).collect();
        assert_eq!(names, ["opened", "contact_withdrawn", "withdrawn"]);
        world.advance_to("2026-11-18 08:20").await;
        assert!(world.mailbox("asa.oberg@exempelby.example").is_empty());
    }

    // R4: with another contact standing, the promise stands; its last day is that contact's.
    async fn what_is_left_of_a_callback_keeps_its_own_last_day(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-16 14:00", "missed", call("1", LISA, ASA)).await;
        world.tell("2", "2026-11-17 14:00", "missed", call("2", LISA, ASA)).await;
        world.tell("3", "2026-11-16 14:02", "answered_inbound", lasting("1", LISA, ASA, 5)).await;
        let callback = world.only_open().await;
        assert_eq!(due_on(&callback), "2026-11-19");
        assert_eq!(callback.standing().count(), 1);
        assert!(world.journal(callback.id).await.iter().any(|e| matches!(e, Entry::DueMoved { .. })));
    }

    // R9
    async fn a_time_that_cannot_be_is_replaced_and_marked(world at "2026-11-17 10:00") {
        let now = instant("2026-11-17 10:00");
        for (id, told, counts) in [
            ("6 minutes ahead", "2026-11-17 10:06", now),
            ("5 minutes ahead", "2026-11-17 10:05", instant("2026-11-17 10:05")),
            ("a week back", "2026-11-10 10:00", instant("2026-11-10 10:00")),
            ("over a week back", "2026-11-10 09:59", now),
            ("the year 1999", "1999-12-31 10:00", now),
        ] {
            world.tell(id, told, "missed", call(id, LISA, ASA)).await;
            let callback = world.only_open().await;
            let marked = counts == now;
            let found = callback.contacts.iter().any(|c| (c.at, c.at_marked) == (counts, marked));
            assert!(found, "{id}: {:#?}", callback.contacts);
        }
        let marked = world.only_open().await.contacts.iter().filter(|c| c.at_marked).count();
        assert_eq!(marked, 3);
    }
}

type Told = (&'static str, &'static str, &'static str, Value);

/// Two callers, two messages, two tries, one who was answered after all.
fn told() -> Vec<Told> {
    Vec::from([
        ("a", "2026-11-16 16:00", "missed", call("1", LISA, ASA)),
        ("b", "2026-11-17 09:00", "voicemail", lasting("2", LISA, ASA, 20)),
        ("c", "2026-11-17 09:10", "unanswered_outbound", call("3", ASA, LISA)),
        ("d", "2026-11-17 09:20", "answered_outbound", lasting("4", ASA, LISA, 64)),
        ("e", "2026-11-17 09:30", "missed", call("5", SVEN, ASA)),
        ("f", "2026-11-17 09:31", "answered_inbound", lasting("5", SVEN, ASA, 64)),
        ("g", "2026-11-17 09:40", "voicemail", lasting("6", SVEN, "+46980319211", 20)),
    ])
}

/// What it comes to, without ids.
fn outcome(callback: &Callback) -> String {
    let contacts = callback.contacts.iter().map(|c| (c.at, c.kind, c.promised, c.withdrawn));
    let attempts = callback.attempts.iter().map(|a| (a.at, a.reached));
    let state = match &callback.state {
        State::Open => "open".to_owned(),
        State::Provisional { disposition, at, final_at, .. } => {
            format!("{disposition:?} {at} {final_at}")
        }
        State::Resolved { disposition, .. } => format!("{disposition:?}"),
        State::Withdrawn { why, .. } => format!("{why:?}"),
    };
    let (contacts, attempts): (Vec<_>, Vec<_>) = (contacts.collect(), attempts.collect());
    format!("{state} {:?} {contacts:?} {attempts:?} {:?}", callback.due, callback.wake_at)
}

async fn outcomes(engine: Engine, told: &[Told]) -> Vec<String> {
    let mut world = World::at(engine, "2026-11-17 15:00").await;
    for (id, at, kind, data) in told {
        world.tell(id, at, kind, data.clone()).await;
    }
    let mut outcomes: Vec<String> = world.open().await.iter().map(outcome).collect();
    outcomes.sort();
    world.end().await;
    outcomes
}

// R4
#[tokio::test]
async fn facts_in_any_order_and_twice_come_to_the_same() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let told = told();
        let expected = outcomes(engine, &told).await;
        assert_eq!(expected.len(), 2, "{expected:#?}");
        let mut orders = Vec::from([[told.clone(), told.clone()].concat()]);
        for start in 1..told.len() {
            let mut order = told.clone();
            order.rotate_left(start);
            orders.push(order.clone());
            order.reverse();
            orders.push(order);
        }
        for order in orders {
            let ids: String = order.iter().map(|(id, ..)| *id).collect();
            assert_eq!(
                outcomes(engine, &order).await,
                expected,
                "in the order {ids} on {engine:?}"
            );
        }
    }
}
