//! `aterkom serve`: the product, until it is told to stop.

use super::Ended;
use crate::app::App;
use crate::config::{Config, Transport};
use crate::{logging, parts, service_manager};
use anyhow::Context;
use chrono::TimeDelta;
use clock::Clock;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// What `serve` can be told.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// For trying out: be so many seconds ahead of the system's clock
    #[arg(
        long,
        value_name = "SECONDS",
        hide = true,
        default_value_t = 0,
        allow_hyphen_values = true
    )]
    shift_clock: i64,
}

/// Serves until SIGTERM or Ctrl-C.
///
/// # Errors
/// What is wrong with the configuration, the address or the database.
pub async fn run(arguments: &Arguments, config: &Config) -> anyhow::Result<Ended> {
    logging::start(config)?;
    let clock = Clock::shifted(TimeDelta::try_seconds(arguments.shift_clock).unwrap_or_default());
    // Whoever can connect is answered, so all else comes first.
    let app = App::build(config, clock).await?;
    let listener = bind(&config.server.listen.to_string()).await?;
    let metrics = match config.server.metrics_listen.as_str() {
        "" => None,
        address => Some(bind(address).await?),
    };
    greet(config, &app);
    let stop = CancellationToken::new();
    tokio::spawn({
        let stop = stop.clone();
        async move {
            stopped().await;
            tracing::info!("stopping: answering what is under way");
            stop.cancel();
        }
    });
    tokio::spawn(service_manager::keep_told(app.store.clone(), app.clock.clone(), stop.clone()));
    app.run(listener, metrics, stop).await?;
    tracing::info!("stopped");
    Ok(Ended::Well)
}

async fn bind(address: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!("cannot listen at {address}; choose another address in server.listen")
    })
}

/// Says what it does, in its first lines.
fn greet(config: &Config, app: &App) {
    let listen = config.server.listen;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), %listen, "Återkom serves");
    if listen.ip().is_loopback() {
        tracing::info!("only this machine can reach it: set server.listen for others");
    }
    match config.mail.transport {
        Transport::Folder => tracing::warn!(
            folder = config.mail.folder,
            "mails are written to a folder, not sent: set mail.transport"
        ),
        Transport::Smtp => {
            tracing::info!(host = config.mail.host, port = config.mail.port, "mails are sent")
        }
    }
    let url = parts::public_url(config);
    if app.receiver.sources.names().is_empty() {
        tracing::warn!(
            "there is no source, so no PBX can post: make one at {url}/admin/sources/new, or add [[sources]] to the configuration"
        );
    }
    for destination in app.notifier.channels.all.iter() {
        let (events, notices) = (destination.told.events.len(), destination.told.notices.len());
        tracing::info!(channel = destination.told.name, events, notices, "is told");
    }
    let sources = &app.receiver.sources;
    for name in sources.names() {
        let source = sources.get(&name, app.clock.now());
        if let Some(source) = source.filter(|source| !source.secrets.is_empty()) {
            tracing::info!(source = %name, adapter = source.adapter.name(), url = format!("{url}/hooks/{name}"), "takes posts");
        }
    }
}

/// SIGTERM, or Ctrl-C.
pub(super) async fn stopped() {
    let interrupted = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let Ok(mut terminate) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    else {
        return interrupted.await;
    };
    tokio::select! {
        () = interrupted => {}
        _ = terminate.recv() => {}
    }
}
