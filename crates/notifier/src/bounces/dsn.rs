//! What a mail says about one of ours that came back. Bytes from outside: nothing here panics, calls itself, or grows with them.
//!
//! Sources: RFC 3462 and 6522 (`multipart/report`), RFC 3464 (`message/delivery-status`), RFC 6533 (its `global` kin), all read
//! 2026-11-28; Exim's own form from its `bounce_message_file` documentation, where there is no such part.

//! A parser of whole mails would go into mails in mails in mails; of a report, only the parts on top are of interest.

use uuid::Uuid;

/// More recipients than this are in no report about a mail of ours: each has one.
const MOST_RECIPIENTS: usize = 50;
/// A report has three parts.
const MOST_PARTS: usize = 20;
/// RFC 5321: the longest address.
const LONGEST_ADDRESS: usize = 320;
/// Where Exim's own form begins to quote the mail.
const QUOTED: &str = "this is a copy of";

/// A mail of ours never arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Returned {
    /// The delivery, as our Message-ID names it.
    pub(super) delivery: Uuid,
    pub(super) failures: Vec<Failure>,
}

/// Where it did not arrive, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// As it was sent, and as servers on the way made of it.
    pub(super) addresses: Vec<String>,
    /// Such as `5.1.1`; RFC 3463.
    pub(super) status: Option<String>,
}

/// A mail or a part of one: its head, and what follows.
struct Part<'x> {
    head: &'x str,
    body: &'x str,
}

/// What it says; none: it is no report, or of a mail that arrived or may yet arrive.
pub(super) fn read(mail: &[u8]) -> Option<Returned> {
    let mail = String::from_utf8_lossy(mail).replace("\r\n", "\n");
    let mail = Part::of(&mail);
    let (failures, delivery) = match mail.boundary_of_report() {
        Some(boundary) => {
            let parts = mail.parts(&boundary);
            (reported(&parts), enclosed(&parts))
        }
        None if mail.kind().starts_with("multipart/") => return None,
        None => (exim(&mail), enclosed_by_exim(&mail)),
    };
    // A report without a failure is good news, or none yet.
    if failures.is_empty() {
        return None;
    }
    Some(Returned { delivery: delivery.or_else(|| answered(&mail))?, failures })
}

impl<'x> Part<'x> {
    fn of(text: &'x str) -> Self {
        let (head, body) = match text.strip_prefix('\n') {
            Some(body) => ("", body),
            None => text.split_once("\n\n").unwrap_or((text, "")),
        };
        Self { head, body }
    }

    /// The type and subtype, in lower case.
    fn kind(&self) -> String {
        let kind = field(self.head, "Content-Type").unwrap_or_default();
        kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    fn boundary_of_report(&self) -> Option<String> {
        let kind =
            field(self.head, "Content-Type").filter(|_| self.kind() == "multipart/report")?;
        let of = parameter(&kind, "report-type");
        let is_ours = of.is_none_or(|of| of.eq_ignore_ascii_case("delivery-status"));
        parameter(&kind, "boundary").filter(|boundary| is_ours && !boundary.is_empty())
    }

    /// What stands between the lines that are made of `boundary`.
    fn parts(&self, boundary: &str) -> Vec<Part<'x>> {
        let line = format!("--{boundary}");
        let mut parts = Vec::new();
        let (mut begins, mut at) = (None, 0);
        for text in self.body.split_inclusive('\n') {
            let ends = text.trim_end().strip_prefix(&*line);
            if ends == Some("") || ends == Some("--") {
                parts.extend(begins.and_then(|begins| self.body.get(begins..at)).map(Part::of));
                begins = (ends == Some("")).then_some(at + text.len());
            }
            at += text.len();
            if parts.len() == MOST_PARTS {
                return parts;
            }
        }
        // One that was cut off on its way has no last line.
        parts.extend(begins.and_then(|begins| self.body.get(begins..)).map(Part::of));
        parts
    }
}

/// The groups of fields of the part that is for machines: the first is about the mail, each of the others about a recipient.
fn reported(parts: &[Part<'_>]) -> Vec<Failure> {
    let for_machines = ["message/delivery-status", "message/global-delivery-status"];
    let status = parts.iter().find(|part| for_machines.contains(&&*part.kind()));
    let groups = status.map(|part| part.body).unwrap_or_default().split("\n\n");
    groups.take(MOST_RECIPIENTS + 1).filter_map(failure).collect()
}

fn failure(group: &str) -> Option<Failure> {
    if !field(group, "Action")?.eq_ignore_ascii_case("failed") {
        return None;
    }
    let addresses: Vec<String> = ["Original-Recipient", "Final-Recipient"]
        .into_iter()
        .filter_map(|name| address(&field(group, name)?))
        .collect();
    if addresses.is_empty() {
        return None;
    }
    let status = field(group, "Status").as_deref().and_then(enhanced_code);
    // What servers did as they were asked to is no failure, whatever else is said of it.
    if status.as_deref().is_some_and(|status| status.starts_with('2')) {
        return None;
    }
    Some(Failure { addresses, status })
}

/// The delivery whose mail, or its head, comes with the report.
fn enclosed(parts: &[Part<'_>]) -> Option<Uuid> {
    let mails =
        ["message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers"];
    let original = parts.iter().find(|part| mails.contains(&&*part.kind()))?;
    delivery(&field(Part::of(original.body).head, "Message-ID")?)
}

/// The delivery that the report says it is an answer to.
fn answered(mail: &Part<'_>) -> Option<Uuid> {
    let ids = ["In-Reply-To", "References"].into_iter().filter_map(|name| field(mail.head, name));
    ids.filter_map(|ids| ids.split_whitespace().rev().find_map(delivery)).next()
}

/// Exim without a part for machines: a head names the recipients, and the text says why.
fn exim(mail: &Part<'_>) -> Vec<Failure> {
    let Some(recipients) = field(mail.head, "X-Failed-Recipients") else { return Vec::new() };
    let (told, _) = at_quote(mail.body);
    let status = told.split_whitespace().find_map(|word| enhanced_code(word.trim_matches('#')));
    let status = status.filter(|status| status.starts_with('5'));
    let addresses = recipients.split(',').filter_map(address).take(MOST_RECIPIENTS);
    addresses.map(|a| Failure { addresses: Vec::from([a]), status: status.clone() }).collect()
}

fn enclosed_by_exim(mail: &Part<'_>) -> Option<Uuid> {
    let (_, quoted) = at_quote(mail.body);
    delivery(&field(quoted, "Message-ID")?)
}

fn at_quote(text: &str) -> (&str, &str) {
    // Lower case in ASCII only: nothing may move, for this is where the text is cut.
    let end = text.to_ascii_lowercase().find(QUOTED).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// The delivery that a Message-ID of ours was made of.
fn delivery(message_id: &str) -> Option<Uuid> {
    let id = message_id.trim().trim_matches(['<', '>']);
    Uuid::try_parse(id.split_once('@')?.0).ok()
}

/// A parameter of a field, with or without quotes.
fn parameter(field: &str, name: &str) -> Option<String> {
    let mut rest = field.split_once(';')?.1;
    loop {
        let (found, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        if found.trim_matches([';', ' ', '\t']).eq_ignore_ascii_case(name) {
            return Some(value.trim_end().to_owned());
        }
        rest = next;
    }
}

/// The first field of this name, with its further lines.
fn field(text: &str, name: &str) -> Option<String> {
    let mut lines = text.lines().skip_while(|line| {
        let found = line.split_once(':').map(|(found, _)| found.trim_end());
        !found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    });
    let (_, first) = lines.next()?.split_once(':')?;
    let mut value = first.trim().to_owned();
    for more in lines.take_while(|line| line.starts_with([' ', '\t'])).take(MOST_RECIPIENTS) {
        value.push(' ');
        value.push_str(more.trim());
    }
    Some(value.trim().to_owned())
}

/// `rfc822; anna@kommun.example`, with or without brackets; of nothing but an address.
fn address(text: &str) -> Option<String> {
    let bare = text.rsplit_once(';').map_or(text, |(_, address)| address);
    let bare = bare.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let fits = bare.len() <= LONGEST_ADDRESS && bare.contains('@');
    let plain = !bare.chars().any(|c| c.is_whitespace() || c.is_control());
    (fits && plain).then(|| bare.to_lowercase())
}

/// RFC 3463: a class, a subject and a detail, such as `5.1.1`; also with words after it.
fn enhanced_code(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let code = text.get(..end)?.trim_end_matches('.');
    let parts: Vec<&str> = code.split('.').collect();
    let [class, subject, detail] = parts.as_slice() else { return None };
    let fits = |part: &&str| (1..=3).contains(&part.len());
    let known = ["2", "4", "5"].contains(class) && fits(subject) && fits(detail);
    known.then(|| code.to_owned())
}

#[cfg(test)]
mod tests;
