//! Mails that a server takes and returns later (R28): read from a mailbox, noted with the delivery, and visible.

use super::{ASA, LISA, TO_ASA, TO_JOHN, TO_MARIA, TO_PER, call};
use aterkom_tests::imap::{Fault, ImapServer, PASSWORD};
use aterkom_tests::{Engine, Mail, Visitor, World};
use chrono::TimeDelta;
use std::time::Duration;

const ADMIN: &str = "it@exempelby.example";
const NOT_REACHED: &str = "Mejl kommer inte fram till Åsa Öberg";

/// A world whose mails come back to that mailbox. It is looked at five minutes after a digest, and so before a list.
async fn world(engine: Engine, mailbox: &ImapServer) -> World {
    let mut world = World::with(engine, "2026-11-17 15:20", &mailbox.keys()).await;
    world.post("missed", call("1", LISA, ASA)).await;
    world
}

/// What a server writes when it cannot deliver this mail.
fn report(mail: &Mail, to: &str, action: &str, status: &str) -> Vec<u8> {
    let id = &mail.message_id;
    format!(
        "From: MAILER-DAEMON@exempelby.example\nTo: aterkom@exempelby.example\nSubject: Undelivered Mail\n\
         Auto-Submitted: auto-replied\nMIME-Version: 1.0\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=\"b/1\"\n\n\
         --b/1\nContent-Type: text/plain\n\nI'm sorry.\n\n\
         --b/1\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.exempelby.example\n\n\
         Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n\n\
         --b/1\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{id}>\n\n--b/1--\n"
    )
    .replace('\n', "\r\n")
    .into_bytes()
}

fn failed(mail: &Mail, to: &str) -> Vec<u8> {
    report(mail, to, "failed", "5.1.1")
}

async fn dead(world: &World) -> i64 {
    let all = world.status().await.deliveries;
    all.iter().filter(|(_, state, _)| state == "dead").map(|(_, _, n)| n).sum()
}

/// What the administrator is told to put right.
async fn health(world: &mut World) -> String {
    world.with_administrator(ADMIN).await;
    let mut admin = Visitor::signed_in(world, ADMIN).await;
    let (page, mails) = (admin.get("/admin").await, admin.get("/admin/mail").await);
    world.forget_mails();
    [page.body, mails.body].concat()
}

#[tokio::test]
async fn a_mail_that_comes_back_is_dead_and_on_the_list_until_one_stays_away() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mailbox = ImapServer::start().await;
        let mut world = world(engine, &mailbox).await;
        world.advance_to("2026-11-18 08:15").await;
        let digest = world.mailbox(TO_ASA).only();
        assert_eq!(dead(&world).await, 0, "it was sent");
        for _ in 0..2 {
            mailbox.put(&failed(&digest, TO_ASA));
        }
        world.advance_to("2026-11-18 08:30").await;
        assert_eq!((dead(&world).await, mailbox.unread()), (1, 0), "twice is once");
        let list = world.mailbox(TO_PER).only();
        assert!(list.words().contains(NOT_REACHED), "{}", list.text);
        assert!(health(&mut world).await.contains("bounced (5.1.1)"));
        let (_, metrics) = world.get("/metrics").await;
        assert!(metrics.contains("aterkom_mails_returned_total 1"), "{metrics}");
        // The next one may come back as well: a quarter of an hour says nothing.
        world.advance_to("2026-11-19 08:30").await;
        let digest = world.mailbox(TO_ASA).only();
        let list = world.mailbox(TO_PER).only();
        assert!(list.words().contains(NOT_REACHED), "{}", list.text);
        mailbox.put(&failed(&digest, TO_ASA));
        world.advance_to("2026-11-19 13:00").await;
        mailbox.put(&failed(&world.mailbox(TO_ASA).only(), TO_ASA));
        world.advance_to("2026-11-20 08:30").await;
        assert_eq!(dead(&world).await, 3, "two digests and a nudge");
        let list = world.mailbox(TO_PER).only();
        assert!(list.words().contains(NOT_REACHED), "{}", list.text);
        assert_eq!(world.mailbox(TO_ASA).len(), 1, "it is tried every morning all the same");
        // That one did not come back over the weekend.
        world.advance_to("2026-11-23 08:30").await;
        let list = world.mailbox(TO_PER).only();
        assert!(!list.words().contains(NOT_REACHED), "{}", list.text);
        world.forget_mails();
        world.end().await;
    }
}

#[tokio::test]
async fn a_manager_whose_list_comes_back_is_a_reason_to_go_one_up() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mailbox = ImapServer::start().await;
        let mut world = world(engine, &mailbox).await;
        world.advance_to("2026-11-20 08:30").await;
        let lists = world.mailbox(TO_PER).0;
        let list = lists.last().expect("Thursday's promise is late");
        assert_eq!(list.subject, "1 försenad återkoppling");
        mailbox.put(&failed(list, TO_PER));
        world.forget_mails();
        world.advance_to("2026-11-23 08:30").await;
        let above = world.mailbox(TO_MARIA).only();
        assert!(above.html.contains("mejl inte kommer fram till Per Alm"), "{}", above.html);
        world.forget_mails();
        world.end().await;
    }
}

#[tokio::test]
async fn reports_of_others_and_good_news_change_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mailbox = ImapServer::start().await;
        let mut world = world(engine, &mailbox).await;
        world.advance_to("2026-11-18 08:15").await;
        let digest = world.mailbox(TO_ASA).only();
        let domain = digest.message_id.split_once('@').expect("an address").1;
        let nobodys = format!("019a9565-0000-7000-8000-000000000000@{domain}");
        let foreign = Mail { message_id: nobodys, ..digest.clone() };
        for mail in [
            failed(&digest, TO_JOHN),
            failed(&foreign, TO_ASA),
            report(&digest, TO_ASA, "delayed", "4.4.1"),
            report(&digest, TO_ASA, "delivered", "2.0.0"),
            b"Subject: Autosvar\r\n\r\nJag \xe4r ledig. 5.1.1".to_vec(),
            b"\xff\0\r\n".to_vec(),
            [failed(&digest, TO_ASA), vec![b' '; 1 << 20]].concat(),
        ] {
            mailbox.put(&mail);
        }
        world.advance_to("2026-11-18 08:30").await;
        assert_eq!((dead(&world).await, mailbox.unread()), (0, 0));
        world.end().await;
    }
}

#[tokio::test]
async fn a_report_that_comes_before_it_is_known_that_the_mail_was_sent_is_read_again() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mailbox = ImapServer::start().await;
        let mut world = world(engine, &mailbox).await;
        // Heard to its end, and taken for all we know; the answer was lost.
        world.smtp.refuse_next_at_its_end("451 4.3.0 later");
        world.advance_to("2026-11-18 08:15").await;
        let refused = world.smtp.refused();
        let digest = Mail::read(TO_ASA, &refused[0].bytes);
        mailbox.put(&failed(&digest, TO_ASA));
        assert!(world.app.notifier.read_bounces().await.is_ok());
        world.sleep_until("2026-11-18 08:20");
        assert!(world.app.notifier.read_bounces().await.expect("storage works"));
        assert_eq!((dead(&world).await, mailbox.unread()), (0, 1), "it stays unread");
        world.advance_to("2026-11-18 09:20").await;
        assert_eq!((dead(&world).await, mailbox.unread()), (1, 0));
        world.forget_mails();
        world.end().await;
    }
}

#[tokio::test]
async fn whatever_the_server_does_it_is_told_and_tried_again() {
    for (fault, error) in [
        (Fault::Silent, "the server did not answer in time"),
        (Fault::AnotherProtocol, "what answers there is no IMAP server"),
        (Fault::RefusesLogin, "the server refused the login"),
        (Fault::ReadOnly, "mails cannot be marked as read there"),
        (Fault::HugeMail, "the server sent more than there can be to say"),
        (Fault::EndlessLine, "the server sent more than there can be to say"),
        (Fault::CutsMail, "the server hung up, or the connection was lost"),
        (Fault::CutsMark, "the server hung up, or the connection was lost"),
    ] {
        let mailbox = ImapServer::start().await;
        let mut world = world(Engine::Sqlite, &mailbox).await;
        world.advance_to("2026-11-18 08:15").await;
        if let Some(reader) = &mut world.app.notifier.bounces {
            reader.patience = Duration::from_millis(500);
            reader.every = TimeDelta::minutes(5);
        }
        mailbox.put(&failed(&world.mailbox(TO_ASA).only(), TO_ASA));
        mailbox.misbehave(Some(fault));
        world.advance_to("2026-11-18 08:25").await;
        // What was read before it hung up counts; the report is read again.
        let known = i64::from(fault == Fault::CutsMark);
        assert_eq!((dead(&world).await, mailbox.unread()), (known, 1), "{fault:?}");
        let told = health(&mut world).await;
        let line = "Brevlådan för mejl som kommer tillbaka har inte gått att läsa";
        assert!(told.contains(line) && told.contains(error), "{fault:?}: {told}");
        assert!(!told.contains(PASSWORD) && !told.contains("not you"), "{fault:?}");
        mailbox.misbehave(None);
        world.advance_to("2026-11-18 08:30").await;
        assert_eq!((dead(&world).await, mailbox.unread()), (1, 0), "{fault:?}");
        assert!(!health(&mut world).await.contains(line), "{fault:?}");
        world.forget_mails();
        world.end().await;
    }
}

#[tokio::test]
async fn while_the_mailbox_cannot_be_read_nobody_is_taken_for_reached_again() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mailbox = ImapServer::start().await;
        let mut world = world(engine, &mailbox).await;
        world.advance_to("2026-11-18 08:15").await;
        mailbox.put(&failed(&world.mailbox(TO_ASA).only(), TO_ASA));
        world.advance_to("2026-11-18 08:30").await;
        mailbox.misbehave(Some(Fault::RefusesLogin));
        world.forget_mails();
        world.advance_to("2026-11-20 08:30").await;
        let lists = world.mailbox(TO_PER).0;
        assert_eq!(lists.len(), 2);
        assert!(lists.iter().all(|list| list.words().contains(NOT_REACHED)), "{lists:?}");
        // Who does not read bounces any more goes by what was sent.
        world.app.notifier.bounces = None;
        world.forget_mails();
        world.advance_to("2026-11-23 08:30").await;
        let list = world.mailbox(TO_PER).only();
        assert!(!list.words().contains(NOT_REACHED), "{}", list.text);
        world.forget_mails();
        world.end().await;
    }
}

#[tokio::test]
async fn two_processes_read_the_mailbox_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mailbox = ImapServer::start().await;
        let mut world = world(engine, &mailbox).await;
        world.advance_to("2026-11-18 08:15").await;
        mailbox.put(&failed(&world.mailbox(TO_ASA).only(), TO_ASA));
        world.sleep_until("2026-11-18 08:20");
        let (before, other) = (mailbox.logins(), world.app.notifier.clone());
        let both = tokio::join!(world.app.notifier.read_bounces(), other.read_bounces());
        let read = [both.0.expect("storage works"), both.1.expect("storage works")];
        assert_eq!(read.iter().filter(|read| **read).count(), 1, "{read:?}");
        assert_eq!((mailbox.logins(), dead(&world).await), (before + 1, 1));
        world.end().await;
    }
}

#[tokio::test]
async fn bounces_are_asked_for_at_an_address_of_their_own() {
    let keys = "envelope_from = \"studs@exempelby.example\"\n";
    let mut world = World::with_mail(Engine::Sqlite, "2026-11-17 15:00", keys).await;
    world.post("missed", call("1", LISA, ASA)).await;
    world.advance_to("2026-11-18 08:15").await;
    let from = world.smtp.taken().pop().expect("a digest").from;
    assert_eq!(from, "studs@exempelby.example");
    assert!(world.mailbox(TO_ASA).only().head.contains("From: =?utf-8?b?w4V0ZXJrb20=?= <aterkom@"));
    world.end().await;
}
