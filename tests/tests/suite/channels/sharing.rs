//! Several processes on one database tell each thing once.

use super::{ASA, OURS, call, channel, deliveries, ids};
use aterkom::App;
use aterkom_tests::{Engine, Receiver, World};
use std::collections::BTreeMap;

const CALLERS: usize = 30;

async fn share(engine: Engine, others: usize) {
    let receiver = Receiver::start().await;
    let keys = "events = [\"callback.opened\"]\nnotices = [\"digest\"]";
    let extra = format!("{OURS}{}", channel(&receiver, "standard", keys));
    let mut world = World::with(engine, "2026-11-17 10:00", &extra).await;
    for n in 0..CALLERS {
        let data = call(&n.to_string(), &format!("+467017406{:02}", 10 + n), ASA);
        assert_eq!(world.pbx.post("missed", data).await.expect("an answer"), 200);
    }
    let mut apps = Vec::new();
    for _ in 0..others {
        let app = App::build(&world.config, world.app.clock.clone()).await;
        apps.push(app.expect("another one starts"));
    }
    for local in ["2026-11-17 10:01", "2026-11-18 08:15"] {
        world.sleep_until(local);
        let works = apps.iter().chain([&world.app]).map(App::work_until_quiet);
        for worked in futures_util::future::join_all(works).await {
            worked.expect("storage works");
        }
        world.work().await;
    }
    let told = receiver.requests();
    let mut by_kind: BTreeMap<String, usize> = BTreeMap::new();
    for request in &told {
        *by_kind.entry(request.json()["type"].as_str().expect("a type").to_owned()).or_default() +=
            1;
    }
    let expected = [("callback.opened".to_owned(), CALLERS), ("notice.digest".to_owned(), 1)];
    assert_eq!(by_kind, BTreeMap::from(expected));
    assert_eq!(ids(&told).len(), CALLERS + 1);
    assert_eq!(deliveries(&world, "callback.opened", "sent").await, CALLERS as i64);
    world.forget_mails();
    world.end().await;
}

mod processes_tell_each_thing_once {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn sqlite() {
        share(Engine::Sqlite, 1).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn postgres() {
        share(Engine::Postgres, 2).await;
    }
}
