//! A mail server on this machine that speaks SMTP, keeps what it takes, and fails when it is told to.

mod mode;
mod talk;
pub mod tls;

pub use mode::Mode;
pub use tls::AUTHORITY;

use clock::Clock;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpListener;

/// What the server's login is.
pub const LOGIN: (&str, &str) = ("aterkom", "hemlig");

/// The server. It ends with the runtime.
#[derive(Debug, Clone)]
pub struct SmtpServer {
    pub port: u16,
    state: Arc<Mutex<State>>,
}

/// How its connections are protected; where they are, it wants [`LOGIN`] before a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    None,
    Starttls,
    /// From the first byte.
    Tls,
}

#[derive(Debug, Default)]
struct State {
    mode: Mode,
    taken: Vec<Taken>,
    /// Answers to the next mails' RCPT TO, instead of taking them.
    refusals: VecDeque<String>,
    /// Answers to the next mails' content, after all of it was heard.
    late_refusals: VecDeque<String>,
    /// What was heard and then refused.
    refused: Vec<Taken>,
    /// Addresses that are always refused for good.
    unknown: Vec<String>,
    /// What is always answered to these addresses.
    always: BTreeMap<String, String>,
    /// Addresses that came before, for [`Mode::Greylist`].
    seen: BTreeSet<String>,
    /// How many connections there were.
    connections: usize,
    /// What was said in the clear, command by command.
    in_clear: Vec<String>,
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
        Self::protected(Protection::None).await
    }

    /// Starts one that is protected with [`AUTHORITY`]'s certificate for `localhost`.
    pub async fn protected(protection: Protection) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("a listener has an address").port();
        let server = Self { port, state: Arc::default() };
        let state = server.state.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk::serve(stream, protection, state.clone()));
            }
        });
        server
    }

    /// Fails in this way from now on.
    pub fn turn(&self, mode: Mode) {
        self.lock().mode = mode;
    }

    /// Everything taken so far.
    pub fn taken(&self) -> Vec<Taken> {
        self.lock().taken.clone()
    }

    /// Waits until it took so many.
    pub async fn has_taken(&self, mails: usize) {
        while self.taken().len() < mails {
            Clock::system().pause(Duration::from_millis(5)).await;
        }
    }

    /// Refuses the next mail with this answer, such as `451 4.3.0 later`.
    pub fn refuse_next(&self, answer: &str) {
        self.lock().refusals.push_back(answer.to_owned());
    }

    /// Answers so to every mail for this address.
    pub fn always(&self, address: &str, answer: &str) {
        self.lock().always.insert(address.to_owned(), answer.to_owned());
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

    /// How many connections there were.
    pub fn connections(&self) -> usize {
        self.lock().connections
    }

    /// Every command that was said without TLS.
    pub fn heard_in_clear(&self) -> Vec<String> {
        self.lock().in_clear.clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
