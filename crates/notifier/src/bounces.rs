//! Mails that come back: read from the mailbox that they come back to, and noted with the delivery (R28).
//!
//! A report is marked as read only after what it says was written, so it is read at least once; twice changes nothing. Who could
//! write a report by hand would have to know the random part of a Message-ID, and the address that it went to.

mod answer;
mod dsn;
mod imap;
mod tls;

pub use imap::Imap;
pub use tls::{NotPem, Roots};

use crate::Notifier;
use answer::Fetched;
use chrono::{DateTime, TimeDelta, Utc};
use dsn::Returned;
use imap::{LONGEST_MAIL, Session};
use std::sync::Arc;
use std::time::Duration;
use store::StoreError;
use store::bounces::{self, Noted};

/// What a server is given that is well, if busy.
pub const PATIENCE: Duration = Duration::from_secs(120);
/// Longer than any look; after that it is anybody's again.
const LEASE: TimeDelta = TimeDelta::minutes(5);
/// The longest pause that one can configure.
const LONGEST_PAUSE: TimeDelta = TimeDelta::days(1);
/// So many are read at once.
const MOST_MAILS: usize = 500;

/// The mailbox that mails come back to, and how often it is read. Clones share it.
#[derive(Debug, Clone)]
pub struct Mailbox {
    pub imap: Arc<Imap>,
    pub every: TimeDelta,
    /// A server that takes longer for all of it is given up until the next time.
    pub patience: Duration,
}

/// Why the mailbox could not be read. Worded for the administrator; nothing that the server said is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImapError {
    #[error("no connection: check mail.bounces.host and port")]
    NoConnection,
    #[error("no TLS connection: check the certificate, mail.bounces.security and ca_file")]
    NoTls,
    #[error("what answers there is no IMAP server: check mail.bounces.port and security")]
    NotImap,
    #[error("the server refused the login: check mail.bounces.username and password")]
    Login,
    #[error("the folder cannot be opened: check mail.bounces.folder")]
    NoFolder,
    #[error("mails cannot be marked as read there: give the login the right to write")]
    ReadOnly,
    #[error("the server could not say what is new in the folder")]
    Unreadable,
    #[error("the server hung up, or the connection was lost")]
    Lost,
    #[error("the server sent more than there can be to say")]
    TooMuch,
    #[error("the server did not answer in time")]
    TooSlow,
    #[error("more than {MOST_MAILS} mails are unread there; the rest is read next time")]
    More,
}

enum Trouble {
    Mailbox(ImapError),
    Store(StoreError),
}

impl From<ImapError> for Trouble {
    fn from(error: ImapError) -> Self {
        Self::Mailbox(error)
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl Mailbox {
    /// Whether we are let in, and how many mails are unread there.
    ///
    /// # Errors
    /// [`ImapError`].
    pub async fn check(&self) -> Result<usize, ImapError> {
        let look = async {
            let mut session = self.imap.open().await?;
            let unread = session.unseen().await?.len();
            session.close().await;
            Ok(unread)
        };
        tokio::time::timeout(self.patience, look).await.unwrap_or(Err(ImapError::TooSlow))
    }
}

impl Notifier {
    /// Reads the mailbox if that is due; says whether it was.
    ///
    /// # Errors
    /// [`StoreError`]; a mailbox that cannot be read is no error, but noted.
    pub async fn read_bounces(&self) -> Result<bool, StoreError> {
        self.keep_mailbox().await?;
        let Some(mailbox) = &self.bounces else { return Ok(false) };
        let tx = self.store.begin().await?;
        let leased = bounces::lease(&tx, self.clock.now(), (LEASE, LONGEST_PAUSE)).await?;
        tx.commit().await?;
        let Some(leased) = leased else { return Ok(false) };
        let look = tokio::time::timeout(mailbox.patience, self.look(mailbox)).await;
        let outcome = match look {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Trouble::Mailbox(error))) => Err(error),
            Ok(Err(Trouble::Store(error))) => return Err(error),
            Err(_) => Err(ImapError::TooSlow),
        };
        if let Err(error) = &outcome {
            tracing::warn!(%error, "the mailbox that mails come back to could not be read");
        }
        let told = outcome.map_err(|error| error.to_string());
        let now = self.clock.now();
        let tx = self.store.begin().await?;
        let told = match &told {
            Ok(()) => Ok(()),
            Err(error) => Err(error.as_str()),
        };
        if !bounces::settle(&tx, &leased, told, (now, now + mailbox.every)).await? {
            tracing::warn!("reading the mailbox took too long; another process reads it");
        }
        tx.commit().await?;
        Ok(true)
    }

    /// When the mailbox is read next.
    pub(crate) async fn next_bounces_at(
        &self,
        tx: &store::Tx,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        if self.bounces.is_some() { bounces::next_at(tx).await } else { Ok(None) }
    }

    /// A mailbox that was configured is read at once; what one is not read any more says nothing.
    async fn keep_mailbox(&self) -> Result<(), StoreError> {
        let tx = self.store.read().await?;
        let is_kept = bounces::status(&tx).await?.is_some();
        tx.commit().await?;
        if is_kept == self.bounces.is_some() {
            return Ok(());
        }
        let tx = self.store.begin().await?;
        bounces::keep(&tx, self.bounces.is_some(), self.clock.now()).await?;
        tx.commit().await
    }

    async fn look(&self, mailbox: &Mailbox) -> Result<(), Trouble> {
        let mut session = mailbox.imap.open().await?;
        let unseen = session.unseen().await?;
        for number in unseen.iter().take(MOST_MAILS) {
            self.take_one(&mut session, *number).await?;
        }
        session.close().await;
        if unseen.len() > MOST_MAILS { Err(ImapError::More.into()) } else { Ok(()) }
    }

    async fn take_one(&self, session: &mut Session, number: u32) -> Result<(), Trouble> {
        let size = session.size(number).await?;
        let is_done = match size {
            Some(size) if size > LONGEST_MAIL => true,
            Some(_) => match session.fetch(number).await? {
                Some(Fetched { mail: Some(mail), arrived_at, .. }) => {
                    let now = self.clock.now();
                    let at = arrived_at.map_or(now, |at| at.min(now));
                    match dsn::read(&mail) {
                        Some(returned) => self.note_returned(&returned, at).await?,
                        None => true,
                    }
                }
                Some(_) | None => false,
            },
            None => false,
        };
        if is_done {
            session.mark_seen(number).await?;
        }
        Ok(())
    }

    /// Writes what a report says; `false` when it is to be read again.
    async fn note_returned(
        &self,
        returned: &Returned,
        at: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, mut is_done) = (returned.delivery, true);
        let tx = self.store.begin().await?;
        let mut dead = 0;
        for failure in &returned.failures {
            let error = match &failure.status {
                Some(status) => format!("bounced ({status})"),
                None => "bounced".to_owned(),
            };
            match bounces::note(&tx, id, &failure.addresses, &error, at).await? {
                Noted::Dead => {
                    tracing::error!(delivery = %id, error, "this mail came back: it stands on the manager list");
                    dead += 1;
                }
                Noted::TooEarly => is_done = false,
                Noted::Before => {}
                Noted::Foreign => {
                    tracing::info!(delivery = %id, "a report names a mail or a recipient that is not known here")
                }
            }
        }
        tx.commit().await?;
        self.metrics.count_returned(dead);
        Ok(is_done)
    }
}
