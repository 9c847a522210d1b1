//! `aterkom channels`, and what `aterkom check` says of channels.

use super::{OURS, SECRET, named};
use crate::commands::{run, run_beside, write};
use aterkom_tests::Receiver;

const OPENED: &str = "events = [\"callback.opened\"]";

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_is_tried_out_and_checked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let receiver = Receiver::start().await;
    let channels = [
        named("duty", &receiver, "standard", OPENED),
        named("chat", &receiver, "slack", "notices = [\"digest\"]\nunits = [\"Parken\"]"),
    ];
    write(folder.path(), "aterkom.toml", format!("{OURS}{}", channels.concat()));
    let ended = run_beside(folder.path(), &["channels", "test", "duty"]).await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains("has taken the test message"), "{}", ended.out);
    let told = receiver.requests();
    assert!(told.len() == 1 && told[0].is_signed_by(SECRET), "{told:?}");
    assert_eq!(told[0].json()["type"], "test");
    for (status, said) in [(410, "gone for good"), (500, "answered 500"), (302, "sends us on")] {
        receiver.says(status);
        let ended = run_beside(folder.path(), &["channels", "test", "chat"]).await;
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.out.contains(said) && !ended.out.contains("secret-token"), "{}", ended.out);
    }
    let ended = run_beside(folder.path(), &["channels", "resume", "duty"]).await;
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{ended:?}");
    assert!(ended.out.contains("0 messages that were dead"), "{}", ended.out);
    for words in [&["channels", "test", "duti"], &["channels", "resume", "duti"]] {
        let ended = run_beside(folder.path(), words).await;
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains("there are: duty, chat"), "{}", ended.err);
    }
    let ended = run_beside(folder.path(), &["check"]).await;
    for said in ["well  channel: duty", "WRONG channel: chat: there is no unit \"Parken\""] {
        assert!(ended.out.contains(said), "{said} in {}", ended.out);
    }
    assert!(!ended.out.contains("secret-token") && !ended.out.contains("whsec_"), "{}", ended.out);
}

#[test]
fn a_channel_that_cannot_be_is_refused_with_its_line_and_what_to_write() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let head = "[[channels]]\nname = \"duty\"\n";
    let elks =
        "format = \"46elks\"\nnotices = [\"nudge\"]\nusername = \"u\"\npassword = \"hemlig\"\n";
    for (text, place, said) in [
        (format!("{head}format = \"fax\"\n"), ":3: ", "standard"),
        (
            format!("{head}format = \"slack\"\nurl = \"https://a.example\"\n"),
            ":2: ",
            "told nothing",
        ),
        (
            format!(
                "{head}format = \"slack\"\nurl = \"https://a.example\"\nevents = [\"callback.open\"]\n"
            ),
            ":5: ",
            "callback.opened",
        ),
        (
            format!(
                "{head}format = \"slack\"\nurl = \"https://a.example\"\nnotices = [\"alarm\"]\n"
            ),
            ":5: ",
            "manager_list",
        ),
        (format!("{head}format = \"teams\"\n{OPENED}\n"), ":1: ", "write the address"),
        (
            format!("{head}format = \"standard\"\nurl = \"https://a.example\"\n{OPENED}\n"),
            ":2: ",
            "write secrets",
        ),
        (
            format!(
                "{head}format = \"standard\"\nurl = \"https://a.example\"\n{OPENED}\nsecrets = [\"hemlig\"]\n"
            ),
            ":6: ",
            "openssl rand",
        ),
        (
            format!(
                "{head}format = \"slack\"\nurl = \"https://a.example\"\n{OPENED}\nsecrets = [\"hemlig\"]\n"
            ),
            ":6: ",
            "take it out",
        ),
        (format!("{head}{elks}{OPENED}\n"), ":7: ", "at any hour"),
        (format!("{head}{elks}sender = \"Återkom\"\n"), ":7: ", "begin with a letter"),
        (format!("{head}{elks}sender = \"Aterkom\"\nto = \"jour\"\n"), ":8: ", "phone number"),
        (
            format!("{head}format = \"slack\"\nurl = \"https://a.example\"\n{OPENED}\n").repeat(2),
            ":7: ",
            "two channels",
        ),
    ] {
        write(folder.path(), "aterkom.toml", &text);
        let ended = run(folder.path(), &["channels", "test", "duty"], &[]);
        assert_eq!(ended.code, Some(2), "{text}\n{ended:?}");
        assert!(ended.err.contains(place) && ended.err.contains(said), "{text}\n{}", ended.err);
        assert!(!ended.err.contains("hemlig"), "{}", ended.err);
    }
}
