//! `aterkom calls import`: what it says, and what it refuses.

use super::{Ended, folder, run, write};
use aterkom_tests::world::PEOPLE;
use chrono::{TimeDelta, Utc};
use clock::Clock;

const SOURCES: &str = "[organisation]\narea_code = \"0980\"\n\
    [[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = [\"test-token-1234\"]\n\
    [[sources]]\nname = \"asterisk\"\nadapter = \"asterisk\"\nsecrets = [\"test-token-1234\"]\n";

/// A row of cdr.csv in UTC, of a call that ended so long ago.
fn row(ago: TimeDelta, id: &str) -> String {
    let at: chrono::DateTime<Utc> = Clock::system().now() - ago;
    let (time, id) = (at.format("%Y-%m-%d %H:%M:%S"), format!("{}.{id}", at.timestamp()));
    format!(
        "\"\",\"0701740605\",\"1042\",\"in\",\"\",\"PJSIP/trunk-{id}\",\"PJSIP/1042-00000008\",\"Dial\",\"\",\"{time}\",\"\",\"{time}\",20,0,\"NO ANSWER\",\"\",\"{id}\"\n"
    )
}

fn import(folder: &std::path::Path, words: &[&str]) -> Ended {
    run(folder, &[&["calls", "import"], words].concat(), &[])
}

#[test]
fn an_import_says_what_it_did_and_what_it_could_not_read() {
    let folder = folder(SOURCES);
    write(folder.path(), "people.csv", PEOPLE);
    assert_eq!(run(folder.path(), &["people", "import", "people.csv"], &[]).code, Some(0));
    let (hour, month) = (TimeDelta::hours(1), TimeDelta::days(30));
    let file = [
        row(hour, "1"),
        row(hour * 2, "2"),
        row(month, "3"),
        row(hour, "4").replace("NO ANSWER", ""),
    ]
    .concat();
    write(folder.path(), "Master.csv", file);
    let words = ["Master.csv", "--source", "asterisk"];
    let dry = import(folder.path(), &[&words[..], &["--dry-run"]].concat());
    let told = |ended: &Ended, known: u64, new: u64| {
        assert_eq!(ended.code, Some(1), "{ended:?}");
        let out = &ended.out;
        assert!(out.starts_with("asterisk: 4 rows, 2 calls\n"), "{out}");
        assert!(out.contains(&format!("  {known} were known already\n  {new} are new: {new} not answered, 0 with a message")), "{out}");
        assert!(
            out.contains("  1 rows tell nothing of calls, or of ")
                && out.contains("(--from, --until)"),
            "{out}"
        );
        assert!(
            out.contains(
                "  1 rows could not be read:\n    line 4: the field \"Disposition\" is missing\n"
            ),
            "{out}"
        );
        // R34: neither here nor in the log is anybody's number.
        assert!(!out.contains("740605") && !ended.err.contains("740605"), "{ended:?}");
    };
    told(&dry, 0, 2);
    assert!(dry.out.ends_with("nothing was done (dry run)\n"), "{}", dry.out);
    told(&import(folder.path(), &words), 0, 2);
    told(&import(folder.path(), &words), 2, 0);
    let from = (Clock::system().now() - month - TimeDelta::days(1)).format("%Y-%m-%d").to_string();
    let older = import(folder.path(), &[&words[..], &["--from", &from]].concat());
    assert!(older.out.contains("  2 were known already\n  1 are new"), "{}", older.out);
}

#[test]
fn what_cannot_be_imported_is_refused_with_what_to_do() {
    let folder = folder(SOURCES);
    write(folder.path(), "Master.csv", row(TimeDelta::hours(1), "1"));
    write(folder.path(), "latin1.csv", b"a,b\n\xe5,1\n");
    for (words, said) in [
        (&["nowhere.csv", "--source", "asterisk"][..], "nowhere.csv cannot be read"),
        (
            &["Master.csv", "--source", "nobody"],
            "there is no source \"nobody\" in the configuration or the database",
        ),
        (&["Master.csv", "--source", "vaxeln"], "say in [sources.records] of the configuration"),
        (
            &["Master.csv", "--source", "asterisk", "--format", "xml"],
            "there is no file \"xml\"; write one of: cdr, cel",
        ),
        (&["latin1.csv", "--source", "asterisk"], "latin1.csv: line 2: this is not UTF-8"),
        (
            &[
                "Master.csv",
                "--source",
                "asterisk",
                "--from",
                "2026-11-28",
                "--until",
                "2026-11-27",
            ],
            "lies before",
        ),
        (&["Master.csv", "--source", "asterisk", "--from", "28/11"], "--from"),
        (&["Master.csv"], "--source"),
    ] {
        let ended = import(folder.path(), words);
        assert_eq!(ended.code, Some(2), "{words:?}: {ended:?}");
        assert!(ended.err.contains(said), "{words:?}: {}", ended.err);
    }
}
