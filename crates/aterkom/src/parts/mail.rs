//! Mail: who it is from, and where it goes.

use super::secret;
use crate::config::{Config, ConfigError, MailDetail, Security, Transport};
use notifier::channel::{Channel, Patience, Smtp, TlsError};
use notifier::mime::Sender;
use notifier::texts::Texts;
use std::path::{Path, PathBuf};

/// More than any server takes from one of its senders.
const MOST_CONNECTIONS: usize = 64;

/// Who the mails are from.
///
/// # Errors
/// [`ConfigError`] for an address that is none.
pub fn sender(config: &Config) -> Result<Sender, ConfigError> {
    let mailbox = |text: &str, path: &str| {
        let wrong = |_| {
            ConfigError::at(
                &config.origin,
                path,
                "this is not a mail address; write for example \"Återkom <aterkom@kommun.example>\"",
            )
        };
        notifier::mime::mailbox(text).map_err(wrong)
    };
    let reply_to = &config.mail.reply_to;
    let reply_to =
        if reply_to.is_empty() { None } else { Some(mailbox(reply_to, "mail.reply_to")?) };
    let from: notifier::mime::Mailbox = mailbox(&config.mail.from, "mail.from")?;
    let envelope_from = match config.mail.envelope_from.trim() {
        "" => from.email.clone(),
        address => address.parse().map_err(|_| {
            let message = "this is not a mail address; write for example \"studs@kommun.example\"";
            ConfigError::at(&config.origin, "mail.envelope_from", message)
        })?,
    };
    Ok(Sender { from, reply_to, envelope_from })
}

/// Whether this is the bare address of somebody.
///
/// # Errors
/// [`ConfigError`] when it is not.
pub(super) fn check_address(config: &Config, text: &str, path: &str) -> Result<(), ConfigError> {
    if is_address(text) {
        return Ok(());
    }
    let message = "this is not a mail address; write for example \"kommundirektor@kommun.example\"";
    Err(ConfigError::at(&config.origin, path, message))
}

/// Whether a mail can be sent there.
pub fn is_address(text: &str) -> bool {
    notifier::mime::is_address(text)
}

/// The folder of the organisation's own texts.
///
/// # Errors
/// [`ConfigError`] when there is no such folder.
pub fn templates(config: &Config) -> Result<Option<&Path>, ConfigError> {
    let folder = Path::new(&config.mail.templates);
    match config.mail.templates.as_str() {
        "" => Ok(None),
        _ if folder.is_dir() => Ok(Some(folder)),
        name => {
            let message =
                format!("there is no folder \"{name}\"; write the path of one, or nothing");
            Err(ConfigError::at(&config.origin, "mail.templates", message))
        }
    }
}

/// The words of the mails, tried out.
///
/// # Errors
/// [`ConfigError`] when there is no such folder, [`notifier::texts::TextError`] for a text that is wrong.
pub fn texts(config: &Config) -> anyhow::Result<Texts> {
    let detail = match config.mail.mail_detail {
        MailDetail::None => notifier::callers::MailDetail::None,
        MailDetail::Number => notifier::callers::MailDetail::Number,
        MailDetail::Full => notifier::callers::MailDetail::Full,
    };
    Ok(Texts::load(templates(config)?, detail)?)
}

/// Where the mails go.
///
/// # Errors
/// [`ConfigError`] for a server without a name, or a file that cannot be read.
pub fn channel(config: &Config) -> Result<Channel, ConfigError> {
    let keys = &config.mail;
    let wrong = |key: &str, message: String| {
        ConfigError::at(&config.origin, &format!("mail.{key}"), message)
    };
    match keys.transport {
        Transport::Folder => Ok(Channel::Folder(PathBuf::from(&keys.folder))),
        Transport::Smtp if keys.host.is_empty() => Err(wrong(
            "host",
            "write the name of the mail server, for example \"smtp.kommun.example\"".to_owned(),
        )),
        Transport::Smtp => {
            let password =
                secret(config, &keys.password, "mail.password_file", &keys.password_file)?;
            let login = (!keys.username.is_empty()).then(|| (keys.username.clone(), password));
            let authority = match keys.ca_file.as_str() {
                "" => None,
                file => Some(
                    std::fs::read(file)
                        .map_err(|e| wrong("ca_file", format!("\"{file}\" cannot be read: {e}")))?,
                ),
            };
            let connections = usize::try_from(keys.connections).unwrap_or(usize::MAX);
            if !(1..=MOST_CONNECTIONS).contains(&connections) {
                let message = format!("write a number from 1 to {MOST_CONNECTIONS}");
                return Err(wrong("connections", message));
            }
            let smtp = Smtp {
                host: keys.host.clone(),
                port: keys.port,
                security: security(keys.security),
                login,
                authority,
                connections,
                per_minute: keys.per_minute,
                patience: Patience::default(),
            };
            Channel::smtp(smtp).map_err(|error| match error {
                TlsError::Host(_) => wrong("host", error.to_string()),
                TlsError::NoCertificate => {
                    wrong("ca_file", format!("\"{}\": {error}", keys.ca_file))
                }
                TlsError::Certificate(e) | TlsError::Setup(e) => {
                    wrong("ca_file", format!("TLS cannot be set up: {e}"))
                }
            })
        }
    }
}

pub(super) fn security(security: Security) -> notifier::channel::Security {
    match security {
        Security::Starttls => notifier::channel::Security::Starttls,
        Security::Tls => notifier::channel::Security::Tls,
        Security::None => notifier::channel::Security::None,
    }
}
