//! Files as people and PBXs write them: their heads, their columns, and what is wrong with them.

use super::*;
use crate::adapters::{self, source_for_tests};
use domain::fact::{CallRef, What};
use std::sync::Arc;

const ROW: &str = "\"\",\"0701740605\",\"1042\",\"in\",\"\",\"PJSIP/trunk-00000007\",\"PJSIP/1042-00000008\",\"Dial\",\"\",\
    \"2026-11-16 09:12:00\",\"\",\"2026-11-16 09:12:20\",20,0,\"NO ANSWER\",\"DOCUMENTATION\",\"1794816720.7\",\"\"\n";
const HEAD: &str =
    "calldate,clid,src,dst,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid,did\n";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn asked(file: Option<&str>, columns: &str) -> Asked {
    let columns = columns.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    Asked { file: file.map(str::to_owned), columns }
}

fn asterisk(text: &str, asked: &Asked) -> Result<Rows, NotRead> {
    all(text.as_bytes(), asked, &source_for_tests("asterisk", &[]))
}

fn all(bytes: &[u8], asked: &Asked, source: &Source) -> Result<Rows, NotRead> {
    let [from, until] = ["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"].map(at);
    read(bytes, asked, source, from..until, at("2026-11-30T12:00:00Z"))
}

fn only(text: &str, asked: &Asked) -> CallFact {
    let rows = asterisk(text, asked).unwrap();
    assert_eq!(rows.unread, [], "{text}");
    let [fact] = <[CallFact; 1]>::try_from(rows.facts).unwrap();
    fact
}

#[test]
fn a_record_is_the_same_by_head_by_order_and_by_name() {
    let usual = only(ROW, &asked(None, ""));
    assert_eq!(usual.refs, [CallRef::Call("1794816720.7".to_owned())]);
    assert_eq!(
        (usual.ended_at, usual.line.text.as_str()),
        (Some(at("2026-11-16T08:12:20Z")), "1042")
    ); // R9
    let bare = "0701740605,1042,PJSIP/trunk-00000007,PJSIP/1042-00000008,Dial,20,0,NO ANSWER,1794816720.7,2026-11-16 09:12:00\n";
    let named = asked(
        None,
        "src,dst,Channel,dstchannel,lastapp,duration,billsec,Disposition,uniqueid,start",
    );
    let with_head = format!(
        "{HEAD}2026-11-16 09:12:00,,0701740605,1042,PJSIP/trunk-00000007,PJSIP/1042-00000008,Dial,20,0,NO ANSWER,1794816720.7,\n"
    );
    // Its end is its begin and how long it lasted.
    assert_eq!(only(bare, &named), usual);
    assert_eq!(only(&with_head, &asked(None, "")), usual);
    assert_eq!(only(&with_head.replace(',', ";"), &asked(None, "")), usual);
    assert_eq!(only(&format!("\u{feff}\n\n{with_head}\n"), &asked(Some("cdr"), "")), usual);
}

// R9: `usegmtime` writes UTC, and the name of the channel tells.
#[test]
fn a_record_in_utc_is_known_by_the_name_of_its_channel() {
    let utc = ROW.replace("09:12:", "08:12:");
    assert_eq!(only(&utc, &asked(None, "")).ended_at, Some(at("2026-11-16T08:12:20Z")));
}

#[test]
fn a_row_that_is_wrong_is_told_by_its_line_and_costs_no_other() {
    let file = [
        ROW,
        &ROW.replace("\"NO ANSWER\"", "\"\""),
        &ROW.replace("1794816720.7", "").replace("DOCUMENTATION", "x"),
        "\n",
        &ROW.replace("2026-11-16 09:12:00", "yesterday")
            .replace("2026-11-16 09:12:20", "")
            .replace("1794816720.7", "call-7"),
        &ROW.replace("2026-11-16", "2036-11-16").replace("1794816720.7", "call-8"),
        &format!("{},\"\",\"\",1,2,3,4\n", ROW.trim_end()),
        ROW,
    ]
    .concat();
    let rows = asterisk(&file, &asked(None, "")).unwrap();
    let told: Vec<_> = rows.unread.iter().map(|(line, why)| format!("{line}: {why}")).collect();
    assert_eq!(
        told,
        [
            "2: the field \"Disposition\" is missing",
            "3: the field \"UniqueID\" is missing",
            "5: there is no time in it that can be read",
            "6: its time lies in the future; check the source's zone",
            "7: it has 24 cells, and there are 21 columns",
        ]
    );
    assert_eq!((rows.read, rows.facts.len()), (7, 2));
}

#[test]
fn a_file_that_cannot_be_read_says_what_to_do() {
    for (text, file, columns, said) in [
        ("", None, "", "there are no rows in it"),
        ("\n \n", None, "", "there are no rows in it"),
        (
            "who,what\nme,that\n",
            None,
            "",
            "this is none of: cdr, cel; say which it is with --format",
        ),
        (ROW, Some("csv"), "", "there is no file \"csv\"; write one of: cdr, cel"),
        (ROW, Some("cel"), "", "\"eventtype\" is not where it should be; name them with --columns"),
        ("a,b,NO ANSWER,c\n", None, "", "\"Disposition\" is not where it should be"),
    ] {
        let error = asterisk(text, &asked(file, columns)).unwrap_err().to_string();
        assert!(error.contains(said), "{text}: {error}");
    }
    let mut latin1 = format!("{HEAD}{ROW}").into_bytes();
    latin1.push(0xe5);
    let source = source_for_tests("asterisk", &[]);
    let error = all(&latin1, &Asked::default(), &source).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 3: this is not UTF-8; save the file as \"CSV UTF-8\" in the spreadsheet"
    );
    let error =
        all(ROW.as_bytes(), &Asked::default(), &source_for_tests("native", &[])).unwrap_err();
    assert!(error.to_string().contains("[sources.records]"), "{error}");
}

#[test]
fn a_mapping_reads_columns_by_their_names() {
    let mapping = serde_json::from_value(serde_json::json!({
        "caller": "Ring. nr", "called": "Till", "outcome": "Vad.hände", "ended_at": "Tid", "outcomes": {"missat": "missed"}
    }));
    let records = adapters::mapped(mapping.unwrap()).unwrap();
    let source =
        Source { records: Some(Arc::clone(&records)), ..source_for_tests("asterisk", &[]) };
    let file = "Tid;Ring. nr;Till;Vad.hände\n2026-11-16 09:12:20;070-174 06 05;1042;Missat\n2026-11-16 09:13:20;070-174 06 06;1042;?\n";
    let rows = all(file.as_bytes(), &Asked::default(), &source).unwrap();
    assert_eq!(rows.facts[0].from.number.as_ref().map(|n| n.as_str()), Some("+46701740605"));
    assert_eq!(rows.unread[0].0, 3);
    // Its own files can still be asked for.
    let own = all(ROW.as_bytes(), &asked(Some("cdr"), ""), &source).unwrap();
    assert!(matches!(own.facts[0].what, What::NotAnswered { .. }));
}

#[test]
fn rows_of_one_call_are_one_whatever_their_order() {
    let fact = |key: &str, second: i64, names: &[&str]| CallFact {
        key: key.to_owned(),
        refs: names.iter().map(|name| CallRef::Call((*name).to_owned())).collect(),
        ended_at: DateTime::from_timestamp(second, 0),
        ..only(ROW, &asked(None, ""))
    };
    let facts = [
        fact("a", 30, &["1"]),
        fact("b", 10, &["2"]),
        fact("c", 20, &[]),
        fact("d", 5, &["1", "2"]),
        fact("e", 1, &[]),
    ];
    let keys = |facts: Vec<CallFact>| {
        let calls = calls(facts).into_iter();
        calls
            .map(|call| call.facts.into_iter().map(|f| f.key).collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(facts.to_vec()), ["e", "c", "dba"]);
    assert_eq!(keys(facts.into_iter().rev().collect()), ["e", "c", "dba"]);
}

proptest::proptest! {
    #[test]
    fn any_file_is_read_or_refused_without_panic(
        text in "(\\PC|\n|,|;|\"|\t){0,200}",
        cells in proptest::collection::vec("(\\PC{0,12}|ANSWERED|HANGUP|CHAN_START|[0-9]{1,12}|2026-11-16 09:12:00)", 0..40),
        columns in "[a-zA-Z_,]{0,40}",
    ) {
        let row = format!("{}\n", cells.join(","));
        for file in [None, Some("cdr"), Some("cel")] {
            for columns in ["", &columns] {
                let _ = (asterisk(&text, &asked(file, columns)), asterisk(&row, &asked(file, columns)));
            }
        }
        let events = format!("eventtype,eventtime,cidnum,exten,channame,uniqueid,linkedid,eventextra\nHANGUP,{}", row);
        let _ = asterisk(&events, &asked(None, ""));
    }
}
