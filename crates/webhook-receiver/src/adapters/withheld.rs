//! What cloud telephony writes where a number belongs, when the caller withheld it or the network lost it.

use crate::source::Source;
use domain::party::Party;

const WORDS: [&str; 11] = [
    "",
    "anonymous",
    "anonym",
    "private",
    "hidden",
    "restricted",
    "withheld",
    "blocked",
    "unknown",
    "unavailable",
    "+",
];

/// The caller of a call to us; who cannot be called back is withheld, whoever's doing it was (R6).
pub(super) fn caller(text: &str, source: &Source) -> Party {
    Party::from_text(text, &source.plan).withheld_if(is_withheld(text))
}

/// Whether the text stands for nobody: a word of [`WORDS`], also as the user of a SIP address, or one of the numbers
/// that such a word makes on a telephone's keys: `+266696687` is ANONYMOUS. E.164 has no such numbers.
pub(super) fn is_withheld(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    let user = text.strip_prefix("sips:").or_else(|| text.strip_prefix("sip:"));
    let user = user.map_or(text.as_str(), |address| address.split('@').next().unwrap_or_default());
    let word = user.strip_prefix('+').unwrap_or(user);
    WORDS.contains(&user) || WORDS.contains(&word) || WORDS.iter().any(|w| keyed(w) == word)
}

/// The keys that one presses for a word; longer ones are no word of ours.
fn keyed(word: &str) -> String {
    let key = |c: char| match c {
        'a'..='c' => '2',
        'd'..='f' => '3',
        'g'..='i' => '4',
        'j'..='l' => '5',
        'm'..='o' => '6',
        'p'..='s' => '7',
        't'..='v' => '8',
        'w'..='z' => '9',
        other => other,
    };
    word.chars().map(key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;

    // R6
    #[test]
    fn who_has_no_number_is_withheld_in_every_way_of_writing_it() {
        let source = source_for_tests("twilio", &[]);
        for nobody in [
            "anonymous",
            "Anonymous",
            "Restricted",
            "",
            "+",
            "unknown",
            "+266696687",
            "266696687",
            "+7378742833",
            "+2562533",
            "+8656696",
            "+86282452253",
            "sip:anonymous@anonymous.invalid",
        ] {
            assert_eq!(caller(nobody, &source), Party::withheld(), "{nobody}");
        }
        for somebody in ["+46701740605", "1042", "client:anna", "sip:+46701740605@example.org"] {
            assert!(!caller(somebody, &source).is_nobody(), "{somebody}");
        }
    }
}
