//! Lists: who waits, for whom, until when; and what people do about it.

use super::*;
use aterkom_tests::{Visitor, on_both};

on_both! {
    // R12, R19, R20
    async fn an_attempt_an_end_and_its_undo_are_a_button_each(world at "2026-11-17 10:00") {
        world.post("voicemail", call("1", LISA, ASA)).await;
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/mine").await;
        for part in ["070-174 06 05", "href=\"tel:+46701740605\"", "Senast torsdag 19 november", "Lämnade meddelande i dag kl. 10.00", "Kom tisdag 17 november 2026; sista dag torsdag 19 november 2026."] {
            assert!(page.body.contains(part), "{part} on {}", page.body);
        }
        let (path, version) = first(&page);
        let tried = asa.post(&format!("{path}/attempt"), &[("version", &version), ("back", "mine")]).await;
        assert_eq!(tried.status, 303);
        let page = asa.get(&tried.location).await;
        assert!(page.body.contains("Försöket är noterat"), "{}", page.body);
        assert!(page.body.contains("Försökt, inte nådd <span") , "{}", page.body);
        let (_, version) = first(&page);
        let fields = [("version", version.as_str()), ("disposition", "reached"), ("back", "mine")];
        let ended = asa.post(&format!("{path}/resolve"), &fields).await;
        let page = asa.get(&ended.location).await;
        assert!(page.body.contains("Klart: nådd.") && page.body.contains("Ingen väntar på dig"), "{}", page.body);
        let (_, version) = first(&page);
        let undone = asa.post(&format!("{path}/undo"), &[("version", &version), ("back", "mine")]).await;
        let page = asa.get(&undone.location).await;
        assert!(page.body.contains("Ångrat."), "{}", page.body);
        let story = asa.get(&path).await;
        for part in ["Åsa Öberg försökte", "Åsa Öberg avslutade: nådd", "Åsa Öberg ångrade"] {
            assert!(story.body.contains(part), "{part} in {}", story.body);
        }
        assert_eq!(world.only_open().await.attempts.len(), 2);
    }

    // R25
    async fn the_soonest_comes_first_and_of_one_day_the_messages(world at "2026-11-16 09:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 10:00").await;
        world.post("missed", call("2", "+46701740611", ASA)).await;
        world.post("voicemail", call("3", "+46701740612", ASA)).await;
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/mine").await.body;
        let place = |number: &str| page.find(number).expect("it is on the list");
        assert!(place("070-174 06 05") < place("070-174 06 12"));
        assert!(place("070-174 06 12") < place("070-174 06 11"));
        world.forget_mails();
    }

    async fn a_long_list_is_shown_in_pages_each_once(world at "2026-11-17 10:00") {
        for n in 0..60 {
            let from = format!("+467017406{:02}", 5 + n);
            let kind = if n % 2 == 0 { "missed" } else { "voicemail" };
            world.post(kind, call(&n.to_string(), &from, ASA)).await;
        }
        // The group's own stand on the same list.
        for n in 0..20 {
            world.post("missed", call(&format!("g{n}"), &format!("+468465004{n:02}"), GROUP)).await;
        }
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let one = asa.get("/mine").await;
        let next = format!("/mine?after={}", value(&one, "href=\"/mine?after="));
        let two = asa.get(&next).await;
        let tels = |page: &aterkom_tests::visitor::Answer| -> Vec<String> {
            let parts = page.body.split("href=\"tel:").skip(1);
            parts.filter_map(|p| p.split('"').next()).map(str::to_owned).collect()
        };
        assert_eq!((tels(&one).len(), tels(&two).len()), (50, 30));
        let mut all = [tels(&one), tels(&two)].concat();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 80);
        assert!(!two.body.contains("/mine?after="));
    }

    // R21
    async fn what_the_pbx_saw_is_shown_as_such_and_one_click_undoes(world at "2026-11-17 10:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 11:00").await;
        world.post("answered_outbound", call("2", ASA, LISA)).await;
        world.forget_mails();
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/mine").await;
        assert!(page.body.contains("Klara enligt växeln"), "{}", page.body);
        let (path, version) = first(&page);
        asa.post(&format!("{path}/undo"), &[("version", &version)]).await;
        let page = asa.get("/mine").await;
        assert!(page.body.contains("Försökt, inte nådd") && !page.body.contains("Klara enligt växeln"), "{}", page.body);
    }

    // R36: colleagues see what is the unit's own, and nothing that is each other's.
    async fn everybody_sees_what_is_theirs_and_nothing_else(world at "2026-11-17 10:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.post("missed", call("2", SVEN, GROUP)).await;
        world.post("missed", call("3", "+46701740611", AMIR)).await;
        world.post("missed", call("4", "+46701740612", "+46980319299")).await;
        world.forget_mails();
        for (who, sees, not) in [
            (TO_ASA, ["070-174 06 05", "070-174 06 06"].as_slice(), ["070-174 06 11", "070-174 06 12"].as_slice()),
            (TO_JOHN, &["070-174 06 06"], &["070-174 06 05", "070-174 06 11", "070-174 06 12"]),
            (TO_AMIR, &["070-174 06 11"], &["070-174 06 05", "070-174 06 06", "070-174 06 12"]),
            (TO_MARIA, &["070-174 06 12"], &["070-174 06 05", "070-174 06 06", "070-174 06 11"]),
            ("vaxel@exempelby.example", &["070-174 06 12"], &["070-174 06 05", "070-174 06 11"]),
        ] {
            let page = Visitor::signed_in(world, who).await.open("/mine").await.body;
            assert!(sees.iter().all(|n| page.contains(n)), "{who} sees {sees:?} on {page}");
            assert!(not.iter().all(|n| !page.contains(n)), "{who} does not see {not:?} on {page}");
        }
    }

    // R26, R36
    async fn a_manager_sees_who_waits_in_the_own_units_and_no_numbers(world at "2026-11-16 10:00") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.post("voicemail", call("2", SVEN, JOHN)).await;
        world.post("missed", call("3", "+46701740611", AMIR)).await;
        world.advance_to("2026-11-19 10:00").await;
        world.forget_mails();
        let mut per = Visitor::signed_in(world, TO_PER).await;
        let page = per.get("/unit").await.body;
        for part in ["Bygglov", "Åsa Öberg", "John Hill", "Försenad en arbetsdag", "<span class=\"figure\">2</span> Försenade"] {
            assert!(page.contains(part), "{part} on {page}");
        }
        assert!(!page.contains("Amir Nouri") && !page.contains("070-174"), "{page}");
        // R27: "Jag tar den"; once is enough for that day.
        let (path, version) = first(&per.get("/unit").await);
        let fields = [("version", version.as_str()), ("back", "unit")];
        let taken = per.post(&format!("{path}/take"), &fields).await;
        assert_eq!(taken.location, "/unit?did=take");
        let page = per.get(&taken.location).await.body;
        assert!(page.contains("Du har tagit den.") && page.contains("Per Alm tar den, till och med i morgon"), "{page}");
        assert_eq!(page.matches("Jag tar den<").count(), 1, "{page}");
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (path, version) = first(&asa.get("/mine").await);
        let refused = asa.post(&format!("{path}/take"), &[("version", &version)]).await;
        assert_eq!(refused.status, 422, "only a manager takes it");
        let mut maria = Visitor::signed_in(world, TO_MARIA).await;
        let page = maria.get("/unit").await.body;
        assert!(page.contains("Amir Nouri") && page.contains("Åsa Öberg"), "{page}");
        assert_eq!(Visitor::signed_in(world, TO_ASA).await.get("/unit").await.status, 404);
    }

    // R17
    async fn who_is_away_is_covered_and_comes_back(world at "2026-11-17 10:00") {
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let john = value(&asa.get("/away").await, "<option value=\"\">Ingen: expeditionen</option>\n<option value=\"").to_owned();
        let wrong = asa.post("/away", &[("from", "i morgon"), ("to", ""), ("substitute", &john)]).await;
        assert_eq!(wrong.status, 422);
        let wrong = asa.post("/away", &[("from", "2026-11-20"), ("to", "2026-11-18")]).await;
        assert!(wrong.body.contains("Sista dagen ligger före den första"), "{}", wrong.body);
        let fields = [("from", "2026-11-17"), ("to", "2026-11-18"), ("substitute", john.as_str())];
        let saved = asa.post("/away", &fields).await;
        assert_eq!(saved.location, "/away?did=saved");
        let page = asa.get(&saved.location).await;
        assert!(page.body.contains("i dag till i morgon, ersättare"), "{}", page.body);
        world.post("missed", call("1", LISA, ASA)).await;
        let substitute = page.body.split("ersättare ").nth(1).and_then(|t| t.split('<').next()).expect("a name");
        let to = match substitute {
            "Amir Nouri" => TO_AMIR,
            "John Hill" => TO_JOHN,
            other => panic!("{other} is the first in the list"),
        };
        let mut other = Visitor::signed_in(world, to).await;
        assert!(other.get("/mine").await.body.contains("070-174 06 05"));
        assert!(asa.get("/mine").await.body.contains("070-174 06 05"), "the owner still sees it");
        let id = value(&page, "action=\"/away/").to_owned();
        assert_eq!(other.post(&format!("/away/{id}"), &[]).await.status, 404, "somebody else's");
        assert_eq!(asa.post(&format!("/away/{id}"), &[]).await.location, "/away?did=removed");
        assert!(!other.get("/mine").await.body.contains("070-174 06 05"));
        world.forget_mails();
    }
}
