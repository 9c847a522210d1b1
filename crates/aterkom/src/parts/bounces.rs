//! The mailbox that mails come back to.

use super::{mail, secret};
use crate::config::{Config, ConfigError};
use chrono::TimeDelta;
use notifier::bounces::{Imap, Mailbox, PATIENCE, Roots};
use std::sync::Arc;

/// The mailbox that mails come back to; none where none is named.
///
/// # Errors
/// [`ConfigError`] for the first key that is wrong, or a file that cannot be read.
pub fn bounces(config: &Config) -> Result<Option<Mailbox>, ConfigError> {
    let keys = &config.mail.bounces;
    let wrong = |key: &str, message: String| {
        ConfigError::at(&config.origin, &format!("mail.bounces.{key}"), message)
    };
    if keys.host.trim().is_empty() {
        return Ok(None);
    }
    if !(1..=1_440).contains(&keys.every_minutes) {
        return Err(wrong("every_minutes", "write minutes from 1 to 1440".to_owned()));
    }
    if keys.username.is_empty() {
        return Err(wrong("username", "write the name that the mailbox is opened with".to_owned()));
    }
    let is_plain = |c: char| c.is_ascii() && !c.is_ascii_control();
    if keys.folder.is_empty() || !keys.folder.chars().all(is_plain) {
        let message =
            "write the name of the folder as the server has it, in ASCII, for example \"INBOX\"";
        return Err(wrong("folder", message.to_owned()));
    }
    let password =
        secret(config, &keys.password, "mail.bounces.password_file", &keys.password_file)?;
    let own = match keys.ca_file.as_str() {
        "" => None,
        file => Some(
            std::fs::read(file)
                .map_err(|e| wrong("ca_file", format!("\"{file}\" cannot be read: {e}")))?,
        ),
    };
    let roots = Roots::new(own.as_deref())
        .map_err(|e| wrong("ca_file", format!("\"{}\": {e}", keys.ca_file)))?;
    let imap = Imap {
        host: keys.host.trim().to_owned(),
        port: keys.port,
        security: mail::security(keys.security),
        username: keys.username.clone(),
        password,
        folder: keys.folder.clone(),
        roots,
    };
    let every = TimeDelta::minutes(i64::from(keys.every_minutes));
    Ok(Some(Mailbox { imap: Arc::new(imap), every, patience: PATIENCE }))
}
