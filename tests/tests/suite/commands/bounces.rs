//! The mailbox that mails come back to: what is wrong with its keys is told in one line, and `check` tries it.

use super::{folder, run, run_beside};
use aterkom_tests::imap::{Fault, ImapServer};

#[test]
fn what_is_wrong_with_the_mailbox_is_told_with_its_place() {
    let keys = "[mail.bounces]\nhost = \"imap.kommun.example\"\nusername = \"studs\"\n";
    let with = |line: &str| format!("{keys}{line}\n");
    for (configuration, told) in [
        (
            "[mail]\nenvelope_from = \"studs\"\n".to_owned(),
            ":2: this is not a mail address; write for example \"studs@kommun.example\"",
        ),
        (
            "[mail.bounces]\nhost = \"imap.kommun.example\"\n".to_owned(),
            ":1: write the name that the mailbox is opened with",
        ),
        (with("every_minutes = 0"), ":4: write minutes from 1 to 1440"),
        (
            with("folder = \"Åter\""),
            ":4: write the name of the folder as the server has it, in ASCII",
        ),
        (with("ca_file = \"nowhere.pem\""), ":4: \"nowhere.pem\" cannot be read"),
        (
            with("ca_file = \"aterkom.toml\""),
            ":4: \"aterkom.toml\": this is not a certificate in PEM",
        ),
        (with("password_file = \"nowhere\""), ":4: the secret file \"nowhere\" cannot be read"),
    ] {
        let folder = folder(&configuration);
        for command in ["check", "serve"] {
            let ended = run(folder.path(), &[command], &[]);
            assert_eq!(ended.code, Some(2), "{configuration}: {ended:?}");
            let told = format!("aterkom.toml{told}");
            assert!(ended.err.contains(&told), "{configuration}: {ended:?}");
        }
    }
}

#[tokio::test]
async fn check_tries_the_login() {
    let mailbox = ImapServer::start().await;
    mailbox.put(b"Subject: x\r\n\r\n");
    let folder = folder(&mailbox.keys());
    for (fault, told) in [
        (None, "well  bounces: 1 unread mails"),
        (Some(Fault::RefusesLogin), "WRONG bounces: the server refused the login"),
    ] {
        mailbox.misbehave(fault);
        let ended = run_beside(folder.path(), &["check"]).await;
        assert!(ended.out.contains(told), "{ended:?}");
        assert_eq!(mailbox.unread(), 1, "a look changes nothing");
    }
}
