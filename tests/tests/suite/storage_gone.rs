//! Storage that refuses for a while: the PBX is told to come back, nothing that was answered is lost, and all is well
//! again by itself.

use aterkom_tests::binary::{Serving, free_port};
use aterkom_tests::postgres::sql;
use aterkom_tests::{Engine, World};
use clock::{Clock, Stopwatch};
use reqwest::StatusCode;
use serde_json::json;
use std::time::Duration;

/// Nothing that is waited for here takes longer on a machine that works.
const PATIENCE: Duration = Duration::from_secs(60);

/// The real binary on the database of a world.
struct Running {
    world: World,
    serving: Serving,
    base: String,
    clock: Clock,
}

impl Running {
    async fn start(engine: Engine) -> Self {
        let world = World::at(engine, "2026-12-17 10:00").await;
        let port = free_port();
        let mut serving = Serving::start(world.folder.path(), port, &[]);
        serving.answers(&world.client).await;
        let base = format!("http://127.0.0.1:{port}");
        Self { world, serving, base, clock: Clock::system() }
    }

    async fn get(&self, path: &str) -> u16 {
        let answer = self.world.client.get(format!("{}{path}", self.base)).send().await;
        answer.expect("an answer").status().as_u16()
    }

    async fn post(&self, n: usize) -> reqwest::Response {
        let url = format!("{}/hooks/prova", self.base);
        let caller = format!("+{}{}", "46701740", 605 + n);
        let data = json!({ "call_id": format!("{n}"), "from": caller, "extension": "231" });
        let event = json!({ "specversion": "1.0", "id": format!("evt-{n}"), "source": "/test",
            "type": "se.aterkom.call.missed", "data": data });
        let post = self.world.client.post(url).bearer_auth(aterkom_tests::world::TOKEN);
        post.json(&event).send().await.expect("an answer")
    }

    async fn accepts(&self, n: usize) {
        assert_eq!(self.post(n).await.status(), StatusCode::OK);
    }

    /// R24: neither a 2xx that is no truth, nor a crash.
    async fn is_told_to_come_back(&self, n: usize) {
        let answer = self.post(n).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(answer.headers().contains_key("retry-after"), "{:?}", answer.headers());
        assert_eq!(self.get("/readyz").await, 503);
        assert_eq!(self.get("/healthz").await, 200);
    }

    /// What was refused may have been stored all the same: a repeat changes nothing.
    async fn recovers(self) {
        self.is_ready_again().await;
        for n in 0..5 {
            self.accepts(n).await;
        }
        self.comes_to(5).await;
    }

    async fn is_ready_again(&self) {
        let waited = Stopwatch::start();
        while self.get("/readyz").await != 200 {
            assert!(waited.elapsed() < PATIENCE, "it does not recover: {}", self.log());
            self.clock.pause(Duration::from_millis(50)).await;
        }
    }

    /// Everything posted was read once, and became one callback.
    async fn comes_to(mut self, posts: usize) {
        let expected = i64::try_from(posts).expect("a small number");
        let waited = Stopwatch::start();
        while self.world.posts("read").await != expected || self.world.open().await.len() != posts {
            assert!(waited.elapsed() < PATIENCE, "{:?}", self.world.status().await);
            self.clock.pause(Duration::from_millis(50)).await;
        }
        self.serving.terminate();
        let ended = self.serving.ended().await;
        assert!(ended.success(), "{ended}: {}", self.log());
        assert_eq!(self.world.posts("read").await, expected, "and no post is there twice");
    }

    fn database(&self) -> String {
        let (_, name) = self.world.database_url().rsplit_once('/').expect("the address names it");
        name.to_owned()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.world.folder.path().join("log")).expect("there is a log")
    }
}

mod a_database_that_somebody_else_locks_is_waited_for {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite() {
        let running = Running::start(Engine::Sqlite).await;
        running.accepts(0).await;
        let locked = running.world.app.store.begin().await.expect("another process may write");
        running.is_told_to_come_back(1).await;
        running.is_told_to_come_back(2).await;
        drop(locked);
        running.recovers().await;
    }
}

mod a_disk_that_is_full_is_waited_for {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite() {
        let running = Running::start(Engine::Sqlite).await;
        running.accepts(0).await;
        running.serving.fill_the_disk(true);
        // Several: a connection that failed must not be believed afterwards.
        for n in [1, 2, 3, 1, 2, 3] {
            running.is_told_to_come_back(n).await;
        }
        running.serving.fill_the_disk(false);
        running.recovers().await;
    }
}

mod a_database_that_takes_nothing_is_waited_for {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn postgres() {
        let running = Running::start(Engine::Postgres).await;
        running.accepts(0).await;
        let name = running.database();
        sql(&format!("ALTER DATABASE {name} SET default_transaction_read_only = on"));
        end_connections(&name);
        running.is_told_to_come_back(1).await;
        let log = running.log();
        assert!(log.contains("read-only transaction"), "the log says why: {log}");
        sql(&format!("ALTER DATABASE {name} RESET default_transaction_read_only"));
        end_connections(&name);
        running.recovers().await;
    }
}

mod a_database_that_is_gone_is_waited_for {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn postgres() {
        let running = Running::start(Engine::Postgres).await;
        running.accepts(0).await;
        let name = running.database();
        sql(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"));
        end_connections(&name);
        running.is_told_to_come_back(1).await;
        running.is_told_to_come_back(2).await;
        sql(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true"));
        running.recovers().await;
    }
}

fn end_connections(name: &str) {
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname";
    sql(&format!("{end} = '{name}'"));
}
