//! sipgate.io: the push API, forms signed with RSA.
//!
//! <https://developer.sipgate.io/push-api/api-reference/> and
//! <https://github.com/sipgate-io/sipgateio-node/blob/main/lib/webhook/signatureVerifier.ts>, read 2026-11-24. Answers and
//! ends are told only to who asks for them in the answer to `newCall`. No time is signed, none is told.

mod signature;

#[cfg(test)]
mod tests;

use super::fields::Fields;
use super::push::{self, Dialect};
use super::{Adapter, Refused, Reply, SecretBy, Unreadable, credential};
use crate::request::RawRequest;
use crate::source::Source;
use chrono::{DateTime, Utc};
use domain::fact::CallFact;

/// A key of 2048 bits in base64 has more.
const SHORTEST_KEY: usize = 300;
const SIPGATE: Dialect = Dialect {
    users: &["userId[]", "userId", "user[]", "user"],
    users_are_names: false,
    end_tells_who_answered: true,
};

/// The push API of sipgate.io.
#[derive(Debug)]
pub(super) struct Sipgate;

impl Adapter for Sipgate {
    fn name(&self) -> &'static str {
        "sipgate"
    }

    fn check_secret(&self, secret: &str) -> Result<(), String> {
        if is_token(secret) {
            return Ok(());
        }
        signature::key(secret).map(|_| ())
    }

    fn secret_by(&self) -> SecretBy {
        SecretBy::Configuration
    }

    fn verify(
        &self,
        request: &RawRequest,
        source: &Source,
        _now: DateTime<Utc>,
    ) -> Result<(), Refused> {
        let secrets = || source.exposed_secrets();
        signature::verify(request, secrets())?;
        // sipgate signs for all its customers with one key: a token tells ours from another's.
        if secrets().any(is_token) {
            return credential::verify(request, secrets().filter(|secret| is_token(secret)));
        }
        Ok(())
    }

    fn delivery(&self, request: &RawRequest) -> Option<String> {
        push::call_id(&Fields::of(request).ok()?)
    }

    fn parse(&self, request: &RawRequest, source: &Source) -> Result<Vec<CallFact>, Unreadable> {
        push::read(&Fields::of(request)?, source, &SIPGATE)
    }

    /// Asks for the answer and the end of the same call, at the same address. The call itself goes on as it would.
    fn reply(&self, request: &RawRequest) -> Reply {
        let url = escaped(&request.url);
        Reply {
            content_type: "application/xml",
            body: format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response onAnswer=\"{url}\" onHangup=\"{url}\"/>\n"
            ),
            ..Reply::default()
        }
    }
}

/// What stands beside the keys to be in the address too; no key is as short.
fn is_token(secret: &str) -> bool {
    secret.len() < SHORTEST_KEY && credential::check_token(secret).is_ok()
}

/// What may not stand in an attribute as it is. Control characters are no part of an address.
fn escaped(url: &str) -> String {
    let visible: String = url.chars().filter(|c| !c.is_control()).collect();
    quick_xml::escape::escape(&visible).into_owned()
}
