//! What an organisation may choose, and what a last day is explained by (R2, R14).

use super::{ASA, LISA, call, due_on, lasting};
use aterkom_tests::{Engine, World, on_both};
use chrono::NaiveDate;
use std::sync::Arc;
use workalendar::{Language, WorkCalendar};

on_both! {
    // R14
    async fn a_last_day_over_christmas_explains_itself(world at "2026-12-23 15:00") {
        world.tell("1", "2026-12-23 14:59", "voicemail", lasting("1", LISA, ASA, 20)).await;
        let callback = world.only_open().await;
        let due = callback.due.clone().expect("a message is a promise");
        assert_eq!(
            due.explain(Language::Swedish),
            "Kom onsdag 23 december 2026; räknas inte: torsdag 24 december (julafton), fredag 25 december (juldagen), \
             lördag 26 december (annandag jul), söndag 27 december; sista dag tisdag 29 december 2026."
        );
        assert_eq!(
            due.explain(Language::English),
            "Left Wednesday 23 December 2026; not counted: Thursday 24 December (Christmas Eve), Friday 25 December \
             (Christmas Day), Saturday 26 December (Second Day of Christmas), Sunday 27 December; last day Tuesday 29 December 2026."
        );
        // A closed day recorded later moves no promise already made.
        let monday = NaiveDate::from_ymd_opt(2026, 12, 28).expect("a day");
        let closed = WorkCalendar::sweden().with_closed(monday, "Mellandagsstängt");
        world.app.scheduler.calendar = Arc::new(closed);
        world.tell("2", "2026-12-23 15:00", "missed", call("2", LISA, ASA)).await;
        let later = world.only_open().await;
        assert_eq!((later.contacts.len(), later.due), (2, Some(due)));
        world.tell("3", "2026-12-23 15:00", "missed", call("3", "070-1740606", ASA)).await;
        let other = world.open().await.into_iter().find(|c| c.caller != later.caller).expect("hers");
        assert_eq!(due_on(&other), "2026-12-30", "a new promise knows of it");
    }
}

// R2
#[tokio::test]
async fn missed_calls_can_be_listed_without_a_last_day() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let policy = "[policy]\nmissed_calls = \"list\"\n";
        let mut world = World::with(engine, "2026-11-17 15:00", policy).await;
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, ASA)).await;
        let callback = world.only_open().await;
        assert_eq!((due_on(&callback).as_str(), callback.due), ("none", None));
        for day in ["18", "19", "20", "23", "24"] {
            world.advance_to(&format!("2026-11-{day} 08:16")).await;
            let digest = world.mailbox("asa.oberg@exempelby.example").only();
            assert!(digest.words().contains("Utan sista dag"), "{}", digest.text);
        }
        world.advance_to("2026-11-24 23:59").await;
        assert_eq!(world.open().await.len(), 1);
        world.advance_to("2026-11-25 00:00").await;
        assert!(world.open().await.is_empty(), "its 5 working days are over");
        world.advance_to("2026-11-25 08:16").await;
        assert!(world.mailbox("asa.oberg@exempelby.example").is_empty());
        // A message is a promise all the same, and makes one of what it joins.
        world.tell("2", "2026-11-24 14:00", "missed", call("2", LISA, ASA)).await;
        world.tell("3", "2026-11-24 15:00", "voicemail", lasting("3", LISA, ASA, 20)).await;
        let callback = world.only_open().await;
        assert_eq!((due_on(&callback).as_str(), callback.wake_at), ("2026-11-26", None));
        world.forget_mails();
        world.end().await;
    }
}

// R2
#[tokio::test]
async fn missed_calls_can_be_ignored() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let policy = "[policy]\nmissed_calls = \"ignore\"\n";
        let mut world = World::with(engine, "2026-11-17 15:00", policy).await;
        world.tell("1", "2026-11-17 14:00", "missed", call("1", LISA, ASA)).await;
        assert!(world.open().await.is_empty());
        // R1: too short to be a message.
        world.tell("2", "2026-11-17 14:00", "voicemail", lasting("2", LISA, ASA, 2)).await;
        assert!(world.open().await.is_empty());
        world.tell("3", "2026-11-17 14:00", "voicemail", lasting("3", LISA, ASA, 3)).await;
        assert_eq!(world.only_open().await.contacts.len(), 1);
        world.end().await;
    }
}
