//! One file per PBX. An adapter says whether a request is genuine and what it tells, in call facts; it does no
//! I/O, has no clock, and decides neither whose number it is nor whether anything is owed.

mod aircall;
mod asterisk;
mod credential;
mod dialpad;
mod elks46;
mod fields;
mod freeswitch;
mod json;
mod jwt;
mod kazoo;
mod mac;
mod message_signatures;
mod ms_graph;
mod native;
mod placetel;
mod plain_number;
mod plivo;
mod push;
mod ringcentral;
mod seconds;
mod signing_key;
mod sipgate;
mod standard_webhooks;
mod structured_fields;
mod telnyx;
mod template;
#[cfg(test)]
mod testing;
mod threecx;
mod twilio;
mod vonage;
mod wazo;
mod webex;
mod withheld;
mod yeastar;
mod zammad_cti;
mod zoom_phone;

pub use self::template::{Mapping, WrongKey};

use crate::records::FileOfCalls;
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::CallFact;
use domain::referral::Referral;
use std::sync::Arc;
use url::Url;

/// What a PBX's format needs. Bytes from outside never make it panic.
pub trait Adapter: std::fmt::Debug + Send + Sync {
    /// As written in the configuration.
    fn name(&self) -> &'static str;

    /// Whether a configured secret has the form that this adapter needs: a token, or user and password, unless its vendor
    /// signs.
    ///
    /// # Errors
    /// What is wrong and what to write instead; never the secret.
    fn check_secret(&self, secret: &str) -> Result<(), String> {
        credential::check(secret)
    }

    /// Who makes the secret of a source that is made in the browser.
    fn secret_by(&self) -> SecretBy {
        SecretBy::Us
    }

    /// The answer to a request with which the vendor only asks whether somebody is there, before anything is signed.
    ///
    /// Such a request is answered at once: nothing of it is believed, stored or counted as refused. `None` for any other.
    fn handshake(&self, _request: &RawRequest, _source: &Source) -> Option<Reply> {
        None
    }

    /// Whether the request is the PBX's own: signature, token or password, in constant time, and fresh where it
    /// signs a time. Of a vendor that signs nothing: whether it carries one of the secrets.
    ///
    /// # Errors
    /// [`Refused`]: the request gets 401 and nothing of it is stored.
    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        credential::verify(request, source.exposed_secrets())
    }

    /// What makes a repeated request recognisable besides its bytes, such as the vendor's delivery id.
    ///
    /// `None` for a request without id or time in it: the same bytes again are news, and never dropped.
    fn delivery(&self, request: &RawRequest) -> Option<String>;

    /// What the request tells; nothing, for one that is of no interest.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason: the request is kept, and can be read again later.
    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable>;

    /// What it says of a telephone itself, besides calls; most PBXs say nothing.
    fn referral(&self, _request: &RawRequest, _source: &Source) -> Option<Referral> {
        None
    }

    /// What an administrator's own mapping finds where, for `explain`. Adapters without one find nothing.
    fn found(&self, _request: &RawRequest) -> Vec<(String, Option<String>)> {
        Vec::new()
    }

    /// A recording of talk that the request links to, for `explain` to show. Nothing is owed by it, so no fact has it and
    /// nothing keeps it (R34).
    fn talk_recording(&self, _request: &RawRequest) -> Option<Url> {
        None
    }

    /// Files of calls that this PBX writes by itself. The columns of any other are for the administrator to map.
    fn files(&self) -> &'static [FileOfCalls] {
        &[]
    }

    /// What the PBX is answered once its request is durable.
    fn reply(&self, _request: &RawRequest) -> Reply {
        Reply::default()
    }
}

/// Who makes the secret that a PBX proves itself with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretBy {
    /// We do, and it is written down in the PBX; one of the administrator's own will do as well.
    Us,
    /// The PBX or its vendor does, and it is written down here.
    Vendor,
    /// One secret is not enough: only the configuration has room for what such a source needs.
    Configuration,
}

/// Every adapter, by name.
pub fn all() -> Vec<Arc<dyn Adapter>> {
    Vec::from([
        Arc::new(threecx::ThreeCx) as Arc<dyn Adapter>,
        Arc::new(elks46::Elks46),
        Arc::new(aircall::Aircall),
        Arc::new(asterisk::Asterisk),
        Arc::new(dialpad::Dialpad),
        Arc::new(freeswitch::Freeswitch),
        Arc::new(kazoo::Kazoo),
        Arc::new(ms_graph::MsGraph),
        Arc::new(native::Native),
        Arc::new(placetel::Placetel),
        Arc::new(plivo::Plivo),
        Arc::new(ringcentral::RingCentral),
        Arc::new(sipgate::Sipgate),
        Arc::new(telnyx::Telnyx),
        Arc::new(template::Template::default()),
        Arc::new(twilio::Twilio),
        Arc::new(vonage::Vonage),
        Arc::new(wazo::Wazo),
        Arc::new(webex::Webex),
        Arc::new(yeastar::Yeastar),
        Arc::new(zammad_cti::ZammadCti),
        Arc::new(zoom_phone::ZoomPhone),
    ])
}

/// The adapter of that name.
pub fn find(name: &str) -> Option<Arc<dyn Adapter>> {
    all().into_iter().find(|adapter| adapter.name() == name)
}

/// The adapter `template` with a mapping of the configuration, for posts or for the rows of files.
///
/// # Errors
/// [`WrongKey`]: the key that cannot work, and what to write.
pub fn mapped(mapping: Mapping) -> Result<Arc<dyn Adapter>, WrongKey> {
    Ok(Arc::new(template::Template::new(mapping)?))
}

/// A Swedish source with these secrets.
#[cfg(test)]
pub(crate) fn source_for_tests(adapter: &str, secrets: &[&str]) -> crate::source::Source {
    crate::source::Source {
        name: domain::ids::SourceName::new("pbx"),
        adapter: find(adapter).unwrap(),
        secrets: secrets.iter().map(|secret| (*secret).into()).collect(),
        plan: domain::number::NumberPlan::sweden(),
        zone: chrono_tz::Europe::Stockholm,
        public_url: "https://aterkom.kommun.example".to_owned(),
        records: None,
    }
}

/// Why a request is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Signature, token or password is missing or wrong.
    #[error("the signature, token or password is missing or wrong; check the secret on both sides")]
    Wrong,
    /// The signed time is too far from ours.
    #[error("the signed time is too far from this server's clock; check both clocks")]
    Stale,
}

/// Why a genuine request could not be read. Says where and what, never the content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(String);

impl Unreadable {
    /// With a reason in words; the caller sees to it that no number and no name is in it.
    pub fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// A field that must be there is not.
    pub fn missing(field: &'static str) -> Self {
        Self(format!("the field \"{field}\" is missing"))
    }

    /// A field is there but is not what it should be.
    pub fn field(field: &'static str, expected: &'static str) -> Self {
        Self(format!("the field \"{field}\" is not {expected}"))
    }

    /// A word that names what the post is about is none that we know. Only letters are repeated: whatever got in
    /// there by mistake, no number is logged.
    pub fn unknown(field: &'static str, word: &str) -> Self {
        let letters = word.chars().filter(|c| c.is_ascii_alphabetic() || "._-".contains(*c));
        Self(format!(
            "{field} \"{}\" is not one this version reads",
            letters.take(40).collect::<String>()
        ))
    }

    /// Not JSON, or not the JSON that was expected. The parser's own message may quote the content, so only the place is kept.
    pub fn json(error: &serde_json::Error) -> Self {
        let what = match error.classify() {
            serde_json::error::Category::Eof => "the JSON ends too early",
            serde_json::error::Category::Syntax => "this is not JSON",
            serde_json::error::Category::Data => "the JSON is not of the expected form",
            serde_json::error::Category::Io => "the body could not be read",
        };
        Self(format!("{what} (line {}, column {})", error.line(), error.column()))
    }
}

/// What a PBX is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    /// Besides the content type; a value that HTTP does not allow is left out.
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

impl Default for Reply {
    fn default() -> Self {
        Self {
            status: 200,
            content_type: "text/plain; charset=utf-8",
            headers: Vec::new(),
            body: String::new(),
        }
    }
}
