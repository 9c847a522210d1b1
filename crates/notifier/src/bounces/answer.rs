//! What an IMAP server says, as text and at most one literal: nothing that is asked for has two.

use chrono::{DateTime, Utc};

/// One answer: its line, with `{17}` where the literal was.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) line: String,
    pub(super) literal: Option<Vec<u8>>,
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Ok,
    Refused,
}

/// What is told of one mail.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fetched {
    pub(super) number: u32,
    pub(super) size: Option<u64>,
    pub(super) arrived_at: Option<DateTime<Utc>>,
    pub(super) mail: Option<Vec<u8>>,
}

impl Answer {
    /// The length of the literal that follows its line.
    pub(super) fn announced(&self) -> Option<u64> {
        let (_, length) = self.line.strip_suffix('}')?.rsplit_once('{')?;
        let length = length.trim_end_matches('+');
        // A number that is too long for one is certainly too much.
        let is_number = !length.is_empty() && length.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| length.parse().unwrap_or(u64::MAX))
    }

    /// How the command of this tag ended, where this says that it did.
    pub(super) fn ends(&self, tag: &str) -> Option<(Kind, String)> {
        let text = self.line.strip_prefix(tag)?.strip_prefix(' ')?;
        let is_well = text.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("OK"));
        Some((if is_well { Kind::Ok } else { Kind::Refused }, text.to_owned()))
    }

    /// The numbers that a search found.
    pub(super) fn found(&self) -> Vec<u32> {
        let mut words = self.line.split_ascii_whitespace();
        let is =
            |word: Option<&str>, what: &str| word.is_some_and(|w| w.eq_ignore_ascii_case(what));
        if !is(words.next(), "*") || !is(words.next(), "SEARCH") {
            return Vec::new();
        }
        words.filter_map(|word| word.parse().ok()).collect()
    }

    /// What it tells of a mail.
    pub(super) fn fetched(self) -> Option<Fetched> {
        let mut words = self.line.split_ascii_whitespace();
        let told = words.next() == Some("*") && words.next()?.parse::<u32>().is_ok();
        if !told || !words.next()?.eq_ignore_ascii_case("FETCH") {
            return None;
        }
        let upper = self.line.to_ascii_uppercase();
        let after = |name: &str| {
            let at =
                [" ", "("].iter().find_map(|before| upper.find(&format!("{before}{name} ")))?;
            self.line.get(at + name.len() + 2..)
        };
        let number = |name: &str| {
            let text = after(name)?;
            let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            text.get(..end)?.parse::<u64>().ok()
        };
        let arrived_at = after("INTERNALDATE").and_then(|text| {
            let date = text.trim_start().strip_prefix('"')?.split('"').next()?;
            DateTime::parse_from_str(date.trim(), "%d-%b-%Y %H:%M:%S %z").ok()
        });
        Some(Fetched {
            number: u32::try_from(number("UID")?).ok()?,
            size: number("RFC822.SIZE"),
            arrived_at: arrived_at.map(|at| at.to_utc()),
            mail: self.literal,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answer(line: &str, literal: Option<&[u8]>) -> Answer {
        Answer { line: line.to_owned(), literal: literal.map(<[u8]>::to_vec) }
    }

    #[test]
    fn a_mail_is_told_of_in_any_order() {
        let fetched = |size, mail: Option<&[u8]>| {
            let arrived_at = "2026-11-08T07:15:09Z".parse().ok().filter(|_| size == 345);
            let mail = mail.map(<[u8]>::to_vec);
            Some(Fetched { number: 7, size: (size > 0).then_some(size), arrived_at, mail })
        };
        for (line, size) in [
            ("* 3 FETCH (UID 7 RFC822.SIZE 345 INTERNALDATE \" 8-Nov-2026 08:15:09 +0100\")", 345),
            ("* 3 fetch (rfc822.size 345 internaldate \"08-Nov-2026 07:15:09 +0000\" uid 7)", 345),
            ("* 3 FETCH (FLAGS (\\Seen) UID 7)", 0),
        ] {
            assert_eq!(answer(line, None).fetched(), fetched(size, None), "{line}");
        }
        let whole = answer("* 3 FETCH (UID 7 BODY[] {2})", Some(b"ab")).fetched();
        assert_eq!(whole, fetched(0, Some(b"ab")));
        for line in ["* 3 EXISTS", "* 3 FETCH ()", "* FETCH (UID 7)", "a1 OK done", ""] {
            assert_eq!(answer(line, None).fetched(), None, "{line}");
        }
    }

    #[test]
    fn what_is_announced_and_how_it_ends_is_read() {
        assert_eq!(answer("* 3 FETCH (BODY[] {17}", None).announced(), Some(17));
        assert_eq!(answer("{99999999999999999999999}", None).announced(), Some(u64::MAX));
        assert_eq!(answer("* OK {}", None).announced(), None);
        assert_eq!(answer("* SEARCH 2 84 882", None).found(), [2, 84, 882]);
        assert!(answer("* SEARCH", None).found().is_empty());
        assert!(answer("* LIST 1", None).found().is_empty());
        assert_eq!(answer("a1 ok done", None).ends("a1"), Some((Kind::Ok, "ok done".to_owned())));
        assert_eq!(answer("a1 NO", None).ends("a1"), Some((Kind::Refused, "NO".to_owned())));
        assert_eq!(answer("a10 OK", None).ends("a1"), None);
    }

    proptest! {
        #[test]
        fn noise_never_panics(line in "(\\* [0-9]* FETCH )?.{0,200}") {
            let one = answer(&line, None);
            one.announced();
            one.found();
            one.ends("a1");
            prop_assert!(one.fetched().is_none_or(|f| f.mail.is_none()));
        }
    }
}
