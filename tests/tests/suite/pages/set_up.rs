//! The first start, step by step.

use super::*;
use aterkom_tests::{Engine, Visitor, World, on_both};

const ADMIN: &str = "drift@exempelby.example";

/// The part of the page that is about this step.
fn step(page: &str, n: u32) -> String {
    let rest =
        page.split(&format!("aria-labelledby=\"step-{n}\"")).nth(1).expect("the step is there");
    rest.split("</section>").next().unwrap_or_default().to_owned()
}

on_both! {
    async fn it_ends_with_a_test_call_seen_on_the_screen(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let front = admin.get("/admin").await.body;
        assert!(front.contains("Något återstår") && front.contains("href=\"/admin/set-up\""), "{front}");
        let page = admin.get("/admin/set-up").await.body;
        for (n, state) in [(1, "Klart"), (2, "Klart"), (3, "Klart"), (4, "Klart"), (5, "Återstår")] {
            assert!(step(&page, n).contains(state), "{n}: {page}");
        }
        assert!(step(&page, 2).contains("vaxel@exempelby.example") && step(&page, 5).contains("/admin/sources/vaxeln?since="), "{page}");
        world.post("missed", call("1", LISA, ASA)).await;
        let page = admin.get("/admin/set-up").await.body;
        assert!(page.contains("Allt är på plats."), "{page}");
        let last = step(&page, 5);
        for part in ["Klart", "Det senaste från vaxeln", "Inte besvarat", "•••05", "Återkoppling: Åsa Öberg"] {
            assert!(last.contains(part), "{part} in {last}");
        }
        assert!(!page.contains("740605"), "{page}");
        assert!(!admin.get("/admin").await.body.contains("Något återstår"));
        world.forget_mails();
    }

    // R24: at once, at any hour; a button that is pressed twice sends one mail.
    async fn a_test_mail_goes_at_once_and_is_told_how_far_it_came(world at "2026-11-21 23:10") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        world.forget_mails();
        for _ in 0..2 {
            let sent = admin.post("/admin/set-up/mail", &[]).await;
            assert_eq!((sent.status, sent.location.as_str()), (303, "/admin/set-up?did=mail"));
        }
        assert!(admin.get("/admin/set-up?did=mail").await.body.contains("Provmejlet är på väg."));
        world.work().await;
        let mail = world.mailbox(ADMIN).only();
        assert_eq!(mail.subject, "Provmejl från Återkom");
        assert!(mail.text.contains("/admin/set-up") && mail.html.contains("Mejlen kommer fram"), "{}", mail.text);
        let page = admin.get("/admin/set-up").await.body;
        assert!(step(&page, 3).contains("Mejlservern tog emot provmejlet i dag kl. 23.10."), "{page}");
        world.sleep_until("2026-11-21 23:11");
        admin.post("/admin/set-up/mail", &[]).await;
        world.work().await;
        assert_eq!(world.mailbox(ADMIN).0.len(), 1, "a minute later another one");
        world.forget_mails();
    }
}

#[tokio::test]
async fn mails_to_a_folder_reach_nobody_and_without_sources_there_is_nobody_to_ring() {
    let mut world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    world.with_administrator(ADMIN).await;
    let mut admin = Visitor::signed_in(&mut world, ADMIN).await;
    world.app.web.mails_leave = false;
    world.app.web.sources = store::sources::Sources::default();
    world.app.web.reception = None;
    let base = serve(world.app.router(true)).await;
    admin.at(&base);
    let page = admin.get("/admin/set-up").await.body;
    for n in [2, 3, 4, 5] {
        assert!(step(&page, n).contains("Återstår"), "{n}: {page}");
    }
    assert!(step(&page, 3).contains("Nu skrivs mejl till en mapp"), "{page}");
    assert!(admin.get("/admin").await.body.contains("Ingen växel är ansluten."));
    world.forget_mails();
    world.end().await;
}

async fn serve(router: axum::Router) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    base
}
