//! FreeSWITCH and FusionPBX, by the records that `mod_json_cdr` and `mod_xml_cdr` post when a leg of a call has ended.
//!
//! The source of the two modules (<https://github.com/signalwire/freeswitch>, `src/mod/event_handlers/mod_json_cdr` and
//! `src/mod/xml_int/mod_xml_cdr`; of the latter how it posts was read 2026-11-24, all of it); variables, and what
//! FusionPBX sets besides, are known from sample posts. Nothing is signed: the PBX sends user and password. Which of the forms a
//! body has is told by its first bytes, since `disable-100-continue` loses the header that says so.

mod call;
mod json;
mod record;
mod xml;

#[cfg(test)]
mod tests;

use self::record::Record;
use super::{Adapter, Unreadable};
use crate::request::RawRequest;
use crate::source::Source;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use domain::fact::CallFact;
use std::borrow::Cow;

/// The records of FreeSWITCH.
#[derive(Debug)]
pub(super) struct Freeswitch;

impl Adapter for Freeswitch {
    fn name(&self) -> &'static str {
        "freeswitch"
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        // Both modules put it there; a proxy may have lost it.
        let mut query = url::form_urlencoded::parse(request.query().as_bytes());
        let in_query = query.find(|(name, _)| name == "uuid").map(|(_, uuid)| uuid.into_owned());
        in_query.or_else(|| Some(read(request).ok()?.uuid().to_owned())).filter(|id| !id.is_empty())
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        call::facts(&read(request)?, source)
    }
}

/// A record in whatever form it came: JSON, XML, or XML in a form field, percent-encoded, in base64 or as it is.
fn read(request: &RawRequest) -> Result<Record, Unreadable> {
    let body = request.body.trim_ascii();
    match body.first() {
        None => Err(Unreadable::because("the body is empty")),
        Some(b'{') => json::read(request),
        Some(b'<') => xml::read(&String::from_utf8_lossy(body)),
        Some(_) => {
            let field = body.strip_prefix(b"cdr=").ok_or_else(|| Unreadable::missing("cdr"))?;
            xml::read(&in_form(&String::from_utf8_lossy(field)))
        }
    }
}

/// `encode=true`, `false` or `base64`, in this order: base64 has no `<` and no `%`.
fn in_form(field: &str) -> Cow<'_, str> {
    let field = field.trim();
    if field.starts_with('<') {
        return Cow::Borrowed(field);
    }
    if field.contains('%') {
        return record::decoded(field);
    }
    let coded: String = field.chars().filter(|c| !c.is_whitespace()).collect();
    let xml = BASE64_STANDARD.decode(coded).unwrap_or_default();
    Cow::Owned(String::from_utf8_lossy(&xml).trim_end_matches('\0').to_owned())
}
