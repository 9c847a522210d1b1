//! One conversation with a client.

use super::{LOGIN, Mode, Protection, State, Taken, tls};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clock::Clock;
use std::io::{Error, Result};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

/// How often it is looked whether the server is turned.
const LOOK: Duration = Duration::from_millis(10);

trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Duplex for T {}

pub(super) async fn serve(stream: TcpStream, protection: Protection, state: Arc<Mutex<State>>) {
    // A client that goes away in the middle is no matter to a server.
    let _ = begin(stream, protection, state).await;
}

async fn begin(stream: TcpStream, protection: Protection, state: Arc<Mutex<State>>) -> Result<()> {
    // Answers are short, and waited for.
    stream.set_nodelay(true)?;
    let stream: Box<dyn Duplex> = match protection {
        Protection::Tls => Box::new(tls::acceptor().accept(stream).await?),
        Protection::None | Protection::Starttls => Box::new(stream),
    };
    let mode = {
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        state.connections += 1;
        state.mode
    };
    let is_protected = protection == Protection::Tls;
    let stream = BufReader::new(stream);
    let mut talk = Talk {
        stream,
        state,
        protection,
        is_protected,
        logged_in: false,
        from: String::new(),
        to: None,
    };
    match mode {
        Mode::Gone => Ok(()),
        // Until the client hangs up.
        Mode::Hang => talk.line().await.map(drop),
        Mode::Banner => talk.endlessly("220-", b"a banner that does not come to an end ").await,
        mode => {
            talk.say(mode.greeting()).await?;
            while talk.next().await? {}
            Ok(())
        }
    }
}

struct Talk {
    stream: BufReader<Box<dyn Duplex>>,
    state: Arc<Mutex<State>>,
    protection: Protection,
    is_protected: bool,
    logged_in: bool,
    from: String,
    to: Option<String>,
}

impl Talk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One command; `false` when the conversation is over.
    async fn next(&mut self) -> Result<bool> {
        let line = self.line().await?;
        if line.is_empty() {
            return Ok(false);
        }
        let mode = self.state().mode;
        let command = line.trim_end().to_uppercase();
        if !self.is_protected {
            self.state().in_clear.push(command.clone());
        }
        if command.starts_with("EHLO") {
            self.hello(mode).await?;
        } else if command == "STARTTLS" {
            self.protect(mode).await?;
        } else if command.starts_with("AUTH ") {
            self.log_in(line.trim_end(), mode).await?;
        } else if command == "QUIT" {
            self.say("221 bye").await?;
            return Ok(false);
        } else if self.protection != Protection::None
            && !self.logged_in
            && command.starts_with("MAIL")
        {
            self.say("530 5.7.0 authentication required").await?;
        } else if command.starts_with("MAIL FROM:") {
            self.from = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            self.say(mode.sender()).await?;
            return Ok(!mode.sender().starts_with("421"));
        } else if command.starts_with("RCPT TO:") {
            let answer = self.recipient(&line, mode);
            self.say(&answer).await?;
        } else if command == "DATA" {
            return self.content(mode).await;
        } else {
            self.to = None;
            self.say("250 ok").await?;
        }
        Ok(true)
    }

    async fn hello(&mut self, mode: Mode) -> Result<()> {
        if mode == Mode::EndlessHello {
            return self.endlessly("", b"250-SIZE 1000000\r\n").await;
        }
        let mut lines = vec!["250-test.example", "250-PIPELINING"];
        if self.protection == Protection::Starttls && !self.is_protected && mode != Mode::NoTls {
            lines.push("250-STARTTLS");
        }
        if self.protection != Protection::None && self.is_protected && mode != Mode::AuthNotOffered
        {
            lines.push("250-AUTH LOGIN PLAIN");
        }
        lines.push("250 8BITMIME");
        self.say(&lines.join("\r\n")).await
    }

    async fn protect(&mut self, mode: Mode) -> Result<()> {
        let smuggled = if mode == Mode::Smuggle { "\r\n250 8BITMIME" } else { "" };
        self.say(&format!("220 go on{smuggled}")).await?;
        let nothing: Box<dyn Duplex> = Box::new(tokio::io::empty());
        let clear = std::mem::replace(&mut self.stream, BufReader::new(nothing)).into_inner();
        let stream = tls::acceptor().accept(clear).await?;
        self.stream = BufReader::new(Box::new(stream));
        self.is_protected = true;
        Ok(())
    }

    /// `AUTH PLAIN`, in one line.
    async fn log_in(&mut self, line: &str, mode: Mode) -> Result<()> {
        let (user, password) = LOGIN;
        let expected = STANDARD.encode(format!("\0{user}\0{password}"));
        let is_right = line.strip_prefix("AUTH PLAIN ") == Some(expected.as_str());
        self.logged_in = is_right && mode != Mode::NoAuth;
        let answer = if self.logged_in { "235 2.7.0 welcome" } else { "535 5.7.8 wrong" };
        self.say(answer).await
    }

    fn recipient(&mut self, line: &str, mode: Mode) -> String {
        let to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
        let refusal = {
            let mut state = self.state();
            let is_first_time = state.seen.insert(to.clone());
            if state.unknown.contains(&to) {
                Some("550 5.1.1 no such user".to_owned())
            } else {
                let always = state.always.get(&to).cloned();
                let by_mode = mode.recipient(is_first_time).map(str::to_owned);
                always.or(by_mode).or_else(|| state.refusals.pop_front())
            }
        };
        self.to = Some(to).filter(|_| refusal.is_none());
        refusal.unwrap_or_else(|| "250 ok".to_owned())
    }

    async fn content(&mut self, mode: Mode) -> Result<bool> {
        let Some(to) = self.to.take() else {
            self.say("554 5.5.1 no valid recipients").await?;
            return Ok(true);
        };
        self.say("354 go on").await?;
        if mode == Mode::Drop {
            self.line().await?;
            return Ok(false);
        }
        let taken = Taken { from: self.from.clone(), to, bytes: self.data().await? };
        let late = self.state().late_refusals.pop_front();
        let late = late.or((mode == Mode::DataReject).then(|| "554 5.6.0 refused".to_owned()));
        if let Some(answer) = late {
            self.state().refused.push(taken);
            self.say(&answer).await?;
            return Ok(true);
        }
        self.state().taken.push(taken);
        match mode {
            Mode::Lost => return Ok(false),
            Mode::Slow => return self.taken_late().await,
            _ => self.say("250 taken").await?,
        }
        Ok(true)
    }

    /// Says so when the server is turned to another mode, if the client is still there.
    async fn taken_late(&mut self) -> Result<bool> {
        let clock = Clock::system();
        while self.state().mode == Mode::Slow {
            tokio::select! {
                // It said something, or hung up: either way it did not wait.
                line = self.line() => return line.map(|_| false),
                () = clock.pause(LOOK) => {}
            }
        }
        self.say("250 taken").await?;
        Ok(true)
    }

    /// Until a line with a dot alone; a dot that was doubled at the begin of a line is one.
    async fn data(&mut self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        loop {
            let mut line = Vec::new();
            if self.stream.read_until(b'\n', &mut line).await? == 0 {
                // Half a mail is none.
                return Err(Error::other("the client hung up"));
            }
            if line == b".\r\n" {
                return Ok(bytes);
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
        }
    }

    /// Until the client hangs up.
    async fn endlessly(&mut self, first: &str, again: &[u8]) -> Result<()> {
        let many = again.repeat(1_000);
        self.stream.get_mut().write_all(first.as_bytes()).await?;
        loop {
            self.stream.get_mut().write_all(&many).await?;
        }
    }

    async fn say(&mut self, answer: &str) -> Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
        stream.flush().await
    }

    /// Empty when the client hung up.
    async fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line).await?;
        Ok(line)
    }
}
