//! Addresses that no calendar is read from: inside our own networks, or in clear.

use super::away;
use super::calendars::{Server, world};
use aterkom_tests::{Engine, World};

async fn error(world: &World) -> String {
    let tx = world.app.store.read().await.expect("storage works");
    let listed = store::calendars::list(&tx).await.expect("storage works");
    tx.commit().await.expect("storage works");
    listed[0].error.clone().unwrap_or_default()
}

#[tokio::test]
async fn nothing_is_read_from_a_private_network_that_nobody_named() {
    let server = Server::start().await;
    server.says(&[("Åsa Öberg", "20261117", "20261120")], "\"1\"");
    let port = server.base.rsplit(':').next().expect("a port").to_owned();
    for (base, more, said) in [
        (server.base.clone(), "", "private network"),
        (server.base.clone(), "private_networks = [\"10.0.0.0/8\"]", "private network"),
        (format!("http://localhost:{port}"), "", "private network"),
        (format!("https://localhost:{port}"), "", "private network"),
        (format!("http://[::ffff:127.0.0.1]:{port}"), "", "private network"),
        (format!("http://2130706433:{port}"), "", "private network"),
        ("http://8.8.8.8".to_owned(), "", "unprotected"),
        (
            format!("https://127.0.0.1:{port}"),
            "private_networks = [\"127.0.0.0/8\"]",
            "cannot be reached",
        ),
    ] {
        let server = server.known_as(base.clone());
        let mut world = world(Engine::Sqlite, &server, more).await;
        world.advance_to("2026-11-16 09:20").await;
        let error = error(&world).await;
        assert!(error.contains(said), "{base} {more}: {error}");
        assert_eq!(away(&world).await, [""; 0], "{base}");
        world.forget_mails();
        world.end().await;
    }
    let named = server.known_as(format!("http://localhost:{port}"));
    let mut world =
        world(Engine::Sqlite, &named, "private_networks = [\"127.0.0.0/8\", \"::1/128\"]").await;
    world.advance_to("2026-11-16 09:20").await;
    assert_eq!(away(&world).await, ["Åsa Öberg 2026-11-17/2026-11-19"]);
    world.forget_mails();
    world.end().await;
}
