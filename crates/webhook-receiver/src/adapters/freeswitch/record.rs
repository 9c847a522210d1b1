//! One record as both modules write it: what is known of the channel, and the dialplans that the call went through.

use std::borrow::Cow;
use std::collections::HashMap;

/// The record of one leg.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// `inbound` for the leg that came in, whoever rang; `outbound` for one that FreeSWITCH dialled.
    pub(super) direction: String,
    variables: HashMap<String, String>,
    /// One for each dialplan, the first of them first.
    pub(super) profiles: Vec<Profile>,
}

/// What a dialplan saw of the call.
#[derive(Debug, Default)]
pub(super) struct Profile {
    /// Counts up from 1.
    pub(super) index: u32,
    pub(super) destination: String,
    pub(super) context: String,
}

impl Record {
    /// A record out of its parts; the profiles may come in any order.
    pub(super) fn new(
        direction: String,
        variables: impl Iterator<Item = (String, String)>,
        mut profiles: Vec<Profile>,
    ) -> Self {
        profiles.sort_by_key(|profile| profile.index);
        let plain = |(name, value): (String, String)| (name, decoded(value.trim()).into_owned());
        Self { direction, variables: variables.map(plain).collect(), profiles }
    }

    /// A variable's text; empty when it is not set.
    pub(super) fn text(&self, name: &str) -> &str {
        self.variables.get(name).map_or("", String::as_str)
    }

    /// The first of some variables that is set.
    pub(super) fn first(&self, names: &[&str]) -> &str {
        names.iter().map(|name| self.text(name)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// Whether a variable is true in one of FreeSWITCH's ways of saying so.
    pub(super) fn is(&self, name: &str) -> bool {
        ["true", "yes", "on", "1"].iter().any(|yes| self.text(name).eq_ignore_ascii_case(yes))
    }

    /// The name of the leg.
    pub(super) fn uuid(&self) -> &str {
        self.text("uuid")
    }
}

/// A text that may be percent-encoded; `+` is a plus. What is no right encoding is taken for plain text, which has a
/// percent sign now and then.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let decode = || {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
                byte => byte,
            });
        }
        String::from_utf8(bytes).ok()
    };
    decode().map_or(Cow::Borrowed(text), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_where_all_of_them_is_encoded() {
        for (text, plain) in [
            ("%2B46701740605", "+46701740605"),
            ("+46701740605", "+46701740605"),
            ("%C3%85ke%20%c3%96st", "Åke Öst"),
            ("Åke Öst", "Åke Öst"),
            ("100%", "100%"),
            ("100% %2B", "100% %2B"),
            ("%2", "%2"),
            ("%zz", "%zz"),
            ("%ff", "%ff"),
            ("%252B", "%2B"),
            ("", ""),
        ] {
            assert_eq!(decoded(text), plain, "{text}");
        }
    }
}
