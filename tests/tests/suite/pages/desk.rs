//! The reception's page: a note in ten seconds, whose a number is, who is away. Of colleagues, never of callers (R36).

use super::*;
use aterkom_tests::{Visitor, on_both};

const TO_RECEPTION: &str = "expeditionen@exempelby.example";

/// The form as the page has it, with these fields in it.
async fn take(by: &mut Visitor, fields: &[(&str, &str)]) -> Answer {
    let page = by.get("/reception").await;
    let id = value(&page, "name=\"id\" value=\"").to_owned();
    by.post("/note", &[&[("id", id.as_str()), ("back", "reception")], fields].concat()).await
}

on_both! {
    // R1
    async fn a_note_is_written_at_the_desk_and_the_next_one_can_begin(world at "2026-11-17 10:00") {
        let mut desk = Visitor::signed_in(world, TO_RECEPTION).await;
        assert_eq!(desk.get("/").await.location, "/reception", "a desk begins at the desk");
        let page = desk.get("/reception").await;
        assert!(page.body.contains("Ingen väntar på svar på listan.") && page.body.contains(" autofocus>"), "{}", page.body);
        let saved = take(&mut desk, &[("number", "070-174 06 05"), ("to", "232"), ("about", "Bygglovet")]).await;
        assert_eq!(saved.status, 303);
        let page = desk.get(&saved.location).await;
        assert!(page.body.contains("Åsa Öberg får veta det.") && page.body.contains("value=\"\" autofocus>") && page.body.contains("Vems är numret?"), "{}", page.body);
        assert!(world.only_open().await.has_message());
        // Several may be meant: a press on the right one saves what was written.
        let refused = take(&mut desk, &[("number", "070-174 06 06"), ("to", "äldre"), ("about", "Hemtjänsten")]).await;
        assert_eq!(refused.status, 422);
        for part in ["Det kan vara flera", "value=\"070-174 06 06\"", "value=\"Hemtjänsten\"", "name=\"pick\" value=\"Amir Nouri, Äldreomsorg\"", "Vems är numret?"] {
            assert!(refused.body.contains(part), "{part} on {}", refused.body);
        }
        let id = value(&refused, "name=\"id\" value=\"").to_owned();
        let fields = [("id", id.as_str()), ("back", "reception"), ("number", "070-174 06 06"), ("to", "äldre"), ("pick", "Amir Nouri, Äldreomsorg"), ("about", "Hemtjänsten")];
        for _ in 0..2 {
            let saved = desk.post("/note", &fields).await;
            assert_eq!(saved.location, format!("/reception?did=saved&to=employee-{}", world.employee("Amir Nouri").await), "a double click is one note");
        }
        assert_eq!(world.open().await.len(), 2);
        // A session that is over: nothing is written.
        desk.post("/sign-out", &[]).await;
        assert_eq!(desk.post("/note", &[("number", "1042"), ("to", "232"), ("back", "reception")]).await.location, "/sign-in");
        assert_eq!(world.open().await.len(), 2);
        world.forget_mails();
    }

    // R15–R17
    async fn a_number_a_name_or_a_unit_says_whose_it_is_and_whom_to_reach(world at "2026-11-17 10:00") {
        world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-20", "John Hill").await;
        world.enter_absence("Amir Nouri", "2026-11-17", "2026-11-17", "").await;
        let mut desk = Visitor::signed_in(world, TO_RECEPTION).await;
        for q in ["232", "0980-319%20232", "%C3%A5sa", "asa%20ob"] {
            let page = desk.get(&format!("/reception?q={q}")).await;
            let found = page.body.split("</form>").nth(2).unwrap_or_default().split("<section aria-labelledby=\"away\"").next().unwrap_or_default();
            for part in ["Åsa Öberg, Bygglov", "0980-31 92 32, 1042, 232", "Borta till och med fredag 20 november, åter måndag 23 november", "Svarar i stället: John Hill", "0980-31 92 33, 1043, 233"] {
                assert!(found.contains(part), "{part} of {q} in {found}");
            }
            assert!(!page.body.contains("autofocus"), "who searches reads what was found");
        }
        let unit = desk.get("/reception?q=bygglov").await.body;
        assert!(unit.contains("Bygglov svarsgrupp: <span class=\"tel\">0980-31 92 11, 600</span>") && unit.contains("Svarar: Bygglov, brevlådan"), "{unit}");
        let there = desk.get("/reception?q=maria").await.body;
        assert!(there.contains("Maria Ek, Exempelby kommun") && there.contains("Har inget eget nummer.") && !there.contains("Borta till och med i dag, åter onsdag"), "{there}");
        let nobody = desk.get("/reception?q=070-174%2006%2005").await.body;
        assert!(nobody.contains("Ingen här heter så") && nobody.contains("value=\"070-174 06 05\""), "{nobody}");
        let hostile = desk.get("/reception?q=%3Cscript%3E%00").await.body;
        assert!(hostile.contains("value=\"&#60;script&#62;\""), "{hostile}");
        // Who is away, until when, and who answers; of one unit.
        let all = desk.get("/reception").await.body;
        let place = |name: &str| all.rfind(&format!("{name}</th>")).unwrap_or_else(|| panic!("{name} on {all}"));
        assert!(place("Amir Nouri") < place("Åsa Öberg"), "å comes last");
        assert!(all.contains("expeditionen, Äldreomsorg") && all.contains("till och med i dag, åter i morgon"), "{all}");
        let care = value(&Answer { body: all.split("Alla enheter").nth(1).unwrap_or_default().replace('\n', ""), ..desk.get("/reception").await }, "<option value=\"").to_owned();
        assert_eq!(desk.get(&format!("/reception?unit={care}")).await.status, 200);
        for wrong in ["x", "00000000-0000-0000-0000-000000000000"] {
            assert_eq!(desk.get(&format!("/reception?unit={wrong}")).await.status, 404);
        }
        desk.cookies.insert("aterkom-language".to_owned(), "en".to_owned());
        let english = desk.get("/reception?q=232").await.body;
        assert!(english.contains("until Friday 20 November inclusive, back Monday 23 November"), "{english}");
    }

    // R36: the queue is that of the reader's list; of callers nothing more is here.
    async fn the_desk_knows_its_queue_and_no_callers(world at "2026-11-17 10:00") {
        world.post("missed", call("1", LISA, "+46980319200")).await;
        world.post("missed", call("2", SVEN, ASA)).await;
        world.forget_mails();
        let mut desk = Visitor::signed_in(world, TO_RECEPTION).await;
        let page = desk.get("/reception").await.body;
        assert!(page.contains("En väntar på svar på listan.") && page.contains("Den första: Senast torsdag 19 november."), "{page}");
        for q in ["/reception?q=070-174%2006%2005", "/reception?q=070-174%2006%2006", "/reception"] {
            let page = desk.get(q).await.body;
            assert!(!page.contains("tel:") && !page.contains("070-174 06 06</"), "{page}");
        }
        for (who, status) in [(TO_ASA, 404), (TO_PER, 404), ("bygglov@exempelby.example", 200), ("vaxel@exempelby.example", 200)] {
            assert_eq!(Visitor::signed_in(world, who).await.get("/reception").await.status, status, "{who}");
        }
        // Who is at no desk and says so is taken back to the page of notes.
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let refused = asa.post("/note", &[("number", ""), ("back", "reception")]).await;
        assert!(refused.status == 422 && !refused.body.contains("Vems är numret?"), "{}", refused.body);
        world.forget_mails();
    }
}
