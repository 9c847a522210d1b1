//! Phone numbers: E.164 out of whatever a PBX or a person wrote (R7).

use phonenumber::{Mode, country};
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A phone number in E.164, always with `+` and country code: `+46701740605`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct E164(String);

impl E164 {
    /// The number as text, `+` first.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people write it: `070-174 06 05` for a Swedish one, with the country code for others.
    pub fn written(&self) -> String {
        let Ok(number) = phonenumber::parse(None, &self.0) else { return self.0.clone() };
        let swedish = number.country().id() == Some(country::SE);
        let mode = if swedish { Mode::National } else { Mode::International };
        number.format().mode(mode).to_string()
    }

    /// The digits that every spelling of it has in common, with and without country code: `701740605`.
    pub fn significant(&self) -> String {
        let all: String = self.0.chars().filter(char::is_ascii_digit).collect();
        let Ok(number) = phonenumber::parse(None, &self.0) else { return all };
        number.national().value().to_string()
    }

    /// A number that we wrote ourselves as E.164; `None` for any other text.
    pub fn from_canonical(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('+')?;
        let numeric =
            (3..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        numeric.then(|| Self(text.to_owned()))
    }
}

/// A number is personal data: whoever prints it for debugging sees only that there was one.
impl std::fmt::Debug for E164 {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("E164(…)")
    }
}

/// How numbers without a country are read: those of one source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberPlan {
    country: country::Id,
    /// Area code without its leading 0 ("8" for Stockholm); empty where there is none.
    area_code: String,
}

/// The country is not one that has a numbering plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a country; write two letters, for example \"SE\"")]
pub struct UnknownCountry(pub String);

impl NumberPlan {
    /// A plan for a two-letter country and an area code, with or without its leading 0.
    ///
    /// # Errors
    /// [`UnknownCountry`] when the letters are no country.
    pub fn new(country: &str, area_code: &str) -> Result<Self, UnknownCountry> {
        let id = country::Id::from_str(&country.to_uppercase())
            .map_err(|_| UnknownCountry(country.to_owned()))?;
        Ok(Self { country: id, area_code: area_code.trim_start_matches('0').to_owned() })
    }

    /// The two letters of the country.
    pub fn country(&self) -> &str {
        self.country.as_ref()
    }

    /// The area code without its leading 0; empty where there is none.
    pub fn area_code(&self) -> &str {
        &self.area_code
    }

    /// Sweden, no area code.
    pub fn sweden() -> Self {
        Self { country: country::Id::SE, area_code: String::new() }
    }

    /// The number that `text` stands for; `None` where it is none: extensions, 112, 1177, words, a withheld number.
    ///
    /// Reads `08-465 004 12`, `0046…`, `+46 (0)8…`, `070…`, `tel:` and `sip:` addresses, and a subscriber
    /// number without its area code where the plan has one (at least 5 digits: shorter ones are extensions).
    pub fn read(&self, text: &str) -> Option<E164> {
        let digits = dialled(text)?;
        match digits.strip_prefix('+').or_else(|| digits.strip_prefix("00")) {
            Some(rest) if !rest.is_empty() => self.valid(&format!("+{rest}")),
            Some(_) => None,
            None if digits.starts_with('0') => self.valid(&digits),
            None => self.bare(&digits),
        }
    }

    /// Digits without any prefix: `46701740605` as some PBXs write E.164, else a local subscriber number.
    fn bare(&self, digits: &str) -> Option<E164> {
        let code = self.country_code();
        if digits.starts_with(&code) && digits.len() >= 10 {
            let number = self.valid(&format!("+{digits}"));
            if number.is_some() {
                return number;
            }
        }
        if self.area_code.is_empty() || digits.len() < 5 {
            return None;
        }
        self.valid(&format!("0{}{digits}", self.area_code))
    }

    fn country_code(&self) -> String {
        phonenumber::metadata::DATABASE
            .by_id(self.country.as_ref())
            .map(|m| m.country_code().to_string())
            .unwrap_or_default()
    }

    fn valid(&self, text: &str) -> Option<E164> {
        let parsed = phonenumber::parse(Some(self.country), text).ok()?;
        let formatted = parsed.format().mode(phonenumber::Mode::E164).to_string();
        // Germany's plan has numbers that are longer than E.164 allows: kept as one, they could not be read back.
        E164::from_canonical(&formatted).filter(|_| parsed.is_valid())
    }
}

/// Longest text that can be a number: E.164 has 15 digits; the rest is room for separators and `sip:…@host`.
const LONGEST: usize = 120;

/// The digits somebody would dial, with a leading `+` kept; `None` when it is not written as a number.
///
/// The phonenumber crate takes letters for keypad digits, so everything that is not a number is cut or refused here.
fn dialled(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let text = text.trim();
    let lower = text.to_lowercase();
    let mut rest = ["tel:", "sip:", "sips:"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme))
        .unwrap_or(&lower);
    rest = rest.split(['@', ';']).next().unwrap_or_default();
    for word in ["anknytning", "ankn", "ext", "x"] {
        rest = rest.split(word).next().unwrap_or_default();
    }
    let rest = rest.trim_end_matches([' ', '.', ',']).replace("(0)", "");
    let separators = [' ', '-', '.', '/', '(', ')', '\u{a0}', '\u{2011}', '\u{2013}'];
    let digits: String = rest.chars().filter(|c| !separators.contains(c)).collect();
    let after_plus = digits.strip_prefix('+').unwrap_or(&digits);
    let numeric = !after_plus.is_empty() && after_plus.bytes().all(|b| b.is_ascii_digit());
    (numeric && after_plus.len() <= 20).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_people_write_it() {
        for (number, written) in [
            ("+46701740605", "070-174 06 05"),
            ("+46980319232", "0980-31 92 32"),
            ("+46846500412", "08-465 004 12"),
            ("+442079460958", "+44 20 7946 0958"),
        ] {
            assert_eq!(E164::from_canonical(number).unwrap().written(), written);
        }
    }

    fn read(text: &str) -> Option<String> {
        NumberPlan::new("SE", "08").unwrap().read(text).map(|n| n.as_str().to_owned())
    }

    // R7: Swedish forms are read with the source's default country and area code.
    #[test]
    fn every_swedish_way_of_writing_a_number_gives_the_same_e164() {
        for text in [
            "08-465 004 12",
            "0046846500412",
            "+46 (0)8 465 004 12",
            "+46846500412",
            "46846500412",
            "tel:+46-8-465-004-12",
            "sip:+46846500412@pbx.example.org;user=phone",
            "46500412",
            "08 465 004 12 ankn 12",
            "(08) 465\u{a0}004 12",
        ] {
            assert_eq!(read(text).as_deref(), Some("+46846500412"), "{text}");
        }
        assert_eq!(read("0701740605").as_deref(), Some("+46701740605"));
        assert_eq!(read("00441632960001"), None, "a British drama number is not a valid one");
    }

    #[test]
    fn what_is_no_number_is_left_as_text() {
        let long = "1".repeat(1_000_000);
        for text in [
            "412",
            "1042",
            "112",
            "1177",
            "",
            "+",
            "00",
            "anonymous",
            "Ring-mig",
            "w0",
            "ext 7",
            "<unknown>",
            "7777exempel@fpbx.de",
            &long,
            "+00000",
            "٠٧٠١٧٤٠٦٠٥",
        ] {
            assert_eq!(read(text), None, "{}", &text[..text.len().min(20)]);
        }
    }

    // R7
    #[test]
    fn a_number_that_is_longer_than_e164_allows_is_left_as_text() {
        let berlin = |text: &str| NumberPlan::new("DE", "030").unwrap().read(text);
        assert!(berlin("030 23125 00").is_some());
        for long in ["030 23125 00 23125", "+49 30 23125 00 23125", "004930231250023125"] {
            assert_eq!((berlin(long), read(long)), (None, None), "{long}");
        }
    }

    #[test]
    fn a_country_that_is_none_is_refused_with_the_word_to_write() {
        let error = NumberPlan::new("Sverige", "").unwrap_err();
        assert!(error.to_string().contains("\"SE\""));
    }

    /// The last digits that somebody would dial; no number in Sweden is shorter.
    fn last_dialled(text: &str) -> String {
        let text = text.replace("(0)", "");
        let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
        digits[digits.len().saturating_sub(5)..].iter().collect()
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "\\PC*") {
            let _ = NumberPlan::sweden().read(&text);
        }

        // R7: what is kept is what was dialled, and is read as the same number again.
        #[test]
        fn a_number_has_the_digits_that_were_written(text in "(\\+46 ?|00|0|)(\\(0\\))?[ 0-9().-]{0,20}") {
            if let Some(number) = read(&text) {
                proptest::prop_assert!(number.ends_with(&last_dialled(&text)), "{text}");
                proptest::prop_assert_eq!(read(&number), Some(number.clone()));
                proptest::prop_assert!(E164::from_canonical(&number).is_some());
            }
        }

        // R7: a digit of another script is neither taken for ours nor left out: then it would be somebody else's number.
        #[test]
        fn one_digit_in_another_script_makes_it_a_text(
            mobile in "07[0236][0-9]{7}",
            at in 0_usize..10,
            zero in proptest::sample::select(vec!['\u{660}', '\u{6f0}', '\u{966}', '\u{ff10}', '\u{1d7ce}', '\u{2080}']),
            stays in proptest::bool::ANY,
        ) {
            proptest::prop_assert!(read(&mobile).is_some());
            let value = mobile[at..].chars().next().and_then(|digit| digit.to_digit(10)).unwrap();
            let foreign = char::from_u32(u32::from(zero) + value).unwrap().to_string();
            let mut text = mobile.clone();
            text.replace_range(at..if stays { at } else { at + 1 }, &foreign);
            for text in [text.clone(), text.replacen('0', "+46", 1), format!("tel:{text}")] {
                if !text.is_ascii() {
                    proptest::prop_assert_eq!(read(&text), None, "{}", text);
                }
            }
        }
    }
}
