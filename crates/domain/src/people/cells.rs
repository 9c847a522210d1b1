//! What may stand in one cell. Messages say what to write instead.

use super::columns::RowType;
use crate::directory::{Alias, Language, LineKind};
use crate::ids::SourceName;
use crate::number::NumberPlan;

/// In characters.
const LONGEST_CELL: usize = 500;
/// What RFC 5321 lets through (4.5.3.1: path without its brackets, local part, one label of the domain).
const LONGEST_ADDRESS: usize = 254;
const LONGEST_LOCAL: usize = 64;
const LONGEST_LABEL: usize = 63;
/// What is kept of the PBX's text of a party; a longer alias would never be met.
const LONGEST_ALIAS: usize = 200;
/// Swedish numbers have at least as many digits, extensions fewer.
const SHORTEST_FULL_NUMBER: usize = 8;

/// A cell's text as good as it can be read, and what is wrong with it.
///
/// People put `'` before what a spreadsheet would take for a formula or a number; it is not part of the text.
pub(super) fn text(cell: &str) -> (String, Option<String>) {
    let guarded = guarded(cell.trim());
    let text = guarded.unwrap_or(cell.trim());
    let mut wrong = None;
    if guarded.is_none() && text.starts_with('=') {
        wrong = Some("this is a spreadsheet formula; write the text itself".to_owned());
    }
    if text.chars().any(invisible) {
        let message = "there is a line break or another invisible character in this cell; remove it \
            (or is a quotation mark left open?)";
        wrong = Some(message.to_owned());
    }
    if text.chars().count() > LONGEST_CELL {
        wrong = Some(format!("at most {LONGEST_CELL} characters; write less"));
    }
    let readable = text.chars().filter(|c| !invisible(*c)).take(LONGEST_CELL).collect::<String>();
    (if guarded.is_none() { readable.trim_start_matches('=').to_owned() } else { readable }, wrong)
}

fn guarded(text: &str) -> Option<&str> {
    let needs_guard =
        |first: char| matches!(first, '=' | '+' | '-' | '@') || first.is_ascii_digit();
    text.strip_prefix('\'').filter(|rest| rest.starts_with(needs_guard))
}

/// Controls, and what makes two equal-looking names different or turns the direction of writing.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A value in a message, not too much of it.
pub(super) fn quoted(value: &str) -> String {
    const MOST: usize = 60;
    let mut short: String = value.chars().filter(|c| !invisible(*c)).take(MOST).collect();
    if value.chars().count() > MOST {
        short.push('…');
    }
    format!("\"{short}\"")
}

pub(super) fn row_type(word: &str) -> Result<RowType, String> {
    match word.to_lowercase().as_str() {
        "unit" | "enhet" => Ok(RowType::Unit),
        "employee" | "medarbetare" => Ok(RowType::Employee),
        "line" | "nummer" | "anknytning" => Ok(RowType::Line),
        _ => Err(format!("{} is no type; write unit, employee or line", quoted(word))),
    }
}

pub(super) fn line_kind(word: &str) -> Result<LineKind, String> {
    match word.to_lowercase().as_str() {
        "person" => Ok(LineKind::Person),
        "group" | "grupp" => Ok(LineKind::Group),
        "queue" | "kö" => Ok(LineKind::Queue),
        "switchboard" | "växel" => Ok(LineKind::Switchboard),
        "ivr" | "knappval" => Ok(LineKind::Ivr),
        _ => Err(format!(
            "{} is no kind; write person, group, queue, switchboard or ivr",
            quoted(word)
        )),
    }
}

/// R36: whether a line is protected.
pub(super) fn yes_or_no(word: &str) -> Result<bool, String> {
    match word.to_lowercase().as_str() {
        "yes" | "ja" | "x" => Ok(true),
        "no" | "nej" => Ok(false),
        _ => Err(format!("{} is neither yes nor no; write yes or no", quoted(word))),
    }
}

/// R30: Swedish or English.
pub(super) fn language(word: &str) -> Result<Language, String> {
    match word.to_lowercase().as_str() {
        "sv" | "svenska" | "swedish" => Ok(Language::Swedish),
        "en" | "engelska" | "english" => Ok(Language::English),
        _ => Err(format!("{} is no language that mails come in; write sv or en", quoted(word))),
    }
}

/// An e-mail address in lower case. Stricter than the standard: it comes into mail headers.
pub(super) fn email(text: &str) -> Result<String, String> {
    let address = text.to_lowercase();
    if is_address(&address) {
        return Ok(address);
    }
    let example = if text.is_ascii() {
        "write one like anna.akesson@kommun.example"
    } else {
        "write it without letters such as å, and a domain that has them as xn--…"
    };
    Err(format!("{} is not an e-mail address; {example}", quoted(text)))
}

fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    let atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c);
    let local_is_good = local.len() <= LONGEST_LOCAL
        && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
    let label = |label: &str| {
        (1..=LONGEST_LABEL).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = domain.rsplit_once('.').map(|(_, top)| top);
    let top_is_good = top.is_some_and(|top| top.starts_with(|c: char| c.is_ascii_alphabetic()));
    text.len() <= LONGEST_ADDRESS && local_is_good && top_is_good && domain.split('.').all(label)
}

/// The aliases of a line, `|` between; what is wrong with each one that is.
pub(super) fn aliases(
    cell: &str,
    plan: &NumberPlan,
    sources: &[SourceName],
) -> (Vec<Alias>, Vec<String>) {
    let mut good = Vec::new();
    let mut wrong = Vec::new();
    for text in cell.split('|').map(str::trim).filter(|text| !text.is_empty()) {
        match alias(guarded(text).unwrap_or(text), plan, sources) {
            Ok(alias) if good.contains(&alias) => {}
            Ok(alias) => good.push(alias),
            Err(message) => wrong.push(message),
        }
    }
    (good, wrong)
}

/// `source=name`, or a name for all sources.
fn alias(text: &str, plan: &NumberPlan, sources: &[SourceName]) -> Result<Alias, String> {
    let (source, name) = match text.split_once('=') {
        Some((source, name)) => (Some(known_source(source.trim(), sources)?), name.trim()),
        None => (None, text),
    };
    if name.is_empty() {
        return Err(format!("there is nothing after {}; write source=name", quoted(text)));
    }
    if name.chars().count() > LONGEST_ALIAS {
        return Err(format!("{} is longer than {LONGEST_ALIAS} characters", quoted(name)));
    }
    if is_rounded(name) {
        return Err(format!(
            "the spreadsheet has rounded the number to {name}; format the cells as text and write the number again"
        ));
    }
    if source.is_none() && lacks_zero(name, plan) {
        return Err(format!(
            "{name} is a number that has lost its first 0; write 0{name} (or source={name} if a PBX names the line so)"
        ));
    }
    Ok(Alias::read(name, source, plan))
}

fn known_source(name: &str, sources: &[SourceName]) -> Result<SourceName, String> {
    let found = sources.iter().find(|source| source.0.to_lowercase() == name.to_lowercase());
    found.cloned().ok_or_else(|| {
        let names: Vec<_> = sources.iter().map(|source| source.0.as_str()).collect();
        let known =
            if names.is_empty() { "none is configured".to_owned() } else { names.join(", ") };
        format!("no source is called {}; the sources are: {known}", quoted(name))
    })
}

/// `4,68465E+10`, which a spreadsheet makes of a long number.
fn is_rounded(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.');
    text.to_uppercase().split_once("E+").is_some_and(|(mantissa, exponent)| {
        !mantissa.is_empty() && !exponent.is_empty() && digits(mantissa) && digits(exponent)
    })
}

/// `701740605`, which a spreadsheet makes of 0701740605. As an alias it would silently never be met.
fn lacks_zero(text: &str, plan: &NumberPlan) -> bool {
    text.len() >= SHORTEST_FULL_NUMBER
        && text.bytes().all(|b| b.is_ascii_digit())
        && plan.read(text).is_none()
        && plan.read(&format!("0{text}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    // Addresses come into mail headers (R29): one that could start a header of its own is refused.
    #[test]
    fn an_address_is_one_that_mail_goes_to() {
        for good in [
            "a@b.se",
            "Anna.Akesson+x@kommun.example",
            "o'brien@sub.kommun.se",
            "a@xn--rksmrgs-5wao1o.se",
        ] {
            assert_eq!(email(good), Ok(good.to_lowercase()), "{good}");
        }
        let long = format!("{}@kommun.example", "a".repeat(65));
        let longer = format!("a@{}.se", "b.".repeat(130));
        for bad in [
            "",
            "a",
            "@",
            "a@",
            "@b.se",
            "a@b",
            "a@@b.se",
            "a@b@c.se",
            "a b@c.se",
            "a@b .se",
            "a@b.se,c@d.se",
            "<a@b.se>",
            "\"a\"@b.se",
            "a@b..se",
            ".a@b.se",
            "a.@b.se",
            "a@-b.se",
            "a@b-.se",
            "a@b.5",
            "a@b.se\r\nBcc: c@d.se",
            "å@b.se",
            "a@ö.se",
            "a@[127.0.0.1]",
            "a;b@c.se",
            "a:b@c.se",
            "a\\b@c.se",
            "a(b)@c.se",
            &long,
            &longer,
        ] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    // What comes into heads of mails and over the wire is plain.
    #[test]
    fn an_address_with_quotes_other_letters_or_line_breaks_is_refused() {
        for address in [
            "\"kim ek\"@kommun.example",
            "kim@räksmörgås.example",
            "åsa@kommun.example",
            "kim@kommun.example\r\nBcc: x@y.example",
            "kim\n@kommun.example",
            "kim@kommun.example,bo@kommun.example",
            "Kim <kim@kommun.example>",
            "kim@[192.0.2.1]",
            "kim@kommun",
        ] {
            let refused = email(address).expect_err(address);
            assert!(refused.contains("is not an e-mail address; write"), "{refused}");
            assert!(!refused.contains(['\r', '\n']), "{refused:?}");
        }
        let plain = "kim@xn--rksmrgs-5wao1o.example";
        assert_eq!(email(&plain.to_uppercase()), Ok(plain.to_owned()));
    }

    // R7: an alias is read like any number; R15: of one source or of all.
    #[test]
    fn an_alias_is_a_number_in_any_form_or_the_text_of_a_pbx() {
        let sources = [SourceName::new("zoom-phone"), SourceName::new("Växel 2")];
        let plan = NumberPlan::new("SE", "08").unwrap();
        let read = |cell: &str| aliases(cell, &plan, &sources);
        let alias = |source: Option<&SourceName>, text: &str| Alias {
            source: source.cloned(),
            text: text.to_owned(),
        };
        for one in
            ["08-465 004 12", "0046846500412", "+46 (0)8 465 004 12", "46500412", "46846500412"]
        {
            assert_eq!(read(one), (Vec::from([alias(None, "+46846500412")]), Vec::new()), "{one}");
        }
        let (several, wrong) =
            read("412 | ZOOM-PHONE = W0|växel 2=ab==| |'0846500412|+46846500412");
        assert_eq!(wrong, [""; 0]);
        let expected = [
            alias(None, "412"),
            alias(Some(&sources[0]), "w0"),
            alias(Some(&sources[1]), "ab=="),
            alias(None, "+46846500412"),
        ];
        assert_eq!(several, expected);
    }

    #[test]
    fn an_alias_that_would_never_be_met_is_an_error() {
        let sources = [SourceName::new("a"), SourceName::new("b")];
        let plan = NumberPlan::sweden();
        for (cell, message) in [
            ("zoom=400", "no source is called \"zoom\"; the sources are: a, b"),
            ("=400", "no source is called \"\"; the sources are: a, b"),
            ("a=", "there is nothing after \"a=\"; write source=name"),
            (
                "4,68465E+10",
                "the spreadsheet has rounded the number to 4,68465E+10; format the cells as text and write the number again",
            ),
            (
                "701740605",
                "701740605 is a number that has lost its first 0; write 0701740605 (or source=701740605 if a PBX names the line so)",
            ),
        ] {
            assert_eq!(
                aliases(cell, &plan, &sources),
                (Vec::new(), Vec::from([message.to_owned()])),
                "{cell}"
            );
        }
        assert_eq!(
            aliases("a=701740605", &plan, &sources).1,
            [""; 0],
            "a PBX may have such a name"
        );
        let unconfigured = aliases("a=1", &plan, &[]).1;
        assert_eq!(
            unconfigured,
            ["no source is called \"a\"; the sources are: none is configured"]
        );
    }

    #[test]
    fn what_a_spreadsheet_needs_against_formulas_is_not_part_of_the_text() {
        for (cell, wanted) in [
            ("'+46846500412", "+46846500412"),
            ("'0412", "0412"),
            ("'t Hooft", "'t Hooft"),
            (" a ", "a"),
        ] {
            assert_eq!(text(cell), (wanted.to_owned(), None));
        }
        for cell in ["=A1", "a\nb", "a\u{0}b", "a\u{202e}b", &"a".repeat(501)] {
            assert!(text(cell).1.is_some(), "{cell:?}");
        }
        assert_eq!(text(&"å".repeat(500)).1, None);
    }
}
