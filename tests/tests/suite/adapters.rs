//! Every adapter, driven by its fixtures, by what is left of them after an accident, and by noise.

use aterkom_tests::fixture::{cases, expected, read, source, understood};
use aterkom_tests::{Engine, World};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use tokio::net::TcpListener;
use webhook_receiver::adapters::{self, Refused, Reply};
use webhook_receiver::request::RawRequest;
use webhook_receiver::{Receiver, routes};

fn names() -> Vec<&'static str> {
    adapters::all().iter().map(|adapter| adapter.name()).collect()
}

fn shown(path: &Path) -> String {
    let name = |path: &Path| path.file_name().map(|n| n.to_string_lossy().into_owned());
    let folder = path.parent().and_then(name).unwrap_or_default();
    format!("{folder}/{}", name(path).unwrap_or_default())
}

#[test]
fn every_fixture_is_understood_as_expected() {
    for adapter in names() {
        let source = source(adapter);
        for path in cases(adapter) {
            let (now, expected) = expected(&path);
            assert_eq!(understood(&read(&path), &source, now), expected, "{}", shown(&path));
        }
    }
}

#[test]
fn a_fixture_cut_short_anywhere_never_panics() {
    each_fixture(|request, drive| {
        for length in 0..request.body.len() {
            drive(&RawRequest { body: request.body[..length].to_vec(), ..request.clone() });
        }
    });
}

#[test]
fn a_fixture_with_one_wrong_byte_anywhere_never_panics() {
    const WRONG: [u8; 8] = [0, b'"', 0xff, b'%', b'9', 0xc3, b'\\', b'-'];
    each_fixture(|request, drive| {
        for at in 0..request.body.len() {
            let mut body = request.body.clone();
            body[at] = WRONG[at % WRONG.len()];
            drive(&RawRequest { body, ..request.clone() });
        }
    });
}

#[test]
fn a_fixture_with_a_header_missing_or_foolish_never_panics() {
    each_fixture(|request, drive| {
        for at in 0..request.headers.len() {
            let mut missing = request.clone();
            missing.headers.remove(at);
            drive(&missing);
            for value in ["", "0", "-1", "99999999999999999999", "v1,", "Basic", "\u{fffd}", "å=;,"]
            {
                let mut foolish = request.clone();
                value.clone_into(&mut foolish.headers[at].1);
                drive(&foolish);
            }
        }
        for url in ["", "/", "https://aterkom.example/hooks/x?%ff=%00&&=", "?"] {
            drive(&RawRequest { url: url.to_owned(), ..request.clone() });
        }
    });
}

/// Calls `test` with each fixture and with what drives its adapter through all that the receiver asks of it.
fn each_fixture(test: impl Fn(&RawRequest, &dyn Fn(&RawRequest))) {
    for adapter in names() {
        let source = source(adapter);
        for path in cases(adapter) {
            let (now, _) = expected(&path);
            test(&read(&path), &|request| drive(request, &source, now));
        }
    }
}

fn drive(request: &RawRequest, source: &webhook_receiver::source::Source, now: DateTime<Utc>) {
    let _ = understood(request, source, now);
    // A token does not cover the body: what a signature would have caught is read too.
    let _ = source.adapter.parse(request, source);
    let _ = (source.adapter.delivery(request), source.adapter.reply(request));
}

proptest! {
    #[test]
    fn noise_never_panics(
        body in prop::collection::vec(any::<u8>(), 0..400),
        values in prop::collection::vec("\\PC{0,40}", 20),
        second in any::<i32>(),
    ) {
        for adapter in names() {
            let source = source(adapter);
            let now = DateTime::from_timestamp(i64::from(second), 0).unwrap();
            let path = cases(adapter).into_iter().next().unwrap();
            let mut request = read(&path);
            for ((_, header), value) in request.headers.iter_mut().zip(&values) {
                header.clone_from(value);
            }
            drive(&RawRequest { body: body.clone(), rest: values[0].clone(), ..request }, &source, now);
        }
    }

    #[test]
    fn a_fixture_with_noise_in_its_middle_never_panics(
        noise in prop::collection::vec(any::<u8>(), 0..40),
        fixture in any::<prop::sample::Index>(),
        at in any::<prop::sample::Index>(),
    ) {
        for adapter in names() {
            let source = source(adapter);
            let paths = cases(adapter);
            let path = fixture.get(&paths);
            let (now, _) = expected(path);
            let mut request = read(path);
            if !request.body.is_empty() {
                let at = at.index(request.body.len());
                request.body.splice(at..at, noise.clone());
            }
            drive(&request, &source, now);
        }
    }
}

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
    let source = source(adapter);
    let sources = Arc::new(HashMap::from([(source.name.clone(), source)]));
    Receiver { sources, ..world.app.receiver.clone() }
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

fn reply(receiver: &Receiver, path: &Path) -> Reply {
    let source = receiver.sources.values().next().expect("there is one");
    let now = receiver.clock.now();
    assert_ne!(source.adapter.verify(&read(path), source, now), Err(Refused::Wrong));
    source.adapter.reply(&read(path))
}
