//! What may be asked of other servers, and which.

use crate::config::{Config, ConfigError};
use ipnet::IpNet;
use outbound::Outbound;

/// Makes requests to where they may go.
///
/// # Errors
/// [`ConfigError`] for a network that is none.
pub fn outbound(config: &Config) -> Result<Outbound, ConfigError> {
    let wrong = |path: &str, message: String| {
        ConfigError::at(&config.origin, &format!("outgoing.{path}"), message)
    };
    let network = |(i, text): (usize, &String)| {
        let message = || format!("\"{text}\" is not a network; write for example \"10.20.0.0/16\"");
        text.parse::<IpNet>().map_err(|_| wrong(&format!("private_networks[{i}]"), message()))
    };
    let networks = config.outgoing.private_networks.iter().enumerate().map(network);
    Outbound::new(&networks.collect::<Result<Vec<_>, _>>()?)
        .map_err(|e| wrong("private_networks", format!("no HTTP client can be made ({e})")))
}
