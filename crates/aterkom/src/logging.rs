//! The log: one line an event on standard error, without personal data.

use crate::config::{Config, ConfigError, LogFormat};
use tracing_subscriber::EnvFilter;

/// Starts logging as configured. Libraries speak only from warnings on.
///
/// # Errors
/// [`ConfigError`] for a level that is none.
pub fn start(config: &Config) -> Result<(), ConfigError> {
    let level: tracing::Level = config.log.level.parse().map_err(|_| {
        ConfigError::at(
            &config.origin,
            "log.level",
            "write one of: error, warn, info, debug, trace",
        )
    })?;
    let own = ["aterkom", "webhook_receiver", "scheduler", "notifier", "web", "store"];
    let directives: Vec<String> = own.iter().map(|name| format!("{name}={level}")).collect();
    let filter = EnvFilter::new(format!("warn,{}", directives.join(",")));
    let log = tracing_subscriber::fmt()
        // Where the log cannot be written, because the disk is full, the work goes on.
        .log_internal_errors(false)
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A test that starts two in one process keeps the first one's log.
    let _ = match config.log.format {
        LogFormat::Json => log.json().flatten_event(true).try_init(),
        LogFormat::Text => log.try_init(),
    };
    Ok(())
}
