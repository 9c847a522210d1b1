//! Mails as people would read them.

use mail_parser::MessageParser;

/// What differs from run to run in a mail, and what a snapshot has instead: references are random in their last letters,
/// links altogether.
pub const RANDOM: [(&str, &str); 3] = [
    (r"\b\d{6}-[0-9A-Z]{5}\b", "[reference]"),
    (r"http://127\.0\.0\.1:\d+", "https://aterkom.exempelby.example"),
    (r"/callbacks/[0-9a-f-]{36}", "/callbacks/[id]"),
];

/// A mail that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub message_id: String,
    pub text: String,
    pub html: String,
    /// The head, as it came.
    pub head: String,
}

/// The mails of one address.
#[derive(Debug)]
pub struct Mailbox(pub Vec<Mail>);

impl Mailbox {
    /// The one mail there is.
    ///
    /// # Panics
    /// When there is none, or more than one.
    pub fn only(self) -> Mail {
        let subjects: Vec<&str> = self.0.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(subjects.len(), 1, "one mail was expected: {subjects:?}");
        self.0.into_iter().next().expect("there is one")
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl Mail {
    /// The text as it is read, wherever its lines end.
    pub fn words(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Reads one.
    ///
    /// # Panics
    /// When the bytes are no mail.
    pub fn read(to: &str, bytes: &[u8]) -> Self {
        let mail = MessageParser::default().parse(bytes).expect("a mail");
        let end = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a head and a body");
        Self {
            to: to.to_owned(),
            subject: mail.subject().unwrap_or_default().to_owned(),
            message_id: mail.message_id().unwrap_or_default().to_owned(),
            text: mail.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
            html: mail.body_html(0).unwrap_or_default().replace("\r\n", "\n"),
            head: String::from_utf8_lossy(&bytes[..end]).into_owned(),
        }
    }
}
