//! Lines to and from the server. Whatever it sends, no more than one bounded answer is held.

use super::answer::{Answer, Line};
use super::tls::Tls;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::time::timeout;

/// In bytes; RFC 5321 allows 512, and servers say more.
const LONGEST_LINE: u64 = 4_096;
/// Lines of one answer; what the longest EHLO has, many times over.
const MOST_LINES: usize = 128;

/// A connection, protected or not.
pub(crate) type Stream = Box<dyn Duplex>;

pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Sync + Unpin> Duplex for T {}

/// Why nothing came over the wire, or nothing that is SMTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lost {
    /// It did not answer in time.
    Late,
    /// The connection is gone.
    Gone,
    /// What it sends is endless, or no SMTP.
    Nonsense,
    /// It sent something in the clear for us to take as said under TLS.
    Smuggled,
    Tls,
}

/// The two ends of a connection.
pub(crate) struct Wire {
    stream: BufReader<Stream>,
}

impl Wire {
    pub(crate) fn new(stream: Stream) -> Self {
        Self { stream: BufReader::new(stream) }
    }

    /// Says it all; not whether it was heard.
    pub(crate) async fn say(&mut self, bytes: &[u8], patience: Duration) -> Result<(), Lost> {
        let said = async {
            let stream = self.stream.get_mut();
            stream.write_all(bytes).await?;
            stream.flush().await
        };
        match timeout(patience, said).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(Lost::Gone),
            Err(_) => Err(Lost::Late),
        }
    }

    /// One whole answer; `each` sees the text of its lines.
    pub(crate) async fn hear(
        &mut self,
        patience: Duration,
        mut each: impl FnMut(&str),
    ) -> Result<Answer, Lost> {
        let heard = async {
            let mut first: Option<Answer> = None;
            for _ in 0..MOST_LINES {
                let line = self.line().await?;
                let line = String::from_utf8_lossy(&line);
                let line = Line::read(&line).ok_or(Lost::Nonsense)?;
                each(line.text);
                let answer = *first.get_or_insert(line.answer);
                if line.is_last {
                    return Ok(answer);
                }
            }
            Err(Lost::Nonsense)
        };
        // For the whole answer: a server that drips its lines is late all the same.
        timeout(patience, heard).await.unwrap_or(Err(Lost::Late))
    }

    async fn line(&mut self) -> Result<Vec<u8>, Lost> {
        let mut line = Vec::new();
        let read = (&mut self.stream).take(LONGEST_LINE).read_until(b'\n', &mut line).await;
        match read {
            Ok(_) if line.ends_with(b"\n") => Ok(line),
            Ok(_) if line.len() as u64 == LONGEST_LINE => Err(Lost::Nonsense),
            Ok(_) | Err(_) => Err(Lost::Gone),
        }
    }

    /// Goes on under TLS.
    pub(crate) async fn protect(self, tls: &Tls, patience: Duration) -> Result<Self, Lost> {
        // Whoever sits between could let us hear answers that the server never gave.
        if !self.stream.buffer().is_empty() {
            return Err(Lost::Smuggled);
        }
        match timeout(patience, tls.begin(self.stream.into_inner())).await {
            Ok(Ok(stream)) => Ok(Self::new(stream)),
            Ok(Err(_)) => Err(Lost::Tls),
            Err(_) => Err(Lost::Late),
        }
    }

    /// Ends it; whoever is gone already does not mind.
    pub(crate) async fn close(mut self, patience: Duration) {
        let _ = timeout(patience, self.stream.get_mut().shutdown()).await;
    }
}

impl std::fmt::Debug for Wire {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wire(…)")
    }
}

#[cfg(test)]
mod tests;
