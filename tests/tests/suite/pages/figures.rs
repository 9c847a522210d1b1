//! One's own list by days, and one's own figures, which are nobody else's (R32).

use super::*;
use aterkom_tests::{Visitor, on_both};

on_both! {
    // R12, R19, R23
    async fn the_list_is_divided_into_days_as_people_say_them(world at "2026-11-12 09:00") {
        for (id, from, at) in [("1", LISA, "2026-11-12 09:00"), ("2", SVEN, "2026-11-13 09:00"), ("3", "+46701740607", "2026-11-16 09:00"), ("4", "+46701740608", "2026-11-17 09:00")] {
            world.advance_to(at).await;
            world.post("missed", call(id, from, ASA)).await;
        }
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/mine").await.body;
        let parts = ["Försenade</h2>", "070-174 06 05", "I dag, tisdag 17 november</h2>", "070-174 06 06", "I morgon, onsdag 18 november</h2>", "070-174 06 07", "Senare</h2>", "070-174 06 08"];
        let places: Vec<usize> = parts.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("{part} on {page}"))).collect();
        assert!(places.is_sorted(), "{places:?} on {page}");
        // What waits for another day gives way to what is due today.
        let path = format!("/callbacks/{}", page[..places[1]].rfind("id=\"c-").map(|at| &page[at + 6..at + 42]).expect("a callback"));
        let version = value(&asa.get(&path).await, "name=\"version\" value=\"").to_owned();
        let agreed = asa.post(&format!("{path}/agree"), &[("version", &version), ("on", "2026-11-20"), ("back", "mine")]).await;
        let page = asa.get(&agreed.location).await.body;
        assert!(page.contains("Dagen är sparad.") && !page.contains("Försenade</h2>"), "{page}");
        let place = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} on {page}"));
        assert!(place("070-174 06 06") < place("Senare</h2>") && place("Senare</h2>") < place("070-174 06 05"), "{page}");
        world.forget_mails();
    }

    // R2, R12: what is due today stands above what was tried and what nothing was promised for, whatever came first.
    async fn nothing_pushes_what_is_due_today_down(world at "2026-11-16 09:00" with "[policy]\nmissed_calls = \"list\"\n") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 09:00").await;
        world.post("voicemail", call("2", SVEN, ASA)).await;
        world.post("voicemail", call("3", "+46701740607", ASA)).await;
        world.advance_to("2026-11-18 09:00").await;
        world.post("unanswered_outbound", call("4", ASA, SVEN)).await;
        world.advance_to("2026-11-19 10:00").await;
        world.forget_mails();
        let page = Visitor::signed_in(world, TO_ASA).await.get("/mine").await.body;
        let place = |part: &str| page.find(part).unwrap_or_else(|| panic!("{part} on {page}"));
        assert!(place("I dag, torsdag 19 november") < place("070-174 06 07"), "{page}");
        assert!(place("070-174 06 07") < place("070-174 06 06"), "untried before tried: {page}");
        assert!(place("070-174 06 06") < place("Utan sista dag</h2>") && place("Utan sista dag</h2>") < place("070-174 06 05"), "{page}");
        world.forget_mails();
    }

    // R18: two clicks from the list; what names nobody is asked for again, with what was written.
    async fn a_callback_is_handed_over_from_the_list(world at "2026-11-17 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, version) = first(&asa.get("/mine").await);
        for (to, said) in [("", "Skriv vem du vill"), ("Ingen <Alls>", "Ingen här heter så"), ("äldre", "Det kan vara flera")] {
            let refused = asa.post(&format!("{path}/offer"), &[("version", &version), ("to", to), ("back", "mine")]).await;
            assert_eq!(refused.status, 422, "{to}");
            let kept = format!("value=\"{}\"", to.replace('<', "&#60;").replace('>', "&#62;"));
            assert!(refused.body.contains(said) && refused.body.contains(&kept) && refused.body.contains("role=\"alert\""), "{to}: {}", refused.body);
        }
        let mut john = Visitor::signed_in(world, TO_JOHN).await;
        assert_eq!(john.post(&format!("{path}/offer"), &[("version", &version), ("to", "x")]).await.status, 404, "somebody else's");
        let fields = [("version", version.as_str()), ("to", "241"), ("back", "mine")];
        let offered = asa.post(&format!("{path}/offer"), &fields).await;
        let page = asa.get(&offered.location).await.body;
        assert!(page.contains("Erbjudandet är skickat.") && page.contains("Åsa Öberg erbjuder den till Amir Nouri"), "{page}");
        let again = asa.post(&format!("{path}/offer"), &fields).await;
        assert!([303, 409].contains(&again.status), "a double click offers it once: {}", again.status);
        world.forget_mails();
    }

    // R31, R32
    async fn ones_own_figures_are_ones_own(world at "2026-10-28 09:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.advance_to("2026-10-29 09:00").await;
        world.post("answered_outbound", call("2", ASA, LISA)).await;
        world.advance_to("2026-11-02 09:00").await;
        world.post("voicemail", call("3", SVEN, ASA)).await;
        world.post("voicemail", call("4", "+46701740607", ASA)).await;
        world.post("voicemail", call("5", "+46701740608", JOHN)).await;
        world.post("voicemail", call("6", "+46701740609", GROUP)).await;
        world.advance_to("2026-11-04 09:00").await;
        world.post("unanswered_outbound", call("7", ASA, SVEN)).await;
        world.advance_to("2026-11-10 09:00").await;
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        assert!(asa.get("/mine").await.body.contains("href=\"/mine/figures\""));
        let page = asa.get("/mine/figures").await;
        assert_eq!(page.status, 200);
        let months: Vec<&str> = page.body.split("<section").skip(1).collect();
        assert!(months.len() == 2 && months[0].contains("november 2026") && months[1].contains("oktober 2026"), "{}", page.body);
        for part in ["Perioden är inte slut", "0 av 2 (0\u{a0}%)", "1 av 2 (50\u{a0}%)"] {
            assert!(months[0].contains(part), "{part} in {}", months[0]);
        }
        assert!(months[1].matches("1 av 1 (100\u{a0}%)").count() == 4, "{}", months[1]);
        assert!(page.body.contains("Bara du ser de här siffrorna."), "{}", page.body);
        // R32: nobody else's page has them, whatever is asked for; theirs are of their own.
        for (who, counted) in [(TO_JOHN, "0 of 1 (0\u{a0}%)"), (TO_PER, "inga"), (TO_MARIA, "inga")] {
            let page = Visitor::signed_in(world, who).await.get("/mine/figures?of=asa&employee=asa").await;
            assert!(page.status == 200 && page.body.contains(counted) && !page.body.contains("av 2") && !page.body.contains("of 2"), "{who}: {}", page.body);
        }
        for who in ["expeditionen@exempelby.example", "bygglov@exempelby.example"] {
            assert_eq!(Visitor::signed_in(world, who).await.get("/mine/figures").await.status, 404, "{who}");
        }
        world.forget_mails();
    }
}
