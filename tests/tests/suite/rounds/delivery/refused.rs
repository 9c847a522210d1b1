//! What is said of one mail.

use super::*;
use aterkom_tests::on_both;

on_both! {
    // R24, R30
    async fn a_mail_that_is_taken_is_sent_once_and_says_what_it_is(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-18 12:00").await;
        assert_eq!(digests(world, ["sent", "queued"]).await, [1, 0]);
        let mail = world.mailbox(TO_ASA).only();
        for header in [
            "List-Id: <digest.aterkom.exempelby.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Date: Wed, 18 Nov 2026 07:15:00 +0000\r\n",
        ] {
            assert!(mail.head.contains(header), "{header} in {}", mail.head);
        }
        assert!(mail.message_id.ends_with("@exempelby.example"), "{}", mail.message_id);
        world.forget_mails();
    }

    async fn a_greylisted_mail_comes_at_the_next_try(world at "2026-11-17 15:00") {
        three_missed(world).await;
        world.smtp.turn(Mode::Greylist);
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["sent", "queued"]).await, [0, 3]);
        assert!(!is_held(world).await, "it is about whom we are, not about the server");
        world.advance_to("2026-11-18 08:16").await;
        assert_eq!(digests(world, ["sent", "queued"]).await, [3, 0]);
        world.forget_mails();
    }

    async fn a_mail_that_is_put_off_alone_dies_alone(world at "2026-11-17 15:00") {
        three_missed(world).await;
        world.smtp.turn(Mode::Ok);
        world.advance_to("2026-11-18 08:14").await;
        // One that the server never bears, beside two that it takes.
        world.smtp.always(TO_ASA, "451 4.3.0 later");
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["sent", "queued"]).await, [2, 1]);
        world.advance_to("2026-11-18 08:36").await;
        assert_eq!(digests(world, ["sent", "dead"]).await, [2, 1], "at 08:15, 08:16, 08:21 and 08:36");
        assert_eq!(why_dead(world).await, "the server has trouble of its own (451 4.3.0)");
        world.forget_mails();
    }

    async fn an_unknown_recipient_is_dead_at_once(world at "2026-11-17 15:00") {
        three_missed(world).await;
        world.smtp.turn(Mode::Perm);
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["dead", "queued"]).await, [3, 0]);
        assert_eq!(
            why_dead(world).await,
            "the server knows no such recipient; correct the address (550 5.1.1)"
        );
        world.smtp.turn(Mode::Ok);
        world.advance_to("2026-11-18 08:30").await;
        let list = world.mailbox(TO_PER).only();
        assert!(list.text.contains("Påminnelser som inte kommer fram"), "{}", list.text);
        world.forget_mails();
    }

    async fn a_full_mailbox_is_tried_until_the_last_pause(world at "2026-11-17 15:00") {
        three_missed(world).await;
        world.smtp.turn(Mode::Full);
        world.advance_to("2026-11-18 08:20").await;
        assert_eq!(digests(world, ["queued", "dead"]).await, [3, 0]);
        assert!(!is_held(world).await);
        world.advance_to("2026-11-18 08:36").await;
        assert_eq!(digests(world, ["queued", "dead"]).await, [0, 3]);
        assert_eq!(why_dead(world).await, "this mailbox is full (452 4.2.2)");
        world.forget_mails();
    }

    async fn content_that_is_refused_is_dead_at_once(world at "2026-11-17 15:00") {
        three_missed(world).await;
        world.smtp.turn(Mode::DataReject);
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["dead", "queued"]).await, [3, 0]);
        let why = why_dead(world).await;
        assert_eq!(why, "the server does not take what the mail says; its log says why (554 5.6.0)");
        world.smtp.turn(Mode::Ok);
        world.forget_mails();
    }

    // R24: whoever cannot be sure sends the same again.
    async fn a_server_that_never_says_yes_gets_the_same_mail_again(world at "2026-11-17 15:00") {
        hasty(world);
        world.post("missed", call("1", LISA, ASA)).await;
        world.smtp.turn(Mode::Slow);
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["queued"]).await, [1]);
        world.smtp.turn(Mode::Ok);
        world.advance_to("2026-11-18 08:16").await;
        twice_the_same(world).await;
    }

    async fn a_mail_that_takes_long_holds_up_no_other(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.smtp.turn(Mode::Slow);
        world.sleep_until(DIGEST);
        let others = async {
            world.smtp.has_taken(1).await;
            // Somebody wants in meanwhile.
            let asked = world.client.post(format!("{}/sign-in", world.base)).header("origin", &world.base);
            let asked = asked.form(&[("address", TO_JOHN)]).send().await.expect("an answer");
            assert!(asked.url().path().ends_with("/sent"), "{}", asked.url());
            while world.app.notifier.render_one().await.expect("storage works") {}
            world.smtp.has_taken(2).await;
            assert_eq!(digests(world, ["sent", "queued"]).await, [0, 1], "the first is still under way");
            world.smtp.turn(Mode::Ok);
        };
        let (worked, ()) = tokio::join!(world.app.work_until_quiet(), others);
        worked.expect("storage works");
        assert_eq!(digests(world, ["sent", "queued"]).await, [1, 0]);
        assert_eq!(world.smtp.taken().len(), 2, "each once");
        world.forget_mails();
    }

    async fn a_yes_that_is_lost_means_the_same_mail_again_and_never_another(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.smtp.turn(Mode::Lost);
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["queued"]).await, [1]);
        world.smtp.turn(Mode::Ok);
        world.advance_to("2026-11-18 08:16").await;
        twice_the_same(world).await;
    }

    async fn a_connection_cut_in_the_middle_of_a_mail_loses_nothing(world at "2026-11-17 15:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.smtp.turn(Mode::Drop);
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["queued"]).await, [1]);
        assert!(world.smtp.taken().is_empty(), "half a mail is none");
        world.smtp.turn(Mode::Ok);
        world.advance_to("2026-11-18 08:16").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        assert_eq!(digests(world, ["sent"]).await, [1]);
    }

    // A refused recipient costs no new connection.
    async fn after_a_refusal_the_next_mail_goes_by_the_same_connection(world at "2026-11-17 15:00") {
        world.app.notifier.channel = channel(world.smtp.port, |smtp| smtp.connections = 1);
        three_missed(world).await;
        world.smtp.never_knew(TO_JOHN);
        world.advance_to(DIGEST).await;
        assert_eq!(digests(world, ["sent", "dead"]).await, [2, 1]);
        assert_eq!(world.smtp.connections(), 1);
        world.forget_mails();
    }
}

async fn twice_the_same(world: &mut World) {
    let taken = world.smtp.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0], taken[1], "the same bytes, and so the same Message-ID");
    assert_eq!(digests(world, ["sent", "queued"]).await, [1, 0]);
    world.forget_mails();
}
