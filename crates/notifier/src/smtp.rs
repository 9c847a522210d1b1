//! Speaking SMTP (RFC 5321) to one server: never more than a bounded answer is read, nothing is waited for without end,
//! and nothing that came in the clear is believed after TLS.
//!
//! Our own and not lettre's, which reads a line of any length, asks NOOP before each mail, hangs up whenever a recipient is
//! refused, and keeps what came before TLS.

pub(crate) mod answer;
mod refusal;
mod session;
mod tls;
mod wire;

use crate::address;
use crate::failure::Failure;
use crate::gate::Gate;
use refusal::Step;
use secrecy::SecretString;
use session::Session;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
pub use tls::TlsError;

/// How to reach the SMTP server.
#[derive(Debug, Clone)]
pub struct Smtp {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub login: Option<(String, SecretString)>,
    /// A private authority to trust besides the system's, in PEM.
    pub authority: Option<Vec<u8>>,
    /// So many mails are under way at once.
    pub connections: usize,
    /// So many mails are sent in any minute; zero: as many as there are.
    pub per_minute: u32,
    pub patience: Patience,
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

/// How long a server may take; after that it counts as away.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For one command, and for a connection to come about.
    pub command: Duration,
    /// For saying that it has taken a mail. Long (RFC 5321, 4.5.3.2.6): who gives up early sends twice.
    pub content: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { command: Duration::from_secs(60), content: Duration::from_secs(180) }
    }
}

/// A server, and the connections to it that are open. They stay open while there is something to send.
#[derive(Debug)]
pub struct Server {
    smtp: Smtp,
    tls: Option<tls::Tls>,
    pub(crate) gate: Gate,
    idle: Mutex<Vec<Session>>,
}

/// One mail, as the server is told of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Letter<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) bytes: &'a [u8],
}

impl Server {
    pub(crate) fn new(smtp: Smtp) -> Result<Self, TlsError> {
        let tls = match smtp.security {
            Security::Tls | Security::Starttls => Some(tls::Tls::new(&smtp)?),
            Security::None => None,
        };
        let gate = Gate::new(smtp.per_minute);
        Ok(Self { smtp, tls, gate, idle: Mutex::default() })
    }

    pub(crate) fn connections(&self) -> usize {
        self.smtp.connections.max(1)
    }

    /// Whether the server lets us in.
    pub(crate) async fn check(&self) -> Result<(), Failure> {
        Session::open(&self.smtp, self.tls.as_ref()).await?.quit().await;
        Ok(())
    }

    /// Sends one mail, by a connection that is open already if there is one.
    pub(crate) async fn send(&self, from: &str, to: &str, bytes: &[u8]) -> Result<(), Failure> {
        let to = address::read(to)
            .map_err(|_| Failure::Permanent("this is not a mail address".into()))?;
        let from = address::read(from)
            .map_err(|_| Failure::OfServer("mail.from is not a mail address".into()))?;
        let letter = Letter { from: from.as_ref(), to: to.as_ref(), bytes };
        if let Some(mut session) = self.take() {
            match session.send(letter).await {
                // It was closed, as servers do with those that say nothing for a while: nothing is known of this mail yet.
                Err(at) if at.step == Step::Sender && at.is_over => {}
                sent => return self.end(session, sent),
            }
        }
        let mut session = Session::open(&self.smtp, self.tls.as_ref()).await?;
        let sent = session.send(letter).await;
        self.end(session, sent)
    }

    fn take(&self) -> Option<Session> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    fn end(&self, session: Session, sent: Result<(), session::Ended>) -> Result<(), Failure> {
        if session.can_go_on() {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(session);
        }
        sent.map_err(|ended| ended.failure)
    }

    /// Says goodbye on every connection that is open.
    pub(crate) async fn rest(&self) {
        let idle = std::mem::take(&mut *self.idle.lock().unwrap_or_else(PoisonError::into_inner));
        for session in idle {
            session.quit().await;
        }
    }
}
