//! `aterkom simulate`: what it says of a town, and what it refuses.

use super::{folder, run, write};
use aterkom_tests::world::PEOPLE;

const SOURCES: &str = "[organisation]\nname = \"Exempelby kommun\"\narea_code = \"0980\"\n\
    reception = \"vaxel@exempelby.example\"\nofficer = \"kommundirektor@exempelby.example\"\n\
    [[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = [\"test-token-1234\"]\n\
    [[sources]]\nname = \"asterisk\"\nadapter = \"asterisk\"\nsecrets = [\"test-token-1234\"]\n";
const A_MONTH: [&str; 5] = ["simulate", "--from", "2026-11-01", "--days", "30"];
const LIST: &str = "policy.missed_calls=list";

fn told(words: &[&str]) -> String {
    let folder = folder(SOURCES);
    write(folder.path(), "people.csv", PEOPLE);
    let ended = run(folder.path(), &[&A_MONTH, words].concat(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    ended.out
}

#[test]
fn a_people_file_and_two_policies_are_played_and_told_the_same_every_time() {
    let words = ["--people", "people.csv", "--calls", "600", "--compare", LIST];
    let first = told(&words);
    assert_eq!(first, told(&words));
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("simulate_sv", first);
        insta::assert_snapshot!("simulate_en", told(&[&words[..], &["--lang", "en", "--behaviour", "ordinary"]].concat()));
        insta::assert_snapshot!("simulate_csv", told(&[&words[..], &["--csv", "--behaviour", "pressed"]].concat()));
    });
}

#[test]
fn the_page_says_what_the_terminal_says_and_needs_nothing_from_elsewhere() {
    let folder = folder(SOURCES);
    let words = ["--employees", "30", "--calls", "500", "--compare", LIST];
    let terminal = run(folder.path(), &[&A_MONTH[..], &words].concat(), &[]);
    let ended = run(folder.path(), &[&A_MONTH[..], &words, &["--html", "out.html"]].concat(), &[]);
    assert_eq!((ended.code, ended.out.as_str()), (Some(0), "out.html\n"), "{ended:?}");
    let page = std::fs::read_to_string(folder.path().join("out.html")).expect("a page");
    for elsewhere in ["http:", "https:", "<script", "url("] {
        assert!(!page.contains(elsewhere), "{elsewhere}");
    }
    let between = |open: &str, close: &str| -> Vec<String> {
        let parts = page.split(open).skip(1).filter_map(|rest| rest.split(close).next());
        parts.map(str::to_owned).collect()
    };
    let cells = between("<td>", "</td>");
    for cell in cells.iter().filter(|cell| !cell.is_empty()) {
        assert!(terminal.out.contains(cell.as_str()), "{cell} is not in {}", terminal.out);
    }
    assert_eq!(cells.len(), 3 * (2 * 12 + 1), "three behaviours, two policies, twelve lines");
    // Who does not see a chart hears it.
    let charts = between("<svg", "</svg>");
    assert_eq!(charts.len(), 3);
    for chart in charts {
        let told = chart.split("aria-label=\"").nth(1).and_then(|rest| rest.split('"').next());
        let told = told.expect("in words");
        assert_eq!((chart.matches("<rect").count(), told.matches(": ").count()), (6, 6), "{told}");
    }
}

#[test]
fn a_recorded_year_is_played_as_it_was() {
    let folder = folder(SOURCES);
    write(folder.path(), "people.csv", PEOPLE);
    // Rung on a Monday, not answered; called back on the Tuesday. And one whom nobody called back.
    let rows = "\
accountcode,src,dst,dcontext,clid,channel,dstchannel,lastapp,lastdata,start,answer,end,duration,billsec,disposition,amaflags,uniqueid,userfield\n\
,0701740605,0980319232,from-pstn,,PJSIP/trunk-1,PJSIP/1042-1,Dial,,2026-11-02 09:00:00,,2026-11-02 09:00:30,30,0,NO ANSWER,3,1.1,\n\
,0980319232,0701740605,internal,,PJSIP/1042-2,PJSIP/trunk-2,Dial,,2026-11-03 09:00:00,2026-11-03 09:00:10,2026-11-03 09:02:00,120,110,ANSWERED,3,1.2,\n\
,0701740606,0980319233,from-pstn,,PJSIP/trunk-3,PJSIP/1043-1,Dial,,2026-11-02 10:00:00,,2026-11-02 10:00:30,30,0,NO ANSWER,3,1.3,\n";
    write(folder.path(), "cdr.csv", rows);
    let words = ["--people", "people.csv", "--import", "cdr.csv", "--source", "asterisk"];
    let behaviour = ["--behaviour", "as_recorded", "--lang", "en"];
    let ended = run(folder.path(), &[&A_MONTH[..], &words, &behaviour].concat(), &[]);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    assert!(ended.out.contains(": 6 employees, 3 calls, 30 days"), "{}", ended.out);
    assert!(ended.out.contains("50.0 % (1 of 2)"), "{}", ended.out);
}

#[test]
fn what_cannot_be_played_is_refused_with_what_to_write() {
    let folder = folder(SOURCES);
    for (words, said) in [
        (&["--behaviour", "lazy"][..], "there is no \"lazy\"; write of diligent, ordinary"),
        (&["--behaviour", "as_recorded"], "needs the calls of a file: --import FILE"),
        (&["--compare", "list"], "\"list\" is no key=value, such as policy.missed_calls=list"),
        (
            &["--compare", "server.listen=1"],
            "only keys of policy, rounds and calendar can be compared",
        ),
        (&["--compare", "policy.working_dayz=3"], "policy__working_dayz"),
        (&["--compare", "policy.working_days=0"], "write a number of working days from 1 to 250"),
        (&["--people", "nowhere.csv"], "nowhere.csv cannot be read"),
        (&["--import", "nowhere.csv", "--source", "asterisk"], "nowhere.csv cannot be read"),
        (&["--lang", "fi"], "there is no language \"fi\"; write sv or en"),
        (&["--employees", "0"], "0"),
    ] {
        let town = if words.contains(&"--people") || words.contains(&"0") {
            &[][..]
        } else {
            &["--employees", "5"]
        };
        let ended = run(folder.path(), &[&["simulate"], town, words].concat(), &[]);
        assert_eq!(ended.code, Some(2), "{words:?}: {ended:?}");
        assert!(
            ended.err.to_lowercase().contains(&said.to_lowercase()),
            "{words:?}: {}",
            ended.err
        );
    }
    let nobody = run(folder.path(), &["simulate"], &[]);
    assert_eq!(nobody.code, Some(2), "{nobody:?}");
    assert!(nobody.err.contains("nobody works here: write --people FILE or --employees NUMBER"));
}
