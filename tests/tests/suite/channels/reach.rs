//! Addresses that nothing is posted to: inside our own networks, or wherever a receiver sends us on to.

use super::{ASA, LISA, OURS, call, channel, dead, deliveries};
use aterkom::config;
use aterkom::{App, parts};
use aterkom_tests::receiver::Reaction;
use aterkom_tests::{Engine, Receiver, World};

const OPENED: &str = "events = [\"callback.opened\"]";

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let (receiver, inside) = (Receiver::start().await, Receiver::start().await);
    for status in [301, 302, 303, 307, 308] {
        let location = ("location", format!("{}/admin", inside.base));
        receiver.answers_next(Reaction::Status(status, Some(location)));
    }
    receiver.says(302);
    let extra = format!("{OURS}{}", channel(&receiver, "standard", OPENED));
    let mut world = World::with(Engine::Sqlite, "2026-11-17 10:00", &extra).await;
    world.post("missed", call("1", LISA, ASA)).await;
    world.advance_to("2026-11-17 16:00").await;
    assert_eq!(receiver.requests().len(), 6);
    assert_eq!(inside.requests(), []);
    let (_, error) = dead(&world).await.remove(0);
    assert!(error.contains("sends us on to another address"), "{error}");
    world.forget_mails();
    world.end().await;
}

// A name is looked up when something is sent: it may lead inside later, though it did not at the start.
#[tokio::test]
async fn nothing_is_posted_to_a_private_network_that_nobody_named() {
    let receiver = Receiver::start().await;
    let port = receiver.base.rsplit(':').next().expect("a port").to_owned();
    let by_name = format!("https://localhost:{port}");
    let extra = channel(&receiver, "standard", OPENED).replace(&receiver.base, &by_name);
    let extra = format!("[outgoing]\nretry_minutes = []\n{extra}");
    let mut world = World::with(Engine::Sqlite, "2026-11-17 10:00", &extra).await;
    world.post("missed", call("1", LISA, ASA)).await;
    assert_eq!(receiver.requests(), []);
    assert_eq!(deliveries(&world, "callback.opened", "dead").await, 1);
    let (_, error) = dead(&world).await.remove(0);
    assert!(error.contains("outgoing.private_networks"), "{error}");
    assert!(!error.contains("localhost") && !error.contains("secret-token"), "{error}");
    world.forget_mails();
    world.end().await;
}

// Where it is a number, that is seen at the start.
#[tokio::test]
async fn an_address_inside_is_refused_at_the_start() {
    let world = World::at(Engine::Sqlite, "2026-11-17 10:00").await;
    for (address, said) in [
        ("https://10.0.0.5/hook", "private network"),
        ("https://169.254.169.254/latest", "private network"),
        ("http://[::1]/hook", "private network"),
        ("http://8.8.8.8/hook", "unprotected"),
        ("ftp://hooks.example/", "cannot be read"),
    ] {
        let file = world.folder.path().join("channels.toml");
        let text = format!(
            "[[channels]]\nname = \"duty\"\nformat = \"slack\"\nurl = \"{address}\"\n{OPENED}\n"
        );
        std::fs::write(&file, text).expect("a file can be written");
        let config = config::read(Some(&file), []).expect("a configuration");
        let texts = parts::texts(&config).expect("the program's own");
        let error = parts::channels(&config, &texts).expect_err("it is refused").to_string();
        assert!(error.contains("channels.toml:4") && error.contains(said), "{address}: {error}");
        assert!(!error.contains(address), "{error}");
        assert!(App::build(&config, world.app.clock.clone()).await.is_err());
    }
    world.end().await;
}
