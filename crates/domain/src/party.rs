//! A party of a call, as the PBX names it.

use crate::number::{E164, NumberPlan};
use serde::{Deserialize, Serialize};

/// Longest text kept of a name or an address: what is longer is cut, never refused.
const LONGEST: usize = 200;

/// An extension or the name of a queue has at most so many signs.
const LONGEST_SHOWN: usize = 6;

/// Who took part in a call, in the PBX's words. Whose number it is, is for the directory to say.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Party {
    /// As the PBX wrote it: a number, an extension, a mailbox, a user id. Empty when it said nothing.
    pub text: String,
    /// The same in E.164, where it is a number.
    pub number: Option<E164>,
    /// The name that came with it.
    pub name: Option<String>,
    /// The caller withheld the number: then `text`, `number` and `name` are empty, whatever the PBX leaked (R6).
    pub withheld: bool,
}

impl Party {
    /// A party from what the PBX wrote, read with the source's number plan. Nothing written: [`Party::absent`].
    pub fn from_text(text: &str, plan: &NumberPlan) -> Self {
        Self { number: plan.read(text), ..Self::alias(text) }
    }

    /// A party that is named by an extension, a mailbox or a user id, never by a number.
    pub fn alias(text: &str) -> Self {
        Self { text: clean(text), ..Self::default() }
    }

    /// Nothing was said about this party.
    pub fn absent() -> Self {
        Self::default()
    }

    /// The caller withheld the number.
    pub fn withheld() -> Self {
        Self { withheld: true, ..Self::default() }
    }

    /// This party, or a withheld one when the PBX says so: a number that leaked is forgotten (R6).
    pub fn withheld_if(self, withheld: bool) -> Self {
        if withheld { Self::withheld() } else { self }
    }

    /// With the name that the PBX gave; a name that only repeats the number is none.
    pub fn named(self, name: &str) -> Self {
        let name = clean(name);
        if self.withheld || name.is_empty() || name == self.text {
            return self;
        }
        Self { name: Some(name), ..self }
    }

    /// Whether there is nobody to name: nothing said, or withheld.
    pub fn is_nobody(&self) -> bool {
        self.text.is_empty() && self.number.is_none()
    }

    /// Enough of it to know one's own test call again, and no more: the last two signs. An extension is short, and shown.
    pub fn masked(&self) -> String {
        let text = self.number.as_ref().map_or(self.text.as_str(), |number| number.as_str());
        let signs = text.chars().count();
        if signs <= LONGEST_SHOWN {
            return text.to_owned();
        }
        let last: String = text.chars().skip(signs - 2).collect();
        format!("•••{last}")
    }

    /// What two mentions of one party have in common: the number, else the text. `None` for nobody.
    ///
    /// A text that is no number means something only within its PBX, so it carries `scope`, the source's name.
    pub fn key(&self, scope: &str) -> Option<String> {
        match &self.number {
            Some(number) => Some(number.as_str().to_owned()),
            None if self.text.is_empty() => None,
            None => Some(format!("{}@{scope}", self.text.to_lowercase())),
        }
    }
}

/// Personal data stays out of logs: only the shape is printed.
impl std::fmt::Debug for Party {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shape = match (&self.number, self.text.is_empty(), self.withheld) {
            (Some(_), _, _) => "number",
            (None, false, _) => "text",
            (None, true, true) => "withheld",
            (None, true, false) => "absent",
        };
        write!(f, "Party({shape})")
    }
}

/// Without control characters (NUL among them, which no text column takes), trimmed, at most [`LONGEST`] characters.
pub fn clean(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    visible.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    // R6: a number the caller withheld stays withheld even where the PBX leaks it.
    #[test]
    fn a_leaked_number_of_a_withheld_caller_is_forgotten() {
        let leaked = Party::from_text("+46701740605", &NumberPlan::sweden()).named("Lisa Ek");
        assert!(leaked.number.is_some());
        let kept = leaked.withheld_if(true);
        assert_eq!(kept, Party::withheld());
        assert!(kept.is_nobody());
    }

    #[test]
    fn control_characters_and_endless_names_are_cut() {
        let party = Party::alias("10\u{0}42\r\n").named(&"a".repeat(10_000));
        assert_eq!(party.text, "1042");
        assert_eq!(party.name.unwrap().len(), LONGEST);
    }

    #[test]
    fn a_masked_party_can_be_known_again_by_its_owner_only() {
        let masked = |text: &str| Party::from_text(text, &NumberPlan::sweden()).masked();
        assert_eq!(masked("070-174 06 05"), "•••05");
        assert_eq!(masked("lisa.ek@exempelby.example"), "•••le");
        assert_eq!((masked("1042"), masked("")), ("1042".to_owned(), String::new()));
    }

    #[test]
    fn printing_a_party_for_debugging_shows_no_number() {
        let party = Party::from_text("0701740605", &NumberPlan::sweden());
        assert_eq!(format!("{party:?}"), "Party(number)");
    }

    proptest::proptest! {
        // R7: a text is never more than a text, unless it is a number as we write them.
        #[test]
        fn a_party_of_any_text_is_clean_and_has_a_number_or_none(
            text in proptest::prelude::any::<String>(),
            digits in "[+0-9٠-٩０-９ ();@x-]{0,40}",
        ) {
            for text in [text, digits] {
                let party = Party::from_text(&text, &NumberPlan::sweden()).named(&text);
                proptest::prop_assert_eq!(&party.text, &clean(&text));
                proptest::prop_assert!(party.text.chars().count() <= LONGEST);
                let _ = (party.masked(), party.key("pbx"), party.is_nobody());
                if let Some(number) = party.number {
                    proptest::prop_assert_eq!(E164::from_canonical(number.as_str()), Some(number));
                    proptest::prop_assert!(text.contains(|c: char| c.is_ascii_digit()));
                }
            }
        }
    }
}
