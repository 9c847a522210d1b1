//! What a bad people file is told, and what a good one may look like.

mod days;

use super::{LineError, People, read};
use crate::ids::SourceName;
use crate::number::NumberPlan;

const HEADER: &str = "type,name,unit,email,manager,reception,language,kind,employee,aliases\n";
/// Lines 2 to 4 of the file: what the rest may refer to.
const BASE: &str = "unit,Bygglov,,,,,,,,\n\
    employee,Anna Åkesson,Bygglov,anna@kommun.example,,,,,,\n\
    line,Anna,Bygglov,,,,,person,anna@kommun.example,08-465 004 12|zoom=412\n";

const COLUMNS: &str = "there are: type, name, unit, email, manager, reception, language, kind, employee, aliases, \
     deputy, from, until, workdays, substitute, protected";

fn read_text(text: impl AsRef<[u8]>) -> Result<People, Vec<LineError>> {
    let sources = ["aircall", "zoom"].map(SourceName::new);
    read(text.as_ref(), &NumberPlan::sweden(), &sources)
}

fn told(text: impl AsRef<[u8]>) -> Vec<String> {
    read_text(text).unwrap_err().iter().map(LineError::to_string).collect()
}

#[test]
fn a_bad_row_is_told_by_line_and_column_with_what_to_write() {
    // From line 5 on, below BASE.
    let cases: &[(&str, &[&str])] = &[
        (
            "unti,Kök,,,,,,,,",
            &["line 5, column type: \"unti\" is no type; write unit, employee or line"],
        ),
        (",Kök,,,,,,,,", &["line 5, column type: write unit, employee or line"]),
        ("unit,,,,,,,,,", &["line 5, column name: write the unit's name"]),
        (
            "employee,,,,,,,,,",
            &[
                "line 5, column email: write the employee's e-mail address",
                "line 5, column name: write the employee's name",
                "line 5, column unit: write the name of the employee's unit",
            ],
        ),
        (
            "line,,,,,,,,,",
            &[
                "line 5, column aliases: write the line's number or extension, several with | between",
                "line 5, column kind: write person, group, queue, switchboard or ivr",
                "line 5, column name: write a name for the line",
                "line 5, column unit: write the name of the line's unit",
            ],
        ),
        (
            "unit,bygglov,,,,,,,,",
            &[
                "line 5, column name: a unit with this name is on line 2 already; remove one of the rows or write another name",
            ],
        ),
        (
            "employee,Anna Ö,Bygglov,ANNA@kommun.example,,,,,,",
            &[
                "line 5, column email: an employee with this email is on line 3 already; remove one of the rows or write another email",
            ],
        ),
        (
            "line,anna,Bygglov,,,,,person,,413",
            &[
                "line 5, column name: a line with this name is on line 4 already; remove one of the rows or write another name",
            ],
        ),
        (
            "line,Två,Bygglov,,,,,group,,+46846500412",
            &[
                "line 5, column aliases: \"+46846500412\" is the line on line 4 already; remove it from one of them",
            ],
        ),
        (
            "line,Två,Bygglov,,,,,group,,ZOOM=412|aircall=412",
            &[
                "line 5, column aliases: \"412\" in zoom is the line on line 4 already; remove it from one of them",
            ],
        ),
        (
            "line,Två,Bygglov,,,,,group,,zom=413",
            &[
                "line 5, column aliases: no source is called \"zom\"; the sources are: aircall, zoom",
            ],
        ),
        (
            "line,Två,Bygglov,,,,,group,,|",
            &[
                "line 5, column aliases: write the line's number or extension, several with | between",
            ],
        ),
        (
            "unit,Kök,,kök@kommun,,,,,,",
            &[
                "line 5, column email: \"kök@kommun\" is not an e-mail address; write it without letters such as å, and a domain that has them as xn--…",
            ],
        ),
        (
            "unit,Kök,,,anna,a b@c.se,,,,",
            &[
                "line 5, column manager: \"anna\" is not an e-mail address; write one like anna.akesson@kommun.example",
                "line 5, column reception: \"a b@c.se\" is not an e-mail address; write one like anna.akesson@kommun.example",
            ],
        ),
        (
            "unit,Kök,,,x@y.se,,,,,",
            &[
                "line 5, column manager: no employee has the address x@y.se; add a row of type employee",
            ],
        ),
        (
            "unit,Kök,Förvaltningen,,,,,,,",
            &["line 5, column unit: no unit is called \"Förvaltningen\"; add a row of type unit"],
        ),
        (
            "employee,Bo,Kök,bo@y.se,,,,,,",
            &["line 5, column unit: no unit is called \"Kök\"; add a row of type unit"],
        ),
        (
            "line,Bo,Bygglov,,,,,person,bo@y.se,413",
            &[
                "line 5, column employee: no employee has the address bo@y.se; add a row of type employee",
            ],
        ),
        (
            "line,Kö,Bygglov,,,,,queue,anna@kommun.example,800",
            &[
                "line 5, column employee: only a person line has an employee; empty the cell, or write person as its kind",
            ],
        ),
        (
            "line,Kö,Bygglov,,,,,mailbox,,800",
            &[
                "line 5, column kind: \"mailbox\" is no kind; write person, group, queue, switchboard or ivr",
            ],
        ),
        (
            "employee,Bo,Bygglov,bo@y.se,,,fi,,,",
            &["line 5, column language: \"fi\" is no language that mails come in; write sv or en"],
        ),
        (
            "employee,Bo,Bygglov,bo@y.se,,x@y.se,,,,412",
            &[
                "line 5, column aliases: an employee has no aliases; empty the cell",
                "line 5, column reception: an employee has no reception; empty the cell",
            ],
        ),
        (
            "unit,=A1,,,,,,,,",
            &["line 5, column name: this is a spreadsheet formula; write the text itself"],
        ),
        (
            "unit,K\u{7}k,,,,,,,,",
            &[
                "line 5, column name: there is a line break or another invisible character in this cell; remove it (or is a quotation mark left open?)",
            ],
        ),
        (
            "unit,Kök,,,,,,,,,,kök@kommun.example",
            &[
                "line 5: cell 12 is in no column; empty it, or put the cell that has a comma or semicolon in it in \"quotes\"",
            ],
        ),
        (
            "unit,A,B,,,,,,,\nunit,B,C,,,,,,,\nunit,C,B,,,,,,,\nunit,D,d,,,,,,,",
            &[
                "line 6, column unit: these units lie under each other in a circle: \"B\", \"C\", \"B\"; leave the unit of the topmost empty",
                "line 8, column unit: these units lie under each other in a circle: \"D\", \"D\"; leave the unit of the topmost empty",
            ],
        ),
    ];
    for (rows, expected) in cases {
        assert_eq!(told(format!("{HEADER}{BASE}{rows}\n")), *expected, "{rows}");
    }
    let long = told(format!("{HEADER}{BASE}unit,{},,,,,,,,\n", "k".repeat(501)));
    assert_eq!(long, ["line 5, column name: at most 500 characters; write less"]);
}

#[test]
fn a_bad_file_is_told_where_and_what_to_do() {
    let no_rows = "line 1: there are no rows, and importing this would remove everybody; write a header \
        with at least type and name, and a row for each unit, employee and line";
    let no_column = |name: &str, line: u64| {
        format!(
            "line {line}: the header has no column {name}; the first row names the columns, with , or ; or a tab between"
        )
    };
    assert_eq!(told(""), [no_rows]);
    assert_eq!(told("# nobody\n\n"), [no_rows]);
    assert_eq!(told(HEADER), [no_rows]);
    assert_eq!(told("\n# a\ntype,unit\nunit,a\n"), [no_column("name", 3)]);
    assert_eq!(
        told("Bygglov|Anna\n"),
        [
            format!("line 1: \"Bygglov|Anna\" is not a column; {COLUMNS}"),
            no_column("name", 1),
            no_column("type", 1),
        ]
    );
    assert_eq!(
        told("type,name,phone\nunit,a,1\n"),
        [format!("line 1: \"phone\" is not a column; {COLUMNS}")]
    );
    assert_eq!(
        told("type,name,Namn\nunit,a,\n"),
        ["line 1, column Namn: this column is there twice; keep one"]
    );
    let latin1 = b"type,name\nunit,Bygglov\nunit,K\xf6k\n";
    let utf16 = b"\xff\xfet\x00y\x00p\x00e\x00";
    assert_eq!(
        told(latin1),
        ["line 3: this is not UTF-8; save the file as \"CSV UTF-8\" in the spreadsheet"]
    );
    assert_eq!(
        told(utf16),
        ["line 1: this is not UTF-8; save the file as \"CSV UTF-8\" in the spreadsheet"]
    );
    let many = format!("type,name\n{}", "unit,x\n".repeat(100_001));
    assert_eq!(
        told(many).last().unwrap(),
        "line 100002: there are more than 100000 rows; is this the file?"
    );
}

#[test]
fn the_line_is_the_editors_also_after_comments_blank_lines_and_line_breaks_in_cells() {
    for end in ["\n", "\r\n"] {
        let file = [
            "# people, \"of\" kommunen", // a quotation mark in a comment opens nothing
            "",
            "type,name",
            "unit,A",
            "",
            "  ",
            ",,,",
            "\"# b, c\",",
            "unit,A",
            "unit,\"B",
            "B\"",
            "unit,A",
        ];
        let lines: Vec<u64> =
            read_text(file.join(end)).unwrap_err().iter().map(|e| e.line).collect();
        assert_eq!(lines, [9, 10, 12], "{end:?}");
    }
    let open = told(format!("{HEADER}unit,\"Bygglov,,,\n{BASE}"));
    assert_eq!(open.len(), 1, "{open:?}");
    assert!(open[0].starts_with("line 2, column name: there is a line break"), "{open:?}");
}

#[test]
fn swedish_excel_writes_semicolons_a_byte_order_mark_and_swedish_words() {
    let swedish = "\u{feff}Typ;Namn;Enhet;E-post;Chef;Expeditionen;Språk;Slag;Medarbetare;Nummer\r\n\
        # vad, som, helst;;;;;;;;;\r\n\
        nummer;Anna;bygglov;;;;;person;Anna@Kommun.example;'+46846500412|Zoom=412\r\n\
        nummer;Kö;bygglov;;;;;kö;;\"08-465 004 13\"\r\n\
        ;;;;;;;;;\r\n\
        medarbetare;Anna Åkesson;BYGGLOV;Anna@Kommun.example;;;engelska;;;\r\n\
        enhet;Bygglov;;bygglov@kommun.example;anna@kommun.example;exp@kommun.example;;;;\r\n";
    let english = "aliases\temployee\tkind\tlanguage\treception\tmanager\temail\tunit\tname\ttype\n\
        \t\t\t\texp@kommun.example\tanna@kommun.example\tbygglov@kommun.example\t\tBygglov\tunit\n\
        \t\t\ten\t\t\tanna@kommun.example\tBygglov\tAnna Åkesson\temployee\n\
        08-465 004 12|zoom=412\tanna@kommun.example\tperson\t\t\t\t\tBygglov\tAnna\tline\n\
        46846500413\t\tqueue\t\t\t\t\tBygglov\tKö\tline";
    let swedish = read_text(swedish).unwrap();
    let more = "Typ;Namn;Enhet;E-post;Chef;Ställföreträdare;Slag;Medarbetare;Från och med;Till och med;Arbetsdagar;Ersättare;Nummer\r\n\
        enhet;Bygglov;;;a@k.example;b@k.example;;;;;;;\r\n\
        medarbetare;A;Bygglov;a@k.example;;;;;;2026-12-31;mån–tors, fre;b@k.example;\r\n\
        medarbetare;B;Bygglov;b@k.example;;;;;;;;;\r\n\
        nummer;A;Bygglov;;;;person;a@k.example;2026-12-01;;;;412\r\n";
    let in_english = more.replace("mån–tors, fre", "mon-thu fri").replace(
        "Ställföreträdare;Slag;Medarbetare;Från och med;Till och med;Arbetsdagar;Ersättare",
        "deputy;kind;employee;fr.o.m.;t.o.m.;workdays;substitute",
    );
    let in_english = in_english.replace("fr.o.m.", "from");
    assert_eq!(read_text(more).unwrap(), read_text(in_english).unwrap());
    assert_eq!(swedish, read_text(english).unwrap());
    assert_eq!((swedish.units.len(), swedish.employees.len(), swedish.lines.len()), (1, 1, 2));
    assert_eq!(swedish.employees[0].email, "anna@kommun.example");
    let quoted = "\"# så, här, då\";;\n\"typ\";\"namn\";\"enhet\"\n\"enhet\";\"Kultur; fritid\";\n";
    assert_eq!(read_text(quoted).unwrap().units[0].name, "Kultur; fritid");
}

#[test]
fn an_error_names_the_column_as_the_file_does() {
    assert_eq!(
        told("typ;namn;chef;\nenhet;Bygglov;x@y.se;\n"),
        ["line 2, column chef: no employee has the address x@y.se; add a row of type employee"]
    );
}

#[test]
fn units_may_come_in_any_order() {
    let people =
        read_text("type,name,unit\nunit,C,B\nunit,B,A\nunit,D,A\nunit,A,\nunit,E,\n").unwrap();
    let names: Vec<_> = people.units.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["A", "E", "B", "D", "C"]);
}

/// Files that are nearly right reach further in than random bytes do.
fn nearly_a_file() -> impl proptest::strategy::Strategy<Value = String> {
    let words = [
        "unit",
        "line",
        "employee",
        ",",
        ",",
        ",",
        "\n",
        "\n",
        "\"",
        "#",
        ";",
        "|",
        "=",
        "@",
        "a",
        "a@b.se",
        "person",
        "08-46500412",
        "é",
        "\u{0}",
        "'",
        "zoom=",
    ];
    use proptest::strategy::Strategy;
    proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..60)
        .prop_map(|parts| format!("{HEADER}{}", parts.concat()))
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes: Vec<u8>) {
        let _ = read_text(&bytes);
        let _ = read_text([HEADER.as_bytes(), &bytes].concat());
    }

    #[test]
    fn errors_come_by_line_and_lie_in_the_file(text in nearly_a_file()) {
        if let Err(errors) = read_text(&text) {
            let last = text.split('\n').count() as u64;
            proptest::prop_assert!(!errors.is_empty());
            proptest::prop_assert!(errors.is_sorted_by_key(|error| error.line));
            proptest::prop_assert!(errors.iter().all(|error| (1..=last).contains(&error.line)));
        }
    }
}
