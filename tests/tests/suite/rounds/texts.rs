//! Texts of the organisation, and what mails show of callers (R29).

use super::{ASA, TO_ASA, TO_PER, assert_text, call};
use aterkom_tests::{Engine, Mail, World};
use serde_json::{Value, json};

/// With these lines under `[mail]` Lisa, and somebody who withheld the number, have called Åsa, and it got late. What
/// her digest and her manager's list say of it.
async fn mails(engine: Engine, keys: &str) -> (Mail, Mail) {
    let mut world = World::with_mail(engine, "2026-11-17 15:00", keys).await;
    let mut data = call("1", "070-174 06 05", ASA);
    data["caller_name"] = json!("Lisa Lundqvist");
    world.tell("1", "2026-11-17 14:00", "missed", data).await;
    let mut data = call("2", "", ASA);
    data["from"] = Value::Null;
    world.tell("2", "2026-11-17 14:10", "voicemail", data).await;
    world.advance_to("2026-11-20 08:00").await;
    world.forget_mails();
    world.advance_to("2026-11-20 08:31").await;
    let told = (world.mailbox(TO_ASA).only(), world.mailbox(TO_PER).only());
    world.end().await;
    told
}

// R29: bodies show what `mail_detail` allows; subjects nothing at any setting.
async fn bodies_show_what_is_allowed(engine: Engine) {
    for (detail, number, name) in
        [("none", false, false), ("number", true, false), ("full", true, true)]
    {
        let (digest, list) = mails(engine, &format!("mail_detail = \"{detail}\"")).await;
        for text in [&digest.text, &digest.html] {
            assert_eq!(text.contains("+46701740605"), number, "{detail}: {text}");
            assert_eq!(text.contains("Lisa Lundqvist"), name, "{detail}: {text}");
            assert_eq!(text.contains("Dolt nummer"), number, "{detail}: {text}");
            assert_eq!(text.contains("Numret står inte här"), !number, "{detail}: {text}");
        }
        assert_eq!(digest.subject, "Att ringa upp: 2, 2 försenade");
        if detail == "full" {
            assert_text("digest_full_sv", &digest.text);
        }
        // R26: a manager's list needs no numbers.
        assert!(!format!("{}{}", list.text, list.html).contains("740605"), "{}", list.text);
    }
}

#[tokio::test]
async fn bodies_show_of_callers_what_is_allowed_sqlite() {
    bodies_show_what_is_allowed(Engine::Sqlite).await;
}

#[tokio::test]
async fn bodies_show_of_callers_what_is_allowed_postgres() {
    bodies_show_what_is_allowed(Engine::Postgres).await;
}

/// The line of the configuration that names a folder with this digest.
fn own(folder: &tempfile::TempDir, digest: &str) -> String {
    std::fs::create_dir(folder.path().join("sv")).expect("a folder can be made");
    std::fs::write(folder.path().join("sv/digest.txt"), digest).expect("a file can be written");
    format!("templates = \"{}\"", folder.path().display())
}

#[tokio::test]
async fn a_text_of_the_organisation_is_what_people_get() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let digest = "Ring: {{ rows|length }}\n\nTjena {{ name }}!\n{% for row in rows %}\n* {{ row.received }}\n{% endfor %}\n";
    let (digest, list) = mails(Engine::Sqlite, &own(&folder, digest)).await;
    assert_eq!(digest.subject, "Ring: 2");
    // R2: of one day the message first.
    let lines: Vec<&str> = digest.text.lines().collect();
    assert_eq!(
        lines,
        ["Tjena Åsa Öberg!", "* tisdag 17 november kl. 14.10", "* tisdag 17 november kl. 14.00"]
    );
    assert!(digest.html.contains("på att du hör av dig"), "the other half is as it was");
    assert_eq!(list.subject, "2 försenade återkopplingar");
}

// A text that no sample makes fail, and a real morning does: the reminder comes all the same.
#[tokio::test]
async fn a_text_that_fails_on_the_day_is_replaced_by_the_programs_own() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let digest = "Ring: {{ rows|length }}\n{% if name == 'Åsa Öberg' %}{{ namn }}{% endif %}\n";
    let (digest, _) = mails(Engine::Sqlite, &own(&folder, digest)).await;
    assert_eq!(digest.subject, "Att ringa upp: 2, 2 försenade");
    assert!(digest.text.starts_with("Hej Åsa Öberg!"), "{}", digest.text);
}

// R29: a subject is written without callers, also by a text whose subject no sample gives away.
#[tokio::test]
async fn a_subject_never_holds_a_number() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let digest = "Ring {% if name == 'Åsa Öberg' %}{{ rows[0].number }}{% endif %} nu\nHej\n{% for row in rows %}{{ row.number }} {% endfor %}\n";
    let keys = format!("mail_detail = \"number\"\n{}", own(&folder, digest));
    let (digest, _) = mails(Engine::Sqlite, &keys).await;
    assert_eq!(digest.subject, "Ring nu");
    assert!(digest.words().contains("+46701740605"), "{}", digest.text);
}
