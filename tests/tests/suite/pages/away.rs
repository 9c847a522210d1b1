//! Somebody fell ill and rang: others enter it for them (R17). Why, nobody asks.

use super::{ASA, LISA, TO_AMIR, TO_ASA, TO_JOHN, TO_MARIA, TO_PER, call, value};
use aterkom_tests::on_both;
use aterkom_tests::visitor::{Answer, Visitor};
use domain::absences::Origin;
use domain::callback::Actor;
use store::absences::{self, Entered};

const TO_SARA: &str = "sara.lind@exempelby.example";
const RECEPTION: &str = "expeditionen@exempelby.example";
const CARE: &str = "aldreomsorg@exempelby.example";

/// The form's fields, from and to.
fn fields<'a>(who: &'a str, from: &'a str, to: &'a str) -> [(&'a str, &'a str); 4] {
    [("who", who), ("from", from), ("to", to), ("substitute", "")]
}

/// The name that a page has in its choice, as the form sends it.
fn choice(page: &Answer, name: &str) -> Option<String> {
    let option = page.body.split("<option value=\"").find(|o| o.contains(&format!(">{name}<")))?;
    Some(option.split('"').next()?.to_owned())
}

on_both! {
    // R17: the manager enters it, the employee sees who did; both may take it back.
    async fn a_manager_enters_it_for_somebody_who_fell_ill(world at "2026-11-17 08:30") {
        let asa = world.employee("Åsa Öberg").await.to_string();
        let mut per = Visitor::signed_in(world, TO_PER).await;
        let page = per.get("/away").await;
        assert!(page.body.contains("<label for=\"who\">Vem är borta</label>"), "{}", page.body);
        assert_eq!(choice(&page, "Åsa Öberg").as_ref(), Some(&asa));
        let saved = per.post("/away", &fields(&asa, "2026-11-17", "2026-11-18")).await;
        assert_eq!(saved.location, format!("/away?who={asa}&did=saved"));
        let page = per.get(&saved.location).await;
        assert!(page.body.contains("Inlagd frånvaro för Åsa Öberg"), "{}", page.body);
        assert!(page.body.contains("Fråga inte varför"), "{}", page.body);
        let again = per.post("/away", &fields(&asa, "2026-11-18", "2026-11-19")).await;
        assert_eq!(again.status, 422);
        assert!(again.body.contains("Det finns redan en inlagd frånvaro från i dag"), "{}", again.body);
        assert!(again.body.contains(&format!("value=\"{asa}\" selected")), "the choice stays");
        let page = per.get("/away").await;
        assert!(page.body.contains(&format!("<a href=\"/away?who={asa}\">Åsa Öberg</a>")), "{}", page.body);

        let mut own = Visitor::signed_in(world, TO_ASA).await;
        own.language = "en";
        own.post("/language", &[("language", "en"), ("back", "/")]).await;
        let page = own.get("/away").await;
        assert!(page.body.contains("today to tomorrow"), "{}", page.body);
        assert!(page.body.contains("Entered by Per Alm."), "{}", page.body);
        let id = value(&page, "action=\"/away/").to_owned();
        let mut john = Visitor::signed_in(world, TO_JOHN).await;
        assert_eq!(john.post(&format!("/away/{id}"), &[]).await.status, 404, "a colleague may not");
        assert_eq!(own.post(&format!("/away/{id}"), &[]).await.location, "/away?did=removed");
        assert_eq!(per.post(&format!("/away/{id}"), &[]).await.status, 404, "it is gone");
        world.forget_mails();
    }

    // R17: whoever reads the mailbox of the unit's reception, and no other.
    async fn the_reception_enters_it_for_its_units_only(world at "2026-11-17 08:30") {
        let asa = world.employee("Åsa Öberg").await.to_string();
        let amir = world.employee("Amir Nouri").await.to_string();
        for (who, may_asa, may_amir) in [
            (RECEPTION, true, false),
            (CARE, false, true),
            (TO_MARIA, true, true),
            (TO_PER, true, false),
            (TO_SARA, false, true),
            (TO_ASA, true, false),
            (TO_JOHN, false, false),
            (TO_AMIR, false, true),
            ("bygglov@exempelby.example", false, false),
        ] {
            let mut visitor = Visitor::signed_in(world, who).await;
            for (employee, may) in [(&asa, may_asa), (&amir, may_amir)] {
                let path = format!("/away?who={employee}");
                assert_eq!(visitor.get(&path).await.status, if may { 200 } else { 404 }, "{who}");
                let wrong = visitor.post("/away", &fields(employee, "", "")).await;
                assert_eq!(wrong.status, if may { 422 } else { 404 }, "{who}");
            }
            let front = visitor.open("/").await;
            let linked = front.body.contains("href=\"/away\"");
            assert_eq!(linked, visitor.get("/away").await.status == 200, "{who}");
        }
        let mut desk = Visitor::signed_in(world, RECEPTION).await;
        for nonsense in ["x", "00000000-0000-0000-0000-000000000000", "%00"] {
            assert_eq!(desk.get(&format!("/away?who={nonsense}")).await.status, 404);
        }
        let saved = desk.post("/away", &fields(&asa, "2026-11-17", "2026-11-17")).await;
        assert_eq!(saved.location, format!("/away?who={asa}&did=saved"));
        let page = Visitor::signed_in(world, TO_ASA).await.get("/away").await;
        assert!(page.body.contains("Inlagd av någon i en gemensam brevlåda."), "{}", page.body);
        world.forget_mails();
    }

    // R17: the days that were away stay away; who took it back, and when, is kept.
    async fn who_comes_back_early_was_away_until_yesterday(world at "2026-11-16 09:00") {
        let id = world.enter_absence("Åsa Öberg", "2026-11-16", "2026-11-20", "John Hill").await;
        world.tell("1", "2026-11-16 08:30", "missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-18 07:30").await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/away").await;
        let path = value(&page, "action=\"/away/").to_owned();
        assert_eq!(asa.post(&format!("/away/{path}"), &[]).await.location, "/away?did=removed");
        assert!(asa.get("/away").await.body.contains("Ingen frånvaro är inlagd"));
        let tx = world.app.store.read().await.expect("storage works");
        let employee = world.employee("Åsa Öberg").await;
        let taken = absences::taken_back(&tx, id).await.expect("storage works");
        let left = absences::list(&tx, employee).await.expect("storage works");
        tx.commit().await.expect("storage works");
        assert_eq!(taken, Some((Actor::Employee(employee), world.app.clock.now())));
        assert_eq!(left[0].absence.to.to_string(), "2026-11-17");
        world.forget_mails();
        world.advance_to("2026-11-18 08:20").await;
        let digest = world.mailbox(TO_ASA).only();
        assert!(digest.words().contains("Välkommen tillbaka"), "{}", digest.text);
        world.forget_mails();
    }

    // R17: what a file says can have a substitute entered over it, and shows where it comes from.
    async fn a_substitute_is_entered_over_what_a_file_says(world at "2026-11-17 09:30") {
        let id = world.enter_absence("Åsa Öberg", "2026-11-17", "2026-11-20", "").await;
        let tx = world.app.store.begin().await.expect("storage works");
        let entered = absences::find(&tx, id).await.expect("storage works").expect("it is there");
        absences::take_back(&tx, id, Actor::System, world.app.clock.now()).await.expect("storage works");
        let (id, origin) = (domain::ids::AbsenceId(world.app.clock.new_id()), Origin::File("hr".to_owned()));
        absences::insert(&tx, &Entered { id, origin, ..entered }).await.expect("storage works");
        tx.commit().await.expect("storage works");
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let page = asa.get("/away").await;
        assert!(page.body.contains("Från filen hr."), "{}", page.body);
        let john = choice(&page, "John Hill").expect("he works here");
        let form = [("from", "2026-11-17"), ("to", "2026-11-20"), ("substitute", john.as_str())];
        assert_eq!(asa.post("/away", &form).await.location, "/away?did=saved");
        world.post("missed", call("1", LISA, ASA)).await;
        let mut john = Visitor::signed_in(world, TO_JOHN).await;
        assert!(john.get("/mine").await.body.contains("070-174 06 05"));
        world.forget_mails();
    }
}
