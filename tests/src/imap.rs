//! A mailbox on this machine that speaks IMAP, and misbehaves when it is told to.

use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};

pub const USERNAME: &str = "aterkom";
pub const PASSWORD: &str = "hemlig \"nyckel\"";

/// The server. It ends with the runtime.
#[derive(Debug, Clone)]
pub struct ImapServer {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    mails: Vec<(Vec<u8>, bool)>,
    fault: Option<Fault>,
    logins: usize,
}

/// How it misbehaves, until it is told to be well again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Greets nobody.
    Silent,
    /// Speaks something else.
    AnotherProtocol,
    /// Lets nobody in.
    RefusesLogin,
    /// Lets nothing be written.
    ReadOnly,
    /// Says that ten gigabytes follow.
    HugeMail,
    /// A line that does not end.
    EndlessLine,
    /// Hangs up amid a mail.
    CutsMail,
    /// Hangs up instead of marking a mail as read.
    CutsMark,
}

impl ImapServer {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("a listener has an address").port();
        let server = Self { port, state: Arc::default() };
        let state = server.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let state = state.clone();
                // A client that goes away in the middle is no matter to a server.
                tokio::spawn(async move { talk(stream, state).await.map_or((), |()| ()) });
            }
        });
        server
    }

    /// The lines of a configuration that reads it every hour.
    pub fn keys(&self) -> String {
        format!(
            "[mail.bounces]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nusername = {USERNAME:?}\npassword = {PASSWORD:?}\nevery_minutes = 60\n",
            self.port
        )
    }

    /// A mail arrives.
    pub fn put(&self, mail: &[u8]) {
        self.lock().mails.push((mail.to_vec(), false));
    }

    /// How many mails nobody has read.
    pub fn unread(&self) -> usize {
        self.lock().mails.iter().filter(|(_, seen)| !seen).count()
    }

    pub fn misbehave(&self, fault: Option<Fault>) {
        self.lock().fault = fault;
    }

    /// How often somebody was let in.
    pub fn logins(&self) -> usize {
        self.lock().logins
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn talk(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    let fault = state.lock().unwrap_or_else(PoisonError::into_inner).fault;
    match fault {
        Some(Fault::Silent) => {
            let mut line = String::new();
            while lines.read_line(&mut line).await? > 0 {}
            return Ok(());
        }
        Some(Fault::AnotherProtocol) => write.write_all(b"220 mail.example ESMTP\r\n").await?,
        Some(_) | None => write.write_all(b"* OK [CAPABILITY IMAP4rev1] ready\r\n").await?,
    }
    let mut line = String::new();
    while lines.read_line(&mut line).await? > 0 {
        let (tag, command) = line.trim_end().split_once(' ').unwrap_or((&*line, ""));
        let said = answer(&state, command, &mut write).await?;
        let Some(said) = said else { return Ok(()) };
        write.write_all(format!("{tag} {said}\r\n").as_bytes()).await?;
        line.clear();
    }
    Ok(())
}

/// Says what is to be said, and gives back how it ends; none: it hangs up.
async fn answer(
    state: &Mutex<State>,
    command: &str,
    write: &mut OwnedWriteHalf,
) -> std::io::Result<Option<&'static str>> {
    let lock = || state.lock().unwrap_or_else(PoisonError::into_inner);
    let fault = lock().fault;
    let number = || {
        let words = command.split(' ').nth(2).and_then(|number| number.parse::<usize>().ok());
        words.expect("a mail is named by its number")
    };
    if command.starts_with("LOGIN ") {
        let right = format!("LOGIN \"{USERNAME}\" \"{}\"", PASSWORD.replace('"', "\\\""));
        if command != right || fault == Some(Fault::RefusesLogin) {
            return Ok(Some("NO [AUTHENTICATIONFAILED] not you"));
        }
        lock().logins += 1;
    } else if command == "SELECT \"INBOX\"" {
        let said =
            if fault == Some(Fault::ReadOnly) { "OK [READ-ONLY]" } else { "OK [READ-WRITE]" };
        return Ok(Some(said));
    } else if command == "UID SEARCH UNSEEN" {
        if fault == Some(Fault::EndlessLine) {
            while write.write_all(&[b'1'; 4096]).await.is_ok() {}
            return Ok(None);
        }
        let unseen: String = {
            let state = lock();
            let unseen = state.mails.iter().enumerate().filter(|(_, (_, seen))| !seen);
            unseen.map(|(i, _)| format!(" {}", i + 1)).collect()
        };
        write.write_all(format!("* SEARCH{unseen}\r\n").as_bytes()).await?;
    } else if command.starts_with("UID FETCH ") {
        let n = number();
        let mail = lock().mails[n - 1].0.clone();
        let length = mail.len();
        if !command.contains("BODY.PEEK[]") {
            let told = format!("* {n} FETCH (UID {n} RFC822.SIZE {length})\r\n");
            write.write_all(told.as_bytes()).await?;
            return Ok(Some("OK fetched"));
        }
        let length = if fault == Some(Fault::HugeMail) { 10_000_000_000 } else { length };
        let told = format!("* {n} FETCH (UID {n} BODY[] {{{length}}}\r\n");
        write.write_all(told.as_bytes()).await?;
        if fault == Some(Fault::CutsMail) {
            write.write_all(&mail[..mail.len() / 2]).await?;
            return Ok(None);
        }
        write.write_all(&mail).await?;
        write.write_all(b")\r\n").await?;
    } else if command.starts_with("UID STORE ") {
        if fault == Some(Fault::CutsMark) {
            return Ok(None);
        }
        assert!(command.ends_with(" +FLAGS.SILENT (\\Seen)"), "{command}");
        lock().mails[number() - 1].1 = true;
    } else if command != "LOGOUT" {
        return Ok(Some("BAD what is that"));
    }
    Ok(Some("OK done"))
}
