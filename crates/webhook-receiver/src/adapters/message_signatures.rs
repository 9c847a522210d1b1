//! HTTP Message Signatures, RFC 9421, with the digest of the body, RFC 9530; both as published, read 2026-11-24.
//!
//! Read are `@method`, `@target-uri`, `@authority`, `@scheme`, `@request-target`, `@path`, `@query` and plain header fields,
//! signed with `ed25519` or `hmac-sha256`. A signature must cover the method, the path (by whatever name) and
//! `content-digest`, and say when it was `created`: what is not covered could be anybody's.

use super::Refused;
use super::signing_key::Key;
use super::standard_webhooks::TOLERANCE_S;
use super::structured_fields::{Bare, Item, Member, Parameters, Value, dictionary};
use crate::request::RawRequest;
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256, Sha512};
use subtle::ConstantTimeEq;
use url::{Position, Url};

/// The header that is there when a request is signed in this way.
pub(super) const INPUT: &str = "signature-input";
/// A proxy may sign too; more are looked at only so far, for each costs time.
const MOST: usize = 8;

/// Whether one of the signatures was made with one of the keys, over enough of the request, and lately.
///
/// The time is looked at only when a signature is right, so that [`Refused::Stale`] counts genuine requests.
pub(super) fn verify(
    request: &RawRequest,
    keys: &[Key],
    now: DateTime<Utc>,
) -> Result<(), Refused> {
    let genuine: Vec<Signed> = signed(request)
        .into_iter()
        .filter(|signed| signed.covers_enough() && signed.is_right(request, keys))
        .collect();
    if genuine.is_empty() || !is_of_body(request) {
        return Err(Refused::Wrong);
    }
    if genuine.iter().any(|signed| signed.is_fresh(now)) { Ok(()) } else { Err(Refused::Stale) }
}

/// What one signature says that it covers.
struct Signed {
    covered: Vec<Item>,
    parameters: Parameters,
    signature: Vec<u8>,
}

/// The signatures of a request, by what the two headers say of each; none, where a header cannot be read.
fn signed(request: &RawRequest) -> Vec<Signed> {
    let [inputs, mut signatures] = [INPUT, "signature"]
        .map(|name| field(request, name).and_then(|f| dictionary(&f)).unwrap_or_default());
    let signed = inputs.into_iter().filter_map(|input| {
        let at = signatures.iter().position(|signature| signature.name == input.name)?;
        match (input, signatures.swap_remove(at).value) {
            (
                Member { value: Value::List(covered), parameters, .. },
                Value::Item(Bare::Bytes(signature)),
            ) => Some(Signed { covered, parameters, signature }),
            _ => None,
        }
    });
    signed.take(MOST).collect()
}

impl Signed {
    fn covers(&self, name: &str) -> bool {
        let of_name = |item: &Item| matches!(&item.value, Bare::Text(text) if text == name);
        self.covered.iter().any(of_name)
    }

    fn covers_enough(&self) -> bool {
        let path = ["@target-uri", "@request-target", "@path"];
        self.covers("content-digest")
            && self.covers("@method")
            && path.iter().any(|name| self.covers(name))
    }

    fn is_right(&self, request: &RawRequest, keys: &[Key]) -> bool {
        let Some(base) = self.base(request) else { return false };
        keys.iter().any(|key| self.is_for(key) && key.has_signed(base.as_bytes(), &self.signature))
    }

    /// The key decides the algorithm; one that is named must be the key's.
    fn is_for(&self, key: &Key) -> bool {
        let algorithm = match key {
            Key::Shared(_) => "hmac-sha256",
            Key::Public(_) => "ed25519",
        };
        match self.parameters.find("alg") {
            Some(Bare::Text(named)) => named == algorithm,
            Some(_) => false,
            None => true,
        }
    }

    /// RFC 9421, 2.5. `None` where something is covered that is not there, or that this version does not read.
    fn base(&self, request: &RawRequest) -> Option<String> {
        let mut base = String::new();
        let mut identifiers: Vec<String> = Vec::new();
        for item in &self.covered {
            let identifier = item.to_string();
            if identifiers.contains(&identifier) || !item.parameters.0.is_empty() {
                return None;
            }
            let Bare::Text(name) = &item.value else { return None };
            base.push_str(&format!("{identifier}: {}\n", component(request, name)?));
            identifiers.push(identifier);
        }
        let covered = identifiers.join(" ");
        base.push_str(&format!("\"@signature-params\": ({covered}){}", self.parameters));
        Some(base)
    }

    fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        let seconds = |name: &str| match self.parameters.find(name) {
            Some(Bare::Integer(seconds)) => Some(*seconds),
            _ => None,
        };
        let now = now.timestamp();
        let created_lately = seconds("created").is_some_and(|at| now.abs_diff(at) <= TOLERANCE_S);
        let goes_on = self.parameters.find("expires").is_none()
            || seconds("expires").is_some_and(|at| now <= at);
        created_lately && goes_on
    }
}

/// RFC 9421, 2.1 and 2.2.
fn component(request: &RawRequest, name: &str) -> Option<String> {
    if !name.starts_with('@') {
        return field(request, name);
    }
    let url = || Url::parse(&request.url).ok();
    match name {
        "@method" => Some(request.method.clone()),
        // Byte for byte as it came: reading it as a URL could change how it is written.
        "@target-uri" => Some(request.url.clone()),
        "@request-target" => target(request).map(ToOwned::to_owned),
        "@path" => target(request)?.split('?').next().map(ToOwned::to_owned),
        "@query" => Some(format!("?{}", request.query())),
        "@scheme" => url().map(|url| url.scheme().to_owned()),
        "@authority" => url().map(|url| url[Position::BeforeHost..Position::AfterPort].to_owned()),
        _ => None,
    }
}

/// Path and query as they came.
fn target(request: &RawRequest) -> Option<&str> {
    let (_, rest) = request.url.split_once("://")?;
    Some(rest.find('/').map_or("/", |at| &rest[at..]))
}

/// The value of a header; of several of one name, all.
fn field(request: &RawRequest, name: &str) -> Option<String> {
    let values = request.headers.iter().filter(|(n, _)| n == name);
    let values: Vec<&str> = values.map(|(_, value)| value.trim_matches([' ', '\t'])).collect();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Whether every digest in the request that we know is the body's, and one is there.
fn is_of_body(request: &RawRequest) -> bool {
    let digests = field(request, "content-digest").and_then(|field| dictionary(&field));
    let known = digests.iter().flatten().filter_map(|digest| {
        let body: Vec<u8> = match digest.name.as_str() {
            "sha-256" => Sha256::digest(&request.body).to_vec(),
            "sha-512" => Sha512::digest(&request.body).to_vec(),
            _ => return None,
        };
        Some(matches!(&digest.value, Value::Item(Bare::Bytes(said)) if said.ct_eq(&body).into()))
    });
    let known: Vec<bool> = known.collect();
    !known.is_empty() && known.iter().all(|right| *right)
}

#[cfg(test)]
mod tests;
