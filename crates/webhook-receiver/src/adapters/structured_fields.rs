//! Structured fields of HTTP, as far as signatures need them: dictionaries of items and of inner lists, with parameters.
//!
//! RFC 8941, 3 (what is read) and 4.1 (how it is written again). Decimals, tokens and dates are kept as they are written.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::fmt;

/// A member of a dictionary.
#[derive(Debug, PartialEq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) value: Value,
    pub(super) parameters: Parameters,
}

#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Item(Bare),
    List(Vec<Item>),
}

/// An entry of an inner list.
#[derive(Debug, PartialEq)]
pub(super) struct Item {
    pub(super) value: Bare,
    pub(super) parameters: Parameters,
}

#[derive(Debug, Default, PartialEq)]
pub(super) struct Parameters(pub(super) Vec<(String, Bare)>);

/// A bare item.
#[derive(Debug, PartialEq)]
pub(super) enum Bare {
    Text(String),
    Bytes(Vec<u8>),
    Integer(i64),
    True,
    /// Of another type.
    Other(String),
}

impl Parameters {
    /// A parameter's value, if it was given.
    pub(super) fn find(&self, name: &str) -> Option<&Bare> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }
}

/// The members of a dictionary, in order; of two with one name the later counts. `None`: this is no dictionary.
pub(super) fn dictionary(field: &str) -> Option<Vec<Member>> {
    let mut rest = Rest(field.trim_matches(' '));
    let mut members: Vec<Member> = Vec::new();
    while !rest.0.is_empty() {
        let name = rest.key()?;
        let value = if !rest.take('=') {
            Value::Item(Bare::True)
        } else if rest.take('(') {
            Value::List(rest.list()?)
        } else {
            Value::Item(rest.bare()?)
        };
        let parameters = rest.parameters()?;
        members.retain(|member| member.name != name);
        members.push(Member { name, value, parameters });
        rest.skip(" \t");
        if !rest.0.is_empty() && !rest.take(',') {
            return None;
        }
        rest.skip(" \t");
    }
    Some(members)
}

/// What is not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn take(&mut self, c: char) -> bool {
        self.0.strip_prefix(c).map(|rest| self.0 = rest).is_some()
    }

    fn skip(&mut self, of: &str) {
        self.0 = self.0.trim_start_matches(|c| of.contains(c));
    }

    /// What comes before the first character that does not belong.
    fn while_is(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.0.find(|c| !belongs(c)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    fn key(&mut self) -> Option<String> {
        let key =
            self.while_is(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-.*".contains(c));
        key.starts_with(|c: char| c.is_ascii_lowercase() || c == '*').then(|| key.to_owned())
    }

    fn list(&mut self) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        loop {
            self.skip(" ");
            if self.take(')') {
                return Some(items);
            }
            let item = Item { value: self.bare()?, parameters: self.parameters()? };
            items.push(item);
            if !self.0.starts_with([' ', ')']) {
                return None;
            }
        }
    }

    fn parameters(&mut self) -> Option<Parameters> {
        let mut parameters = Vec::new();
        while self.take(';') {
            self.skip(" ");
            let name = self.key()?;
            let value = if self.take('=') { self.bare()? } else { Bare::True };
            parameters.retain(|(n, _)| *n != name);
            parameters.push((name, value));
        }
        Some(Parameters(parameters))
    }

    fn bare(&mut self) -> Option<Bare> {
        if self.take('"') {
            return self.text().map(Bare::Text);
        }
        if self.take(':') {
            let (coded, rest) = self.0.split_once(':')?;
            self.0 = rest;
            return BASE64_STANDARD.decode(coded).ok().map(Bare::Bytes);
        }
        let written = self.while_is(|c| c.is_ascii_graphic() && !"\"(),;=".contains(c));
        match written {
            "" => None,
            "?1" => Some(Bare::True),
            _ => Some(match written.parse::<i64>().ok().filter(|_| !written.starts_with('+')) {
                Some(integer) => Bare::Integer(integer),
                None => Bare::Other(written.to_owned()),
            }),
        }
    }

    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        let mut characters = self.0.chars();
        loop {
            match characters.next()? {
                '"' => break,
                '\\' => text.push(characters.next().filter(|c| "\"\\".contains(*c))?),
                c if c.is_ascii_graphic() || c == ' ' => text.push(c),
                _ => return None,
            }
        }
        self.0 = characters.as_str();
        Some(text)
    }
}

impl fmt::Display for Bare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => {
                write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
            }
            Self::Bytes(bytes) => write!(f, ":{}:", BASE64_STANDARD.encode(bytes)),
            Self::Integer(integer) => write!(f, "{integer}"),
            Self::True => write!(f, "?1"),
            Self::Other(written) => write!(f, "{written}"),
        }
    }
}

impl fmt::Display for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.0 {
            match value {
                Bare::True => write!(f, ";{name}")?,
                value => write!(f, ";{name}={value}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.value, self.parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dictionary_is_read_and_written_in_one_form() {
        let field = r#"  a=( "x";b  "y" );c=7;d ,e=:aGVq:;f="q\"\\",  g;h=?1, i=1.50;j=tok/en;k=?0, l=()  "#;
        let written: Vec<String> = dictionary(field)
            .unwrap()
            .iter()
            .map(|Member { name, value, parameters }| match value {
                Value::Item(bare) => format!("{name}={bare}{parameters}"),
                Value::List(items) => {
                    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
                    format!("{name}=({}){parameters}", items.join(" "))
                }
            })
            .collect();
        assert_eq!(
            written,
            [
                r#"a=("x";b "y");c=7;d"#,
                r#"e=:aGVq:;f="q\"\\""#,
                "g=?1;h",
                "i=1.50;j=tok/en;k=?0",
                "l=()"
            ]
        );
    }

    #[test]
    fn of_two_members_with_one_name_the_later_counts() {
        let members = dictionary("a=1, b=2, a=3").unwrap();
        let names: Vec<_> = members.iter().map(|m| m.name.as_str()).collect();
        assert_eq!((names, &members[1].value), (vec!["b", "a"], &Value::Item(Bare::Integer(3))));
    }

    #[test]
    fn what_is_no_dictionary_is_none() {
        for field in [
            "A=1",
            "a=",
            "a=(",
            "a=(\"x\"\"y\")",
            "a=\"x",
            "a=\"\\x\"",
            "a=\"å\"",
            "a=:###:",
            "a=:aGVq",
            "a=1 b=2",
            "a;",
            "=",
            ",",
            "å",
        ] {
            assert_eq!(dictionary(field), None, "{field}");
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_is_read_or_refused_without_panic(
            near in "[a-c=();,:\"\\\\ 0-9?å]{0,30}",
            any in "\\PC*",
        ) {
            let _ = (dictionary(&near), dictionary(&any));
        }
    }
}
