//! What a server answers: a reply code, and mostly an enhanced status that says more (RFC 3463).

use std::fmt;

/// The numbers of an answer. Its words are not kept: they may name the recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Such as 550.
    pub code: u16,
    pub status: Option<Status>,
}

/// Such as 5.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// 2 it worked, 4 later, 5 never.
    pub class: u8,
    /// 1 addresses, 2 mailboxes, 3 the server, 4 the network, 5 the protocol, 6 content, 7 policy.
    pub subject: u16,
    pub detail: u16,
}

/// One line of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    pub(crate) answer: Answer,
    pub(crate) text: &'a str,
    pub(crate) is_last: bool,
}

impl<'a> Line<'a> {
    /// Reads `250-SIZE 1000` or `550 5.1.1 no such user`; nothing where it is none.
    pub(crate) fn read(line: &'a str) -> Option<Self> {
        let line = line.trim_end_matches(['\r', '\n']);
        let code = line.get(..3).filter(|code| code.bytes().all(|b| b.is_ascii_digit()))?;
        let code: u16 = code.parse().ok().filter(|code| (200..600).contains(code))?;
        let (is_last, text) = match line.get(3..)? {
            "" => (true, ""),
            rest => match rest.split_at_checked(1)? {
                (" ", text) => (true, text),
                ("-", text) => (false, text),
                _ => return None,
            },
        };
        let status = text.split_whitespace().next().and_then(Status::read);
        Some(Self { answer: Answer { code, status }, text, is_last })
    }
}

impl Status {
    fn read(word: &str) -> Option<Self> {
        let mut numbers = word.split('.');
        let mut number = |longest: usize| {
            let text = numbers.next()?;
            let is_number = (1..=longest).contains(&text.len())
                && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<u16>().ok().filter(|_| is_number)
        };
        let (class, subject, detail) = (number(1)?, number(3)?, number(3)?);
        let class = u8::try_from(class).ok().filter(|class| matches!(class, 2 | 4 | 5))?;
        numbers.next().is_none().then_some(Self { class, subject, detail })
    }
}

impl Answer {
    pub(crate) fn is_good(self) -> bool {
        self.code < 400
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.status {
            None => write!(f, "{}", self.code),
            Some(status) => write!(f, "{} {status}", self.code),
        }
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_or_is_none() {
        for (line, read) in [
            ("250 2.0.0 kept\r\n", Some(("250 2.0.0", true))),
            ("250-SIZE 1000\r\n", Some(("250", false))),
            ("550 5.1.1 <kim@kommun.example> no such user", Some(("550 5.1.1", true))),
            ("354\n", Some(("354", true))),
            ("550 5.7.509 Access denied", Some(("550 5.7.509", true))),
            ("550 5.1 no such status", Some(("550", true))),
            ("550 5.1.1.1 nor this", Some(("550", true))),
            ("550 3.1.1 nor this", Some(("550", true))),
            ("550 5.1.+1 nor this", Some(("550", true))),
            ("99 small", None),
            ("099 small", None),
            ("600 large", None),
            ("2500 long", None),
            ("25å", None),
            ("+25 x", None),
            ("HTTP/1.1 400 Bad Request", None),
            ("", None),
        ] {
            let is = Line::read(line).map(|l| (l.answer.to_string(), l.is_last));
            assert_eq!(is, read.map(|(answer, last)| (answer.to_owned(), last)), "{line:?}");
        }
    }
}
