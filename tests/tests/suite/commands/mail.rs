//! `aterkom mail preview`: every mail is there to be read, in one's own words, and shows no more than it may.

use super::{folder, run, write};
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
