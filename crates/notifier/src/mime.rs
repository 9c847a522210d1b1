//! The mail as it goes over the wire: text and HTML, our own Date and Message-ID, headers that keep robots quiet (R30).

use crate::address;
use crate::recipients::Addressee;
use crate::texts::Text;
use chrono::{DateTime, Utc};
pub use lettre::Address;
use lettre::Message;
use lettre::address::AddressError;
pub use lettre::message::Mailbox;
use lettre::message::MultiPart;
use lettre::message::header::{HeaderName, HeaderValue};
use uuid::Uuid;

/// Who the mails are from.
#[derive(Debug, Clone)]
pub struct Sender {
    /// `Återkom <aterkom@kommun.se>` or a bare address.
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    /// Where servers send what they cannot deliver: the envelope's sender.
    pub envelope_from: Address,
}

/// Reads `Återkom <aterkom@kommun.se>`, or a bare address.
///
/// # Errors
/// When the address in it is none.
pub fn mailbox(text: &str) -> Result<Mailbox, AddressError> {
    let Mailbox { name, email } = text.parse()?;
    Ok(Mailbox { name, email: address::read(email.as_ref())? })
}

/// Whether a mail can be sent to this bare address.
pub fn is_address(text: &str) -> bool {
    address::read(text).is_ok()
}

/// Why a mail could not be written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    #[error("the address of the recipient is not a mail address")]
    Address(#[from] AddressError),
    #[error("the mail could not be put together")]
    Mail(#[from] lettre::error::Error),
}

/// The whole mail, as bytes that never change again.
///
/// # Errors
/// [`Unwritable`] when the recipient's address is none.
pub fn mail(
    id: Uuid,
    kind: &str,
    sender: &Sender,
    recipient: &Addressee,
    text: &Text,
    now: DateTime<Utc>,
) -> Result<Vec<u8>, Unwritable> {
    let domain = sender.from.email.domain();
    let name = Some(on_one_line(&recipient.name)).filter(|name| !name.is_empty());
    let mut mail = Message::builder()
        .date(now.into())
        .message_id(Some(format!("<{id}@{domain}>")))
        .from(sender.from.clone())
        .to(Mailbox::new(name, address::read(&recipient.address)?))
        .subject(on_one_line(&text.subject))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("X-Auto-Response-Suppress", "All".to_owned()))
        .raw_header(header("List-Id", format!("<{}.aterkom.{domain}>", kind.replace('_', "-"))));
    if let Some(reply_to) = &sender.reply_to {
        mail = mail.reply_to(reply_to.clone());
    }
    let body = MultiPart::alternative_plain_html(text.plain.clone(), text.html.clone());
    Ok(mail.multipart(body)?.formatted())
}

/// What would begin another line of the head is a space. lettre breaks on some of it, and a mail must not be lost for a name.
fn on_one_line(text: &str) -> String {
    let begins_another = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let words = text.split(|c: char| c.is_whitespace() || begins_another(c));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

#[cfg(test)]
mod tests;
