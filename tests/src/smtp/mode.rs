//! The ways in which a mail server fails.

/// How a server behaves with every mail.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    #[default]
    Ok,
    /// 451 4.7.1 for who comes for the first time.
    Greylist,
    /// 451 4.3.0 for every recipient.
    Temp,
    /// 550 5.1.1 for every recipient.
    Perm,
    /// 452 4.2.2: every mailbox is full.
    Full,
    /// 554 5.6.0 after the content.
    DataReject,
    /// Keeps the mail, and says so only when the server is turned to another mode.
    Slow,
    /// Cuts the connection in the middle of the content.
    Drop,
    /// Keeps the mail, and cuts the connection before it says so.
    Lost,
    /// 421 for every sender.
    Busy,
    /// 535 for every login.
    NoAuth,
    /// Offers no login, though it wants one.
    AuthNotOffered,
    /// Offers no STARTTLS.
    NoTls,
    /// Says something in the clear right after it agreed to begin TLS.
    Smuggle,
    /// 451 instead of a greeting.
    NotNow,
    /// Takes the connection, and says nothing.
    Hang,
    /// A greeting that has no end.
    Banner,
    /// An answer to EHLO that has no end.
    EndlessHello,
    /// Something else than SMTP.
    Web,
    /// Cuts every connection at once.
    Gone,
}

impl Mode {
    /// Instead of a greeting.
    pub(crate) fn greeting(self) -> &'static str {
        match self {
            Self::NotNow => "451 4.3.2 not now",
            Self::Web => "HTTP/1.1 400 Bad Request",
            _ => "220 test.example ESMTP",
        }
    }

    /// The answer to a sender.
    pub(crate) fn sender(self) -> &'static str {
        match self {
            Self::Busy => "421 4.3.2 busy, try later",
            _ => "250 ok",
        }
    }

    /// Why a recipient is refused, though the server knows it.
    pub(crate) fn recipient(self, is_first_time: bool) -> Option<&'static str> {
        match self {
            Self::Greylist if is_first_time => Some("451 4.7.1 greylisted, come back"),
            Self::Temp => Some("451 4.3.0 temporary failure"),
            Self::Perm => Some("550 5.1.1 no such user"),
            Self::Full => Some("452 4.2.2 mailbox full"),
            _ => None,
        }
    }
}
