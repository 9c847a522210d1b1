//! Texts of the organisation: what is wrong with one is told by `check` and by `serve`, before any mail is due.

use super::{folder, run, write};
use std::fs;
use std::path::Path;

const CONFIGURATION: &str = "[organisation]\nreception = \"vaxel@exempelby.example\"\narea_code = \"0980\"\n[mail]\ntemplates = \"texter\"\n";

/// The one text of the organisation.
fn put(folder: &Path, name: &str, text: &str) {
    let texts = folder.join("texter");
    let _ = fs::remove_dir_all(&texts);
    let path = texts.join(name);
    fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

// R29, and so that nothing of it is found out at 08:15.
#[test]
fn a_text_that_is_wrong_is_refused_by_check_and_at_the_start() {
    let folder = folder(CONFIGURATION);
    let cases = [
        (
            "sv/digest.txt",
            "{% for a in range(99999) %}{% for b in range(99999) %}{{ b }}{% endfor %}{% endfor %}",
            "texter/sv/digest.txt:1: this text does not come to an end; look for a loop that goes on and on",
        ),
        ("en/digest.html", "<p>\n{% if rows %}", "texter/en/digest.html:2: syntax error: "),
        (
            "sv/digest.txt",
            "Att ringa upp\n{% for row in rows %}\n{{ row.number }}\n{% endfor %}",
            "texter/sv/digest.txt:3: row.number is shown although mail.mail_detail is \"none\"; take it out, or set mail.mail_detail to \"number\"",
        ),
        (
            "sv/digets.txt",
            "Hej",
            "texter/sv/digets.txt: no text has this name; did you mean \"sv/digest.txt\"?",
        ),
    ];
    for (name, text, said) in cases {
        put(folder.path(), name, text);
        let checked = run(folder.path(), &["check"], &[]);
        assert_eq!(checked.code, Some(1), "{checked:?}");
        assert!(checked.out.contains(&format!("WRONG texts: {said}")), "{said}: {checked:?}");
        let served = run(folder.path(), &["serve"], &[]);
        assert_eq!(served.code, Some(1), "{served:?}");
        assert!(served.err.contains(&format!("aterkom: {said}")), "{said}: {served:?}");
    }
    put(
        folder.path(),
        "sv/digest.txt",
        "Att ringa upp\n{% for row in rows %}{{ row.number }}{% endfor %}",
    );
    let allowed = [("ATERKOM__MAIL__MAIL_DETAIL", "number")];
    let checked = run(folder.path(), &["check"], &allowed);
    assert!(checked.out.contains("well  texts: 1 of your own\n"), "{checked:?}");
}

#[test]
fn a_folder_that_is_not_there_and_a_detail_that_is_none_are_wrong_use() {
    let folder = folder(CONFIGURATION);
    let ended = run(folder.path(), &["check"], &[]);
    let said = "aterkom: aterkom.toml:5: there is no folder \"texter\"; write the path of one, or nothing\n";
    assert_eq!((ended.code, ended.err.as_str()), (Some(2), said));
    write(folder.path(), "aterkom.toml", "[mail]\nmail_detail = \"all\"\n");
    let ended = run(folder.path(), &["check"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.starts_with("aterkom: aterkom.toml:2: unknown variant `all`"), "{ended:?}");
}
