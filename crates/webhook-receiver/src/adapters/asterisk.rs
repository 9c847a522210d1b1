//! Asterisk, FreePBX and VitalPBX, by forms that their dialplan and their voicemail script post, or by a relay of AMI or ARI.
//!
//! Asterisk has no webhook: the field names are ours, `docs/pbx/asterisk.md` is their reference and has what to paste.
//! The values are Asterisk's: <https://docs.asterisk.org/Configuration/Dialplan/Subroutines/Hangup-Handlers>, the
//! applications Dial, Queue and VoiceMail, the functions CDR and CALLERID, and `externnotify` in `voicemail.conf`; read
//! 2026-11 and tried with Asterisk 22. Nothing is signed: the PBX sends user and password, or a token.

mod ami;
mod ari;
mod caller;
mod cel;
mod channel;
mod dialled;
mod hangup;
mod records;
mod voicemail;

#[cfg(test)]
mod tests;

use super::{Adapter, Unreadable};
use crate::records::FileOfCalls;
use crate::request::{Form, RawRequest};
use crate::source::Source;
use domain::fact::CallFact;
use serde_json::{Map, Value};

/// The forms of our dialplan and voicemail script.
#[derive(Debug)]
pub(super) struct Asterisk;

impl Adapter for Asterisk {
    fn name(&self) -> &'static str {
        "asterisk"
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        if request.is_object() {
            let event = Form::of_object(request.json().ok()?);
            let id = if event.has("Event") { ami::id(&event) } else { event.text("timestamp") };
            return (!id.is_empty()).then(|| id.to_owned());
        }
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
        if request.is_object() {
            return relayed(request.json()?, source).map(|fact| fact.into_iter().collect());
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

    fn files(&self) -> &'static [FileOfCalls] {
        records::FILES
    }
}

/// AMI names its events in `Event`, ARI in `type`.
fn relayed(event: Map<String, Value>, source: &Source) -> Result<Option<CallFact>, Unreadable> {
    if event.contains_key("Event") {
        return ami::read(&Form::of_object(event), source);
    }
    ari::read(event, source)
}
