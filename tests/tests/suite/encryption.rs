//! Numbers, names and texts at rest (R34): nothing of them in clear where there is a key, keys change while all goes on, and
//! a lost one is told, never replaced.

use crate::commands::{run, write};
use aterkom::{App, config};
use aterkom_tests::{Engine, World, on_both, postgres};
use domain::access::{Reader, Reason, Scope};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use store::keys::{Key, Keys};
use store::read_log::{self, Stamp};
use store::rotation::{self, Left, left};
use tempfile::TempDir;

const CALLER: &str = "070-174 06 05";
const NAME: &str = "Zelmira Quist";
/// What would tell on the caller, in any place and form.
const TELLING: [&str; 5] = ["740605", "174 06 05", "Zelmira", "Quist", "pbx.example/rec"];

/// A key file of this name.
pub(crate) fn new_key(folder: &Path, name: &str) {
    let made = run(folder, &["keys", "new", name], &[]);
    assert_eq!(made.code, Some(0), "{made:?}");
}

/// A configuration with these keys, beside the world's own.
fn configured(world: &World, keys: &[&str]) -> config::Config {
    let folder = world.folder.path();
    let own = std::fs::read_to_string(folder.join("aterkom.toml")).expect("a configuration");
    let own = own.split("[encryption]").next().unwrap_or_default();
    let keys: Vec<String> = keys.iter().map(|k| format!("{:?}", folder.join(k))).collect();
    write(
        folder,
        "aterkom.toml",
        format!("{own}[encryption]\nkey_files = [{}]\n", keys.join(", ")),
    );
    config::read(Some(&folder.join("aterkom.toml")), []).expect("a configuration")
}

/// The product is restarted with these keys; the old one goes on taking posts.
pub(crate) async fn restart(world: &mut World, keys: &[&str]) {
    world.config = configured(world, keys);
    world.app = App::build(&world.config, world.app.clock.clone()).await.expect("it starts");
}

/// Everything that the database keeps: SQLite's files with the log, or what PostgreSQL has in its tables.
pub(crate) fn dump(world: &World) -> String {
    let url = world.database_url();
    if let Some(file) = url.strip_prefix("sqlite:") {
        let files =
            ["", "-wal"].map(|end| std::fs::read(format!("{file}{end}")).unwrap_or_default());
        assert!(
            files[0].len() + files[1].len() > 10_000,
            "the files are looked for where they are"
        );
        return String::from_utf8_lossy(&files.concat()).into_owned();
    }
    let program = postgres::programs().join("pg_dump");
    let told = Command::new(program).args(["--data-only", "--inserts", url]).output();
    let told = String::from_utf8(told.expect("pg_dump is there").stdout).expect("UTF-8");
    assert!(told.contains("PostgreSQL database dump complete"), "{told}");
    // Bytes are told in hexadecimal.
    let bytes = told.split("'\\x").skip(1).filter_map(|rest| rest.split('\'').next());
    let opened: Vec<String> =
        bytes.map(|hex| String::from_utf8_lossy(&unhex(hex)).into_owned()).collect();
    format!("{told}{}", opened.concat())
}

fn unhex(hex: &str) -> Vec<u8> {
    let pairs = hex.as_bytes().chunks_exact(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    pairs.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}

/// Which of the telling words are kept.
pub(crate) fn kept(world: &World) -> Vec<&'static str> {
    let dump = dump(world);
    TELLING.into_iter().filter(|word| dump.contains(word)).collect()
}

fn voicemail(call: &str) -> Value {
    json!({
        "call_id": call, "from": CALLER, "extension": "232", "caller_name": NAME, "duration_s": 20,
        "recording_url": "https://pbx.example/rec/1",
    })
}

pub(crate) async fn left_of(world: &World) -> Left {
    let tx = world.app.store.read().await.expect("storage works");
    let left = left(&tx).await.expect("storage works");
    tx.commit().await.expect("storage works");
    left
}

/// A caller who waits so long that the owner and the manager are told, called back; another request that cannot be read.
async fn long_story(world: &mut World) {
    world.post("voicemail", voicemail("1")).await;
    world
        .post(
            "missed",
            json!({ "call_id": "2", "from": CALLER, "extension": "231", "caller_name": NAME }),
        )
        .await;
    let broken = format!("{{\"from\": \"{CALLER}\", \"name\": \"{NAME}\"");
    assert_eq!(world.post_bytes("prova", broken).await, 200);
    world.expect_unread(1);
    world.advance_to("2026-12-30 12:00").await;
    let back = json!({ "call_id": "3", "to": CALLER, "extension": "232", "duration_s": 64 });
    world.post("answered_outbound", back).await;
}

mod a_long_story_leaves_no_number_and_no_name_in_the_database {
    use super::*;

    async fn story(engine: Engine, encrypted: bool) {
        let keys = TempDir::new().expect("a temporary folder");
        new_key(keys.path(), "key");
        let file = keys.path().join("key");
        let extra = format!("[encryption]\nkey_files = [{file:?}]\n");
        let extra = if encrypted { extra.as_str() } else { "" };
        let mut world =
            World::built(engine, "2026-12-22 15:00", "mail_detail = \"full\"", extra).await;
        long_story(&mut world).await;
        let seen = world.smtp.taken();
        assert!(
            seen.iter().any(|mail| String::from_utf8_lossy(&mail.bytes).contains("Quist")),
            "mails show it"
        );
        match encrypted {
            true => assert_eq!(kept(&world), Vec::<&str>::new()),
            false => {
                assert_eq!(kept(&world).len(), TELLING.len(), "without a key this would be found")
            }
        }
        world.forget_mails();
        world.end().await;
    }

    #[tokio::test]
    async fn sqlite() {
        story(Engine::Sqlite, true).await;
    }

    #[tokio::test]
    async fn postgres() {
        story(Engine::Postgres, true).await;
    }

    #[tokio::test]
    async fn and_would_be_found_out_on_sqlite() {
        story(Engine::Sqlite, false).await;
    }

    #[tokio::test]
    async fn and_would_be_found_out_on_postgres() {
        story(Engine::Postgres, false).await;
    }
}

on_both! {
    // R5, R34: what posts told before, and what an old process still takes in clear, is one with what comes later.
    async fn an_installation_gets_its_first_key_while_it_runs(world at "2026-12-22 10:00") {
        world.post("voicemail", voicemail("1")).await;
        let before = world.only_open().await;
        new_key(world.folder.path(), "first");
        restart(world, &["first"]).await;
        world.sleep_until("2026-12-22 10:30");
        world.post("voicemail", voicemail("2")).await;
        assert!(left_of(world).await.clear > 0, "what was there is in clear");
        let rotated = run(world.folder.path(), &["keys", "rotate"], &[]);
        assert_eq!(rotated.code, Some(0), "{rotated:?}");
        assert_eq!(left_of(world).await, Left::default());
        assert_eq!(kept(world), Vec::<&str>::new(), "also in free pages and in the log");
        let after = world.only_open().await;
        assert_eq!((after.id, after.caller, after.contacts.len()), (before.id, before.caller, 2));
        world.forget_mails();
    }

    // Interrupted after its first rows, it goes on from there; meanwhile callers are found.
    async fn a_key_is_changed_in_steps_and_the_old_one_can_go(world at "2026-12-22 10:00") {
        let folder = world.folder.path().to_owned();
        new_key(&folder, "old");
        new_key(&folder, "new");
        restart(world, &["old"]).await;
        for n in 0..3 {
            world.post("voicemail", voicemail(&n.to_string())).await;
        }
        let before = world.only_open().await;
        // What the process that was there before took was in clear.
        rotation::rotate(&world.app.store, |_| ()).await.expect("it rotates");
        assert_eq!(left_of(world).await, Left::default());
        restart(world, &["new", "old"]).await;
        let all = left_of(world).await;
        assert!(all.older > 3 && all.clear == 0, "{all:?}");
        // Between two rows, whatever else is ready: a future that is dropped may have gone on for as long as nothing made it wait.
        let store = world.app.store.clone();
        let stop = |_| { std::panic::resume_unwind(Box::new("stopped")); };
        let stopped = tokio::spawn(async move { rotation::rotate(&store, stop).await.map(|_| ()) }).await;
        assert!(stopped.is_err_and(|error| error.is_panic()), "it is stopped before");
        let some = left_of(world).await;
        assert!(some.older > 0 && some.older < all.older, "{some:?} of {all:?}");
        let missing = run(&folder, &["keys", "rotate"], &[("ATERKOM__ENCRYPTION__KEY_FILES", "[\"new\"]")]);
        assert!(missing.err.contains("the database was written with the key"), "{missing:?}");
        world.post("voicemail", voicemail("during")).await;
        assert_eq!(world.only_open().await.contacts.len(), before.contacts.len() + 1);
        rotation::rotate(&world.app.store, |_| ()).await.expect("it goes on");
        assert_eq!(left_of(world).await, Left::default());
        restart(world, &["new"]).await;
        assert_eq!(world.only_open().await.id, before.id);
        let tx = world.app.store.read().await.expect("storage works");
        let caller = before.caller.expect("somebody");
        let party = store::callers::list(&tx, &[caller]).await.expect("it opens").remove(&caller).expect("somebody");
        assert_eq!((party.name.as_deref(), party.text.as_str()), (Some(NAME), CALLER));
        tx.commit().await.expect("storage works");
        world.forget_mails();
    }

    // R36: why somebody opened details is free text like any other.
    async fn why_details_were_opened_is_encrypted_and_moves_to_a_new_key(world at "2026-12-22 10:00") {
        let folder = world.folder.path().to_owned();
        new_key(&folder, "old");
        new_key(&folder, "new");
        restart(world, &["old"]).await;
        world.post("missed", json!({ "call_id": "1", "from": "+46701740611", "extension": "232" })).await;
        let id = world.only_open().await.id;
        let (directory, today, clock) = (world.directory().await, world.today(), world.app.clock.clone());
        let account = domain::ids::AccountId(clock.new_id());
        let reader = Reader::of(account, "asa.oberg@exempelby.example", true, &directory, None, world.today());
        let scope = Scope::of(&reader, &directory, today);
        let tx = world.app.store.begin().await.expect("storage works");
        let seen = store::seen::get(&tx, &scope, id).await.expect("it is hers");
        let ask = seen.ask(Reason::read("Zelmira Quist asked for it").ok()).expect("a reason is no harm");
        let stamp = Stamp { id: clock.new_id(), now: clock.now(), zone: world.app.scheduler.calendar.zone() };
        read_log::open(tx, &ask, stamp).await.expect("storage works");
        assert_eq!(kept(world), Vec::<&str>::new());
        restart(world, &["new", "old"]).await;
        rotation::rotate(&world.app.store, |_| ()).await.expect("it rotates");
        assert_eq!(left_of(world).await, Left::default());
        restart(world, &["new"]).await;
        let tx = world.app.store.read().await.expect("storage works");
        let administrator = scope.administrator().expect("she looks after it as well");
        let lines = read_log::list(&tx, &administrator, None, None, 10).await.expect("it opens");
        tx.commit().await.expect("storage works");
        assert_eq!(lines[0].reason.as_deref(), Some("Zelmira Quist asked for it"));
        world.forget_mails();
    }

    async fn a_lost_wrong_or_cut_key_is_refused_with_what_to_do_and_none_is_made(world at "2026-12-22 10:00") {
        let folder = world.folder.path().to_owned();
        new_key(&folder, "key");
        new_key(&folder, "other");
        restart(world, &["key"]).await;
        world.post("voicemail", voicemail("1")).await;
        let key = std::fs::read_to_string(folder.join("key")).expect("a key");
        let start = |file: &str| run(&folder, &["serve"], &[("ATERKOM__ENCRYPTION__KEY_FILES", &format!("[{file}]"))]);
        write(&folder, "cut", &key[..key.len() - 5]);
        write(&folder, "empty", "");
        for (file, code, said) in [
            ("\"lost\"", 2, "the key file \"lost\" cannot be used: No such file"),
            ("\"cut\"", 2, "the key file \"cut\" cannot be used: it is cut short or was changed"),
            ("\"empty\"", 2, "the key file \"empty\" cannot be used: it holds no key"),
            ("\"other\"", 1, "the database was written with the key"),
            ("", 1, "the database was written with the key"),
        ] {
            let ended = start(file);
            assert_eq!(ended.code, Some(code), "{file}: {ended:?}");
            assert!(ended.err.contains(said) && ended.err.contains("put "), "{file}: {ended:?}");
            assert!(!ended.err.contains(key.trim()), "{file}: {ended:?}");
        }
        assert!(!folder.join("lost").exists());
        let id = Key::read(&key).expect("a key").id();
        assert!(start("\"other\"").err.contains(&id), "it says which key is missing");
        let opened = store::Store::open_with(world.database_url(), Keys::new(vec![Key::read(&key).expect("a key")])).await;
        opened.expect("refusing changed nothing").close().await.expect("it closes");
    }
}

#[test]
fn a_key_file_is_for_its_owner_alone_and_never_overwritten() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().expect("a temporary folder");
    new_key(folder.path(), "key");
    let made = std::fs::read(folder.path().join("key")).expect("a key");
    let mode = std::fs::metadata(folder.path().join("key")).expect("a key").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let again = run(folder.path(), &["keys", "new", "key"], &[]);
    assert_eq!(again.code, Some(2), "{again:?}");
    assert!(again.err.contains("overwrites nothing"), "{again:?}");
    assert_eq!(std::fs::read(folder.path().join("key")).expect("a key"), made);
    let without = run(folder.path(), &["keys", "rotate"], &[]);
    assert_eq!(without.code, Some(2), "{without:?}");
    assert!(without.err.contains("aterkom keys new FILE"), "{without:?}");
    let checked = run(folder.path(), &["check"], &[]);
    assert!(
        checked.out.contains("encryption: WARNING")
            && checked.out.contains("aterkom keys new FILE"),
        "{checked:?}"
    );
}
