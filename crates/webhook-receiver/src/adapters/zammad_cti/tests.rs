//! Who may post, and what is answered. What a post means is tested beside [`push`].

use super::*;
use crate::adapters::{Refused, source_for_tests};
use chrono::DateTime;
use domain::fact::What;
use domain::party::Party;

#[test]
fn the_last_part_of_the_address_is_the_token() {
    let source = source_for_tests("zammad-cti", &["token-of-today", "token-of-yesterday"]);
    let sent = |rest: &str| {
        let request = RawRequest { rest: rest.to_owned(), ..RawRequest::default() };
        ZammadCti.verify(&request, &source, DateTime::UNIX_EPOCH)
    };
    assert_eq!((sent("token-of-today"), sent("cti/token-of-yesterday")), (Ok(()), Ok(())));
    for wrong in ["", "token-of-today/x", "token-of-toda", "Token-of-today"] {
        assert_eq!(sent(wrong), Err(Refused::Wrong), "{wrong}");
    }
    assert!(ZammadCti.check_secret("kort").unwrap_err().contains("write"));
}

#[test]
fn the_answer_does_nothing_with_the_call() {
    let reply = ZammadCti.reply(&RawRequest::default());
    assert_eq!(
        (reply.status, reply.content_type, reply.body.as_str()),
        (200, "application/json", "{}")
    );
}

// R15: a name can be an alias of a line; a queue cannot, for nobody's phone is meant by it.
#[test]
fn a_queue_is_no_phone() {
    let json = br#"{"event": "newCall", "from": "46701740641", "to": "46846500450", "direction": "in", "callId": "c1", "queue": "bygglov"}"#;
    let request = RawRequest { body: json.to_vec(), ..RawRequest::default() };
    let facts = ZammadCti.parse(&request, &source_for_tests("zammad-cti", &[])).unwrap();
    assert_eq!((&facts[0].what, &facts[0].line), (&What::Ringing, &Party::absent()));
    assert_eq!(ZammadCti.delivery(&request).as_deref(), Some("c1"));
    assert_eq!(ZammadCti.delivery(&RawRequest::default()), None);
}
