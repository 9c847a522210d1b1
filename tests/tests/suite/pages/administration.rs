//! The administrator's other pages: people, rules, mail and erasure.

use super::*;
use aterkom_tests::{Visitor, on_both};

const ADMIN: &str = "drift@exempelby.example";

on_both! {
    async fn each_matter_has_its_page_and_the_way_to_the_others(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        for (path, title) in [
            ("/admin", "Administration"),
            ("/admin/people", "Medarbetare, enheter och nummer"),
            ("/admin/calendar", "Arbetsdagar"),
            ("/admin/policy", "Regler"),
            ("/admin/mail", "Mejl"),
            ("/admin/retention", "Gallring"),
            ("/admin/read-log", "Läslogg"),
        ] {
            let page = admin.get(path).await.body;
            assert!(page.contains(&format!("<h1>{title}")), "{path}: {page}");
            assert!(page.contains(&format!("<li><a href=\"{path}\" aria-current=\"page\">")), "{path}: {page}");
            assert_eq!(page.matches("<h1>").count(), 1, "{path}");
        }
        world.forget_mails();
    }

    async fn people_are_shown_as_the_file_and_the_day_have_them(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        world.enter_absence("Åsa Öberg", "2026-11-16", "2026-11-20", "John Hill").await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let page = admin.get("/admin/people").await;
        assert!(page.body.contains("Medarbetare: ") && page.body.contains("Per Alm"), "{}", page.body);
        let directory = world.directory().await;
        let building = directory.units().iter().find(|unit| unit.name == "Bygglov").expect("it is there");
        let page = admin.get(&format!("/admin/people?unit={}", building.id)).await.body;
        for part in ["<h2 id=\"unit\">Bygglov</h2>", TO_ASA, "Borta till och med fredag 20 november.", "personligt", "grupp", "enhetens"] {
            assert!(page.contains(part), "{part} on {page}");
        }
        for wrong in ["/admin/people?unit=x", "/admin/people?unit=00000000-0000-0000-0000-000000000000"] {
            assert_eq!(admin.get(wrong).await.status, 404, "{wrong}");
        }
        world.forget_mails();
    }

    async fn rules_are_said_as_they_are_set(world at "2026-11-16 10:00" with "[policy]\nworking_days = 3\nmissed_calls = \"list\"\nlist_days = 4\n") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let page = admin.get("/admin/policy").await.body;
        for part in ["Svar inom 3 arbetsdagar.", "står på listan i 4 arbetsdagar, utan sista dag", "kl. 08.15", "<code>policy.working_days</code>"] {
            assert!(page.contains(part), "{part} on {page}");
        }
        admin.post("/language", &[("language", "en"), ("back", "/admin/policy")]).await;
        assert!(admin.get("/admin/policy").await.body.contains("An answer within 3 working days."));
        world.forget_mails();
    }

    // R28, R35
    async fn what_waits_and_what_was_erased_is_told(world at "2026-11-16 10:00") {
        world.with_administrator(ADMIN).await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let page = admin.get("/admin/mail").await.body;
        for part in ["Inget väntar.", "Allt har kommit fram.", "Morgonens påminnelse</a> ("] {
            assert!(page.contains(part), "{part} on {page}");
        }
        assert!(page.len() < 20_000 && !page.contains("<pre>"), "texts are shown when they are asked for: {page}");
        let texts = admin.get("/admin/mail?text=nudge").await.body;
        assert!(texts.contains("<pre>") && texts.contains("har försökt än"), "{texts}");
        assert!(!admin.get("/admin/mail?text=%3Cscript%3E").await.body.contains("<pre>"));
        world.smtp.turn(aterkom_tests::smtp::Mode::Busy);
        admin.post("/admin/set-up/mail", &[]).await;
        world.work().await;
        let page = admin.get("/admin/mail").await.body;
        for part in ["Ett meddelande väntar, skrivet i dag kl. 10.00.", "Mejlservern tar inte emot något just nu.", "<span lang=\"en\">"] {
            assert!(page.contains(part), "{part} on {page}");
        }
        assert!(admin.get("/admin").await.body.contains("Mejlservern tar inte emot något just nu."));
        world.smtp.turn(aterkom_tests::smtp::Mode::Ok);
        world.advance_to("2026-12-05 10:00").await;
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let page = admin.get("/admin/mail").await.body;
        assert!(page.contains("Inget väntar."), "{page}");
        let page = admin.get("/admin/retention").await.body;
        assert!(page.contains("3 månader") && page.contains("retention.number_months"), "{page}");
        assert!(page.contains("Återkopplingar och deras historia, utan nummer och namn, står kvar"), "{page}");
        world.forget_mails();
    }
}
