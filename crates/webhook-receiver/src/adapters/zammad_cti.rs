//! Zammad's generic CTI: the push that many PBXs and their add-ons can send, as JSON or as a form.
//!
//! <https://docs.zammad.org/en/latest/api/generic-cti/newcall-event.html> and the pages beside it (answer, hangup), read
//! 2026-11-24. The last part of the address is a token. No time is told.

#[cfg(test)]
mod tests;

use super::fields::Fields;
use super::push::{self, Dialect};
use super::{Adapter, Reply, Unreadable};
use crate::request::RawRequest;
use crate::source::Source;
use domain::fact::CallFact;

/// Zammad takes a call as missed that ends without an `answer`; the end may name an agent who did not.
const ZAMMAD: Dialect =
    Dialect { users: &["user[]", "user"], users_are_names: true, end_tells_who_answered: false };

/// The generic CTI push.
#[derive(Debug)]
pub(super) struct ZammadCti;

impl Adapter for ZammadCti {
    fn name(&self) -> &'static str {
        "zammad-cti"
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        push::call_id(&Fields::of(request).ok()?)
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        push::read(&Fields::of(request)?, source, &ZAMMAD)
    }

    /// As Zammad answers who is to do nothing else with the call.
    fn reply(&self, _request: &RawRequest) -> Reply {
        Reply { content_type: "application/json", body: "{}".to_owned(), ..Reply::default() }
    }
}
