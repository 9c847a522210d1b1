//! What channels are told, and in which form.

use super::{
    AMIR, ASA, LISA, NEXT_SECRET, OURS, SECRET, call, channel, deliveries, ids, kinds, named,
    on_both_with_a_receiver,
};
use aterkom_tests::{Engine, Receiver, World};
use chrono::{DateTime, Utc};
use domain::callback::How;
use domain::event::EventKind;
use serde_json::{Value, json};
use store::{callbacks, channels};
use workalendar::WorkCalendar;

const ALL: &str = "events = [\"callback.opened\", \"callback.contact_joined\", \"callback.attempted\", \"callback.late\"]";
const LIST: &str = "notices = [\"manager_list\", \"nudge\"]\nunits = [\"Bygglov\"]";

async fn attempt(world: &World) {
    let now = world.app.clock.now();
    let callback = world.only_open().await;
    let tx = world.app.store.begin().await.expect("storage works");
    let by = store::people::directory(&tx, now.date_naive()).await.expect("storage works");
    let by = by.employee_at("asa.oberg@exempelby.example").expect("she is there").id;
    let decision = callback.attempt(by, How::Phone, now).expect("it is open");
    callbacks::apply(&tx, &decision).await.expect("storage works");
    tx.commit().await.expect("storage works");
    world.work().await;
}

on_both_with_a_receiver! {
    async fn what_happens_is_told_signed_and_once(world, receiver; "standard", ALL) {
        world.post("missed", call("1", LISA, ASA)).await;
        world.post("missed", call("2", LISA, ASA)).await;
        attempt(world).await;
        let told = receiver.requests();
        assert_eq!(kinds(&told), ["callback.opened", "callback.contact_joined", "callback.attempted"]);
        assert_eq!(ids(&told).len(), 3);
        let callback = world.only_open().await;
        for (request, contacts) in told.iter().zip([1, 2, 2]) {
            assert!(request.is_signed_by(SECRET) && request.is_signed_by(NEXT_SECRET), "{request:?}");
            assert_eq!(request.header("webhook-timestamp"), world.app.clock.now().timestamp().to_string());
            assert_eq!(request.header("user-agent"), "aterkom");
            assert_eq!(request.header("content-type"), "application/json");
            let data = &request.json()["data"];
            assert_eq!(data["reference"], callback.reference(WorkCalendar::sweden().zone()));
            assert_eq!((&data["unit"], &data["due_on"], &data["state"]), (&json!("Bygglov"), &json!("2026-11-19"), &json!("open")));
            assert_eq!(data["owner"], json!({ "kind": "employee", "name": "Åsa Öberg" }));
            assert_eq!(data["contacts"], contacts);
            let at: DateTime<Utc> = request.json()["timestamp"].as_str().expect("a text").parse().expect("a time");
            assert!(at <= world.app.clock.now());
            // R29: nothing of the caller.
            assert!(data.get("caller").is_none());
            assert!(!String::from_utf8_lossy(&request.body).contains("0174"), "{request:?}");
        }
        assert_eq!(deliveries(world, "callback.opened", "sent").await, 1);
    }

    async fn what_nobody_wants_is_not_noted(world, receiver; "standard", "events = [\"callback.withdrawn\"]\nnotices = [\"nudge\"]") {
        world.post("missed", call("1", LISA, ASA)).await;
        let tx = world.app.store.begin().await.expect("storage works");
        assert_eq!(channels::take_events(&tx, 10).await.expect("storage works").len(), 0);
        tx.commit().await.expect("storage works");
        world.advance_to("2026-11-18 12:00").await;
        assert_eq!(receiver.requests(), []);
    }

    async fn a_channel_hears_of_its_units_only(world, receiver; "standard", "events = [\"callback.opened\"]\nunits = [\"Äldreomsorg\"]") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.post("missed", call("2", LISA, AMIR)).await;
        let told = receiver.requests();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].json()["data"]["unit"], "Äldreomsorg");
    }

    // R26
    async fn being_late_is_told_when_it_stands_on_the_managers_list(world, receiver; "standard", "events = [\"callback.late\", \"callback.climbed\"]") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-19 23:00").await;
        assert_eq!(receiver.requests().len(), 0);
        world.advance_to("2026-11-20 09:00").await;
        assert_eq!(kinds(&receiver.requests()), ["callback.late"]);
        world.advance_to("2026-11-24 09:00").await;
        assert_eq!(kinds(&receiver.requests()), ["callback.late", "callback.climbed"]);
    }

    // R36: not even where numbers and names are shown.
    async fn a_protected_line_tells_nothing_of_its_callers(world, receiver; "standard", "events = [\"callback.opened\"]\ndetail = \"full\"") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.import(&aterkom_tests::world::PEOPLE.replace("kind,employee,aliases", "kind,employee,aliases,protected").replace(
            "line,Amir Nouri,Äldreomsorg,,,,,person,amir.nouri@exempelby.example,0980-319 241 | vaxeln=241",
            "line,Amir Nouri,Äldreomsorg,,,,,person,amir.nouri@exempelby.example,0980-319 241 | vaxeln=241,yes",
        )).await;
        world.post("missed", call("2", LISA, AMIR)).await;
        let told = receiver.requests();
        assert_eq!(told[0].json()["data"]["caller"]["number"], LISA);
        assert_eq!(told[1].json()["data"]["caller"]["number"], "Skyddade uppgifter");
        assert!(!String::from_utf8_lossy(&told[1].body).contains("0174"), "{:?}", told[1]);
    }

    // R25, R26: counts, at the times of the mails, and nothing where there is nothing to say.
    async fn teams_is_told_of_the_units_rounds(world, receiver; "teams", LIST) {
        world.post("missed", call("1", LISA, ASA)).await;
        world.post("missed", call("2", LISA, AMIR)).await;
        world.advance_to("2026-11-19 07:00").await;
        assert_eq!(receiver.requests(), []);
        world.advance_to("2026-11-19 12:00").await;
        world.advance_to("2026-11-19 14:00").await;
        let told = receiver.requests();
        assert_eq!(told.len(), 2, "the list at 08:30 and the nudge at 13:00");
        let heading = |body: &Value| body["attachments"][0]["content"]["body"][0]["inlines"][0]["text"].clone();
        assert_eq!(heading(&told[0].json()), "Att följa upp i Bygglov: 1 senast i dag");
        assert_eq!(heading(&told[1].json()), "Senast i dag i Bygglov: 1 att ringa upp, ingen har försökt än");
        assert_eq!(told[0].json()["attachments"][0]["content"]["actions"][0]["url"], format!("{}/unit", world.base));
        assert_eq!(told[0].header("webhook-signature"), "");
        world.advance_to("2026-11-20 09:00").await;
        assert_eq!(heading(&receiver.requests()[2].json()), "Att följa upp i Bygglov: 1 försenad");
    }

    async fn slack_is_told_what_is_new(world, receiver; "slack", "notices = [\"new\"]\nevents = [\"callback.opened\"]\nlanguage = \"en\"") {
        world.post("missed", call("1", LISA, ASA)).await;
        let told = receiver.requests();
        assert_eq!(told.len(), 1);
        let reference = world.only_open().await.reference(WorkCalendar::sweden().zone());
        assert_eq!(told[0].json()["text"], format!("New callback: {reference}"));
        assert_eq!(told[0].json()["blocks"][1]["text"]["text"], "Unit: Bygglov\nDue Thursday 19 November");
    }

    // An SMS is a form, as 46elks takes it.
    async fn a_telephone_is_told_by_46elks(world, receiver; "46elks", "notices = [\"manager_list\"]\nunits = [\"Bygglov\"]\nusername = \"u123\"\npassword = \"elk-password\"\nsender = \"Aterkom\"\nto = \"070-174 06 06\"") {
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-20 09:00").await;
        let told = receiver.requests();
        assert_eq!(told.len(), 2, "on the last day, and the day after");
        let sms = &told[1];
        assert_eq!((sms.field("from"), sms.field("to")), ("Aterkom".to_owned(), "+46701740606".to_owned()));
        assert_eq!(sms.field("message"), format!("Återkom, Bygglov: 1 försenad, 0 senast i dag. {}/unit", world.base));
        assert_eq!(sms.header("authorization"), "Basic dTEyMzplbGstcGFzc3dvcmQ=");
        assert_eq!(sms.header("content-type"), "application/x-www-form-urlencoded");
    }
}

// R25: what is new is told every half hour where there is something.
#[tokio::test]
async fn what_is_new_is_told_to_a_channel_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let receiver = Receiver::start().await;
        let extra = format!(
            "{OURS}[rounds]\nnew_every_minutes = 30\n{}{}",
            channel(&receiver, "slack", "notices = [\"new\"]"),
            named("other", &receiver, "teams", "notices = [\"new\"]\nunits = [\"Äldreomsorg\"]")
        );
        let mut world = World::with(engine, "2026-11-17 10:05", &extra).await;
        world.post("missed", call("1", LISA, ASA)).await;
        world.advance_to("2026-11-17 10:45").await;
        let told = receiver.requests();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].json()["text"], "Nytt att ringa upp: 1");
        world.advance_to("2026-11-17 12:00").await;
        assert_eq!(receiver.requests().len(), 1, "there was nothing more");
        world.post("missed", call("2", "+46701740606", ASA)).await;
        world.advance_to("2026-11-17 13:00").await;
        let told = receiver.requests();
        assert_eq!(told.len(), 2);
        assert_eq!(
            told[1].json()["text"],
            "Nytt att ringa upp: 1",
            "the first one was told before"
        );
        world.forget_mails();
        world.end().await;
    }
}

// What proves that it is us, and where it goes, is in the configuration only.
#[tokio::test]
async fn no_address_and_no_secret_of_a_channel_is_in_the_database() {
    let receiver = Receiver::start().await;
    let extra = format!(
        "{OURS}{}{}",
        channel(&receiver, "standard", "events = [\"callback.opened\"]"),
        named(
            "duty-phone",
            &receiver,
            "46elks",
            "notices = [\"digest\"]\nusername = \"u123\"\npassword = \"elk-password\"\nsender = \"Aterkom\"\nto = \"070-174 06 06\""
        )
    );
    let mut world = World::with(Engine::Sqlite, "2026-11-17 10:00", &extra).await;
    receiver.says(500);
    world.post("missed", call("1", LISA, ASA)).await;
    world.advance_to("2026-11-18 09:00").await;
    assert!(receiver.requests().len() > 2);
    let mut files = 0;
    for entry in std::fs::read_dir(world.folder.path()).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.display().to_string();
        if !name.contains(".db") {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(&path).expect("a file");
        for secret in ["secret-token", "elk-password", "u123", &SECRET[6..], &NEXT_SECRET[6..]] {
            let is_there = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!is_there, "{secret} is in {name}");
        }
    }
    assert!(files > 0, "there is a database");
    world.forget_mails();
    world.end().await;
}

#[test]
fn every_event_is_described_and_no_other() {
    let page = include_str!("../../../../docs/channels.md");
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `callback."));
    let described: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    let all = EventKind::ALL.map(|kind| kind.name().trim_start_matches("callback."));
    assert_eq!(described, all);
}
