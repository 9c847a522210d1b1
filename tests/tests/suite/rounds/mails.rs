//! What mails look like, and what is never in them (R29, R30).

use super::{
    AMIR, ASA, JOHN, TO_ASA, TO_JOHN, TO_MARIA, assert_text, assert_tidy, body_of, call, people,
};
use aterkom_tests::{Mail, World, on_both};
use mail_parser::MessageParser;
use serde_json::json;

/// Somebody's number of the series for fiction.
fn number(n: u32) -> String {
    format!("+467017406{n}")
}

/// Something of every kind for this line, as of Thursday 26 November 2026.
async fn all_kinds(world: &mut World, line: &str, first: u32) {
    let numbers: Vec<String> = (0..6).map(|n| number(first + n)).collect();
    let from = |n: usize| numbers[n].as_str();
    let id = |n: u32| format!("{line} {n}");
    let told = [
        (0, "2026-11-18 09:10", "missed", from(0), line),
        // Tried in time, and not reached for more than 5 working days.
        (1, "2026-11-18 10:00", "voicemail", from(1), line),
        (2, "2026-11-18 13:30", "unanswered_outbound", line, from(1)),
        (3, "2026-11-20 13:30", "unanswered_outbound", line, from(1)),
        // Tried too late.
        (4, "2026-11-19 11:00", "missed", from(2), line),
        (5, "2026-11-24 08:00", "unanswered_outbound", line, from(2)),
        (6, "2026-11-23 11:00", "voicemail", from(3), line),
        (7, "2026-11-24 11:00", "missed", from(4), line),
        (8, "2026-11-24 11:30", "voicemail", from(5), line),
        (9, "2026-11-24 12:00", "voicemail", from(5), line),
    ];
    for (n, at, kind, from, to) in told {
        world.tell(&id(n), at, kind, call(&id(n), from, to)).await;
    }
}

/// One more, of the day before the mails.
async fn yesterday(world: &mut World, line: &str, from: u32) {
    let id = format!("{line} yesterday");
    world.tell(&id, "2026-11-25 15:30", "missed", call(&id, &number(from), line)).await;
}

on_both! {
    // R25, R26
    async fn mails_read_well_in_both_languages(world at "2026-11-24 16:00") {
        let sara = "sara.lind@exempelby.example,aldreomsorg@exempelby.example";
        let all_under_maria = [
            (sara, ",aldreomsorg@exempelby.example"),
            ("bygglov@exempelby.example,per.alm@exempelby.example", "bygglov@exempelby.example,"),
        ];
        world.import(&people(&all_under_maria)).await;
        world.smtp.never_knew("amir.nouri@exempelby.example");
        all_kinds(world, ASA, 10).await;
        all_kinds(world, JOHN, 20).await;
        world.tell("queue", "2026-11-20 09:00", "voicemail", call("queue", &number(30), "+46980319220")).await;
        world.tell("group", "2026-11-24 09:00", "missed", call("group", &number(31), "+46980319211")).await;
        world.tell("amir", "2026-11-24 09:00", "missed", call("amir", &number(32), AMIR)).await;
        world.advance_to("2026-11-25 16:00").await;
        for line in [ASA, JOHN] {
            yesterday(world, line, 33).await;
        }
        world.advance_to("2026-11-26 08:14").await;
        world.forget_mails();
        world.advance_to("2026-11-26 08:15").await;
        for (address, name) in [(TO_ASA, "digest_sv"), (TO_JOHN, "digest_en")] {
            let mail = world.mailbox(address).only();
            assert_tidy(&mail.text);
            assert_text(name, &format!("Subject: {}\n\n{}", mail.subject, mail.text));
            assert_text(&format!("{name}_html"), body_of(&mail.html));
        }
        world.advance_to("2026-11-26 08:30").await;
        let list = world.mailbox(TO_MARIA).only();
        assert_tidy(&list.text);
        assert_text("manager_list_sv", &format!("Subject: {}\n\n{}", list.subject, list.text));
        assert_text("manager_list_sv_html", body_of(&list.html));
        // The same in English, the day after.
        let maria = "employee,Maria Ek,Exempelby kommun,maria.ek@exempelby.example,,,";
        world.import(&people(&[all_under_maria[0], all_under_maria[1], (maria, &format!("{maria}en"))])).await;
        world.advance_to("2026-11-27 08:30").await;
        let list = world.mailbox(TO_MARIA).only();
        assert_tidy(&list.text);
        assert_text("manager_list_en", &format!("Subject: {}\n\n{}", list.subject, list.text));
        assert_text("manager_list_en_html", body_of(&list.html));
        world.forget_mails();
    }

    // R26
    async fn a_quiet_list_says_so(world at "2026-11-20 16:00") {
        world.import(&people(&[("sara.lind@exempelby.example,aldreomsorg", ",aldreomsorg")])).await;
        world.advance_to("2026-11-23 08:30").await;
        let list = world.mailbox(TO_MARIA).only();
        assert_tidy(&list.text);
        assert_text("manager_list_quiet_sv", &format!("Subject: {}\n\n{}", list.subject, list.text));
        world.forget_mails();
    }

    // R29
    async fn nothing_of_a_caller_is_in_any_mail(world at "2026-11-17 15:00") {
        let callers = [
            "+46701740605", "070-174 06 06", "+447700900123", "233", "lisa.ekstrand@example.org", "anonymous", "1177",
        ];
        for (n, from) in callers.into_iter().enumerate() {
            for (to, kind) in [(ASA, "missed"), (JOHN, "voicemail"), ("+46980319211", "voicemail")] {
                let mut data = call(&format!("{n} {to}"), from, to);
                data["caller_name"] = json!("Petra \"Ärtan\" Lundqvist");
                data["recording_url"] = json!("https://pbx.example/rec/46701740605");
                world.tell(&format!("{n} {to}"), "2026-11-17 14:00", kind, data).await;
            }
        }
        world.advance_to("2026-11-23 12:00").await;
        let taken = world.smtp.taken();
        assert!(taken.len() > 10, "{}", taken.len());
        for taken in taken {
            let mail = Mail::read(&taken.to, &taken.bytes);
            let whole = [&mail.subject, &mail.head, &mail.text, &mail.html].map(String::as_str).join("\n");
            // Links carry ids, which are random.
            let whole = without_links(&whole.replace("&#x2f;", "/"));
            let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
            for number in ["701740605", "701740606", "7700900123"] {
                assert!(!digits.contains(number), "{whole}");
            }
            let lower = whole.to_lowercase();
            for name in ["petra", "rtan", "lundqvist", "ekstrand", "pbx.example", "1177", "anonymous"] {
                assert!(!lower.contains(name), "{name}: {whole}");
            }
        }
        world.forget_mails();
    }

    // R30
    async fn a_mail_is_what_mail_programs_expect(world at "2026-11-17 15:00") {
        world.tell("1", "2026-11-17 14:00", "missed", call("1", &number(10), ASA)).await;
        world.advance_to("2026-11-20 08:30").await;
        let taken = world.smtp.taken();
        let mut ids = std::collections::BTreeSet::new();
        for taken in &taken {
            let mail = MessageParser::default().parse(&taken.bytes).expect("a mail");
            let read = Mail::read(&taken.to, &taken.bytes);
            assert!(read.head.is_ascii() && taken.bytes.split(|b| *b == b'\n').all(|line| line.len() <= 999));
            assert!(read.head.contains("Auto-Submitted: auto-generated\r\n"), "{}", read.head);
            assert!(read.message_id.ends_with("@exempelby.example"), "{}", read.message_id);
            let kinds: &[&str] = if taken.to == TO_ASA { &["digest", "nudge"] } else { &["manager-list"] };
            let is = |kind: &&str| read.head.contains(&format!("List-Id: <{kind}.aterkom.exempelby.example>"));
            assert!(kinds.iter().any(is), "{}", read.head);
            let from = mail.from().and_then(|from| from.first()).expect("a sender");
            assert_eq!((from.name(), from.address()), (Some("Återkom"), Some("aterkom@exempelby.example")));
            let to = mail.to().and_then(|to| to.first()).expect("a recipient");
            assert_eq!(to.address(), Some(taken.to.as_str()));
            assert_eq!((mail.text_body_count(), mail.html_body_count()), (1, 1));
            assert!(ids.insert(read.message_id), "each mail has an id of its own");
        }
        let late = taken.iter().rev().find(|t| t.to == TO_ASA).expect("a digest");
        let mail = MessageParser::default().parse(&late.bytes).expect("a mail");
        let date = mail.date().expect("a date").to_timestamp();
        assert_eq!(date, aterkom_tests::world::instant("2026-11-20 08:15").timestamp(), "the world's clock");
        assert_eq!(mail.to().and_then(|to| to.first()?.name()), Some("Åsa Öberg"));
        let late = Mail::read(TO_ASA, &late.bytes);
        assert_eq!(late.subject, "Att ringa upp: 1, 1 försenad");
        assert!(late.words().contains("FÖRSENAD 1 arbetsdag") && late.html.contains("på att du hör av dig"));
        world.forget_mails();
    }
}

fn without_links(text: &str) -> String {
    let mut parts = text.split("http://127.0.0.1");
    let first = parts.next().unwrap_or_default().to_owned();
    let after = parts.map(|part| part.trim_start_matches(|c: char| !c.is_whitespace() && c != '"'));
    [first, after.collect()].concat()
}
