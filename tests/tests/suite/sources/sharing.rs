//! Several processes on one database: what one of them made, all of them know.

use super::*;
use aterkom::App;
use aterkom_tests::{Engine, on_both};
use domain::ids::SourceName;
use domain::source::MadeSource;
use std::sync::Arc;
use store::sources::{self, Secret};
use tokio::net::TcpListener;

/// Another process on the database of this world, and where it serves.
async fn other(world: &World) -> (Arc<App>, String) {
    let app = App::build(&world.config, world.app.clock.clone()).await.expect("another one starts");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    let router = app.router(true);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (Arc::new(app), base)
}

async fn story(engine: Engine) {
    let mut world = World::at(engine, "2026-11-17 10:00").await;
    let (app, base) = other(&world).await;
    let mut admin = administrator(&mut world).await;
    assert_eq!(post(&world, &base, "ny", "whatever", "0").await, 404, "not yet");
    let old = made(&mut admin, "ny").await;
    assert_eq!(post(&world, &base, "ny", &old, "1").await, 200, "made by the other a moment ago");
    let new = secret_on(&press(&mut admin, "ny", "rotate", &[("days", "7")]).await);
    let new = new.expect("it is shown once");
    for (call, secret) in [("2", &new), ("3", &old)] {
        assert_eq!(post(&world, &base, "ny", secret, call).await, 200, "{call}");
    }
    // What one took, the other reads, and both know who is who.
    world.work().await;
    assert_eq!(world.only_open().await.contacts.len(), 3);
    assert_eq!(press(&mut admin, "ny", "end-old", &[]).await.status, 303);
    let clock = clock::Clock::system();
    clock.pause(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(post(&world, &base, "ny", &old, "4").await, 401);
    assert_eq!(press(&mut admin, "ny", "end", &[]).await.status, 303);
    clock.pause(std::time::Duration::from_millis(1_100)).await;
    assert_eq!(post(&world, &base, "ny", &new, "5").await, 410);
    // A process that never heard of a source reads what others took of it.
    let secret = made(&mut admin, "andra").await;
    assert_eq!(post(&world, &world.base, "andra", &secret, "6").await, 200);
    while app.receiver.read_some().await.expect("storage works") > 0 {}
    world.work().await;
    assert_eq!(world.only_open().await.contacts.len(), 4);
    world.forget_mails();
    world.end().await;
}

#[tokio::test]
async fn what_one_process_made_counts_in_the_other_on_sqlite() {
    story(Engine::Sqlite).await;
}

#[tokio::test]
async fn what_one_process_made_counts_in_the_other_on_postgres() {
    story(Engine::Postgres).await;
}

on_both! {
    async fn of_two_that_have_one_name_the_configured_one_counts_and_it_is_told(world at "2026-11-17 10:00") {
        let mut admin = administrator(world).await;
        let now = world.app.clock.now();
        // As when the configuration got it later.
        let name = SourceName::new("prova");
        let source = MadeSource { name, adapter: "wazo".to_owned(), country: None, area_code: None, zone: None, created_at: now, version: 1, retired_at: None };
        let tx = world.app.store.begin().await.expect("storage works");
        let secret = Secret::new(world.app.clock.new_id(), now, "secret-of-the-made-one".to_owned());
        assert!(sources::make(&tx, &source, &secret).await.expect("storage works"));
        tx.commit().await.expect("storage works");
        let base = world.base.clone();
        assert_eq!(post(world, &base, "prova", "secret-of-the-made-one", "1").await, 401);
        assert_eq!(post(world, &base, "prova", aterkom_tests::world::TOKEN, "2").await, 200);
        for path in ["/admin", "/admin/sources/prova"] {
            let page = admin.get(path).await.body;
            assert!(page.contains("Växeln prova finns både i konfigurationen och"), "{path}: {page}");
            assert!(!page.contains("/rotate"), "{page}");
        }
        assert_eq!(press(&mut admin, "prova", "end", &[]).await.status, 303);
        let page = admin.get("/admin").await.body;
        assert!(!page.contains("finns både") && !page.contains("avslutad"), "{page}");
        assert_eq!(post(world, &base, "prova", aterkom_tests::world::TOKEN, "3").await, 200);
        world.work().await;
        world.forget_mails();
    }
}
