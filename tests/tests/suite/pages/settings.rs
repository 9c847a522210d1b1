//! What employees choose for themselves (R25, R30).

use super::*;
use aterkom_tests::world::PEOPLE;
use aterkom_tests::{Visitor, on_both};

const NEW: &str = "[rounds]\nnew_every_minutes = 30\n";

fn fields<'a>(language: &'a str, from: &'a str, until: &'a str) -> [(&'a str, &'a str); 3] {
    [("language", language), ("mails_from", from), ("mails_until", until)]
}

on_both! {
    // R30: pages and mails; the next people file changes none of it.
    async fn what_somebody_chose_survives_the_people_file(world at "2026-11-17 10:00" with NEW) {
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/settings").await;
        for part in ["value=\"sv\" lang=\"sv\" selected", "value=\"08:00\" selected", "value=\"17:00\" selected", "value=\"yes\" checked", "kl. 08.15", "Det går inte att stänga av", "action=\"/sign-out/everywhere\"", "href=\"/away\""] {
            assert!(page.body.contains(part), "{part} on {}", page.body);
        }
        let saved = asa.post("/settings", &fields("en", "10:00", "15:00")).await;
        assert_eq!((saved.status, saved.location.as_str()), (303, "/settings?did=saved"));
        let page = asa.get(&saved.location).await;
        for part in ["The settings are saved.", "value=\"en\" lang=\"en\" selected", "value=\"10:00\" selected", "value=\"15:00\" selected", "comes at 10:00"] {
            assert!(page.body.contains(part), "{part} on {}", page.body);
        }
        assert!(!page.body.contains("checked"), "{}", page.body);
        // R5, people file: read again, and with a change of hers.
        world.import(PEOPLE).await;
        world.import(&PEOPLE.replace("Åsa Öberg,Bygglov,asa", "Åsa Öberg-Ek,Bygglov,asa")).await;
        let mut other = Visitor::signed_in(world, TO_ASA).await;
        let page = other.get("/settings").await;
        assert!(page.body.contains("Signed in as Åsa Öberg-Ek") && page.body.contains("value=\"10:00\" selected"), "{}", page.body);
        // The language of this browser alone is at the foot of the page, as before.
        other.post("/language", &[("language", "sv"), ("back", "/settings")]).await;
        assert!(other.get("/settings").await.body.contains("Inställningar"));
        let twice = asa.post("/settings", &[&fields("sv", "08:00", "17:00")[..], &[("wants_new", "yes")]].concat()).await;
        assert_eq!(twice.status, 303);
        assert!(asa.get("/settings").await.body.contains("value=\"yes\" checked"));
        world.forget_mails();
    }

    async fn what_is_not_offered_is_refused_and_nothing_is_saved(world at "2026-11-17 10:00") {
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/settings").await.body;
        assert!(!page.contains("wants_new"), "nobody is told what is new here: {page}");
        let long = "9".repeat(10_000);
        for (language, from, until) in [("de", "08:00", "17:00"), ("", "", ""), ("sv", "11:30", "17:00"), ("sv", "08:00", "13:30"), ("sv", "08:10", "17:00"), ("sv", "25:00", "17:00"), ("sv", "-1", "17:00"), ("sv", &long, "<b>")] {
            let refused = asa.post("/settings", &fields(language, from, until)).await;
            assert_eq!(refused.status, 422, "{language} {until}");
            assert!(refused.body.contains("Inget är sparat.") && refused.body.contains("role=\"alert\""), "{}", refused.body);
        }
        let kept = asa.post("/settings", &fields("de", "10:00", "15:00")).await.body;
        assert!(kept.contains("value=\"10:00\" selected") && kept.contains("value=\"15:00\" selected"), "{kept}");
        assert_eq!(asa.post("/settings", &[]).await.status, 422);
        assert!(asa.get("/settings").await.body.contains("value=\"08:00\" selected"));
        // A mailbox that several share chooses nothing for all of them.
        let mut desk = Visitor::signed_in(world, "expeditionen@exempelby.example").await;
        let page = desk.get("/settings").await.body;
        assert!(page.contains("gemensam brevlåda") && !page.contains("mails_from") && page.contains("Logga ut överallt"), "{page}");
        assert_eq!(desk.post("/settings", &fields("sv", "08:00", "17:00")).await.status, 404);
        assert_eq!(Visitor::new(world).post("/settings", &fields("sv", "08:00", "17:00")).await.location, "/sign-in");
        let mut elsewhere = asa.clone();
        asa.post("/sign-out/everywhere", &[]).await;
        assert_eq!(elsewhere.post("/settings", &fields("sv", "10:00", "15:00")).await.location, "/sign-in", "signed out everywhere");
    }
}
