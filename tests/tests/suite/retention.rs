//! What goes, and when (R35); what is erased when somebody asks for it; what is written for whoever asks for records.

use crate::commands::run;
use crate::encryption::{dump, kept};
use aterkom::App;
use aterkom_tests::{Engine, Visitor, World, on_both};
use domain::ids::{CallbackId, SourceName};
use domain::number::NumberPlan;
use domain::party::Party;
use serde_json::{Value, json};
use store::{callbacks, callers, inbox, retention};

const CALLER: &str = "070-174 06 05";
const OTHER: &str = "070-174 06 06";
const NAME: &str = "Zelmira Quist";

fn voicemail(call: &str) -> Value {
    json!({
        "call_id": call, "from": CALLER, "extension": "232", "caller_name": NAME, "duration_s": 20,
        "recording_url": "https://pbx.example/rec/1", "transcript": "an apple tree fell",
    })
}

/// Spoken with from one of our telephones.
fn back(call: &str, to: &str) -> Value {
    json!({ "call_id": call, "to": to, "extension": "232", "duration_s": 64 })
}

async fn is_known(world: &World, number: &str) -> bool {
    let party = Party::from_text(number, &NumberPlan::sweden());
    let tx = world.app.store.read().await.expect("storage works");
    let found =
        callers::find(&tx, &SourceName::new("vaxeln"), &party).await.expect("storage works");
    tx.commit().await.expect("storage works");
    found.is_some()
}

async fn is_there(world: &World, id: CallbackId) -> bool {
    let tx = world.app.store.read().await.expect("storage works");
    let found = callbacks::find(&tx, id).await.expect("storage works");
    tx.commit().await.expect("storage works");
    found.is_some()
}

/// What the protocol says: kind, how many, under what; the oldest first.
async fn protocol(world: &World) -> Vec<(String, i64, String)> {
    let tx = world.app.store.read().await.expect("storage works");
    let lines = retention::protocol(&tx, 1_000).await.expect("storage works");
    tx.commit().await.expect("storage works");
    lines.into_iter().rev().map(|line| (line.kind, line.erased, line.decision)).collect()
}

/// The process was not running until then.
async fn night_of(world: &mut World, local: &str) {
    world.sleep_until(&format!("{local} 02:00"));
    world.work().await;
}

on_both! {
    // R35
    async fn what_is_too_old_goes_by_night_and_what_is_needed_stays(world at "2026-11-17 10:00") {
        world.post("voicemail", voicemail("1")).await;
        world.post("answered_outbound", back("2", OTHER)).await;
        let id = world.only_open().await.id;
        night_of(world, "2026-11-25").await;
        assert!(is_known(world, OTHER).await, "eight days are not over");
        night_of(world, "2026-11-26").await;
        assert!(!is_known(world, OTHER).await && is_known(world, CALLER).await);
        night_of(world, "2026-12-01").await;
        assert_eq!(world.posts("read").await, 2);
        night_of(world, "2026-12-02").await;
        assert_eq!(world.posts("read").await, 0);
        world.advance_to("2026-12-02 10:00").await; // the digest
        world.post("answered_outbound", back("3", CALLER)).await;
        world.advance_to("2026-12-04 10:00").await; // final, from when they spoke
        assert!(world.open().await.is_empty());
        night_of(world, "2027-03-02").await;
        assert!(is_known(world, CALLER).await, "three months are not over");
        assert!(dump(world).contains("pbx.example/rec"));
        let bodies = |lines: &[(String, i64, String)]| lines.iter().any(|line| line.0 == "mail_bodies");
        assert!(bodies(&protocol(world).await), "mails of three months ago");
        night_of(world, "2027-03-03").await;
        assert!(!is_known(world, CALLER).await);
        assert!(!dump(world).contains("pbx.example/rec"));
        let before = world.journal(id).await;
        night_of(world, "2030-01-01").await;
        assert!(is_there(world, id).await, "no decision, no disposal");
        assert_eq!((world.journal(id).await, before.is_empty()), (before, false));
        let lines = protocol(world).await;
        let of = |kind: &str| -> i64 { lines.iter().filter(|line| line.0 == kind).map(|line| line.1).sum() };
        assert_eq!((of("raw_requests"), of("texts"), of("calls"), of("callbacks")), (3, 1, 3, 0), "{lines:?}");
        assert_eq!(of("numbers"), 1, "{lines:?}");
        assert!(lines.iter().any(|line| line.2 == "retention.call_days = 8"), "{lines:?}");
        world.forget_mails();
    }

    // R35: only by a recorded disposal decision, which the protocol names.
    async fn callbacks_go_by_a_decision_that_the_protocol_names(world at "2026-11-17 10:00" with "[retention]\ndecision = \"KS 2026/12 § 7\"\n") {
        world.post("voicemail", voicemail("1")).await;
        world.post("voicemail", json!({ "call_id": "o", "from": OTHER, "extension": "232", "duration_s": 20 })).await;
        world.sleep_until("2026-11-17 10:30");
        world.post("answered_outbound", back("2", CALLER)).await;
        let all = world.open().await;
        let ended = all.iter().find(|callback| callback.first_attempt_at().is_some()).expect("one was called").id;
        let open = all.iter().find(|callback| callback.id != ended).expect("one was not").id;
        night_of(world, "2026-11-20").await;
        assert_eq!(world.open().await.len(), 1);
        night_of(world, "2028-11-17").await;
        assert!(is_there(world, ended).await, "24 months after its end are not over");
        night_of(world, "2028-11-18").await;
        assert!(!is_there(world, ended).await && is_there(world, open).await);
        assert!(world.journal(ended).await.is_empty());
        assert!(is_known(world, OTHER).await, "an open one needs its number, however old it is");
        let line = ("callbacks".to_owned(), 1, "KS 2026/12 § 7".to_owned());
        assert!(protocol(world).await.contains(&line));
        world.forget_mails();
    }

    // R35, R36
    async fn who_opened_what_is_known_for_24_months(world at "2026-11-17 10:00") {
        world.post("voicemail", voicemail("1")).await;
        let id = world.only_open().await.id;
        let mut asa = Visitor::signed_in(world, "asa.oberg@exempelby.example").await;
        assert_eq!(asa.get(&format!("/callbacks/{id}")).await.status, 200);
        let line = ("read_log".to_owned(), 1, "retention.read_log_months = 24".to_owned());
        night_of(world, "2028-11-17").await;
        assert!(!protocol(world).await.contains(&line), "24 months are not over");
        night_of(world, "2028-11-18").await;
        assert!(protocol(world).await.contains(&line));
        world.forget_mails();
    }

    // R34
    async fn requests_are_emptied_when_they_are_read_where_that_is_asked_for(world at "2026-11-17 10:00" with "[retention]\nraw_days = 0\n") {
        world.post("voicemail", voicemail("1")).await;
        assert_eq!(world.posts("read").await, 1, "that it came is known");
        world.app.store.sweep(false).await.expect("storage works");
        assert!(!dump(world).contains("an apple tree"));
        assert_eq!(world.post_bytes("prova", "an apple tree fell").await, 200);
        world.work().await;
        world.expect_unread(1);
        assert!(dump(world).contains("an apple tree"), "what could not be read waits to be read again");
    }

    // R4, R35: a late fact would contradict what nobody knows any more.
    async fn a_call_whose_number_was_erased_stays_as_it_was_judged(world at "2026-11-17 10:00") {
        world.post("voicemail", voicemail("1")).await;
        let before = world.only_open().await;
        let forgotten = run(world.folder.path(), &["forget", CALLER, "--yes", "--also-open"], &[]);
        assert_eq!(forgotten.code, Some(0), "{forgotten:?}");
        world.sleep_until("2026-11-17 10:10");
        let late = json!({ "call_id": "1", "from": CALLER, "extension": "231", "duration_s": 64 });
        world.post("answered_inbound", late).await;
        assert_eq!(world.only_open().await, before);
    }

    async fn a_night_that_was_broken_off_goes_on_where_it_stopped(world at "2026-11-17 10:00") {
        let posts = (0..1_100_u32).map(|n| inbox::Post {
            id: world.app.clock.new_id(),
            source: SourceName::new("prova"),
            method: "POST".to_owned(),
            url: String::new(),
            headers: Vec::new(),
            body: n.to_le_bytes().to_vec(),
            received_at: world.app.clock.now(),
            repeat_key: None,
        });
        inbox::keep(&world.app.store, posts.collect()).await.expect("storage works");
        world.work().await;
        assert_eq!(world.posts("unread").await, 1_100);
        world.sleep_until("2026-12-02 03:00");
        let passed = world.app.scheduler.pass().await.expect("storage works");
        assert!(passed.erased > 0 && !passed.is_quiet());
        let left = world.posts("unread").await;
        assert!(left > 0 && left < 1_100, "{left}");
        world.app = App::build(&world.config, world.app.clock.clone()).await.expect("it starts again");
        world.work().await;
        assert_eq!(world.posts("unread").await, 0);
        assert_eq!(protocol(world).await, [("raw_requests".to_owned(), 1_100, "retention.raw_days = 14".to_owned())]);
    }

    async fn a_list_for_a_request_of_public_records_names_nobody_unless_asked_to(world at "2026-11-17 10:00") {
        world.post("voicemail", json!({ "call_id": "1", "from": CALLER, "extension": "232", "duration_s": 20, "caller_name": "=1+1" })).await;
        world.sleep_until("2026-11-17 10:10");
        world.post("missed", json!({ "call_id": "2", "from": OTHER, "extension": "232" })).await;
        world.sleep_until("2026-11-17 10:30");
        world.post("answered_outbound", back("3", CALLER)).await;
        let folder = world.folder.path();
        let told = run(folder, &["export", "list.csv"], &[]);
        assert_eq!((told.code, told.out.as_str()), (Some(0), "list.csv: 2 callbacks\n"), "{told:?}");
        let list = std::fs::read_to_string(folder.join("list.csv")).expect("a list");
        let lines: Vec<&str> = list.lines().collect();
        assert_eq!(lines[0], "referens,öppnad,enhet,slag,senast,första försök,klar,avslut,sekretess,anmärkning");
        assert!(lines[1].contains(",meddelande,2026-11-19,2026-11-17 10:30,2026-11-17 10:30") && lines[1].ends_with(",\"nådd, enligt växeln\",,"), "{list}");
        assert!(lines[2].ends_with(",missat samtal,2026-11-19,,,,,"), "{list}");
        assert!(!list.contains("1+1") && !list.contains("740605") && !list.contains("174"), "{list}");
        assert_eq!(run(folder, &["export", "list.csv"], &[]).code, Some(2), "it overwrites nothing");
        let named = run(folder, &["export", "--with-callers"], &[]);
        assert!(named.out.contains(",070-174 06 05,'=1+1\n"), "{named:?}");
        let none = run(folder, &["export", "--from", "2026-11-18"], &[]);
        assert_eq!(none.out.lines().count(), 1, "{none:?}");
        let day = run(folder, &["export", "--from", "2026-11-17", "--until", "2026-11-17"], &[]);
        assert_eq!(day.out.lines().count(), 3, "{day:?}");
    }
}

mod after_forget_nothing_of_the_caller_is_left_in_any_table_or_file {
    use super::*;

    async fn story(engine: Engine) {
        let mut world =
            World::built(engine, "2026-11-17 10:00", "mail_detail = \"full\"", "").await;
        world.post("voicemail", voicemail("1")).await;
        world
            .post(
                "voicemail",
                json!({ "call_id": "o", "from": OTHER, "extension": "232", "duration_s": 20 }),
            )
            .await;
        let broken = format!("{{\"from\": \"+46{}\", \"name\": \"{NAME}\"", "701740605");
        assert_eq!(world.post_bytes("prova", broken).await, 200);
        world.expect_unread(1);
        world.advance_to("2026-11-18 12:00").await;
        let folder = world.folder.path().to_owned();
        let shown = run(&folder, &["forget", CALLER], &[]);
        assert_eq!(shown.code, Some(0), "{shown:?}");
        assert!(shown.out.starts_with("1 numbers with names, 1 texts, 2 requests, "), "{shown:?}");
        assert!(
            shown.out.contains("opened 2026-11-17, OPEN") && !shown.out.contains("Quist"),
            "{shown:?}"
        );
        assert_eq!(kept(&world).len(), 5, "showing erases nothing");
        // R35: an open callback needs its number.
        let refused = run(&folder, &["forget", CALLER, "--yes"], &[]);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        assert!(refused.out.contains("--also-open"), "{refused:?}");
        assert_eq!(kept(&world).len(), 5, "refusing erases nothing");
        world.post("answered_outbound", back("2", CALLER)).await;
        world.advance_to("2026-11-20 12:00").await;
        let id = world.open().await.first().map(|callback| callback.id);
        let done = run(&folder, &["forget", "+46 (0)70-174 06 05", "--yes"], &[]);
        assert_eq!(done.code, Some(0), "{done:?}");
        assert_eq!(kept(&world), Vec::<&str>::new());
        assert!(is_known(&world, OTHER).await, "others stay");
        assert_eq!(world.open().await.first().map(|callback| callback.id), id);
        let lines = protocol(&world).await;
        let forgotten = lines.iter().find(|line| line.0 == "forgotten").expect("it is noted");
        assert!(forgotten.1 > 4 && forgotten.2 == "aterkom forget", "{lines:?}");
        let again = run(&folder, &["forget", CALLER, "--yes"], &[]);
        assert_eq!(again.code, Some(0), "{again:?}");
        assert!(again.out.contains("Nothing is kept of this caller."), "{again:?}");
        // Whoever rings again is a new caller.
        world.post("voicemail", voicemail("3")).await;
        assert!(is_known(&world, CALLER).await);
        let open = run(&folder, &["forget", CALLER, "--yes", "--also-open"], &[]);
        assert_eq!(open.code, Some(0), "{open:?}");
        assert!(!is_known(&world, CALLER).await);
        assert_eq!(world.open().await.len(), 2, "the promise stays, without its number");
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
