//! An SMS: as short as may be, and in the letters that every telephone has. GSM 03.38: 160 of them are one message.

use domain::number::E164;
use url::form_urlencoded::Serializer;

/// What a sender may be.
pub const SENDER_RULE: &str = "write 3 to 11 letters and digits that begin with a letter, such as \"Aterkom\", or a number such as \"+46846500400\"";

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Each takes the place of two.
const EXTENDED: &str = "^{}\\[~]|€";

/// Whether an SMS may come from this.
pub fn is_sender(text: &str) -> bool {
    let word = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && (3..=11).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric());
    word || E164::from_canonical(text).is_some()
}

/// In the letters of GSM: one that is not among them makes the whole message cost more than double.
pub(super) fn fit(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().map(letter).collect()
}

fn letter(c: char) -> char {
    match c {
        _ if BASIC.contains(c) || EXTENDED.contains(c) => c,
        '–' | '—' | '‑' | '−' => '-',
        '’' | '‘' | '´' | '`' => '\'',
        '”' | '“' | '„' | '»' | '«' => '"',
        '…' => '.',
        'á' | 'â' | 'ã' => 'a',
        'ê' | 'ë' | 'ě' => 'e',
        'í' | 'î' | 'ï' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'û' => 'u',
        'ç' | 'č' | 'ć' => 'c',
        'š' | 'ś' => 's',
        'ž' | 'ź' | 'ż' => 'z',
        'ý' => 'y',
        'Š' => 'S',
        'Ž' => 'Z',
        'Č' => 'C',
        'Á' => 'A',
        _ => '?',
    }
}

/// How many of the 160 places it takes.
#[cfg(test)]
pub(super) fn places(text: &str) -> usize {
    text.chars().map(|c| if EXTENDED.contains(c) { 2 } else { 1 }).sum()
}

/// The form that 46elks takes.
///
/// Described in <https://46elks.com/docs/send-sms>, read 2026-11.
pub(super) fn form(from: &str, to: &E164, message: &str) -> Vec<u8> {
    let mut form = Serializer::new(String::new());
    form.append_pair("from", from).append_pair("to", to.as_str());
    form.append_pair("message", &fit(message));
    form.finish().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_is_one_of_gsm() {
        let text = "Återkom, Förskolan Šárka’s – «Ljus»… 5 €\u{a0}日\n";
        let fitted = fit(text);
        assert_eq!(fitted, "Återkom, Förskolan Sarka's - \"Ljus\". 5 € ?");
        assert!(fitted.chars().all(|c| BASIC.contains(c) || EXTENDED.contains(c)));
        assert_eq!(places("a€b"), 4);
    }

    #[test]
    fn a_form_holds_what_46elks_asks_for() {
        let to = E164::from_canonical("+46701740605").unwrap();
        let form = String::from_utf8(form("Aterkom", &to, "1 & 2 försenade")).unwrap();
        assert_eq!(form, "from=Aterkom&to=%2B46701740605&message=1+%26+2+f%C3%B6rsenade");
    }

    #[test]
    fn a_sender_is_a_word_or_a_number() {
        for (text, right) in [
            ("Aterkom", true),
            ("Kommun2026", true),
            ("+46846500400", true),
            ("Återkom", false),
            ("Exempelbykommun", false),
            ("2kommun", false),
            ("Ko mun", false),
            ("", false),
            ("084650", false),
        ] {
            assert_eq!(is_sender(text), right, "{text}");
        }
    }
}
