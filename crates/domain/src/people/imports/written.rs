//! What is known becomes a file again, and that file changes nothing.

use super::*;
use crate::directory::Language;
use crate::people::write;

fn sources() -> [SourceName; VENDORS.len()] {
    VENDORS.map(SourceName::new)
}

fn read_again(file: &str) -> People {
    read(file.as_bytes(), &NumberPlan::sweden(), &sources())
        .unwrap_or_else(|e| panic!("{e:?} in {file}"))
}

// R15: whose a line is, by dates; R36: protected lines stay protected.
#[test]
fn what_is_written_says_what_was_read() {
    let special = format!(
        "{}\n{}",
        HEADER.trim_end().to_owned() + ",deputy,from,until,workdays,substitute,protected",
        "unit,Kommun,,,chef@k.example,exp@k.example,,,,,anna@k.example,,,,,\n\
        unit,\"Bygg; lov, \"\"norr\"\"\",Kommun,bygg@k.example,,,,,,,,,,,,\n\
        employee,Chef,Kommun,chef@k.example,,,,,,,,,,,,\n\
        employee,'t Hooft,Kommun,anna@k.example,,,en,,,,,,2027-01-31,\"mån-tor jämna, mån-ons udda\",bo@k.example,\n\
        employee,Bo,Kommun,bo@k.example,,,,,,,,,,,,\n\
        line,'=Direkt,Kommun,,,,,person,anna@k.example,08-465 004 12|zoom-phone=w0,,2026-12-01,,,,ja\n\
        line,Vakant,Kommun,,,,,person,,'0413,,,,,,\n\
        line,Svar,Kommun,,,,,group,,600 | asterisk==x,,,,,,\n\
        line,Kö,Kommun,,,,,queue,,601,,,,,,\n\
        line,Växel,Kommun,,,,,switchboard,,602,,,,,,\n\
        line,Val,Kommun,,,,,ivr,,603,,,,,,\n"
    );
    for file in [special.as_bytes(), SAMPLES, EXAMPLE] {
        let first = read(file, &NumberPlan::sweden(), &sources()).unwrap();
        let (directory, told) = import(&Directory::default(), &first, date("2026-11-02"));
        assert!(told.len() > 10, "{told:?}");
        for language in [Language::Swedish, Language::English] {
            let written = write(&directory, language);
            let (_, told) = import(&directory, &read_again(&written), date("2026-11-23"));
            assert_eq!(told, [""; 0], "{written}");
            let (again, _) =
                import(&Directory::default(), &read_again(&written), date("2026-11-23"));
            assert_eq!(write(&again, language), written, "also where nothing was known");
        }
    }
}

#[test]
fn a_file_in_swedish_is_for_a_swedish_spreadsheet() {
    let (directory, _) = import(&Directory::default(), &people(KOMMUN), date("2026-11-02"));
    let written = write(&directory, Language::Swedish);
    let mut rows = written.lines();
    assert!(
        rows.next().is_some_and(|row| row.starts_with("\u{feff}typ;namn;enhet;epost;chef;")),
        "{written}"
    );
    assert_eq!(rows.next(), Some("enhet;Kommun;;;chef@k.example;exp@k.example;;;;;;;;;;"));
}

// Whoever is gone is in no file: to import it brings nobody back.
#[test]
fn who_is_gone_is_not_written() {
    let (directory, _) = import(&Directory::default(), &people(KOMMUN), date("2026-11-02"));
    let fewer = KOMMUN.replace("employee,Bo,Bygglov,bo@k.example,,,,,,\n", "");
    let (directory, told) = import(&directory, &people(&fewer), date("2026-11-03"));
    assert_eq!(told, ["- employee bo@k.example (Bo)"]);
    assert!(!write(&directory, Language::English).contains("bo@k.example"));
}
