//! A note that one of us takes for another: "NN ringde, vill bli uppringd".

use super::*;
use aterkom_tests::{Visitor, on_both};
use domain::directory::Owner;

const TO_RECEPTION: &str = "expeditionen@exempelby.example";

/// The form as the page has it, with these fields in it.
async fn take(by: &mut Visitor, fields: &[(&str, &str)]) -> Answer {
    let page = by.get("/note").await;
    let id = value(&page, "name=\"id\" value=\"").to_owned();
    by.post("/note", &[&[("id", id.as_str())], fields].concat()).await
}

on_both! {
    // R1, R11
    async fn a_note_is_a_message_with_a_last_day(world at "2026-11-17 10:00") {
        let mut desk = Visitor::signed_in(world, TO_RECEPTION).await;
        let form = desk.get("/note").await.body;
        assert!(form.contains("<option value=\"Åsa Öberg, Bygglov\" label=\"232\">"), "{form}");
        let fields = [("number", "070-174 06 05"), ("name", "Lisa Ek"), ("to", "Åsa Öberg, Bygglov"), ("about", "Undrar över bygglovet.\r\n<b>Helst</b> före lunch.")];
        let saved = take(&mut desk, &fields).await;
        assert_eq!((saved.status, saved.location.as_str()), (303, format!("/note?did=saved&to=employee-{}", world.employee("Åsa Öberg").await).as_str()));
        assert!(desk.get(&saved.location).await.body.contains("Anteckningen är sparad. Åsa Öberg får veta det."));
        assert!(desk.get("/note?did=saved&to=x").await.body.contains("Anteckningen är sparad."));
        let callback = world.only_open().await;
        assert!(callback.has_message() && callback.contacts[0].is_note());
        assert_eq!(callback.due.as_ref().map(|d| d.due_on.to_string()).as_deref(), Some("2026-11-19"));
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/mine").await;
        assert!(page.body.contains("Lisa Ek") && page.body.contains("070-174 06 05") && page.body.contains("Antecknat av oss i dag kl. 10.00"), "{}", page.body);
        let (path, version) = first(&page);
        let one = asa.get(&path).await.body;
        assert!(one.contains("Undrar över bygglovet.\n&#60;b&#62;Helst"), "{one}");
        // R5: a call of the same person joins it.
        world.post("missed", call("1", LISA, ASA)).await;
        assert_eq!(world.only_open().await.contacts.len(), 2);
        // R20: private or spam is closed without trace of content.
        let (_, version) = (version, value(&asa.get(&path).await, "name=\"version\" value=\"").to_owned());
        let private = [("version", version.as_str()), ("disposition", "not_a_request")];
        assert_eq!(asa.post(&format!("{path}/resolve"), &private).await.status, 303);
        assert!(!asa.get(&path).await.body.contains("bygglovet"));
        world.forget_mails();
    }

    async fn a_note_that_is_sent_twice_is_one(world at "2026-11-17 10:00") {
        let mut desk = Visitor::signed_in(world, TO_RECEPTION).await;
        let page = desk.get("/note").await;
        let id = value(&page, "name=\"id\" value=\"").to_owned();
        let fields = [("id", id.as_str()), ("number", "1042"), ("to", "bygglov"), ("about", "")];
        for _ in 0..2 {
            assert_eq!(desk.post("/note", &fields).await.status, 303);
        }
        let callback = world.only_open().await;
        assert_eq!((callback.contacts.len(), matches!(callback.owner, Owner::Unit(_))), (1, true));
        world.forget_mails();
    }

    // R36
    async fn a_note_that_cannot_be_is_refused_with_what_was_written(world at "2026-11-17 10:00") {
        world.with_administrator("drift@exempelby.example").await;
        let mut desk = Visitor::signed_in(world, TO_RECEPTION).await;
        let long = "å".repeat(1_001);
        for (number, to, about, said) in [
            ("", "Åsa Öberg", "x", "Skriv numret"),
            (" \u{0} ", "Åsa Öberg", "x", "Skriv numret"),
            ("070-174 06 05", " ", "x", "Skriv vem"),
            ("070-174 06 05", "Ingen Alls", "x", "Ingen här heter så"),
            ("070-174 06 05", "äldre", "x", "Det kan vara flera: Amir Nouri, Äldreomsorg; Sara Lind, Äldreomsorg; Äldreomsorg."),
            ("070-174 06 05", "Åsa Öberg", long.as_str(), "högst 1 000 tecken"),
        ] {
            let refused = take(&mut desk, &[("number", number), ("to", to), ("about", about), ("name", "<Lisa>")]).await;
            assert_eq!(refused.status, 422, "{said}");
            for kept in [said, "role=\"alert\"", "aria-invalid=\"true\"", "value=\"&#60;Lisa&#62;\"", &format!("name=\"to\" list=\"receivers\" autocomplete=\"off\" required maxlength=\"200\" value=\"{to}\"")] {
                assert!(said.contains("tecken") || refused.body.contains(kept), "{said}, {kept}: {}", refused.body);
            }
        }
        let mut admin = Visitor::signed_in(world, "drift@exempelby.example").await;
        assert_eq!(admin.get("/note").await.status, 404, "an administrator sees no callers, and takes no notes");
        assert!(world.open().await.is_empty());
        world.forget_mails();
    }
}
