//! As much of IMAP (RFC 3501, with RFC 2595's STARTTLS) as it takes to read what is new in one folder.
//!
//! Whatever the other side says, a session ends and holds little: lines, mails and all of it together are bounded. What a server
//! says may name people, so none of it is in an error.

use super::answer::{Answer, Fetched, Kind};
use super::{ImapError, tls};
use crate::channel::Security;
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// A report that is longer has a mail of somebody else's in it.
pub(super) const LONGEST_MAIL: u64 = 1 << 20;
/// The numbers of a hundred thousand mails.
const LONGEST_LINE: u64 = 1 << 20;
/// All that a server may say in one session.
const MOST_BYTES: u64 = 128 << 20;

/// How to reach the mailbox.
pub struct Imap {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub username: String,
    pub password: SecretString,
    pub folder: String,
    /// Whom to trust with TLS.
    pub roots: tls::Roots,
}

impl fmt::Debug for Imap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Imap({}:{})", self.host, self.port)
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// One connection, signed in, with the folder open.
pub(super) struct Session {
    stream: BufReader<Box<dyn Stream>>,
    tag: u32,
    left: u64,
}

impl Imap {
    /// Signs in and opens the folder.
    pub(super) async fn open(&self) -> Result<Session, ImapError> {
        let address = (self.host.as_str(), self.port);
        let tcp = TcpStream::connect(address).await.map_err(|_| ImapError::NoConnection)?;
        let mut session = match self.security {
            Security::Tls => Session::new(tls::connect(&self.roots, &self.host, tcp).await?),
            Security::None | Security::Starttls => Session::new(tcp),
        };
        session.greeted().await?;
        if self.security == Security::Starttls {
            session = session.with_tls(&self.roots, &self.host).await?;
        }
        session.sign_in(&self.username, self.password.expose_secret()).await?;
        let folder = quoted(&self.folder).ok_or(ImapError::NoFolder)?;
        let opened = session.run(&format!("SELECT {folder}")).await?;
        if opened.kind != Kind::Ok {
            return Err(ImapError::NoFolder);
        }
        if opened.text.to_ascii_uppercase().contains("[READ-ONLY]") {
            return Err(ImapError::ReadOnly);
        }
        Ok(session)
    }
}

impl Session {
    fn new(stream: impl Stream + 'static) -> Self {
        Self { stream: BufReader::new(Box::new(stream)), tag: 0, left: MOST_BYTES }
    }

    /// The numbers of the mails that nobody has read.
    pub(super) async fn unseen(&mut self) -> Result<Vec<u32>, ImapError> {
        let done = self.run("UID SEARCH UNSEEN").await?;
        if done.kind != Kind::Ok {
            return Err(ImapError::Unreadable);
        }
        let mut numbers: Vec<u32> = done.untagged.iter().flat_map(Answer::found).collect();
        numbers.sort_unstable();
        numbers.dedup();
        Ok(numbers)
    }

    /// How long it is; none when it cannot be had.
    pub(super) async fn size(&mut self, number: u32) -> Result<Option<u64>, ImapError> {
        let done = self.run(&format!("UID FETCH {number} (UID RFC822.SIZE)")).await?;
        Ok(done.fetched(number).and_then(|fetched| fetched.size))
    }

    /// The mail, and when it came; none when it cannot be had. It stays unread.
    pub(super) async fn fetch(&mut self, number: u32) -> Result<Option<Fetched>, ImapError> {
        let done = self.run(&format!("UID FETCH {number} (UID INTERNALDATE BODY.PEEK[])")).await?;
        Ok(done.fetched(number))
    }

    /// From now on it is read.
    pub(super) async fn mark_seen(&mut self, number: u32) -> Result<(), ImapError> {
        let done = self.run(&format!("UID STORE {number} +FLAGS.SILENT (\\Seen)")).await?;
        if done.kind == Kind::Ok { Ok(()) } else { Err(ImapError::ReadOnly) }
    }

    /// Says good-bye; whoever does not answer is left.
    pub(super) async fn close(mut self) {
        let _ = self.run("LOGOUT").await;
    }

    async fn greeted(&mut self) -> Result<(), ImapError> {
        let greeting = self.answer().await?;
        if greeting.line.to_ascii_uppercase().starts_with("* OK") {
            return Ok(());
        }
        Err(ImapError::NotImap)
    }

    /// What was said before TLS, and not read yet, is thrown away: anybody could have said it.
    async fn with_tls(mut self, roots: &tls::Roots, host: &str) -> Result<Self, ImapError> {
        if self.run("STARTTLS").await?.kind != Kind::Ok {
            return Err(ImapError::NoTls);
        }
        Ok(Self::new(tls::connect(roots, host, self.stream.into_inner()).await?))
    }

    async fn sign_in(&mut self, username: &str, password: &str) -> Result<(), ImapError> {
        let done = match (quoted(username), quoted(password)) {
            (Some(username), Some(password)) => {
                self.run(&format!("LOGIN {username} {password}")).await?
            }
            // What cannot be quoted goes as literals, each after the server has asked for it.
            _ => {
                let tag = self.begin(&format!("LOGIN {{{}}}", username.len())).await?;
                for (text, then) in
                    [(username, format!(" {{{}}}\r\n", password.len())), (password, "\r\n".into())]
                {
                    if !self.answer().await?.line.starts_with('+') {
                        return Err(ImapError::Login);
                    }
                    self.write(&format!("{text}{then}")).await?;
                }
                self.end(&tag).await?
            }
        };
        if done.kind == Kind::Ok { Ok(()) } else { Err(ImapError::Login) }
    }

    async fn run(&mut self, command: &str) -> Result<Done, ImapError> {
        let tag = self.begin(command).await?;
        self.end(&tag).await
    }

    async fn begin(&mut self, command: &str) -> Result<String, ImapError> {
        self.tag += 1;
        let tag = format!("a{}", self.tag);
        self.write(&format!("{tag} {command}\r\n")).await?;
        Ok(tag)
    }

    async fn write(&mut self, text: &str) -> Result<(), ImapError> {
        self.stream.write_all(text.as_bytes()).await.map_err(|_| ImapError::Lost)?;
        self.stream.flush().await.map_err(|_| ImapError::Lost)
    }

    async fn end(&mut self, tag: &str) -> Result<Done, ImapError> {
        let mut untagged = Vec::new();
        loop {
            let answer = self.answer().await?;
            if let Some((kind, text)) = answer.ends(tag) {
                return Ok(Done { kind, text, untagged });
            }
            untagged.push(answer);
        }
    }

    async fn answer(&mut self) -> Result<Answer, ImapError> {
        let mut answer = Answer::default();
        loop {
            answer.line.push_str(&self.line().await?);
            let Some(length) = answer.announced() else { return Ok(answer) };
            // It tells beforehand how much comes: as much as that is made room for only where it is wanted.
            if length > LONGEST_MAIL || answer.literal.is_some() {
                return Err(ImapError::TooMuch);
            }
            self.spend(length)?;
            let mut literal = Vec::new();
            let read = (&mut self.stream).take(length).read_to_end(&mut literal).await;
            if read.map_err(|_| ImapError::Lost)? as u64 != length {
                return Err(ImapError::Lost);
            }
            answer.literal = Some(literal);
        }
    }

    async fn line(&mut self) -> Result<String, ImapError> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(LONGEST_LINE);
        limited.read_until(b'\n', &mut line).await.map_err(|_| ImapError::Lost)?;
        self.spend(line.len() as u64)?;
        match line.last() {
            Some(b'\n') => {}
            _ if line.len() as u64 == LONGEST_LINE => return Err(ImapError::TooMuch),
            _ => return Err(ImapError::Lost),
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    fn spend(&mut self, bytes: u64) -> Result<(), ImapError> {
        self.left = self.left.checked_sub(bytes).ok_or(ImapError::TooMuch)?;
        Ok(())
    }
}

/// What came of a command.
struct Done {
    kind: Kind,
    text: String,
    untagged: Vec<Answer>,
}

impl Done {
    fn fetched(self, number: u32) -> Option<Fetched> {
        self.untagged.into_iter().filter_map(Answer::fetched).find(|f| f.number == number)
    }
}

/// As a quoted string; not everything can be one.
fn quoted(text: &str) -> Option<String> {
    let fits = text.chars().all(|c| c.is_ascii() && !c.is_ascii_control());
    fits.then(|| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
}
