//! `event=voicemail`: one message file of a mailbox, key by key, as `externnotify`'s script posts it.

use super::{caller, channel};
use crate::adapters::{Unreadable, seconds};
use crate::request::Form;
use crate::source::Source;
use domain::fact::{CallFact, Direction, What};
use domain::party::{Party, clean};

/// `None` for a message that was only moved: what lies in another folder somebody has already listened to.
pub(super) fn read(form: &Form<'_>, source: &Source) -> Result<Option<CallFact>, Unreadable> {
    let new = ["", "INBOX", "Urgent"]
        .iter()
        .any(|folder| form.text("folder").eq_ignore_ascii_case(folder));
    if !new {
        return Ok(None);
    }
    let mailbox = Party::alias(mailbox(form)?);
    Ok(Some(CallFact {
        key: key(form, &mailbox),
        refs: channel::passing(form.text("system"), form.text("callerchan")).into_iter().collect(),
        direction: Direction::Inbound,
        from: caller::of_message(form.text("callerid"), source),
        to: mailbox.clone(),
        line: mailbox,
        leg: None,
        // The recording is a file on the PBX, not a link.
        what: What::voicemail(seconds::length(form.text("duration")), None),
        began_at: None,
        ended_at: seconds::instant(form.text("origtime")),
        complete: false,
    }))
}

/// Whose message it is. A colleague to whom it was forwarded has a copy, with the same `msg_id`: the promise
/// stays with the mailbox it was left in, and the copy tells nothing new. A hand-over is made in Återkom (R18).
fn mailbox<'a>(form: &'a Form<'_>) -> Result<&'a str, Unreadable> {
    let left_in = Some(form.text("origmailbox")).filter(|mailbox| !mailbox.is_empty());
    let mailbox = left_in.map_or_else(|| form.required("mailbox"), Ok)?;
    Ok(mailbox.strip_suffix("@default").unwrap_or(mailbox))
}

fn key(form: &Form<'_>, mailbox: &Party) -> String {
    match form.text("msg_id") {
        "" => clean(&format!(
            "voicemail:{}:{}:{}",
            mailbox.text,
            form.text("file"),
            form.text("origtime")
        )),
        id => clean(&format!("voicemail:{id}")),
    }
}
