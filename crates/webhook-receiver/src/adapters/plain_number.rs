//! Numbers as some clouds write them: E.164 without its plus. Read so before they are read as a national number.

use super::withheld;
use crate::source::Source;
use domain::party::Party;

/// Shorter ones are extensions and short codes.
const FEWEST_DIGITS: usize = 8;

pub(super) fn party(text: &str, source: &Source) -> Party {
    let text = text.trim();
    let bare = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    let number = Some(format!("+{text}")).filter(|_| bare && text.len() >= FEWEST_DIGITS);
    match number.and_then(|number| source.plan.read(&number)) {
        Some(number) => Party { number: Some(number), ..Party::alias(text) },
        None => Party::from_text(text, &source.plan),
    }
}

/// The caller of a call to us; who cannot be called back is withheld (R6).
pub(super) fn caller(text: &str, source: &Source) -> Party {
    party(text, source).withheld_if(withheld::is_withheld(text))
}

/// Of a call of ours: a number that is not shown is no secret here.
pub(super) fn of_ours(text: &str, source: &Source) -> Party {
    if withheld::is_withheld(text) { Party::absent() } else { party(text, source) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;
    use crate::adapters::testing::number;

    // R6, R7
    #[test]
    fn a_number_without_a_plus_is_read_with_its_country() {
        let source = source_for_tests("sipgate", &[]);
        for (text, e164) in [
            ("46701740605", Some("+46701740605")),
            ("442079460958", Some("+442079460958")),
            ("0701740605", Some("+46701740605")),
            ("+46701740605", Some("+46701740605")),
            ("0046701740605", Some("+46701740605")),
            ("1042", None),
            ("sip:anna@example.org", None),
        ] {
            assert_eq!(number(&party(text, &source)), e164, "{text}");
            assert_eq!(party(text, &source).text, text);
        }
        assert_eq!(caller("anonymous", &source), Party::withheld());
        assert_eq!(of_ours("anonymous", &source), Party::absent());
    }
}
