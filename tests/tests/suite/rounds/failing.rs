//! Mails that cannot be delivered: tried again with the same bytes, then dead and visible (R24, R28).

use super::{AMIR, ASA, JOHN, LISA, SVEN, TO_ASA, TO_MARIA, TO_PER, TO_SARA, call, people};
use aterkom_tests::{Engine, Mail, World, on_both};
use notifier::channel::Channel;

async fn missed(world: &mut World) {
    world.post("missed", call("1", LISA, ASA)).await;
}

async fn deliveries(world: &World, kind: &str, state: &str) -> i64 {
    let all = world.status().await.deliveries;
    all.iter().filter(|(k, s, _)| k == kind && s == state).map(|(_, _, n)| n).sum()
}

/// A server that is away: nobody listens there.
fn away() -> Channel {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("a listener has an address").port();
    super::delivery::channel(port, |_| {})
}

on_both! {
    // R24, R28
    async fn a_mail_that_is_put_off_comes_later_with_the_same_bytes(world at "2026-11-17 15:00") {
        missed(world).await;
        world.smtp.refuse_next_at_its_end("451 4.3.0 later");
        world.smtp.refuse_next_at_its_end("451 4.3.0 later still");
        world.advance_to("2026-11-18 08:15").await;
        // What happens meanwhile does not change what was written.
        world.tell("2", "2026-11-18 08:15", "missed", call("2", SVEN, ASA)).await;
        assert_eq!(deliveries(world, "digest", "queued").await, 1);
        world.advance_to("2026-11-18 08:16").await;
        world.advance_to("2026-11-18 08:20").await;
        assert_eq!((world.smtp.refused().len(), world.smtp.taken().len()), (2, 0));
        world.advance_to("2026-11-18 08:21").await;
        let (refused, taken) = (world.smtp.refused(), world.smtp.taken());
        assert_eq!((&refused[0], &refused[1]), (&taken[0], &taken[0]), "the same bytes, and so the same Message-ID");
        assert_eq!(world.mailbox(TO_ASA).only().subject, "Att ringa upp: 1");
        assert_eq!(deliveries(world, "digest", "sent").await, 1);
    }

    // R28
    async fn a_mail_that_is_refused_for_good_is_dead_at_once_and_on_the_list(world at "2026-11-17 15:00") {
        missed(world).await;
        world.smtp.never_knew(TO_ASA);
        world.advance_to("2026-11-18 08:15").await;
        assert_eq!(deliveries(world, "digest", "dead").await, 1);
        let (_, metrics) = world.get("/metrics").await;
        assert!(metrics.contains("aterkom_deliveries{kind=\"digest\",state=\"dead\"} 1"), "{metrics}");
        world.advance_to("2026-11-18 08:30").await;
        let list = world.mailbox(TO_PER).only();
        assert_eq!(list.subject, "Återkopplingar att hålla ögonen på");
        assert!(list.words().contains("Påminnelser som inte kommer fram"), "{}", list.text);
        assert!(list.words().contains("Åsa Öberg"), "{}", list.text);
        world.advance_to("2026-11-19 08:00").await;
        assert_eq!(deliveries(world, "digest", "dead").await, 1, "never tried again");
        // R28: a later one that arrives ends it.
        world.smtp.knows_again(TO_ASA);
        world.advance_to("2026-11-19 08:30").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        let list = world.mailbox(TO_PER).only();
        assert!(!list.words().contains("Påminnelser som inte kommer fram"), "{}", list.text);
    }

    // R28: whoever has left is not waited for.
    async fn an_address_that_is_nobodys_any_more_leaves_the_list(world at "2026-11-17 15:00") {
        missed(world).await;
        world.smtp.never_knew(TO_ASA);
        world.advance_to("2026-11-18 08:30").await;
        let list = world.mailbox(TO_PER).only();
        assert!(list.words().contains("Mejl kommer inte fram till Åsa Öberg"), "{}", list.text);
        let asa = "employee,Åsa Öberg,Bygglov,asa.oberg@exempelby.example,,,,,,\n";
        world.import(&people(&[(asa, ""), (",asa.oberg@exempelby.example,", ",,")])).await;
        world.advance_to("2026-11-19 08:30").await;
        let list = world.mailbox(TO_PER).only();
        assert!(list.words().contains("Senast i dag") && !list.words().contains("Påminnelser"), "{}", list.text);
        // R16: what she had is her unit's.
        assert_eq!(world.mailbox("bygglov@exempelby.example").len(), 1);
    }

    // R28: also when nobody in particular reads it.
    async fn a_mailbox_that_takes_nothing_is_on_the_list(world at "2026-11-17 15:00") {
        world.smtp.never_knew("bygglov@exempelby.example");
        world.smtp.never_knew("aldreomsorg@exempelby.example");
        world.smtp.never_knew("vaxel@exempelby.example");
        world.post("missed", call("1", LISA, "+46980319211")).await;
        world.post("missed", call("2", LISA, "+46980319220")).await;
        world.post("missed", call("3", LISA, "+46980319299")).await;
        world.advance_to("2026-11-18 08:30").await;
        assert_eq!(deliveries(world, "digest", "dead").await, 3);
        for (manager, whose) in [
            (TO_PER, "bygglov@exempelby.example"),
            (TO_SARA, "aldreomsorg@exempelby.example"),
            (TO_MARIA, "vaxel@exempelby.example"),
        ] {
            let list = world.mailbox(manager).only();
            assert!(list.words().contains(&format!("Mejl kommer inte fram till {whose}")), "{}", list.text);
        }
    }

    // R28
    async fn a_mail_that_is_put_off_too_often_is_dead_and_the_next_day_begins_anew(world at "2026-11-17 15:00") {
        missed(world).await;
        for _ in 0..4 {
            world.smtp.refuse_next("450 4.2.0 busy");
        }
        world.advance_to("2026-11-18 08:29").await;
        assert_eq!(deliveries(world, "digest", "queued").await, 1);
        world.advance_to("2026-11-18 08:36").await;
        assert_eq!(deliveries(world, "digest", "dead").await, 1, "at 08:15, 08:16, 08:21 and 08:36");
        world.advance_to("2026-11-19 08:15").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
        world.forget_mails();
    }

    // R28
    async fn a_server_that_is_away_is_waited_for(world at "2026-11-17 15:00") {
        missed(world).await;
        let home = std::mem::replace(&mut world.app.notifier.channel, away());
        world.advance_to("2026-11-18 08:20").await;
        assert_eq!(deliveries(world, "digest", "queued").await, 1);
        world.app.notifier.channel = home;
        // One mail tries it after 15 s, 30 s, 1, 2 and 5 minutes.
        world.advance_to("2026-11-18 08:24").await;
        assert_eq!(world.mailbox(TO_ASA).len(), 1);
    }

    // R28: one who cannot be reached keeps nobody else waiting.
    async fn a_bad_address_does_not_hold_up_the_others(world at "2026-11-17 15:00") {
        world.smtp.never_knew(TO_ASA);
        for (id, to) in [("1", ASA), ("2", JOHN), ("3", AMIR)] {
            world.post("missed", call(id, LISA, to)).await;
        }
        world.advance_to("2026-11-18 08:15").await;
        assert_eq!((deliveries(world, "digest", "sent").await, deliveries(world, "digest", "dead").await), (2, 1));
        world.forget_mails();
    }
}

// R24
#[tokio::test]
async fn a_mail_that_is_put_off_until_its_round_is_over_is_left_to_the_next_one() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let mut world =
            World::with(engine, "2026-11-17 15:00", "[rounds]\ndigest_until = \"08:20\"\n").await;
        missed(&mut world).await;
        for _ in 0..2 {
            world.smtp.refuse_next("451 4.3.0 later");
        }
        world.advance_to("2026-11-18 09:00").await;
        assert_eq!(deliveries(&world, "digest", "expired").await, 1);
        assert!(world.smtp.taken().is_empty());
        world.advance_to("2026-11-19 08:15").await;
        let Mail { subject, .. } = world.mailbox(TO_ASA).only();
        assert_eq!(subject, "Att ringa upp: 1, 1 senast i dag");
        assert_eq!(deliveries(&world, "digest", "dead").await, 0);
        world.end().await;
    }
}
