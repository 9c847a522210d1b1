//! *New*: what came in since the last mail, gathered (R25).

use super::when::another_process;
use super::{ASA, JOHN, LISA, SVEN, TO_ASA, TO_JOHN, assert_text, assert_tidy, body_of, call};
use aterkom_tests::on_both;

on_both! {
    // R25
    async fn what_is_new_is_gathered_for_half_an_hour(world at "2026-11-17 09:40" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 09:50").await;
        world.post("voicemail", call("2", SVEN, ASA)).await;
        world.post("missed", call("3", LISA, JOHN)).await;
        world.advance_to("2026-11-17 09:59").await;
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-11-17 10:00").await;
        for (address, name) in [(TO_ASA, "new_sv"), (TO_JOHN, "new_en")] {
            let mail = world.mailbox(address).only();
            assert_tidy(&mail.text);
            assert_text(name, &format!("Subject: {}\n\n{}", mail.subject, mail.text));
            assert_text(&format!("{name}_html"), body_of(&mail.html));
        }
        world.advance_to("2026-11-17 10:10").await;
        world.post("missed", call("4", "070-1740607", ASA)).await;
        world.advance_to("2026-11-17 10:29").await;
        assert!(world.mailbox(TO_ASA).is_empty());
        world.advance_to("2026-11-17 10:30").await;
        assert_eq!(world.mailbox(TO_ASA).only().subject, "Nytt att ringa upp: 1");
        world.advance_to("2026-11-17 23:59").await;
        assert!(world.mailbox(TO_ASA).is_empty(), "told once");
        assert!(world.mailbox(TO_JOHN).is_empty(), "told once");
    }

    // R25: an empty mail is never sent.
    async fn what_was_tried_meanwhile_is_no_news(world at "2026-11-17 09:40" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 09:50").await;
        world.post("unanswered_outbound", call("2", ASA, LISA)).await;
        world.advance_to("2026-11-17 17:00").await;
        assert!(world.smtp.taken().is_empty());
    }

    // R25: another message is news, another ring is not.
    async fn a_message_that_joins_is_news(world at "2026-11-17 09:40" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 10:05").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        world.post("missed", call("2", LISA, ASA)).await;
        world.advance_to("2026-11-17 10:35").await;
        assert!(world.mailbox(TO_ASA).is_empty());
        world.post("voicemail", call("3", LISA, ASA)).await;
        world.advance_to("2026-11-17 11:00").await;
        let mail = world.mailbox(TO_ASA).only();
        assert!(mail.words().contains("Har hört av sig 3 gånger och lämnat meddelande."), "{}", mail.text);
        world.advance_to("2026-11-17 23:59").await;
    }

    // R25: what comes outside the window, or just before the digest, is told by the digest.
    async fn the_digest_tells_what_came_before_it(world at "2026-11-17 16:40" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-18 07:50").await;
        world.post("missed", call("2", SVEN, ASA)).await;
        world.advance_to("2026-11-18 08:14").await;
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-11-18 08:15").await;
        assert_eq!(world.mailbox(TO_ASA).only().subject, "Att ringa upp: 2");
        world.advance_to("2026-11-18 08:20").await;
        world.post("missed", call("3", LISA, JOHN)).await;
        world.advance_to("2026-11-18 08:29").await;
        assert!(world.smtp.taken().len() == 1);
        world.advance_to("2026-11-18 08:30").await;
        assert_eq!(world.mailbox(TO_JOHN).only().subject, "New to call back: 1");
        world.advance_to("2026-11-18 23:59").await;
        assert!(world.mailbox(TO_ASA).is_empty(), "the digest has told it");
    }

    // R24, R25
    async fn nothing_new_is_told_on_a_day_off(world at "2026-11-20 16:50" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-23 08:14").await;
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-11-23 08:15").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
    }

    // R24: planned, and then the process is gone; then rendered, and gone again; then sent.
    async fn a_restart_at_any_moment_doubles_no_news(world at "2026-11-17 09:40" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.sleep_until("2026-11-17 10:00");
        assert_eq!(world.app.scheduler.pass().await.expect("storage works").planned, 1);
        world.app = another_process(world).await;
        assert!(world.app.notifier.render_one().await.expect("storage works"));
        world.app = another_process(world).await;
        world.work().await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        world.app = another_process(world).await;
        world.advance_to("2026-11-17 23:00").await;
        assert!(world.mailbox(TO_ASA).is_empty());
    }

    // R24
    async fn two_processes_tell_what_is_new_once(world at "2026-11-17 09:40" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        let other = another_process(world).await;
        world.sleep_until("2026-11-17 10:00");
        let (one, two) = tokio::join!(world.app.work_until_quiet(), other.work_until_quiet());
        assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
        world.work().await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
    }

    // R25: at most every half hour, also when the one before was late.
    async fn news_after_a_late_round_waits_its_time(world at "2026-11-17 09:50" with "[rounds]\nnew_every_minutes = 30\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.sleep_until("2026-11-17 10:20");
        world.work().await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        world.advance_to("2026-11-17 10:25").await;
        world.post("missed", call("2", SVEN, ASA)).await;
        world.advance_to("2026-11-17 10:59").await;
        assert!(world.mailbox(TO_ASA).is_empty());
        world.advance_to("2026-11-17 11:00").await;
        assert_eq!(world.mailbox(TO_ASA).only().subject, "Nytt att ringa upp: 1");
    }

    // R25: who wants none gets none.
    async fn what_is_new_can_be_left_to_the_digest(world at "2026-11-17 09:40" with "[rounds]\nnew_every_minutes = 0\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-18 08:14").await;
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-11-18 08:15").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
    }
}
