//! When a round goes out, and that it does so once (R24).

use super::{ASA, LISA, TO_ASA, TO_PER, call};
use aterkom::App;
use aterkom_tests::{World, on_both};

async fn missed(world: &mut World) {
    world.post("missed", call("1", LISA, ASA)).await;
}

/// As after a crash or an update: another process, on the same database.
pub(super) async fn another_process(world: &World) -> App {
    App::build(&world.config, world.app.clock.clone()).await.expect("the product starts")
}

on_both! {
    // R24
    async fn a_round_that_was_slept_through_goes_out_at_waking(world at "2026-11-17 15:00") {
        missed(world).await;
        world.sleep_until("2026-11-18 09:40");
        world.work().await;
        let digest = world.mailbox(TO_ASA).only();
        assert!(digest.head.contains("Date: Wed, 18 Nov 2026 08:40:00 +0000"), "{}", digest.head);
        world.advance_to("2026-11-18 23:59").await;
        assert!(world.mailbox(TO_ASA).is_empty());
    }

    // R24
    async fn a_round_whose_time_is_over_is_left_to_the_next_one(world at "2026-11-17 15:00") {
        missed(world).await;
        world.sleep_until("2026-11-18 12:00");
        world.work().await;
        assert!(world.mailbox(TO_ASA).is_empty());
        world.advance_to("2026-11-19 08:14").await;
        assert!(world.mailbox(TO_ASA).is_empty());
        world.advance_to("2026-11-19 08:15").await;
        assert_eq!(world.mailbox(TO_ASA).only().subject, "Att ringa upp: 1, 1 senast i dag");
    }

    // R24
    async fn after_days_of_downtime_only_the_newest_round_goes_out(world at "2026-11-17 15:00") {
        missed(world).await;
        world.sleep_until("2026-11-20 10:00");
        world.work().await;
        assert_eq!(world.mailbox(TO_ASA).only().subject, "Att ringa upp: 1, 1 försenad");
        assert_eq!(world.mailbox(TO_PER).only().subject, "1 försenad återkoppling");
        world.advance_to("2026-11-20 23:59").await;
        assert!(world.mailbox(TO_ASA).is_empty());
    }

    // R24
    async fn nobody_is_disturbed_on_days_off(world at "2026-12-23 15:00") {
        missed(world).await;
        world.advance_to("2026-12-28 08:14").await;
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-12-28 08:16").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
    }

    // R24: who has something to be told only after the round is told by the next one.
    async fn what_comes_after_the_round_waits_for_the_next(world at "2026-11-17 09:00") {
        missed(world).await;
        world.advance_to("2026-11-18 08:14").await;
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-11-18 08:15").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
    }

    // R24: the round says what is so when it is rendered.
    async fn what_came_in_while_we_slept_is_in_the_round(world at "2026-11-17 15:00") {
        missed(world).await;
        world.sleep_until("2026-11-18 09:00");
        let back = call("2", ASA, LISA);
        world.tell("2", "2026-11-18 08:50", "answered_outbound", back).await;
        assert!(world.mailbox(TO_ASA).is_empty(), "she has rung back: there is nothing to remind her of");
    }

    // R24
    async fn a_restart_at_any_moment_makes_no_second_mail(world at "2026-11-17 15:00") {
        missed(world).await;
        world.sleep_until("2026-11-18 08:15");
        // Planned, and then the process is gone; then rendered, and gone again; then sent.
        assert_eq!(world.app.scheduler.pass().await.expect("storage works").planned, 1);
        world.app = another_process(world).await;
        assert!(world.app.notifier.render_one().await.expect("storage works"));
        world.app = another_process(world).await;
        world.work().await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        world.app = another_process(world).await;
        world.work().await;
        world.advance_to("2026-11-18 23:00").await;
        assert!(world.mailbox(TO_ASA).is_empty());
    }

    // R24
    async fn two_processes_send_one_mail(world at "2026-11-17 15:00") {
        missed(world).await;
        let other = another_process(world).await;
        world.sleep_until("2026-11-18 08:15");
        let (one, two) = tokio::join!(world.app.work_until_quiet(), other.work_until_quiet());
        assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
        world.work().await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
    }
}
