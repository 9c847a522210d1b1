//! What is refused of the organisation's texts, and what is said of it.

use super::*;
use MailDetail::{Full, None as Nothing, Number};
use std::fs;

const DETAILS: [MailDetail; 3] = [Nothing, Number, Full];

/// What comes of a folder with these files.
fn load(files: &[(&str, &[u8])], detail: MailDetail) -> Result<Texts, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let place = format!("{}/", folder.path().display());
    Texts::load(Some(folder.path()), detail).map_err(|e| e.to_string().replace(&place, ""))
}

fn refused(name: &str, text: &str, detail: MailDetail) -> String {
    match load(&[(name, text.as_bytes())], detail) {
        Ok(_) => "taken".to_owned(),
        Err(error) => {
            assert_eq!(error.lines().count(), 1, "{error}");
            error
        }
    }
}

// R29: also the texts that come with the program show no more than they may.
#[test]
fn the_texts_that_come_with_the_program_are_right_at_every_detail() {
    for detail in DETAILS {
        run(&Texts::load(None, detail).unwrap()).unwrap();
        let all: Vec<_> = crate::texts::EMBEDDED.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
        assert_eq!(load(&all, detail).unwrap().own_files(), all.len());
    }
}

#[test]
fn a_text_that_is_wrong_is_refused_with_its_place_and_what_to_do() {
    let cases = [
        ("sv/digest.txt", "Hej\n{% if %}", "sv/digest.txt:2: syntax error: "),
        ("en/digest.html", "<p>\n\n{{ nam }}", "en/digest.html:3: "),
        ("sv/digest.txt", "{{ nam }}", "docs/mails.md tells what it is given"),
        (
            "sv/manager_list.txt",
            "{% include 'sv/list.txt' %}",
            "the files there are: layout.html, ",
        ),
        (
            "sv/digest.txt",
            "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}",
            "does not come to an end",
        ),
        (
            "sv/digest.txt",
            "{% set ns = namespace(x='ab') %}{% for a in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
            "does not come to an end",
        ),
        ("sv/digest.txt", "{% set x = 'abcdefgh' * 1000000 %}{{ x }}", "longer than 4194304 bytes"),
        (
            "sv/digest.txt",
            "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
            "recursion",
        ),
        ("sv/digest.txt", "{% include 'sv/digest.txt' %}", "recursion"),
        ("layout.html", "{% extends 'layout.html' %}", "layout.html"),
        (
            "sv/digets.txt",
            "",
            "sv/digets.txt: no text has this name; did you mean \"sv/digest.txt\"?",
        ),
        ("digest.txt", "", "did you mean \"en/digest.txt\"?"),
        ("no/digest.txt", "", "no: no text has this name"),
        ("sv/digest.txt/x", "", "sv/digest.txt: this is not a file"),
    ];
    for (name, text, said) in cases {
        for detail in DETAILS {
            let error = refused(name, text, detail);
            assert!(error.contains(said), "{name} {text}: {error}");
        }
    }
    let large = "å".repeat(40_000);
    assert_eq!(
        refused("sv/digest.txt", &large, Nothing),
        "sv/digest.txt: this text is larger than 65536 bytes; shorten it"
    );
    assert_eq!(
        load(&[("sv/digest.txt", b"Hej\n\xe5")], Nothing).unwrap_err(),
        "sv/digest.txt:2: this is not UTF-8; save the file as UTF-8"
    );
    assert!(load(&[(".git/config", b"")], Nothing).is_ok(), "hidden files are nobody's texts");
}

// R29: never more than `mail_detail` allows, never in a subject; told by name and line.
#[test]
fn a_text_that_shows_too_much_of_a_caller_is_refused_by_name() {
    let body = |inside: &str| format!("Hej\n{{% for row in rows %}}\n{inside}{{% endfor %}}");
    let number = "row.number is shown although mail.mail_detail is \"none\"; take it out, or set mail.mail_detail to \"number\"";
    let name = "row.caller_name is shown although";
    for (text, hidden_at, said, case) in [
        (body("{{ row.number }}"), &DETAILS[..1], number, "printed"),
        (body("{{ row['number'] }}"), &DETAILS[..1], number, "by its key"),
        (
            body("{{ row|attr('num' ~ 'ber') }}"),
            &DETAILS[..1],
            "row.number is shown",
            "in disguise",
        ),
        (body("{{ (row.number or '')|length }}"), &DETAILS[..1], number, "its length"),
        (body("{{ (row.number or '')[3:4] }}"), &DETAILS[..1], number, "a part of it"),
        (
            body("{% if row.number %}Ring!{% endif %}"),
            &DETAILS[..1],
            number,
            "whether there is one",
        ),
        (
            body("{% if row.number is defined %}{{ row.number }}{% endif %}"),
            &DETAILS[..1],
            number,
            "if there",
        ),
        (
            body("{% if mail_detail != 'none' %}{{ row.number }}{% endif %}"),
            &[],
            "",
            "as it should be",
        ),
        (body("{{ row }}"), &DETAILS[..2], "is shown", "everything"),
        (body("{{ row.caller_name }}"), &DETAILS[..2], name, "the name"),
        (
            body("{% if row.number == 'x' %}{% endif %}"),
            &DETAILS[..1],
            "row.number is not given while mail.mail_detail is \"none\"",
            "asked for",
        ),
        (
            "Ring {{ rows[0].number if rows else '' }}".to_owned(),
            &DETAILS,
            "row.number is in the subject",
            "a subject",
        ),
        (
            "{% for row in rows %}{{ row.caller_name }}{% endfor %}".to_owned(),
            &DETAILS,
            "row.caller_name is in the subject",
            "a name in a subject",
        ),
    ] {
        for detail in DETAILS {
            let expected = hidden_at.contains(&detail);
            let error = refused("sv/digest.txt", &text, detail);
            assert_eq!(error != "taken", expected, "{case} at {}: {error}", detail.name());
            assert!(!expected || error.contains(said), "{case} at {}: {error}", detail.name());
            assert!(!expected || error.starts_with("sv/digest.txt"), "{case}: {error}");
        }
    }
    let html = "<p>\n{% for row in rows %}\n{{ row.number }}{% endfor %}";
    assert!(
        refused("en/digest.html", html, Nothing)
            .starts_with("en/digest.html:3: row.number is shown")
    );
}

// Such a text must neither end the program, nor take long.
#[test]
fn a_text_that_nests_ten_thousand_deep_is_refused() {
    const DEEP: usize = 10_000;
    let around = |before: &str, inside: &str, after: &str| {
        format!("{}{inside}{}", before.repeat(DEEP), after.repeat(DEEP))
    };
    // A file takes 65,536 bytes; the shorter ones fit whole, and the longer ones are refused for their length.
    let shortened = |text: String| text.chars().take(65_000).collect::<String>();
    for text in [
        format!("{{{{ {} }}}}", around("(", "1", ")")),
        format!("{{{{ {} }}}}", around("[", "1", "]")),
        format!("{{{{ {} }}}}", around("-", "1", "")),
        format!("{{{{ {} }}}}", around("not ", "1", "")),
        format!("{{{{ 1{} }}}}", around("+1", "", "")),
        format!("{{{{ 1{} }}}}", around("~1", "", "")),
        format!("{{{{ 1{} }}}}", around("**1", "", "")),
        format!("{{{{ 1{} }}}}", around(" or 1", "", "")),
        format!("{{{{ 1{} }}}}", around(" if 1", "", "")),
        format!("{{{{ name{} }}}}", around(".x", "", "")),
        format!("{{{{ name{} }}}}", around("[1]", "", "")),
        format!("{{{{ name{} }}}}", around("()", "", "")),
        format!("{{{{ name{} }}}}", around("|e", "", "")),
        shortened(around("{%if 1%}", "", "")),
        around("{%if 1%}", "", "{%endif%}"),
        shortened(around("{%for a in b%}", "", "")),
        shortened(around("{%block a%}", "", "")),
        shortened(around("{%filter e%}", "", "")),
        shortened(format!("{{%if 1%}}{}", around("{%elif 1%}", "", ""))) + "{%endif%}",
        format!(
            "{{{{ {} }}}}",
            around("1 if 1 else ", "1", "").chars().take(60_000).collect::<String>()
        ),
        format!("{{{{ 1 {} }}}}", around("<1", "", "")),
        format!("{{{{ 1 {} }}}}", around(" in 1", "", "")),
        format!("{{{{ 1 {} }}}}", around(" is x", "", "")),
        format!("{{{{ {} }}}}", around("{1:", "1", "}")),
        format!("{{% set {} = 1 %}}", around("(", "a", ")")),
    ] {
        let begin: String = text.chars().take(24).collect();
        let error = on_a_small_stack(text);
        assert!(error.starts_with("sv/digest.txt"), "{begin}: {error}");
    }
}

#[test]
fn a_text_that_nests_as_deep_as_it_may_does_no_harm() {
    for repeated in
        ["-", "not ", "+1", "~1", "**1", " or 1", ".x", "[1]", "()", "|e", "<1", " is x"]
    {
        let many = repeated.repeat(980 / repeated.len());
        for text in [format!("{{{{ 1{many} }}}}"), format!("{{{{ {many}1 }}}}")] {
            let said = on_a_small_stack(text);
            assert!(said == "taken" || said.starts_with("sv/digest.txt"), "{repeated}: {said}");
        }
    }
    let elifs = format!("Hej\n{{% if 0 %}}{}{{% endif %}}", "{% elif 0 %}".repeat(100));
    assert_eq!(on_a_small_stack(elifs), "taken");
}

/// What is said of it, with as little stack as a worker of the program has.
fn on_a_small_stack(text: String) -> String {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    thread.spawn(move || refused("sv/digest.txt", &text, Nothing)).unwrap().join().unwrap()
}
