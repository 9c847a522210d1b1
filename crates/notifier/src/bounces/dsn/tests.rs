//! What servers write when a mail of ours comes back, and noise.

use super::*;
use proptest::prelude::*;

const DELIVERY: &str = "019a9565-3b40-7c11-9c5e-3f0a1b2c3d4e";
const ASA: &str = "asa.oberg@kommun.example";

const EXCHANGE: &str = include_str!("../fixtures/exchange.eml");
const EXIM: &str = include_str!("../fixtures/exim.eml");
const EXIM_REPORT: &str = include_str!("../fixtures/exim_report.eml");
const GMAIL: &str = include_str!("../fixtures/gmail.eml");
const OUT_OF_OFFICE: &str = include_str!("../fixtures/out_of_office.eml");
/// As Postfix 3.7 wrote it, with other names and times.
const POSTFIX: &str = include_str!("../fixtures/postfix.eml");
const POSTFIX_HEADERS: &str = include_str!("../fixtures/postfix_headers.eml");

/// As it comes over the wire.
fn wire(mail: &str) -> Vec<u8> {
    mail.replace('\n', "\r\n").into_bytes()
}

fn returned(addresses: &[&str], status: Option<&str>) -> Option<Returned> {
    let addresses = addresses.iter().map(|a| (*a).to_owned()).collect();
    let failures = Vec::from([Failure { addresses, status: status.map(str::to_owned) }]);
    Some(Returned { delivery: DELIVERY.parse().unwrap(), failures })
}

#[test]
fn reports_of_each_server_name_the_mail_the_recipient_and_the_reason() {
    for (server, mail, addresses, status) in [
        ("Exchange", EXCHANGE, &[ASA][..], Some("5.1.10")),
        ("Exim", EXIM, &[ASA], Some("5.1.1")),
        ("Exim with a report", EXIM_REPORT, &[ASA], Some("5.0.0")),
        ("Gmail", GMAIL, &[ASA], Some("5.1.1")),
        ("Postfix", POSTFIX, &[ASA, ASA], Some("5.1.2")),
        ("Postfix, forwarded", POSTFIX_HEADERS, &[ASA, "asa@partner.example"], Some("4.4.1")),
    ] {
        assert_eq!(read(&wire(mail)), returned(addresses, status), "{server}");
        assert_eq!(read(mail.as_bytes()), returned(addresses, status), "{server}, bare lines");
    }
}

#[test]
fn what_may_still_arrive_and_what_people_answer_is_no_bounce() {
    let action = |to: &str| GMAIL.replace("Action: failed", &format!("Action: {to}"));
    for (what, mail) in [
        ("out of office", OUT_OF_OFFICE.to_owned()),
        ("delayed", action("delayed")),
        ("delivered", action("delivered")),
        ("relayed", action("relayed")),
        ("expanded", action("expanded")),
        ("no action", GMAIL.replace("Action: failed\n", "")),
        ("no recipient", GMAIL.replace("Final-Recipient:", "Recipient:")),
        ("failed well", GMAIL.replace("Status: 5.1.1", "Status: 2.0.0")),
        (
            "a receipt",
            GMAIL.replace("report-type=delivery-status", "report-type=disposition-notification"),
        ),
        ("Exim's warning has no such head", EXIM.replace("X-Failed-Recipients", "X-Recipients")),
        ("not ours", GMAIL.replace(DELIVERY, "somebody-elses")),
        ("nothing", String::new()),
    ] {
        assert_eq!(read(&wire(&mail)), None, "{what}");
    }
}

#[test]
fn the_mail_is_known_by_what_is_enclosed_or_else_by_what_is_answered() {
    let other = "019a9565-0000-7000-8000-000000000000";
    // A gateway that answers something else than it encloses: what is enclosed is what came back.
    let answered = GMAIL.replacen(DELIVERY, other, 2);
    assert_eq!(read(&wire(&answered)), returned(&[ASA], Some("5.1.1")));
    let (head, _) = GMAIL.split_once("Content-Type: message/rfc822").unwrap();
    let without = format!("{head}Content-Type: text/plain\n\n--0000000000004a5b6c062f0a1b2c--\n");
    assert_eq!(read(&wire(&without)), returned(&[ASA], Some("5.1.1")));
}

#[test]
fn a_report_in_utf_8_is_read_too() {
    let mail = GMAIL
        .replace("message/delivery-status", "message/global-delivery-status")
        .replace("rfc822; asa.oberg", "utf-8; åsa.öberg");
    assert_eq!(read(&wire(&mail)), returned(&["åsa.öberg@kommun.example"], Some("5.1.1")));
}

#[test]
fn codes_are_three_numbers_and_nothing_else() {
    for (text, code) in [
        ("5.1.1", Some("5.1.1")),
        ("5.7.520 (blocked)", Some("5.7.520")),
        ("4.4.7", Some("4.4.7")),
        ("5.1", None),
        ("5.1.1.1", None),
        ("3.1.1", None),
        ("5.1.1000", None),
        ("192.0.2.25", None),
        ("", None),
    ] {
        assert_eq!(enhanced_code(text).as_deref(), code, "{text}");
    }
}

#[test]
fn a_report_of_very_many_recipients_is_read_in_part() {
    let one = "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n\n";
    let mail = GMAIL.replace("Final-Recipient", &format!("{}Final-Recipient", one.repeat(10_000)));
    assert_eq!(read(&wire(&mail)).unwrap().failures.len(), MOST_RECIPIENTS);
}

#[test]
fn mails_in_mails_in_mails_are_read_harmlessly() {
    let nested = "Content-Type: message/rfc822\n\n".repeat(20_000);
    let parts: String = (0..5_000)
        .map(|n| format!("Content-Type: multipart/report; boundary=\"{n}\"\n\n--{n}\n"))
        .collect();
    for mail in [nested, parts] {
        assert_eq!(read(&wire(&mail)), None);
    }
}

proptest! {
    #[test]
    fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert_eq!(read(&noise), None);
    }

    #[test]
    fn a_report_cut_and_filled_with_noise_never_panics(
        which in 0..6_usize,
        at in any::<prop::sample::Index>(),
        cut in 0..200_usize,
        noise in proptest::collection::vec(any::<u8>(), 0..50),
    ) {
        let mail = [EXCHANGE, EXIM, EXIM_REPORT, GMAIL, POSTFIX, POSTFIX_HEADERS][which].as_bytes();
        let at = at.index(mail.len());
        let rest = &mail[(at + cut).min(mail.len())..];
        let broken = [&mail[..at], &noise, rest].concat();
        if let Some(returned) = read(&broken) {
            for failure in &returned.failures {
                prop_assert!(!failure.addresses.is_empty());
                prop_assert!(failure.addresses.iter().all(|a| a.len() <= 2 * LONGEST_ADDRESS));
            }
        }
    }
}
