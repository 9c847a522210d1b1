//! `X-Plivo-Signature-V3`: HMAC-SHA256 over the address, the fields, and a nonce.
//!
//! <https://www.plivo.com/docs/voice/concepts/signature-validation/>; the recipe is that of
//! <https://github.com/plivo/plivo-go/blob/master/utils.go>, read 2026-11-24. Version 2, which does not cover the fields, is
//! not taken.

use crate::adapters::{Refused, mac};
use crate::request::RawRequest;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::collections::BTreeMap;
use subtle::{Choice, ConstantTimeEq};

/// Signed with the token of the account that owns the number, or of the main account above it.
const HEADERS: [&str; 2] = ["x-plivo-signature-v3", "x-plivo-signature-ma-v3"];
const NONCE: &str = "x-plivo-signature-v3-nonce";
/// Two tokens may be live on either side; more signatures than that are nobody's.
const MOST: usize = 8;

pub(super) fn verify<'a>(
    request: &RawRequest,
    tokens: impl Iterator<Item = &'a str>,
) -> Result<(), Refused> {
    let nonce = request.header(NONCE)?;
    let headers = HEADERS.iter().filter_map(|name| request.find_header(name));
    let sent: Vec<Vec<u8>> = headers
        .flat_map(|header| header.split(','))
        .take(MOST)
        .filter_map(|signature| BASE64_STANDARD.decode(signature.trim()).ok())
        .collect();
    let signed = signed(request);
    // Every token is tried, so that the time does not tell which one was right.
    let right = tokens.fold(Choice::from(0), |right, token| {
        let made = mac::sha256(token, &[signed.as_bytes(), b".", nonce.as_bytes()]);
        sent.iter().fold(right, |right, sent| right | made.ct_eq(sent))
    });
    if right.into() { Ok(()) } else { Err(Refused::Wrong) }
}

/// The address without its query, the query's fields in order, a dot, the body's fields in order.
fn signed(request: &RawRequest) -> String {
    let address = request.url.split('#').next().unwrap_or_default();
    let (address, query) = address.split_once('?').unwrap_or((address, ""));
    let query = fields(query.as_bytes(), |name, value| format!("{name}={value}")).join("&");
    // Of a GET nothing but its address is read.
    let is_get = request.method == "GET";
    let body = if is_get { &[][..] } else { request.body.as_slice() };
    let body = fields(body, |name, value| format!("{name}{value}")).concat();
    if query.is_empty() && body.is_empty() {
        return address.to_owned();
    }
    if query.is_empty() || is_get {
        return format!("{address}?{query}{body}");
    }
    // So does Plivo: of a query that ends in dots, these are lost.
    let parts = format!("{address}?{query}.{body}");
    parts.trim_end_matches('.').to_owned()
}

/// In the order of their names; of one that comes several times, each value in order.
fn fields(form: &[u8], written: impl Fn(&str, &str) -> String) -> Vec<String> {
    let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(form).into_owned() {
        fields.entry(name).or_default().push(value);
    }
    let one = |(name, mut values): (String, Vec<String>)| {
        values.sort();
        values.iter().map(|value| written(&name, value)).collect::<Vec<_>>()
    };
    fields.into_iter().flat_map(one).collect()
}
