//! One conversation with the server, from its greeting to QUIT; many mails, one after the other.

use super::refusal::{Step, meaning};
use super::tls::Tls;
use super::wire::{Lost, Wire};
use super::{Letter, Patience, Security, Smtp};
use crate::failure::{Failure, Reason};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::{ExposeSecret, SecretString};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// Goodbye is not worth waiting for.
const GOODBYE: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(crate) struct Session {
    wire: Wire,
    offers: Offers,
    patience: Patience,
    /// Nothing more can be said on it.
    is_over: bool,
}

/// What the server said that it can do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Offers {
    starttls: bool,
    eight_bit: bool,
    utf8: bool,
    pipelining: bool,
    plain: bool,
    login: bool,
    /// The largest mail, in bytes.
    size: Option<usize>,
}

/// How a try ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) step: Step,
    /// The connection is gone, or is going.
    pub(crate) is_over: bool,
    pub(crate) failure: Failure,
}

impl Session {
    /// Connects, begins TLS where it is to be, and logs in.
    pub(crate) async fn open(smtp: &Smtp, tls: Option<&Tls>) -> Result<Self, Failure> {
        let patience = smtp.patience;
        let stream = TcpStream::connect((smtp.host.as_str(), smtp.port));
        let stream = match timeout(patience.command, stream).await {
            Ok(Ok(stream)) => stream,
            Ok(Err(error)) => return Err(Failure::OfServer(unreached(&error))),
            Err(_) => return Err(Failure::OfServer(lost(Lost::Late))),
        };
        // Commands are short and wait for their answers.
        let _ = stream.set_nodelay(true);
        let name = stream.local_addr().map_or_else(|_| "localhost".to_owned(), literal);
        let wire = Wire::new(Box::new(stream));
        let mut session = Self { wire, offers: Offers::default(), patience, is_over: false };
        if let (Security::Tls, Some(tls)) = (smtp.security, tls) {
            session = session.protect(tls).await?;
        }
        session.answer(Step::Greeting).await?;
        session.hello(&name).await?;
        if let (Security::Starttls, Some(tls)) = (smtp.security, tls) {
            if !session.offers.starttls {
                let what = "the server offers no STARTTLS, and nothing is sent without; check mail.port and mail.security";
                return Err(Failure::OfServer(what.into()));
            }
            session.ask(Step::StartTls, b"STARTTLS\r\n").await?;
            session = session.protect(tls).await?;
            // What was offered in the clear is forgotten.
            session.hello(&name).await?;
        }
        if let Some((user, password)) = &smtp.login {
            session.log_in(user, password).await?;
        }
        Ok(session)
    }

    async fn protect(self, tls: &Tls) -> Result<Self, Failure> {
        let wire = self.wire.protect(tls, self.patience.command).await;
        Ok(Self { wire: wire.map_err(|l| Failure::OfServer(lost(l)))?, ..self })
    }

    async fn hello(&mut self, name: &str) -> Result<(), Failure> {
        self.say(format!("EHLO {name}\r\n").as_bytes()).await?;
        let mut offers = Offers::default();
        let heard = self.wire.hear(self.patience.command, |line| offers.hear(line)).await;
        let answer = heard.map_err(|l| Failure::OfServer(lost(l)))?;
        self.offers = offers;
        if answer.is_good() { Ok(()) } else { Err(meaning(Step::Hello, answer)) }
    }

    async fn log_in(&mut self, user: &str, password: &SecretString) -> Result<(), Failure> {
        let password = password.expose_secret();
        if self.offers.plain {
            let both = STANDARD.encode(format!("\0{user}\0{password}"));
            return self.ask(Step::Login, format!("AUTH PLAIN {both}\r\n").as_bytes()).await;
        }
        if self.offers.login {
            for word in [None, Some(user), Some(password)] {
                let said = word.map_or("AUTH LOGIN".to_owned(), |word| STANDARD.encode(word));
                self.ask(Step::Login, format!("{said}\r\n").as_bytes()).await?;
            }
            return Ok(());
        }
        let what = "the server offers no login that we know (PLAIN, LOGIN); check mail.port and mail.security, or leave mail.username empty";
        Err(Failure::OfServer(what.into()))
    }

    /// Everything here is before the first mail: whatever goes wrong is the server's.
    async fn ask(&mut self, step: Step, command: &[u8]) -> Result<(), Failure> {
        self.say(command).await?;
        self.answer(step).await
    }

    async fn say(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let said = self.wire.say(bytes, self.patience.command).await;
        said.map_err(|l| Failure::OfServer(lost(l)))
    }

    async fn answer(&mut self, step: Step) -> Result<(), Failure> {
        let heard = self.wire.hear(self.patience.command, |_| {}).await;
        let answer = heard.map_err(|l| Failure::OfServer(lost(l)))?;
        if answer.is_good() { Ok(()) } else { Err(meaning(step, answer)) }
    }

    /// Says one mail. After a refusal the conversation can go on, if [`Session::can_go_on`].
    pub(crate) async fn send(&mut self, letter: Letter<'_>) -> Result<(), Ended> {
        let begin = self.begin(letter)?;
        let steps = [Step::Sender, Step::Recipient, Step::Data];
        let mut refused: Option<Ended> = None;
        let mut goes_on = false;
        if self.offers.pipelining {
            // Three commands in one go (RFC 2920): a distant server costs its distance once.
            self.tell(Step::Sender, begin.concat().as_bytes()).await?;
        }
        for (step, command) in steps.into_iter().zip(&begin) {
            if !self.offers.pipelining {
                if refused.is_some() {
                    break;
                }
                self.tell(step, command.as_bytes()).await?;
            }
            let answered = self.heard(step, self.patience.command).await;
            goes_on = step == Step::Data && answered.is_ok();
            if let Err(ended) = answered {
                let is_over = ended.is_over;
                // The first refusal is the reason for those after it.
                refused.get_or_insert(ended);
                if is_over {
                    break;
                }
            }
        }
        if let Some(ended) = refused {
            // A server that wants the content of a mail without recipients gets none of us.
            self.is_over |= goes_on;
            self.reset().await;
            return Err(Ended { is_over: self.is_over, ..ended });
        }
        self.tell(Step::Content, &stuffed(letter.bytes)).await?;
        self.heard(Step::Content, self.patience.content).await
    }

    /// The three commands before the content.
    fn begin(&self, letter: Letter<'_>) -> Result<[String; 3], Ended> {
        let never = |what: &'static str| Ended {
            step: Step::Sender,
            is_over: false,
            failure: Failure::Permanent(what.into()),
        };
        let needs_utf8 = !letter.from.is_ascii() || !letter.to.is_ascii();
        let mut parameters = String::new();
        if needs_utf8 {
            if !self.offers.utf8 {
                return Err(never("this address has letters that the server does not take"));
            }
            parameters += " SMTPUTF8";
        }
        if !letter.bytes.is_ascii() {
            if !self.offers.eight_bit {
                return Err(never("this mail has letters that the server does not take"));
            }
            parameters += " BODY=8BITMIME";
        }
        if let Some(largest) = self.offers.size {
            let size = letter.bytes.len();
            if largest > 0 && size > largest {
                return Err(never("the mail is larger than the server takes"));
            }
            parameters += &format!(" SIZE={size}");
        }
        Ok([
            format!("MAIL FROM:<{}>{parameters}\r\n", letter.from),
            format!("RCPT TO:<{}>\r\n", letter.to),
            "DATA\r\n".to_owned(),
        ])
    }

    async fn tell(&mut self, step: Step, bytes: &[u8]) -> Result<(), Ended> {
        let patience =
            if step == Step::Content { self.patience.content } else { self.patience.command };
        let said = self.wire.say(bytes, patience).await;
        said.map_err(|l| self.broken(step, l))
    }

    async fn heard(&mut self, step: Step, patience: Duration) -> Result<(), Ended> {
        let answer = self.wire.hear(patience, |_| {}).await.map_err(|l| self.broken(step, l))?;
        if answer.is_good() {
            return Ok(());
        }
        // Who says 421 hangs up.
        self.is_over |= answer.code == 421;
        Err(Ended { step, is_over: self.is_over, failure: meaning(step, answer) })
    }

    fn broken(&mut self, step: Step, how: Lost) -> Ended {
        self.is_over = true;
        let failure = match step {
            // Its content may be what the server cannot bear.
            Step::Recipient | Step::Data | Step::Content => Failure::Transient(lost(how)),
            _ => Failure::OfServer(lost(how)),
        };
        Ended { step, is_over: true, failure }
    }

    /// Takes back a mail that was begun, for the next one to begin.
    async fn reset(&mut self) {
        if self.is_over {
            return;
        }
        let reset = async {
            self.wire.say(b"RSET\r\n", self.patience.command).await?;
            self.wire.hear(self.patience.command, |_| {}).await
        };
        self.is_over = !reset.await.is_ok_and(super::answer::Answer::is_good);
    }

    pub(crate) fn can_go_on(&self) -> bool {
        !self.is_over
    }

    /// Ends it. Nobody waits for the answer.
    pub(crate) async fn quit(mut self) {
        let _ = self.wire.say(b"QUIT\r\n", GOODBYE).await;
        self.wire.close(GOODBYE).await;
    }
}

impl Offers {
    /// One line of the answer to EHLO.
    fn hear(&mut self, line: &str) {
        let line = line.to_ascii_uppercase();
        let mut words = line.split([' ', '=']);
        match words.next().unwrap_or_default() {
            "STARTTLS" => self.starttls = true,
            "8BITMIME" => self.eight_bit = true,
            "SMTPUTF8" => self.utf8 = true,
            "PIPELINING" => self.pipelining = true,
            "SIZE" => self.size = words.next().and_then(|size| size.parse().ok()),
            "AUTH" => {
                for way in words {
                    self.plain |= way == "PLAIN";
                    self.login |= way == "LOGIN";
                }
            }
            _ => {}
        }
    }
}

/// What we are called: always true, and a server that wants a full name takes it (RFC 5321, 4.1.3).
fn literal(own: SocketAddr) -> String {
    match own.ip() {
        IpAddr::V4(ip) => format!("[{ip}]"),
        IpAddr::V6(ip) => format!("[IPv6:{ip}]"),
    }
}

/// As DATA has it: a dot at the begin of a line is two, and one alone is the end (RFC 5321, 4.5.2).
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(mail.len() + 64);
    for line in mail.split_inclusive(|byte| *byte == b'\n') {
        if line.starts_with(b".") {
            out.push(b'.');
        }
        out.extend_from_slice(line);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(b".\r\n");
    out
}

fn unreached(error: &std::io::Error) -> Reason {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => {
            "nobody listens there; check mail.host and mail.port".into()
        }
        _ => "no connection to the server; check mail.host, its name service and firewalls".into(),
    }
}

fn lost(how: Lost) -> Reason {
    match how {
        Lost::Late => "the server did not answer in time",
        Lost::Gone => "the connection to the server was lost",
        Lost::Nonsense => "what answers there is no mail server, or says too much; check mail.host, mail.port and mail.security",
        Lost::Smuggled => "something was slipped in before TLS began; somebody may sit between us and the server",
        Lost::Tls => "no TLS connection; check mail.security, the server's certificate and mail.ca_file",
    }
    .into()
}

#[cfg(test)]
mod tests;
