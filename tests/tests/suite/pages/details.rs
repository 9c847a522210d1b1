//! A caller's details: who has them at hand, who asks for them, and what is written down (R36).

use super::*;
use aterkom_tests::world::PEOPLE;
use aterkom_tests::{Visitor, World, on_both};

const ADMIN: &str = "drift@exempelby.example";
const LOG: &str = "/admin/read-log";
const NUMBER: &str = "070-174 06 05";

/// The world's people; whoever rings Åsa rings a protected line.
fn with_protected_line() -> String {
    let row = |line: &str| match line {
        header if header.starts_with("type,") => format!("{header},skyddad\n"),
        asa if asa.starts_with("line,Åsa") => format!("{asa},ja\n"),
        other => format!("{other},\n"),
    };
    PEOPLE.lines().filter(|line| !line.starts_with('#')).map(row).collect()
}

fn voicemail(id: &str) -> Value {
    json!({
        "call_id": id, "from": LISA, "to": ASA, "duration_s": 30, "caller_name": "Zelmira Quist",
        "recording_url": "https://pbx.example/rec/1",
    })
}

/// What would tell who rang, as far as a page has it.
fn told(page: &Answer) -> Vec<&'static str> {
    let telling = [NUMBER, "tel:", "Zelmira", "pbx.example/rec"];
    telling.into_iter().filter(|part| page.body.contains(part)).collect()
}

async fn path_of(world: &World) -> String {
    format!("/callbacks/{}", world.only_open().await.id)
}

on_both! {
    // R36
    async fn a_manager_asks_for_details_and_everybody_can_see_who_did(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        world.post("voicemail", voicemail("1")).await;
        let path = path_of(world).await;
        let mut per = Visitor::signed_in(world, TO_PER).await;
        let page = per.get(&path).await;
        assert!(page.status == 200 && told(&page).is_empty(), "{}", page.body);
        assert!(page.body.contains("Uppgifterna är dolda") && page.body.contains("Visa uppgifter"), "{}", page.body);
        assert!(page.body.contains("Ingen har öppnat uppgifterna."), "looking is no opening: {}", page.body);
        let asked = per.post(&format!("{path}/open"), &[]).await;
        assert_eq!((asked.status, asked.location.as_str()), (303, path.as_str()));
        let page = per.get(&path).await;
        assert_eq!(told(&page).len(), 4, "{}", page.body);
        assert!(!page.body.contains("Visa uppgifter") && page.body.contains("Per Alm, i dag kl. 10.00"), "{}", page.body);
        world.sleep_until("2026-11-17 10:14");
        assert_eq!(told(&per.get(&path).await).len(), 4);
        world.sleep_until("2026-11-17 10:16");
        assert!(told(&per.get(&path).await).is_empty(), "a quarter of an hour is over");
        // Whoever is to call back has them at hand; that is written down as well.
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        assert_eq!(told(&asa.get("/mine").await), [NUMBER, "tel:", "Zelmira"]);
        let page = asa.get(&path).await;
        assert!(told(&page).len() == 4 && page.body.contains("Per Alm, i dag kl. 10.00"), "{}", page.body);
        assert!(page.body.contains("Åsa Öberg, i dag kl. 10.16"), "{}", page.body);
        let reference = world.only_open().await.reference(world.app.scheduler.calendar.zone());
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let log = admin.get(LOG).await;
        for part in ["Per Alm", "Åsa Öberg", "nummer, namn, text", &reference] {
            assert!(log.body.contains(part), "{part} on {}", log.body);
        }
        assert!(told(&log).is_empty(), "{}", log.body);
        let found = admin.get(&format!("{LOG}?of={}", reference.to_lowercase())).await.body;
        assert!(found.contains("Per Alm") && found.matches("<tr").count() == 3, "{found}");
        assert!(admin.get(&format!("{LOG}?of=261117-00000")).await.body.contains("Det finns inget i loggen."));
        assert_eq!(admin.get(&path).await.status, 404, "who looks after it sees no callback");
        assert_eq!(asa.get(LOG).await.status, 404);
        assert_eq!(admin.get(&format!("{LOG}?before=x")).await.status, 404);
        world.forget_mails();
    }

    // R36: once an hour for each reader and callback, however often the page is loaded.
    async fn looking_again_and_again_is_one_opening_an_hour(world at "2026-11-17 10:00") {
        world.post("voicemail", voicemail("1")).await;
        let path = path_of(world).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        for (at, times) in [("10:00", 1), ("10:20", 1), ("10:59", 1), ("11:01", 2)] {
            world.sleep_until(&format!("2026-11-17 {at}"));
            let page = asa.get(&path).await.body;
            assert_eq!(page.matches("<li>Åsa Öberg, ").count(), times, "{at}: {page}");
        }
        world.forget_mails();
    }

    // R36
    async fn who_is_offered_one_asks_before_they_see_who_rang(world at "2026-11-17 10:00") {
        world.post("voicemail", voicemail("1")).await;
        let path = path_of(world).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let (_, version) = first(&asa.get(&path).await);
        let offered = asa.post(&format!("{path}/offer"), &[("version", version.as_str()), ("to", "Amir Nouri")]).await;
        assert_eq!(offered.status, 303, "{}", offered.body);
        let mut amir = Visitor::signed_in(world, TO_AMIR).await;
        let page = amir.get(&path).await;
        assert!(page.body.contains("Uppgifterna är dolda") && told(&page).is_empty(), "{}", page.body);
        assert_eq!(amir.post(&format!("{path}/open"), &[]).await.status, 303);
        assert_eq!(told(&amir.get(&path).await).len(), 4);
        world.forget_mails();
    }

    // R36
    async fn a_protected_line_hides_details_until_somebody_says_why(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        world.import(&with_protected_line()).await;
        world.post("voicemail", voicemail("1")).await;
        let path = path_of(world).await;
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        let list = asa.get("/mine").await;
        assert!(told(&list).is_empty() && list.body.contains("Skyddade uppgifter"), "{}", list.body);
        let page = asa.get(&path).await;
        assert!(told(&page).is_empty() && page.body.contains("name=\"reason\" required"), "{}", page.body);
        let long = "x".repeat(201);
        for none in [&[][..], &[("reason", "")], &[("reason", "  nu ")], &[("reason", &long)]] {
            let refused = asa.post(&format!("{path}/open"), none).await;
            assert!(refused.status == 422 && refused.body.contains("med 5 till 200 tecken"), "{}", refused.body);
        }
        assert!(told(&asa.get(&path).await).is_empty());
        let fields = [("reason", "Jag ringer <upp> nu")];
        assert_eq!(asa.post(&format!("{path}/open"), &fields).await.status, 303);
        let page = asa.get(&path).await;
        assert_eq!(told(&page).len(), 4, "{}", page.body);
        assert!(!page.body.contains("ringer"), "why is between them and the administrator: {}", page.body);
        assert!(told(&asa.get("/mine").await).is_empty(), "no list shows it at any time");
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let log = admin.get(LOG).await.body;
        assert!(log.contains("Jag ringer &#60;upp&#62; nu") || log.contains("Jag ringer &lt;upp&gt; nu"), "{log}");
        world.sleep_until("2026-11-17 10:16");
        assert!(told(&asa.get(&path).await).is_empty());
        // It can be dealt with all the same.
        let (_, version) = first(&asa.get(&path).await);
        assert_eq!(asa.post(&format!("{path}/attempt"), &[("version", &version)]).await.status, 303);
        world.forget_mails();
    }

    // R36
    async fn asking_for_another_persons_is_refused_and_written_down_once(world at "2026-11-17 10:00") {
        world.with_administrator(ADMIN).await;
        world.post("voicemail", voicemail("1")).await;
        let path = path_of(world).await;
        let mut amir = Visitor::signed_in(world, TO_AMIR).await;
        for _ in 0..2 {
            assert_eq!(amir.get(&path).await.status, 404);
            assert_eq!(amir.post(&format!("{path}/open"), &[]).await.status, 404);
            assert_eq!(amir.post(&format!("{path}/attempt"), &[("version", "1")]).await.status, 404);
        }
        let nothing = path.replace(|c: char| c.is_ascii_digit(), "0");
        assert_eq!(amir.get(&nothing).await.status, 404, "what does not exist is no refusal");
        let mut admin = Visitor::signed_in(world, ADMIN).await;
        let log = admin.get(LOG).await.body;
        assert_eq!((log.matches("Nekad").count(), log.matches("Amir Nouri").count()), (1, 1), "{log}");
        let mut asa = Visitor::signed_in(world, TO_ASA).await;
        assert!(!asa.get(&path).await.body.contains("<li>Amir Nouri"), "who was refused has opened nothing");
        world.forget_mails();
    }
}

mod no_mail_shows_who_rang_a_protected_line {
    use super::*;
    use aterkom_tests::Engine;

    // R29, R36
    async fn story(engine: Engine) {
        let mut world =
            World::with_mail(engine, "2026-11-17 10:00", "mail_detail = \"full\"").await;
        world.import(&with_protected_line()).await;
        world.post("voicemail", voicemail("1")).await;
        world.post("voicemail", call("2", SVEN, GROUP)).await;
        world.post("missed", call("3", SVEN, JOHN)).await;
        world.advance_to("2026-11-20 12:00").await;
        let mails = world.smtp.taken();
        let texts: Vec<String> = mails
            .iter()
            .map(|mail| aterkom_tests::Mail::read(&mail.to, &mail.bytes).text)
            .collect();
        let all = texts.join("\n");
        assert!(all.contains("+46701740606"), "others are shown: {all}");
        assert!(all.contains("Skyddade uppgifter"), "{all}");
        for mail in mails {
            let bytes = String::from_utf8_lossy(&mail.bytes).into_owned();
            assert!(!bytes.contains("740605") && !bytes.contains("Zelmira"), "{bytes}");
        }
        // Neither does the list for whoever asks for records.
        let folder = world.folder.path();
        let list = crate::commands::run(folder, &["export", "--with-callers"], &[]).out;
        assert!(list.contains("skyddat nummer") && list.contains("070-174 06 06"), "{list}");
        assert!(!list.contains("174 06 05") && !list.contains("Zelmira"), "{list}");
        world.forget_mails();
        world.end().await;
    }

    #[tokio::test]
    async fn sqlite() {
        story(Engine::Sqlite).await;
    }

    #[tokio::test]
    async fn postgres() {
        story(Engine::Postgres).await;
    }
}
