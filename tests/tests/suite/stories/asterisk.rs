//! Asterisk tells the end of a call and its message in two posts, and some callers withhold their number (R2, R6).

use super::messages;
use aterkom_tests::{World, on_both};

/// 09:00 in Stockholm on Tuesday 17 November 2026.
const START: i64 = 1_794_902_400;

/// A caller to Åsa's phone who withheld the number, which the operator leaked.
async fn hang_up(world: &mut World, n: i64, with_message: bool) {
    let start = START + 60 * n;
    let (id, channel) = (format!("{start}.{n}"), format!("PJSIP/operator-{n:08x}"));
    let (began, ended) = (format!("{start}.204117"), format!("{}.611902", start + 45));
    let (status, file) = if with_message { ("SUCCESS", "/var/spool/msg0000") } else { ("", "") };
    world
        .post_asterisk(&[
            ("event", "hangup"),
            ("direction", "inbound"),
            ("uniqueid", &id),
            ("linkedid", &id),
            ("channel", &channel),
            ("callerid_num", "+46701740605"),
            ("callerid_name", "Petra Lund"),
            ("callerid_pres", "prohib_not_screened"),
            ("dnid", "+46980319232"),
            ("extension", "1042"),
            ("dialstatus", "NOANSWER"),
            ("start", &began),
            ("end", &ended),
            ("vmstatus", status),
            ("vm_messagefile", file),
        ])
        .await;
}

async fn message(world: &mut World, n: i64) {
    let start = START + 60 * n;
    let (left, id) = ((start + 30).to_string(), format!("{start}-0000000{n}"));
    let channel = format!("PJSIP/operator-{n:08x}");
    world
        .post_asterisk(&[
            ("event", "voicemail"),
            ("folder", "INBOX"),
            ("mailbox", "1042"),
            ("context", "default"),
            ("origmailbox", "1042"),
            ("callerchan", &channel),
            ("callerid", "\"Anonymous\" <anonymous>"),
            ("msg_id", &id),
            ("origtime", &left),
            ("duration", "12"),
        ])
        .await;
}

async fn assert_one_withheld_message(world: &World, callbacks: usize) {
    let open = world.open().await;
    assert_eq!(open.len(), callbacks, "{open:#?}");
    for callback in open {
        assert_eq!((callback.contacts.len(), messages(&callback)), (1, 1));
        assert_eq!(
            (callback.caller, callback.may_be_joined),
            (None, false),
            "a leaked number is forgotten"
        );
        assert!(!callback.contacts[0].withdrawn);
    }
}

on_both! {
    // R6
    async fn the_end_of_a_call_and_then_its_message_are_one_callback(world at "2026-11-17 09:10") {
        hang_up(world, 1, true).await;
        message(world, 1).await;
        world.advance_to("2026-11-17 09:12").await;
        assert_one_withheld_message(world, 1).await;
    }

    // R6
    async fn a_message_and_then_the_end_of_its_call_are_one_callback(world at "2026-11-17 09:10") {
        message(world, 1).await;
        hang_up(world, 1, true).await;
        world.advance_to("2026-11-17 09:12").await;
        assert_one_withheld_message(world, 1).await;
    }

    // R6, R4: the second post comes after the first was judged.
    async fn a_second_post_that_comes_late_makes_no_second_callback(world at "2026-11-17 09:10") {
        message(world, 1).await;
        hang_up(world, 2, true).await;
        world.advance_to("2026-11-17 10:00").await;
        assert_one_withheld_message(world, 1).await;
        hang_up(world, 1, true).await;
        message(world, 2).await;
        world.advance_to("2026-11-17 11:00").await;
        assert_one_withheld_message(world, 2).await;
    }

    // R6
    async fn two_withheld_callers_are_never_one(world at "2026-11-17 09:10") {
        for n in 1..=3 {
            hang_up(world, n, true).await;
            message(world, n).await;
        }
        world.advance_to("2026-11-17 09:15").await;
        assert_one_withheld_message(world, 3).await;
    }

    // R6
    async fn a_withheld_caller_without_a_message_is_only_counted(world at "2026-11-17 09:10") {
        hang_up(world, 1, false).await;
        world.advance_to("2026-11-17 09:15").await;
        assert!(world.open().await.is_empty());
        assert_eq!(world.status().await.calls, [("missed".to_owned(), 1)]);
    }

    // R2
    async fn whoever_hangs_up_at_once_is_not_waiting(world at "2026-11-17 09:10") {
        for (id, seconds, dialstatus, callbacks) in [
            ("1.1", 4, "CANCEL", 0),
            // Engaged counts at once.
            ("2.2", 0, "BUSY", 1),
            ("3.3", 6, "CANCEL", 2),
        ] {
            let from = format!("070-174 06 1{seconds}");
            let (start, end) = (format!("{START}.0"), format!("{}.5", START + seconds));
            world
                .post_asterisk(&[
                    ("event", "hangup"),
                    ("direction", "inbound"),
                    ("uniqueid", id),
                    ("callerid_num", &from),
                    ("callerid_pres", "allowed"),
                    ("dnid", "0980-319232"),
                    ("extension", "1042"),
                    ("dialstatus", dialstatus),
                    ("start", &start),
                    ("end", &end),
                ])
                .await;
            assert_eq!(world.open().await.len(), callbacks, "{dialstatus} after {seconds} s");
        }
    }
}
