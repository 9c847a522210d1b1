//! `aterkom mail preview` and `mail send`: every mail is there to be read, in one's own words, and shows no more than it may.

use super::{folder, run, run_beside, write};
use aterkom_tests::Mail;
use aterkom_tests::smtp::SmtpServer;
use std::collections::BTreeSet;
use std::path::Path;

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        entry.expect("an entry").file_name().into_string().expect("a name")
    };
    entries.map(name).collect()
}

// R29, R30
#[test]
fn every_mail_is_written_in_every_state_and_both_languages() {
    let folder = folder("[mail]\nmail_detail = \"number\"\ntemplates = \"texts\"\n");
    std::fs::create_dir_all(folder.path().join("texts/sv")).expect("a folder");
    write(folder.path(), "texts/sv/alarm.txt", "Larm hos oss\n\nDet finns något att se till.\n");
    let ended = run(folder.path(), &["mail", "preview", "out"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let out = folder.path().join("out");
    let names = names(&out);
    for name in ["digest", "new", "nudge", "manager-list", "alarm", "faults", "sign-in"] {
        for ending in ["html", "txt", "eml"] {
            for language in ["sv", "en"] {
                let file = format!("{language}-{name}-01.{ending}");
                assert!(names.contains(&file), "{file} is not in {names:?}");
            }
        }
    }
    let read = |name: &str| std::fs::read_to_string(out.join(name)).expect("a file");
    assert!(read("sv-alarm-01.txt").starts_with("Larm hos oss\n\n"), "one's own words");
    let index = read("index.html");
    let mails = names.iter().filter(|name| name.ends_with(".eml")).count();
    assert_eq!(index.matches("<article").count(), mails);
    assert!(ended.out.starts_with(&format!("{mails} mails; begin with ")), "{}", ended.out);
    let digests = names.iter().filter(|n| n.starts_with("sv-digest") && n.ends_with(".txt"));
    let digests: String = digests.map(|name| read(name)).collect();
    assert!(digests.contains("070-174 06 05") && !digests.contains("Lisa Berg"), "{digests}");
    let sms = names.iter().filter(|n| n.starts_with("sv-sms") && n.ends_with(".txt"));
    assert!(sms.clone().count() > 5, "an SMS for each state: {names:?}");
    for name in sms {
        assert!(index.contains(read(name).lines().next().expect("a first line")), "{name}");
    }
    for name in names.iter().filter(|name| name.ends_with(".txt")) {
        let text = read(name);
        let subject = text.lines().next().unwrap_or_default();
        assert!(!subject.is_empty() && !subject.contains("070"), "{name}: {subject}");
    }
}

#[test]
fn a_text_that_is_wrong_or_a_folder_that_cannot_be_is_refused() {
    let folder = folder("[mail]\ntemplates = \"texts\"\n");
    std::fs::create_dir_all(folder.path().join("texts/sv")).expect("a folder");
    write(folder.path(), "a-file", "");
    let ended = run(folder.path(), &["mail", "preview", "a-file"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("a-file cannot be written"), "{}", ended.err);
    write(folder.path(), "texts/sv/digest.txt", "Hej {{ nam }}\n");
    let ended = run(folder.path(), &["mail", "preview", "out"], &[]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.err.contains("sv/digest.txt"), "{}", ended.err);
}

// R30
#[tokio::test]
async fn every_mail_is_sent_to_one_mailbox_to_be_looked_at() {
    let server = SmtpServer::start().await;
    let folder = folder(&format!(
        "[mail]\ntransport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\n",
        server.port
    ));
    let sends = async |words| run_beside(folder.path(), words).await;
    let ended = sends(&["mail", "send", "kim.ek@kommun.example"]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let taken = server.taken();
    assert!(ended.out.ends_with(&format!("\n{} mails were sent\n", taken.len())), "{}", ended.out);
    assert!(taken.iter().all(|mail| mail.to == "kim.ek@kommun.example"), "to nobody else");
    let heads: Vec<String> = taken.iter().map(|t| Mail::read(&t.to, &t.bytes).head).collect();
    for name in ["digest", "new", "nudge", "manager-list", "alarm", "faults", "sign-in"] {
        let id = format!("List-Id: <{name}.aterkom.");
        assert!(heads.iter().any(|head| head.contains(&id)), "{name} is not in {heads:?}");
    }
    let ended = sends(&["mail", "send", "kim.ek@kommun.example", "--only", "nudge"]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let more = server.taken().len() - taken.len();
    assert!(more > 0 && more < taken.len(), "{more} of {}", taken.len());
    server.refuse_next("550 5.1.1 no such mailbox");
    let ended = sends(&["mail", "send", "nobody@kommun.example"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(ended.out.contains("0 of ") && ended.out.contains("550 5.1.1"), "{ended:?}");
    for (words, told) in [
        (&["mail", "send", "kim"][..], "\"kim\" is not a mail address"),
        (
            &["mail", "send", "kim.ek@kommun.example", "--only", "dygest"],
            "there is no text \"dygest\"; there are new, digest, nudge, manager_list, alarm, faults, test, sign_in\n",
        ),
    ] {
        let ended = run(folder.path(), words, &[]);
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains(told), "{ended:?}");
    }
    write(folder.path(), "aterkom.toml", "[mail]\ntransport = \"folder\"\n");
    let ended = run(folder.path(), &["mail", "send", "kim.ek@kommun.example"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(ended.err.contains("nobody would get them"), "{ended:?}");
}
