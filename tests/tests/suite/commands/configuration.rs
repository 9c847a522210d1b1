//! A configuration that is wrong: exit code 2, and one line that says where and what to write.

use super::{folder, run, write};

/// A source that is right; its lines are 1 to 4.
const SOURCE: &str =
    "[[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = [\"test-token-1234\"]\n";
/// What must never be printed.
const SECRET: &str = "hemligheten";

#[test]
fn what_is_wrong_is_told_in_one_line_with_its_place_and_what_to_write() {
    let twice = format!("{SOURCE}{SOURCE}");
    let zone = format!("{SOURCE}zone = \"Mars\"\n");
    let cases = [
        (
            "[server]\nlistn = \"x\"\n",
            "aterkom.toml:2: the key \"listn\" is not known; did you mean \"listen\"?",
        ),
        (
            "[server]\nlisten = \"x\"\n",
            "aterkom.toml:2: \"x\" is not an address and port; write for example \"127.0.0.1:8080\"",
        ),
        (
            "[organisation]\nzone = \"Europe/Stokholm\"\n",
            "aterkom.toml:2: \"Europe/Stokholm\" is not a time zone; write for example \"Europe/Stockholm\"",
        ),
        (
            &zone,
            "aterkom.toml:5: \"Mars\" is not a time zone; write for example \"Europe/Stockholm\"",
        ),
        (
            "[[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecret_files = [\"nowhere\"]\n",
            "aterkom.toml:4: the secret file \"nowhere\" cannot be read (No such file or directory (os error 2)); write the path of a file that holds the secret and nothing else",
        ),
        (
            "[[sources]]\nname = \"vaxeln\"\nadapter = \"nativ\"\nsecrets = [\"x\"]\n",
            "aterkom.toml:3: there is no adapter \"nativ\"; write one of: ",
        ),
        (
            "[[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\n",
            "aterkom.toml:2: this source has no secret, so anybody could post to it; write secrets or secret_files",
        ),
        (
            "[[sources]]\nname = \"Växeln\"\nadapter = \"native\"\n",
            "aterkom.toml:2: write a name of a-z, 0-9 and -; it stands in the address that the PBX posts to",
        ),
        (
            &twice,
            "aterkom.toml:6: there are two sources named \"vaxeln\"; give each a name of its own",
        ),
        (
            "[policy]\nworking_days = 0\n",
            "aterkom.toml:2: write a number of working days from 1 to 250",
        ),
        (
            "[policy]\nworking_days = -1\n",
            "aterkom.toml:2: this is not what it should be; write a whole number, 0 or more",
        ),
        (
            "[policy]\nworking_days = \"two\"\n",
            "aterkom.toml:2: this is not what it should be; write a whole number, 0 or more",
        ),
        (
            "[calendar]\nclosing = \"17\"\n",
            "aterkom.toml:2: \"17\" is not a time of day; write for example \"08:15\"",
        ),
        ("[rounds]\ndigest_until = \"08:00\"\n", "aterkom.toml:2: write a time after 08:15"),
        (
            "[mail]\ntransport = \"smtp\"\n",
            "aterkom.toml:1: write the name of the mail server, for example \"smtp.kommun.example\"",
        ),
        (
            "[storage]\nurl = \"mysql://u:hemligheten@x/y\"\n",
            "aterkom.toml:2: the storage url must begin with sqlite: or postgres:, for example sqlite:aterkom-data/aterkom.db",
        ),
        (
            "[log]\nlevel = \"loud\"\n",
            "aterkom.toml:2: write one of: error, warn, info, debug, trace",
        ),
        (
            "[mail]\npassword = \"hemligheten\n",
            "aterkom.toml:2: invalid basic string, expected `\"`",
        ),
    ];
    for (configuration, expected) in cases {
        let folder = folder(configuration);
        let ended = run(folder.path(), &["serve"], &[("ATERKOM__MAIL__FROM", "a@b.example")]);
        assert_eq!(ended.code, Some(2), "{configuration}: {ended:?}");
        assert_eq!(ended.err.lines().count(), 1, "{configuration}: {ended:?}");
        assert!(
            ended.err.starts_with(&format!("aterkom: {expected}")),
            "{configuration}: {ended:?}"
        );
        assert!(!ended.err.contains(SECRET), "{configuration}: {ended:?}");
    }
}

/// A source with a mapping; the words of `more` begin at line 6, below `[sources.template]`.
fn mapped(more: &str) -> String {
    format!(
        "[[sources]]\nname = \"egen\"\nadapter = \"template\"\nsecrets = [\"test-token-1234\"]\n[sources.template]\n{more}"
    )
}

#[test]
fn a_mapping_that_cannot_work_is_told_by_its_key() {
    let good = "caller = \"from\"\ncalled = \"to\"\noutcome = \"status\"\n[sources.template.outcomes]\nmissed = \"missed\"\n";
    let without_table = mapped("").replace("[sources.template]\n", "");
    let cases = [
        (without_table, "3: this adapter needs a table [sources.template]"),
        (
            mapped(good).replace("\"template\"", "\"native\""),
            "5: only the adapter \"template\" has this table",
        ),
        (mapped(&good.replace("caller", "callr")), "6: unknown field `callr`, expected one of"),
        (
            mapped(&good.replace("\"from\"", "5")),
            "6: this is not what it should be; write a text, in quotes",
        ),
        (
            mapped(&good.replace("caller = \"from\"\n", "")),
            "5: write where the number of who rings stands",
        ),
        (mapped(&good.replace("\"from\"", "\"a..b\"")), "6: \"a..b\" is no place; write names"),
        (
            mapped(&good.replace("\"missed\"", "\"mised\"")),
            "10: \"mised\" is none of what outcomes can mean; write one of: answered,",
        ),
        (
            mapped(&format!("times = \"%H:%M\"\n{good}")),
            "6: this is not a way to write date and time",
        ),
        (
            mapped("caller = \"from\"\ncalled = \"to\"\noutcome = \"status\"\n"),
            "8: say what its words mean",
        ),
    ];
    for (configuration, expected) in cases {
        let folder = folder(&configuration);
        let ended = run(folder.path(), &["serve"], &[]);
        assert_eq!(ended.code, Some(2), "{configuration}: {ended:?}");
        let expected = format!("aterkom: aterkom.toml:{expected}");
        assert!(ended.err.starts_with(&expected), "{configuration}: {ended:?}\n{expected}");
        assert_eq!(ended.err.lines().count(), 1, "{configuration}: {ended:?}");
    }
}

#[test]
fn what_a_mapping_finds_is_shown_by_explain() {
    let mapping = "caller = \"call.from\"\ncalled = \"call.to\"\nline = \"call.agent\"\noutcome = \"call.status\"\n\
        [sources.template.outcomes]\nMISSED = \"missed\"\n";
    let folder = folder(&mapped(mapping));
    let body = "{\"call\": {\"from\": \"070-174 06 05\", \"to\": \"+46980319232\", \"status\": \"Missed\"}}";
    write(folder.path(), "body.json", body);
    write(folder.path(), "headers", "Authorization: Bearer test-token-1234\n");
    let arguments = ["explain", "--source", "egen", "--body", "body.json", "--headers", "headers"];
    let ended = run(folder.path(), &arguments, &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let shown: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(shown["mapping"]["caller = \"call.from\""], "070-174 06 05");
    assert_eq!(shown["mapping"]["line = \"call.agent\""], serde_json::Value::Null);
    assert_eq!(shown["verdict"]["kind"], "missed_call");
    assert_eq!(shown["verdict"]["from"], "+46701740605");
    let other = body.replace("Missed", "LOST +46701740605");
    write(folder.path(), "body.json", &other);
    let ended = run(folder.path(), &arguments, &[]);
    let shown: serde_json::Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(shown["reason"], "outcome \"LOST\" is not one this version reads");
}

#[test]
fn a_variable_that_is_wrong_is_told_by_its_name() {
    let cases = [
        (
            "ATERKOM__SERVER__LISTEN",
            "x",
            "\"x\" is not an address and port; write for example \"127.0.0.1:8080\"",
        ),
        ("ATERKOM__SERVER__LISTN", "x", "the key \"listn\" is not known; did you mean \"listen\"?"),
        ("ATERKOM__POLICY__WORKING_DAYS", "0", "write a number of working days from 1 to 250"),
        (
            "ATERKOM__MAIL__PASSWORD",
            "123456",
            "this is not what it should be; write a text, in quotes",
        ),
    ];
    let folder = folder(SOURCE);
    for (name, value, expected) in cases {
        let ended = run(folder.path(), &["serve"], &[(name, value)]);
        assert_eq!((ended.code, ended.err), (Some(2), format!("aterkom: {name}: {expected}\n")));
    }
}

#[test]
fn a_secret_is_never_printed_whatever_is_wrong_with_it() {
    let cases = [
        "[[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = \"hemligheten\"\n",
        "[[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = [\"whsec_hemligheten\"]\n",
        "[[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = [\"hemligheten\", 1]\n",
        "[[sources]]\nname = \"vaxeln\"\nadapter = \"asterisk\"\nsecrets = [\"hemligheten:\\u0000\"]\n",
        "[mail]\npassword = [\"hemligheten\"]\n",
        "[storage]\nurl = { password = \"hemligheten\" }\n",
        "[storage]\nurl = \"postgres://u:hemligheten@[::1/y\"\n",
    ];
    for configuration in cases {
        let folder = folder(configuration);
        for command in ["serve", "check"] {
            let ended = run(folder.path(), &[command], &[]);
            assert_ne!(ended.code, Some(0), "{configuration}: {ended:?}");
            let said = format!("{}{}", ended.out, ended.err);
            assert!(!said.contains(SECRET), "{configuration}: {ended:?}");
        }
    }
}

#[test]
fn check_is_well_only_when_all_is_well() {
    let folder =
        folder("[organisation]\nreception = \"vaxel@exempelby.example\"\narea_code = \"0980\"\n");
    let ended = run(folder.path(), &["check"], &[]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.out.contains("WRONG directory: there are no units: import a people file"),
        "{ended:?}"
    );
    write(
        folder.path(),
        "people.csv",
        "type,name,unit,email,manager,reception,kind,employee,aliases\n\
         unit,Bygglov,,,asa@exempelby.example,expeditionen@exempelby.example,,,\n\
         employee,Åsa Öberg,Bygglov,asa@exempelby.example,,,,,\n\
         line,Åsa Öberg,Bygglov,,,,person,asa@exempelby.example,0980-319 232\n",
    );
    assert_eq!(run(folder.path(), &["people", "import", "people.csv"], &[]).code, Some(0));
    let ended = run(folder.path(), &["check"], &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.lines().all(|line| line.starts_with("well  ")), "{ended:?}");
    assert!(ended.out.contains("organisation.officer: nobody"), "{ended:?}");
    let closed =
        "[calendar]\nclosed = [{ date = \"2026-12-28\", reason = \"\", units = [\"Byglov\"] }]\n";
    let keys = std::fs::read_to_string(folder.path().join("aterkom.toml")).unwrap();
    write(folder.path(), "aterkom.toml", format!("{keys}{closed}"));
    let ended = run(folder.path(), &["check"], &[]);
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let wrong = "WRONG calendar: calendar.closed names a unit \"Byglov\" that is not there";
    assert!(ended.out.contains(wrong), "{ended:?}");
}
