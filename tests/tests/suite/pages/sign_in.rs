//! Signing in by a mailed link, and out again.

use super::*;
use aterkom_tests::{Visitor, on_both};

on_both! {
    async fn a_mailed_link_and_a_button_sign_in(world at "2026-11-17 20:00") {
        let mut asa = Visitor::new(world);
        assert_eq!(asa.get("/mine").await.location, "/sign-in");
        let link = asa.ask_for_link(world, "Asa.Oberg@Exempelby.example").await;
        // A mail scanner opens it as often as it likes: nothing happens.
        for _ in 0..3 {
            let opened = Visitor::new(world).get(&link).await;
            assert_eq!((opened.status, opened.set_cookie.as_str()), (200, ""));
        }
        let entered = asa.post(&link, &[]).await;
        assert_eq!((entered.status, entered.location.as_str()), (303, "/"));
        for part in ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=1209600"] {
            assert!(entered.set_cookie.contains(part), "{part} in {}", entered.set_cookie);
        }
        let page = asa.open("/").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("Inloggad som Åsa Öberg"), "{}", page.body);
    }

    async fn a_link_is_good_once_and_for_fifteen_minutes(world at "2026-11-17 10:00") {
        let mut asa = Visitor::new(world);
        let link = asa.ask_for_link(world, TO_ASA).await;
        assert_eq!(asa.post(&link, &[]).await.status, 303);
        let again = Visitor::new(world).post(&link, &[]).await;
        let late = asa.ask_for_link(world, TO_ASA).await;
        world.sleep_until("2026-11-17 10:15");
        let late = Visitor::new(world).post(&late, &[]).await;
        let forged = Visitor::new(world).post(&format!("/sign-in/{}", "a".repeat(64)), &[]).await;
        let odd = Visitor::new(world).get("/sign-in/%00%F0%9F%92%A9").await;
        for answer in [again, late, forged, odd] {
            assert_eq!((answer.status, answer.set_cookie.as_str()), (410, ""));
            assert!(answer.body.contains("Länken gäller inte"), "{}", answer.body);
            assert!(answer.body.contains("href=\"/sign-in\""), "{}", answer.body);
        }
    }

    async fn an_unknown_address_gets_the_same_answer_and_no_mail(world at "2026-11-17 10:00") {
        let mut nobody = Visitor::new(world);
        let asked = nobody.post("/sign-in", &[("address", "nobody@exempelby.example")]).await;
        assert_eq!((asked.status, asked.location.as_str()), (303, "/sign-in/sent"));
        assert_eq!(nobody.get(&asked.location).await.status, 200);
        world.work().await;
        assert!(world.smtp.taken().is_empty());
    }

    async fn who_asks_in_a_strangers_name_fills_no_mailbox_and_locks_nobody_out(world at "2026-11-17 10:00") {
        let mut asa = Visitor::new(world);
        for _ in 0..20 {
            let asked = asa.post("/sign-in", &[("address", TO_ASA)]).await;
            assert_eq!((asked.status, asked.location.as_str()), (303, "/sign-in/sent"));
        }
        world.work().await;
        let mails = world.mailbox(TO_ASA).0;
        assert_eq!(mails.len(), 2);
        // She asks while others do, gets no new one, and those that came still open.
        world.advance_to("2026-11-17 10:04").await;
        asa.post("/sign-in", &[("address", TO_ASA)]).await;
        world.work().await;
        assert!(world.mailbox(TO_ASA).is_empty());
        let link = aterkom_tests::visitor::link_in(&mails[0].text, &world.base);
        assert_eq!(asa.post(&link, &[]).await.location, "/");
        // A little later there is a new one.
        world.advance_to("2026-11-17 10:06").await;
        asa.ask_for_link(world, TO_ASA).await;
    }

    async fn signing_out_ends_the_session_here_or_everywhere(world at "2026-11-17 10:00") {
        let mut desk = Visitor::signed_in(world, TO_ASA).await;
        let mut phone = Visitor::signed_in(world, TO_ASA).await;
        let stolen = desk.clone();
        let left = desk.post("/sign-out", &[]).await;
        assert_eq!(left.location, "/signed-out");
        assert_eq!(stolen.clone().get("/mine").await.location, "/sign-in");
        assert_eq!(phone.get("/mine").await.status, 200);
        world.advance_to("2026-11-17 11:00").await;
        let mut desk = Visitor::signed_in(world, TO_ASA).await;
        desk.post("/sign-out/everywhere", &[]).await;
        assert_eq!(phone.get("/mine").await.location, "/sign-in");
    }

    async fn a_session_lasts_two_weeks(world at "2026-11-17 10:00") {
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        world.sleep_until("2026-12-01 09:59");
        assert_eq!(asa.get("/mine").await.status, 200);
        world.sleep_until("2026-12-01 10:00");
        assert_eq!(asa.get("/mine").await.location, "/sign-in");
    }

    async fn who_has_left_sees_nothing_from_then_on(world at "2026-11-17 10:00") {
        let mut john = Visitor::signed_in(world, TO_JOHN).await;
        assert_eq!(john.get("/mine").await.status, 200);
        let gone = aterkom_tests::world::PEOPLE
            .lines()
            .filter(|line| !line.starts_with("employee,John Hill"))
            .map(|line| line.replace("john.hill@exempelby.example", ""));
        world.import(&gone.collect::<Vec<_>>().join("\n")).await;
        assert_eq!(john.get("/").await.location, "/nothing");
        let page = john.get("/mine").await;
        assert!(!page.body.contains("class=\"card"), "{}", page.body);
        let mut other = Visitor::new(world);
        other.post("/sign-in", &[("address", TO_JOHN)]).await;
        world.work().await;
        assert!(world.mailbox(TO_JOHN).is_empty());
    }

    async fn a_form_that_is_nonsense_is_told_so(world at "2026-11-17 10:00") {
        let long = format!("{}@exempelby.example", "a".repeat(300));
        let mut visitor = Visitor::new(world);
        for address in ["", "   ", "åsa", "@", "a b@c", "a@b\nBcc: c@d", "<script>alert(1)</script>", &long] {
            let answer = visitor.post("/sign-in", &[("address", address)]).await;
            assert_eq!(answer.status, 422, "{address}");
            assert!(!answer.body.contains("<script>"), "{}", answer.body);
        }
        assert_eq!(visitor.post("/sign-in", &[]).await.status, 422);
        world.work().await;
        assert!(world.smtp.taken().is_empty());
    }

    async fn the_language_is_the_readers_own_unless_chosen_here(world at "2026-11-17 10:00") {
        let mut john = Visitor::new(world);
        assert!(john.get("/sign-in").await.body.contains("Logga in"));
        john.language = "en-GB,en;q=0.9";
        assert!(john.get("/sign-in").await.body.contains("lang=\"en\""));
        let mut john = Visitor::signed_in(world, TO_JOHN).await;
        assert!(john.get("/mine").await.body.contains("My callbacks"));
        let chosen = john.post("/language", &[("language", "sv"), ("back", "/mine")]).await;
        assert_eq!(chosen.location, "/mine");
        assert!(john.get("/mine").await.body.contains("Mina återkopplingar"));
        let away = john.post("/language", &[("language", "sv"), ("back", "//evil.example")]).await;
        assert_eq!(away.location, "/", "a form never leads elsewhere");
    }

    async fn the_first_administrator_is_invited_from_the_command_line(world at "2026-11-17 10:00") {
        let (store, clock) = (&world.app.store, &world.app.clock);
        let link = aterkom::commands::admin::link(store, clock, "it@exempelby.example", true).await;
        let mut admin = Visitor::new(world);
        assert_eq!(admin.post(&link.expect("storage works"), &[]).await.location, "/");
        assert_eq!(admin.get("/").await.location, "/admin");
        let page = admin.get("/admin").await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("vaxeln") && page.body.contains("asterisk"), "{}", page.body);
        assert_eq!(Visitor::signed_in(world, TO_ASA).await.get("/admin").await.status, 404);
        // The next link comes by mail, although nobody with that address works here.
        admin.ask_for_link(world, "it@exempelby.example").await;
    }
}
