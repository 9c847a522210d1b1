//! What each refusal means, as a table.

use super::*;
use crate::smtp::answer::Line;
use Step::{Content, Data, Greeting, Hello, Login, Recipient, Sender, StartTls};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Servers,
    Later,
    Never,
}
use Whose::{Later, Never, Servers};

// R28: what is refused for good is dead at once, everything else waits.
#[test]
fn what_a_refusal_means_is_a_table() {
    for (step, said, whose, what) in [
        // Before there is a mail, it is everybody's.
        (Greeting, "554 no SMTP service here", Servers, "takes no mail from here"),
        (Greeting, "451 4.3.0 later", Servers, "takes no mail from here"),
        (Greeting, "421 4.3.2 too many connections", Servers, "busy"),
        (Hello, "550 5.7.1 go away", Servers, "refuses to speak"),
        (StartTls, "454 4.7.0 TLS not available", Servers, "begin TLS"),
        (Login, "535 5.7.8 authentication failed", Servers, "mail.password"),
        (Login, "534 5.7.9 too weak", Servers, "mail.password"),
        (Login, "504 5.5.4 unknown mechanism", Servers, "refuses the login"),
        (Login, "454 4.7.0 temporary failure", Servers, "cannot check logins now"),
        (Sender, "530 5.7.0 must issue STARTTLS first", Servers, "mail.security"),
        (Sender, "530 5.7.57 not authenticated", Servers, "mail.username"),
        (Sender, "538 5.7.11 encryption required", Servers, "wants TLS"),
        (Recipient, "530 authentication required", Servers, "mail.username"),
        (Recipient, "535 5.7.8 log in first", Servers, "mail.password"),
        // The sender is ourselves, always the same.
        (Sender, "421 4.3.2 busy", Servers, "busy"),
        (Sender, "451 4.3.0 later", Servers, "trouble of its own"),
        (Sender, "452 4.3.1 disk full", Servers, "trouble of its own"),
        (Sender, "550 5.7.1 not your address", Servers, "mail.from"),
        (Sender, "553 5.1.8 unknown sender", Servers, "mail.from"),
        (Sender, "552 5.3.4 too big", Never, "larger"),
        (Sender, "552 too big", Never, "larger"),
        (Sender, "555 SMTPUTF8 unknown", Never, "refuses this mail"),
        // One recipient.
        (Recipient, "550 5.1.1 no such user", Never, "no such recipient"),
        (Recipient, "550 no such user", Never, "no such recipient"),
        (Recipient, "550 5.1.10 not found", Never, "no such recipient"),
        (Recipient, "553 5.1.3 bad syntax", Never, "no such recipient"),
        (Recipient, "550 5.4.1 access denied", Never, "cannot reach"),
        (Recipient, "550 5.2.1 disabled", Never, "shut"),
        (Recipient, "554 5.7.1 relay access denied", Never, "policy"),
        (Recipient, "501 bad address", Never, "refuses the recipient"),
        (Recipient, "450 4.1.1 not verified yet", Later, "no such recipient"),
        (Recipient, "450 busy mailbox", Later, "cannot be reached now"),
        (Recipient, "451 4.7.1 greylisted", Later, "does not know us yet"),
        (Recipient, "451 4.3.0 lookup failed", Later, "trouble of its own"),
        (Recipient, "451 later", Later, "try again later"),
        (Recipient, "421 4.7.0 too many errors", Servers, "busy"),
        // RFC 3463: a full mailbox is never for good.
        (Recipient, "452 4.2.2 mailbox full", Later, "full"),
        (Recipient, "552 5.2.2 mailbox full", Later, "full"),
        (Recipient, "550 5.2.2 mailbox full", Later, "full"),
        (Recipient, "552 over quota", Later, "full"),
        (Content, "552 5.2.2 mailbox full", Later, "full"),
        // The content.
        (Data, "554 5.5.1 no valid recipients", Never, "did not understand"),
        (Data, "451 later", Later, "try again later"),
        (Content, "554 5.6.0 content refused", Never, "what the mail says"),
        (Content, "554 refused", Never, "its log says why"),
        (Content, "552 5.3.4 too big", Never, "larger"),
        (Content, "550 5.7.1 spam", Never, "policy"),
        (Content, "451 4.3.0 later", Later, "trouble of its own"),
        (Content, "452 4.3.1 disk full", Later, "trouble of its own"),
        // Where code and status do not agree, the status says more.
        (Recipient, "550 4.2.1 come back", Later, "shut"),
        (Recipient, "450 5.1.1 never", Never, "no such recipient"),
    ] {
        let answer = Line::read(said).expect("an answer").answer;
        let failure = meaning(step, answer);
        let is = match failure {
            Failure::OfServer(_) => Servers,
            Failure::Transient(_) => Later,
            Failure::Permanent(_) => Never,
        };
        assert_eq!(is, whose, "{step:?} {said}");
        let told = failure.to_string();
        assert!(told.contains(what), "{step:?} {said}: {told}");
        // The numbers are told, the server's words never.
        assert!(told.ends_with(&format!("({answer})")), "{told}");
    }
}
