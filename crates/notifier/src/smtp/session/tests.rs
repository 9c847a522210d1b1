//! What is said of servers and mails on the wire.

use super::*;

#[test]
fn what_a_server_offers_is_read_from_its_lines() {
    let mut offers = Offers::default();
    for line in
        ["mail.kommun.example", "size 1000", "AUTH=LOGIN", "AUTH CRAM-MD5 PLAIN", "8BITMIME", "X"]
    {
        offers.hear(line);
    }
    let expected = Offers {
        eight_bit: true,
        plain: true,
        login: true,
        size: Some(1_000),
        ..Offers::default()
    };
    assert_eq!(offers, expected);
}

#[test]
fn a_mail_ends_where_it_ends_whatever_is_in_it() {
    for (mail, said) in [
        ("a\r\n", "a\r\n.\r\n"),
        ("a", "a\r\n.\r\n"),
        ("", "\r\n.\r\n"),
        ("a\r\n.\r\nb\r\n", "a\r\n..\r\nb\r\n.\r\n"),
        (".a\r\n..b\r\n", "..a\r\n...b\r\n.\r\n"),
        ("a\n.\nb\r\n", "a\n..\nb\r\n.\r\n"),
    ] {
        assert_eq!(stuffed(mail.as_bytes()), said.as_bytes(), "{mail:?}");
    }
}

#[test]
fn a_host_without_a_name_is_called_by_its_address() {
    let named = |address: &str| literal(address.parse().expect("an address"));
    assert_eq!(named("192.0.2.1:25"), "[192.0.2.1]");
    assert_eq!(named("[2001:db8::1]:25"), "[IPv6:2001:db8::1]");
}
