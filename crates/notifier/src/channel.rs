//! Where mails go: an SMTP server, or a folder of `.eml` files.

pub use crate::failure::{Failure, Reason};
use crate::gate::Gate;
use crate::mime::Sender;
use crate::smtp::Server;
pub use crate::smtp::answer::{Answer, Status};
pub use crate::smtp::{Patience, Security, Smtp, TlsError};
use std::path::PathBuf;
use std::sync::Arc;
use uuid::Uuid;

/// So many files are written at once.
const FILES: usize = 16;

/// A way to send mails. Clones share its connections.
#[derive(Debug, Clone)]
pub enum Channel {
    Smtp(Arc<Server>),
    /// One file a mail, named by its id.
    Folder(PathBuf),
}

impl Channel {
    /// A channel to an SMTP server; connects at the first mail.
    ///
    /// # Errors
    /// What is wrong with the settings.
    pub fn smtp(smtp: Smtp) -> Result<Self, TlsError> {
        Ok(Self::Smtp(Arc::new(Server::new(smtp)?)))
    }

    /// Whether the server lets us in; a folder always does.
    ///
    /// # Errors
    /// What the server said.
    pub async fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Smtp(server) => server.check().await,
            Self::Folder(folder) => tokio::fs::create_dir_all(folder)
                .await
                .map_err(|e| Failure::OfServer(e.to_string().into())),
        }
    }

    /// Hands over one mail. Bytes that were taken may be sent again all the same: a "yes" can be lost.
    ///
    /// # Errors
    /// What the server said, or why the file could not be written.
    pub async fn send(
        &self,
        id: Uuid,
        sender: &Sender,
        address: &str,
        mail: &[u8],
    ) -> Result<(), Failure> {
        match self {
            Self::Smtp(server) => server.send(sender.envelope_from.as_ref(), address, mail).await,
            Self::Folder(folder) => {
                write(folder, id, mail).await.map_err(|e| Failure::Transient(e.to_string().into()))
            }
        }
    }

    /// What holds it back; a folder never is.
    pub(crate) fn gate(&self) -> Option<&Gate> {
        match self {
            Self::Smtp(server) => Some(&server.gate),
            Self::Folder(_) => None,
        }
    }

    /// So many mails may be under way at once.
    pub(crate) fn at_once(&self) -> usize {
        match self {
            Self::Smtp(server) => server.connections(),
            Self::Folder(_) => FILES,
        }
    }

    /// There is nothing to send for now: connections are let go.
    pub(crate) async fn rest(&self) {
        match self {
            Self::Smtp(server) => server.rest().await,
            Self::Folder(_) => {}
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
