//! R37: a PBX that falls silent, a clock that is off, posts that cannot be read.

use aterkom_tests::{Visitor, World, on_both};
use chrono::TimeDelta;
use domain::ids::SourceName;
use store::post_hours;

const ADMIN: &str = "drift@exempelby.example";

/// Ten posts an hour from 8 to 17 on every day of the weeks before.
async fn habit(world: &World) {
    let source = SourceName::new("vaxeln");
    let now = world.app.clock.now();
    let tx = world.app.store.begin().await.expect("storage and calendar work");
    for days in 1..=40 {
        let day = world.app.scheduler.calendar.local_date(now - TimeDelta::days(days));
        let opening =
            world.app.scheduler.calendar.opening_at(day).expect("storage and calendar work");
        let hours =
            (0..9).flat_map(|hour| std::iter::repeat_n(opening + TimeDelta::hours(hour), 10));
        post_hours::count(&tx, hours.map(|at| (&source, at)))
            .await
            .expect("storage and calendar work");
    }
    tx.commit().await.expect("storage and calendar work");
}

on_both! {
    async fn a_pbx_that_falls_silent_is_told_once_a_day(world at "2026-11-24 07:00") {
        world.with_administrator(ADMIN).await;
        habit(world).await;
        world.advance_to("2026-11-24 08:59").await;
        assert!(world.mailbox(ADMIN).is_empty());
        world.advance_to("2026-11-24 09:01").await;
        let mail = world.mailbox(ADMIN).only();
        assert_eq!(mail.subject, "Växeln har tystnat");
        assert!(mail.words().contains("vaxeln har inte skickat något sedan måndag 23 november kl. 17.00"), "{}", mail.text);
        assert!(mail.words().contains("/admin"), "{}", mail.text);
        world.forget_mails();
        world.advance_to("2026-11-24 20:00").await;
        assert!(world.mailbox(ADMIN).is_empty(), "once a day");
        let (_, metrics) = world.get("/metrics").await;
        assert!(metrics.contains("aterkom_source_silent{source=\"vaxeln\"} 1"), "{metrics}");
        let page = Visitor::signed_in(world, ADMIN).await.get("/admin").await.body;
        assert!(page.contains("Växeln vaxeln har varit tyst sedan"), "{page}");
        world.advance_to("2026-11-25 09:01").await;
        world.mailbox(ADMIN).only();
        world.forget_mails();
        // It is heard again.
        world.post("missed", serde_json::json!({ "call_id": "1", "from": "+46701740605", "to": "+46980319232" })).await;
        let (_, metrics) = world.get("/metrics").await;
        assert!(metrics.contains("aterkom_source_silent{source=\"vaxeln\"} 0"), "{metrics}");
    }

    async fn who_posts_as_usual_is_no_news(world at "2026-11-24 07:00") {
        world.with_administrator(ADMIN).await;
        habit(world).await;
        for hour in 8..17 {
            world.advance_to(&format!("2026-11-24 {hour:02}:30")).await;
            let call = format!("{hour}");
            world.post("answered_inbound", serde_json::json!({ "call_id": call, "from": "+46701740605", "to": "+46980319232", "duration_s": 60 })).await;
        }
        world.advance_to("2026-11-24 20:00").await;
        assert!(world.mailbox(ADMIN).is_empty());
    }

    async fn a_clock_that_is_off_and_unread_posts_are_told(world at "2026-11-24 10:10") {
        world.with_administrator(ADMIN).await;
        world.pbx.clock = clock::Clock::by_hand(aterkom_tests::world::instant("2026-11-24 09:00"));
        let status = world.pbx.post("missed", serde_json::json!({ "call_id": "1", "from": "+46701740605", "to": "+46980319232" })).await.expect("an answer");
        assert_eq!(status, 401, "an hour behind");
        world.post_asterisk(&[("event", "parked")]).await;
        world.expect_unread(1);
        assert!(world.mailbox(ADMIN).is_empty(), "at the next hour");
        world.advance_to("2026-11-24 11:01").await;
        let mail = world.mailbox(ADMIN).only();
        assert_eq!(mail.subject, "Det som växeln skickar behöver ses över");
        for part in ["vaxeln: 1 anrop i dag avvisades", "asterisk: 1 anrop kunde inte läsas"] {
            assert!(mail.words().contains(part), "{part} in {}", mail.text);
        }
    }
}
