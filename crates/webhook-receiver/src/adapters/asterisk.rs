//! Asterisk, FreePBX and VitalPBX, by forms that their dialplan and their voicemail script post.
//!
//! Asterisk has no webhook: the field names are ours, `docs/pbx/asterisk.md` is their reference and has what to paste.
//! The values are Asterisk's: <https://docs.asterisk.org/Configuration/Dialplan/Subroutines/Hangup-Handlers>, the
//! applications Dial, Queue and VoiceMail, the functions CDR and CALLERID, and `externnotify` in `voicemail.conf`; read
//! 2026-11 and tried with Asterisk 22. Nothing is signed: the PBX sends user and password, or a token.

mod caller;
mod hangup;
mod voicemail;

#[cfg(test)]
mod tests;

use super::{Adapter, Refused, Unreadable, credential};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::{CallFact, CallRef};
use domain::party::clean;
use secrecy::ExposeSecret;

/// The forms of our dialplan and voicemail script.
#[derive(Debug)]
pub(super) struct Asterisk;

impl Adapter for Asterisk {
    fn name(&self) -> &'static str {
        "asterisk"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        credential::check(secret)
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        credential::verify(request, source.secrets.iter().map(ExposeSecret::expose_secret))
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        let form = request.form();
        let id = match form.text("event") {
            "hangup" => form.text("uniqueid"),
            "voicemail" => form.text("msg_id"),
            // The counts of a mailbox may truly be the same twice.
            _ => "",
        };
        (!id.is_empty()).then(|| id.to_owned())
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        if request.body.trim_ascii_start().starts_with(b"{") {
            return Err(Unreadable::because(
                "this is JSON; this version reads the forms of the dialplan and of the voicemail script",
            ));
        }
        let form = request.form();
        match form.required("event")? {
            "hangup" => hangup::read(&form, source).map(|fact| Vec::from([fact])),
            "voicemail" => voicemail::read(&form, source).map(|fact| fact.into_iter().collect()),
            // Only how many messages there are; it comes also when somebody listens to them.
            "externnotify" => Ok(Vec::new()),
            event => Err(Unreadable::unknown("event", event)),
        }
    }
}

/// The channel's name, which the end of a call and the message left in it have in common (R6).
///
/// The message's file name would be another such name, but `msg0000` is free again as soon as somebody has listened:
/// two callers of one morning would become one call, and one of them would be forgotten.
fn channel(system: &str, name: &str) -> Option<CallRef> {
    let name = clean(name);
    let known = !name.is_empty() && !name.eq_ignore_ascii_case("unknown");
    known.then(|| CallRef::Passing(clean(&format!("chan:{system}:{name}"))))
}
