//! What happens when the mail server does not take a mail: the rows of the table in `docs/mails.md` (R24, R28).

mod held;
mod protected;
mod refused;

use super::{AMIR, ASA, JOHN, LISA, TO_ASA, TO_JOHN, TO_PER, call};
use aterkom_tests::World;
use aterkom_tests::smtp::Mode;
use notifier::channel::{Channel, Patience, Security, Smtp};
use std::time::Duration;

/// When the digests go out that these stories are about; the calls were missed the day before.
const DIGEST: &str = "2026-11-18 08:15";

/// A channel to this port of this machine, changed as the story needs it.
pub(super) fn channel(port: u16, change: impl FnOnce(&mut Smtp)) -> Channel {
    let mut smtp = Smtp {
        host: "localhost".to_owned(),
        port,
        security: Security::None,
        login: None,
        authority: None,
        connections: 4,
        per_minute: 0,
        patience: Patience::default(),
    };
    change(&mut smtp);
    Channel::smtp(smtp).expect("a channel")
}

/// One that soon loses patience, for servers that say nothing.
fn hasty(world: &mut World) {
    let patience =
        Patience { command: Duration::from_millis(300), content: Duration::from_millis(300) };
    world.app.notifier.channel = channel(world.smtp.port, |smtp| smtp.patience = patience);
}

/// Three people have somebody to call back; tomorrow morning each has a digest.
async fn three_missed(world: &mut World) {
    for (id, to) in [("1", ASA), ("2", JOHN), ("3", AMIR)] {
        world.post("missed", call(id, LISA, to)).await;
    }
}

/// How many digests are in each of these states.
async fn digests<const N: usize>(world: &World, states: [&str; N]) -> [i64; N] {
    let all = world.status().await.deliveries;
    states.map(|state| {
        let these = all.iter().filter(|(kind, s, _)| kind == "digest" && s == state);
        these.map(|(_, _, n)| n).sum()
    })
}

/// Why the first mail that is dead died.
async fn why_dead(world: &World) -> String {
    let tx = world.app.store.read().await.expect("storage works");
    let dead = store::deliveries::list_dead(&tx, 1).await.expect("storage works");
    tx.commit().await.expect("storage works");
    dead.into_iter().next().map(|dead| dead.error).unwrap_or_default()
}

/// Whether the server is left alone, as the metrics tell it.
async fn is_held(world: &World) -> bool {
    let (_, metrics) = world.get("/metrics").await;
    metrics.lines().any(|line| line == "aterkom_mail_server_held 1")
}
