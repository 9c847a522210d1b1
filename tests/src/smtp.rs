//! A mail server on this machine that speaks SMTP, keeps what it takes, and fails when it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// The server. It ends with the runtime.
#[derive(Debug, Clone)]
pub struct SmtpServer {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    taken: Vec<Taken>,
    /// Answers to the next mails' RCPT TO, instead of taking them.
    refusals: VecDeque<String>,
    /// Answers to the next mails' content, after all of it was heard.
    late_refusals: VecDeque<String>,
    /// What was heard and then refused.
    refused: Vec<Taken>,
    /// Addresses that are always refused for good.
    unknown: Vec<String>,
}

/// One mail as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Where it asks bounces to be sent.
    pub from: String,
    pub to: String,
    pub bytes: Vec<u8>,
}

impl SmtpServer {
    /// Starts one on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("a listener has an address").port();
        let server = Self { port, state: Arc::default() };
        let state = server.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, state.clone()));
            }
        });
        server
    }

    /// Everything taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.lock().taken.clone()
    }

    /// Refuses the next mail with this answer, such as `451 4.3.0 later`.
    pub fn refuse_next(&self, answer: &str) {
        self.lock().refusals.push_back(answer.to_owned());
    }

    /// Hears the next mail to its end, and then refuses it.
    pub fn refuse_next_at_its_end(&self, answer: &str) {
        self.lock().late_refusals.push_back(answer.to_owned());
    }

    /// Everything that was heard to its end and then refused.
    pub fn refused(&self) -> Vec<Taken> {
        self.lock().refused.clone()
    }

    /// Takes mail to this address again.
    pub fn knows_again(&self, address: &str) {
        self.lock().unknown.retain(|unknown| unknown != address);
    }

    /// Refuses every mail to this address for good.
    pub fn never_knew(&self, address: &str) {
        self.lock().unknown.push(address.to_owned());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) {
    // A client that goes away in the middle is no matter to a server.
    let _ = talk(stream, state).await;
}

async fn talk(stream: TcpStream, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read);
    write.write_all(b"220 test.example ESMTP\r\n").await?;
    let (mut from, mut to) = (String::new(), String::new());
    let address = |line: &str| line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).await? == 0 {
            return Ok(());
        }
        let command = line.trim_end().to_uppercase();
        let answer = if command.starts_with("EHLO") {
            "250-test.example\r\n250 8BITMIME".to_owned()
        } else if command.starts_with("MAIL FROM:") {
            from = address(&line);
            "250 ok".to_owned()
        } else if command.starts_with("RCPT TO:") {
            to = address(&line);
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            if state.unknown.contains(&to) {
                "550 5.1.1 no such user".to_owned()
            } else {
                state.refusals.pop_front().unwrap_or_else(|| "250 ok".to_owned())
            }
        } else if command == "DATA" {
            write.write_all(b"354 go on\r\n").await?;
            let bytes = data(&mut lines).await?;
            let taken = Taken { from: from.clone(), to: to.clone(), bytes };
            let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
            match state.late_refusals.pop_front() {
                Some(answer) => {
                    state.refused.push(taken);
                    answer
                }
                None => {
                    state.taken.push(taken);
                    "250 taken".to_owned()
                }
            }
        } else if command == "QUIT" {
            write.write_all(b"221 bye\r\n").await?;
            return Ok(());
        } else {
            "250 ok".to_owned()
        };
        write.write_all(format!("{answer}\r\n").as_bytes()).await?;
    }
}

/// Until a line with a dot alone; a dot that was doubled at the begin of a line is one.
async fn data(lines: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line).await? == 0 || line == b".\r\n" {
            return Ok(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}
