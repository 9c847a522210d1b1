//! Receivers that are slow, away, overloaded or gone: nothing is lost, and nobody else waits (R24, R28).

use super::{
    ADMIN, ASA, LISA, OURS, SECRET, call, channel, dead, deliveries, ids, kinds,
    on_both_with_a_receiver,
};
use aterkom_tests::receiver::Reaction;
use aterkom_tests::{Engine, Receiver, Visitor, World};
use std::time::Duration;
use store::channels;

const OPENED: &str = "events = [\"callback.opened\"]";

fn caller(n: usize) -> String {
    format!("+467017406{:02}", 10 + n)
}

async fn ring(world: &mut World, n: usize) {
    world.post("missed", call(&n.to_string(), &caller(n), ASA)).await;
}

async fn resume(world: &World) -> u64 {
    let tx = world.app.store.begin().await.expect("storage works");
    let again = channels::resume(&tx, "duty", world.app.clock.now()).await.expect("storage works");
    tx.commit().await.expect("storage works");
    world.work().await;
    again
}

async fn ended(world: &World) -> Vec<String> {
    let tx = world.app.store.read().await.expect("storage works");
    let ended = channels::list_ended(&tx).await.expect("storage works");
    tx.commit().await.expect("storage works");
    ended.into_iter().map(|(name, _)| name).collect()
}

on_both_with_a_receiver! {
    // The same id and bytes at every try; time and signature are of the try, for receivers refuse what is old.
    async fn a_receiver_that_is_broken_for_hours_hears_everything_once_it_is_well(world, receiver; "standard", OPENED) {
        receiver.says(500);
        for n in 0..5 {
            ring(world, n).await;
        }
        world.advance_to("2026-11-17 11:30").await;
        let failed = receiver.requests();
        assert_eq!(ids(&failed).len(), 5);
        assert_eq!(failed.len(), 5 * 5, "at once, and after 1, 6, 21 and 81 minutes");
        assert_eq!(deliveries(world, "callback.opened", "queued").await, 5);
        receiver.says(204);
        world.advance_to("2026-11-17 14:00").await;
        let all = receiver.requests();
        let taken = &all[failed.len()..];
        assert_eq!((taken.len(), ids(taken)), (5, ids(&failed)), "each once");
        for request in &all {
            assert!(request.is_signed_by(SECRET));
            let same = failed.iter().find(|f| f.header("webhook-id") == request.header("webhook-id"));
            assert_eq!(same.expect("it was tried before").body, request.body);
        }
        assert_ne!(taken[0].header("webhook-timestamp"), failed[0].header("webhook-timestamp"));
        assert_eq!(deliveries(world, "callback.opened", "sent").await, 5);
    }

    async fn what_died_is_on_the_page_of_administrators_and_can_be_sent_again(world, receiver; "standard", OPENED) {
        world.with_administrator(ADMIN).await;
        receiver.says(404);
        ring(world, 1).await;
        world.advance_to("2026-11-17 16:00").await;
        assert_eq!(receiver.requests().len(), 6);
        assert_eq!(dead(world).await, [("duty".to_owned(), "the receiver answered 404".to_owned())]);
        let page = Visitor::signed_in(world, ADMIN).await.get("/admin").await.body;
        assert!(page.contains("Ett mejl eller annat meddelande kom aldrig fram."), "{page}");
        let page = Visitor::signed_in(world, ADMIN).await.get("/admin/mail").await.body;
        for part in ["duty", "callback.opened", "the receiver answered 404"] {
            assert!(page.contains(part), "{part} on {page}");
        }
        assert!(!page.contains("secret-token") && !page.contains("127.0.0.1"), "{page}");
        // R28: no person is unreachable for it, and no manager is told so.
        let tx = world.app.store.read().await.expect("storage works");
        assert_eq!(store::deliveries::list_unreachable(&tx, world.app.clock.now()).await.expect("storage works"), []);
        tx.commit().await.expect("storage works");
        receiver.says(200);
        assert_eq!(resume(world).await, 1);
        assert_eq!((receiver.requests().len(), ids(&receiver.requests()).len()), (7, 1));
        assert_eq!(dead(world).await, []);
    }

    async fn a_receiver_that_is_gone_ends_its_channel_until_it_is_resumed(world, receiver; "standard", OPENED) {
        world.with_administrator(ADMIN).await;
        receiver.says(410);
        ring(world, 1).await;
        assert_eq!(ended(world).await, ["duty"]);
        ring(world, 2).await;
        world.advance_to("2026-11-18 10:00").await;
        assert_eq!(receiver.requests().len(), 1, "it is not asked again");
        assert_eq!(dead(world).await.len(), 1);
        let page = Visitor::signed_in(world, ADMIN).await.get("/admin").await.body;
        assert!(page.contains("Mottagaren av kanalen duty är borta sedan i går kl. 10.00"), "{page}");
        assert!(page.contains("aterkom channels resume duty"), "{page}");
        receiver.says(200);
        assert_eq!(resume(world).await, 1);
        ring(world, 3).await;
        let told = receiver.requests();
        assert_eq!((told.len(), ids(&told).len()), (3, 2), "what died, and what is new");
        assert_eq!(ended(world).await, [""; 0]);
    }

    async fn a_receiver_that_is_overloaded_is_asked_when_it_says(world, receiver; "standard", OPENED) {
        receiver.answers_next(Reaction::Status(429, Some(("retry-after", "1800".to_owned()))));
        receiver.answers_next(Reaction::Status(503, Some(("retry-after", "1".to_owned()))));
        ring(world, 1).await;
        world.advance_to("2026-11-17 10:29").await;
        assert_eq!(receiver.requests().len(), 1);
        world.advance_to("2026-11-17 10:30").await;
        assert_eq!(receiver.requests().len(), 2);
        world.advance_to("2026-11-17 10:34").await;
        assert_eq!(receiver.requests().len(), 2, "never sooner than without being asked");
        world.advance_to("2026-11-17 10:35").await;
        assert_eq!((receiver.requests().len(), ids(&receiver.requests()).len()), (3, 1));
        assert_eq!(deliveries(world, "callback.opened", "sent").await, 1);
    }

    async fn an_answer_without_an_end_is_an_answer(world, receiver; "standard", OPENED) {
        receiver.answers(Reaction::Endless);
        ring(world, 1).await;
        assert_eq!(receiver.requests().len(), 1);
        assert_eq!(deliveries(world, "callback.opened", "sent").await, 1);
    }

    async fn a_receiver_that_never_answers_is_given_up_and_tried_again(world, receiver; "standard", OPENED) {
        world.app.notifier.channels.patience = Duration::from_millis(200);
        receiver.answers_next(Reaction::Never);
        ring(world, 1).await;
        assert_eq!(deliveries(world, "callback.opened", "queued").await, 1);
        world.advance_to("2026-11-17 10:01").await;
        assert_eq!((receiver.requests().len(), ids(&receiver.requests()).len()), (2, 1));
        assert_eq!(deliveries(world, "callback.opened", "sent").await, 1);
    }

    // Killed after the receiver has it and before that is noted: the same message again, not another.
    async fn a_crash_after_sending_repeats_the_same_message(world, receiver; "standard", OPENED) {
        receiver.answers_next(Reaction::Never);
        let (notifier, to) = (world.app.notifier.clone(), world.app.notifier.channels.all[0].clone());
        let status = world.pbx.post("missed", call("1", LISA, ASA)).await.expect("an answer");
        assert_eq!(status, 200);
        world.app.receiver.read_some().await.expect("storage works");
        world.app.scheduler.pass().await.expect("storage works");
        assert!(world.app.notifier.render_for_channels().await.expect("storage works"));
        tokio::select! {
            _ = notifier.dispatch_to(&to) => panic!("the receiver does not answer"),
            () = receiver.hears_one() => {}
        }
        assert_eq!(notifier.dispatch_to(&to).await.expect("storage works"), 0, "somebody has it");
        world.advance_to("2026-11-17 10:05").await;
        let told = receiver.requests();
        assert_eq!((told.len(), ids(&told).len()), (2, 1));
        assert_eq!(told[0].body, told[1].body);
        assert_eq!(deliveries(world, "callback.opened", "sent").await, 1);
    }

    // R24: what a round says is said better by the next one.
    async fn a_round_that_could_not_be_told_in_time_is_left_to_the_next(world, receiver; "teams", "notices = [\"nudge\"]") {
        receiver.says(500);
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-19 15:00").await;
        assert_eq!(deliveries(world, "nudge", "queued").await, 1);
        receiver.says(200);
        world.advance_to("2026-11-19 18:00").await;
        assert_eq!(deliveries(world, "nudge", "expired").await, 1);
        let tried = receiver.requests().len();
        world.advance_to("2026-11-20 12:00").await;
        assert_eq!(receiver.requests().len(), tried, "never after its time");
    }
}

// A receiver that hangs holds up neither mails nor another channel.
#[tokio::test]
async fn a_receiver_that_hangs_keeps_nobody_else_waiting() {
    let (slow, well) = (Receiver::start().await, Receiver::start().await);
    slow.answers(Reaction::Never);
    let other = super::named("well", &well, "standard", OPENED);
    let extra = format!("{OURS}{}{other}", channel(&slow, "standard", OPENED));
    let mut world = World::with(Engine::Sqlite, "2026-11-18 08:14", &extra).await;
    let status = world.pbx.post("missed", call("1", LISA, ASA)).await.expect("an answer");
    assert_eq!(status, 200);
    world.app.clock.let_go();
    let stop = tokio_util::sync::CancellationToken::new();
    let app = aterkom::App::build(&world.config, world.app.clock.clone()).await.expect("it starts");
    let running = tokio::spawn(app.work(stop.clone()));
    well.hears_one().await;
    slow.hears_one().await;
    assert_eq!(kinds(&well.requests()), ["callback.opened"]);
    stop.cancel();
    running.await.expect("it ends").expect("storage works");
    world.app.clock.set(aterkom_tests::world::instant("2026-11-18 08:20"));
    world.forget_mails();
    drop(world);
}
