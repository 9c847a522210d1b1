//! Nobody's name or address writes a line of the head.

use super::*;
use domain::directory::Language;

const HEADERS: [&str; 11] = [
    "Auto-Submitted",
    "Content-Type",
    "Date",
    "From",
    "List-Id",
    "MIME-Version",
    "Message-ID",
    "Reply-To",
    "Subject",
    "To",
    "X-Auto-Response-Suppress",
];

fn sender() -> Sender {
    Sender {
        from: "Återkom <aterkom@kommun.example>".parse().unwrap(),
        reply_to: Some("Växeln <vaxel@kommun.example>".parse().unwrap()),
        envelope_from: "aterkom@kommun.example".parse().unwrap(),
    }
}

/// The head of a mail to them.
fn head(name: &str, address: &str, subject: &str) -> Result<String, Unwritable> {
    let (name, address) = (name.to_owned(), address.to_owned());
    let to = Addressee { name, address, language: Language::Swedish };
    let text = Text { subject: subject.to_owned(), plain: "x".into(), html: "<p>x".into() };
    let bytes = mail(Uuid::nil(), "digest", &sender(), &to, &text, DateTime::UNIX_EPOCH)?;
    let whole = String::from_utf8(bytes).expect("a mail is UTF-8");
    Ok(whole.split("\r\n\r\n").next().unwrap_or_default().to_owned())
}

// R29, R30
#[test]
fn a_name_or_a_subject_adds_no_header() {
    for name in [
        "",
        "Åsa Öberg",
        "Ek, Kim",
        "Kim \"K\" Ek",
        "Kim <x@y.example>",
        "Åsa\r\nBcc: x@y.example",
        "Kim\nBcc: x@y.example",
        "Kim\r\n\r\n<p>body",
        "Kim\0",
        "Kim\u{2028}Bcc: x@y.example",
        &"Å".repeat(5_000),
        &"a".repeat(5_000),
    ] {
        for subject in ["Att ringa upp: 1", "1\r\nBcc: x@y.example", "1\n\n<p>body", name] {
            let head = head(name, "kim@kommun.example", subject).expect("a mail");
            let mut names: Vec<&str> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap_or_default())
                .collect();
            names.sort_unstable();
            assert_eq!(names, HEADERS, "{name:?} {subject:?}: {head}");
            assert!(head.is_ascii() && !head.contains(['\0']), "{head}");
            assert!(
                head.replace("\r\n", "").chars().all(|c| !c.is_control() || c == '\t'),
                "{head:?}"
            );
        }
    }
}

#[test]
fn an_address_that_is_none_gets_no_mail_and_one_of_another_script_its_wire_name() {
    for address in ["kim@kommun.example\r\nBcc: x@y.example", "\"a\r\nb\"@kommun.example", "kim"] {
        assert!(head("Kim", address, "x").is_err(), "{address:?}");
    }
    let head = head("Kim", "kim@räksmörgås.example", "x").expect("a mail");
    assert!(head.contains("To: Kim <kim@xn--rksmrgs-5wao1o.example>\r\n"), "{head}");
}
