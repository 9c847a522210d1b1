//! What a service manager that asks for it is told (systemd's `Type=notify`): that posts are taken and kept, that this process
//! is alive, that it stops. Where nobody asks, nothing is done.

use clock::Clock;
use sd_notify::NotifyState;
use std::time::Duration;
use store::Store;
use tokio_util::sync::CancellationToken;

/// How long until storage that refused is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// Tells it until `stop`. The address must be listened at by now.
///
/// Storage that goes away later is no reason to stop telling that this process is alive: a restart would not bring it back.
pub(crate) async fn keep_told(store: Store, clock: Clock, stop: CancellationToken) {
    if std::env::var_os("NOTIFY_SOCKET").is_none() {
        return;
    }
    let told = async {
        while let Err(error) = store.probe().await {
            tracing::error!(error = error.told(), "not ready: storage refuses");
            clock.pause(AGAIN).await;
        }
        say(&NotifyState::Ready);
        let Some(watched_every) = sd_notify::watchdog_enabled() else {
            return std::future::pending().await;
        };
        loop {
            // Twice as often as it must be: one that comes late is no death.
            clock.pause(watched_every / 2).await;
            say(&NotifyState::Watchdog);
        }
    };
    tokio::select! {
        () = told => {}
        () = stop.cancelled() => say(&NotifyState::Stopping),
    }
}

fn say(what: &NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(std::slice::from_ref(what)) {
        tracing::warn!(%error, "the service manager could not be told");
    }
}
