//! Where mails go: an SMTP server, or a folder of `.eml` files.

use crate::mime::Sender;
use lettre::address::Envelope;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use std::path::PathBuf;
use std::time::Duration;
use uuid::Uuid;

/// No server takes longer to answer one command and is well.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A way to send mails. Clones share its connections.
#[derive(Clone)]
pub enum Channel {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// One file a mail, named by its id.
    Folder(PathBuf),
}

/// How to reach the SMTP server.
#[derive(Debug, Clone)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Option<(String, SecretString)>,
    /// A private authority to trust besides the system's, in PEM.
    pub authority: Option<Vec<u8>>,
}

/// How the connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte; port 465.
    Tls,
    /// Begins in the clear, and goes no further without TLS; port 587.
    Starttls,
    /// Not at all: only for a server on the same machine.
    None,
}

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Worth trying again: the server is away, busy, or does not let us in.
    Transient(String),
    /// The server said that this mail will never be taken.
    Permanent(String),
}

impl Channel {
    /// A channel to an SMTP server; connects at the first mail.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn smtp(smtp: Smtp) -> Result<Self, lettre::transport::smtp::Error> {
        let mut tls = TlsParameters::builder(smtp.host.clone());
        if let Some(pem) = &smtp.authority {
            tls = tls.add_root_certificate(Certificate::from_pem(pem)?);
        }
        let tls = match smtp.security {
            Security::Tls => Tls::Wrapper(tls.build()?),
            Security::Starttls => Tls::Required(tls.build()?),
            Security::None => Tls::None,
        };
        let mut transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(smtp.host)
            .port(smtp.port)
            .tls(tls)
            .timeout(Some(TIMEOUT));
        if let Some((user, password)) = smtp.login {
            transport =
                transport.credentials(Credentials::new(user, password.expose_secret().to_owned()));
        }
        Ok(Self::Smtp(transport.build()))
    }

    /// Whether the server lets us in; a folder always does.
    ///
    /// # Errors
    /// What the server said.
    pub async fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Smtp(smtp) => match smtp.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(Failure::Transient("the server hung up".to_owned())),
                Err(error) => Err(failure(&error)),
            },
            Self::Folder(folder) => tokio::fs::create_dir_all(folder)
                .await
                .map_err(|e| Failure::Transient(e.to_string())),
        }
    }

    pub(crate) async fn send(
        &self,
        id: Uuid,
        sender: &Sender,
        address: &str,
        mail: &[u8],
    ) -> Result<(), Failure> {
        match self {
            Self::Smtp(smtp) => {
                let to = address
                    .parse()
                    .map_err(|_| Failure::Permanent("this is not a mail address".to_owned()))?;
                let envelope = Envelope::new(Some(sender.envelope_from.clone()), Vec::from([to]));
                let envelope = envelope.map_err(|e| Failure::Permanent(e.to_string()))?;
                smtp.send_raw(&envelope, mail).await.map(drop).map_err(|e| failure(&e))
            }
            Self::Folder(folder) => {
                write(folder, id, mail).await.map_err(|e| Failure::Transient(e.to_string()))
            }
        }
    }
}

/// Whole or not at all, and twice is once.
async fn write(folder: &std::path::Path, id: Uuid, mail: &[u8]) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let part = folder.join(format!("{id}.part"));
    tokio::fs::write(&part, mail).await?;
    tokio::fs::rename(part, folder.join(format!("{id}.eml"))).await
}

/// A server that refuses our login refuses us, not this mail: that is mended in the configuration, and tried again.
/// What a server says may name the recipient, so only its code is kept.
fn failure(error: &lettre::transport::smtp::Error) -> Failure {
    let code = error.status().map(u16::from);
    match code {
        Some(code @ (530 | 534 | 535 | 538)) => {
            Failure::Transient(format!("the server refused the login ({code})"))
        }
        Some(code) if error.is_permanent() => {
            Failure::Permanent(format!("the server refused the mail ({code})"))
        }
        Some(code) => Failure::Transient(format!("the server asked to try again ({code})")),
        None if error.is_timeout() => {
            Failure::Transient("the server did not answer in time".to_owned())
        }
        None if error.is_tls() => Failure::Transient(
            "no TLS connection: check the certificate and mail.security".to_owned(),
        ),
        None => Failure::Transient("no connection to the server, or it was lost".to_owned()),
    }
}

impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp(_) => f.write_str("Smtp(…)"),
            Self::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
        }
    }
}
