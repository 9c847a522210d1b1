//! Commands that answer and end: people, due, explain.

use super::{Ended, fed, folder, run, write};
use aterkom_tests::{fixture, world::PEOPLE};
use serde_json::Value;
use std::path::Path;

const SOURCES: &str = "[organisation]\narea_code = \"0980\"\n\
    [[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = [\"test-token-1234\"]\n\
    [[sources]]\nname = \"asterisk\"\nadapter = \"asterisk\"\nsecrets = [\"test-token-1234\"]\n";

#[test]
fn people_are_shown_then_imported_and_the_second_time_nothing_changes() {
    let folder = folder(SOURCES);
    write(folder.path(), "people.csv", PEOPLE);
    let import = |words: &[&str]| {
        let ended = run(folder.path(), &[&["people", "import", "people.csv"], words].concat(), &[]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended.out.lines().last().expect("it says what it did").to_owned()
    };
    assert_eq!(import(&["--dry-run"]), "16 changes; nothing was done (dry run)");
    assert_eq!(import(&["--dry-run"]), "16 changes; nothing was done (dry run)");
    assert_eq!(import(&[]), "16 changes, done");
    assert_eq!(import(&[]), "0 changes, done");
    let exported = run(folder.path(), &["people", "export"], &[]);
    assert_eq!((exported.code, exported.err.as_str()), (Some(0), ""));
    write(folder.path(), "people.csv", exported.out);
    assert_eq!(import(&[]), "0 changes, done", "what is written says what is known");
}

#[test]
fn a_people_file_that_is_wrong_is_refused_with_every_line_that_is_wrong() {
    let folder = folder(SOURCES);
    write(
        folder.path(),
        "people.csv",
        "type,name,unit,email,manager,reception,kind,employee,aliases\n\
         unit,Bygglov,,,nobody@exempelby.example,,,,\n\
         employee,Åsa Öberg,Byglov,asa@exempelby.example,,,,,\n\
         line,Åsa Öberg,Bygglov,,,,persn,,0980-319 232\n",
    );
    let ended = run(folder.path(), &["people", "import", "people.csv"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
    for line in [2, 3, 4] {
        assert!(ended.err.contains(&format!("people.csv: line {line}")), "{line}: {}", ended.err);
    }
    let ended = run(folder.path(), &["people", "import", "nowhere.csv"], &[]);
    assert_eq!(ended.code, Some(2), "{ended:?}");
}

// R11, R14
#[test]
fn due_says_when_and_why_in_both_languages() {
    let folder = folder("");
    let ended = run(folder.path(), &["due", "2026-12-23T15:00"], &[]);
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (
            Some(0),
            "2026-12-29T17:00:00+01:00\nKom onsdag 23 december 2026; räknas inte: torsdag 24 december (julafton), fredag 25 december (juldagen), lördag 26 december (annandag jul), söndag 27 december; sista dag tisdag 29 december 2026.\n"
        )
    );
    let ended = run(folder.path(), &["due", "2026-12-23T15:00", "--lang", "en"], &[]);
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (
            Some(0),
            "2026-12-29T17:00:00+01:00\nLeft Wednesday 23 December 2026; not counted: Thursday 24 December (Christmas Eve), Friday 25 December (Christmas Day), Saturday 26 December (Second Day of Christmas), Sunday 27 December; last day Tuesday 29 December 2026.\n"
        )
    );
    for (words, expected) in [
        (
            ["due", "2026-13-23", "--lang", "en"],
            "\"2026-13-23\" is not a moment; write for example 2026-12-23T15:00",
        ),
        (
            ["due", "2100-07-01", "--lang", "en"],
            "\"2100-07-01\" cannot be told: from the first change of the clock in 2100 on no offset is known",
        ),
        (
            ["due", "2026-12-23", "--days", "10001"],
            "10001 working days from 2026-12-22 23:00:00 UTC cannot be told: 10000 are the most, and from the first change of the clock in 2100 on no offset is known",
        ),
        (["due", "2026-12-23", "--lang", "de"], "there is no language \"de\"; write sv or en"),
    ] {
        let ended = run(folder.path(), &words, &[]);
        assert_eq!((ended.code, ended.err), (Some(2), format!("aterkom: {expected}\n")));
    }
}

#[test]
fn due_reads_a_table_and_names_the_line_that_is_wrong() {
    let folder = folder("");
    let table = "case,received_at,working_days,eves,early_closing\n\
        a,2026-12-23T15:00:00+01:00,2,,\n\
        b,2026-12-23T15:00:00+01:00,1,open,2026-12-24=12:00\n";
    let ended = fed(folder.path(), &["due", "--csv"], &[], table);
    assert_eq!(
        (ended.code, ended.out.as_str()),
        (
            Some(0),
            "case,due_on,due_at\na,2026-12-29,2026-12-29T17:00:00+01:00\nb,2026-12-24,2026-12-24T12:00:00+01:00\n"
        )
    );
    for (row, what) in [
        (
            "c,yesterday,2,,\n",
            "line 4, case c: received_at is not a moment; write for example 2026-12-23T15:00:00+01:00",
        ),
        ("c,2026-12-23T15:00:00+01:00,two,,\n", "line: 4"),
        ("c\n", "line: 4"),
    ] {
        let ended = fed(folder.path(), &["due", "--csv"], &[], &format!("{table}{row}"));
        assert_eq!(ended.code, Some(2), "{ended:?}");
        assert!(ended.err.contains(what) && ended.err.lines().count() == 1, "{ended:?}");
    }
}

#[test]
fn explain_says_what_is_understood_or_why_not() {
    let (native, asterisk) = (fixtures("native"), fixtures("asterisk"));
    let explained = explain(native.path(), "native", "missed");
    assert_eq!(explained["accepted"], true, "{explained}");
    assert_eq!(explained["verdict"]["kind"], "missed_call", "{explained}");
    let explained = explain(native.path(), "native", "tampered");
    assert_eq!(explained["accepted"], false, "{explained}");
    assert!(explained["verdict"].is_null() && explained["reason"].is_string(), "{explained}");
    let explained = explain(asterisk.path(), "asterisk", "voicemail");
    assert_eq!(explained["verdict"]["kind"], "voicemail", "{explained}");
    let explained = explain(asterisk.path(), "asterisk", "unknown-event");
    assert_eq!(explained["accepted"], true, "{explained}");
    assert_eq!(explained["reason"], "event \"parked\" is not one this version reads");
    assert_eq!(explained["verdict"]["kind"], "ignored", "{explained}");
    let ended = run(native.path(), &["explain", "--source", "nix", "--body", "aterkom.toml"], &[]);
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (Some(2), "aterkom: there is no source \"nix\" in the configuration or the database\n")
    );
}

/// A folder with the configuration of an adapter's fixtures.
fn fixtures(adapter: &str) -> tempfile::TempDir {
    let source = fixture::source(adapter);
    let file = format!("{}/fixtures/{adapter}/source.json", env!("CARGO_MANIFEST_DIR"));
    let keys = std::fs::read(file).expect("the fixtures have a source");
    let keys: Value = serde_json::from_slice(&keys).expect("JSON");
    let secrets = &keys["secrets"];
    folder(&format!(
        "[[sources]]\nname = \"{}\"\nadapter = \"{adapter}\"\nsecrets = {secrets}\npublic_url = \"{}\"\narea_code = \"08\"\n",
        source.name, source.public_url
    ))
}

fn explain(folder: &Path, adapter: &str, case: &str) -> Value {
    let cases = fixture::cases(adapter);
    let case = cases.iter().find(|path| path.file_stem().is_some_and(|stem| stem == case));
    let case = case.expect("the fixture is there");
    let (request, (now, _)) = (fixture::read(case), fixture::expected(case));
    let headers: Vec<String> =
        request.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
    write(folder, "body", &request.body);
    write(folder, "headers", headers.concat());
    write(folder, "url", &request.url);
    let (now, source) = (now.to_rfc3339(), fixture::source(adapter).name.to_string());
    let words = [
        "explain",
        "--source",
        &source,
        "--body",
        "body",
        "--headers",
        "headers",
        "--url",
        "url",
        "--method",
        &request.method,
        "--now",
        &now,
    ];
    let Ended { code, out, err } = run(folder, &words, &[]);
    assert_eq!(code, Some(0), "{err}");
    serde_json::from_str(&out).expect("JSON")
}
