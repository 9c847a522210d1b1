//! Several processes on one database: each promise once, each mail once, whoever was faster.

use aterkom::App;
use aterkom_tests::world::instant;
use aterkom_tests::{Engine, Mail, World};
use serde_json::json;
use std::collections::BTreeSet;
use store::{Store, inbox};

const CALLERS: usize = 50;
const POSTS: usize = 300;

mod three_replicas_do_everything_once {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn postgres() {
        share(Engine::Postgres, 3).await;
    }
}

mod two_processes_on_one_file_do_everything_once {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite() {
        share(Engine::Sqlite, 2).await;
    }
}

mod two_readers_at_once_never_get_the_same_post {
    use super::*;

    #[tokio::test]
    async fn postgres() {
        let world = World::at(Engine::Postgres, "2026-12-17 10:00").await;
        for n in 0..10 {
            let data = json!({ "call_id": format!("{n}"), "from": caller(n), "extension": "231" });
            assert_eq!(world.pbx.post("missed", data).await.expect("an answer"), 200);
        }
        let one = world.app.store.begin().await.expect("storage works");
        let other = world.app.store.begin().await.expect("storage works");
        let first = inbox::claim(&one, 4).await.expect("storage works");
        let rest = inbox::claim(&other, 100).await.expect("storage works");
        assert_eq!((first.len(), rest.len()), (4, 6));
        let ids: BTreeSet<_> = first.iter().chain(&rest).map(|post| post.id).collect();
        assert_eq!(ids.len(), 10, "each once");
        one.rollback().await.expect("storage works");
        other.rollback().await.expect("storage works");
        world.end().await;
    }
}

// R4, R5, R24
async fn share(engine: Engine, replicas: usize) {
    let mut world = World::at(engine, "2026-12-17 10:00").await; // Thursday
    for n in 0..POSTS {
        let extension = ["231", "232", "233"][n % CALLERS % 3];
        let data = json!({ "call_id": format!("{n}"), "from": caller(n % CALLERS), "extension": extension });
        assert_eq!(world.pbx.post("missed", data).await.expect("an answer"), 200);
    }
    let mut apps = Vec::new();
    for _ in 1..replicas {
        let app = App::build(&world.config, world.app.clock.clone()).await;
        apps.push(app.expect("another one starts"));
    }
    work_together(&world, &apps).await;
    assert_eq!(world.posts("read").await, i64::try_from(POSTS).expect("a small number"));
    let open = world.open().await;
    assert_eq!(open.len(), CALLERS, "one callback for each caller");
    let calls: BTreeSet<_> = open.iter().flat_map(|c| &c.contacts).map(|c| c.call).collect();
    assert_eq!(calls.len(), POSTS, "each call is a contact");
    assert_eq!(open.iter().map(|c| c.contacts.len()).sum::<usize>(), POSTS, "and only once");
    assert!(world.smtp.taken().is_empty());

    for (at, mails) in [
        ("2026-12-18 08:15", 3), // three people have somebody waiting
        ("2026-12-18 08:30", 0),
        ("2026-12-22 08:15", 3),
        // Due on Monday, and nobody tried: Per's list, and Maria's, for some of it Per should have done (R27).
        ("2026-12-22 08:30", 2),
    ] {
        world.app.clock.set(instant(at));
        let before = world.smtp.taken().len();
        work_together(&world, &apps).await;
        work_together(&world, &apps).await;
        let new = &world.smtp.taken()[before..];
        let told: Vec<String> = new
            .iter()
            .map(|t| format!("{}: {}", t.to, Mail::read(&t.to, &t.bytes).subject))
            .collect();
        assert_eq!(new.len(), mails, "at {at}: {told:#?}");
    }
    world.forget_mails();
    world.end().await;
}

/// All at once, until all are quiet.
async fn work_together(world: &World, apps: &[App]) {
    let quiet = |app: &App| {
        let app = Others::of(app);
        tokio::spawn(async move { app.work_until_quiet().await })
    };
    let all: Vec<_> = apps.iter().chain([&world.app]).map(quiet).collect();
    for one in all {
        one.await.expect("no panic").expect("storage works");
    }
}

/// What of an app works; it can be sent to another thread.
struct Others {
    receiver: webhook_receiver::Receiver,
    scheduler: scheduler::Scheduler,
    notifier: notifier::Notifier,
}

impl Others {
    fn of(app: &App) -> Self {
        Self {
            receiver: app.receiver.clone(),
            scheduler: app.scheduler.clone(),
            notifier: app.notifier.clone(),
        }
    }

    async fn work_until_quiet(&self) -> Result<(), store::StoreError> {
        loop {
            let read = self.receiver.read_some().await?;
            let passed = self.scheduler.pass().await?;
            let rendered = self.notifier.render_one().await?;
            let tried = self.notifier.dispatch_some().await?;
            if read == 0 && passed.is_quiet() && !rendered && tried == 0 {
                return Ok(());
            }
        }
    }
}

fn caller(n: usize) -> String {
    format!("+{}{}", "46701740", 605 + n)
}

mod four_that_open_a_fresh_database_at_once_make_one_schema {
    use super::*;
    use aterkom_tests::engine::Database;

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite() {
        open_at_once(Engine::Sqlite).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn postgres() {
        open_at_once(Engine::Postgres).await;
    }

    async fn open_at_once(engine: Engine) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = Database::fresh(engine, folder.path()).await;
        let opening: Vec<_> = (0..4)
            .map(|_| {
                let url = database.url.clone();
                tokio::spawn(async move { Store::open(&url).await })
            })
            .collect();
        let mut stores = Vec::new();
        for opened in opening {
            stores.push(opened.await.expect("no panic").expect("it opens"));
        }
        for store in &stores {
            store.probe().await.expect("it stores");
        }
        for store in stores {
            store.close().await.expect("it closes");
        }
    }
}
