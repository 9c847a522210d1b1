//! The calling party as Asterisk writes it.

use crate::source::Source;
use domain::party::Party;

/// The caller of an incoming call; nobody to call back is withheld, whoever's doing it was (R6).
pub(super) fn of_call(number: &str, name: &str, presentation: &str, source: &Source) -> Party {
    let prohibited = is_prohibited(presentation);
    party(number, name, source).withheld_if(prohibited || is_withheld(number) || is_unknown(number))
}

/// One of ours who rings: no number is no secret here.
pub(super) fn of_own_call(number: &str, name: &str, presentation: &str, source: &Source) -> Party {
    if is_unknown(number) {
        return Party::absent();
    }
    party(number, name, source).withheld_if(is_prohibited(presentation) || is_withheld(number))
}

/// The caller of a message, from `"Name" <number>`, `number`, `Name` or `Unknown`.
///
/// Where there is no number, nothing was said: the end of the call may know it.
pub(super) fn of_message(callerid: &str, source: &Source) -> Party {
    let (name, number) = split(callerid);
    if is_unknown(number) {
        return Party::absent();
    }
    party(number, &name, source).withheld_if(is_withheld(number))
}

/// The name in a caller id, if there is one.
pub(super) fn name(callerid: &str) -> String {
    split(callerid).0
}

fn party(number: &str, name: &str, source: &Source) -> Party {
    let party = Party::from_text(number, &source.plan);
    // Many networks send the number again where a name belongs.
    if is_unknown(name) || is_withheld(name) || source.plan.read(name).is_some() {
        return party;
    }
    party.named(name)
}

/// Name and number, taken apart as Asterisk's own `ast_callerid_parse` does.
fn split(callerid: &str) -> (String, &str) {
    let callerid = callerid.trim();
    match callerid.rsplit_once('<') {
        Some((name, number)) => (unquoted(name), number.trim_end_matches('>').trim()),
        None if is_withheld(callerid) || callerid.chars().all(is_dialled) => {
            (String::new(), callerid)
        }
        None => (unquoted(callerid), ""),
    }
}

/// Without the quotes around it and the backslashes before quotes and backslashes in it.
fn unquoted(name: &str) -> String {
    let name = name.trim();
    let inner = name.strip_prefix('"').map_or(name, |rest| rest.strip_suffix('"').unwrap_or(rest));
    let mut plain = String::with_capacity(inner.len());
    let mut characters = inner.chars();
    while let Some(c) = characters.next() {
        plain.extend(if c == '\\' { characters.next() } else { Some(c) });
    }
    plain
}

fn is_dialled(c: char) -> bool {
    c.is_ascii_digit() || "+*#()-. ".contains(c)
}

fn is_prohibited(presentation: &str) -> bool {
    presentation.to_ascii_lowercase().starts_with("prohib")
}

fn is_withheld(text: &str) -> bool {
    ["anonymous", "private", "restricted", "withheld"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word))
}

fn is_unknown(text: &str) -> bool {
    ["", "unknown", "<unknown>", "unavailable"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::adapters::source_for_tests;

    fn source() -> Source {
        source_for_tests("asterisk", &[])
    }

    fn message(callerid: &str) -> (Option<String>, Option<String>, bool) {
        let party = of_message(callerid, &source());
        (party.number.map(|n| n.as_str().to_owned()), party.name, party.withheld)
    }

    #[test]
    fn a_message_names_its_caller_in_every_form_that_asterisk_writes() {
        let number = Some("+46701740605".to_owned());
        let named = |name: &str| (number.clone(), Some(name.to_owned()), false);
        assert_eq!(message("\"Petra Lund\" <+46701740605>"), named("Petra Lund"));
        assert_eq!(message(" Petra Lund <0701740605"), named("Petra Lund"));
        assert_eq!(
            message(r#""Petra \"Pet\" Lund \\ Ö" <0701740605>"#),
            named(r#"Petra "Pet" Lund \ Ö"#)
        );
        assert_eq!(message("\"<3 Petra\" <0701740605>"), named("<3 Petra"));
        for nameless in [
            "+46701740605",
            "070-174 06 05",
            "\"\" <0701740605>",
            "<0701740605>",
            "\"0701740605\" <+46701740605>",
        ] {
            assert_eq!(message(nameless), (number.clone(), None, false), "{nameless}");
        }
    }

    // R6: the end of the call may know the caller; only who asked for it is withheld.
    #[test]
    fn a_message_without_a_number_says_nothing_about_its_caller() {
        for nobody in [
            "",
            "Unknown",
            "\"Petra Lund\"",
            "Petra Lund",
            "Petra",
            "\"Petra\" <>",
            "\"Petra\" <unknown>",
            "<",
            ">",
            "\"",
            "\\",
        ] {
            assert_eq!(of_message(nobody, &source()), Party::absent(), "{nobody}");
        }
        for withheld in
            ["\"Anonymous\" <anonymous>", "anonymous", "Private", "\"Lisa Ek\" <Restricted>"]
        {
            assert_eq!(of_message(withheld, &source()), Party::withheld(), "{withheld}");
        }
    }

    // R6: the network tells the PBX a number that the caller asked to hide.
    #[test]
    fn a_caller_is_withheld_by_presentation_or_by_having_no_number() {
        let of =
            |number: &str, presentation: &str| of_call(number, "Lisa Ek", presentation, &source());
        for presentation in ["prohib", "prohib_not_screened", "PROHIB_PASSED_SCREEN"] {
            assert_eq!(of("+46701740605", presentation), Party::withheld());
        }
        for number in ["", "anonymous", "<unknown>", "unknown", "unavailable", "Anonymous"] {
            assert_eq!(of(number, "unavailable"), Party::withheld(), "{number}");
        }
        let seen = of("0701740605", "unavailable");
        assert_eq!(
            (seen.number.unwrap().as_str(), seen.name.as_deref()),
            ("+46701740605", Some("Lisa Ek"))
        );
    }

    #[test]
    fn one_of_ours_without_a_number_is_not_a_withheld_caller() {
        assert_eq!(of_own_call("", "", "allowed", &source()), Party::absent());
        assert_eq!(of_own_call("1042", "", "prohib", &source()), Party::withheld());
    }

    proptest::proptest! {
        #[test]
        fn any_caller_is_read_without_panic(text in "[\"<>\\\\ a0+]{0,12}", any in "\\PC*") {
            let _ = (of_message(&text, &source()), of_message(&any, &source()));
        }
    }
}
