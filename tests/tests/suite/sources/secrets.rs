//! A source and its secrets: made, shown once, changed, ended.

use super::*;
use aterkom_tests::on_both;

on_both! {
    // R1: the whole way from a form to a callback. R36: the administrator sees what was understood, and no number.
    async fn a_source_is_made_in_the_browser_and_what_it_posts_becomes_a_callback(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let base = world.base.clone();
        let page = send(&mut admin, &[("name", "nya-vaxeln"), ("adapter", "native")]).await;
        let secret = secret_on(&page).expect("it is shown once");
        assert_eq!((page.status, secret.len()), (200, 64), "{}", page.body);
        assert!(page.body.contains(&format!("{base}/hooks/nya-vaxeln")), "{}", page.body);
        assert!(page.body.contains("Authorization: Bearer HEMLIGHETEN"), "what to do in that PBX: {}", page.body);
        let cache = page.headers.get("cache-control").and_then(|v| v.to_str().ok());
        assert_eq!(cache, Some("no-store"), "no copy of it is kept on the way");
        assert_eq!(post(world, &base, "nya-vaxeln", "wrong-secret", "1").await, 401);
        assert_eq!(post(world, &base, "nya-vaxeln", &secret, "1").await, 200);
        world.work().await;
        let callback = world.only_open().await;
        assert_eq!(callback.due.as_ref().map(|d| d.due_on.to_string()).as_deref(), Some("2026-11-19"));
        for path in ["/admin/sources/nya-vaxeln", "/admin", "/admin/sources/new"] {
            let page = admin.get(path).await;
            assert!(page.status == 200 && !page.body.contains(&secret), "{path}: {}", page.body);
        }
        let page = admin.get("/admin/sources/nya-vaxeln").await.body;
        assert!(page.contains("Återkoppling: Åsa Öberg.") && page.contains("•••05") && !page.contains("740605"), "{page}");
        world.forget_mails();
    }

    async fn the_secret_is_shown_to_whoever_pressed_and_never_again(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let id = "01936f2a-0000-7000-8000-000000000001";
        let fields = [("id", id), ("name", "ny"), ("adapter", "wazo"), ("country", "SE"), ("area_code", "0980"), ("zone", "Europe/Stockholm")];
        // One press of the button may send two forms; what is shown is the answer to the second.
        let (first, second) = (admin.post("/admin/sources/new", &fields).await, admin.post("/admin/sources/new", &fields).await);
        assert!(secret_on(&first).is_some() && secret_on(&first) == secret_on(&second), "{}", second.body);
        world.sleep_until("2026-11-17 10:00:11");
        let again = admin.post("/admin/sources/new", &fields).await;
        assert_eq!((again.status, again.location.as_str()), (303, "/admin/sources/ny?did=made"), "a page loaded again");
        let page = admin.get(&again.location).await;
        assert!(secret_on(&page).is_none() && page.body.contains("Hemligheten visas inte igen."), "{}", page.body);
        world.forget_mails();
    }

    async fn a_secret_that_a_vendor_made_is_written_down_and_never_shown(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let token = "a-token-that-aircall-made";
        let missing = send(&mut admin, &[("name", "aircall"), ("adapter", "aircall")]).await;
        assert!(missing.status == 422 && missing.body.contains("gör hemligheten själv"), "{}", missing.body);
        let sent = send(&mut admin, &[("name", "aircall"), ("adapter", "aircall"), ("secret", token)]).await;
        assert_eq!((sent.status, sent.location.as_str()), (303, "/admin/sources/aircall?did=made"), "{}", sent.body);
        assert!(!admin.get("/admin/sources/aircall").await.body.contains(token));
        let base = world.base.clone();
        let event = json!({ "event": "call.answered", "token": token, "timestamp": 1_795_000_000, "data": { "id": 1 } });
        let sent = world.client.post(format!("{base}/hooks/aircall")).body(event.to_string()).send().await.expect("an answer");
        assert_ne!(sent.status().as_u16(), 401);
        world.work().await;
        world.expect_unread(world.posts("unread").await);
        world.forget_mails();
    }

    async fn both_secrets_count_until_the_old_one_is_over(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let base = world.base.clone();
        let old = made(&mut admin, "ny").await;
        let page = press(&mut admin, "ny", "rotate", &[("days", "7")]).await;
        let new = secret_on(&page).expect("it is shown once");
        assert!(page.status == 200 && new != old, "{}", page.body);
        for (call, secret) in [("1", &old), ("2", &new)] {
            assert_eq!(post(world, &base, "ny", secret, call).await, 200, "{call}");
        }
        let page = admin.get("/admin/sources/ny").await.body;
        assert!(page.contains("Den gäller till") && page.contains("Avsluta den gamla hemligheten nu") && !page.contains(&new), "{page}");
        world.forget_mails();
        world.advance_to("2026-11-24 09:59:59").await;
        assert_eq!(post(world, &base, "ny", &old, "3").await, 200);
        world.sleep_until("2026-11-24 10:00");
        assert_eq!(post(world, &base, "ny", &old, "4").await, 401, "seven days are over");
        assert_eq!(post(world, &base, "ny", &new, "5").await, 200);
        world.app.receiver.forget_repeats().await.expect("storage works");
        let tx = world.app.store.read().await.expect("storage works");
        let kept = store::sources::secrets(&tx, &domain::ids::SourceName::new("ny")).await.expect("storage works");
        tx.commit().await.expect("storage works");
        assert_eq!(kept.len(), 1, "what is over is forgotten");
        world.work().await;
        world.forget_mails();
    }

    async fn a_button_ends_the_old_secret_at_once(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let base = world.base.clone();
        let old = made(&mut admin, "ny").await;
        let new = secret_on(&press(&mut admin, "ny", "rotate", &[("days", "30")]).await).expect("it is shown once");
        let ended = press(&mut admin, "ny", "end-old", &[]).await;
        assert_eq!((ended.status, ended.location.as_str()), (303, "/admin/sources/ny?did=old-ended"));
        assert_eq!(admin.post("/admin/sources/ny/end-old", &[("version", "2")]).await.status, 303, "pressed twice");
        assert_eq!(post(world, &base, "ny", &new, "1").await, 200);
        // The process may have looked a moment before: it looks again within a second.
        let clock = clock::Clock::system();
        clock.pause(std::time::Duration::from_millis(1_100)).await;
        assert_eq!(post(world, &base, "ny", &old, "2").await, 401);
        world.work().await;
        world.forget_mails();
    }

    async fn a_source_that_was_ended_takes_nothing_and_what_it_told_stays(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let base = world.base.clone();
        let secret = made(&mut admin, "ny").await;
        assert_eq!(post(world, &base, "ny", &secret, "1").await, 200);
        // Not read yet: what was taken is read all the same.
        let ended = press(&mut admin, "ny", "end", &[]).await;
        assert_eq!((ended.status, ended.location.as_str()), (303, "/admin/sources/ny?did=ended"));
        assert_eq!(admin.post("/admin/sources/ny/end", &[("version", "1")]).await.status, 303, "pressed twice");
        world.work().await;
        assert_eq!(world.only_open().await.contacts.len(), 1);
        clock::Clock::system().pause(std::time::Duration::from_millis(1_100)).await;
        assert_eq!(post(world, &base, "ny", &secret, "2").await, 410);
        let page = admin.get("/admin/sources/ny").await.body;
        assert!(page.contains("Avslutad i dag") && page.contains("Återkoppling: Åsa Öberg"), "{page}");
        assert!(!page.contains("/rotate") && !page.contains("Gör ett provsamtal"), "{page}");
        assert!(admin.get("/admin").await.body.contains("native (avslutad)"));
        // R37: it is silent by right.
        assert!(!admin.get("/metrics").await.body.contains("aterkom_source_silent{source=\"ny\"}"));
        let rotated = admin.post("/admin/sources/ny/rotate", &[("id", "01936f2a-0000-7000-8000-000000000009"), ("version", "2"), ("days", "7")]).await;
        assert_eq!(rotated.status, 409, "from a page of before: {}", rotated.body);
        let again = send(&mut admin, &[("name", "ny"), ("adapter", "wazo")]).await;
        assert!(again.status == 422 && again.body.contains("har funnits en växel med det namnet"), "{}", again.body);
        world.forget_mails();
    }
}
