//! A server that fails as a whole: everything waits, nothing dies of it, and one mail at a time finds out when it is back.

use super::*;
use aterkom_tests::on_both;

/// With this server all three wait, and no try of theirs counts; when it is well again, they come.
async fn waits(world: &mut World, mode: Mode) {
    three_missed(world).await;
    world.smtp.turn(mode);
    world.advance_to("2026-11-18 11:00").await;
    assert_eq!(digests(world, ["queued", "dead"]).await, [3, 0], "{mode:?}");
    assert!(is_held(world).await, "{mode:?}");
    assert!(world.smtp.taken().is_empty());
    world.smtp.turn(Mode::Ok);
    world.advance_to("2026-11-18 11:06").await;
    assert_eq!(digests(world, ["queued", "sent"]).await, [0, 3], "{mode:?}");
    assert!(!is_held(world).await);
    world.forget_mails();
}

on_both! {
    async fn a_busy_server_is_left_alone_and_no_try_counts(world at "2026-11-17 15:00") {
        waits(world, Mode::Busy).await;
    }

    async fn a_server_that_puts_everybody_off_is_left_alone(world at "2026-11-17 15:00") {
        waits(world, Mode::Temp).await;
    }

    async fn a_server_that_answers_451_to_connections_is_left_alone(world at "2026-11-17 15:00") {
        waits(world, Mode::NotNow).await;
    }

    async fn a_server_that_hangs_up_at_once_is_left_alone(world at "2026-11-17 15:00") {
        waits(world, Mode::Gone).await;
    }

    async fn what_is_no_mail_server_is_left_alone(world at "2026-11-17 15:00") {
        waits(world, Mode::Web).await;
    }

    async fn a_banner_without_end_is_not_read_to_its_end(world at "2026-11-17 15:00") {
        waits(world, Mode::Banner).await;
    }

    async fn an_answer_without_end_is_not_read_to_its_end(world at "2026-11-17 15:00") {
        waits(world, Mode::EndlessHello).await;
    }

    async fn a_server_that_says_nothing_is_given_up(world at "2026-11-17 15:00") {
        hasty(world);
        three_missed(world).await;
        world.smtp.turn(Mode::Hang);
        world.advance_to("2026-11-18 08:17").await;
        assert_eq!(digests(world, ["queued", "dead"]).await, [3, 0]);
        world.smtp.turn(Mode::Ok);
        world.advance_to("2026-11-18 08:19").await;
        assert_eq!(digests(world, ["sent"]).await, [3]);
        world.forget_mails();
    }

    // R24, R25: no mail of the old day, one of the new day each, whatever waited.
    async fn a_server_that_is_away_for_a_day_loses_nothing_and_is_not_flooded(world at "2026-11-17 15:00") {
        three_missed(world).await;
        world.smtp.turn(Mode::Gone);
        world.advance_to("2026-11-19 08:00").await;
        assert_eq!(digests(world, ["queued", "dead"]).await, [0, 0], "nothing waits that is over");
        assert_eq!(digests(world, ["expired"]).await, [3]);
        let probes = world.smtp.connections();
        assert!(probes < 24 * 12 + 10, "one try in five minutes, {probes}");
        world.smtp.turn(Mode::Ok);
        world.advance_to("2026-11-19 08:20").await;
        assert_eq!(digests(world, ["sent", "queued", "dead"]).await, [3, 0, 0]);
        let mail = world.mailbox(TO_ASA).only();
        assert!(mail.head.contains("Date: Thu, 19 Nov 2026"), "{}", mail.head);
        world.advance_to("2026-11-19 08:31").await;
        let list = world.mailbox(TO_PER).only();
        assert!(!list.text.contains("Påminnelser som inte kommer fram"), "nobody is unreachable: {}", list.text);
        world.forget_mails();
    }

    async fn no_more_mails_leave_in_a_minute_than_allowed(world at "2026-11-17 15:00") {
        world.app.notifier.channel = channel(world.smtp.port, |smtp| smtp.per_minute = 2);
        three_missed(world).await;
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["sent", "queued"]).await, [2, 1]);
        world.advance_to("2026-11-18 08:15:59").await;
        assert_eq!(digests(world, ["sent", "queued"]).await, [2, 1]);
        world.advance_to("2026-11-18 08:16").await;
        assert_eq!(digests(world, ["sent", "queued"]).await, [3, 0]);
        world.forget_mails();
    }
}
