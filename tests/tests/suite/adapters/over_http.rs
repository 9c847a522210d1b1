//! Every fixture, posted over real HTTP; those that are signed with a time, again and too late.

use super::{names, shown};
use aterkom_tests::fixture::{cases, expected, read, source};
use aterkom_tests::{Engine, World};
use chrono::TimeDelta;
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use webhook_receiver::adapters::{Refused, Reply};
use webhook_receiver::source::Source;
use webhook_receiver::sources::{House, Sources};
use webhook_receiver::{Receiver, routes};

#[tokio::test]
async fn every_fixture_goes_the_whole_way_on_sqlite() {
    drive_over_http(Engine::Sqlite).await;
}

#[tokio::test]
async fn every_fixture_goes_the_whole_way_on_postgres() {
    drive_over_http(Engine::Postgres).await;
}

/// Each is posted over real HTTP, answered as its adapter says, and in the end read, unread or never stored.
async fn drive_over_http(engine: Engine) {
    let mut world = World::at(engine, "2026-11-16 00:00").await;
    for adapter in names() {
        let receiver = receiver_of(&world, adapter);
        let base = serve(receiver.clone()).await;
        for path in cases(adapter) {
            let (now, expected) = expected(&path);
            world.app.clock.set(now);
            let before = (world.posts("read").await, world.posts("unread").await);
            let status = post(&world, &base, &path).await;
            while receiver.read_some().await.expect("storage works") > 0 {}
            let news =
                (world.posts("read").await - before.0, world.posts("unread").await - before.1);
            let name = shown(&path);
            // Neither what is refused nor a vendor's question is kept.
            let at_once = match expected.get("answered") {
                Some(answer) => answer["status"].as_u64(),
                None => expected.get("refused").map(|_| 401),
            };
            if let Some(at_once) = at_once {
                assert_eq!((u64::from(status), news), (at_once, (0, 0)), "{name}");
                continue;
            }
            assert_eq!(status, reply(&receiver, &path).status, "{name}");
            let unread = expected.get("unreadable").is_some();
            // Two fixtures may be one request, told in two ways.
            let wanted = if unread { (0, 1) } else { (1, 0) };
            assert_eq!(news, wanted, "{name}: {:?}", world.reasons().await);
            world.expect_unread(i64::from(unread));
        }
    }
    world.work().await;
    world.forget_mails();
    world.end().await;
}

/// A receiver that knows one source only: the one that an adapter's fixtures are posted to.
fn receiver_of(world: &World, adapter: &str) -> Receiver {
    let house = House {
        country: "SE".to_owned(),
        area_code: String::new(),
        zone: world.app.scheduler.calendar.zone(),
        public_url: world.base.clone(),
    };
    Receiver { sources: Sources::new([source(adapter)], house), ..world.app.receiver.clone() }
}

async fn serve(receiver: Receiver) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let base = format!("http://{}", listener.local_addr().expect("a listener has an address"));
    tokio::spawn(async move { axum::serve(listener, routes::router(receiver)).await });
    base
}

async fn post(world: &World, base: &str, path: &Path) -> u16 {
    let request = read(path);
    let (_, hook) = request.url.split_once("/hooks/").expect("a fixture is posted to a hook");
    let method = request.method.parse().expect("a method");
    let mut sent = world.client.request(method, format!("{base}/hooks/{hook}"));
    for (name, value) in &request.headers {
        // These are the connection's own.
        if !["host", "content-length", "connection", "accept-encoding"].contains(&name.as_str()) {
            sent = sent.header(name, value);
        }
    }
    sent.body(request.body).send().await.expect("an answer").status().as_u16()
}

/// The one that it knows.
fn only_source(receiver: &Receiver) -> Arc<Source> {
    let name = receiver.sources.names().pop().expect("there is one");
    receiver.sources.get(&name, receiver.clock.now()).expect("there is one")
}

fn reply(receiver: &Receiver, path: &Path) -> Reply {
    let source = only_source(receiver);
    let now = receiver.clock.now();
    assert_ne!(source.adapter.verify(&read(path), &source, now), Err(Refused::Wrong));
    source.adapter.reply(&read(path))
}

#[tokio::test]
async fn what_is_signed_with_a_time_is_kept_once_and_refused_when_late_on_sqlite() {
    replay_over_http(Engine::Sqlite).await;
}

#[tokio::test]
async fn what_is_signed_with_a_time_is_kept_once_and_refused_when_late_on_postgres() {
    replay_over_http(Engine::Postgres).await;
}

/// R4, R37: whoever listened in can send a request again. In time it is a repeat; later it is stale, and counted so.
async fn replay_over_http(engine: Engine) {
    let mut world = World::at(engine, "2026-11-16 00:00").await;
    let mut timed = BTreeSet::new();
    for adapter in names() {
        let receiver = receiver_of(&world, adapter);
        let source = only_source(&receiver);
        let base = serve(receiver.clone()).await;
        let mut kept = BTreeSet::new();
        for path in cases(adapter) {
            let (now, request) = (expected(&path).0, read(&path));
            let verified = |at| source.adapter.verify(&request, &source, at);
            let late = now + TimeDelta::days(1);
            let is_question = source.adapter.handshake(&request, &source).is_some();
            if is_question || (verified(now), verified(late)) != (Ok(()), Err(Refused::Stale)) {
                continue;
            }
            timed.insert(adapter);
            let name = shown(&path);
            let counted = |result: &str| {
                let labels = format!("source=\"{}\",result=\"{result}\"", source.name);
                format!("aterkom_posts_total{{{labels}}} ")
            };
            let before = (posts(&world).await, count(&world, &counted("Stale")).await);
            world.app.clock.set(now);
            let sent = [post(&world, &base, &path).await, post(&world, &base, &path).await];
            assert_eq!(sent, [source.adapter.reply(&request).status; 2], "{name}");
            // Two fixtures may be one request, told in two ways.
            let news = i64::from(kept.insert((request.url.clone(), request.body.clone())));
            assert_eq!(
                posts(&world).await - before.0,
                news,
                "{name}: a repeat in time is kept once"
            );
            world.app.clock.set(late);
            assert_eq!(post(&world, &base, &path).await, 401, "{name}");
            let after = (posts(&world).await, count(&world, &counted("Stale")).await);
            assert_eq!(after, (before.0 + news, before.1 + 1), "{name}: late");
        }
        while receiver.read_some().await.expect("storage works") > 0 {}
    }
    for adapter in ["native", "telnyx", "vonage", "zoom-phone"] {
        assert!(timed.contains(adapter), "{adapter} signs a time, and no fixture of it was tried");
    }
    let unread = world.posts("unread").await;
    world.expect_unread(unread);
    world.work().await;
    world.forget_mails();
    world.end().await;
}

async fn posts(world: &World) -> i64 {
    world.status().await.posts.iter().map(|(_, _, n)| n).sum()
}

async fn count(world: &World, labels: &str) -> u64 {
    let (_, text) = world.get("/metrics").await;
    let count = text.lines().find_map(|line| line.strip_prefix(labels));
    count.map_or(0, |n| n.parse().expect("a number"))
}
