//! `aterkom report` at its edges: what it refuses, and what it says of nothing.

use super::{folder, run, write};
use aterkom_tests::world::PEOPLE;

const SOURCES: &str = "[organisation]\narea_code = \"0980\"\n\
    [[sources]]\nname = \"vaxeln\"\nadapter = \"native\"\nsecrets = [\"test-token-1234\"]\n\
    [[sources]]\nname = \"asterisk\"\nadapter = \"asterisk\"\nsecrets = [\"test-token-1234\"]\n";

#[test]
fn a_wrong_unit_or_month_is_refused_with_what_to_write() {
    let folder = folder(SOURCES);
    let told = |words: &[&str]| {
        let ended = run(folder.path(), &[&["report"], words].concat(), &[]);
        assert_eq!(ended.code, Some(2), "{words:?}: {ended:?}");
        assert!(ended.out.is_empty(), "{ended:?}");
        ended.err
    };
    let empty = told(&["--unit", "Parken"]);
    assert_eq!(
        empty,
        "aterkom: there is no unit \"Parken\"; there are none yet; see aterkom people import\n"
    );
    write(folder.path(), "people.csv", PEOPLE);
    let imported = run(folder.path(), &["people", "import", "people.csv"], &[]);
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let unit = told(&["--unit", "Parken"]);
    assert!(unit.contains("there is no unit \"Parken\"; there are "), "{unit}");
    assert!(unit.contains("Bygglov") && unit.contains("Äldreomsorg"), "{unit}");
    for month in ["2026-13", "november", "2026-1", "26-11"] {
        let said = told(&["--month", month]);
        assert_eq!(
            said,
            format!("aterkom: --month: \"{month}\" is no month; write for example 2026-11\n")
        );
    }
    let later = told(&["--month", "2099-12"]);
    assert!(later.contains("2099-12 has not begun; the latest there can be is 20"), "{later}");
    let later = told(&["--year", "2099"]);
    assert!(later.contains("2099 has not begun; the latest there can be is 20"), "{later}");
    let year = told(&["--year", "1989"]);
    assert_eq!(year, "aterkom: --year: 1989 is not known; write a year from 1990 to 2099\n");
    assert!(told(&["--lang", "fi"]).contains("there is no language \"fi\"; write sv or en"));
    assert!(told(&["--month", "2026-10", "--year", "2026"]).contains("--year"));
}

#[test]
fn a_month_in_which_nobody_rang_is_told_as_that() {
    let folder = folder(SOURCES);
    write(folder.path(), "people.csv", PEOPLE);
    assert_eq!(run(folder.path(), &["people", "import", "people.csv"], &[]).code, Some(0));
    let of = |words: &[&str]| {
        run(folder.path(), &[&["report", "--month", "2026-10"], words].concat(), &[])
    };
    let page = of(&["--unit", "Bygglov"]);
    assert_eq!(page.code, Some(0), "{page:?}");
    assert!(page.out.contains("\nBygglov\n"), "{}", page.out);
    assert!(!page.out.contains("Äldreomsorg"), "{}", page.out);
    let said: Vec<&str> = page.out.split_whitespace().collect();
    assert!(said.windows(3).any(|w| w == ["Räknas", "inga", "inga"]), "{}", page.out);
    let csv = of(&["--csv", "--lang", "en"]);
    assert!(csv.out.contains(",Bygglov,own,with,,nothing,,"), "{}", csv.out);
    assert_eq!(csv.out.lines().count(), 1 + 8, "{}", csv.out);
    // Without a month it is the last one that has ended.
    let last = run(folder.path(), &["report", "--csv"], &[]);
    assert_eq!(last.code, Some(0), "{last:?}");
}
