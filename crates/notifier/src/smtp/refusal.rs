//! What a refusal means: whose fault it is, and what there is to do about it. By the enhanced status where there is
//! one, else by the reply code; RFC 5321 4.2, RFC 3463, RFC 4954 6.

use super::answer::Answer;
use crate::failure::{Failure, Reason};

/// What the server was asked when it refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Greeting,
    Hello,
    StartTls,
    Login,
    /// `MAIL FROM`: always ourselves.
    Sender,
    /// `RCPT TO`: the only place where just this recipient is meant.
    Recipient,
    /// `DATA`, before the mail was said.
    Data,
    /// After all of it was heard.
    Content,
}

/// What this refusal means.
pub(crate) fn meaning(step: Step, answer: Answer) -> Failure {
    let reason = |what| Reason::answered(what, answer);
    if let Some(what) = of_server(step, answer) {
        return Failure::OfServer(reason(what));
    }
    let what = advice(step, answer);
    let is_permanent = match answer.status {
        // A mailbox that is full is "a persistent transient failure" (RFC 3463, X.2.2), whatever class it is told with:
        // people empty it, and who does not is unreachable after the last pause all the same.
        Some(status) if (status.subject, status.detail) == (2, 2) => false,
        Some(status) => status.class == 5,
        // RFC 5321: 552 is a mailbox over its quota when nothing else is said.
        None => answer.code >= 500 && (answer.code != 552 || step == Step::Sender),
    };
    if is_permanent { Failure::Permanent(reason(what)) } else { Failure::Transient(reason(what)) }
}

/// Why nobody's mail is taken; nothing when only this one is not.
fn of_server(step: Step, answer: Answer) -> Option<&'static str> {
    let status = answer.status.map(|s| (s.class, s.subject, s.detail));
    match (step, answer.code, status) {
        // Only about this mail, though it is said early.
        (Step::Sender, 552, Some((_, 3, 4)) | None) | (Step::Sender, 555, _) => None,
        (_, 421, _) => Some("the server is busy or about to stop"),
        (Step::Login, 454, _) => Some("the server cannot check logins now"),
        (Step::Login, _, _) | (_, 534 | 535, _) | (_, _, Some((_, 7, 8 | 9))) => {
            Some("the server refuses the login; check mail.username and mail.password")
        }
        (_, 530, _) => {
            Some("the server wants a login or TLS first; check mail.username and mail.security")
        }
        (_, 538, _) | (_, _, Some((_, 7, 10 | 11))) => {
            Some("the server wants TLS; check mail.security")
        }
        (Step::Greeting, _, _) => Some("the server takes no mail from here now"),
        (Step::Hello, _, _) => Some("the server refuses to speak with us; its log says why"),
        (Step::StartTls, _, _) => Some("the server refuses to begin TLS; check mail.security"),
        (Step::Sender, _, Some((_, 3, _))) | (Step::Sender, 451 | 452, None) => {
            Some("the server has trouble of its own")
        }
        (Step::Sender, _, _) => {
            Some("the server takes nothing from our sender; check mail.from and its limits")
        }
        (Step::Recipient | Step::Data | Step::Content, _, _) => None,
    }
}

/// What an administrator can do about one mail.
fn advice(step: Step, answer: Answer) -> &'static str {
    let Some(status) = answer.status else { return without_status(step, answer.code) };
    match (status.class, status.subject, status.detail) {
        (_, 1, 7 | 8) => "the server does not take our sender; check mail.from",
        (_, 1, _) => "the server knows no such recipient; correct the address",
        (_, 2, 1) => "this mailbox is shut; correct the address, or open it",
        (_, 2, 2) => "this mailbox is full",
        (_, 2, 3) | (_, 3, 4) => "the mail is larger than the server takes",
        (_, 2, _) => "this mailbox takes nothing",
        (_, 3, _) => "the server has trouble of its own",
        (_, 4, _) => "the server cannot reach the recipient's",
        (_, 5, _) => "the server did not understand us",
        (_, 6, _) => "the server does not take what the mail says; its log says why",
        (4, 7, _) => "the server puts us off: it does not know us yet, or we sent it too much",
        (_, 7, _) => "a policy of the server forbids this mail; its log says which",
        _ => without_status(step, answer.code),
    }
}

fn without_status(step: Step, code: u16) -> &'static str {
    match (step, code) {
        (Step::Recipient, 550 | 551 | 553) => {
            "the server knows no such recipient; correct the address"
        }
        (Step::Recipient | Step::Content, 552) => "this mailbox is full",
        (Step::Sender, 552) => "the mail is larger than the server takes",
        (Step::Recipient, 450) => "this mailbox cannot be reached now",
        (_, 400..500) => "the server asks to try again later",
        (Step::Recipient, _) => "the server refuses the recipient; its log says why",
        (Step::Data | Step::Content, _) => "the server refuses the mail; its log says why",
        _ => "the server refuses this mail; its log says why",
    }
}

#[cfg(test)]
mod tests;
