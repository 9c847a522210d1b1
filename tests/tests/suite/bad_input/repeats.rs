//! The same again: an exact repeat is dropped for a day, and never is a fact counted twice (R4).

use super::{missed, posts};
use aterkom_tests::posting::event;
use aterkom_tests::world::TOKEN;
use aterkom_tests::{World, on_both};

const LISA: &str = "+46701740605";

async fn post_form(world: &World, fields: &[(&str, &str)]) {
    let url = format!("{}/hooks/asterisk", world.base);
    let sent = world.client.post(url).bearer_auth(TOKEN).form(fields).send().await;
    assert_eq!(sent.expect("an answer").status(), 200);
    world.work().await;
}

on_both! {
    // R4
    async fn a_repeat_is_dropped_within_a_day_and_no_second_fact_after_it(world at "2026-11-17 10:00") {
        let body = event("evt_1", "2026-11-17 09:59", "missed", &missed(LISA)).to_string();
        for _ in 0..3 {
            assert_eq!(world.post_bytes("prova", body.clone()).await, 200);
        }
        world.work().await;
        assert_eq!(world.post_bytes("prova", body.clone()).await, 200);
        world.sleep_until("2026-11-18 09:59");
        world.app.receiver.forget_repeats().await.expect("storage works");
        assert_eq!(world.post_bytes("prova", body.clone()).await, 200);
        world.work().await;
        assert_eq!(posts(world).await, 1, "the repeat is not kept");
        let before = world.only_open().await;
        world.sleep_until("2026-11-18 11:00");
        world.app.receiver.forget_repeats().await.expect("storage works");
        assert_eq!(world.post_bytes("prova", body).await, 200);
        world.work().await;
        assert_eq!(posts(world).await, 2, "after a day it is news again");
        assert_eq!(world.only_open().await, before, "but it tells nothing new");
        world.forget_mails();
    }

    // R4: two events may share an id, and one source's event is not another's.
    async fn what_differs_in_anything_is_no_repeat(world at "2026-11-17 10:00") {
        let data = missed(LISA);
        let body = |id, time| event(id, time, "missed", &data).to_string();
        let first = body("evt_1", "2026-11-17 09:59");
        assert_eq!(world.post_bytes("prova", first.clone()).await, 200);
        assert_eq!(world.post_bytes("prova", body("evt_2", "2026-11-17 09:59")).await, 200);
        assert_eq!(world.post_bytes("prova", body("evt_1", "2026-11-17 09:58")).await, 200);
        assert_eq!(world.post_bytes("prova", format!("{first} ")).await, 200);
        assert_eq!(world.post_bytes("prova?again", first.clone()).await, 200);
        let url = format!("{}/hooks/prova", world.base);
        let put = world.client.put(&url).bearer_auth(TOKEN).body(first.clone()).send().await;
        assert_eq!(put.expect("an answer").status(), 200);
        let named = world.client.post(&url).bearer_auth(TOKEN).header("webhook-id", "msg_1").body(first);
        assert_eq!(named.send().await.expect("an answer").status(), 200);
        assert_eq!(posts(world).await, 7);
        world.work().await;
        assert_eq!(world.only_open().await.contacts.len(), 1, "one call, whatever was said of it");
    }

    async fn counts_of_a_mailbox_are_never_a_repeat(world at "2026-11-17 10:00") {
        let counts = [("event", "externnotify"), ("mailbox", "1042"), ("context", "default"), ("new", "3")];
        for n in 1..=3 {
            post_form(world, &counts).await;
            assert_eq!(world.posts("read").await, n);
        }
        assert!(world.open().await.is_empty());
    }
}
