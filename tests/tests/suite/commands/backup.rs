//! A backup that is taken while posts come in, restored as `docs/backup.md` says.

use super::{folder, run, write};
use aterkom_tests::binary::{Serving, free_port};
use aterkom_tests::engine::Database;
use aterkom_tests::{Engine, World, on_both, postgres};
use chrono::TimeDelta;
use clock::{Clock, Stopwatch};
use domain::callback::Callback;
use serde_json::json;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::{Store, callbacks, journal};
use tempfile::TempDir;
use tokio_util::sync::CancellationToken;

/// Nothing that is waited for here takes longer on a machine that works.
const PATIENCE: Duration = Duration::from_secs(60);

fn missed(n: usize) -> serde_json::Value {
    let caller = format!("+{}{}", "46701740", 605 + n % 95);
    json!({ "call_id": format!("call-{n}"), "from": caller, "extension": "232" })
}

on_both! {
    async fn a_backup_taken_while_posts_come_in_is_a_whole_installation(world at "2026-12-22 15:00") {
        for n in 0..4 {
            world.post("missed", missed(n)).await;
        }
        let done = json!({ "from": "232", "to": missed(3)["from"], "extension": "232", "duration_s": 90 });
        world.post("answered_outbound", done).await;
        // Answered, and not read yet: a restored installation must read them.
        for n in 4..7 {
            assert_eq!(world.pbx.post("missed", missed(n)).await.expect("an answer"), 200);
        }
        let before = told(&world.app.store).await;
        let posting = Posting::start(world);
        posting.go_on(20).await;
        let copy = world.folder.path().join("copy of the night");
        let taken = back_up(world, &copy).await;
        assert_eq!(taken.code, Some(0), "{taken:?}");
        posting.go_on(20).await;
        let answered = posting.stop().await;
        let mode = std::fs::metadata(&copy).expect("the backup is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "numbers are in it");
        let again = back_up(world, &copy).await;
        assert_eq!(again.code, Some(2), "it overwrites nothing: {again:?}");

        let fresh = tempfile::tempdir().expect("a temporary folder");
        let database = restore(world, &copy, fresh.path());
        let config = std::fs::read_to_string(world.folder.path().join("aterkom.toml"));
        let config = config.expect("a configuration").replace(world.database_url(), &database.url);
        write(fresh.path(), "aterkom.toml", config);
        // On the same day as before.
        let ahead = (world.app.clock.now() - Clock::system().now() + TimeDelta::minutes(1)).num_seconds();
        let (port, ahead) = (free_port(), ahead.to_string());
        let mut serving = Serving::start(fresh.path(), port, &["--shift-clock", &ahead]);
        serving.answers(&world.client).await;
        let store = Store::open(&database.url).await.expect("the restored database opens");
        settled(&store).await;

        let after = told(&store).await;
        for (callback, story) in &before {
            let (restored, its_story) = after.iter().find(|(c, _)| c.id == callback.id).expect("each callback is there");
            assert_eq!((callback, story), (restored, its_story), "as it was, with its journal");
        }
        // Those that waited, and those that came while the backup was taken, which stopped somewhere among them.
        let (least, most) = (before.len() + 3 + 20, before.len() + 3 + answered);
        assert!((least..=most).contains(&after.len()), "{least}..={most}: {}", after.len());
        let pbx = aterkom::pretend_pbx::PretendPbx {
            url: format!("http://127.0.0.1:{port}/hooks/vaxeln"),
            clock: Clock::shifted(world.app.clock.now() - Clock::system().now()),
            ..world.pbx.clone()
        };
        let new = json!({ "call_id": "afterwards", "from": "anonymous", "extension": "231", "duration_s": 20 });
        assert_eq!(pbx.post("voicemail", new).await.expect("an answer"), 200);
        wait_for(async || told(&store).await.len() == after.len() + 1).await;
        store.close().await.expect("storage closes");
        serving.terminate();
        assert!(serving.ended().await.success());
        drop(serving);
        world.forget_mails();
    }
}

/// Beside the world, which goes on taking posts.
async fn back_up(world: &World, copy: &Path) -> super::Ended {
    let path = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{path}", postgres::programs().display());
    let (folder, copy) = (world.folder.path().to_owned(), copy.display().to_string());
    let taken =
        tokio::task::spawn_blocking(move || run(&folder, &["backup", &copy], &[("PATH", &path)]));
    taken.await.expect("the command can be started")
}

/// As `docs/backup.md` says.
fn restore(world: &World, copy: &Path, folder: &Path) -> Database {
    let engine =
        if world.database_url().starts_with("sqlite") { Engine::Sqlite } else { Engine::Postgres };
    match engine {
        Engine::Sqlite => {
            let mut install = Command::new("install");
            install.args(["-m", "600"]).arg(copy).arg(folder.join("aterkom.db"));
            assert!(install.status().expect("there is install").success());
            Database::at(engine, format!("sqlite:{}", folder.join("aterkom.db").display()))
        }
        Engine::Postgres => {
            let url = postgres::url_of_fresh_database();
            let mut restore = Command::new(postgres::programs().join("pg_restore"));
            restore.args(["--no-owner", "--exit-on-error", "--dbname", &url]).arg(copy);
            assert!(restore.status().expect("there is pg_restore").success());
            Database::at(engine, url)
        }
    }
}

/// Every callback, with its journal's length and entries.
async fn told(store: &Store) -> Vec<(Callback, usize)> {
    let tx = store.read().await.expect("storage works");
    let owners = callbacks::list_owners(&tx).await.expect("storage works");
    let open = callbacks::list_open_of_owners(&tx, &owners).await.expect("storage works");
    let mut told = Vec::new();
    for callback in open {
        let story = journal::list(&tx, callback.id).await.expect("storage works").len();
        told.push((callback, story));
    }
    tx.commit().await.expect("storage works");
    told
}

/// Everything that waited is read, and every call judged.
async fn settled(store: &Store) {
    wait_for(async || {
        let tx = store.read().await.expect("storage works");
        // In this order: what is read between the two statements is a call that waits for the second.
        let status = store::status::count(&tx).await.expect("storage works");
        let next = store::calls::next_settle_at(&tx).await.expect("storage works");
        tx.commit().await.expect("storage works");
        next.is_none() && status.posts.iter().all(|(_, state, _)| state == "read")
    })
    .await;
}

async fn wait_for(mut is_so: impl AsyncFnMut() -> bool) {
    let (clock, waited) = (Clock::system(), Stopwatch::start());
    while !is_so().await {
        assert!(waited.elapsed() < PATIENCE, "it never is so");
        clock.pause(Duration::from_millis(50)).await;
    }
}

/// Somebody who posts without end: messages of withheld numbers, a callback each (R6).
struct Posting {
    answered: Arc<AtomicUsize>,
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Posting {
    fn start(world: &World) -> Self {
        let (answered, stop, pbx) =
            (Arc::new(AtomicUsize::new(0)), CancellationToken::new(), world.pbx.clone());
        let task = tokio::spawn({
            let (answered, stop) = (answered.clone(), stop.clone());
            async move {
                while !stop.is_cancelled() {
                    let call = format!("while-{}", answered.load(Ordering::SeqCst));
                    let data = json!({ "call_id": call, "from": "anonymous", "extension": "233", "duration_s": 20 });
                    assert_eq!(pbx.post("voicemail", data).await.expect("an answer"), 200);
                    answered.fetch_add(1, Ordering::SeqCst);
                }
            }
        });
        Self { answered, stop, task }
    }

    /// Returns when so many more were answered.
    async fn go_on(&self, posts: usize) {
        let until = self.answered.load(Ordering::SeqCst) + posts;
        wait_for(async || self.answered.load(Ordering::SeqCst) >= until).await;
    }

    /// How many were answered.
    async fn stop(self) -> usize {
        self.stop.cancel();
        self.task.await.expect("every post was accepted");
        self.answered.load(Ordering::SeqCst)
    }
}

/// A backup with this `pg_dump`, or none; in its folder.
fn with_pg_dump(script: Option<&str>) -> (super::Ended, TempDir) {
    let url = "postgres://aterkom:hemligt%20ord@127.0.0.1:1/aterkom?sslmode=disable";
    let folder = folder(&format!("[storage]\nurl = \"{url}\"\n"));
    if let Some(script) = script {
        write(folder.path(), "pg_dump", script);
        let executable = std::fs::Permissions::from_mode(0o755);
        std::fs::set_permissions(folder.path().join("pg_dump"), executable).expect("our own file");
    }
    let path = folder.path().to_str().expect("a path of ASCII").to_owned();
    let ended = run(folder.path(), &["backup", "copy"], &[("PATH", &path)]);
    assert_eq!(folder.path().join("copy").exists(), ended.code == Some(0), "all or nothing");
    assert!(!folder.path().join("copy.unfinished").exists());
    assert!(!ended.err.contains("hemligt"), "{ended:?}");
    (ended, folder)
}

#[test]
fn a_pg_dump_that_is_missing_or_too_old_is_told_with_what_to_do() {
    let (missing, _folder) = with_pg_dump(None);
    assert_eq!(missing.code, Some(1), "{missing:?}");
    assert!(missing.err.contains("pg_dump is not installed; install"), "{missing:?}");
    let old = "#!/bin/sh\necho 'pg_dump: error: aborting because of server version mismatch' >&2\nexit 1\n";
    let (old, _folder) = with_pg_dump(Some(old));
    assert_eq!(old.code, Some(1), "{old:?}");
    assert!(old.err.contains("pg_dump is older than the server; install"), "{old:?}");
}

#[test]
fn the_password_of_the_database_is_never_on_a_command_line() {
    let script = "#!/bin/sh\necho \"$*\" > words\necho \"$PGPASSWORD\" > password\n";
    let (ended, folder) = with_pg_dump(Some(script));
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let said = |name| std::fs::read_to_string(folder.path().join(name)).expect("it was called");
    assert!(said("words").contains("postgres://aterkom@127.0.0.1:1/aterkom?sslmode=disable"));
    assert!(!said("words").contains("hemligt"), "{}", said("words"));
    assert_eq!(said("password"), "hemligt ord\n");
}

#[test]
fn a_backup_of_what_is_not_there_is_refused_and_leaves_nothing() {
    let folder = folder("[storage]\nurl = \"sqlite:none.db\"\n");
    let ended = run(folder.path(), &["backup", "copy"], &[]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("cannot copy none.db"), "{ended:?}");
    for name in ["copy", "copy.unfinished", "none.db"] {
        assert!(!folder.path().join(name).exists(), "{name} was made");
    }
    let ended = run(folder.path(), &["backup", "no/folder/copy"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
}
